//! The level that underlies noisy observations: a local-level model (Kalman filter and smoother) and an exponentially
//! weighted moving average, both for irregular dates.
//!
//! The model: y(t) = level(t) + e(t), where e(t) has variance noise / votes(t), and the level is a random walk with
//! variance `drift` a day. The initial state is diffuse (the first observation sets the level). Both variances are
//! fitted by maximum likelihood, the noise in closed form. See Durbin & Koopman (2012), *Time Series Analysis by State
//! Space Methods*, chapter 2.

/// The variances of a local-level model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct LocalLevel {
    /// Variance of one vote around the level.
    pub(crate) noise: f64,
    /// Variance of the level's change in one day.
    pub(crate) drift: f64,
}

/// The observation of one period.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Observation {
    /// Days since a fixed day; increasing.
    pub(crate) day: f64,
    /// The mean of the votes; `None` for a period without votes.
    pub(crate) value: Option<f64>,
    /// Number of votes; the noise is divided by it.
    pub(crate) votes: f64,
}

/// The estimated level of one period.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct SmoothedLevel {
    pub(crate) mean: f64,
    pub(crate) standard_error: f64,
}

/// Mean and variance of the level in the Kalman filter.
type State = (f64, f64);

/// Smallest noise: a standard deviation of 0.02, about the error of rounding and model.
const MIN_NOISE: f64 = 0.000_4;
/// Range of the search for ln(drift / noise).
const LOG_RATIO_RANGE: (f64, f64) = (-16.0, 3.0);
/// Intervals of the coarse grid over that range, each half a unit.
const GRID_STEPS: i32 = 38;
/// Iterations of the golden-section search, each of which reduces the bracket by the factor [`GOLDEN`].
const GOLDEN_STEPS: usize = 40;
const GOLDEN: f64 = 0.618_033_988_749_895;
/// Fewest values that the two variances can be fitted to.
const MIN_VALUES: usize = 3;
/// Lower bound on the number of votes as a divisor.
const MIN_VOTES: f64 = 1e-9;

impl LocalLevel {
    /// The maximum-likelihood variances; `None` with fewer than three values.
    pub(crate) fn fit(observations: &[Observation]) -> Option<Self> {
        if observations.iter().filter(|o| o.value.is_some()).count() < MIN_VALUES {
            return None;
        }
        let likelihood = |log_ratio: f64| log_likelihood(observations, log_ratio.exp());
        // the likelihood can have several maxima: a coarse grid first, then golden-section search around its best point
        let step = (LOG_RATIO_RANGE.1 - LOG_RATIO_RANGE.0) / f64::from(GRID_STEPS);
        let grid = |at: i32| LOG_RATIO_RANGE.0 + step * f64::from(at);
        let best =
            (0..=GRID_STEPS).max_by(|a, b| likelihood(grid(*a)).0.total_cmp(&likelihood(grid(*b)).0))?;
        let (mut low, mut high) = (grid(best) - step, grid(best) + step);
        for _ in 0..GOLDEN_STEPS {
            let (left, right) = (high - GOLDEN * (high - low), low + GOLDEN * (high - low));
            if likelihood(left).0 < likelihood(right).0 {
                low = left;
            } else {
                high = right;
            }
        }
        let log_ratio = f64::midpoint(low, high);
        // equal scores would give no noise, and a band of width 0
        let noise = likelihood(log_ratio).1.max(MIN_NOISE);
        Some(Self { noise, drift: noise * log_ratio.exp() })
    }

    /// The level of each period given all observations (fixed-interval smoothing); `None` if there is no value.
    pub(crate) fn smooth(&self, observations: &[Observation]) -> Option<Vec<SmoothedLevel>> {
        let first = observations.iter().position(|o| o.value.is_some())?;
        // forward pass: predicted and filtered state of each period
        let mut steps: Vec<(State, State)> = Vec::with_capacity(observations.len());
        let start = observations.get(first)?;
        let mut state = (start.value?, self.noise / start.votes.max(MIN_VOTES));
        steps.push((state, state));
        for pair in observations.get(first..)?.windows(2) {
            let [previous, current] = pair else { continue };
            let predicted = (state.0, state.1 + self.drift * (current.day - previous.day));
            state = updated(predicted, current, self.noise).map_or(predicted, |update| update.state);
            steps.push((predicted, state));
        }
        // backward pass (Rauch, Tung & Striebel 1965)
        let mut levels = vec![SmoothedLevel { mean: 0.0, standard_error: 0.0 }; observations.len()];
        let mut later: Option<(State, State)> = None;
        for at in (0..steps.len()).rev() {
            let filtered = steps[at].1;
            let smoothed = later.map_or(filtered, |(predicted, smoothed)| {
                let gain = if predicted.1 > 0.0 { filtered.1 / predicted.1 } else { 0.0 };
                (
                    filtered.0 + gain * (smoothed.0 - predicted.0),
                    filtered.1 + gain * gain * (smoothed.1 - predicted.1),
                )
            });
            levels[first + at] =
                SmoothedLevel { mean: smoothed.0, standard_error: smoothed.1.max(0.0).sqrt() };
            later = Some((steps[at].0, smoothed));
        }
        // before the first value: the first level, with an error that grows towards the past
        let known = levels[first];
        for at in 0..first {
            let days = (start.day - observations[at].day).max(0.0);
            let variance = known.standard_error.powi(2) + self.drift * days;
            levels[at] = SmoothedLevel { mean: known.mean, standard_error: variance.sqrt() };
        }
        Some(levels)
    }
}

