//! [`SeriesArticle`]: the part of a scored article that a series keeps.

use std::collections::BTreeMap;
use std::sync::Arc;

use detente::internals::{Text, side_name};
use detente::{CueKind, Day, Score, ScoredArticle, WarningKind};

use crate::brief::detail::ArticleDetail;
use crate::near_duplicate::TextSignature;
use crate::scored_row::{RowStatement, ScoreBand, ScoredRow};

/// Which parts of an article are kept beside its outlook.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Retain {
    /// The statements: needed for series by side or speaker, and for series by the statements' own dates.
    pub statements: bool,
    /// The text of the statements, for quotation.
    pub texts: bool,
    /// All statements with texts, dates and events, for a brief: several kilobytes an article.
    pub details: bool,
}

/// A scored article without its text: about 700 bytes, of which the signature takes 256, and about 200 more for each
/// statement if statements are kept.
#[derive(Clone, Debug, PartialEq)]
pub struct SeriesArticle {
    pub(crate) id: Box<str>,
    pub(crate) title: Option<Box<str>>,
    /// The beginning of the text of an article without a title.
    pub(crate) lead: Option<Box<str>>,
    pub(crate) date: ArticleDate,
    pub(crate) source: Option<Arc<str>>,
    pub(crate) negotiation: Option<Arc<str>>,
    pub(crate) domain: Option<Arc<str>>,
    pub(crate) model: Arc<str>,
    /// Start of the model's checksum, if known: models of different users may share an id.
    pub(crate) model_checksum: Option<[u8; 8]>,
    pub(crate) outlook: Option<ScoreBand>,
    pub(crate) phrases: Box<[Phrase]>,
    pub(crate) statements: Box<[SeriesStatement]>,
    pub(crate) signature: Option<TextSignature>,
    pub(crate) detail: Option<Box<ArticleDetail>>,
    /// Index of the set that it belongs to in a comparison, 0 or 1.
    pub(crate) set: u8,
    /// Whether its id was changed because an earlier article had the same one.
    pub(crate) has_repeated_id: bool,
    /// The parts that were asked for when the article was made.
    pub(crate) retained: Retain,
}

/// The date of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ArticleDate {
    Known(Day),
    Missing,
    /// Text in place of a date.
    Invalid(Box<str>),
}

/// A phrase and its contribution to the article's score.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Phrase {
    pub(crate) text: Arc<str>,
    pub(crate) contribution: f32,
}

/// A statement that bears on the prospects.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct SeriesStatement {
    pub(crate) side: Arc<str>,
    pub(crate) speaker: Arc<str>,
    /// The day of what it describes, at the latest the article's own.
    pub(crate) day: Option<Day>,
    pub(crate) background: bool,
    pub(crate) weight: f64,
    pub(crate) contribution: f64,
    pub(crate) text: Option<Box<str>>,
    pub(crate) phrases: Box<[Arc<str>]>,
}

/// Phrases kept for each article: those with the largest contributions.
const MAX_PHRASES: usize = 6;
/// Characters kept of the text of an article without a title.
const MAX_LEAD_CHARS: usize = 100;
/// Longest span, in days, that counts as the date of what a statement describes: "in January", but not "in 2019".
const MAX_DATE_SPAN: i64 = 31;
/// Greatest distance in bytes between a verb and its object ("lift most of the punitive tariffs").
const MAX_OBJECT_DISTANCE: u32 = 40;
/// Largest factor by which an article's score exceeds the weighted mean of its statements.
const MAX_STRETCH: f64 = 3.0;
/// Group of statements and articles whose side, speaker, source, … is not known.
pub(crate) const UNKNOWN: &str = "unknown";

impl SeriesArticle {
    /// Keeps the parts of `row` that `retain` selects.
    #[must_use]
    pub fn new(row: &ScoredRow<'_>, retain: Retain) -> Self {
        let shared = |text: &Text<'_>| Arc::<str>::from(text.0.as_ref());
        let owned = |text: &Text<'_>| Box::<str>::from(text.0.as_ref());
        let date = ArticleDate::of(row);
        let clamped = |value: f64| Score::clamped(value).get();
        let outlook = row.outlook.map(|outlook| ScoreBand {
            score: clamped(outlook.score),
            low: clamped(outlook.low),
            high: clamped(outlook.high),
        });
        // rows of a CSV have no statements; two articles with one title are taken for copies
        let signature = if row.statements.is_empty() {
            TextSignature::of(row.title.iter().map(|title| title.0.as_ref()))
        } else {
            TextSignature::of(row.statements.iter().map(|s| s.text.0.as_ref()))
        };
        let statements =
            if retain.statements { statements(row, date.day(), retain.texts) } else { Box::default() };
        Self {
            id: owned(&row.id),
            title: row.title.as_ref().map(owned),
            lead: lead(row),
            date,
            source: row.source.as_ref().map(shared),
            negotiation: row.negotiation.as_ref().map(shared),
            domain: row.domain.as_ref().map(shared),
            model: shared(&row.model),
            model_checksum: None,
            outlook,
            phrases: phrase_contributions(row),
            statements,
            signature,
            detail: None,
            set: 0,
            has_repeated_id: row.warning(&WarningKind::RepeatedId).is_some(),
            retained: retain,
        }
    }

