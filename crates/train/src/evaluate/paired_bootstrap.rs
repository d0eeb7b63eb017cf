//! Two systems on the same data: what differs, and whether chance would do as well.

use serde::{Deserialize, Serialize};

use crate::evaluate::bootstrap::{Bootstrap, Estimate, four_decimals};
use crate::evaluate::measures::{Measure, Sample};

/// The difference of two systems in one measure.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct PairedDifference {
    /// The measure.
    pub measure: Measure,
    /// The first system's figure less the second's, with its interval.
    #[serde(flatten)]
    pub estimate: Estimate,
    /// Chance of so large a difference between equals, two-sided: twice the share of draws on the other
    /// side of 0, never below one draw.
    #[serde(serialize_with = "four_decimals")]
    pub p: f64,
}

/// Compares two systems by a paired bootstrap: every draw measures both on the same cases.
#[must_use]
pub fn compare(first: &Sample, second: &Sample, bootstrap: &Bootstrap) -> Vec<PairedDifference> {
    let both = |weights: &[f64]| {
        let (a, b) = (first.measures(weights), second.measures(weights));
        Measure::ALL.map(|measure| Some(a.get(measure)? - b.get(measure)?))
    };
    let drawn = bootstrap.draw(both);
    let here = both(&vec![1.0; first.len()]);
    let difference = |measure: Measure| {
        let value = here[measure as usize]?;
        let draws: Vec<f64> = drawn.iter().filter_map(|values| values[measure as usize]).collect();
        let count = |beyond: &dyn Fn(f64) -> bool| draws.iter().filter(|d| beyond(**d)).count();
        let other = count(&|d| d <= 0.0).min(count(&|d| d >= 0.0)).max(1);
        let p = if draws.is_empty() { 1.0 } else { (2.0 * other as f64 / draws.len() as f64).min(1.0) };
        Some(PairedDifference { measure, estimate: Estimate::new(value, draws), p })
    };
    Measure::ALL.into_iter().filter_map(difference).collect()
}
