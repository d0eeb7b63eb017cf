//! [`SeriesArticle`]: what a series keeps of a scored article.

use std::collections::BTreeMap;
use std::sync::Arc;

use detente::internals::side_name;
use detente::{CueKind, Day, WarningKind};

use crate::near_duplicate::TextSignature;
use crate::scored_row::{RowStatement, ScoredRow};

/// What has to be kept of each article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Retain {
    /// Its statements, for series by side and speaker and for statements' own dates.
    pub statements: bool,
    /// The words of its statements, to quote them.
    pub texts: bool,
}

/// A scored article without its text: about 700 bytes, of which the signature is 256, and
/// some 200 more for each statement if these are kept.
#[derive(Clone, Debug, PartialEq)]
pub struct SeriesArticle {
    pub(crate) id: Box<str>,
    pub(crate) title: Option<Box<str>>,
    /// The day, or what stands in its place.
    pub(crate) date: Result<Option<Day>, Box<str>>,
    pub(crate) source: Option<Arc<str>>,
    pub(crate) negotiation: Option<Arc<str>>,
    pub(crate) domain: Option<Arc<str>>,
    pub(crate) model: Arc<str>,
    pub(crate) outlook: Option<Band>,
    pub(crate) phrases: Box<[Phrase]>,
    pub(crate) parts: Box<[StatementPart]>,
    pub(crate) signature: Option<TextSignature>,
    /// Number of the set that it is compared in, 0 or 1.
    pub(crate) set: u8,
    /// Whether another article before it carried the id that it came with.
    pub(crate) is_renamed: bool,
}

/// A score with its interval, -1..+1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Band {
    pub(crate) score: f64,
    pub(crate) low: f64,
    pub(crate) high: f64,
}

/// A phrase and what it added to the article's score.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Phrase {
    pub(crate) text: Arc<str>,
    pub(crate) share: f32,
}

/// A statement that bears on the prospects.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct StatementPart {
    pub(crate) side: Arc<str>,
    pub(crate) speaker: Arc<str>,
    /// The day of what it describes, never behind the article's own.
    pub(crate) day: Option<Day>,
    pub(crate) background: bool,
    pub(crate) weight: f64,
    pub(crate) contribution: f64,
    pub(crate) text: Option<Box<str>>,
    pub(crate) phrases: Box<[Arc<str>]>,
}

/// Most phrases that are kept of an article: those that moved it most.
const PHRASES: usize = 6;
/// Longest span of days that counts as a date of what a statement describes.
const LONGEST: i64 = 31;

impl SeriesArticle {
    /// What `keep` asks for of `row`.
    #[must_use]
    pub fn new(row: &ScoredRow<'_>, keep: Retain) -> Self {
        let text = |value: &detente::internals::Text<'_>| Arc::<str>::from(value.0.as_ref());
        let date = match row.date.as_ref().map(|date| date.0.trim()).filter(|date| !date.is_empty()) {
            None => match row.warning(&WarningKind::BadDate) {
                // rows of older versions have no `value`
                Some(warning) => {
                    Err(Box::from(warning.value.as_ref().unwrap_or(&warning.message).0.as_ref()))
                }
                None => Ok(None),
            },
            Some(date) => date.parse().map(Some).map_err(|_| Box::from(date)),
        };
        let outlook = row.outlook.map(|outlook| {
            let limited = |value: f64| detente::Score::clamped(value).get();
            Band { score: limited(outlook.score), low: limited(outlook.low), high: limited(outlook.high) }
        });
        let words = |text: &detente::internals::Text<'_>| Box::<str>::from(text.0.as_ref());
        let signature = if row.statements.is_empty() {
            TextSignature::of(row.title.iter().map(|title| title.0.as_ref()))
        } else {
            TextSignature::of(row.statements.iter().map(|s| s.text.0.as_ref()))
        };
        let day = date.as_ref().ok().copied().flatten();
        Self {
            id: words(&row.id),
            title: row.title.as_ref().map(words),
            date,
            source: row.source.as_ref().map(text),
            negotiation: row.negotiation.as_ref().map(text),
            domain: row.domain.as_ref().map(text),
            model: text(&row.model),
            outlook,
            phrases: phrases(row),
            parts: if keep.statements { parts(row, day, keep.texts) } else { Box::default() },
            signature,
            set: 0,
            is_renamed: row.warning(&WarningKind::RepeatedId).is_some(),
        }
    }

