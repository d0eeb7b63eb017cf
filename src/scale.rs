//! The scales of the contract as checked numbers: no NaN can live in them.

use serde::{Deserialize, Serialize};

/// How a statement or article bears on the prospects of an agreement, -1..+1.
///
/// It is the annotation scale of -3..+3 divided by 3: +1 an agreement done,
/// +0.67 firmly positive, +0.33 cautious optimism, 0 open, -1 collapsed.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Score(f64);

impl Score {
    /// The score nearest to `value`: limited to -1..+1, NaN becomes 0.
    #[must_use]
    pub fn clamped(value: f64) -> Self {
        Self(if value.is_nan() { 0.0 } else { value.clamp(-1.0, 1.0) })
    }

    /// The score as a number in -1..+1.
    #[must_use]
    pub fn get(self) -> f64 {
        self.0
    }
}

/// A probability, 0..1.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Probability(f64);

impl Probability {
    /// The probability nearest to `value`: limited to 0..1, NaN becomes 0.
    #[must_use]
    pub fn clamped(value: f64) -> Self {
        Self(if value.is_nan() { 0.0 } else { value.clamp(0.0, 1.0) })
    }

    /// The probability as a number in 0..1.
    #[must_use]
    pub fn get(self) -> f64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_out_of_range_gets_in() {
        for wild in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 7.0, -7.0] {
            assert!((-1.0..=1.0).contains(&Score::clamped(wild).get()));
            assert!((0.0..=1.0).contains(&Probability::clamped(wild).get()));
        }
    }
}
