//! Labelled files, predictions of other systems, and texts that a model was trained on: what `train` and `evaluate` share.

use std::borrow::Cow;
use std::collections::HashMap;
use std::path::Path;

use anyhow::{Context, anyhow, bail};
use detente_train::{
    LabelledStatement, Prediction, RecordFormat, Records, SystemPredictions, TrainingTextHashes,
    read_jsonl_as,
};

/// Reads the records of a labelled file.
pub(crate) fn read_labelled(path: &Path, format: &RecordFormat) -> anyhow::Result<Records> {
    parse_labelled(path, &read_text(path)?, format)
}

/// Reads a text file.
pub(crate) fn read_text(path: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

/// Parses the `text` of the labelled file at `path`.
pub(crate) fn parse_labelled(path: &Path, text: &str, format: &RecordFormat) -> anyhow::Result<Records> {
    read_jsonl_as(text, format).with_context(|| path.display().to_string())
}

/// The name of a file without its folder, as cards and reports show it.
pub(crate) fn file_name(path: &Path) -> Cow<'_, str> {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy()
}

/// The hashes of the texts that the model in `folder` (or the built-in one) was trained on. `None` if the folder does
/// not have them.
pub(crate) fn training_text_hashes(folder: Option<&Path>) -> anyhow::Result<Option<TrainingTextHashes>> {
    let Some(folder) = folder else { return Ok(Some(TrainingTextHashes::builtin()?)) };
    let file = folder.join("seen.bin");
    match std::fs::read(&file) {
        Ok(bytes) => {
            Ok(Some(TrainingTextHashes::from_bytes(&bytes).with_context(|| file.display().to_string())?))
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("cannot read {}", file.display())),
    }
}

/// The first of `statements` whose text is in `hashes`, and the number of such statements.
pub(crate) fn find_overlap<'a>(
    hashes: &TrainingTextHashes,
    statements: impl IntoIterator<Item = &'a LabelledStatement>,
) -> Option<(&'a LabelledStatement, usize)> {
    let mut found = statements.into_iter().filter(|statement| hashes.contains(&statement.text));
    found.next().map(|first| (first, 1 + found.count()))
}

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
