//! [`Thresholds`]: measures that a model must reach to be shipped.

use std::fmt;
use std::str::FromStr;

use detente::{Error, Result};
use serde::{Deserialize, Serialize};

use crate::evaluate::evaluation::Evaluation;
use crate::evaluate::measures::Measure;
use crate::evaluate::name_swap::NameSwapResult;
use detente::internals::rounded;

/// Contrast-set accuracy over all probes.
const CONTRAST_SETS: &str = "pairs";
/// Contrast-set accuracy of the weakest probe.
const WEAKEST_PROBE: &str = "weakest";
/// Share of paraphrases with equal scores.
const INVARIANCE: &str = "invariance";
/// Share of statements that names do not change.
const NAME_SWAPS: &str = "swaps";
/// Names of thresholds besides those of the measures.
const OTHER_NAMES: [&str; 4] = [CONTRAST_SETS, WEAKEST_PROBE, INVARIANCE, NAME_SWAPS];

/// Thresholds by name, written `name=value,…`: minimum values, or maximum values of errors.
///
/// Names are those of [`Measure`], `pairs` (contrast-set accuracy), `weakest` (that of the weakest probe),
/// `invariance` (share of paraphrases with equal scores) and `swaps` (share of statements unchanged in the
/// name swap test).
///
/// ```
/// use detente_train::Thresholds;
/// let thresholds: Thresholds = "r=0.7,mae=0.3".parse()?;
/// let results = thresholds.check(&[], None);
/// assert_eq!(results[0].to_string(), "r is unknown, the threshold is 0.7");
/// assert!("speed=1".parse::<Thresholds>().is_err());
/// # Ok::<(), detente::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Thresholds(Vec<(String, f64)>);

/// Whether a threshold is reached.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ThresholdResult {
    /// Name of the threshold.
    pub name: String,
    /// The threshold.
    #[serde(rename = "bar")]
    pub threshold: f64,
    /// Value that was reached, with 4 decimals; `None` if the data do not determine it.
    pub reached: Option<f64>,
    /// Whether the threshold is reached; `false` if the value is unknown.
    pub passed: bool,
}

impl Thresholds {
    /// Checks the thresholds against evaluations and a name swap test. Measures are those of the first
    /// evaluation; contrast sets are those of the first evaluation that has some.
    #[must_use]
    pub fn check(
        &self,
        evaluations: &[&Evaluation],
        name_swaps: Option<NameSwapResult>,
    ) -> Vec<ThresholdResult> {
        let contrast_sets = || evaluations.iter().find_map(|e| e.contrast_sets.as_ref());
        let reached = |name: &str| match name {
            CONTRAST_SETS => Some(contrast_sets()?.accuracy),
            WEAKEST_PROBE => Some(contrast_sets()?.lowest_accuracy()),
            INVARIANCE => Some(contrast_sets()?.invariance()),
            NAME_SWAPS => name_swaps.map(|swaps| swaps.share_unchanged()),
            measure => Some(evaluations.first()?.measures.get(&Measure::from_name(measure)?)?.value),
        };
        let check = |(name, threshold): &(String, f64)| {
            let reached = reached(name).map(rounded);
            let passed = reached
                .is_some_and(|value| if is_error(name) { value <= *threshold } else { value >= *threshold });
            ThresholdResult { name: name.clone(), threshold: *threshold, reached, passed }
        };
        self.0.iter().map(check).collect()
    }
}

impl FromStr for Thresholds {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let threshold = |pair: &str| {
            let (name, value) = pair.split_once('=')?;
            let is_known = Measure::from_name(name).is_some() || OTHER_NAMES.contains(&name);
            Some((is_known.then(|| name.to_owned())?, value.parse().ok()?))
        };
        let names: Vec<&str> = Measure::ALL.into_iter().map(Measure::name).chain(OTHER_NAMES).collect();
        let condition = format!("name=number,… with the names {}", names.join(", "));
        text.split(',')
            .map(|pair| threshold(pair).ok_or_else(|| Error::argument("thresholds", &condition, pair)))
            .collect::<Result<_>>()
            .map(Self)
    }
}

impl fmt::Display for ThresholdResult {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let relation = match (self.passed, is_error(&self.name)) {
            (true, _) => "reaches",
            (false, false) => "below",
            (false, true) => "above",
        };
        match self.reached {
            Some(value) => write!(f, "{} is {value:.3}, {relation} {}", self.name, self.threshold),
            None => write!(f, "{} is unknown, the threshold is {}", self.name, self.threshold),
        }
    }
}

/// Whether the threshold is a maximum.
fn is_error(name: &str) -> bool {
    Measure::from_name(name).is_some_and(Measure::is_error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_and_low_values_fail() {
        let thresholds: Thresholds = "swaps=1,pairs=0.85".parse().expect("reads");
        let swaps = NameSwapResult { statements: 4, unchanged: 3 };
        let results = thresholds.check(&[], Some(swaps));
        assert_eq!(results[0].to_string(), "swaps is 0.750, below 1");
        assert_eq!(results[1].to_string(), "pairs is unknown, the threshold is 0.85");
        assert!(!results[0].passed && !results[1].passed);
    }

    #[test]
    fn malformed_thresholds_are_refused() {
        for bad in ["", "r", "r=high", "speed=1"] {
            assert!(bad.parse::<Thresholds>().is_err(), "{bad}");
        }
    }
}