/// The result of one Kalman update.
struct Update {
    state: State,
    /// Observed less predicted value.
    innovation: f64,
    innovation_variance: f64,
}

/// The state after `observation`; `None` if it has no value.
fn updated(predicted: State, observation: &Observation, noise: f64) -> Option<Update> {
    let innovation = observation.value? - predicted.0;
    let innovation_variance = predicted.1 + noise / observation.votes.max(MIN_VOTES);
    let gain = predicted.1 / innovation_variance;
    let state = (predicted.0 + gain * innovation, predicted.1 * (1.0 - gain));
    Some(Update { state, innovation, innovation_variance })
}

/// The log-likelihood, up to a constant, of drift = `ratio` · noise, and the noise that maximises it.
fn log_likelihood(observations: &[Observation], ratio: f64) -> (f64, f64) {
    let mut state: Option<State> = None;
    let mut day = 0.0;
    let (mut squares, mut logs, mut count) = (0.0, 0.0, 0.0);
    for observation in observations {
        let predicted = state.map(|(mean, variance)| (mean, variance + ratio * (observation.day - day)));
        day = observation.day;
        state = match (predicted, observation.value) {
            (None, None) => None,
            (None, Some(value)) => Some((value, 1.0 / observation.votes.max(MIN_VOTES))),
            (Some(predicted), _) => Some(updated(predicted, observation, 1.0).map_or(predicted, |update| {
                squares += update.innovation * update.innovation / update.innovation_variance;
                logs += update.innovation_variance.ln();
                count += 1.0;
                update.state
            })),
        };
    }
    let noise: f64 = (squares / count).max(1e-12);
    (-0.5 * (count * noise.ln() + logs), noise)
}

/// The exponentially weighted moving average at each period: weights are proportional to votes and halve every
/// `half_life` days. `noise` is the variance of one vote. `None` before the first value.
pub(crate) fn exponential_average(
    observations: &[Observation],
    half_life: f64,
    noise: f64,
) -> Vec<Option<SmoothedLevel>> {
    let (mut sum, mut weight, mut squares) = (0.0, 0.0, 0.0);
    let mut day = observations.first().map_or(0.0, |observation| observation.day);
    let mut levels = Vec::with_capacity(observations.len());
    for observation in observations {
        let decay = 0.5_f64.powf((observation.day - day) / half_life);
        day = observation.day;
        sum *= decay;
        weight *= decay;
        squares *= decay * decay;
        if let Some(value) = observation.value {
            sum += value * observation.votes;
            weight += observation.votes;
            squares += observation.votes;
        }
        // squares / weight² is 1 / effective sample size; it does not change in periods without votes
        levels.push((weight > 1e-300).then(|| SmoothedLevel {
            mean: sum / weight,
            standard_error: (noise * squares).sqrt() / weight,
        }));
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

    fn observations(reference: &Reference) -> Vec<Observation> {
        let pairs = reference.days.iter().zip(&reference.values);
        pairs.map(|(day, value)| Observation { day: *day, value: Some(*value), votes: 1.0 }).collect()
    }

    #[test]
    fn level_and_standard_error_match_statsmodels() {
        for reference in references() {
            let model = LocalLevel { noise: reference.noise, drift: reference.drift };
            let levels = model.smooth(&observations(&reference)).expect("values");
            for ((level, mean), error) in levels.iter().zip(&reference.level).zip(&reference.error) {
                assert!((level.mean - mean).abs() < 1e-5, "{level:?} {mean}");
                assert!((level.standard_error - error).abs() < 1e-5, "{level:?} {error}");
            }
        }
    }

    #[test]
    fn fitted_variances_match_statsmodels() {
        for reference in references() {
            let fitted = LocalLevel::fit(&observations(&reference)).expect("values");
            assert!((fitted.noise / reference.noise - 1.0).abs() < 0.02, "{fitted:?} {}", reference.noise);
            assert!((fitted.drift / reference.drift - 1.0).abs() < 0.03, "{fitted:?} {}", reference.drift);
        }
    }

    #[test]
    fn exponential_average_matches_pandas() {
        for reference in references() {
            let levels = exponential_average(&observations(&reference), reference.half_life, 0.1);
            for (level, expected) in levels.iter().zip(&reference.ewma) {
                assert!((level.expect("a level").mean - expected).abs() < 1e-9);
            }
        }
    }

    #[test]
    fn without_values_the_level_stays_and_its_error_grows() {
        let at = |day: f64, value: Option<f64>| Observation { day, value, votes: 1.0 };
        let points = [at(0.0, None), at(7.0, Some(0.4)), at(14.0, Some(0.5)), at(21.0, None), at(70.0, None)];
        let levels = LocalLevel { noise: 0.01, drift: 0.001 }.smooth(&points).expect("values");
        let error = |at: usize| levels[at].standard_error;
        assert!(error(4) > error(3) && error(3) > error(2));
        assert!(error(0) > error(1));
        assert_eq!(levels[4].mean, levels[2].mean);
        assert_eq!(LocalLevel::fit(&points), None);
        assert_eq!(LocalLevel { noise: 0.1, drift: 0.1 }.smooth(&points[..1]), None);
    }
}