    /// Keeps the parts of `article` that `retain` selects, among them its details.
    #[must_use]
    pub fn of_scored(article: &ScoredArticle, retain: Retain) -> Self {
        let detail = retain.details.then(|| Box::new(ArticleDetail::of(article)));
        Self { detail, ..Self::new(&ScoredRow::from(article), retain) }
    }

    /// Sets the start of the checksum of the model that scored the article. Articles of two models with one id are
    /// then told apart.
    #[must_use]
    pub fn with_model_checksum(mut self, checksum: [u8; 8]) -> Self {
        self.model_checksum = Some(checksum);
        self
    }

    /// The parts that the article was asked to keep.
    #[must_use]
    pub fn retained(&self) -> Retain {
        self.retained
    }

    /// Assigns the article to the first (`false`) or second set of a comparison.
    #[must_use]
    pub fn in_set(mut self, second: bool) -> Self {
        self.set = u8::from(second);
        self
    }

    pub(crate) fn day(&self) -> Option<Day> {
        self.date.day()
    }
}

impl ArticleDate {
    fn of(row: &ScoredRow<'_>) -> Self {
        match row.date.as_ref().map(|date| date.0.trim()).filter(|date| !date.is_empty()) {
            None => match row.warning(&WarningKind::BadDate) {
                // rows of older versions have no `value`
                Some(warning) => {
                    Self::Invalid(warning.value.as_ref().unwrap_or(&warning.message).0.as_ref().into())
                }
                None => Self::Missing,
            },
            Some(text) => text.parse().map_or_else(|_| Self::Invalid(text.into()), Self::Known),
        }
    }

    fn day(&self) -> Option<Day> {
        match self {
            Self::Known(day) => Some(*day),
            Self::Missing | Self::Invalid(_) => None,
        }
    }
}

/// The first words of an article without a title.
fn lead(row: &ScoredRow<'_>) -> Option<Box<str>> {
    let text = &row.statements.first().filter(|_| row.title.is_none())?.text.0;
    let is_whole = text.chars().nth(MAX_LEAD_CHARS).is_none();
    let cut: String = text.chars().take(MAX_LEAD_CHARS).collect();
    let end = if is_whole { cut.len() } else { cut.rfind(' ').unwrap_or(cut.len()) };
    let words: Vec<&str> = cut.get(..end)?.split_whitespace().collect();
    Some(format!("{}{}", words.join(" "), if is_whole { "" } else { " …" }).into())
}

/// The phrases of a statement, in lower case and without repetitions: verbs of change with their object
/// ("lift … tariffs"), outlook words and delays alone.
fn phrases(statement: &RowStatement<'_>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut pending_verb: Option<(u32, String)> = None;
    for cue in &statement.cues {
        let text = cue.text.0.to_lowercase();
        match cue.kind {
            // "rejected and delayed the offer": the first verb stands alone, the second takes the object
            CueKind::Up | CueKind::Down => {
                found.extend(pending_verb.take().map(|(_, verb)| verb));
                pending_verb = Some((cue.end, text));
            }
            CueKind::GoodThing | CueKind::BadThing => match pending_verb.take() {
                // "lifted the tariffs": verb and object are one phrase
                Some((end, verb)) if cue.start <= end + MAX_OBJECT_DISTANCE => {
                    let gap = if cue.start <= end + 1 { " " } else { " … " };
                    found.push(format!("{verb}{gap}{text}"));
                }
                other => {
                    found.extend(other.map(|(_, verb)| verb));
                    // "tariffs" alone is bad news, "talks" alone is no news
                    if cue.kind == CueKind::BadThing {
                        found.push(text);
                    }
                }
            },
            CueKind::Outlook | CueKind::Delay => found.push(text),
            _ => {}
        }
    }
    found.extend(pending_verb.map(|(_, verb)| verb));
    found.sort();
    found.dedup();
    found
}

/// The contribution of each phrase to the article: a statement's contribution in equal shares.
fn phrase_contributions(row: &ScoredRow<'_>) -> Box<[Phrase]> {
    let mut sums: BTreeMap<String, f64> = BTreeMap::new();
    for statement in row.statements.iter().filter(|s| s.contribution != 0.0) {
        let found = phrases(statement);
        let share = statement.contribution / found.len().max(1) as f64;
        for phrase in found {
            *sums.entry(phrase).or_default() += share;
        }
    }
    let mut sums: Vec<(String, f64)> = sums.into_iter().collect();
    sums.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()).then_with(|| a.0.cmp(&b.0)));
    sums.truncate(MAX_PHRASES);
    sums.into_iter().map(|(text, sum)| Phrase { text: text.into(), contribution: sum as f32 }).collect()
}

