//! [`BriefReport`]: the JSON form of a brief. `docs/schema/brief.schema.json` describes it.

use detente::internals::four_decimals;
use detente::{Day, Verdict};
use serde::Serialize;

use crate::comparison::Comparison;
use crate::data_issue::DataIssue;
use crate::timeline::Timeline;

/// Briefs of one or more negotiations.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct BriefReport {
    /// Version of the JSON form. Fields may be added, but not removed.
    pub schema: u32,
    /// A note if the articles seem to be about several negotiations that no field tells apart.
    pub several: Option<String>,
    /// Issues with articles that belong to no section.
    #[serde(rename = "notes")]
    pub issues: Vec<DataIssue>,
    /// One brief for each negotiation, the one with the newest article first.
    pub briefs: Vec<Brief>,
}

impl BriefReport {
    /// A report of these briefs.
    #[must_use]
    pub fn new(briefs: Vec<Brief>, several: Option<String>) -> Self {
        Self { schema: 1, several, issues: Vec::new(), briefs }
    }
}

/// One negotiation on a page.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Brief {
    /// The negotiation: the name that the articles give, or their parties.
    pub name: String,
    /// The parties that the articles name most often, at most four.
    pub parties: Vec<String>,
    /// Day of the oldest article.
    pub first: Day,
    /// Day of the newest article.
    pub last: Day,
    /// Number of articles.
    pub articles: usize,
    /// Number of stories; near-duplicate articles are one story.
    pub stories: usize,
    /// Number of known sources.
    pub sources: usize,
    /// Where the negotiation stands.
    pub standing: Standing,
    /// What changed since a day.
    pub change: Change,
    /// How the outlook went: its highs and lows with the story of each, and the turning points.
    pub milestones: Vec<Milestone>,
    /// The speakers whose statements moved the outlook most, at most five.
    pub movers: Vec<Mover>,
    /// Dated statements on what happened, in chronological order.
    pub happened: Vec<Quote>,
    /// Dates after the newest article that the texts name, in chronological order.
    pub next: Vec<Upcoming>,
    /// Statements of the newest articles that stand against an agreement, or make it depend on something.
    pub open: Vec<Quote>,
    /// The articles, newest first.
    pub table: Vec<ArticleLine>,
    /// The series of the chart.
    pub timeline: Timeline,
}

/// The level at the newest article.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Standing {
    /// The level, -1..=1.
    #[serde(serialize_with = "four_decimals::serialize")]
    pub score: f64,
    /// Lower end of its band.
    #[serde(serialize_with = "four_decimals::serialize")]
    pub low: f64,
    /// Upper end of its band.
    #[serde(serialize_with = "four_decimals::serialize")]
    pub high: f64,
    /// The level in words.
    pub reading: Verdict,
    /// Whether the band has scores above and below 0, so that the direction is uncertain.
    pub uncertain: bool,
    /// Since when it has been like this.
    pub since: Day,
    /// What happened then: `turning point`, `milestone` or `first article`.
    pub basis: &'static str,
}

/// The change since a day.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Change {
    /// The day.
    pub since: Day,
    /// Why this day: `option`, `turning point` or `30 days`.
    pub basis: &'static str,
    /// The articles before that day and from that day on; `None` if either has fewer than two stories.
    pub comparison: Option<Comparison>,
}

/// A high, a low or a turning point of the outlook.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Milestone {
    /// Day of the story.
    pub day: Day,
    /// Score of the story.
    #[serde(serialize_with = "four_decimals::serialize")]
    pub score: f64,
    /// Id of the story's first article.
    pub id: String,
    /// Title, or the beginning of the text.
    pub title: String,
    /// `start`, `high`, `low`, `latest`, `up` or `down` (turning points).
    pub kind: &'static str,
    /// p-value of a turning point.
    #[serde(rename = "p", serialize_with = "four_decimals::serialize_option")]
    pub p_value: Option<f64>,
}

/// A speaker whose statements moved the outlook.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Mover {
    /// Name.
    pub speaker: String,
    /// Side, as in `score`.
    pub side: String,
    /// Mean score before the day of the change; `None` if they did not speak.
    #[serde(serialize_with = "four_decimals::serialize_option")]
    pub before: Option<f64>,
    /// Mean score from that day on.
    #[serde(serialize_with = "four_decimals::serialize_option")]
    pub after: Option<f64>,
    /// The statement that says most before that day, and from that day on.
    pub statements: Vec<Quote>,
}

/// A statement with its source.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Quote {
    /// Day of what it describes, or of its article.
    pub day: Day,
    /// Its text.
    pub text: String,
    /// Its score; `None` if it does not bear on the prospects.
    #[serde(serialize_with = "four_decimals::serialize_option")]
    pub score: Option<f64>,
    /// Its speaker, if someone is quoted.
    pub speaker: Option<String>,
    /// Id of its article.
    pub id: String,
    /// Outlet of its article.
    pub source: Option<String>,
}

/// What a date ahead is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum UpcomingKind {
    /// A deadline or an expiry.
    Deadline,
    /// A signing.
    Signing,
    /// A vote, a ratification or an election.
    Vote,
    /// A round of talks, a meeting or a visit.
    Round,
    /// Anything else.
    Other,
}

impl UpcomingKind {
    /// The name in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Deadline => "deadline",
            Self::Signing => "signing",
            Self::Vote => "vote",
            Self::Round => "talks",
            Self::Other => "date",
        }
    }
}

/// A date after the newest article.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Upcoming {
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
    /// What the date is for.
    pub kind: UpcomingKind,
    /// The newest sentence that names the date.
    pub text: String,
    /// Number of articles that name it.
    pub articles: usize,
    /// Id of the newest of them.
    pub id: String,
    /// Day of the newest of them.
    pub named: Day,
}

/// An article in a table.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ArticleLine {
    /// Date of publication.
    pub date: Day,
    /// Outlet.
    pub source: Option<String>,
    /// Title, or the beginning of the text.
    pub title: String,
    /// Id.
    pub id: String,
    /// Outlook in words; `None` for rows of a table.
    pub reading: Option<Verdict>,
    /// Outlook.
    #[serde(serialize_with = "four_decimals::serialize")]
    pub score: f64,
    /// Lower end of its interval.
    #[serde(serialize_with = "four_decimals::serialize")]
    pub low: f64,
    /// Upper end of its interval.
    #[serde(serialize_with = "four_decimals::serialize")]
    pub high: f64,
}