    /// The same article in the first (`false`) or second set of a comparison.
    #[must_use]
    pub fn in_set(mut self, second: bool) -> Self {
        self.set = u8::from(second);
        self
    }

    pub(crate) fn day(&self) -> Option<Day> {
        self.date.as_ref().ok().copied().flatten()
    }
}

/// The phrases of a statement's telling cues: a verb that brings or removes together with the
/// thing behind it ("lift … tariffs"), outlook words alone. Lower case, each once.
fn telling(statement: &RowStatement<'_>) -> Vec<String> {
    /// Farthest that a thing stands behind the verb that reaches it, in bytes.
    const REACH: u32 = 40;
    let mut found: Vec<String> = Vec::new();
    let mut verb: Option<(u32, String)> = None;
    for cue in &statement.cues {
        let text = cue.text.0.to_lowercase();
        match cue.kind {
            CueKind::Up | CueKind::Down => {
                found.extend(verb.take().map(|(_, verb)| verb));
                verb = Some((cue.end, text));
            }
            CueKind::GoodThing | CueKind::BadThing => match verb.take() {
                Some((end, verb)) if cue.start <= end + REACH => {
                    let gap = if cue.start <= end + 1 { " " } else { " … " };
                    found.push(format!("{verb}{gap}{text}"));
                }
                other => {
                    found.extend(other.map(|(_, verb)| verb));
                    // a thing that is only named ("talks") tells nothing
                    if cue.kind == CueKind::BadThing {
                        found.push(text);
                    }
                }
            },
            CueKind::Outlook | CueKind::Delay => found.push(text),
            _ => {}
        }
    }
    found.extend(verb.map(|(_, verb)| verb));
    found.sort();
    found.dedup();
    found
}

/// What each phrase added to the article: a statement's contribution in equal shares.
fn phrases(row: &ScoredRow<'_>) -> Box<[Phrase]> {
    let mut shares: BTreeMap<String, f64> = BTreeMap::new();
    for statement in row.statements.iter().filter(|s| s.contribution != 0.0) {
        let found = telling(statement);
        let share = statement.contribution / found.len().max(1) as f64;
        for phrase in found {
            *shares.entry(phrase).or_default() += share;
        }
    }
    let mut shares: Vec<(String, f64)> = shares.into_iter().collect();
    shares.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()).then_with(|| a.0.cmp(&b.0)));
    shares.truncate(PHRASES);
    shares.into_iter().map(|(text, share)| Phrase { text: text.into(), share: share as f32 }).collect()
}

/// The statements that count, and background whose day is known.
fn parts(row: &ScoredRow<'_>, published: Option<Day>, texts: bool) -> Box<[StatementPart]> {
    // background has no weight in its article; on its own day it counts like an average
    // statement, and its score is stretched as the article's are
    let counted = row.statements.iter().filter(|s| s.weight > 0.0).count();
    let plain: f64 = row.statements.iter().map(|s| s.weight * s.score.unwrap_or(0.0)).sum();
    let all: f64 = row.statements.iter().map(|s| s.contribution).sum();
    let stretch = if plain.abs() > 1e-3 { (all / plain).clamp(1.0, 3.0) } else { 1.0 };
    let part = |s: &RowStatement<'_>| {
        let day = s.when.filter(|when| when.to.days_since(when.from) <= LONGEST).map(|when| {
            let middle = when.from.plus_days(when.to.days_since(when.from) / 2);
            published.map_or(middle, |published| middle.min(published))
        });
        let (weight, contribution) = if s.weight > 0.0 {
            (s.weight, s.contribution)
        } else if s.background && day.is_some() {
            let weight = s.bearing / counted.max(1) as f64;
            (weight, weight * (stretch * s.score?).clamp(-1.0, 1.0))
        } else {
            return None;
        };
        let (side, speaker) = voice(s);
        Some(StatementPart {
            side,
            speaker,
            day,
            background: s.weight <= 0.0,
            weight,
            contribution,
            text: texts.then(|| Box::from(s.text.0.as_ref())),
            phrases: telling(s).into_iter().map(Arc::from).collect(),
        })
    };
    let found: Box<[StatementPart]> = row.statements.iter().filter_map(part).collect();
    match row.outlook {
        // a row of a table: one voice that is not known
        Some(outlook) if row.statements.is_empty() => Box::new([StatementPart {
            side: "unknown".into(),
            speaker: "unknown".into(),
            day: None,
            background: false,
            weight: 1.0,
            contribution: outlook.score,
            text: None,
            phrases: Box::default(),
        }]),
        _ => found,
    }
}

