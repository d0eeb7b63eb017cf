//! [`Sample`]: predictions with their labels, measured under any case weights.

use std::collections::BTreeMap;

use crate::corpus::labelled::Label;
use crate::evaluate::bootstrap::Bootstrap;
use crate::evaluate::class_predictions::ClassPredictions;
use crate::evaluate::estimate::Estimate;
use crate::evaluate::measures::{Estimates, Measure, Measures};
use crate::evaluate::prediction::Prediction;
use crate::evaluate::reliability::weighted_calibration_error;
use crate::evaluate::weighted_metrics::{
    RankedCases, macro_f1, quadratic_kappa, weighted_mean_absolute_error, weighted_pearson,
};

/// Half a step of -3..+3: scores within it are neutral.
pub(crate) const HALF_STEP: f64 = 0.5 / 3.0;
/// Classes of the F1: negative, neutral, positive.
const POLARITIES: usize = 3;
/// Steps of the annotation scale.
const STEPS: usize = 7;

/// Predicted probabilities of a binary label: index of the case, probability, label.
type BinaryCases = Vec<(usize, f64, bool)>;

/// Predictions with their labels, prepared so that each bootstrap replicate costs one pass.
#[derive(Clone, Debug)]
pub(crate) struct Sample {
    scores: Vec<f64>,
    gold: Vec<f64>,
    sign: RankedCases,
    bearing: Option<(RankedCases, BinaryCases)>,
    hedge: Option<(RankedCases, BinaryCases)>,
    /// Polarity of scores and labels.
    polarities: (Vec<usize>, Vec<usize>),
    /// Step on the scale of scores and labels.
    steps: (Vec<usize>, Vec<usize>),
}

impl Sample {
    /// Pairs predictions with labels in their order.
    pub(crate) fn new(predictions: &[Prediction], labels: &[Label]) -> Self {
        let scores: Vec<f64> = predictions.iter().map(|p| p.score).collect();
        let gold: Vec<f64> = labels.iter().map(Label::score).collect();
        let signed = scores.iter().zip(&gold).enumerate().filter(|(_, (_, gold))| gold.abs() >= HALF_STEP);
        let sign = RankedCases::new(signed.map(|(at, (score, gold))| (at, *score, *gold > 0.0)));
        let rank = |cases: BinaryCases| {
            (!cases.is_empty()).then(|| (RankedCases::new(cases.iter().copied()), cases))
        };
        let cases = || predictions.iter().zip(labels).enumerate();
        let bearing = cases().filter_map(|(at, (p, label))| Some((at, p.bearing?, label.bears()))).collect();
        let hedge = cases().filter_map(|(at, (p, label))| Some((at, p.hedge?, label.hedged()?))).collect();
        let step = |score: &f64| ((3.0 * score).round().clamp(-3.0, 3.0) + 3.0) as usize;
        Self {
            polarities: (polarities(&scores), polarities(&gold)),
            steps: (scores.iter().map(step).collect(), gold.iter().map(step).collect()),
            sign,
            bearing: rank(bearing),
            hedge: rank(hedge),
            scores,
            gold,
        }
    }

    /// Decides the polarity by predicted classes instead of scores, for a system that predicts classes: it is judged
    /// by its labels where labels are measured.
    pub(crate) fn with_classes(
        mut self,
        classes: Option<&ClassPredictions>,
        values: &BTreeMap<String, Label>,
    ) -> Self {
        let Some(classes) = classes else { return self };
        for (at, decided) in self.polarities.0.iter_mut().enumerate() {
            if let Some(label) = classes.name(at).and_then(|name| values.get(name)) {
                *decided = polarity(label.score());
            }
        }
        self
    }

    /// Number of cases.
    pub(crate) fn len(&self) -> usize {
        self.gold.len()
    }

    /// All measures, each case with weight 1.
    pub(crate) fn measures(&self) -> Measures {
        self.weighted_measures(&vec![1.0; self.len()])
    }

    /// All measures under case weights.
    pub(crate) fn weighted_measures(&self, weights: &[f64]) -> Measures {
        let auc = |cases: &Option<(RankedCases, BinaryCases)>| cases.as_ref()?.0.auc(weights);
        let calibration_error = |cases: &Option<(RankedCases, BinaryCases)>| {
            let (_, cases) = cases.as_ref()?;
            Some(weighted_calibration_error(cases.iter().map(|(at, p, hit)| (*p, *hit, weights[*at]))))
        };
        let value = |measure| match measure {
            Measure::Pearson => Some(weighted_pearson(&self.scores, &self.gold, weights)),
            Measure::MeanAbsoluteError => {
                Some(weighted_mean_absolute_error(&self.scores, &self.gold, weights))
            }
            Measure::SignAuc => self.sign.auc(weights),
            Measure::BearingAuc => auc(&self.bearing),
            Measure::HedgeAuc => auc(&self.hedge),
            Measure::MacroF1 => Some(macro_f1(&self.polarities.0, &self.polarities.1, weights, POLARITIES)),
            Measure::QuadraticKappa => Some(quadratic_kappa(&self.steps.0, &self.steps.1, weights, STEPS)),
            Measure::BearingEce => calibration_error(&self.bearing),
            Measure::HedgeEce => calibration_error(&self.hedge),
        };
        Measures { n: self.len(), values: Measure::ALL.map(value) }
    }

    /// All measures with bootstrap intervals.
    pub(crate) fn estimates(&self, bootstrap: &Bootstrap) -> Estimates {
        let replicates = bootstrap.replicates(|weights| self.weighted_measures(weights).values);
        let measures = self.measures();
        let estimate = |measure: Measure| {
            let value = measures.get(measure)?;
            let replicates = replicates.iter().filter_map(|values| values[measure as usize]).collect();
            Some((measure, Estimate::new(value, replicates)))
        };
        Measure::ALL.into_iter().filter_map(estimate).collect()
    }
}

/// Negative, neutral or positive: 0, 1 or 2.
fn polarity(score: f64) -> usize {
    usize::from(score > -HALF_STEP) + usize::from(score >= HALF_STEP)
}

fn polarities(scores: &[f64]) -> Vec<usize> {
    scores.iter().map(|score| polarity(*score)).collect()
}