/// The statements with weight, and background statements with a date.
fn statements(row: &ScoredRow<'_>, published: Option<Day>, with_texts: bool) -> Box<[SeriesStatement]> {
    if let Some(outlook) = row.outlook.filter(|_| row.statements.is_empty()) {
        return Box::new([SeriesStatement::of_table_row(outlook)]);
    }
    // Background has no weight in its article. On its own day it gets the weight of an average statement, and its
    // score is stretched by the same factor as the article's.
    let counted = row.statements.iter().filter(|s| s.weight > 0.0).count();
    let weighted_mean: f64 = row.statements.iter().map(|s| s.weight * s.score.unwrap_or(0.0)).sum();
    let outlook: f64 = row.statements.iter().map(|s| s.contribution).sum();
    let stretch =
        if weighted_mean.abs() > 1e-3 { (outlook / weighted_mean).clamp(1.0, MAX_STRETCH) } else { 1.0 };
    let kept = |s: &RowStatement<'_>| {
        let day = s.when.filter(|when| when.to.days_since(when.from) <= MAX_DATE_SPAN).map(|when| {
            // "in January" counts on 16 January; "next week" on the day of the article, when it was said
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
        let (side, speaker) = side_and_speaker(s);
        Some(SeriesStatement {
            side,
            speaker,
            day,
            background: s.weight <= 0.0,
            weight,
            contribution,
            text: with_texts.then(|| Box::from(s.text.0.as_ref())),
            phrases: phrases(s).into_iter().map(Arc::from).collect(),
        })
    };
    row.statements.iter().filter_map(kept).collect()
}

impl SeriesStatement {
    /// The only statement of a row that has none: the article's score, by an unknown speaker.
    fn of_table_row(outlook: ScoreBand) -> Self {
        Self {
            side: UNKNOWN.into(),
            speaker: UNKNOWN.into(),
            day: None,
            background: false,
            weight: 1.0,
            contribution: outlook.score,
            text: None,
            phrases: Box::default(),
        }
    }
}

/// The side and the speaker of a statement; both are `narrator` if nobody is quoted.
fn side_and_speaker(statement: &RowStatement<'_>) -> (Arc<str>, Arc<str>) {
    let speaker = statement.speaker.as_ref();
    let side = side_name(speaker.map(|s| (s.side.as_ref().map(|side| side.0.as_ref()), s.kind)));
    (side.into(), speaker.map_or(side, |speaker| speaker.name.0.as_ref()).into())
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// An article without statements, for the tests of this crate.
    pub(crate) fn article(id: &str, day: &str, score: f64) -> SeriesArticle {
        let row = format!(
            r#"{{"schema":1,"id":"{id}","date":"{day}","model":"m","outlook":{{"score":{score},"low":-1,"high":1}}}}"#
        );
        SeriesArticle::new(
            &ScoredRow::from_json(row.as_bytes()).expect("a row"),
            Retain { statements: true, texts: true, ..Retain::default() },
        )
    }

    /// An article with a title and without statements.
    pub(crate) fn titled(id: &str, day: &str, score: f64, title: &str) -> SeriesArticle {
        let row = serde_json::json!({"schema": 1, "id": id, "date": day, "model": "m", "title": title,
            "outlook": {"score": score, "low": score - 0.4, "high": score + 0.4}});
        let row = row.to_string();
        SeriesArticle::new(&ScoredRow::from_json(row.as_bytes()).expect("a row"), Retain::default())
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
    fn statements_have_side_speaker_day_and_phrases() {
        let row = ScoredRow::from_json(ROW.as_bytes()).expect("a row");
        let article = SeriesArticle::new(&row, Retain { statements: true, ..Retain::default() });
        let day = |text: &str| text.parse::<Day>().ok();
        let seen: Vec<_> =
            article.statements.iter().map(|p| (&*p.side, &*p.speaker, p.day, p.background)).collect();
        assert_eq!(
            seen,
            [
                // a date after the article's own counts as the article's
                ("china", "Liu He", day("2020-03-10"), false),
                ("narrator", "narrator", None, false),
                ("narrator", "narrator", day("2020-01-16"), true),
            ]
        );
        let background = &article.statements[2];
        assert!((background.contribution / background.weight + 1.0).abs() < 1e-9, "stretched to -1");
        let phrases: Vec<_> = article.phrases.iter().map(|p| (&*p.text, p.contribution)).collect();
        assert_eq!(phrases, [("lifted … tariffs", 0.4), ("stall", -0.1)]);
        assert!(SeriesArticle::new(&row, Retain::default()).statements.is_empty());
    }

    #[test]
    fn text_of_an_invalid_date_is_kept() {
        assert_eq!(article("a", "soon", 0.0).date, ArticleDate::Invalid("soon".into()));
        assert_eq!(article("a", "", 0.0).date, ArticleDate::Missing);
    }
}
