//! [`Confusion`]: which labels are taken for which.

use serde::{Deserialize, Serialize};

use crate::corpus::labelled::Label;
use crate::evaluate::measures::Predicted;

/// Counts by label (rows) and prediction (columns): no bearing, then -3 to +3.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confusion(pub [[usize; 8]; 8]);

impl Confusion {
    /// Names of rows and columns.
    pub const NAMES: [&'static str; 8] = ["none", "-3", "-2", "-1", "0", "+1", "+2", "+3"];

    /// Counts predictions with a bearing below 0.5 as none, others by the nearest step of the score.
    #[must_use]
    pub fn new(predicted: &[Predicted], labels: &[Label]) -> Self {
        let mut counts = [[0; 8]; 8];
        let step = |score: f64| (3.0 * score).round().clamp(-3.0, 3.0) as isize + 4;
        for (p, label) in predicted.iter().zip(labels) {
            let row = if label.bears() { step(label.score()) } else { 0 };
            let column = if p.bearing.is_some_and(|b| b < 0.5) { 0 } else { step(p.score) };
            counts[row as usize][column as usize] += 1;
        }
        Self(counts)
    }
}
