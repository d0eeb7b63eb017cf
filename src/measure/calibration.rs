//! Whether probabilities mean what they say: calibration error and reliability table.

use serde::{Deserialize, Serialize};

use super::bootstrap::four_decimals;

/// Bins of equal width.
const BINS: usize = 10;

/// One row of a reliability table.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bin {
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
pub fn reliability(cases: &[(f64, bool)]) -> Vec<Bin> {
    let bins = sums(cases.iter().map(|(p, hit)| (*p, *hit, 1.0)));
    let row = |(number, (n, p, hits)): (usize, &(f64, f64, f64))| {
        let from = number as f64 / BINS as f64;
        (*n > 0.0).then(|| Bin { from, n: *n as usize, predicted: p / n, observed: hits / n })
    };
    bins.iter().enumerate().filter_map(row).collect()
}

/// Mean distance between probability and share of hits over ten bins, weighted by their cases.
#[must_use]
pub fn calibration_error(cases: &[(f64, bool)]) -> f64 {
    weighted_calibration_error(cases.iter().map(|(p, hit)| (*p, *hit, 1.0)))
}

pub(super) fn weighted_calibration_error(cases: impl Iterator<Item = (f64, bool, f64)>) -> f64 {
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
}
