//! How well a model's numbers agree with labels.

use super::metrics::{auc, mean_absolute_error, pearson};
use crate::corpus::Label;
use crate::outlook::Outlook;

/// What a model says of one statement.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Predicted {
    /// Expected score, -1..+1.
    pub score: f64,
    /// Probability of a bearing, 0..1.
    pub bearing: f64,
    /// Probability of a hedge, 0..1.
    pub hedge: f64,
}

/// Measures of agreement; `None` where the labels do not allow one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measures {
    /// Number of statements.
    pub n: usize,
    /// Pearson's correlation of score and label, no bearing counting 0.
    pub r: f64,
    /// Mean absolute error of the score, on -1..+1.
    pub mae: f64,
    /// Chance that a positive statement scores above a negative one (labels of at least half a step).
    pub sign_auc: Option<f64>,
    /// Chance that a bearing statement gets a higher bearing than another.
    pub bearing_auc: Option<f64>,
    /// The same for hedges, among those that bear.
    pub hedge_auc: Option<f64>,
    /// Expected calibration error of the bearing, ten bins of equal width.
    pub bearing_ece: f64,
    /// Expected calibration error of the hedge among those that bear.
    pub hedge_ece: f64,
}

/// Measures `predicted` against `labels`, one for one.
#[must_use]
pub fn measure(predicted: &[Predicted], labels: &[Label]) -> Measures {
    let scores: Vec<f64> = predicted.iter().map(|p| p.score).collect();
    let gold: Vec<f64> = labels.iter().map(Label::score).collect();
    let pairs = || predicted.iter().zip(labels);
    // half a step of -3..+3
    let signed = pairs().filter(|(_, label)| label.score().abs() >= 0.5 / 3.0);
    let (sign, positive): (Vec<f64>, Vec<bool>) =
        signed.map(|(p, label)| (p.score, label.score() > 0.0)).unzip();
    let (bearing, bears): (Vec<f64>, Vec<bool>) =
        pairs().map(|(p, label)| (p.bearing, label.bears())).unzip();
    let (hedge, hedged): (Vec<f64>, Vec<bool>) =
        pairs().filter_map(|(p, label)| Some((p.hedge, label.hedged()?))).unzip();
    Measures {
        n: labels.len(),
        r: pearson(&scores, &gold),
        mae: mean_absolute_error(&scores, &gold),
        sign_auc: auc(&sign, &positive),
        bearing_auc: auc(&bearing, &bears),
        hedge_auc: auc(&hedge, &hedged),
        bearing_ece: calibration_error(&bearing, &bears),
        hedge_ece: calibration_error(&hedge, &hedged),
    }
}

fn calibration_error(probabilities: &[f64], hits: &[bool]) -> f64 {
    const BINS: usize = 10;
    let mut bins = [(0.0, 0.0, 0.0); BINS];
    for (p, hit) in probabilities.iter().zip(hits) {
        let bin = &mut bins[((p * BINS as f64) as usize).min(BINS - 1)];
        bin.0 += 1.0;
        bin.1 += p;
        bin.2 += f64::from(u8::from(*hit));
    }
    let n = probabilities.len().max(1) as f64;
    bins.iter().map(|(_, p, hits)| (p - hits).abs()).sum::<f64>() / n
}

impl std::fmt::Display for Measures {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let opt = |value: Option<f64>| value.map_or("-".to_owned(), |v| format!("{v:.3}"));
        write!(
            f,
            "n {}  r {:.3}  MAE {:.3}  sign AUC {}  bearing AUC {}  hedge AUC {}  ECE bearing {:.3} hedge {:.3}",
            self.n,
            self.r,
            self.mae,
            opt(self.sign_auc),
            opt(self.bearing_auc),
            opt(self.hedge_auc),
            self.bearing_ece,
            self.hedge_ece
        )
    }
}

/// Agreement of articles' outlooks with their labels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ArticleMeasures {
    /// Number of articles.
    pub n: usize,
    /// Articles without an outlook; their score counts as 0.
    pub silent: usize,
    /// Pearson's correlation.
    pub r: f64,
    /// Mean absolute error, on -1..+1.
    pub mae: f64,
    /// Share of the articles with an outlook whose label lies within the interval.
    pub covered: f64,
}

/// Measures outlooks against labels on -1..+1.
#[must_use]
pub fn measure_articles(pairs: &[(Option<Outlook>, f64)]) -> ArticleMeasures {
    let scores: Vec<f64> = pairs.iter().map(|(o, _)| o.as_ref().map_or(0.0, |o| o.score.get())).collect();
    let gold: Vec<f64> = pairs.iter().map(|(_, gold)| *gold).collect();
    let spoken: Vec<_> = pairs.iter().filter_map(|(o, gold)| Some((o.as_ref()?, gold))).collect();
    let within = spoken.iter().filter(|(o, gold)| (o.low.get()..=o.high.get()).contains(gold)).count();
    ArticleMeasures {
        n: pairs.len(),
        silent: pairs.len() - spoken.len(),
        r: pearson(&scores, &gold),
        mae: mean_absolute_error(&scores, &gold),
        covered: within as f64 / spoken.len().max(1) as f64,
    }
}

impl std::fmt::Display for ArticleMeasures {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { n, silent, r, mae, covered } = self;
        write!(
            f,
            "n {n}  r {r:.3}  MAE {mae:.3}  within the interval {:.1}%  silent {silent}",
            covered * 100.0
        )
    }
}
