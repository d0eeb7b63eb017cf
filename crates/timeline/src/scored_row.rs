//! [`ScoredRow`]: the fields of a scored article that a series needs, borrowed from the input.

use std::borrow::Cow;
use std::fmt;

use detente::internals::Text;
use detente::{CueKind, Day, Error, Result, ScoredArticle, SpeakerKind, WarningKind};

/// A scored article, parsed from a line of `detente score --format jsonl` ([`ScoredRow::from_json`]) or a row of its
/// CSV ([`ScoredRow::from_record`]), or converted from a [`ScoredArticle`]. Input of
/// [`SeriesArticle::new`](crate::SeriesArticle::new).
#[derive(Clone, Debug, serde::Deserialize)]
pub struct ScoredRow<'a> {
    #[serde(rename = "schema")]
    _schema: u32,
    #[serde(borrow)]
    pub(crate) id: Text<'a>,
    #[serde(borrow, default)]
    pub(crate) title: Option<Text<'a>>,
    #[serde(borrow, default)]
    pub(crate) date: Option<Text<'a>>,
    #[serde(borrow, default)]
    pub(crate) source: Option<Text<'a>>,
    #[serde(borrow, default)]
    pub(crate) negotiation: Option<Text<'a>>,
    #[serde(borrow, default)]
    pub(crate) domain: Option<Text<'a>>,
    #[serde(borrow)]
    pub(crate) model: Text<'a>,
    #[serde(deserialize_with = "Option::deserialize")]
    pub(crate) outlook: Option<ScoreBand>,
    #[serde(borrow, default)]
    pub(crate) statements: Vec<RowStatement<'a>>,
    #[serde(borrow, default)]
    pub(crate) warnings: Vec<RowWarning<'a>>,
}

#[derive(Clone, Debug, serde::Deserialize)]
pub(crate) struct RowWarning<'a> {
    #[serde(borrow)]
    pub(crate) kind: Text<'a>,
    #[serde(borrow)]
    pub(crate) message: Text<'a>,
    #[serde(borrow, default)]
    pub(crate) value: Option<Text<'a>>,
}

/// A score with the ends of its interval, each in -1..=1.
#[derive(Clone, Copy, Debug, PartialEq, serde::Deserialize)]
pub(crate) struct ScoreBand {
    pub(crate) score: f64,
    pub(crate) low: f64,
    pub(crate) high: f64,
}

#[derive(Clone, Debug, serde::Deserialize)]
pub(crate) struct RowStatement<'a> {
    #[serde(borrow)]
    pub(crate) text: Text<'a>,
    #[serde(deserialize_with = "bearing_or_one")]
    pub(crate) bearing: f64,
    pub(crate) score: Option<f64>,
    #[serde(borrow, default)]
    pub(crate) cues: Vec<RowCue<'a>>,
    #[serde(borrow, default)]
    pub(crate) speaker: Option<RowSpeaker<'a>>,
    #[serde(default)]
    pub(crate) when: Option<RowWhen>,
    #[serde(default)]
    pub(crate) background: bool,
    #[serde(default)]
    pub(crate) weight: f64,
    #[serde(default)]
    pub(crate) contribution: f64,
}

#[derive(Clone, Debug, serde::Deserialize)]
pub(crate) struct RowCue<'a> {
    pub(crate) start: u32,
    pub(crate) end: u32,
    #[serde(borrow)]
    pub(crate) text: Text<'a>,
    pub(crate) kind: CueKind,
}

#[derive(Clone, Debug, serde::Deserialize)]
pub(crate) struct RowSpeaker<'a> {
    #[serde(borrow)]
    pub(crate) name: Text<'a>,
    #[serde(borrow, default)]
    pub(crate) side: Option<Text<'a>>,
    #[serde(default)]
    pub(crate) kind: SpeakerKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
pub(crate) struct RowWhen {
    pub(crate) from: Day,
    pub(crate) to: Day,
}

