//! [`ClassSample`]: predicted classes with their labels, measured under any case weights.

use crate::evaluate::class_predictions::ClassPredictions;
use crate::evaluate::reliability::weighted_calibration_error;

/// Smallest probability in a logarithm.
const MIN_PROBABILITY: f64 = 1e-6;

/// Predicted classes with their labels.
#[derive(Clone, Debug)]
pub(crate) struct ClassSample {
    classes: usize,
    predicted: Vec<usize>,
    gold: Vec<usize>,
    /// Probability of the label, and of the predicted class, for each case; empty without probabilities.
    probabilities: Vec<(f64, f64)>,
}

/// Precision, recall and F1 of a class; `None` where nothing was predicted or labelled.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct ClassCounts {
    pub(crate) precision: Option<f64>,
    pub(crate) recall: Option<f64>,
    pub(crate) f1: Option<f64>,
    /// Total weight of the labels.
    pub(crate) support: f64,
}

/// The measures of a sample.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ClassValues {
    pub(crate) accuracy: f64,
    pub(crate) macro_precision: f64,
    pub(crate) macro_recall: f64,
    pub(crate) macro_f1: f64,
    pub(crate) weighted_f1: f64,
    pub(crate) log_loss: Option<f64>,
    pub(crate) calibration_error: Option<f64>,
    pub(crate) by_class: Vec<ClassCounts>,
}

impl ClassSample {
    /// Pairs predictions with the index of each label among `names`, which has all classes.
    pub(crate) fn new(predictions: &ClassPredictions, gold: Vec<usize>, names: &[String]) -> Self {
        let index = |name: &String| names.iter().position(|known| known == name).unwrap_or(names.len());
        let indices: Vec<usize> = predictions.classes.iter().map(index).collect();
        let predicted = predictions.predicted.iter().map(|at| indices[*at]).collect();
        let of_class = |row: &[f64], class: usize| {
            indices
                .iter()
                .position(|index| *index == class)
                .and_then(|at| row.get(at))
                .copied()
                .unwrap_or(0.0)
        };
        let probabilities = predictions
            .probabilities
            .iter()
            .zip(&gold)
            .zip(&predictions.predicted)
            .map(|((row, gold), predicted)| {
                (of_class(row, *gold), row.get(*predicted).copied().unwrap_or(0.0))
            })
            .collect();
        Self { classes: names.len(), predicted, gold, probabilities }
    }

    /// Number of cases.
    pub(crate) fn len(&self) -> usize {
        self.gold.len()
    }

    /// Counts of statements by label (row) and prediction (column).
    pub(crate) fn confusion(&self) -> Vec<Vec<usize>> {
        let mut counts = vec![vec![0; self.classes]; self.classes];
        for (gold, predicted) in self.gold.iter().zip(&self.predicted) {
            if let Some(count) = counts.get_mut(*gold).and_then(|row| row.get_mut(*predicted)) {
                *count += 1;
            }
        }
        counts
    }

    /// Probability of the predicted class, and whether it is the label, for each case.
    pub(crate) fn confidences(&self) -> Vec<(f64, bool)> {
        let hits = self.gold.iter().zip(&self.predicted).map(|(gold, predicted)| gold == predicted);
        self.probabilities.iter().zip(hits).map(|((_, p), hit)| (*p, hit)).collect()
    }

