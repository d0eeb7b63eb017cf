//! The level behind noisy points: a local-level model (Kalman filter and smoother) and an
//! exponentially weighted mean, both for uneven dates.
//!
//! The model: y(t) = level(t) + e(t) with variance noise / votes(t), and the level takes a
//! random walk with variance `drift` a day. The start is diffuse (the first point sets the
//! level), and both variances are fitted by maximum likelihood, the noise in closed form. See
//! Durbin & Koopman (2012), *Time Series Analysis by State Space Methods*, chapter 2.

/// A point of time with what was seen there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Observation {
    /// Days since some fixed day, rising.
    pub day: f64,
    /// What was seen; `None` where nothing was.
    pub value: Option<f64>,
    /// How many votes stand behind the value; the noise is divided by it.
    pub votes: f64,
}

/// A level and its standard error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SmoothedLevel {
    /// The level.
    pub mean: f64,
    /// Its standard error.
    pub error: f64,
}

/// The variances of a local-level model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LocalLevel {
    /// Variance of one vote around the level.
    pub noise: f64,
    /// Variance that a day adds to the level.
    pub drift: f64,
}

/// Least noise: a spread of 0.02 on the scale of scores, about what rounding and model leave.
const LEAST_NOISE: f64 = 0.000_4;
/// Limits of the search for ln(drift / noise) a day.
const RATIO: (f64, f64) = (-16.0, 3.0);

impl LocalLevel {
    /// The most likely variances for `seen`; `None` with fewer than three values.
    #[must_use]
    pub fn fit(seen: &[Observation]) -> Option<Self> {
        if seen.iter().filter(|s| s.value.is_some()).count() < 3 {
            return None;
        }
        let score = |ratio: f64| likelihood(seen, ratio.exp());
        // a coarse grid, then a golden section around its best
        let steps = 38;
        let step = (RATIO.1 - RATIO.0) / f64::from(steps);
        let grid = |at: i32| RATIO.0 + step * f64::from(at);
        let best = (0..=steps).max_by(|a, b| score(grid(*a)).0.total_cmp(&score(grid(*b)).0))?;
        let (mut low, mut high) = (grid(best) - step, grid(best) + step);
        let golden = 0.618_033_988_749_895;
        for _ in 0..40 {
            let (left, right) = (high - golden * (high - low), low + golden * (high - low));
            if score(left).0 < score(right).0 {
                low = left;
            } else {
                high = right;
            }
        }
        let ratio = f64::midpoint(low, high);
        let noise = score(ratio).1.max(LEAST_NOISE);
        Some(Self { noise, drift: noise * ratio.exp() })
    }

    /// The level at every point, given all points; `None` where nothing was seen at all.
    #[must_use]
    pub fn smooth(&self, seen: &[Observation]) -> Option<Vec<SmoothedLevel>> {
        let first = seen.iter().position(|s| s.value.is_some())?;
        // forward: (predicted mean, variance), (filtered mean, variance)
        let mut steps = Vec::with_capacity(seen.len());
        let start = seen.get(first)?;
        let mut state = (start.value?, self.noise / start.votes.max(1e-9));
        steps.push((state, state));
        for pair in seen.get(first..)?.windows(2) {
            let [before, now] = pair else { continue };
            let predicted = (state.0, state.1 + self.drift * (now.day - before.day));
            state = update(predicted, now, self.noise).map_or(predicted, |(state, _, _)| state);
            steps.push((predicted, state));
        }
        // backward (Rauch, Tung & Striebel 1965)
        let mut levels = vec![SmoothedLevel { mean: 0.0, error: 0.0 }; seen.len()];
        let mut later: Option<((f64, f64), (f64, f64))> = None;
        for at in (0..steps.len()).rev() {
            let filtered = steps[at].1;
            let smoothed = later.map_or(filtered, |(predicted, smoothed)| {
                let gain = if predicted.1 > 0.0 { filtered.1 / predicted.1 } else { 0.0 };
                (
                    filtered.0 + gain * (smoothed.0 - predicted.0),
                    filtered.1 + gain * gain * (smoothed.1 - predicted.1),
                )
            });
            levels[first + at] = SmoothedLevel { mean: smoothed.0, error: smoothed.1.max(0.0).sqrt() };
            later = Some((steps[at].0, smoothed));
        }
        // before anything was seen, the level is that of the first point, ever less surely
        let known = levels[first];
        for at in 0..first {
            let gap = (start.day - seen[at].day).max(0.0);
            levels[at] =
                SmoothedLevel { mean: known.mean, error: (known.error.powi(2) + self.drift * gap).sqrt() };
        }
        Some(levels)
    }
}

/// The state after seeing `now`, with the surprise and its variance.
fn update(predicted: (f64, f64), now: &Observation, noise: f64) -> Option<((f64, f64), f64, f64)> {
    let value = now.value?;
    let surprise = value - predicted.0;
    let variance = predicted.1 + noise / now.votes.max(1e-9);
    let gain = predicted.1 / variance;
    Some(((predicted.0 + gain * surprise, predicted.1 * (1.0 - gain)), surprise, variance))
}

