//! [`Bootstrap`]: how far a figure would move with other data of the same kind.

use std::collections::BTreeMap;

use detente::internals::combine_hash;
use serde::{Deserialize, Serialize, Serializer};

use rayon::prelude::*;

/// A figure with the ends of its interval; `None` where there are too few groups for one.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// The figure itself.
    #[serde(serialize_with = "four_decimals")]
    pub value: f64,
    /// Lower end.
    #[serde(serialize_with = "four_decimals_or_none")]
    pub low: Option<f64>,
    /// Upper end.
    #[serde(serialize_with = "four_decimals_or_none")]
    pub high: Option<f64>,
}

impl Estimate {
    /// The figure with the interval that holds 95% of its draws, stretched to hold the figure itself:
    /// calibration errors of draws lie above that of the whole.
    #[must_use]
    pub fn new(value: f64, mut draws: Vec<f64>) -> Self {
        draws.sort_by(f64::total_cmp);
        let at = |share: f64| draws.get((share * draws.len().saturating_sub(1) as f64).round() as usize);
        let low = at((1.0 - COVERAGE) / 2.0).map(|low| low.min(value));
        let high = at(f64::midpoint(1.0, COVERAGE)).map(|high| high.max(value));
        Self { value, low, high }
    }
}

/// Draws whole groups of cases with replacement; the same seed draws the same.
#[derive(Clone, Debug)]
pub struct Bootstrap {
    groups: Vec<usize>,
    count: usize,
    draws: usize,
    seed: u64,
}

/// Share of the draws within an interval.
pub(crate) const COVERAGE: f64 = 0.95;

impl Bootstrap {
    /// Over cases of which each belongs to a named group.
    #[must_use]
    pub fn new<'a>(groups: impl IntoIterator<Item = &'a str>, draws: usize, seed: u64) -> Self {
        let names: Vec<&str> = groups.into_iter().collect();
        let mut numbers: BTreeMap<&str, usize> = names.iter().map(|name| (*name, 0)).collect();
        for (number, (_, place)) in numbers.iter_mut().enumerate() {
            *place = number;
        }
        let count = numbers.len();
        let groups = names.iter().filter_map(|name| numbers.get(name).copied()).collect();
        Self { groups, count, draws, seed }
    }

    /// Number of groups.
    #[must_use]
    pub fn groups(&self) -> usize {
        self.count
    }

    /// The same draws over some of the cases.
    #[must_use]
    pub fn select(&self, cases: &[usize]) -> Self {
        let names: Vec<String> = cases.iter().map(|at| format!("{:09}", self.groups[*at])).collect();
        Self::new(names.iter().map(String::as_str), self.draws, self.seed)
    }

    /// What `figure` says for every draw, in the order of the draws; its argument is how often each case
    /// was drawn. Nothing where there are fewer than two groups.
    pub fn draw<T: Send>(&self, figure: impl Fn(&[f64]) -> T + Sync) -> Vec<T> {
        if self.count < 2 {
            return Vec::new();
        }
        let one = |draw: usize| {
            let mut times = vec![0.0; self.count];
            let mut state = combine_hash(self.seed, draw as u64);
            for _ in 0..self.count {
                times[below(&mut state, self.count)] += 1.0;
            }
            let weights: Vec<f64> = self.groups.iter().map(|group| times[*group]).collect();
            figure(&weights)
        };
        (0..self.draws).into_par_iter().map(one).collect()
    }
}

/// A number below `count` by `SplitMix64` (Steele, Lea, Flood 2014).
pub(crate) fn below(state: &mut u64, count: usize) -> usize {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut mixed = (*state ^ (*state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^= mixed >> 31;
    ((u128::from(mixed) * count as u128) >> 64) as usize
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the form that serde calls")]
pub(crate) fn four_decimals<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64((value * 1e4).round() / 1e4 + 0.0)
}

#[expect(clippy::ref_option, reason = "the form that serde calls")]
pub(crate) fn four_decimals_or_none<S: Serializer>(
    value: &Option<f64>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => four_decimals(value, serializer),
        None => serializer.serialize_none(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_of_a_mean_is_as_wide_as_theory_says() {
        // 400 cases in 400 groups: the standard error of the mean is sd / 20
        let values: Vec<f64> = (0..400).map(|i| f64::from(i % 20)).collect();
        let names: Vec<String> = (0..400).map(|i| i.to_string()).collect();
        let mean = |w: &[f64]| w.iter().zip(&values).map(|(w, v)| w * v).sum::<f64>() / w.iter().sum::<f64>();
        let bootstrap = Bootstrap::new(names.iter().map(String::as_str), 2000, 1);
        let wide = Estimate::new(9.5, bootstrap.draw(mean));
        let half = 1.96 * 5.766 / 20.0;
        let (low, high) = (wide.low.expect("low"), wide.high.expect("high"));
        assert!((low - (9.5 - half)).abs() < 0.06 && (high - (9.5 + half)).abs() < 0.06, "{wide:?}");
        // in 20 groups of like values it is wider
        let grouped = Bootstrap::new(names.iter().map(|n| &n[n.len() - 1..]), 2000, 1);
        assert_eq!(grouped.groups(), 10);
        let other = Estimate::new(9.5, grouped.draw(mean));
        assert!(other.high > wide.high && other.low < wide.low);
        assert_eq!(grouped.draw(mean), grouped.draw(mean));
        let alone = Bootstrap::new(["a"; 400], 100, 1);
        assert_eq!(Estimate::new(9.5, alone.draw(mean)).low, None);
    }
}
