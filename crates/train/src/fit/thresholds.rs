//! [`Threshold`]: what a model must reach to be shipped.

use std::fmt;

use detente::{Error, Result};
use serde::{Deserialize, Serialize};

use crate::evaluate::evaluation::Evaluation;
use crate::evaluate::measures::Measure;
use crate::evaluate::name_swap::NameSwaps;

/// A least figure, or a greatest one of errors, with what was reached.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Threshold {
    /// The figure: a measure's name, `pairs`, `weakest`, `invariance` or `swaps`.
    pub name: String,
    /// The bar.
    pub bar: f64,
    /// What was reached; `None` where the data do not tell.
    pub reached: Option<f64>,
    /// Whether that is enough.
    pub passed: bool,
}

/// Names besides those of the measures.
const OTHERS: [&str; 4] = ["pairs", "weakest", "invariance", "swaps"];

impl Threshold {
    /// Reads `name=value,…`.
    ///
    /// # Errors
    /// Names what is no known figure or no number.
    pub fn parse(text: &str) -> Result<Vec<(String, f64)>> {
        let bar = |part: &str| {
            let (name, value) = part.split_once('=')?;
            let known = Measure::from_name(name).is_some() || OTHERS.contains(&name);
            Some((known.then(|| name.to_owned())?, value.parse().ok()?))
        };
        let names: Vec<&str> = Measure::ALL.into_iter().map(Measure::name).chain(OTHERS).collect();
        let must = format!("name=number,… with the names {}", names.join(", "));
        text.split(',').map(|part| bar(part).ok_or_else(|| Error::argument("bars", &must, part))).collect()
    }

    /// Holds bars against evaluations, the first of which gives the measures, and against name swaps.
    /// A figure that the data do not give fails its bar.
    #[must_use]
    pub fn hold(bars: &[(String, f64)], evaluations: &[&Evaluation], swaps: Option<NameSwaps>) -> Vec<Self> {
        let pairs = || evaluations.iter().find_map(|e| e.pairs.as_ref());
        let reached = |name: &str| match name {
            "pairs" => Some(pairs()?.right),
            "weakest" => Some(pairs()?.weakest()),
            "invariance" => Some(pairs()?.invariance()),
            "swaps" => swaps.map(|s| s.equal as f64 / s.texts.max(1) as f64),
            measure => Some(evaluations.first()?.measures.get(&Measure::from_name(measure)?)?.value),
        };
        let held = |(name, bar): &(String, f64)| {
            let reached = reached(name).map(|value| (value * 1e4).round() / 1e4);
            let error = Measure::from_name(name).is_some_and(Measure::is_error);
            let passed = reached.is_some_and(|value| if error { value <= *bar } else { value >= *bar });
            Self { name: name.clone(), bar: *bar, reached, passed }
        };
        bars.iter().map(held).collect()
    }
}

impl fmt::Display for Threshold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let error = Measure::from_name(&self.name).is_some_and(Measure::is_error);
        let side = match (self.passed, error) {
            (true, _) => "reaches",
            (false, false) => "below",
            (false, true) => "above",
        };
        match self.reached {
            Some(value) => write!(f, "{} is {value:.3}, {side} {}", self.name, self.bar),
            None => write!(f, "{} is not known, the bar is {}", self.name, self.bar),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evaluate::name_swap::NameSwaps;
    use crate::fit::thresholds::Threshold;

    #[test]
    fn bars_are_read_and_held() {
        let bars = Threshold::parse("swaps=1,pairs=0.85").expect("reads");
        let held = Threshold::hold(&bars, &[], Some(NameSwaps { texts: 4, equal: 3 }));
        assert_eq!(held[0].to_string(), "swaps is 0.750, below 1");
        assert_eq!(held[1].to_string(), "pairs is not known, the bar is 0.85");
        assert!(!held[0].passed && !held[1].passed);
        for bad in ["", "r", "r=high", "speed=1"] {
            assert!(Threshold::parse(bad).is_err(), "{bad}");
        }
    }
}
