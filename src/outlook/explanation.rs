//! [`ExplainedArticle`]: why an article has its outlook, down to the features.

use serde::{Deserialize, Serialize};

use crate::model::aggregation::Aggregation;
use crate::outlook::article::{Outlook, Reading, ScoredArticle};
use crate::outlook::combine::combine;
use crate::outlook::profile::Part;
use crate::outlook::rounding::{UNITS, rounded, whole};
use crate::scale::Score;
use crate::score::explain::{Contribution, Explanation};

/// Most statements that are left out one at a time, the heaviest first: what weighs less moves nothing.
const TRIED: usize = 100;

/// An article with its ledger: features add up to statements, statements to the article and to sides.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ExplainedArticle {
    /// The article as scored.
    pub article: ScoredArticle,
    /// The ledger of each statement, in their order.
    pub ledger: Vec<Entry>,
    /// What would change the outlook: the statements whose removal moves it, the farthest first.
    pub without: Vec<Without>,
}

/// The ledger of one statement, in millionths of a score.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// The statement's index.
    pub index: usize,
    /// The statement's score, and the sum of its features' `micro`.
    pub micro: i64,
    /// What the statement adds to the article, and the sum of its features' `article`.
    pub article: i64,
    /// What the statement adds to its side's outlook.
    pub side: i64,
    /// The statement's share of its side's weight, 0..1.
    pub side_weight: f64,
    /// The features, the largest first.
    pub contributions: Vec<FeatureShare>,
}

/// What one feature adds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FeatureShare {
    /// The feature in words, and millionths that it adds to the statement's score.
    #[serde(flatten)]
    pub contribution: Contribution,
    /// Millionths that it adds to the article's outlook.
    pub article: i64,
}

/// The outlook without one statement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Without {
    /// The statement's index.
    pub index: usize,
    /// The score without it; `None` where nothing is left that bears.
    pub score: Option<Score>,
    /// The reading without it.
    pub reading: Option<Reading>,
    /// What leaving it out adds to the score; the whole score's loss where nothing is left.
    pub moved: f64,
}

impl ExplainedArticle {
    /// Puts the ledger together: explanations of the statements in their order, weight and contribution
    /// of each in its side, and the outlooks without one.
    #[must_use]
    pub fn new(
        article: ScoredArticle,
        explanations: Vec<Explanation>,
        sides: Vec<(f64, f64)>,
        outlooks: &[(usize, Option<Outlook>)],
    ) -> Self {
        let micro = |value: f64| (value * UNITS).round() as i64 * 100;
        let entry = |((statement, explained), (side_weight, side)): ((_, Explanation), (f64, f64))| {
            let statement: &crate::score::statement::ScoredStatement = statement;
            let total = micro(statement.contribution);
            let parts: Vec<f64> = explained.contributions.iter().map(|c| c.micro as f64).collect();
            let scale = if explained.micro == 0 { 0.0 } else { total as f64 / explained.micro as f64 };
            let shares = whole(&parts.iter().map(|part| part * scale).collect::<Vec<_>>(), total);
            let features = explained.contributions.into_iter().zip(shares);
            Entry {
                index: statement.index,
                micro: explained.micro,
                article: total,
                side: micro(side),
                side_weight,
                contributions: features
                    .map(|(contribution, article)| FeatureShare { contribution, article })
                    .collect(),
            }
        };
        let ledger = article.statements.iter().zip(explanations).zip(sides).map(entry).collect();
        let score = article.outlook.as_ref().map_or(0.0, |outlook| outlook.score.get());
        let left = |(index, outlook): &(usize, Option<Outlook>)| {
            let left = outlook.as_ref().map(|outlook| outlook.score);
            Without {
                index: *index,
                score: left,
                reading: outlook.as_ref().map(|outlook| outlook.reading),
                moved: rounded(left.map_or(0.0, Score::get) - score),
            }
        };
        let mut without: Vec<Without> = outlooks.iter().map(left).collect();
        without.sort_by(|a, b| b.moved.abs().total_cmp(&a.moved.abs()).then(a.index.cmp(&b.index)));
        Self { article, ledger, without }
    }
}

/// The outlook without each of the statements that count, one at a time.
#[must_use]
pub(crate) fn without(
    parts: &[Part],
    headline: Option<f64>,
    aggregation: &Aggregation,
) -> Vec<(usize, Option<Outlook>)> {
    let Some(combined) = combine(parts, headline, aggregation) else { return Vec::new() };
    let mut heaviest: Vec<usize> =
        (0..parts.len()).filter(|at| parts.get(*at).is_some_and(Part::counts)).collect();
    let weight = |at: usize| combined.shares.get(at).map_or(0.0, |share| share.0);
    heaviest.sort_by(|a, b| weight(*b).total_cmp(&weight(*a)).then(a.cmp(b)));
    heaviest.truncate(TRIED);
    let leave = |at: usize| {
        let left: Vec<Part> =
            parts.iter().enumerate().filter(|(place, _)| *place != at).map(|(_, part)| *part).collect();
        (at, combine(&left, headline, aggregation).map(|combined| combined.outlook))
    };
    heaviest.into_iter().map(leave).collect()
}
