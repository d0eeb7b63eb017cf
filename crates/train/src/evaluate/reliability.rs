//! Whether probabilities mean what they say: calibration error and reliability table.

use detente::internals::combine_hash;
use serde::{Deserialize, Serialize};

use crate::evaluate::bootstrap::{Estimate, below, four_decimals};

/// Bins of equal width.
const BINS: usize = 10;

/// One row of a reliability table.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReliabilityBin {
    /// Lower end of the probabilities in the bin.
    #[serde(serialize_with = "four_decimals")]
    pub from: f64,
    /// Cases in the bin.
    pub n: usize,
    /// Their mean probability.
    #[serde(serialize_with = "four_decimals")]
    pub predicted: f64,
    /// The share of them that are hits.
    #[serde(serialize_with = "four_decimals")]
    pub observed: f64,
}

/// The reliability table of probabilities: bins of width 0.1 that hold a case.
#[must_use]
pub fn reliability(cases: &[(f64, bool)]) -> Vec<ReliabilityBin> {
    let bins = sums(cases.iter().map(|(p, hit)| (*p, *hit, 1.0)));
    let row = |(number, (n, p, hits)): (usize, &(f64, f64, f64))| {
        let from = number as f64 / BINS as f64;
        (*n > 0.0).then(|| ReliabilityBin { from, n: *n as usize, predicted: p / n, observed: hits / n })
    };
    bins.iter().enumerate().filter_map(row).collect()
}

/// Mean distance between probability and share of hits over ten bins, weighted by their cases.
#[must_use]
pub fn calibration_error(cases: &[(f64, bool)]) -> f64 {
    weighted_calibration_error(cases.iter().map(|(p, hit)| (*p, *hit, 1.0)))
}

/// The calibration error that probabilities would have by chance alone, were they exactly right: the mean
/// over `draws` draws of hits at these probabilities, and the ends of 95% of them. An error within says nothing
/// against the probabilities; few cases have a large one.
#[must_use]
pub fn chance_error(probabilities: &[f64], draws: usize, seed: u64) -> Estimate {
    const STEPS: usize = 1 << 32;
    let one = |draw: usize| {
        let mut state = combine_hash(seed, draw as u64);
        let mut hit = |p: f64| (below(&mut state, STEPS) as f64) < p * STEPS as f64;
        calibration_error(&probabilities.iter().map(|p| (*p, hit(*p))).collect::<Vec<_>>())
    };
    let errors: Vec<f64> = (0..draws).map(one).collect();
    let mean = errors.iter().sum::<f64>() / errors.len().max(1) as f64;
    Estimate::new(mean, errors)
}

pub(crate) fn weighted_calibration_error(cases: impl Iterator<Item = (f64, bool, f64)>) -> f64 {
    let bins = sums(cases);
    let n: f64 = bins.iter().map(|bin| bin.0).sum();
    if n > 0.0 { bins.iter().map(|(_, p, hits)| (p - hits).abs()).sum::<f64>() / n } else { 0.0 }
}

fn sums(cases: impl Iterator<Item = (f64, bool, f64)>) -> [(f64, f64, f64); BINS] {
    let mut bins = [(0.0, 0.0, 0.0); BINS];
    for (p, hit, weight) in cases {
        let bin = &mut bins[((p * BINS as f64) as usize).min(BINS - 1)];
        bin.0 += weight;
        bin.1 += weight * p;
        bin.2 += weight * f64::from(u8::from(hit));
    }
    bins
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_values() {
        let cases = [(0.1, false), (0.1, false), (0.95, true), (0.95, false)];
        let table = reliability(&cases);
        assert_eq!(table.len(), 2);
        assert_eq!((table[1].n, table[1].observed), (2, 0.5));
        assert!((calibration_error(&cases) - 0.275).abs() < 1e-12);
        assert_eq!(calibration_error(&[]), 0.0);
    }

    #[test]
    fn right_probabilities_have_an_error_by_chance() {
        // one bin of n cases at 1/2: the mean distance is sqrt(1 / (2 pi n))
        let expected = |n: usize| (1.0 / (2.0 * std::f64::consts::PI * n as f64)).sqrt();
        for n in [100, 400] {
            let chance = chance_error(&vec![0.5; n], 2000, 1);
            assert!((chance.value / expected(n) - 1.0).abs() < 0.1, "{n}: {}", chance.value);
            assert!(chance.low.is_some_and(|low| low < chance.value));
        }
        assert_eq!(chance_error(&[0.0, 1.0], 10, 1).value, 0.0);
    }
}
