//! Change points: the times at which the mean of the votes shifts, with p-values.
//!
//! Method: binary segmentation. In each segment, the candidate is the boundary between two periods that reduces the
//! squared error most. Its p-value is the share of random permutations of the segment's votes whose best boundary
//! reduces the squared error at least as much; the choice of the best boundary is thus part of the test. The null
//! hypothesis is that the order of the votes has no effect.
//!
//! Multiple testing: a segment is examined only if the split that created it was significant. Its p-value is multiplied
//! by the number of segments examined in the same round (Bonferroni), and is at least that of the split that created
//! it. On a series without change, the probability of finding any change point is at most `alpha`.

use detente::internals::SplitMix64;

/// Settings of [`change_points`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ChangeSettings {
    /// Fewest votes of a segment, at least 2. Default 5.
    pub min_segment: usize,
    /// Largest adjusted p-value of a change point, 0..1. Default 0.05.
    pub alpha: f64,
    /// Permutations for each p-value. Default 999.
    pub permutations: usize,
}

impl Default for ChangeSettings {
    fn default() -> Self {
        Self { min_segment: 5, alpha: 0.05, permutations: 999 }
    }
}

/// A shift of the mean.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct ChangePoint {
    /// Index of the first vote after the shift.
    pub at: usize,
    /// Mean of the segment before the shift.
    pub before: f64,
    /// Mean of the segment after the shift.
    pub after: f64,
    /// Adjusted p-value.
    pub p_value: f64,
}

/// Number of permutations at least as extreme as the data after which sampling stops: the p-value is then certainly not
/// small (sequential Monte Carlo test, Besag & Clifford 1991).
const ENOUGH_EXTREME: usize = 25;
/// Most votes of a segment that are permuted one by one. Beyond, the sums of the periods are drawn from their limiting
/// normal distribution.
const MAX_PERMUTED: usize = 5000;
/// Relative tolerance for equality of sums that were added in different orders.
const TOLERANCE: f64 = 1e-9;

/// The votes of one period.
#[derive(Clone, Copy, Debug, Default)]
struct PeriodSum {
    count: usize,
    sum: f64,
}

/// The change points of `values`, which are in chronological order. `periods` has the number of each value's period,
/// in increasing order; a change point is always at a boundary of periods. Both slices have the same length.
///
/// ```
/// use detente_timeline::{ChangeSettings, change_points};
/// let values: Vec<f64> = (0..40).map(|i| if i < 20 { -0.3 } else { 0.4 } + f64::from(i % 3) * 0.1).collect();
/// let periods: Vec<u32> = (0..40).collect();
/// let changes = change_points(&values, &periods, &ChangeSettings::default());
/// assert_eq!(changes.iter().map(|change| change.at).collect::<Vec<_>>(), [20]);
/// ```
#[must_use]
pub fn change_points(values: &[f64], periods: &[u32], settings: &ChangeSettings) -> Vec<ChangePoint> {
    let mut splits: Vec<(usize, f64)> = Vec::new();
    let mut round = vec![(0, values.len().min(periods.len()), 0.0_f64)];
    while !round.is_empty() {
        let examined = round.len() as f64;
        let mut next = Vec::new();
        for (from, to, parent_p) in round {
            let Some((at, p)) = best_split(&values[from..to], &periods[from..to], settings) else {
                continue;
            };
            // Bonferroni; and never more significant than the split that made the segment
            let p = (p * examined).max(parent_p).min(1.0);
            if p <= settings.alpha {
                splits.push((from + at, p));
                next.extend([(from, from + at, p), (from + at, to, p)]);
            }
        }
        round = next;
    }
    splits.sort_by_key(|split| split.0);
    let mean = |from: usize, to: usize| values[from..to].iter().sum::<f64>() / (to - from) as f64;
    let bounds: Vec<usize> =
        std::iter::once(0).chain(splits.iter().map(|s| s.0)).chain([values.len()]).collect();
    let with_segment = splits.iter().zip(bounds.windows(3));
    with_segment
        .map(|((at, p_value), bounds)| ChangePoint {
            at: *at,
            before: mean(bounds[0], *at),
            after: mean(*at, bounds[2]),
            p_value: *p_value,
        })
        .collect()
}