    /// All measures under case weights. Means over classes are taken over those that occur among labels or
    /// predictions, as scikit-learn does; a precision without predictions counts as 0.
    pub(crate) fn values(&self, weights: &[f64]) -> ClassValues {
        let mut hits = vec![0.0; self.classes];
        let (mut labelled, mut predictions) = (hits.clone(), hits.clone());
        for ((gold, predicted), c) in self.gold.iter().zip(&self.predicted).zip(weights) {
            labelled[*gold] += c;
            predictions[*predicted] += c;
            if gold == predicted {
                hits[*gold] += c;
            }
        }
        let total: f64 = labelled.iter().sum();
        let ratio = |part: f64, whole: f64| (whole > 0.0).then(|| part / whole);
        let by_class: Vec<ClassCounts> = (0..self.classes)
            .map(|at| ClassCounts {
                precision: ratio(hits[at], predictions[at]),
                recall: ratio(hits[at], labelled[at]),
                f1: ratio(2.0 * hits[at], labelled[at] + predictions[at]),
                support: labelled[at],
            })
            .collect();
        let occurring: Vec<&ClassCounts> = by_class.iter().filter(|counts| counts.f1.is_some()).collect();
        let mean = |value: &dyn Fn(&ClassCounts) -> Option<f64>| {
            occurring.iter().map(|counts| value(counts).unwrap_or(0.0)).sum::<f64>()
                / occurring.len().max(1) as f64
        };
        let weighted_f1 =
            by_class.iter().map(|counts| counts.support * counts.f1.unwrap_or(0.0)).sum::<f64>();
        let has_probabilities = !self.probabilities.is_empty();
        let losses =
            || self.probabilities.iter().zip(weights).map(|((p, _), c)| -c * p.max(MIN_PROBABILITY).ln());
        let confidences = self.confidences();
        let cases = confidences.iter().zip(weights).map(|((p, hit), c)| (*p, *hit, *c));
        ClassValues {
            accuracy: ratio(hits.iter().sum(), total).unwrap_or(0.0),
            macro_precision: mean(&|counts| counts.precision),
            macro_recall: mean(&|counts| counts.recall),
            macro_f1: mean(&|counts| counts.f1),
            weighted_f1: ratio(weighted_f1, total).unwrap_or(0.0),
            log_loss: if has_probabilities { ratio(losses().sum(), total) } else { None },
            calibration_error: has_probabilities.then(|| weighted_calibration_error(cases)),
            by_class,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_are_those_of_the_confusion_matrix() {
        let names = ["a", "b", "c"].map(String::from);
        let gold = vec![0, 0, 0, 1, 1, 2, 2, 2];
        let predicted = ["a", "a", "b", "b", "b", "c", "b", "a"].map(String::from);
        let predictions = ClassPredictions::of_names(&predicted);
        let sample = ClassSample::new(&predictions, gold, &names);
        let found = sample.values(&[1.0; 8]);
        for (found, expected) in [
            (found.accuracy, 0.625),
            (found.macro_precision, (2.0 / 3.0 + 0.5 + 1.0) / 3.0),
            (found.macro_recall, (2.0 / 3.0 + 1.0 + 1.0 / 3.0) / 3.0),
            (found.macro_f1, (2.0 / 3.0 + 2.0 / 3.0 + 0.5) / 3.0),
            (found.weighted_f1, (3.0 * 2.0 / 3.0 + 2.0 * 2.0 / 3.0 + 3.0 * 0.5) / 8.0),
        ] {
            assert!((found - expected).abs() < 1e-12, "{found} {expected}");
        }
        assert_eq!(sample.confusion(), [[2, 1, 0], [0, 2, 0], [1, 1, 1]]);
        assert_eq!((found.log_loss, found.calibration_error), (None, None));
    }

    #[test]
    fn probabilities_give_loss_and_calibration() {
        let names = ["a", "b"].map(String::from);
        let predictions =
            ClassPredictions::of_probabilities(names.to_vec(), vec![vec![0.8, 0.2], vec![0.4, 0.6]]);
        let sample = ClassSample::new(&predictions, vec![0, 0], &names);
        let found = sample.values(&[1.0, 1.0]);
        assert!((found.log_loss.expect("a loss") + f64::midpoint(0.8_f64.ln(), 0.4_f64.ln())).abs() < 1e-12);
        assert_eq!(sample.confidences(), [(0.8, true), (0.6, false)]);
    }
}
