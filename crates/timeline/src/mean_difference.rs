//! [`MeanDifference`]: the difference of two sets of votes with interval, p-value and effect size.
//!
//! The unit is the story: near-duplicates are one vote, and a story that speaks in both sets
//! is one pair. The interval is a bootstrap over stories, widened for small sets by the
//! ratio of Student's to the normal quantile; the p-value is that of random labels, with the
//! difference in units of its standard error, so that unequal spreads do no harm (Janssen
//! 1997): labels are dealt again among stories of one set, and turned within pairs.

use serde::Serialize;

use crate::named_enum::{four, four_if_any};
use crate::rng::Rng;

/// Confidence of the interval; p-values below 1 minus it are called clear.
pub const CONFIDENCE: f64 = 0.95;
/// The normal quantile for [`CONFIDENCE`].
const Z: f64 = 1.959_963_984_540_054;
/// The normal quantile for a power of 0.8.
const Z_POWER: f64 = 0.841_621_233_572_914;
/// Bootstrap samples and random labellings.
const SAMPLES: usize = 1999;
const LABELS: usize = 4999;
/// Labellings at least as far from 0 as what was seen after which the p-value is settled.
const SETTLED: usize = 250;
/// Most stories that are drawn one by one; beyond, the normal distribution serves.
const MOST: usize = 20_000;

/// What a story says in the first and in the second set.
pub type ValuePair = (Option<f64>, Option<f64>);

/// A difference, second less first.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct MeanDifference {
    /// Mean of the second set less that of the first.
    #[serde(serialize_with = "four")]
    pub difference: f64,
    /// Lower end of its interval.
    #[serde(serialize_with = "four")]
    pub low: f64,
    /// Upper end of its interval.
    #[serde(serialize_with = "four")]
    pub high: f64,
    /// Probability of a difference this far from 0 if the sets were dealt by chance.
    #[serde(serialize_with = "four")]
    pub p: f64,
    /// Hedges' g: the difference in standard deviations, corrected for small sets.
    #[serde(serialize_with = "four_if_any")]
    pub hedges_g: Option<f64>,
    /// Cliff's delta, -1..+1: how much more often a vote of the second set is the higher one.
    #[serde(serialize_with = "four")]
    pub cliffs_delta: f64,
    /// The difference that sets of this size and spread show in 4 of 5 cases.
    #[serde(serialize_with = "four")]
    pub detectable: f64,
}

/// Counts, means and spreads of two sets.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    n: [f64; 2],
    sum: [f64; 2],
    squares: [f64; 2],
    products: f64,
    pairs: f64,
    paired: [f64; 2],
}

impl Sums {
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
            self.paired[0] += a;
            self.paired[1] += b;
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
    fn error(&self) -> f64 {
        let mut square = self.variance(0) / self.n[0] + self.variance(1) / self.n[1];
        // two pairs do not tell how pairs hang together
        if self.pairs > 2.0 {
            let covariance =
                (self.products - self.paired[0] * self.paired[1] / self.pairs) / (self.pairs - 1.0);
            square -= 2.0 * self.pairs * covariance / (self.n[0] * self.n[1]);
        }
        square.max(0.0).sqrt()
    }
}

/// The difference of two sets of `stories`; `None` where a set has fewer than two.
///
/// ```
/// use detente_timeline::difference;
/// let first = [-0.4, -0.3, -0.5, -0.2, -0.4, -0.3].map(|score| (Some(score), None));
/// let second = [0.1, 0.3, 0.2, 0.4, 0.2, 0.3].map(|score| (None, Some(score)));
/// let found = difference(&[first, second].concat()).expect("two sets");
/// assert!((found.difference - 0.6).abs() < 1e-9 && found.p < 0.01 && found.low > 0.3);
/// ```
#[must_use]
pub fn difference(stories: &[ValuePair]) -> Option<MeanDifference> {
    let sums = Sums::of(stories.iter().copied());
    if sums.n[0] < 2.0 || sums.n[1] < 2.0 {
        return None;
    }
    let (seen, error) = (sums.difference(), sums.error());
    let (low, high, p) = if stories.len() > MOST {
        let far = seen.abs() / error.max(1e-12);
        (seen - Z * error, seen + Z * error, two_sided(far).max(1e-6))
    } else {
        let values: Vec<f64> =
            stories.iter().map(|(a, b)| a.unwrap_or(9.0) + 7.0 * b.unwrap_or(9.0)).collect();
        let mut draw = Rng::of(&values);
        let (low, high) = bootstrap(stories, &sums, &mut draw);
        (low, high, labels(stories, seen, error, &mut draw))
    };
    let free = sums.n[0] + sums.n[1] - 2.0;
    let pooled = ((sums.n[0] - 1.0) * sums.variance(0) + (sums.n[1] - 1.0) * sums.variance(1)) / free;
    let small = 1.0 - 3.0 / (4.0 * free - 1.0);
    Some(MeanDifference {
        difference: seen,
        low: low.max(-2.0),
        high: high.min(2.0),
        p,
        hedges_g: (pooled > 1e-12).then(|| small * seen / pooled.sqrt()),
        cliffs_delta: cliffs_delta(stories),
        detectable: (Z + Z_POWER) * error,
    })
}

