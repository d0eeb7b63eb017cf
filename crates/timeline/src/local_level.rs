//! The level that underlies noisy observations: a local-level model (Kalman filter and smoother) and an exponentially
//! weighted moving average, both for irregular dates.
//!
//! The model: y(t) = level(t) + e(t), where e(t) has variance noise / votes(t), and the level is a random walk with
//! variance `drift` a day. The initial state is diffuse (the first observation sets the level). Both variances are
//! fitted by maximum likelihood, or by maximum posterior density if a [`VariancePrior`] is given; the noise in closed
//! form. A series can have several segments, each with its own initial state and all with the same variances: the level
//! starts afresh at each turning point. See Durbin & Koopman (2012), *Time Series Analysis by State Space Methods*,
//! chapter 2.

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

/// What is known of the variances before the series is seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct VariancePrior {
    /// Expected noise (scaled inverse chi-squared distribution).
    pub(crate) noise: f64,
    /// Weight of the expected noise, in observations.
    pub(crate) observations: f64,
    /// Mean and standard deviation of ln(drift / noise) (normal distribution).
    pub(crate) log_ratio: (f64, f64),
}

/// The estimated level of one period.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct LevelEstimate {
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
    /// The variances that fit all `segments` best: of maximum posterior density with a `prior`, else of maximum
    /// likelihood. `None` without a prior and with fewer than three values.
    pub(crate) fn fit(segments: &[&[Observation]], prior: Option<&VariancePrior>) -> Option<Self> {
        let values = segments.iter().flat_map(|segment| segment.iter()).filter(|o| o.value.is_some()).count();
        if prior.is_none() && values < MIN_VALUES {
            return None;
        }
        let likelihood = |log_ratio: f64| log_density(segments, log_ratio, prior);
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

    /// The level of each period given the observations up to it (Kalman filter); `None` before the first value.
    pub(crate) fn filter(&self, observations: &[Observation]) -> Vec<Option<LevelEstimate>> {
        let first = observations.iter().position(|o| o.value.is_some()).unwrap_or(observations.len());
        let known =
            self.steps(observations, first).into_iter().map(|(_, state)| Some(LevelEstimate::of(state)));
        std::iter::repeat_n(None, first).chain(known).collect()
    }

    /// Predicted and filtered state of each period from the `first` with a value.
    fn steps(&self, observations: &[Observation], first: usize) -> Vec<(State, State)> {
        let mut steps: Vec<(State, State)> = Vec::with_capacity(observations.len());
        let mut previous_day = 0.0;
        for observation in observations.get(first..).unwrap_or_default() {
            let step = match (steps.last(), observation.value) {
                (None, None) => continue,
                (None, Some(value)) => {
                    let state = (value, self.noise / observation.votes.max(MIN_VOTES));
                    (state, state)
                }
                (Some((_, state)), _) => {
                    let predicted = (state.0, state.1 + self.drift * (observation.day - previous_day));
                    let update = updated(predicted, observation, self.noise);
                    (predicted, update.map_or(predicted, |update| update.state))
                }
            };
            previous_day = observation.day;
            steps.push(step);
        }
        steps
    }

    /// The level of each period given all observations (fixed-interval smoothing); `None` if there is no value.
    pub(crate) fn smooth(&self, observations: &[Observation]) -> Option<Vec<LevelEstimate>> {
        let first = observations.iter().position(|o| o.value.is_some())?;
        let steps = self.steps(observations, first);
        // backward pass (Rauch, Tung & Striebel 1965)
        let mut levels = vec![LevelEstimate { mean: 0.0, standard_error: 0.0 }; observations.len()];
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
            levels[first + at] = LevelEstimate::of(smoothed);
            later = Some((steps[at].0, smoothed));
        }
        // before the first value: the first level, with an error that grows towards the past
        let known = levels[first];
        for at in 0..first {
            let days = (observations[first].day - observations[at].day).max(0.0);
            let variance = known.standard_error.powi(2) + self.drift * days;
            levels[at] = LevelEstimate { mean: known.mean, standard_error: variance.sqrt() };
        }
        Some(levels)
    }
}

