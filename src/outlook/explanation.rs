//! [`ExplainedArticle`]: decomposition of an article's outlook into statements and features.

use serde::{Deserialize, Serialize};

use crate::model::aggregation::Aggregation;
use crate::outlook::article::{Outlook, ScoredArticle};
use crate::outlook::combine::combine;
use crate::outlook::profile::WeightedStatement;
use crate::outlook::rounding::{DECIMAL_UNITS, round_to_total, rounded};
use crate::outlook::verdict::Verdict;
use crate::scale::Score;
use crate::score::explain::{Contribution, Explanation};
use crate::score::statement::ScoredStatement;

/// Most statements that are left out one at a time, the heaviest first; the effect of lighter ones rounds to
/// 0.
const MAX_LEFT_OUT: usize = 100;

/// Article with a ledger in which features add up to statements, and statements to the article and its sides.
///
/// ```
/// use detente::{Article, Engine};
/// let text = "The sides agreed to a truce. Rebels rejected the terms on Sunday.";
/// let explained = Engine::builtin()?.explain(&Article::new("note", text));
/// let outlook = explained.article.outlook.as_ref().unwrap();
/// let sum: i64 = explained.ledger.iter().map(|entry| entry.article).sum();
/// assert_eq!(sum, (outlook.score.get() * 1e6).round() as i64);
/// # Ok::<(), detente::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ExplainedArticle {
    /// Article as scored.
    pub article: ScoredArticle,
    /// Ledger entry of each statement, in text order.
    pub ledger: Vec<LedgerEntry>,
    /// Outlook without each statement, the largest change first.
    pub without: Vec<LeaveOneOut>,
}

/// Contributions of one statement, in millionths of a score.
///
/// ```
/// use detente::{Article, Engine};
/// let explained = Engine::builtin()?.explain(&Article::new("note", "Talks collapsed."));
/// let entry = &explained.ledger[0];
/// assert_eq!(entry.contributions.iter().map(|c| c.contribution.micro).sum::<i64>(), entry.micro);
/// # Ok::<(), detente::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct LedgerEntry {
    /// Index of the statement.
    pub index: usize,
    /// Score of the statement: the sum of `micro` over its features.
    pub micro: i64,
    /// Contribution to the article's score: the sum of `article` over its features.
    pub article: i64,
    /// Contribution to the score of its side.
    pub side: i64,
    /// Share of its side's weight, 0..1.
    pub side_weight: f64,
    /// Features, the largest contribution first.
    pub contributions: Vec<FeatureShare>,
}

/// Contribution of one feature to a statement and to the article.
///
/// ```
/// use detente::{Article, Engine};
/// let explained = Engine::builtin()?.explain(&Article::new("note", "Talks collapsed."));
/// let feature = &explained.ledger[0].contributions[0];
/// assert!(feature.contribution.micro < 0 && feature.article < 0);
/// # Ok::<(), detente::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FeatureShare {
    /// Feature, and its contribution to the statement's score.
    #[serde(flatten)]
    pub contribution: Contribution,
    /// Contribution to the article's score, in millionths.
    pub article: i64,
}

/// Outlook without one statement.
///
/// ```
/// use detente::{Article, Engine};
/// let explained = Engine::builtin()?.explain(&Article::new("note", "Talks collapsed."));
/// let left_out = &explained.without[0];
/// assert_eq!((left_out.index, left_out.score), (0, None), "nothing else counts");
/// assert!(left_out.moved > 0.0);
/// # Ok::<(), detente::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct LeaveOneOut {
    /// Index of the statement left out.
    pub index: usize,
    /// Score without it; `None` if no other statement counts.
    pub score: Option<Score>,
    /// Verdict without it.
    pub reading: Option<Verdict>,
    /// Change of the score; without a remaining outlook, the change to 0.
    pub moved: f64,
}

impl ExplainedArticle {
    /// Builds the ledger from the statements' explanations, the weight and contribution of each in its
    /// side, and the outlooks without one statement.
    #[must_use]
    pub(crate) fn new(
        article: ScoredArticle,
        explanations: Vec<Explanation>,
        side_shares: Vec<(f64, f64)>,
        outlooks_without: &[(usize, Option<Outlook>)],
    ) -> Self {
        let statements = article.statements.iter().zip(explanations).zip(side_shares);
        let ledger = statements
            .map(|((statement, explanation), side_share)| {
                LedgerEntry::new(statement, explanation, side_share)
            })
            .collect();
        let score = article.outlook.as_ref().map_or(0.0, |outlook| outlook.score.get());
        let leave_one_out = |(index, outlook): &(usize, Option<Outlook>)| {
            let remaining = outlook.as_ref().map(|outlook| outlook.score);
            LeaveOneOut {
                index: *index,
                score: remaining,
                reading: outlook.as_ref().map(|outlook| outlook.reading),
                moved: rounded(remaining.map_or(0.0, Score::get) - score),
            }
        };
        let mut without: Vec<LeaveOneOut> = outlooks_without.iter().map(leave_one_out).collect();
        without.sort_by(|a, b| b.moved.abs().total_cmp(&a.moved.abs()).then(a.index.cmp(&b.index)));
        Self { article, ledger, without }
    }
}

impl LedgerEntry {
    fn new(statement: &ScoredStatement, explanation: Explanation, side_share: (f64, f64)) -> Self {
        let micro = |value: f64| (value * DECIMAL_UNITS).round() as i64 * 100;
        let (side_weight, side) = side_share;
        let total = micro(statement.contribution);
        let scale = if explanation.micro == 0 { 0.0 } else { total as f64 / explanation.micro as f64 };
        let scaled: Vec<f64> = explanation.contributions.iter().map(|c| c.micro as f64 * scale).collect();
        let shares = round_to_total(&scaled, total);
        let contributions = explanation.contributions.into_iter().zip(shares);
        Self {
            index: statement.index,
            micro: explanation.micro,
            article: total,
            side: micro(side),
            side_weight,
            contributions: contributions
                .map(|(contribution, article)| FeatureShare { contribution, article })
                .collect(),
        }
    }
}

/// Returns the outlook without each of the statements that count, one at a time.
#[must_use]
pub(crate) fn leave_one_out(
    statements: &[WeightedStatement],
    headline: Option<f64>,
    aggregation: &Aggregation,
) -> Vec<(usize, Option<Outlook>)> {
    let Some(combined) = combine(statements, headline, aggregation) else { return Vec::new() };
    let counts = |at: &usize| statements.get(*at).is_some_and(WeightedStatement::counts);
    let mut heaviest: Vec<usize> = (0..statements.len()).filter(counts).collect();
    let weight = |at: usize| combined.shares.get(at).map_or(0.0, |share| share.0);
    heaviest.sort_by(|a, b| weight(*b).total_cmp(&weight(*a)).then(a.cmp(b)));
    heaviest.truncate(MAX_LEFT_OUT);
    let without = |left_out: usize| {
        let remaining = statements.iter().enumerate().filter(|(at, _)| *at != left_out);
        let remaining: Vec<WeightedStatement> = remaining.map(|(_, statement)| *statement).collect();
        (left_out, combine(&remaining, headline, aggregation).map(|combined| combined.outlook))
    };
    heaviest.into_iter().map(without).collect()
}
