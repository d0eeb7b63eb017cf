//! [`ConfusionMatrix`]: counts of labels by prediction.

use serde::{Deserialize, Serialize};

use crate::corpus::labelled::Label;
use crate::evaluate::prediction::Prediction;

/// Number of classes: no bearing, and -3 to +3.
const CLASSES: usize = 8;
/// Bearing probability from which a statement is predicted to bear.
const MIN_BEARING: f64 = 0.5;

/// Counts of statements by label (row) and prediction (column): no bearing, then -3 to +3.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConfusionMatrix(pub [[usize; CLASSES]; CLASSES]);

impl ConfusionMatrix {
    /// Names of rows and columns.
    pub const NAMES: [&'static str; CLASSES] = ["none", "-3", "-2", "-1", "0", "+1", "+2", "+3"];

    /// Counts predictions by the nearest step of the score, or as "none" if the bearing is below 0.5.
    pub(crate) fn new(predictions: &[Prediction], labels: &[Label]) -> Self {
        let mut counts = [[0; CLASSES]; CLASSES];
        let step = |score: f64| (3.0 * score).round().clamp(-3.0, 3.0) as isize + 4;
        for (p, label) in predictions.iter().zip(labels) {
            let row = if label.bears() { step(label.score()) } else { 0 };
            let column = if p.bearing.is_some_and(|b| b < MIN_BEARING) { 0 } else { step(p.score) };
            counts[row as usize][column as usize] += 1;
        }
        Self(counts)
    }
}
