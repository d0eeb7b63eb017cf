//! From margins to scores and probabilities.

use serde::{Deserialize, Serialize};

/// A logistic curve over a margin (Platt scaling).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Logistic {
    /// Factor of the margin.
    pub slope: f64,
    /// Added to the scaled margin.
    pub shift: f64,
}

impl Logistic {
    /// The probability for a margin, 0..1.
    #[must_use]
    pub fn probability(&self, margin: f64) -> f64 {
        1.0 / (1.0 + (-(self.slope * margin + self.shift)).exp())
    }
}

/// What turns the heads' margins into the numbers of the contract; fitted on out-of-fold margins.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Calibration {
    /// Factor from the outlook margin to the score.
    pub score: f64,
    /// Share of the score that stands even where nothing seems to bear, 0..1.
    #[serde(default = "all")]
    pub open: f64,
    /// From the bearing margin to a probability.
    pub bearing: Logistic,
    /// From the hedge margin to a probability.
    pub hedge: Logistic,
}

impl Calibration {
    /// What a unit of the outlook margin is worth as a score at that probability of a bearing.
    #[must_use]
    pub fn factor(&self, bearing: f64) -> f64 {
        self.score * gate(self.open, bearing)
    }
}

/// Share of the score that is kept: all of it at a bearing of 1, `open` of it at 0.
pub fn gate(open: f64, bearing: f64) -> f64 {
    open + (1.0 - open) * bearing
}

/// A model without the setting keeps the whole score.
fn all() -> f64 {
    1.0
}

impl Default for Calibration {
    fn default() -> Self {
        let straight = Logistic { slope: 1.0, shift: 0.0 };
        Self { score: 1.0, open: 1.0, bearing: straight, hedge: straight }
    }
}
