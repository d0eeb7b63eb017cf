//! What training and evaluation share: labelled files, what they were read as, and what was seen before.

use std::borrow::Cow;
use std::collections::HashMap;
use std::path::Path;

use anyhow::{Context, anyhow, bail};
use detente_train::{
    LabelledStatement, Prediction, RecordFormat, Records, SystemPredictions, TrainingTextHashes,
    read_jsonl_as,
};

/// The text of a file; errors name it.
pub(crate) fn read_text(path: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

/// The records of a labelled file; errors name the file.
pub(crate) fn read_labelled(path: &Path, form: &RecordFormat) -> anyhow::Result<Records> {
    records(path, &read_text(path)?, form)
}

/// The records of a labelled file that was read; errors name the file.
pub(crate) fn records(path: &Path, text: &str, form: &RecordFormat) -> anyhow::Result<Records> {
    read_jsonl_as(text, form).with_context(|| format!("{}", path.display()))
}

/// The name of a file as cards and reports give it, without its folder.
pub(crate) fn file_name(path: &Path) -> Cow<'_, str> {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy()
}

/// What the model in `folder` was trained on, as far as its folder tells.
pub(crate) fn seen(folder: Option<&Path>) -> anyhow::Result<Option<TrainingTextHashes>> {
    let Some(folder) = folder else { return Ok(Some(TrainingTextHashes::builtin()?)) };
    let file = folder.join("seen.bin");
    match std::fs::read(&file) {
        Ok(bytes) => {
            Ok(Some(TrainingTextHashes::from_bytes(&bytes).with_context(|| format!("{}", file.display()))?))
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("cannot read {}", file.display())),
    }
}

/// The first of `statements` whose text was seen, and how many were.
pub(crate) fn seen_before<'a>(
    seen: &TrainingTextHashes,
    statements: impl IntoIterator<Item = &'a LabelledStatement>,
) -> Option<(&'a LabelledStatement, usize)> {
    let mut found = statements.into_iter().filter(|s| seen.contains(&s.text));
    found.next().map(|first| (first, 1 + found.count()))
}

/// What another system says: its scores in a column, and its chances of a bearing and of a hedge where
/// there are columns of the same name with `_bearing` and `_hedge`. Rows belong to statements by `id`
/// where the file has that column, else in the order of `statements`.
pub(crate) fn peer(place: &str, statements: &[&LabelledStatement]) -> anyhow::Result<SystemPredictions> {
    let (file, column) =
        place.rsplit_once(':').ok_or_else(|| anyhow!("--peer must be FILE:COLUMN, not {place:?}"))?;
    let mut reader = csv::Reader::from_path(file).with_context(|| format!("cannot read {file}"))?;
    let headers = reader.headers().with_context(|| format!("cannot read {file}"))?.clone();
    let find = |name: &str| headers.iter().position(|header| header == name);
    let score = find(column).ok_or_else(|| anyhow!("{file}: there is no column {column:?}"))?;
    let (bearing, hedge) = (find(&format!("{column}_bearing")), find(&format!("{column}_hedge")));
    let id = find("id");
    let mut rows = Vec::new();
    for (number, row) in reader.records().enumerate() {
        let line = number + 2;
        let row = row.with_context(|| format!("{file}: line {line}"))?;
        let number = |at: usize| {
            let (name, field) = (headers.get(at).unwrap_or_default(), row.get(at).unwrap_or_default());
            field
                .parse::<f64>()
                .ok()
                .filter(|number| number.is_finite())
                .ok_or_else(|| anyhow!("{file}: line {line}: field {name:?}: {field:?} is no number"))
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
        let row = |s: &&LabelledStatement| {
            by_id.get(&s.id).copied().ok_or_else(|| anyhow!("{file}: there is no row with id {:?}", s.id))
        };
        statements.iter().map(row).collect::<anyhow::Result<_>>()?
    } else if rows.len() == statements.len() {
        rows.into_iter().map(|(_, prediction)| prediction).collect()
    } else {
        bail!("{file}: {} rows for {} statements, and no column \"id\"", rows.len(), statements.len());
    };
    Ok(SystemPredictions { name: column.to_owned(), predictions })
}
