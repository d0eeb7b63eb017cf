//! [`Estimate`]: a value with its confidence interval.

use std::fmt;

use serde::{Deserialize, Serialize};

use detente::internals::four_decimals;

/// Coverage of the intervals.
const COVERAGE: f64 = 0.95;

/// A value with its 95% bootstrap interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Estimate {
    /// The value on all data.
    #[serde(serialize_with = "four_decimals::serialize")]
    pub value: f64,
    /// Lower end; `None` if there are fewer than two groups to resample.
    #[serde(serialize_with = "four_decimals::serialize_option")]
    pub low: Option<f64>,
    /// Upper end; `None` if there are fewer than two groups to resample.
    #[serde(serialize_with = "four_decimals::serialize_option")]
    pub high: Option<f64>,
}

impl Estimate {
    /// The value with the percentile interval of its replicates.
    ///
    /// The interval is extended to include the value: replicates of a calibration error are biased upwards,
    /// so that the value itself may be below all of them.
    pub(crate) fn new(value: f64, mut replicates: Vec<f64>) -> Self {
        replicates.sort_by(f64::total_cmp);
        let quantile =
            |q: f64| replicates.get((q * replicates.len().saturating_sub(1) as f64).round() as usize);
        let low = quantile((1.0 - COVERAGE) / 2.0).map(|low| low.min(value));
        let high = quantile(f64::midpoint(1.0, COVERAGE)).map(|high| high.max(value));
        Self { value, low, high }
    }
}

impl fmt::Display for Estimate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.low, self.high) {
            (Some(low), Some(high)) => write!(f, "{:.3} [{low:.2}, {high:.2}]", self.value),
            _ => write!(f, "{:.3}", self.value),
        }
    }
}
