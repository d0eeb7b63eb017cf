//! Paired bootstrap test of two systems on the same statements.

use serde::{Deserialize, Serialize};

use crate::evaluate::bootstrap::{Bootstrap, p_value_of_difference};
use crate::evaluate::estimate::Estimate;
use crate::evaluate::measures::Measure;
use crate::evaluate::sample::Sample;
use detente::internals::four_decimals;

/// Difference of two systems in one measure.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PairedDifference {
    /// The measure.
    pub measure: Measure,
    /// Value of the first system minus that of the second, with its interval.
    #[serde(flatten)]
    pub estimate: Estimate,
    /// Two-sided p-value of the hypothesis that both systems are equal: twice the share of replicates with
    /// the opposite sign, at least 2 / number of replicates.
    #[serde(rename = "p", serialize_with = "four_decimals::serialize")]
    pub p_value: f64,
}

/// Differences of all measures. In each replicate both systems are measured on the same cases.
pub(crate) fn paired_differences(
    first: &Sample,
    second: &Sample,
    bootstrap: &Bootstrap,
) -> Vec<PairedDifference> {
    let differences = |weights: &[f64]| {
        let (a, b) = (first.weighted_measures(weights), second.weighted_measures(weights));
        Measure::ALL.map(|measure| Some(a.get(measure)? - b.get(measure)?))
    };
    let replicates = bootstrap.replicates(differences);
    let on_all = differences(&vec![1.0; first.len()]);
    let difference = |measure: Measure| {
        let value = on_all[measure as usize]?;
        let replicates: Vec<f64> = replicates.iter().filter_map(|values| values[measure as usize]).collect();
        let p_value = p_value_of_difference(&replicates);
        Some(PairedDifference { measure, estimate: Estimate::new(value, replicates), p_value })
    };
    Measure::ALL.into_iter().filter_map(difference).collect()
}
