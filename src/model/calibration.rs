//! [`Calibration`]: maps margins to scores and probabilities.

use serde::{Deserialize, Serialize};

use crate::model::composition::{ComposedValue, Composition};
use crate::model::gate::gate;

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
    /// From the bearing margin to a probability; `None` if no label told statements with bearing from others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bearing: Option<Logistic>,
    /// From the hedge margin to a probability; `None` if no label said anything about hedges.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hedge: Option<Logistic>,
    /// How the composed value of the events enters the score; `None` for models without events.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub composition: Option<Composition>,
}

impl Calibration {
    /// Returns the bearing for a margin; 1 for a model that learned none: all its labels are about statements
    /// with bearing.
    #[must_use]
    pub fn bearing_of(&self, margin: f64) -> f64 {
        self.bearing.map_or(1.0, |curve| curve.probability(margin))
    }

    /// Returns the score of an outlook margin of 1 for a statement with that bearing.
    #[must_use]
    pub fn factor(&self, bearing: f64) -> f64 {
        self.score * gate(self.open, bearing)
    }

    /// Returns the share of the linear margin in the score, and what the composed value adds to it.
    #[must_use]
    pub fn composed_part(&self, composed: ComposedValue, bearing: f64) -> (f64, f64) {
        self.composition.map_or((1.0, 0.0), |composition| {
            let share = composition.share_of(composed);
            (1.0 - share, share * composition.score_of(composed, bearing))
        })
    }

    /// Returns the score for an outlook margin and a composed value, before the limits of the scale.
    #[must_use]
    pub fn score_of(&self, margin: f64, composed: ComposedValue, bearing: f64) -> f64 {
        let (linear, added) = self.composed_part(composed, bearing);
        linear * self.factor(bearing) * margin + added
    }
}

impl Default for Calibration {
    fn default() -> Self {
        let identity = Some(Logistic { slope: 1.0, shift: 0.0 });
        Self { score: 1.0, open: 1.0, bearing: identity, hedge: identity, composition: None }
    }
}

fn whole_score() -> f64 {
    1.0
}