/// The stories of pairs, of the first set alone, and of the second alone.
fn strata(stories: &[ValuePair]) -> [Vec<ValuePair>; 3] {
    let of =
        |wanted: &dyn Fn(&ValuePair) -> bool| stories.iter().copied().filter(|pair| wanted(pair)).collect();
    [
        of(&|(a, b)| a.is_some() && b.is_some()),
        of(&|(a, b)| a.is_some() && b.is_none()),
        of(&|(a, b)| a.is_none() && b.is_some()),
    ]
}

fn bootstrap(stories: &[ValuePair], sums: &Sums, draw: &mut Rng) -> (f64, f64) {
    let strata = strata(stories);
    let mut found: Vec<f64> = (0..SAMPLES)
        .map(|_| {
            let mut sample = Sums::default();
            for stratum in &strata {
                for _ in 0..stratum.len() {
                    if let Some(pair) = stratum.get(draw.below(stratum.len())) {
                        sample.add(*pair);
                    }
                }
            }
            sample.difference()
        })
        .collect();
    found.sort_by(f64::total_cmp);
    let at = |share: f64| found.get((share * (SAMPLES + 1) as f64) as usize - 1).copied().unwrap_or(0.0);
    let tail = (1.0 - CONFIDENCE) / 2.0;
    // a bootstrap is too narrow for small sets: it knows only the spread of the sample, and none of a
    // story that is alone in its stratum
    let least = sums.n[0].min(sums.n[1]);
    let middle = found.iter().sum::<f64>() / SAMPLES as f64;
    let spread = (found.iter().map(|d| (d - middle).powi(2)).sum::<f64>() / SAMPLES as f64).sqrt();
    let wider = student(least - 1.0) / Z * (sums.error() / spread).max(1.0);
    let seen = sums.difference();
    if spread < 1e-12 {
        let half = student(least - 1.0) * sums.error();
        return (seen - half, seen + half);
    }
    (seen + wider * (at(tail) - seen), seen + wider * (at(1.0 - tail) - seen))
}

/// Student's quantile for [`CONFIDENCE`] with `free` degrees of freedom (Hill 1970's series).
fn student(free: f64) -> f64 {
    if free < 3.0 {
        return if free < 2.0 { 12.706 } else { 4.303 };
    }
    let z3 = Z.powi(3);
    let z5 = Z.powi(5);
    Z + (z3 + Z) / (4.0 * free)
        + (5.0 * z5 + 16.0 * z3 + 3.0 * Z) / (96.0 * free * free)
        + (3.0 * Z.powi(7) + 19.0 * z5 + 17.0 * z3 - 15.0 * Z) / (384.0 * free.powi(3))
}

fn labels(stories: &[ValuePair], seen: f64, error: f64, draw: &mut Rng) -> f64 {
    let far = seen.abs() / error.max(1e-12);
    let [pairs, first, second] = strata(stories);
    let mut alone: Vec<f64> = first.iter().chain(&second).filter_map(|(a, b)| a.or(*b)).collect();
    let (mut reached, mut drawn) = (0, 0);
    while drawn < LABELS && reached < SETTLED {
        draw.shuffle(&mut alone);
        let (firsts, seconds) = alone.split_at(first.len());
        let turned = pairs.iter().map(|(a, b)| if draw.next() >> 63 == 0 { (*a, *b) } else { (*b, *a) });
        let mut sums = Sums::of(turned);
        for value in firsts {
            sums.add((Some(*value), None));
        }
        for value in seconds {
            sums.add((None, Some(*value)));
        }
        drawn += 1;
        reached += usize::from(sums.difference().abs() / sums.error().max(1e-12) >= far * (1.0 - 1e-9));
    }
    if reached >= SETTLED { reached as f64 / drawn as f64 } else { (reached + 1) as f64 / (drawn + 1) as f64 }
}

/// The chance of a normal number farther than `far` from 0 (Abramowitz & Stegun 7.1.26).
fn two_sided(far: f64) -> f64 {
    let x = far / std::f64::consts::SQRT_2;
    let t = 1.0 / (1.0 + 0.327_591_1 * x);
    let series = [1.061_405_429, -1.453_152_027, 1.421_413_741, -0.284_496_736, 0.254_829_592];
    series.iter().fold(0.0, |sum, term| (sum + term) * t) * (-x * x).exp()
}

