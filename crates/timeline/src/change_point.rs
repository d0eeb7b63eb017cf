//! Change points of a level: where the mean of the votes shifts, with p-values.
//!
//! Binary segmentation: in each segment, the boundary between two steps of time where the
//! means before and after differ most, in units of their standard error (the boundary that
//! lowers the squared error most, as least-squares segmentation does). Its p-value is the
//! share of random orders of the segment's votes whose best boundary is at least as good, so
//! it already pays for the choice of the boundary. The question that it answers: does the
//! order of the votes matter at all?
//!
//! Many tests: a segment is looked at only after the split that made it was accepted, its p is
//! multiplied by the number of segments looked at in the same round (Bonferroni), and is never
//! below that of the split that made it. On a series without any change, at most a share of
//! `alpha` gets a change point.

use crate::rng::Rng;

/// How change points are looked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ChangeSettings {
    /// Least votes in a segment, at least 2. Default 5.
    pub least: usize,
    /// Greatest adjusted p-value of a change, 0..1. Default 0.05.
    pub alpha: f64,
    /// Random orders for a p-value. Default 999.
    pub draws: usize,
}

impl Default for ChangeSettings {
    fn default() -> Self {
        Self { least: 5, alpha: 0.05, draws: 999 }
    }
}

/// A shift of the level.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ChangePoint {
    /// The first vote behind the shift.
    pub at: usize,
    /// Mean of the segment before.
    pub before: f64,
    /// Mean of the segment behind.
    pub after: f64,
    /// Adjusted p-value.
    pub p: f64,
}

/// Random orders at least as good as what was seen after which a p-value is settled: it is
/// then far from small (Besag & Clifford 1991).
const SETTLED: usize = 25;
/// Most votes of a segment that are put into random order one by one; beyond, the sums of the
/// steps are drawn from the normal distribution that they then have.
const BY_VOTE: usize = 5000;

/// Votes of one step of time.
#[derive(Clone, Copy, Debug, Default)]
struct Step {
    count: usize,
    sum: f64,
}

