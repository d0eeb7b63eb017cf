//! JSON and JSON Lines reports on articles.

use std::collections::BTreeMap;
use std::io;
use std::io::Write;

use detente::{Probability, Score, ScoredArticle, ScoredCue, ScoredEvent, ScoredStatement};
use serde::Serialize;

use crate::article::format::Report;
use crate::article::json_line;

/// A record that was scored as a single statement.
#[derive(Serialize)]
struct StatementRow<'a> {
    id: &'a str,
    score: Score,
    bearing: Option<Probability>,
    hedge: Option<Probability>,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    probabilities: Option<&'a BTreeMap<String, Probability>>,
    cues: &'a [ScoredCue],
    events: &'a [ScoredEvent],
}

impl<'a> StatementRow<'a> {
    fn new(id: &'a str, statement: &'a ScoredStatement) -> Self {
        // a single statement always has a score
        let score = statement.score.unwrap_or_default();
        Self {
            id,
            score,
            bearing: statement.bearing,
            hedge: statement.hedge,
            label: statement.label.as_deref(),
            probabilities: statement.probabilities.as_ref(),
            cues: &statement.cues,
            events: &statement.events,
        }
    }
}

/// JSON Lines: one object for each result.
#[derive(Debug, Default)]
pub struct JsonLinesReport {
    /// Buffer for one line.
    line: Vec<u8>,
}

impl Report for JsonLinesReport {
    fn article(&mut self, article: &ScoredArticle, out: &mut dyn Write) -> io::Result<()> {
        self.line.clear();
        serde_json::to_writer(&mut self.line, article)?;
        self.line.push(b'\n');
        out.write_all(&self.line)
    }

    fn statement(&mut self, id: &str, statement: &ScoredStatement, out: &mut dyn Write) -> io::Result<()> {
        self.line.clear();
        json_line::write_statement(id, statement, &mut self.line)?;
        out.write_all(&self.line)
    }
}

/// One JSON array of all results.
#[derive(Debug, Default)]
pub struct JsonReport {
    written: usize,
}

impl JsonReport {
    fn push(&mut self, value: &[u8], out: &mut dyn Write) -> io::Result<()> {
        out.write_all(if self.written == 0 { b"[\n" } else { b",\n" })?;
        self.written += 1;
        out.write_all(value)
    }
}

impl Report for JsonReport {
    fn article(&mut self, article: &ScoredArticle, out: &mut dyn Write) -> io::Result<()> {
        self.push(&serde_json::to_vec_pretty(article)?, out)
    }

    fn statement(&mut self, id: &str, statement: &ScoredStatement, out: &mut dyn Write) -> io::Result<()> {
        self.push(&serde_json::to_vec_pretty(&StatementRow::new(id, statement))?, out)
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(if self.written == 0 { b"[]\n" } else { b"\n]\n" })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn line_of_a_statement_is_that_of_serde() {
        let all = json!([
            {"start": 0, "end": 5, "text": "Talks", "kind": "good_thing"},
            {"start": 10, "end": 4_000_000_000_u32, "text": "\"not\" –\n", "kind": "time_past"},
        ]);
        let learned = |extra: Value| (json!({"bearing": 1.0, "hedge": 0.05}), extra);
        let unlearned = (
            json!({"bearing": null, "hedge": null}),
            json!({"label": "up\"", "probabilities": {"up\"": 0.75, "down": 0.25}}),
        );
        for (score, cues, (heads, classes)) in
            [(json!(-0.4107), all, learned(json!({}))), (json!(null), json!([]), unlearned)]
        {
            let mut fields = json!({
                "index": 0, "start": 0, "end": 9, "text": "", "score": score,
                "cues": cues, "speaker": null, "when": null, "background": false, "weight": 0.0, "contribution": 0.0,
            });
            for more in [heads, classes] {
                fields
                    .as_object_mut()
                    .expect("an object")
                    .extend(more.as_object().expect("an object").clone());
            }
            let statement: ScoredStatement = serde_json::from_value(fields).expect("a statement");
            let id = "a\u{1}\\b";
            let mut line = Vec::new();
            JsonLinesReport::default().statement(id, &statement, &mut line).expect("written");
            let row = serde_json::to_string(&StatementRow::new(id, &statement)).expect("JSON");
            assert_eq!(String::from_utf8_lossy(&line), row + "\n");
        }
    }
}
