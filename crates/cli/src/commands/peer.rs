//! [`read_peer`]: predictions of another system from a table.

use std::collections::{BTreeMap, HashMap};

use anyhow::{Context, anyhow, bail};
use csv::StringRecord;
use detente_train::{ClassPredictions, LabelledStatement, Prediction, SystemPredictions};

/// Predictions of one row.
#[derive(Clone)]
struct PeerRow {
    prediction: Prediction,
    label: Option<String>,
}

/// Reads the predictions of another system from `FILE:COLUMN`: scores, or names of classes. Beside scores, its classes
/// may be in `COLUMN_label`; beside names of classes, its scores may be in `COLUMN_score`, else the value of the class is
/// its score. Its probabilities may be in `COLUMN_bearing` and `COLUMN_hedge`. Rows are matched by `id` if there is that
/// column, else by order.
pub(crate) fn read_peer(peer: &str, statements: &[&LabelledStatement]) -> anyhow::Result<SystemPredictions> {
    let (file, column) =
        peer.rsplit_once(':').ok_or_else(|| anyhow!("--peer must be FILE:COLUMN, not {peer:?}"))?;
    let mut reader = csv::Reader::from_path(file).with_context(|| format!("cannot read {file}"))?;
    let headers = reader.headers().with_context(|| format!("cannot read {file}"))?.clone();
    let mut cells = Vec::new();
    for (index, row) in reader.records().enumerate() {
        // the header is line 1
        let line = index + 2;
        cells.push((line, row.with_context(|| format!("{file}: line {line}"))?));
    }
    let classes: BTreeMap<&str, f64> =
        statements.iter().filter_map(|s| Some((s.class.as_deref()?, s.label?.score()))).collect();
    let columns = PeerColumns::new(file, column, &headers, &cells, &classes)?;
    let rows =
        cells.iter().map(|(line, row)| Ok((columns.id(row), columns.row(file, *line, row, &classes)?)));
    let rows: Vec<(String, PeerRow)> = rows.collect::<anyhow::Result<_>>()?;
    let matched: Vec<PeerRow> = if columns.id.is_some() {
        let by_id: HashMap<String, PeerRow> = rows.into_iter().collect();
        let find_row = |statement: &&LabelledStatement| {
            by_id
                .get(&statement.id)
                .cloned()
                .ok_or_else(|| anyhow!("{file}: no row with id {:?}", statement.id))
        };
        statements.iter().map(find_row).collect::<anyhow::Result<_>>()?
    } else if rows.len() == statements.len() {
        rows.into_iter().map(|(_, row)| row).collect()
    } else {
        bail!("{file}: {} rows for {} statements, and no column \"id\"", rows.len(), statements.len());
    };
    let labels: Option<Vec<String>> = matched.iter().map(|row| row.label.clone()).collect();
    Ok(SystemPredictions {
        name: column.to_owned(),
        predictions: matched.iter().map(|row| row.prediction).collect(),
        classes: labels.map(|labels| ClassPredictions::of_names(&labels)),
    })
}

/// Indices of the columns of a system.
struct PeerColumns<'h> {
    headers: &'h StringRecord,
    id: Option<usize>,
    score: Option<usize>,
    label: Option<usize>,
    bearing: Option<usize>,
    hedge: Option<usize>,
}

impl<'h> PeerColumns<'h> {
    fn new(
        file: &str,
        column: &str,
        headers: &'h StringRecord,
        rows: &[(usize, StringRecord)],
        classes: &BTreeMap<&str, f64>,
    ) -> anyhow::Result<Self> {
        let find = |name: &str| headers.iter().position(|header| header == name);
        let main = find(column).ok_or_else(|| anyhow!("{file}: no column {column:?}"))?;
        let is_class =
            |row: &StringRecord| row.get(main).is_some_and(|cell| classes.contains_key(cell.trim()));
        let is_number =
            |row: &StringRecord| row.get(main).is_some_and(|cell| cell.trim().parse::<f64>().is_ok());
        let all_classes = !rows.is_empty() && rows.iter().all(|(_, row)| is_class(row));
        let has_labels = all_classes || !classes.is_empty() && !rows.iter().any(|(_, row)| is_number(row));
        let beside = |suffix: &str| find(&format!("{column}_{suffix}"));
        let (score, label) =
            if has_labels { (beside("score"), Some(main)) } else { (Some(main), beside("label")) };
        Ok(Self { headers, id: find("id"), score, label, bearing: beside("bearing"), hedge: beside("hedge") })
    }

    fn id(&self, row: &StringRecord) -> String {
        self.id.and_then(|at| row.get(at)).unwrap_or_default().to_owned()
    }

    fn row(
        &self,
        file: &str,
        line: usize,
        row: &StringRecord,
        classes: &BTreeMap<&str, f64>,
    ) -> anyhow::Result<PeerRow> {
        let cell =
            |at: usize| (self.headers.get(at).unwrap_or_default(), row.get(at).unwrap_or_default().trim());
        let number = |at: usize| {
            let (name, cell) = cell(at);
            cell.parse::<f64>()
                .ok()
                .filter(|number| number.is_finite())
                .ok_or_else(|| anyhow!("{file}: line {line}: field {name:?}: {cell:?} is not a number"))
        };
        let class = |at: usize| {
            let (name, cell) = cell(at);
            let known = || classes.keys().copied().collect::<Vec<_>>().join(", ");
            let value = classes.get(cell).copied();
            let value = value.ok_or_else(|| {
                anyhow!("{file}: line {line}: field {name:?}: {cell:?} is no class of the data ({})", known())
            })?;
            Ok::<_, anyhow::Error>((cell.to_owned(), value))
        };
        let label = self.label.map(class).transpose()?;
        let value = label.as_ref().map_or(0.0, |(_, value)| *value);
        let prediction = Prediction {
            score: self.score.map_or(Ok(value), number)?,
            bearing: self.bearing.map(number).transpose()?,
            hedge: self.hedge.map(number).transpose()?,
        };
        Ok(PeerRow { prediction, label: label.map(|(name, _)| name) })
    }
}
