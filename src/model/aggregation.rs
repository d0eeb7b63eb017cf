//! [`Aggregation`]: how the statements of an article are combined to its outlook.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// How the statements of an article are combined: the share of each [`Profile`], none below 0.
///
/// Statement scores are expected values and so nearer to 0 than a reader's judgement of the article. Two
/// things make up for that: the curve, and learned shares that add up to more than 1.
///
/// ```
/// use detente::{Article, Engine, Profile};
/// let engine = Engine::builtin()?;
/// let lead_only = engine.model().aggregation().alone(Profile::Lead);
/// let scored = engine.aggregate(lead_only).score(&Article::new("note", "Talks collapsed."));
/// assert!(scored.outlook.is_some());
/// # Ok::<(), detente::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Aggregation {
    /// Share of each profile.
    pub shares: BTreeMap<Profile, f64>,
    /// Steepness of the curve tanh(steepness · score) / tanh(steepness) that statement scores pass through
    /// before they are weighted; 0 is no curve.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub steepness: f64,
    /// Parameters of the interval's width.
    pub width: IntervalWidth,
}

/// Parameters of the half-width of an outlook's interval: `quantile` · √(`base` + `single` / n + v), where n
/// is the number of statements that count and v the sampling variance of their weighted sum.
///
/// ```
/// let width = detente::Engine::builtin()?.model().aggregation().width;
/// assert_eq!(width.coverage, 0.9);
/// # Ok::<(), detente::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct IntervalWidth {
    /// Variance that remains however many statements agree.
    pub base: f64,
    /// Variance of a single statement.
    pub single: f64,
    /// Conformal quantile of the errors on held-out negotiations, in units of the root.
    pub quantile: f64,
    /// Nominal share of articles whose label lies inside the interval, 0..1.
    pub coverage: f64,
}

impl Aggregation {
    /// Returns the aggregation by one profile alone, without a curve, with the same interval width.
    #[must_use]
    pub fn alone(&self, profile: Profile) -> Self {
        Self { shares: BTreeMap::from([(profile, 1.0)]), steepness: 0.0, width: self.width }
    }

    /// Returns the statement score that is weighted: monotone, odd, and ±1 at ±1.
    #[must_use]
    pub(crate) fn curved(&self, score: f64) -> f64 {
        if self.steepness > 0.0 { (self.steepness * score).tanh() / self.steepness.tanh() } else { score }
    }
}

impl Default for Aggregation {
    /// Returns the aggregation of models without a learned one: trained without labelled articles, or
    /// stored in format 2. Values learned from the 427 authored articles with an outlook.
    fn default() -> Self {
        let shares = [
            (Profile::Bearing, 0.097),
            (Profile::Lead, 0.280),
            (Profile::Strongest, 0.303),
            (Profile::HeadlineSimilarity, 0.527),
        ];
        let width = IntervalWidth { base: 0.070, single: 0.193, quantile: 1.816, coverage: 0.9 };
        Self { shares: BTreeMap::from(shares), steepness: 0.0, width }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde asks for")]
fn is_zero(value: &f64) -> bool {
    *value == 0.0
}

/// Weighting of an article's statements.
///
/// Statements count if their bearing is at least 0.5 and they are neither background nor repetitions.
///
/// ```
/// use detente::Profile;
/// assert_eq!("u-shaped".parse::<Profile>()?, Profile::UShaped);
/// assert!("loudest".parse::<Profile>().is_err());
/// # Ok::<(), detente::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Profile {
    /// By bearing.
    Bearing,
    /// By bearing and position: the n-th statement that counts, from 0, has 1 / (1 + n).
    Lead,
    /// Lead, times the absolute score.
    Strongest,
    /// Lead, times the similarity of the score to the headline's; `told` in files and options.
    #[serde(rename = "told")]
    HeadlineSimilarity,
    /// Lead, of the parties and the narrator.
    Parties,
    /// Lead, of events in the days before publication.
    News,
    /// Equal weights.
    Mean,
    /// The first statement alone.
    First,
    /// The last statement alone.
    Last,
    /// The headline alone.
    Headline,
    /// Equal weights for all statements, those without bearing at 0 (sentometrics' `proportional`).
    Proportional,
    /// Equal weights for the statements whose score is not 0 (sentometrics' `proportionalPol`).
    ProportionalPol,
    /// More at both ends of the text (sentometrics' `UShaped`).
    UShaped,
    /// More in the middle (sentometrics' `inverseUShaped`).
    InverseUShaped,
    /// More towards the end (sentometrics' `exponential`).
    Exponential,
    /// More towards the start (sentometrics' `inverseExponential`).
    InverseExponential,
}

impl Profile {
    /// All profiles; the learned ones first.
    pub const ALL: [Self; 16] = [
        Self::Bearing,
        Self::Lead,
        Self::Strongest,
        Self::HeadlineSimilarity,
        Self::Parties,
        Self::News,
        Self::Mean,
        Self::First,
        Self::Last,
        Self::Headline,
        Self::Proportional,
        Self::ProportionalPol,
        Self::UShaped,
        Self::InverseUShaped,
        Self::Exponential,
        Self::InverseExponential,
    ];
    /// The profiles whose shares are learned.
    pub const LEARNED: [Self; 4] = [Self::Bearing, Self::Lead, Self::Strongest, Self::HeadlineSimilarity];

    /// Returns the name, as the option `--aggregate` takes it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Bearing => "bearing",
            Self::Lead => "lead",
            Self::Strongest => "strongest",
            Self::Parties => "parties",
            Self::News => "news",
            Self::HeadlineSimilarity => "told",
            Self::Mean => "mean",
            Self::First => "first",
            Self::Last => "last",
            Self::Headline => "headline",
            Self::Proportional => "proportional",
            Self::ProportionalPol => "proportional-pol",
            Self::UShaped => "u-shaped",
            Self::InverseUShaped => "inverse-u-shaped",
            Self::Exponential => "exponential",
            Self::InverseExponential => "inverse-exponential",
        }
    }

    /// Returns what a share of the profile means, for the model card.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Bearing => "every statement that bears, by bearing",
            Self::Lead => "the n-th statement that bears counts 1 / (1 + n)",
            Self::Strongest => "as the lead, times the size of the score",
            Self::HeadlineSimilarity => "as the lead, times closeness to the headline's score",
            _ => "a scheme for comparison",
        }
    }
}

impl fmt::Display for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Profile {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        let names = || Self::ALL.map(Self::as_str).join(", ");
        Self::ALL
            .into_iter()
            .find(|profile| profile.as_str() == name)
            .ok_or_else(|| Error::argument("aggregate", &format!("one of learned, {}", names()), name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_curve_is_monotone_and_keeps_both_ends() {
        let curve =
            |steepness: f64, score: f64| Aggregation { steepness, ..Aggregation::default() }.curved(score);
        for steepness in [0.0, 0.5, 2.0, 4.0] {
            assert!(
                (curve(steepness, 1.0) - 1.0).abs() < 1e-12 && (curve(steepness, -1.0) + 1.0).abs() < 1e-12
            );
            assert_eq!(curve(steepness, 0.0), 0.0);
            let values: Vec<f64> = (-10..=10).map(|step| curve(steepness, f64::from(step) / 10.0)).collect();
            assert!(values.windows(2).all(|pair| pair[0] < pair[1]), "{steepness}");
        }
        assert!(curve(2.0, 0.3) > 0.3, "small scores grow");
    }
}
