//! Agreement of article outlooks with their labels.

use detente::Outlook;
use serde::{Deserialize, Serialize};

use crate::evaluate::bootstrap::Bootstrap;
use crate::evaluate::estimate::Estimate;
use crate::evaluate::weighted_metrics::{weighted_mean_absolute_error, weighted_pearson};
use detente::internals::four_decimals;

/// Predicted outlook and label of an article.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ArticleCase {
    /// The outlook; `None` if no statement bears on the prospects.
    pub(crate) outlook: Option<Outlook>,
    /// The label, -1..+1.
    pub(crate) gold: f64,
    /// Bootstrap group: the negotiation.
    pub(crate) group: String,
}

impl ArticleCase {
    /// Whether the label lies within the interval of the outlook; `None` without an outlook.
    pub(crate) fn is_covered(&self) -> Option<bool> {
        let outlook = self.outlook.as_ref()?;
        Some((outlook.low.get()..=outlook.high.get()).contains(&self.gold))
    }
}

/// Agreement of article outlooks with their labels.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ArticleMeasures {
    /// Number of articles.
    pub n: usize,
    /// Number of articles without an outlook; they count with score 0.
    #[serde(rename = "silent")]
    pub without_outlook: usize,
    /// Pearson's correlation.
    pub r: Estimate,
    /// Mean absolute error, in units of -1..+1.
    pub mae: Estimate,
    /// Share of the articles with an outlook whose label lies within its interval.
    #[serde(rename = "covered", serialize_with = "four_decimals::serialize")]
    pub coverage: f64,
}

/// Measures outlooks against labels, with a bootstrap over negotiations.
pub(crate) fn measure_articles(cases: &[ArticleCase], draws: usize, seed: u64) -> ArticleMeasures {
    let scores: Vec<f64> =
        cases.iter().map(|case| case.outlook.as_ref().map_or(0.0, |o| o.score.get())).collect();
    let gold: Vec<f64> = cases.iter().map(|case| case.gold).collect();
    let covered: Vec<bool> = cases.iter().filter_map(ArticleCase::is_covered).collect();
    let bootstrap = Bootstrap::new(cases.iter().map(|case| case.group.as_str()), draws, seed);
    let estimate = |statistic: fn(&[f64], &[f64], &[f64]) -> f64| {
        let replicates = bootstrap.replicates(|weights| statistic(&scores, &gold, weights));
        Estimate::new(statistic(&scores, &gold, &vec![1.0; gold.len()]), replicates)
    };
    ArticleMeasures {
        n: cases.len(),
        without_outlook: cases.len() - covered.len(),
        r: estimate(weighted_pearson),
        mae: estimate(weighted_mean_absolute_error),
        coverage: share(&covered),
    }
}

/// Share of true values; 0 without values.
pub(crate) fn share(values: &[bool]) -> f64 {
    values.iter().filter(|value| **value).count() as f64 / values.len().max(1) as f64
}
