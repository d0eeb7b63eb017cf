//! How well outlooks of whole articles agree with their labels.

use detente::Outlook;
use serde::{Deserialize, Serialize};

use crate::evaluate::bootstrap::{Bootstrap, Estimate, four_decimals};
use crate::evaluate::metrics::{weighted_error, weighted_pearson};

/// An article's outlook beside its label.
#[derive(Clone, Debug, PartialEq)]
pub struct ArticleCase {
    /// The outlook; `None` where nothing bears.
    pub outlook: Option<Outlook>,
    /// The label, -1..+1.
    pub gold: f64,
    /// The negotiation, or the article itself.
    pub group: String,
}

/// Agreement of articles' outlooks with their labels.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ArticleFigures {
    /// Number of articles.
    pub n: usize,
    /// Articles without an outlook; their score counts as 0.
    pub silent: usize,
    /// Pearson's correlation.
    pub r: Estimate,
    /// Mean absolute error, on -1..+1.
    pub mae: Estimate,
    /// Share of the articles with an outlook whose label lies within the interval.
    #[serde(serialize_with = "four_decimals")]
    pub covered: f64,
}

/// Measures outlooks against labels, with intervals over negotiations.
#[must_use]
pub fn measure_articles(cases: &[ArticleCase], draws: usize, seed: u64) -> ArticleFigures {
    let scores: Vec<f64> =
        cases.iter().map(|case| case.outlook.as_ref().map_or(0.0, |o| o.score.get())).collect();
    let gold: Vec<f64> = cases.iter().map(|case| case.gold).collect();
    let spoken: Vec<_> = cases.iter().filter_map(|case| Some((case.outlook.as_ref()?, case.gold))).collect();
    let within = spoken.iter().filter(|(o, gold)| (o.low.get()..=o.high.get()).contains(gold)).count();
    let bootstrap = Bootstrap::new(cases.iter().map(|case| case.group.as_str()), draws, seed);
    let estimate = |figure: fn(&[f64], &[f64], &[f64]) -> f64| {
        let drawn = bootstrap.draw(|weights| figure(&scores, &gold, weights));
        Estimate::new(figure(&scores, &gold, &vec![1.0; gold.len()]), drawn)
    };
    ArticleFigures {
        n: cases.len(),
        silent: cases.len() - spoken.len(),
        r: estimate(weighted_pearson),
        mae: estimate(weighted_error),
        covered: within as f64 / spoken.len().max(1) as f64,
    }
}
