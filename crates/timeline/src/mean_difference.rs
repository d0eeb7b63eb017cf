//! [`MeanDifference`]: the difference of the means of two sets of votes, with interval, p-value and effect sizes.
//!
//! The unit is the story: near-duplicates share one vote, and a story with statements in both sets is a pair. The
//! interval is a stratified bootstrap over stories, widened for small sets by the ratio of the Student quantile to the
//! normal one. The p-value is that of a permutation test of the studentized difference, which is valid for unequal
//! variances (Janssen 1997): labels are permuted among unpaired stories and swapped within pairs.

use detente::internals::SplitMix64;
use serde::Serialize;
use statrs::distribution::{ContinuousCDF, StudentsT};
use statrs::function::erf::erfc;

use detente::internals::four_decimals;

/// The mean vote of a story in the first and in the second set.
pub type ValuePair = (Option<f64>, Option<f64>);

/// The difference of two means, second less first.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct MeanDifference {
    /// Mean of the second set less mean of the first.
    #[serde(serialize_with = "four_decimals::serialize")]
    pub difference: f64,
    /// Lower end of the interval.
    #[serde(serialize_with = "four_decimals::serialize")]
    pub low: f64,
    /// Upper end of the interval.
    #[serde(serialize_with = "four_decimals::serialize")]
    pub high: f64,
    /// Two-sided p-value of the permutation test.
    #[serde(rename = "p", serialize_with = "four_decimals::serialize")]
    pub p_value: f64,
    /// Hedges' g: the difference in pooled standard deviations, corrected for small sets. `None` without variance.
    #[serde(serialize_with = "four_decimals::serialize_option")]
    pub hedges_g: Option<f64>,
    /// Cliff's delta, -1..=1: the probability that a vote of the second set is higher than one of the first, less the
    /// probability that it is lower.
    #[serde(serialize_with = "four_decimals::serialize")]
    pub cliffs_delta: f64,
    /// The smallest difference that is detected with a power of 0.8 in sets of this size and variance.
    #[serde(serialize_with = "four_decimals::serialize")]
    pub detectable: f64,
}

/// Confidence of the interval, and 1 less the significance level.
pub(crate) const CONFIDENCE: f64 = 0.95;
/// The two-sided quantile of the standard normal distribution for [`CONFIDENCE`].
const Z: f64 = 1.959_963_984_540_054;
/// The quantile of the standard normal distribution for a power of 0.8.
const Z_POWER: f64 = 0.841_621_233_572_914;
const BOOTSTRAP_SAMPLES: usize = 1999;
const PERMUTATIONS: usize = 4999;
/// Number of permutations at least as extreme as the data after which sampling stops.
const ENOUGH_EXTREME: usize = 250;
/// Most stories that are resampled; for larger sets the normal approximation is used.
const MAX_RESAMPLED: usize = 20_000;
/// Smallest p-value of the normal approximation, whose tail is not trusted further.
const MIN_NORMAL_P: f64 = 1e-6;
/// Lower bound on standard errors and variances as divisors.
const EPSILON: f64 = 1e-12;
/// Relative tolerance for equality of statistics that were summed in different orders.
const TOLERANCE: f64 = 1e-9;
/// Differences of two scores lie within ± this.
const MAX_DIFFERENCE: f64 = 2.0;