impl LevelEstimate {
    fn of(state: State) -> Self {
        Self { mean: state.0, standard_error: state.1.max(0.0).sqrt() }
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

/// The log-likelihood of ln(drift / noise) = `log_ratio`, up to a constant and with the density of the `prior`, and the
/// noise that maximises it.
fn log_density(segments: &[&[Observation]], log_ratio: f64, prior: Option<&VariancePrior>) -> (f64, f64) {
    let ratio = log_ratio.exp();
    let (mut squares, mut logs, mut count) = (0.0, 0.0, 0.0);
    for segment in segments {
        let mut state: Option<State> = None;
        let mut day = 0.0;
        for observation in *segment {
            let predicted = state.map(|(mean, variance)| (mean, variance + ratio * (observation.day - day)));
            day = observation.day;
            state = match (predicted, observation.value) {
                (None, None) => None,
                (None, Some(value)) => Some((value, 1.0 / observation.votes.max(MIN_VOTES))),
                (Some(predicted), _) => {
                    Some(updated(predicted, observation, 1.0).map_or(predicted, |update| {
                        squares += update.innovation * update.innovation / update.innovation_variance;
                        logs += update.innovation_variance.ln();
                        count += 1.0;
                        update.state
                    }))
                }
            };
        }
    }
    let mut penalty = 0.0;
    if let Some(prior) = prior {
        squares += prior.observations * prior.noise;
        count += prior.observations;
        penalty = 0.5 * ((log_ratio - prior.log_ratio.0) / prior.log_ratio.1).powi(2);
    }
    let noise: f64 = (squares / count).max(1e-12);
    (-0.5 * (count * noise.ln() + logs) - penalty, noise)
}

/// The exponentially weighted moving average at each period: weights are proportional to votes and halve every
/// `half_life` days. `noise` is the variance of one vote. `None` before the first value.
pub(crate) fn exponential_average(
    observations: &[Observation],
    half_life: f64,
    noise: f64,
) -> Vec<Option<LevelEstimate>> {
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
        levels.push((weight > 1e-300).then(|| LevelEstimate {
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
            let fitted = LocalLevel::fit(&[&observations(&reference)], None).expect("values");
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
    fn filter_uses_the_past_and_ends_at_the_smoothed_level() {
        for reference in references() {
            let model = LocalLevel { noise: reference.noise, drift: reference.drift };
            let all = observations(&reference);
            let filtered = model.filter(&all);
            let last = model.smooth(&all).expect("values").pop();
            assert_eq!(filtered.last().copied().flatten(), last);
            let half = all.len() / 2;
            assert_eq!(filtered[..half], model.filter(&all[..half]));
        }
    }

    #[test]
    fn prior_decides_where_there_are_few_values_and_data_where_there_are_many() {
        let prior = VariancePrior { noise: 0.04, observations: 4.0, log_ratio: (-3.0, 1.0) };
        let alone = LocalLevel::fit(&[], Some(&prior)).expect("a prior");
        assert!((alone.noise - 0.04).abs() < 1e-9 && ((alone.drift / alone.noise).ln() + 3.0).abs() < 1e-6);
        for reference in references() {
            let all = observations(&reference);
            let weak = VariancePrior { observations: 1e-6, log_ratio: (0.0, 1e6), ..prior };
            let fitted = LocalLevel::fit(&[&all], Some(&weak)).expect("values");
            assert!((fitted.drift / reference.drift - 1.0).abs() < 0.03, "{fitted:?} {}", reference.drift);
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
        assert_eq!(LocalLevel::fit(&[&points], None), None);
        assert_eq!(LocalLevel { noise: 0.1, drift: 0.1 }.smooth(&points[..1]), None);
    }
}
