//! Tables of statements to label, which spreadsheets and Label Studio open and `train --relabel` reads.

use std::io::Write;

use detente_train::{LabelCandidate, LabelRange, SuspectLabel};

/// How labels are written: as in the data they come from.
pub(crate) enum LabelColumns {
    /// Names of classes in `label`.
    Names,
    /// Numbers of another scale in `label`.
    Range(LabelRange),
    /// `outlook` and `hedge`.
    Scale,
}

impl LabelColumns {
    /// The columns for data whose labels are numbers of `range`, or names of classes.
    pub(crate) fn of(range: Option<LabelRange>, has_classes: bool) -> Self {
        match (range, has_classes) {
            (Some(range), _) => Self::Range(range),
            (None, true) => Self::Names,
            (None, false) => Self::Scale,
        }
    }

    fn names(&self) -> &'static [&'static str] {
        match self {
            Self::Names | Self::Range(_) => &["label"],
            Self::Scale => &["outlook", "hedge"],
        }
    }

    /// The label of a suspect; its hedge is left empty, which keeps it unlabelled.
    fn cells(&self, suspect: &SuspectLabel) -> Vec<String> {
        match (self, suspect.outlook) {
            (Self::Names, _) => vec![suspect.label.clone().unwrap_or_default()],
            (Self::Range(range), outlook) => {
                vec![outlook.map_or_else(String::new, |o| rounded(range.label(o)))]
            }
            (Self::Scale, Some(outlook)) => {
                vec![rounded(outlook), suspect.hedge.map_or_else(String::new, rounded)]
            }
            (Self::Scale, None) => vec!["none".to_owned(), "none".to_owned()],
        }
    }

    /// What the model suggests instead.
    fn suggestion(&self, suspect: &SuspectLabel) -> String {
        let [outlook, bearing, _] = suspect.model;
        match self {
            Self::Names => suspect.suggested.clone().unwrap_or_default(),
            Self::Range(range) => rounded(range.label(outlook)),
            Self::Scale if bearing < 0.5 => "none".to_owned(),
            Self::Scale => rounded(outlook),
        }
    }
}

/// Writes statements whose label is doubtful, with the label that can be corrected in its place.
pub(crate) fn write_suspect_table(
    suspects: &[SuspectLabel],
    columns: &LabelColumns,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    let names = ["id", "text"].into_iter().chain(columns.names().iter().copied());
    table.write_record(names.chain(["suggested", "about", "chance"]))?;
    for suspect in suspects {
        let mut row = vec![suspect.id.clone(), suspect.text.clone()];
        row.extend(columns.cells(suspect));
        row.extend([
            columns.suggestion(suspect),
            suspect.part.clone(),
            format!("{:.4}", suspect.probability),
        ]);
        table.write_record(row)?;
    }
    table.flush()?;
    Ok(())
}

/// Writes statements to label, with empty cells for the label.
pub(crate) fn write_candidate_table(
    candidates: &[LabelCandidate],
    columns: &LabelColumns,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    let names = ["id", "text"].into_iter().chain(columns.names().iter().copied());
    table.write_record(names.chain(["predicted", "doubt"]))?;
    for candidate in candidates {
        let mut row = vec![candidate.id.clone(), candidate.text.clone()];
        row.extend(columns.names().iter().map(|_| String::new()));
        row.extend([candidate.predicted.clone().unwrap_or_default(), format!("{:.4}", candidate.entropy)]);
        table.write_record(row)?;
    }
    table.flush()?;
    Ok(())
}

/// A number with at most three decimals.
fn rounded(value: f64) -> String {
    ((value * 1000.0).round() / 1000.0).to_string()
}
