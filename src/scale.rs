//! [`Score`] and [`Probability`]: validated numbers; construction clamps to the range and maps NaN to 0.

use serde::{Deserialize, Serialize};

/// Prospects of an agreement, -1..+1.
///
/// It is the annotation scale of -3..+3 divided by 3: +1 an agreement done, +0.67 firmly positive,
/// +0.33 cautious optimism, 0 open, -1 collapsed.
///
/// ```
/// use detente::Score;
/// assert_eq!(Score::clamped(7.0).get(), 1.0);
/// assert_eq!(Score::clamped(f64::NAN), Score::default());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Score(f64);

impl Score {
    /// Creates the score nearest to `value`: clamped to -1..+1, NaN becomes 0.
    #[must_use]
    pub fn clamped(value: f64) -> Self {
        Self(if value.is_nan() { 0.0 } else { value.clamp(-1.0, 1.0) })
    }

    /// Returns the score as a number in -1..+1.
    #[must_use]
    pub fn get(self) -> f64 {
        self.0
    }
}

/// Probability, 0..1.
///
/// ```
/// use detente::Probability;
/// assert_eq!(Probability::clamped(-0.2).get(), 0.0);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Probability(f64);

impl Probability {
    /// Creates the probability nearest to `value`: clamped to 0..1, NaN becomes 0.
    #[must_use]
    pub fn clamped(value: f64) -> Self {
        Self(if value.is_nan() { 0.0 } else { value.clamp(0.0, 1.0) })
    }

    /// Returns the probability as a number in 0..1.
    #[must_use]
    pub fn get(self) -> f64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_out_of_range_are_clamped() {
        for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 7.0, -7.0] {
            assert!((-1.0..=1.0).contains(&Score::clamped(value).get()));
            assert!((0.0..=1.0).contains(&Probability::clamped(value).get()));
        }
    }
}