/// The best boundary of a segment, as an index into it, with its p-value.
fn best_split(values: &[f64], periods: &[u32], settings: &ChangeSettings) -> Option<(usize, f64)> {
    let counts: Vec<usize> = periods.chunk_by(|a, b| a == b).map(<[u32]>::len).collect();
    let mean = values.iter().sum::<f64>() / values.len().max(1) as f64;
    let centred: Vec<f64> = values.iter().map(|value| value - mean).collect();
    let variance = centred.iter().map(|c| c * c).sum::<f64>() / centred.len().max(1) as f64;
    let mut sums = vec![PeriodSum::default(); counts.len()];
    sum_periods(&mut sums, &counts, &centred);
    let min_segment = settings.min_segment.max(2);
    let (observed, at) = largest_reduction(&sums, min_segment)?;
    // all values equal
    if variance < 1e-18 {
        return None;
    }
    // seeded by the data: the same series has the same p-values on every run
    let mut random = SplitMix64::from_values(values);
    let mut permuted = centred;
    let (mut extreme, mut drawn) = (0, 0);
    while drawn < settings.permutations && extreme < ENOUGH_EXTREME {
        if permuted.len() <= MAX_PERMUTED {
            random.shuffle(&mut permuted);
            sum_periods(&mut sums, &counts, &permuted);
        } else {
            draw_normal_sums(&mut sums, &counts, variance, &mut random);
        }
        drawn += 1;
        let reduction = largest_reduction(&sums, min_segment);
        extreme += usize::from(reduction.is_some_and(|(found, _)| found >= observed * (1.0 - TOLERANCE)));
    }
    // the data themselves count as one permutation, so p is never 0
    let p = if extreme >= ENOUGH_EXTREME {
        extreme as f64 / drawn as f64
    } else {
        (extreme + 1) as f64 / (drawn + 1) as f64
    };
    Some((at, p))
}

fn sum_periods(sums: &mut [PeriodSum], counts: &[usize], values: &[f64]) {
    let mut rest = values;
    for (period, count) in sums.iter_mut().zip(counts) {
        let (own, later) = rest.split_at(*count);
        *period = PeriodSum { count: *count, sum: own.iter().sum() };
        rest = later;
    }
}

/// Draws period sums as a random permutation of very many votes gives them: normal, with a total of 0.
fn draw_normal_sums(sums: &mut [PeriodSum], counts: &[usize], variance: f64, random: &mut SplitMix64) {
    let all: usize = counts.iter().sum();
    let mut total = 0.0;
    for (period, count) in sums.iter_mut().zip(counts) {
        let sum = (variance * *count as f64).sqrt() * random.standard_normal();
        total += sum;
        *period = PeriodSum { count: *count, sum };
    }
    for period in sums {
        period.sum -= total * period.count as f64 / all as f64;
    }
}

