//! [`ScoredArticle`]: everything that is said of one article, in the form of the contract.

use detente_lang::Day;
use serde::{Deserialize, Serialize};

use crate::scale::{Probability, Score};
use crate::score::statement::ScoredStatement;

/// Version of the output's form; it grows, never shrinks.
pub const SCHEMA: u32 = 1;

/// One article with its outlook, sides, statements and warnings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScoredArticle {
    /// Version of this form, [`SCHEMA`].
    pub schema: u32,
    /// Name of the article.
    pub id: String,
    /// Headline, where there is one.
    pub title: Option<String>,
    /// Date of publication, where there is one.
    pub date: Option<Day>,
    /// Outlet, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Negotiation, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub negotiation: Option<String>,
    /// Field of the negotiation, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub domain: Option<String>,
    /// Id of the model that scored the article.
    pub model: String,
    /// The outlook; `None` where nothing in the text bears on a negotiation.
    pub outlook: Option<Outlook>,
    /// Why there is no outlook.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The outlook by side, in the order of the sides' ids.
    #[serde(default)]
    pub sides: Vec<SideOutlook>,
    /// How far the sides are apart; `None` where fewer than two parties say something that bears.
    #[serde(default)]
    pub gap: Option<Gap>,
    /// The headline as judged, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub headline: Option<ScoredHeadline>,
    /// The statements in the order of the text.
    #[serde(default)]
    pub statements: Vec<ScoredStatement>,
    /// What a reader should know about the input.
    #[serde(default)]
    pub warnings: Vec<Warning>,
}

/// The outlook of an article.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outlook {
    /// The score, -1..+1.
    pub score: Score,
    /// Lower end of the interval.
    pub low: Score,
    /// Upper end of the interval.
    pub high: Score,
    /// Share of articles whose informed reading lies within such an interval.
    pub coverage: Probability,
    /// The outlook in words.
    pub reading: Reading,
    /// How far the bearing statements are hedged, 0..1.
    pub hedge: Probability,
    /// Number of statements.
    pub statements: usize,
    /// Number of statements that bear on the prospects and are not background.
    pub bearing: usize,
    /// Whether very little in the text supports the outlook.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub thin: bool,
}

/// The outlook of one side's own statements.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SideOutlook {
    /// Id of the side, or `outsiders`, `narrator`, `unnamed`.
    pub side: String,
    /// The score, -1..+1; `None` where the side says nothing that bears.
    pub score: Option<Score>,
    /// Lower end of the interval.
    pub low: Option<Score>,
    /// Upper end of the interval.
    pub high: Option<Score>,
    /// Number of the side's bearing statements.
    pub statements: usize,
}

/// How far apart the parties are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Gap {
    /// The most hopeful party.
    pub above: String,
    /// The least hopeful party.
    pub below: String,
    /// The difference of their scores, 0..2.
    pub difference: f64,
}

/// What the headline says by itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScoredHeadline {
    /// Its score, -1..+1; `None` where it hardly bears.
    pub score: Option<Score>,
    /// Probability that it bears on the prospects.
    pub bearing: Probability,
    /// Probability that it is hedged.
    pub hedge: Probability,
    /// Its share of the article's weight, 0..1: 0 but where the headline alone counts.
    pub weight: f64,
    /// What it adds to the article's score.
    pub contribution: f64,
}

/// Who says a statement, as far as the outlook is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voice {
    /// The article itself.
    Narrator,
    /// A party to the negotiation.
    Party,
    /// An analyst, mediator, lobby or other third party, or a source that is not known.
    Other,
}

/// The outlook in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Reading {
    /// Broken off, as a fact.
    Collapsed,
    /// Firmly stuck.
    Deadlocked,
    /// Firmly negative.
    Pessimistic,
    /// Negative but hedged or mild.
    #[serde(rename = "cautiously pessimistic")]
    CautiouslyPessimistic,
    /// Left open or balanced.
    Open,
    /// Statements or sides contradict each other.
    Mixed,
    /// Positive but hedged or mild.
    #[serde(rename = "cautiously optimistic")]
    CautiouslyOptimistic,
    /// Firmly positive.
    Optimistic,
    /// A firm expectation of agreement.
    Confident,
    /// Agreement reached, as a fact.
    Agreed,
}

impl Reading {
    /// The reading as the contract writes it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Collapsed => "collapsed",
            Self::Deadlocked => "deadlocked",
            Self::Pessimistic => "pessimistic",
            Self::CautiouslyPessimistic => "cautiously pessimistic",
            Self::Open => "open",
            Self::Mixed => "mixed",
            Self::CautiouslyOptimistic => "cautiously optimistic",
            Self::Optimistic => "optimistic",
            Self::Confident => "confident",
            Self::Agreed => "agreed",
        }
    }
}

impl std::fmt::Display for Reading {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.as_str())
    }
}

/// Something about the input that a reader should know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// What sort of warning, in kebab case (`date-doubt`, `invalid-bytes`).
    pub kind: String,
    /// The warning in words.
    pub message: String,
}