/// The difference of the means of the two sets of `stories`; `None` if a set has fewer than two stories.
///
/// ```
/// use detente_timeline::mean_difference;
/// let first = [-0.4, -0.3, -0.5, -0.2, -0.4, -0.3].map(|score| (Some(score), None));
/// let second = [0.1, 0.3, 0.2, 0.4, 0.2, 0.3].map(|score| (None, Some(score)));
/// let result = mean_difference(&[first, second].concat()).expect("two sets");
/// assert!((result.difference - 0.6).abs() < 1e-9 && result.p_value < 0.01 && result.low > 0.3);
/// ```
#[must_use]
pub fn mean_difference(stories: &[ValuePair]) -> Option<MeanDifference> {
    let sums = PairedSums::of(stories.iter().copied());
    if sums.n[0] < 2.0 || sums.n[1] < 2.0 {
        return None;
    }
    let (observed, error) = (sums.difference(), sums.standard_error());
    let (low, high, p_value) = if stories.len() > MAX_RESAMPLED {
        let z = observed.abs() / error.max(EPSILON);
        (observed - Z * error, observed + Z * error, two_sided_p(z).max(MIN_NORMAL_P))
    } else {
        // one number for each pair, to seed the generator; 9 is not a score
        let values: Vec<f64> =
            stories.iter().map(|(a, b)| a.unwrap_or(9.0) + 7.0 * b.unwrap_or(9.0)).collect();
        let mut random = SplitMix64::from_values(&values);
        let (low, high) = bootstrap_interval(stories, &sums, &mut random);
        (low, high, permutation_p(stories, observed, error, &mut random))
    };
    let freedom = sums.n[0] + sums.n[1] - 2.0;
    let pooled_variance =
        ((sums.n[0] - 1.0) * sums.variance(0) + (sums.n[1] - 1.0) * sums.variance(1)) / freedom;
    let small_sample_correction = 1.0 - 3.0 / (4.0 * freedom - 1.0);
    Some(MeanDifference {
        difference: observed,
        low: low.max(-MAX_DIFFERENCE),
        high: high.min(MAX_DIFFERENCE),
        p_value,
        hedges_g: (pooled_variance > EPSILON)
            .then(|| small_sample_correction * observed / pooled_variance.sqrt()),
        cliffs_delta: cliffs_delta(stories),
        detectable: (Z + Z_POWER) * error,
    })
}

/// Sums from which the means, variances and the covariance of two partly paired sets are computed.
#[derive(Clone, Copy, Debug, Default)]
struct PairedSums {
    n: [f64; 2],
    sum: [f64; 2],
    squares: [f64; 2],
    /// Number of pairs, the sum of their products, and the sums of their values.
    pairs: f64,
    products: f64,
    paired_sum: [f64; 2],
}

impl PairedSums {
    fn add(&mut self, (a, b): ValuePair) {
        for (set, value) in [a, b].into_iter().enumerate() {
            if let Some(value) = value {
                self.n[set] += 1.0;
                self.sum[set] += value;
                self.squares[set] += value * value;
            }
        }
        if let (Some(a), Some(b)) = (a, b) {
            self.products += a * b;
            self.pairs += 1.0;
            self.paired_sum[0] += a;
            self.paired_sum[1] += b;
        }
    }

    fn of(pairs: impl IntoIterator<Item = ValuePair>) -> Self {
        let mut sums = Self::default();
        pairs.into_iter().for_each(|pair| sums.add(pair));
        sums
    }

    fn mean(&self, set: usize) -> f64 {
        self.sum[set] / self.n[set]
    }

    fn variance(&self, set: usize) -> f64 {
        let mean = self.mean(set);
        ((self.squares[set] - self.n[set] * mean * mean) / (self.n[set] - 1.0)).max(0.0)
    }

    fn difference(&self) -> f64 {
        self.mean(1) - self.mean(0)
    }

    /// The standard error of the difference.
    fn standard_error(&self) -> f64 {
        let mut square = self.variance(0) / self.n[0] + self.variance(1) / self.n[1];
        // the covariance of two pairs is ± the product of their spreads, which says nothing
        if self.pairs > 2.0 {
            let covariance =
                (self.products - self.paired_sum[0] * self.paired_sum[1] / self.pairs) / (self.pairs - 1.0);
            square -= 2.0 * self.pairs * covariance / (self.n[0] * self.n[1]);
        }
        square.max(0.0).sqrt()
    }
}

/// Splits the stories into pairs, stories of the first set only, and stories of the second set only.
fn strata(stories: &[ValuePair]) -> [Vec<ValuePair>; 3] {
    let select = |is_in: fn(&ValuePair) -> bool| stories.iter().copied().filter(is_in).collect();
    [
        select(|(a, b)| a.is_some() && b.is_some()),
        select(|(a, b)| a.is_some() && b.is_none()),
        select(|(a, b)| a.is_none() && b.is_some()),
    ]
}

