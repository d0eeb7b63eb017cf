//! CSV report: one row for each article or statement. New columns are appended, existing ones stay.

use std::io;
use std::io::Write;

use detente::{Probability, ScoredArticle, ScoredStatement};

use crate::article::format::Report;

const ARTICLE_COLUMNS: [&str; 15] = [
    "id",
    "date",
    "title",
    "model",
    "score",
    "low",
    "high",
    "coverage",
    "reading",
    "hedge",
    "statements",
    "bearing",
    "reason",
    "warnings",
    "source",
];
const STATEMENT_COLUMNS: [&str; 5] = ["id", "score", "bearing", "hedge", "cues"];
/// Column of the most probable class.
const LABEL_COLUMN: &str = "label";
/// In front of the name of a class, in the column of its probability.
const PROBABILITY_PREFIX: &str = "p_";

/// A CSV table with a header.
#[derive(Debug, Default)]
pub struct CsvReport {
    has_header: bool,
}

impl CsvReport {
    fn write_row<T: AsRef<str>>(
        &mut self,
        header: &[T],
        fields: &[String],
        out: &mut dyn Write,
    ) -> io::Result<()> {
        if !std::mem::replace(&mut self.has_header, true) {
            write_record(header, out)?;
        }
        write_record(fields, out)
    }
}

fn write_record<T: AsRef<str>>(fields: &[T], out: &mut dyn Write) -> io::Result<()> {
    // one writer for each record: `out` is borrowed for one call only, and the caller buffers
    let mut writer = ::csv::Writer::from_writer(out);
    writer.write_record(fields.iter().map(T::as_ref))?;
    writer.flush()
}

impl Report for CsvReport {
    fn article(&mut self, a: &ScoredArticle, out: &mut dyn Write) -> io::Result<()> {
        let number = |value: Option<f64>| value.map(|v| v.to_string()).unwrap_or_default();
        let outlook = a.outlook.as_ref();
        let fields = [
            a.id.clone(),
            a.date.map(|d| d.to_string()).unwrap_or_default(),
            a.title.clone().unwrap_or_default(),
            a.model.clone(),
            number(outlook.map(|o| o.score.get())),
            number(outlook.map(|o| o.low.get())),
            number(outlook.map(|o| o.high.get())),
            number(outlook.map(|o| o.coverage.get())),
            outlook.map(|o| o.reading.to_string()).unwrap_or_default(),
            number(outlook.and_then(|o| o.hedge).map(Probability::get)),
            a.statements.len().to_string(),
            outlook.map_or(0, |o| o.bearing).to_string(),
            a.reason.clone().unwrap_or_default(),
            a.warnings.iter().map(|w| w.message.as_str()).collect::<Vec<_>>().join("; "),
            a.source.clone().unwrap_or_default(),
        ];
        self.write_row(&ARTICLE_COLUMNS, &fields, out)
    }

    fn statement(&mut self, id: &str, s: &ScoredStatement, out: &mut dyn Write) -> io::Result<()> {
        let cues: Vec<String> = s.cues.iter().map(|c| format!("{}: {}", c.kind.as_str(), c.text)).collect();
        let number = |value: Option<Probability>| value.map(|v| v.get().to_string()).unwrap_or_default();
        let mut header: Vec<String> = STATEMENT_COLUMNS.map(String::from).to_vec();
        let mut fields = vec![
            id.to_owned(),
            // a single statement always has a score
            s.score.unwrap_or_default().get().to_string(),
            number(s.bearing),
            number(s.hedge),
            cues.join("; "),
        ];
        if let (Some(label), Some(probabilities)) = (&s.label, &s.probabilities) {
            header.push(LABEL_COLUMN.to_owned());
            fields.push(label.clone());
            header.extend(probabilities.keys().map(|class| format!("{PROBABILITY_PREFIX}{class}")));
            fields.extend(probabilities.values().map(|probability| probability.get().to_string()));
        }
        self.write_row(&header, &fields, out)
    }
}