/// The log-likelihood at drift = `ratio` · noise up to a constant, and the best noise.
fn likelihood(seen: &[Observation], ratio: f64) -> (f64, f64) {
    let mut state: Option<(f64, f64)> = None;
    let mut day = 0.0;
    let (mut squares, mut logs, mut count) = (0.0, 0.0, 0.0);
    for now in seen {
        let predicted = state.map(|(mean, variance)| (mean, variance + ratio * (now.day - day)));
        day = now.day;
        state = match (predicted, now.value) {
            (None, None) => None,
            (None, Some(value)) => Some((value, 1.0 / now.votes.max(1e-9))),
            (Some(predicted), _) => {
                Some(update(predicted, now, 1.0).map_or(predicted, |(state, surprise, variance)| {
                    squares += surprise * surprise / variance;
                    logs += variance.ln();
                    count += 1.0;
                    state
                }))
            }
        };
    }
    let noise: f64 = (squares / count).max(1e-12);
    (-0.5 * (count * noise.ln() + logs), noise)
}

/// The mean of all values up to each point, weighted by votes and halved in weight every
/// `half_life` days; `noise` is the variance of one vote. `None` until something was seen.
#[must_use]
pub fn ewma(seen: &[Observation], half_life: f64, noise: f64) -> Vec<Option<SmoothedLevel>> {
    let (mut sum, mut weight, mut squares) = (0.0, 0.0, 0.0);
    let mut day = seen.first().map_or(0.0, |s| s.day);
    let mut levels = Vec::with_capacity(seen.len());
    for now in seen {
        let fade = 0.5_f64.powf((now.day - day) / half_life);
        day = now.day;
        sum *= fade;
        weight *= fade;
        squares *= fade * fade;
        if let Some(value) = now.value {
            sum += value * now.votes;
            weight += now.votes;
            squares += now.votes;
        }
        // squares / weight² is 1 over the votes that count; it grows no further in silence
        levels.push(
            (weight > 1e-300)
                .then(|| SmoothedLevel { mean: sum / weight, error: (noise * squares).sqrt() / weight }),
        );
    }
    levels
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(serde::Deserialize)]
    struct Reference {
        days: Vec<f64>,
        values: Vec<f64>,
        noise: f64,
        drift: f64,
        level: Vec<f64>,
        error: Vec<f64>,
        half_life: f64,
        ewma: Vec<f64>,
    }

    fn references() -> Vec<Reference> {
        serde_json::from_str(include_str!("../tests/fixtures/timeline/smooth.json")).expect("a fixture")
    }

    fn seen(reference: &Reference) -> Vec<Observation> {
        let pairs = reference.days.iter().zip(&reference.values);
        pairs.map(|(day, value)| Observation { day: *day, value: Some(*value), votes: 1.0 }).collect()
    }

    #[test]
    fn level_and_band_are_those_of_statsmodels() {
        for reference in references() {
            let model = LocalLevel { noise: reference.noise, drift: reference.drift };
            let levels = model.smooth(&seen(&reference)).expect("values");
            for ((level, mean), error) in levels.iter().zip(&reference.level).zip(&reference.error) {
                assert!((level.mean - mean).abs() < 1e-5, "{level:?} {mean}");
                assert!((level.error - error).abs() < 1e-5, "{level:?} {error}");
            }
        }
    }

    #[test]
    fn the_most_likely_variances_are_those_of_statsmodels() {
        for reference in references() {
            let fitted = LocalLevel::fit(&seen(&reference)).expect("values");
            assert!((fitted.noise / reference.noise - 1.0).abs() < 0.02, "{fitted:?} {}", reference.noise);
            assert!((fitted.drift / reference.drift - 1.0).abs() < 0.03, "{fitted:?} {}", reference.drift);
        }
    }

    #[test]
    fn the_weighted_mean_is_that_of_pandas() {
        for reference in references() {
            let levels = ewma(&seen(&reference), reference.half_life, 0.1);
            for (level, wanted) in levels.iter().zip(&reference.ewma) {
                assert!((level.expect("seen").mean - wanted).abs() < 1e-9);
            }
        }
    }

    #[test]
    fn silence_widens_the_band_and_keeps_the_level() {
        let at = |day: f64, value: Option<f64>| Observation { day, value, votes: 1.0 };
        let points = [at(0.0, None), at(7.0, Some(0.4)), at(14.0, Some(0.5)), at(21.0, None), at(70.0, None)];
        let levels = LocalLevel { noise: 0.01, drift: 0.001 }.smooth(&points).expect("values");
        assert!(levels[4].error > levels[3].error && levels[3].error > levels[2].error);
        assert!(levels[0].error > levels[1].error);
        assert_eq!(levels[4].mean, levels[2].mean);
        assert_eq!(LocalLevel::fit(&points), None);
        assert_eq!(LocalLevel { noise: 0.1, drift: 0.1 }.smooth(&points[..1]), None);
    }
}
