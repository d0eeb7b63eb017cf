//! [`ScoredArticle`]: the result of the engine, as written in JSON.

use detente_lang::Day;
use serde::{Deserialize, Serialize};

use crate::outlook::verdict::Verdict;
use crate::scale::{Probability, Score};
use crate::score::statement::ScoredStatement;
use crate::warning::Warning;

/// Version of the JSON form; fields are added, never removed.
pub(crate) const SCHEMA: u32 = 1;

/// Article with its outlook, sides, statements and warnings.
///
/// Serialises to the JSON object that `detente score --format json` writes.
///
/// ```
/// use detente::{Article, Engine, ScoredArticle};
/// let scored = Engine::builtin()?.score(&Article::new("note", "The bakery opens at seven."));
/// assert!(scored.outlook.is_none());
/// assert_eq!(scored.reason.as_deref(), Some("nothing in the text bears on a negotiation"));
/// let json = serde_json::to_string(&scored).unwrap();
/// assert_eq!(serde_json::from_str::<ScoredArticle>(&json).unwrap(), scored);
/// # Ok::<(), detente::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ScoredArticle {
    /// Version of the JSON form, 1.
    pub schema: u32,
    /// Id of the article.
    pub id: String,
    /// Headline.
    pub title: Option<String>,
    /// Date of publication.
    pub date: Option<Day>,
    /// Outlet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Negotiation that the article is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub negotiation: Option<String>,
    /// Field of the negotiation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub domain: Option<String>,
    /// Id of the model.
    pub model: String,
    /// Outlook; `None` if no statement counts.
    pub outlook: Option<Outlook>,
    /// Reason for a missing outlook.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Outlook of each side: parties by id, then `outsiders`, `unnamed`, `others`, `narrator`.
    #[serde(default)]
    pub sides: Vec<SideOutlook>,
    /// Difference between the parties; `None` if fewer than two parties have a score.
    #[serde(default)]
    pub gap: Option<Gap>,
    /// Headline as scored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub headline: Option<ScoredHeadline>,
    /// Statements in text order.
    #[serde(default)]
    pub statements: Vec<ScoredStatement>,
    /// Doubts about the input.
    #[serde(default)]
    pub warnings: Vec<Warning>,
}

/// Outlook of an article: score with interval, verdict and counts.
///
/// ```
/// use detente::{Article, Engine, Verdict};
/// let text = "The two sides signed the accord. Both governments called it final.";
/// let outlook = Engine::builtin()?.score(&Article::new("note", text)).outlook.unwrap();
/// assert!(outlook.low <= outlook.score && outlook.score <= outlook.high);
/// assert!(outlook.reading > Verdict::Open);
/// # Ok::<(), detente::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Outlook {
    /// Score, -1..+1.
    pub score: Score,
    /// Lower end of the interval.
    pub low: Score,
    /// Upper end of the interval.
    pub high: Score,
    /// Nominal coverage of the interval: the share of articles whose label lies inside it.
    pub coverage: Probability,
    /// Verdict in words; `reading` in JSON.
    pub reading: Verdict,
    /// Weighted mean hedge of the statements that count, 0..1; `None` if the model learned nothing of hedges.
    pub hedge: Option<Probability>,
    /// Number of statements.
    pub statements: usize,
    /// Number of statements that count: bearing at least 0.5, no background, no repetition.
    pub bearing: usize,
    /// Whether fewer than two statements count.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub thin: bool,
}

/// Outlook of the statements of one side.
///
/// ```
/// use detente::{Article, Engine};
/// let mut article = Article::new("note", "Velmark said it was optimistic about a deal.");
/// for party in ["Velmark", "Ostrania"] {
///     article.parties.insert(party.to_owned(), vec![party.to_owned()]);
/// }
/// let sides = Engine::builtin()?.score(&article).sides;
/// assert_eq!((sides[0].side.as_str(), sides[0].score), ("Ostrania", None), "silence is not 0");
/// assert!(sides[1].score.is_some_and(|score| score.get() > 0.0));
/// # Ok::<(), detente::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SideOutlook {
    /// Id of the party, or `outsiders`, `unnamed`, `others`, `narrator`.
    pub side: String,
    /// Score, -1..+1; `None` if no statement of the side counts.
    pub score: Option<Score>,
    /// Lower end of the interval.
    pub low: Option<Score>,
    /// Upper end of the interval.
    pub high: Option<Score>,
    /// Number of the side's statements that count.
    pub statements: usize,
}

/// Difference between the most and the least optimistic party.
///
/// ```
/// use detente::{Article, Engine};
/// let text = "Velmark said it was optimistic about a deal. Ostrania rejected the draft, its envoy said.";
/// let mut article = Article::new("note", text);
/// for party in ["Velmark", "Ostrania"] {
///     article.parties.insert(party.to_owned(), vec![party.to_owned()]);
/// }
/// let gap = Engine::builtin()?.score(&article).gap.unwrap();
/// assert_eq!((gap.above.as_str(), gap.below.as_str()), ("Velmark", "Ostrania"));
/// # Ok::<(), detente::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Gap {
    /// Most optimistic party.
    pub above: String,
    /// Least optimistic party.
    pub below: String,
    /// Difference of their scores, 0..2.
    pub difference: f64,
}

/// Headline as scored.
///
/// ```
/// use detente::{Article, Engine};
/// let mut article = Article::new("note", "The envoys met on Sunday.");
/// article.title = Some("Talks collapse".to_owned());
/// let headline = Engine::builtin()?.score(&article).headline.unwrap();
/// assert!(headline.score.is_some_and(|score| score.get() < 0.0));
/// # Ok::<(), detente::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ScoredHeadline {
    /// Score, -1..+1; `None` if the bearing is below 0.5.
    pub score: Option<Score>,
    /// Probability that the headline bears on the prospects of an agreement; `None` if the model learned none.
    pub bearing: Option<Probability>,
    /// Probability that the headline is hedged; `None` if the model learned nothing of hedges.
    pub hedge: Option<Probability>,
    /// Share of the article's weight; 0 except with [`Profile::Headline`](crate::Profile::Headline).
    pub weight: f64,
    /// Contribution to the article's score.
    pub contribution: f64,
}
