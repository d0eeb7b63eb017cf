//! [`ScoredRow`]: a scored article as far as a series needs it, borrowed from where it stands.

use std::borrow::Cow;
use std::fmt;

use detente::internals::Text;
use detente::{CueKind, Day, Error, Result, ScoredArticle, SpeakerKind, WarningKind};

/// One scored article. It is read from a line that `detente score --format jsonl` wrote
/// ([`ScoredRow::from_json`]), a row of its table ([`ScoredRow::from_record`]), or taken from a
/// [`ScoredArticle`]; [`crate::series_article::SeriesArticle::new`] keeps what a series needs of it.
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
    pub(crate) outlook: Option<RowOutlook>,
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

#[derive(Clone, Copy, Debug, PartialEq, serde::Deserialize)]
pub(crate) struct RowOutlook {
    pub(crate) score: f64,
    pub(crate) low: f64,
    pub(crate) high: f64,
}

#[derive(Clone, Debug, serde::Deserialize)]
pub(crate) struct RowStatement<'a> {
    #[serde(borrow)]
    pub(crate) text: Text<'a>,
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

    /// The row of one JSON object, as `detente score` writes it.
    ///
    /// # Errors
    /// If it is no scored article; the message names the field, or line and column.
    pub fn from_json(json: &'a [u8]) -> Result<Self> {
        let named = |error: &dyn fmt::Display| Error::data(format!("no scored article: {error}"));
        // checked once for the whole row, not again for each of its texts
        let json = std::str::from_utf8(json).map_err(|error| named(&error))?;
        serde_json::from_str(json).map_err(|error| named(&error))
    }

    /// The row of one record of a table with the columns `names`.
    ///
    /// A table holds no statements: its articles have no voices and no phrases, and stories
    /// are told apart by their titles alone. Nor does it hold what was wrong with a date that is not there.
    ///
    /// # Errors
    /// If `id`, `model`, `score`, `low` or `high` is missing or no number where one is needed.
    pub fn from_record(names: &[&str], fields: &'a [&'a str]) -> Result<Self> {
        let field = |name: &str| {
            let at = names.iter().position(|column| *column == name);
            at.and_then(|at| fields.get(at).copied()).filter(|value| !value.is_empty())
        };
        let needed = |name: &str| field(name).ok_or_else(|| Error::data(format!("field {name}: missing")));
        let number = |name: &str| {
            let value = needed(name)?;
            let number: Option<f64> = value.parse().ok().filter(|number: &f64| number.is_finite());
            number.ok_or_else(|| Error::data(format!("field {name}: {value:?} is no number")))
        };
        let text = |value: &'a str| Text(Cow::Borrowed(value));
        let outlook = field("score").map(|_| {
            Ok::<_, Error>(RowOutlook { score: number("score")?, low: number("low")?, high: number("high")? })
        });
        Ok(Self {
            _schema: 1,
            id: text(needed("id")?),
            title: field("title").map(text),
            date: field("date").map(text),
            source: field("source").map(text),
            negotiation: field("negotiation").map(text),
            domain: field("domain").map(text),
            model: text(needed("model")?),
            outlook: outlook.transpose()?,
            statements: Vec::new(),
            warnings: Vec::new(),
        })
    }
}

impl<'a> From<&'a ScoredArticle> for ScoredRow<'a> {
    fn from(article: &'a ScoredArticle) -> Self {
        let text = |value: &'a str| Text(Cow::Borrowed(value));
        let maybe = |value: &'a Option<String>| value.as_deref().map(text);
        let statements = article.statements.iter().map(|s| RowStatement {
            text: text(&s.text),
            bearing: s.bearing.get(),
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
                side: maybe(&speaker.side),
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
            title: maybe(&article.title),
            date: article.date.map(|day| Text(Cow::Owned(day.to_string()))),
            source: maybe(&article.source),
            negotiation: maybe(&article.negotiation),
            domain: maybe(&article.domain),
            model: text(&article.model),
            outlook: article.outlook.as_ref().map(|outlook| RowOutlook {
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
                    value: maybe(&w.value),
                })
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_names_what_it_lacks() {
        let names = ["id", "date", "model", "score", "low", "high"];
        let row =
            ScoredRow::from_record(&names, &["a", "2020-01-01", "m", "0.1", "-0.1", "0.3"]).expect("a row");
        assert_eq!(row.outlook, Some(RowOutlook { score: 0.1, low: -0.1, high: 0.3 }));
        let silent = ScoredRow::from_record(&names, &["a", "", "m", "", "", ""]).expect("a row");
        assert!(silent.outlook.is_none() && silent.date.is_none());
        for (fields, named) in
            [(["", "", "m", "", "", ""], "id"), (["a", "", "m", "high", "0", "0"], "score")]
        {
            let error = ScoredRow::from_record(&names, &fields).expect_err("bad");
            assert!(error.to_string().contains(named), "{error}");
        }
    }

    #[test]
    fn only_scored_articles_are_read() {
        for bad in [
            r#"{"id":"a","text":"Talks resumed."}"#,
            r#"{"schema":1,"id":"a","model":"m"}"#,
            r#"{"schema":1,"id":"a","model":"m","outlook":-1.5}"#,
        ] {
            assert!(ScoredRow::from_json(bad.as_bytes()).is_err(), "{bad}");
        }
        assert!(ScoredRow::from_json(br#"{"schema":1,"id":"a","model":"m","outlook":null}"#).is_ok());
    }
}
