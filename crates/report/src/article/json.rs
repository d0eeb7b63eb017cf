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
        json_line::write_article(article, &mut self.line)?;
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

    fn assert_line_is_that_of_serde(article: &ScoredArticle) {
        let mut line = Vec::new();
        JsonLinesReport::default().article(article, &mut line).expect("written");
        let expected = serde_json::to_string(article).expect("JSON") + "\n";
        assert_eq!(String::from_utf8_lossy(&line), expected);
    }

    /// Every optional field present and absent, every kind of speaker, strings with escapes.
    #[test]
    fn line_of_an_article_is_that_of_serde() {
        for kind in ["party", "outsider", "unnamed", "other"] {
            let full = json!({
                "index": 3, "start": 1, "end": 9, "text": "“a”\t\"b\"", "bearing": 0.5, "score": -0.25, "hedge": 1.0,
                "label": "up", "probabilities": {"down": 0.25, "up": 0.75},
                "cues": [{"start": 0, "end": 5, "text": "Talks", "kind": "good_thing"}],
                "events": [
                    {"start": 0, "end": 5, "predicate": "SAY", "lemma": "say", "object": null, "agent": null,
                     "state": "asserted", "value": -0.0},
                    {"start": 0, "end": 5, "predicate": "END", "lemma": "end", "object": "TALKS", "agent": "A\\B",
                     "state": "counterfactual", "value": -0.123_456},
                ],
                "speaker": {"name": "Ada \u{1} Brenn", "side": "x", "kind": kind, "channel": "Wire", "start": 3, "end": 7},
                "when": {"from": "2031-05-05", "to": "2031-05-09"}, "background": true, "clutter": true,
                "weight": 0.3333, "repeats": 1, "contribution": -0.0001,
            });
            let bare = json!({
                "index": 0, "start": 0, "end": 0, "text": "", "bearing": null, "score": null, "hedge": null,
                "cues": [], "events": [],
                "speaker": {"name": "", "side": null, "kind": kind, "channel": null, "start": 0, "end": 0},
                "when": null, "background": false, "weight": 0.0, "contribution": 0.0,
            });
            let mut article = json!({
                "schema": 1, "id": "a\"b", "title": null, "date": null, "model": "m", "outlook": null,
                "reason": "none", "sides": [], "gap": null, "statements": [], "warnings": [],
            });
            let read = |value: &Value| serde_json::from_value(value.clone()).expect("an article");
            assert_line_is_that_of_serde(&read(&article));
            article["statements"] = json!([bare, full]);
            for (name, value) in [
                ("title", json!("T\n")),
                ("date", json!("2031-05-05")),
                ("source", json!("s")),
                ("negotiation", json!("n")),
                ("domain", json!("d")),
                ("sides", json!([{"side": "x", "score": 0.5, "low": null, "high": 1.0, "statements": 2}])),
                ("gap", json!({"above": "x", "below": "y", "difference": 0.75})),
            ] {
                article[name] = value;
                assert_line_is_that_of_serde(&read(&article));
            }
        }
    }

    #[test]
    fn lines_of_scored_articles_are_those_of_serde() {
        let engine = detente::Engine::builtin().expect("the built-in model");
        let text = "Talks collapse\n\n“A deal is close,” Ada Brenn, the minister, said on Monday. Velmark denied it.\n\n\
                    Read more: subscribe today\n\nNothing was signed. Nothing was signed.";
        let mut article = detente::Article::new("note", text);
        for (title, date) in [(None, None), (Some("Talks \"collapse\""), Some("2031-05-09"))] {
            article.title = title.map(str::to_owned);
            article.date = date.map(|date| date.parse().expect("a day"));
            assert_line_is_that_of_serde(&engine.score(&article));
        }
    }
}