fn bootstrap_interval(stories: &[ValuePair], sums: &PairedSums, random: &mut SplitMix64) -> (f64, f64) {
    let strata = strata(stories);
    // resampled within strata, so that each sample has the same numbers of paired and unpaired stories
    let mut differences: Vec<f64> = (0..BOOTSTRAP_SAMPLES)
        .map(|_| {
            let mut sample = PairedSums::default();
            for stratum in &strata {
                for _ in 0..stratum.len() {
                    if let Some(pair) = stratum.get(random.below(stratum.len())) {
                        sample.add(*pair);
                    }
                }
            }
            sample.difference()
        })
        .collect();
    differences.sort_by(f64::total_cmp);
    let quantile = |share: f64| {
        let rank = (share * (BOOTSTRAP_SAMPLES + 1) as f64) as usize;
        differences.get(rank - 1).copied().unwrap_or(0.0)
    };
    let tail = (1.0 - CONFIDENCE) / 2.0;
    let observed = sums.difference();
    let mean = differences.iter().sum::<f64>() / BOOTSTRAP_SAMPLES as f64;
    let squares: f64 = differences.iter().map(|d| (d - mean).powi(2)).sum();
    let bootstrap_error = (squares / BOOTSTRAP_SAMPLES as f64).sqrt();
    let student = student_quantile(sums.n[0].min(sums.n[1]) - 1.0);
    if bootstrap_error < EPSILON {
        let half_width = student * sums.standard_error();
        return (observed - half_width, observed + half_width);
    }
    // The bootstrap is too narrow for small sets: it has the spread of the sample instead of the population's, and no
    // spread at all for a stratum of one story.
    let widening = student / Z * (sums.standard_error() / bootstrap_error).max(1.0);
    let widened = |end: f64| observed + widening * (end - observed);
    (widened(quantile(tail)), widened(quantile(1.0 - tail)))
}

fn permutation_p(stories: &[ValuePair], observed: f64, error: f64, random: &mut SplitMix64) -> f64 {
    let observed = observed.abs() / error.max(EPSILON);
    let [pairs, first, second] = strata(stories);
    let mut unpaired: Vec<f64> = first.iter().chain(&second).filter_map(|(a, b)| a.or(*b)).collect();
    let (mut extreme, mut drawn) = (0, 0);
    while drawn < PERMUTATIONS && extreme < ENOUGH_EXTREME {
        random.shuffle(&mut unpaired);
        let (firsts, seconds) = unpaired.split_at(first.len());
        let swapped =
            pairs.iter().map(|(a, b)| if random.next_u64() >> 63 == 0 { (*a, *b) } else { (*b, *a) });
        let mut sums = PairedSums::of(swapped);
        for value in firsts {
            sums.add((Some(*value), None));
        }
        for value in seconds {
            sums.add((None, Some(*value)));
        }
        drawn += 1;
        let studentized = sums.difference().abs() / sums.standard_error().max(EPSILON);
        extreme += usize::from(studentized >= observed * (1.0 - TOLERANCE));
    }
    if extreme >= ENOUGH_EXTREME {
        extreme as f64 / drawn as f64
    } else {
        (extreme + 1) as f64 / (drawn + 1) as f64
    }
}

/// The two-sided quantile of Student's t distribution for [`CONFIDENCE`].
fn student_quantile(degrees_of_freedom: f64) -> f64 {
    let upper = f64::midpoint(1.0, CONFIDENCE);
    StudentsT::new(0.0, 1.0, degrees_of_freedom).map_or(Z, |student| student.inverse_cdf(upper))
}

/// The two-sided p-value of a standard normal `z` ≥ 0.
fn two_sided_p(z: f64) -> f64 {
    erfc(z / std::f64::consts::SQRT_2)
}