impl<'a> ScoredRow<'a> {
    /// Returns the first warning of this kind.
    pub(crate) fn warning(&self, kind: &WarningKind) -> Option<&RowWarning<'a>> {
        self.warnings.iter().find(|warning| warning.kind.0 == kind.as_str())
    }

    /// Parses one JSON object in the form that `detente score` writes.
    ///
    /// # Errors
    /// If the object is not a scored article; the message names the field, or the line and column.
    pub fn from_json(json: &'a [u8]) -> Result<Self> {
        let invalid = |error: &dyn fmt::Display| Error::data(format!("not a scored article: {error}"));
        // UTF-8 is checked once for the whole row; `from_slice` would check each string again
        let json = std::str::from_utf8(json).map_err(|error| invalid(&error))?;
        serde_json::from_str(json).map_err(|error| invalid(&error))
    }

    /// Reads one record of a table with these `columns`.
    ///
    /// A table has no statements: its articles have no speakers and no phrases, and near-duplicates are found by
    /// title alone. It has no warnings either, so an invalid date cannot be distinguished from a missing one.
    ///
    /// # Errors
    /// If `id` or `model` is missing, or a row with a `score` has a `score`, `low` or `high` that is not a finite
    /// number.
    pub fn from_record(columns: &[&str], fields: &'a [&'a str]) -> Result<Self> {
        let field = |name: &str| {
            let at = columns.iter().position(|column| *column == name);
            at.and_then(|at| fields.get(at).copied()).filter(|value| !value.is_empty())
        };
        let required = |name: &str| field(name).ok_or_else(|| Error::data(format!("field {name}: missing")));
        let number = |name: &str| {
            let value = required(name)?;
            let number: Option<f64> = value.parse().ok().filter(|number: &f64| number.is_finite());
            number.ok_or_else(|| Error::data(format!("field {name}: {value:?} is not a number")))
        };
        let text = |value: &'a str| Text(Cow::Borrowed(value));
        let outlook = field("score").map(|_| {
            Ok::<_, Error>(ScoreBand { score: number("score")?, low: number("low")?, high: number("high")? })
        });
        Ok(Self {
            _schema: 1,
            id: text(required("id")?),
            title: field("title").map(text),
            date: field("date").map(text),
            source: field("source").map(text),
            negotiation: field("negotiation").map(text),
            domain: field("domain").map(text),
            model: text(required("model")?),
            outlook: outlook.transpose()?,
            statements: Vec::new(),
            warnings: Vec::new(),
        })
    }
}

/// The bearing of a statement; 1 if the model learned none.
fn bearing_or_one<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    let bearing: Option<f64> = serde::Deserialize::deserialize(deserializer)?;
    Ok(bearing.unwrap_or(1.0))
}

impl<'a> From<&'a ScoredArticle> for ScoredRow<'a> {
    fn from(article: &'a ScoredArticle) -> Self {
        let text = |value: &'a str| Text(Cow::Borrowed(value));
        let optional_text = |value: &'a Option<String>| value.as_deref().map(text);
        let statements = article.statements.iter().map(|s| RowStatement {
            text: text(&s.text),
            bearing: s.bearing.map_or(1.0, detente::Probability::get),
            score: s.score.map(detente::Score::get),
            cues: s
                .cues
                .iter()
                .map(|cue| RowCue {
                    start: cue.span.start,
                    end: cue.span.end,
                    text: text(&cue.text),
                    kind: cue.kind,
                })
                .collect(),
            speaker: s.speaker.as_ref().map(|speaker| RowSpeaker {
                name: text(&speaker.name),
                side: optional_text(&speaker.side),
                kind: speaker.kind,
            }),
            when: s.when.map(|when| RowWhen { from: when.from, to: when.to }),
            background: s.background,
            weight: s.weight,
            contribution: s.contribution,
        });
        Self {
            _schema: article.schema,
            id: text(&article.id),
            title: optional_text(&article.title),
            date: article.date.map(|day| Text(Cow::Owned(day.to_string()))),
            source: optional_text(&article.source),
            negotiation: optional_text(&article.negotiation),
            domain: optional_text(&article.domain),
            model: text(&article.model),
            outlook: article.outlook.as_ref().map(|outlook| ScoreBand {
                score: outlook.score.get(),
                low: outlook.low.get(),
                high: outlook.high.get(),
            }),
            statements: statements.collect(),
            warnings: article
                .warnings
                .iter()
                .map(|w| RowWarning {
                    kind: text(w.kind.as_str()),
                    message: text(&w.message),
                    value: w.value.as_deref().map(|value| Text(Cow::Borrowed(value))),
                })
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_or_invalid_column_is_named_in_the_error() {
        let columns = ["id", "date", "model", "score", "low", "high"];
        let row =
            ScoredRow::from_record(&columns, &["a", "2020-01-01", "m", "0.1", "-0.1", "0.3"]).expect("a row");
        assert_eq!(row.outlook, Some(ScoreBand { score: 0.1, low: -0.1, high: 0.3 }));
        let without_outlook = ScoredRow::from_record(&columns, &["a", "", "m", "", "", ""]).expect("a row");
        assert!(without_outlook.outlook.is_none() && without_outlook.date.is_none());
        for (fields, column) in
            [(["", "", "m", "", "", ""], "id"), (["a", "", "m", "high", "0", "0"], "score")]
        {
            let error = ScoredRow::from_record(&columns, &fields).expect_err("invalid");
            assert!(error.to_string().contains(column), "{error}");
        }
    }

    #[test]
    fn object_that_is_not_a_scored_article_is_refused() {
        for invalid in [
            r#"{"id":"a","text":"Talks resumed."}"#,
            r#"{"schema":1,"id":"a","model":"m"}"#,
            r#"{"schema":1,"id":"a","model":"m","outlook":-1.5}"#,
        ] {
            assert!(ScoredRow::from_json(invalid.as_bytes()).is_err(), "{invalid}");
        }
        assert!(ScoredRow::from_json(br#"{"schema":1,"id":"a","model":"m","outlook":null}"#).is_ok());
    }
}
