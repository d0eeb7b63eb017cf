//! [`Calibration`]: maps margins to scores and probabilities.

use serde::{Deserialize, Serialize};

/// Logistic curve over a margin (Platt scaling).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Logistic {
    /// Factor of the margin.
    pub slope: f64,
    /// Offset of the scaled margin.
    pub shift: f64,
}

impl Logistic {
    /// Returns the probability for a margin, 0..1.
    #[must_use]
    pub fn probability(&self, margin: f64) -> f64 {
        1.0 / (1.0 + (-(self.slope * margin + self.shift)).exp())
    }
}

/// Maps the margins of the heads to score, bearing and hedge; fitted on out-of-fold margins.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Calibration {
    /// Factor from the outlook margin to the score.
    pub score: f64,
    /// Share of the score that is kept at a bearing of 0, 0..1. Models without this setting keep all of it.
    #[serde(default = "whole_score")]
    pub open: f64,
    /// From the bearing margin to a probability.
    pub bearing: Logistic,
    /// From the hedge margin to a probability.
    pub hedge: Logistic,
}

impl Calibration {
    /// Returns the score of an outlook margin of 1 for a statement with that bearing.
    #[must_use]
    pub fn factor(&self, bearing: f64) -> f64 {
        self.score * gate(self.open, bearing)
    }
}

impl Default for Calibration {
    fn default() -> Self {
        let identity = Logistic { slope: 1.0, shift: 0.0 };
        Self { score: 1.0, open: 1.0, bearing: identity, hedge: identity }
    }
}

/// Returns the share of the score that is kept: all of it at a bearing of 1, `open` of it at 0.
#[must_use]
pub fn gate(open: f64, bearing: f64) -> f64 {
    open + (1.0 - open) * bearing
}

fn whole_score() -> f64 {
    1.0
}