/// The largest reduction of the squared error, (difference of means)² · n₁·n₂/n, over all boundaries with at least
/// `min_segment` votes on either side, and the number of votes before that boundary.
fn largest_reduction(periods: &[PeriodSum], min_segment: usize) -> Option<(f64, usize)> {
    let all: usize = periods.iter().map(|s| s.count).sum();
    let total: f64 = periods.iter().map(|s| s.sum).sum();
    let (mut count, mut sum) = (0_usize, 0.0);
    let mut best: Option<(f64, usize)> = None;
    for period in periods {
        count += period.count;
        sum += period.sum;
        if count < min_segment || all - count < min_segment {
            continue;
        }
        let (n, m) = (count as f64, (all - count) as f64);
        let reduction = (sum / n - (total - sum) / m).powi(2) * n * m / (n + m);
        if best.is_none_or(|(best, _)| reduction > best) {
            best = Some((reduction, count));
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(serde::Deserialize)]
    struct Reference {
        values: Vec<f64>,
        #[serde(rename = "least")]
        min_segment: usize,
        binseg: Vec<usize>,
        pelt: Vec<usize>,
    }

    fn references() -> Vec<Reference> {
        serde_json::from_str(include_str!("../tests/fixtures/timeline/change.json")).expect("a fixture")
    }

    fn one_period_each(length: usize) -> Vec<u32> {
        (0..length as u32).collect()
    }

    #[test]
    fn change_points_match_ruptures() {
        for reference in references() {
            let settings = ChangeSettings { min_segment: reference.min_segment, ..ChangeSettings::default() };
            let found = change_points(&reference.values, &one_period_each(reference.values.len()), &settings);
            let at: Vec<usize> = found.iter().map(|change| change.at).collect();
            assert_eq!(at, reference.binseg);
            // an exact search (PELT) finds as many, at most a few votes away
            assert_eq!(at.len(), reference.pelt.len());
            assert!(at.iter().zip(&reference.pelt).all(|(a, b)| a.abs_diff(*b) <= 6), "{at:?}");
        }
    }

    #[test]
    fn false_positive_rate_without_a_change_is_at_most_alpha() {
        let runs = 2000;
        let settings = ChangeSettings::default();
        for (votes, per_period) in [(24, 1), (60, 4)] {
            let found = (0..runs)
                .filter(|run| {
                    let mut random = SplitMix64::from_seed(1_000_000 + *run);
                    // skewed, as outlooks are
                    let values: Vec<f64> = (0..votes).map(|_| random.uniform().powi(2)).collect();
                    let periods: Vec<u32> = (0..votes).map(|at| at / per_period).collect();
                    !change_points(&values, &periods, &settings).is_empty()
                })
                .count();
            assert!(found * 100 <= 6 * runs as usize, "{found} of {runs} with {votes} votes");
            assert!(found * 100 >= 4 * runs as usize, "{found} of {runs}: too few with {votes} votes");
        }
    }

    #[test]
    fn normal_approximation_for_many_votes_has_the_same_error_rates() {
        let runs = 200;
        let settings = ChangeSettings { permutations: 199, ..ChangeSettings::default() };
        let periods: Vec<u32> = (0..6000).map(|at| at / 100).collect();
        let values = |seed: u64, shift: f64| -> Vec<f64> {
            let mut random = SplitMix64::from_seed(seed);
            (0..6000).map(|at| random.uniform() + if at < 2000 { 0.0 } else { shift }).collect()
        };
        let found = |shift: f64| {
            (0..runs)
                .filter(|run| !change_points(&values(*run, shift), &periods, &settings).is_empty())
                .count()
        };
        let (none, shift) = (found(0.0), found(0.05));
        assert!((2..=20).contains(&none), "{none} of {runs}");
        assert!(shift >= 190, "{shift} of {runs}");
    }

    #[test]
    fn shift_of_one_standard_deviation_in_sixty_votes_is_found() {
        // documented power: at least 4 of 5, in most cases within five votes
        let runs = 200;
        let (mut found, mut near) = (0, 0);
        for run in 0..runs {
            let mut random = SplitMix64::from_seed(1000 + run);
            let values: Vec<f64> = (0..60)
                .map(|at| 0.25 * random.standard_normal() + if at < 30 { 0.0 } else { 0.25 })
                .collect();
            let changes = change_points(&values, &one_period_each(60), &ChangeSettings::default());
            found += usize::from(!changes.is_empty());
            near += usize::from(changes.iter().any(|change| change.at.abs_diff(30) <= 5));
        }
        assert!(found >= 160, "{found} of {runs}");
        assert!(near * 3 >= found * 2, "{near} of {found}");
    }

    #[test]
    fn votes_of_one_period_are_never_split() {
        let values: Vec<f64> = (0..30).map(|at| if at < 13 { 0.0 } else { 1.0 }).collect();
        let periods: Vec<u32> = (0..30).map(|at| at / 10).collect();
        let settings = ChangeSettings::default();
        assert!(change_points(&values, &periods, &settings).iter().all(|c| c.at % 10 == 0));
        assert!(change_points(&[], &[], &settings).is_empty());
        assert!(change_points(&[0.5; 40], &one_period_each(40), &settings).is_empty());
    }
}
