//! Calibration of probabilities: reliability table and expected calibration error.

use serde::{Deserialize, Serialize};

use crate::evaluate::estimate::Estimate;
use detente::internals::SplitMix64;
use detente::internals::four_decimals;

/// Bins of equal width.
const BINS: usize = 10;

/// One bin of a reliability table.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ReliabilityBin {
    /// Lower end of the bin; each is 0.1 wide.
    #[serde(serialize_with = "four_decimals::serialize")]
    pub from: f64,
    /// Number of cases.
    pub n: usize,
    /// Mean predicted probability.
    #[serde(serialize_with = "four_decimals::serialize")]
    pub predicted: f64,
    /// Share of positive labels.
    #[serde(serialize_with = "four_decimals::serialize")]
    pub observed: f64,
}

/// The reliability table of cases of probability and label, without empty bins.
pub(crate) fn reliability_table(cases: &[(f64, bool)]) -> Vec<ReliabilityBin> {
    let bins = bin_sums(cases.iter().map(|(p, label)| (*p, *label, 1.0)));
    let row = |(index, bin): (usize, &BinSums)| {
        let from = index as f64 / BINS as f64;
        let &BinSums { n, probability, positive } = bin;
        (n > 0.0).then(|| ReliabilityBin {
            from,
            n: n as usize,
            predicted: probability / n,
            observed: positive / n,
        })
    };
    bins.iter().enumerate().filter_map(row).collect()
}

/// Expected calibration error of cases of probability, label and weight: the mean distance between mean
/// probability and share of positive labels over ten bins, weighted by their cases.
pub(crate) fn weighted_calibration_error(cases: impl Iterator<Item = (f64, bool, f64)>) -> f64 {
    let bins = bin_sums(cases);
    let n: f64 = bins.iter().map(|bin| bin.n).sum();
    if n > 0.0 { bins.iter().map(|bin| (bin.probability - bin.positive).abs()).sum::<f64>() / n } else { 0.0 }
}

/// Calibration error that exactly calibrated probabilities would show, because each bin holds few cases.
///
/// The labels of each of `draws` replicates are drawn with the given probabilities; the value is the mean of
/// the replicates' errors. A calibration error within the interval is no evidence of miscalibration.
pub(crate) fn null_calibration_error(probabilities: &[f64], draws: usize, seed: u64) -> Estimate {
    let replicate = |number: usize| {
        let mut rng = SplitMix64::for_replicate(seed, number);
        weighted_calibration_error(probabilities.iter().map(|p| (*p, rng.bernoulli(*p), 1.0)))
    };
    let errors: Vec<f64> = (0..draws).map(replicate).collect();
    let mean = errors.iter().sum::<f64>() / errors.len().max(1) as f64;
    Estimate::new(mean, errors)
}

/// Weighted sums over the cases of a bin.
#[derive(Clone, Copy, Default)]
struct BinSums {
    n: f64,
    probability: f64,
    positive: f64,
}

fn bin_sums(cases: impl Iterator<Item = (f64, bool, f64)>) -> [BinSums; BINS] {
    let mut bins = [BinSums::default(); BINS];
    for (p, label, weight) in cases {
        let bin = &mut bins[((p * BINS as f64) as usize).min(BINS - 1)];
        bin.n += weight;
        bin.probability += weight * p;
        bin.positive += weight * f64::from(u8::from(label));
    }
    bins
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calibration_error(cases: &[(f64, bool)]) -> f64 {
        weighted_calibration_error(cases.iter().map(|(p, label)| (*p, *label, 1.0)))
    }

    #[test]
    fn table_and_error_of_four_cases() {
        let cases = [(0.1, false), (0.1, false), (0.95, true), (0.95, false)];
        let table = reliability_table(&cases);
        assert_eq!(table.len(), 2);
        assert_eq!((table[1].n, table[1].observed), (2, 0.5));
        assert!((calibration_error(&cases) - 0.275).abs() < 1e-12);
        assert_eq!(calibration_error(&[]), 0.0);
    }

    #[test]
    fn exact_probabilities_have_the_theoretical_error() {
        // one bin of n cases at 1/2: the mean distance is sqrt(1 / (2 pi n))
        let expected = |n: usize| (1.0 / (2.0 * std::f64::consts::PI * n as f64)).sqrt();
        for n in [100, 400] {
            let error = null_calibration_error(&vec![0.5; n], 2000, 1);
            assert!((error.value / expected(n) - 1.0).abs() < 0.1, "{n}: {}", error.value);
            assert!(error.low.is_some_and(|low| low < error.value));
        }
        assert_eq!(null_calibration_error(&[0.0, 1.0], 10, 1).value, 0.0);
    }
}