/// The changes of `values`, which stand in the order of time; `steps` names the step of time
/// of each, rising. A change lies between two steps. Both slices are of one length.
///
/// ```
/// use detente_timeline::{ChangeSettings, changes};
/// let values: Vec<f64> = (0..40).map(|i| if i < 20 { -0.3 } else { 0.4 } + f64::from(i % 3) * 0.1).collect();
/// let steps: Vec<u32> = (0..40).collect();
/// let found = changes(&values, &steps, &ChangeSettings::default());
/// assert_eq!(found.iter().map(|change| change.at).collect::<Vec<_>>(), [20]);
/// ```
#[must_use]
pub fn changes(values: &[f64], steps: &[u32], settings: &ChangeSettings) -> Vec<ChangePoint> {
    let mut splits: Vec<(usize, f64)> = Vec::new();
    let mut round = vec![(0, values.len().min(steps.len()), 0.0_f64)];
    while !round.is_empty() {
        let looked_at = round.len() as f64;
        let mut next = Vec::new();
        for (from, to, parent) in round {
            let Some((at, p)) = best_split(&values[from..to], &steps[from..to], settings) else {
                continue;
            };
            let p = (p * looked_at).max(parent).min(1.0);
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
    let around = splits.iter().zip(bounds.windows(3));
    around
        .map(|((at, p), bound)| ChangePoint {
            at: *at,
            before: mean(bound[0], *at),
            after: mean(*at, bound[2]),
            p: *p,
        })
        .collect()
}

/// The best boundary of a segment, as an index into it, with its p-value.
fn best_split(values: &[f64], steps: &[u32], settings: &ChangeSettings) -> Option<(usize, f64)> {
    let counts = counts(steps);
    let mean = values.iter().sum::<f64>() / values.len().max(1) as f64;
    let centred: Vec<f64> = values.iter().map(|value| value - mean).collect();
    let variance = centred.iter().map(|c| c * c).sum::<f64>() / centred.len().max(1) as f64;
    let mut sums = vec![Step::default(); counts.len()];
    fill(&mut sums, &counts, &centred);
    let least = settings.least.max(2);
    let (seen, at) = greatest(&sums, least)?;
    if variance < 1e-18 {
        return None;
    }
    let mut draw = Rng::of(values);
    let mut order = centred;
    let (mut reached, mut drawn) = (0, 0);
    while drawn < settings.draws && reached < SETTLED {
        if order.len() <= BY_VOTE {
            draw.shuffle(&mut order);
            fill(&mut sums, &counts, &order);
        } else {
            fill_normal(&mut sums, &counts, variance, &mut draw);
        }
        drawn += 1;
        // sums of the same numbers in another order differ in the last digits
        reached += usize::from(greatest(&sums, least).is_some_and(|(found, _)| found >= seen * (1.0 - 1e-9)));
    }
    let p = if reached >= SETTLED {
        reached as f64 / drawn as f64
    } else {
        (reached + 1) as f64 / (drawn + 1) as f64
    };
    Some((at, p))
}

/// Votes of each step.
fn counts(steps: &[u32]) -> Vec<usize> {
    steps.chunk_by(|a, b| a == b).map(<[u32]>::len).collect()
}

fn fill(sums: &mut [Step], counts: &[usize], values: &[f64]) {
    let mut rest = values;
    for (step, count) in sums.iter_mut().zip(counts) {
        let (here, behind) = rest.split_at(*count);
        *step = Step { count: *count, sum: here.iter().sum() };
        rest = behind;
    }
}

/// Sums of steps as random orders of very many votes have them.
fn fill_normal(sums: &mut [Step], counts: &[usize], variance: f64, draw: &mut Rng) {
    let all: usize = counts.iter().sum();
    let mut total = 0.0;
    for (step, count) in sums.iter_mut().zip(counts) {
        let sum = (variance * *count as f64).sqrt() * draw.normal();
        total += sum;
        *step = Step { count: *count, sum };
    }
    for step in sums {
        step.sum -= total * step.count as f64 / all as f64;
    }
}

/// The greatest squared difference of means times n₁·n₂/n over all boundaries that leave
/// `least` votes on either side, and the number of votes before it.
fn greatest(steps: &[Step], least: usize) -> Option<(f64, usize)> {
    let all: usize = steps.iter().map(|s| s.count).sum();
    let total: f64 = steps.iter().map(|s| s.sum).sum();
    let (mut count, mut sum) = (0_usize, 0.0);
    let mut best: Option<(f64, usize)> = None;
    for step in steps {
        count += step.count;
        sum += step.sum;
        if count < least || all - count < least {
            continue;
        }
        let (n, m) = (count as f64, (all - count) as f64);
        let found = (sum / n - (total - sum) / m).powi(2) * n * m / (n + m);
        if best.is_none_or(|(best, _)| found > best) {
            best = Some((found, count));
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
        least: usize,
        binseg: Vec<usize>,
        pelt: Vec<usize>,
    }

    fn references() -> Vec<Reference> {
        serde_json::from_str(include_str!("../tests/fixtures/timeline/change.json")).expect("a fixture")
    }

    fn each_its_step(length: usize) -> Vec<u32> {
        (0..length as u32).collect()
    }

    #[test]
    fn changes_are_those_of_ruptures() {
        for reference in references() {
            let settings = ChangeSettings { least: reference.least, ..ChangeSettings::default() };
            let found = changes(&reference.values, &each_its_step(reference.values.len()), &settings);
            let at: Vec<usize> = found.iter().map(|change| change.at).collect();
            assert_eq!(at, reference.binseg);
            // another search finds as many, and near: a few votes at a boundary are anybody's
            assert_eq!(at.len(), reference.pelt.len());
            assert!(at.iter().zip(&reference.pelt).all(|(a, b)| a.abs_diff(*b) <= 6), "{at:?}");
        }
    }

    #[test]
    fn without_a_change_at_most_one_run_in_twenty_finds_one() {
        let runs = 2000;
        let settings = ChangeSettings::default();
        for (votes, per_step) in [(24, 1), (60, 4)] {
            let found = (0..runs)
                .filter(|run| {
                    let mut draw = Rng::new(1_000_000 + *run);
                    // skewed, as outlooks are
                    let values: Vec<f64> = (0..votes).map(|_| draw.unit().powi(2)).collect();
                    let steps: Vec<u32> = (0..votes).map(|at| at / per_step).collect();
                    !changes(&values, &steps, &settings).is_empty()
                })
                .count();
            assert!(found * 100 <= 6 * runs as usize, "{found} of {runs} with {votes} votes");
            assert!(found * 100 >= 4 * runs as usize, "{found} of {runs}: too shy with {votes} votes");
        }
    }

    #[test]
    fn very_many_votes_are_judged_alike() {
        let runs = 200;
        let settings = ChangeSettings { draws: 199, ..ChangeSettings::default() };
        let steps: Vec<u32> = (0..6000).map(|at| at / 100).collect();
        let values = |seed: u64, shift: f64| -> Vec<f64> {
            let mut draw = Rng::new(seed);
            (0..6000).map(|at| draw.unit() + if at < 2000 { 0.0 } else { shift }).collect()
        };
        let found = |shift: f64| {
            (0..runs).filter(|run| !changes(&values(*run, shift), &steps, &settings).is_empty()).count()
        };
        let (none, shift) = (found(0.0), found(0.05));
        assert!((2..=20).contains(&none), "{none} of {runs}");
        assert!(shift >= 190, "{shift} of {runs}");
    }

    #[test]
    fn a_shift_of_one_standard_deviation_in_sixty_votes_is_found() {
        // the stated rate: at least 4 of 5, and within five votes of its place in most
        let runs = 200;
        let (mut found, mut near) = (0, 0);
        for run in 0..runs {
            let mut draw = Rng::new(1000 + run);
            let values: Vec<f64> =
                (0..60).map(|at| 0.25 * draw.normal() + if at < 30 { 0.0 } else { 0.25 }).collect();
            let changes = changes(&values, &each_its_step(60), &ChangeSettings::default());
            found += usize::from(!changes.is_empty());
            near += usize::from(changes.iter().any(|change| change.at.abs_diff(30) <= 5));
        }
        assert!(found >= 160, "{found} of {runs}");
        assert!(near * 3 >= found * 2, "{near} of {found}");
    }

    #[test]
    fn votes_of_one_step_are_never_parted() {
        let values: Vec<f64> = (0..30).map(|at| if at < 13 { 0.0 } else { 1.0 }).collect();
        let steps: Vec<u32> = (0..30).map(|at| at / 10).collect();
        assert!(changes(&values, &steps, &ChangeSettings::default()).iter().all(|c| c.at % 10 == 0));
        assert!(changes(&[], &[], &ChangeSettings::default()).is_empty());
        assert!(changes(&[0.5; 40], &each_its_step(40), &ChangeSettings::default()).is_empty());
    }
}
