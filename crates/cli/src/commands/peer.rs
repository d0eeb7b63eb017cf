//! [`read_peer`]: predictions of another system from a table.

use std::collections::HashMap;

use anyhow::{Context, anyhow, bail};
use detente_train::{LabelledStatement, Prediction, SystemPredictions};

/// Reads the predictions of another system from `FILE:COLUMN`, and its probabilities from `COLUMN_bearing` and
/// `COLUMN_hedge` if there are such columns. Rows are matched by `id` if there is that column, else by order.
pub(crate) fn read_peer(peer: &str, statements: &[&LabelledStatement]) -> anyhow::Result<SystemPredictions> {
    let (file, column) =
        peer.rsplit_once(':').ok_or_else(|| anyhow!("--peer must be FILE:COLUMN, not {peer:?}"))?;
    let mut reader = csv::Reader::from_path(file).with_context(|| format!("cannot read {file}"))?;
    let headers = reader.headers().with_context(|| format!("cannot read {file}"))?.clone();
    let find_column = |name: &str| headers.iter().position(|header| header == name);
    let score = find_column(column).ok_or_else(|| anyhow!("{file}: no column {column:?}"))?;
    let bearing = find_column(&format!("{column}_bearing"));
    let hedge = find_column(&format!("{column}_hedge"));
    let id = find_column("id");
    let mut rows = Vec::new();
    for (index, row) in reader.records().enumerate() {
        // the header is line 1
        let line = index + 2;
        let row = row.with_context(|| format!("{file}: line {line}"))?;
        let number = |at: usize| {
            let (name, cell) = (headers.get(at).unwrap_or_default(), row.get(at).unwrap_or_default());
            cell.parse::<f64>()
                .ok()
                .filter(|number| number.is_finite())
                .ok_or_else(|| anyhow!("{file}: line {line}: field {name:?}: {cell:?} is not a number"))
        };
        let prediction = Prediction {
            score: number(score)?,
            bearing: bearing.map(number).transpose()?,
            hedge: hedge.map(number).transpose()?,
        };
        rows.push((id.and_then(|at| row.get(at)).unwrap_or_default().to_owned(), prediction));
    }
    let predictions = if id.is_some() {
        let by_id: HashMap<String, Prediction> = rows.into_iter().collect();
        let find_row = |statement: &&LabelledStatement| {
            by_id
                .get(&statement.id)
                .copied()
                .ok_or_else(|| anyhow!("{file}: no row with id {:?}", statement.id))
        };
        statements.iter().map(find_row).collect::<anyhow::Result<_>>()?
    } else if rows.len() == statements.len() {
        rows.into_iter().map(|(_, prediction)| prediction).collect()
    } else {
        bail!("{file}: {} rows for {} statements, and no column \"id\"", rows.len(), statements.len());
    };
    Ok(SystemPredictions { name: column.to_owned(), predictions })
}