/// Side and speaker of a statement; a statement without a speaker is the narrator's.
fn voice(statement: &RowStatement<'_>) -> (Arc<str>, Arc<str>) {
    let speaker = statement.speaker.as_ref();
    let side = side_name(speaker.map(|s| (s.side.as_ref().map(|side| side.0.as_ref()), s.kind)));
    (side.into(), speaker.map_or(side, |speaker| speaker.name.0.as_ref()).into())
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// An item of few words, for the tests of this room.
    pub(crate) fn item(id: &str, day: &str, score: f64) -> SeriesArticle {
        let row = format!(
            r#"{{"schema":1,"id":"{id}","date":"{day}","model":"m","outlook":{{"score":{score},"low":-1,"high":1}}}}"#
        );
        SeriesArticle::new(
            &ScoredRow::from_json(row.as_bytes()).expect("a row"),
            Retain { statements: true, texts: true },
        )
    }

    const ROW: &str = r#"{"schema":1,"id":"a","date":"2020-03-10","model":"m",
        "outlook":{"score":0.3,"low":0.1,"high":0.5},"statements":[
        {"text":"They lifted the tariffs.","bearing":0.9,"score":0.3,"weight":0.6,"contribution":0.4,
         "speaker":{"name":"Liu He","side":"china","kind":"party"},
         "when":{"from":"2020-03-12","to":"2020-03-12"},
         "cues":[{"start":5,"end":11,"text":"Lifted","kind":"down"},{"start":16,"end":23,"text":"tariffs","kind":"bad_thing"}]},
        {"text":"Talks stall.","bearing":0.8,"score":-0.1,"weight":0.4,"contribution":-0.1,
         "cues":[{"start":25,"end":30,"text":"Talks","kind":"good_thing"},{"start":31,"end":36,"text":"stall","kind":"outlook"}]},
        {"text":"In January they had quarrelled.","bearing":0.8,"score":-0.5,"background":true,
         "when":{"from":"2020-01-01","to":"2020-01-31"}},
        {"text":"Years ago they had talked.","bearing":0.8,"score":0.1,"background":true}]}"#;

    #[test]
    fn parts_have_voice_day_and_phrases() {
        let row = ScoredRow::from_json(ROW.as_bytes()).expect("a row");
        let item = SeriesArticle::new(&row, Retain { statements: true, texts: false });
        let day = |text: &str| text.parse::<Day>().ok();
        let seen: Vec<_> = item.parts.iter().map(|p| (&*p.side, &*p.speaker, p.day, p.background)).collect();
        assert_eq!(
            seen,
            [
                // what is to come is told on the day of the article
                ("china", "Liu He", day("2020-03-10"), false),
                ("narrator", "narrator", None, false),
                ("narrator", "narrator", day("2020-01-16"), true),
            ]
        );
        assert!((item.parts[2].contribution / item.parts[2].weight + 1.0).abs() < 1e-9, "stretched to -1");
        let phrases: Vec<_> = item.phrases.iter().map(|p| (&*p.text, p.share)).collect();
        assert_eq!(phrases, [("lifted … tariffs", 0.4), ("stall", -0.1)]);
        assert!(SeriesArticle::new(&row, Retain::default()).parts.is_empty());
    }

    #[test]
    fn a_bad_date_is_kept_as_it_stands() {
        assert_eq!(item("a", "soon", 0.0).date, Err("soon".into()));
        assert_eq!(item("a", "", 0.0).date, Ok(None));
    }
}
