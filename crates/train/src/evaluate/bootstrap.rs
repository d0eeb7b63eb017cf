//! [`Bootstrap`]: cluster bootstrap over groups of cases.

use std::collections::BTreeMap;

use rayon::prelude::*;

use detente::internals::SplitMix64;

/// Cluster bootstrap: resamples whole groups with replacement, because statements of one story are not
/// independent. The same seed gives the same replicates.
#[derive(Clone, Debug)]
pub(crate) struct Bootstrap {
    /// Index of the group of each case.
    group_of_case: Vec<usize>,
    groups: usize,
    draws: usize,
    seed: u64,
}

impl Bootstrap {
    /// A bootstrap of `draws` replicates; `groups` names the group of each case.
    pub(crate) fn new<'a>(groups: impl IntoIterator<Item = &'a str>, draws: usize, seed: u64) -> Self {
        let names: Vec<&str> = groups.into_iter().collect();
        let mut indices: BTreeMap<&str, usize> = names.iter().map(|name| (*name, 0)).collect();
        for (index, value) in indices.values_mut().enumerate() {
            *value = index;
        }
        let groups = indices.len();
        let group_of_case = names.iter().filter_map(|name| indices.get(name).copied()).collect();
        Self { group_of_case, groups, draws, seed }
    }

    /// Number of groups.
    pub(crate) fn groups(&self) -> usize {
        self.groups
    }

    /// A bootstrap over a subset of the cases, with the same seed.
    pub(crate) fn select(&self, cases: &[usize]) -> Self {
        // padded, so that groups keep their order
        let names: Vec<String> = cases.iter().map(|at| format!("{:09}", self.group_of_case[*at])).collect();
        Self::new(names.iter().map(String::as_str), self.draws, self.seed)
    }

    /// The statistic of every replicate, in order; its argument is the weight of each case: how often its
    /// group was drawn. Empty if there are fewer than two groups.
    pub(crate) fn replicates<T: Send>(&self, statistic: impl Fn(&[f64]) -> T + Sync) -> Vec<T> {
        if self.groups < 2 {
            return Vec::new();
        }
        let replicate = |number: usize| {
            let mut times_drawn = vec![0.0; self.groups];
            let mut rng = SplitMix64::for_replicate(self.seed, number);
            for _ in 0..self.groups {
                times_drawn[rng.below(self.groups)] += 1.0;
            }
            let weights: Vec<f64> = self.group_of_case.iter().map(|group| times_drawn[*group]).collect();
            statistic(&weights)
        };
        (0..self.draws).into_par_iter().map(replicate).collect()
    }
}

/// Two-sided p-value of the hypothesis that a difference is 0: twice the share of replicates with the other sign,
/// at least one of them; 1 without replicates.
pub(crate) fn p_value_of_difference(replicates: &[f64]) -> f64 {
    if replicates.is_empty() {
        return 1.0;
    }
    let count = |has_sign: &dyn Fn(f64) -> bool| replicates.iter().filter(|d| has_sign(**d)).count();
    let opposite = count(&|d| d <= 0.0).min(count(&|d| d >= 0.0)).max(1);
    (2.0 * opposite as f64 / replicates.len() as f64).min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::estimate::Estimate;

    #[test]
    fn interval_of_a_mean_has_the_theoretical_width() {
        // 400 cases in 400 groups: the standard error of the mean is sd / 20
        let values: Vec<f64> = (0..400).map(|i| f64::from(i % 20)).collect();
        let names: Vec<String> = (0..400).map(|i| i.to_string()).collect();
        let mean = |w: &[f64]| w.iter().zip(&values).map(|(w, v)| w * v).sum::<f64>() / w.iter().sum::<f64>();
        let bootstrap = Bootstrap::new(names.iter().map(String::as_str), 2000, 1);
        let independent = Estimate::new(9.5, bootstrap.replicates(mean));
        let half = 1.96 * 5.766 / 20.0;
        let (low, high) = (independent.low.expect("low"), independent.high.expect("high"));
        assert!((low - (9.5 - half)).abs() < 0.06 && (high - (9.5 + half)).abs() < 0.06, "{independent:?}");
        // it is wider if the values within a group are alike
        let grouped = Bootstrap::new(names.iter().map(|n| &n[n.len() - 1..]), 2000, 1);
        assert_eq!(grouped.groups(), 10);
        let clustered = Estimate::new(9.5, grouped.replicates(mean));
        assert!(clustered.high > independent.high && clustered.low < independent.low);
        assert_eq!(grouped.replicates(mean), grouped.replicates(mean));
        let one_group = Bootstrap::new(["a"; 400], 100, 1);
        assert_eq!(Estimate::new(9.5, one_group.replicates(mean)).low, None);
    }
}