fn cliffs_delta(stories: &[ValuePair]) -> f64 {
    let mut first: Vec<f64> = stories.iter().filter_map(|pair| pair.0).collect();
    first.sort_by(f64::total_cmp);
    let wins = |b: f64| {
        let below = first.partition_point(|a| *a < b);
        let above = first.len() - first.partition_point(|a| *a <= b);
        below as f64 - above as f64
    };
    let second: Vec<f64> = stories.iter().filter_map(|pair| pair.1).collect();
    second.iter().map(|b| wins(*b)).sum::<f64>() / (first.len() as f64 * second.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Random stories, the first `pairs` of which are in both sets.
    fn random_stories(
        seed: u64,
        pairs: usize,
        n: [usize; 2],
        spread: [f64; 2],
        shift: f64,
    ) -> Vec<ValuePair> {
        let mut random = SplitMix64::from_seed(seed);
        let mut stories = Vec::new();
        for at in 0..n[0].max(n[1]) {
            let story = 0.2 * random.standard_normal();
            let mut vote = |set: usize| {
                (at < n[set]).then(|| {
                    story + spread[set] * random.standard_normal() + if set == 1 { shift } else { 0.0 }
                })
            };
            let (a, b) = (vote(0), vote(1));
            if at < pairs {
                stories.push((a, b));
            } else {
                stories.extend([(a, None), (None, b)].into_iter().filter(|pair| *pair != (None, None)));
            }
        }
        stories
    }

    #[test]
    fn false_positive_rate_is_one_in_twenty() {
        let runs = 1000;
        for (pairs, n, spread) in
            [(0, [12, 12], [0.3, 0.3]), (0, [40, 10], [0.2, 0.4]), (8, [15, 12], [0.3, 0.3])]
        {
            let found: Vec<MeanDifference> = (0..runs)
                .filter_map(|run| mean_difference(&random_stories(run, pairs, n, spread, 0.0)))
                .collect();
            let significant = found.iter().filter(|d| d.p_value < 0.05).count();
            let covered = found.iter().filter(|d| d.low <= 0.0 && 0.0 <= d.high).count();
            assert!((25..=60).contains(&significant), "{significant} of {runs} at {n:?}");
            assert!((930..=985).contains(&covered), "{covered} of {runs} at {n:?}");
        }
    }

    #[test]
    fn intervals_of_very_small_sets_have_their_stated_coverage() {
        for (pairs, n) in [(2, [3, 3]), (1, [2, 2]), (1, [4, 2]), (5, [6, 6]), (0, [3, 3])] {
            let found =
                (0..1000).filter_map(|run| mean_difference(&random_stories(run, pairs, n, [0.3, 0.3], 0.0)));
            let covered = found.filter(|d| d.low <= 0.0 && 0.0 <= d.high).count();
            assert!(covered >= 930, "{covered} of 1000 with {pairs} pairs of {n:?}");
        }
    }

    #[test]
    fn difference_of_the_detectable_size_is_significant_in_four_of_five_runs() {
        let runs = 300;
        let n = [25, 25];
        let spread: [f64; 2] = [0.25, 0.25];
        let error = (2.0 * (0.04 + spread[0].powi(2)) / 25.0_f64).sqrt();
        let shift = (Z + Z_POWER) * error;
        let found: Vec<MeanDifference> =
            (0..runs).filter_map(|run| mean_difference(&random_stories(run, 0, n, spread, shift))).collect();
        let significant = found.iter().filter(|d| d.p_value < 0.05).count();
        assert!((222..=264).contains(&significant), "{significant} of {runs}");
        let detectable = found.iter().map(|d| d.detectable).sum::<f64>() / runs as f64;
        assert!((detectable / shift - 1.0).abs() < 0.05);
    }

    #[test]
    fn effect_sizes_match_a_worked_example() {
        let stories: Vec<ValuePair> = [1.0, 2.0, 3.0, 4.0]
            .iter()
            .map(|v| (Some(v / 10.0), None))
            .chain([3.0, 4.0, 5.0, 6.0].iter().map(|v| (None, Some(v / 10.0))))
            .collect();
        let found = mean_difference(&stories).expect("two sets");
        // d = 0.2 / 0.1291 = 1.5492; J = 1 - 3 / 23
        assert!((found.hedges_g.expect("a spread") - 1.347_13).abs() < 1e-4);
        assert!((found.cliffs_delta - 0.75).abs() < 1e-12);
        assert!(mean_difference(&stories[..5]).is_none());
    }

    #[test]
    fn quantiles_and_tails_match_printed_tables() {
        let table = [(1.0, 12.706_2), (2.0, 4.302_65), (3.0, 3.182_45), (10.0, 2.228_14), (30.0, 2.042_27)];
        for (freedom, expected) in table {
            let quantile = student_quantile(freedom);
            assert!((quantile - expected).abs() < 1e-4, "{freedom}: {quantile}");
        }
        assert!((student_quantile(20_000.0) - Z).abs() < 2e-4, "the limit is the normal quantile");
        for (z, expected) in [(0.0, 1.0), (1.0, 0.317_310_5), (Z, 0.05), (3.0, 0.002_699_8)] {
            assert!((two_sided_p(z) - expected).abs() < 1e-7, "{z}");
        }
    }

    #[test]
    fn student_quantile_decreases_for_all_set_sizes() {
        let quantiles: Vec<f64> = (1..2000).map(|freedom| student_quantile(f64::from(freedom))).collect();
        assert!(quantiles.windows(2).all(|pair| pair[0] > pair[1] && pair[1] > Z));
    }
}