fn cliffs_delta(stories: &[ValuePair]) -> f64 {
    let mut first: Vec<f64> = stories.iter().filter_map(|pair| pair.0).collect();
    first.sort_by(f64::total_cmp);
    let wins = |b: f64| {
        let below = first.partition_point(|a| *a < b);
        let above = first.len() - first.partition_point(|a| *a <= b);
        below as f64 - above as f64
    };
    let seconds: Vec<f64> = stories.iter().filter_map(|pair| pair.1).collect();
    seconds.iter().map(|b| wins(*b)).sum::<f64>() / (first.len() as f64 * seconds.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Stories of which the first `pairs` speak in both sets.
    fn drawn(seed: u64, pairs: usize, n: [usize; 2], spread: [f64; 2], shift: f64) -> Vec<ValuePair> {
        let mut draw = Rng::new(seed);
        let mut stories = Vec::new();
        for at in 0..n[0].max(n[1]) {
            let own = 0.2 * draw.normal();
            let mut say = |set: usize| {
                (at < n[set]).then(|| own + spread[set] * draw.normal() + if set == 1 { shift } else { 0.0 })
            };
            let (a, b) = (say(0), say(1));
            if at < pairs {
                stories.push((a, b));
            } else {
                stories.extend([(a, None), (None, b)].into_iter().filter(|pair| *pair != (None, None)));
            }
        }
        stories
    }

    #[test]
    fn chance_alone_is_called_clear_in_one_run_of_twenty() {
        let runs = 1000;
        for (pairs, n, spread) in
            [(0, [12, 12], [0.3, 0.3]), (0, [40, 10], [0.2, 0.4]), (8, [15, 12], [0.3, 0.3])]
        {
            let found: Vec<MeanDifference> =
                (0..runs).filter_map(|run| difference(&drawn(run, pairs, n, spread, 0.0))).collect();
            let clear = found.iter().filter(|d| d.p < 0.05).count();
            let held = found.iter().filter(|d| d.low <= 0.0 && 0.0 <= d.high).count();
            assert!((25..=60).contains(&clear), "{clear} of {runs} at {n:?}");
            assert!((930..=985).contains(&held), "{held} of {runs} held at {n:?}");
        }
    }

    #[test]
    fn intervals_of_few_stories_know_that_one_alone_shows_no_spread() {
        for (pairs, n) in [(2, [3, 3]), (1, [2, 2]), (1, [4, 2]), (5, [6, 6]), (0, [3, 3])] {
            let found = (0..1000).filter_map(|run| difference(&drawn(run, pairs, n, [0.3, 0.3], 0.0)));
            let held = found.filter(|d| d.low <= 0.0 && 0.0 <= d.high).count();
            assert!(held >= 930, "{held} of 1000 held with {pairs} pairs of {n:?}");
        }
    }

    #[test]
    fn a_difference_of_the_detectable_size_is_clear_in_four_of_five_runs() {
        let runs = 300;
        let n = [25, 25];
        let spread: [f64; 2] = [0.25, 0.25];
        let error = (2.0 * (0.04 + spread[0].powi(2)) / 25.0_f64).sqrt();
        let shift = (Z + Z_POWER) * error;
        let found: Vec<MeanDifference> =
            (0..runs).filter_map(|run| difference(&drawn(run, 0, n, spread, shift))).collect();
        let clear = found.iter().filter(|d| d.p < 0.05).count();
        assert!((222..=264).contains(&clear), "{clear} of {runs}");
        let detectable = found.iter().map(|d| d.detectable).sum::<f64>() / runs as f64;
        assert!((detectable / shift - 1.0).abs() < 0.05);
    }

    #[test]
    fn effect_sizes_are_those_of_the_textbook() {
        let stories: Vec<ValuePair> = [1.0, 2.0, 3.0, 4.0]
            .iter()
            .map(|v| (Some(v / 10.0), None))
            .chain([3.0, 4.0, 5.0, 6.0].iter().map(|v| (None, Some(v / 10.0))))
            .collect();
        let found = difference(&stories).expect("two sets");
        // d = 0.2 / 0.1291 = 1.5492; J = 1 - 3 / 23
        assert!((found.hedges_g.expect("a spread") - 1.347_13).abs() < 1e-4);
        assert!((found.cliffs_delta - 0.75).abs() < 1e-12);
        assert!(difference(&stories[..5]).is_none());
    }

    #[test]
    fn quantiles_and_tails() {
        for (free, wanted) in [(3.0, 3.182), (5.0, 2.571), (10.0, 2.228), (30.0, 2.042)] {
            assert!((student(free) - wanted).abs() < 0.03, "{free}: {}", student(free));
        }
        for (far, wanted) in [(0.0, 1.0), (1.0, 0.317_31), (1.959_964, 0.05), (3.0, 0.002_7)] {
            assert!((two_sided(far) - wanted).abs() < 1e-5);
        }
    }
}
