//! [`SeriesPoint`]s: for each period the mean of its votes with a confidence band, and the underlying level.

use detente::{Day, Error, Result};
use serde::Serialize;

use crate::local_level::{LevelEstimate, LocalLevel, Observation, VariancePrior, exponential_average};
use crate::series_settings::{GapFill, SeriesSettings, Smoothing};
use crate::story_vote::StoryVote;
use crate::vote_mean::{PRIOR_VOTES, Z, dispersion, negative_share, pooled_variance, weighted_mean};
use detente::internals::four_decimals;

/// One period of a series.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct SeriesPoint {
    /// First day.
    pub start: Day,
    /// Last day.
    pub end: Day,
    /// Number of articles.
    pub articles: usize,
    /// Number of stories, each with one vote.
    pub stories: usize,
    /// Weighted mean of the votes, -1..=1; `None` if there are no votes and the gap is not filled.
    #[serde(serialize_with = "four_decimals::serialize_option")]
    pub score: Option<f64>,
    /// Lower end of the score's band.
    #[serde(serialize_with = "four_decimals::serialize_option")]
    pub low: Option<f64>,
    /// Upper end of the score's band.
    #[serde(serialize_with = "four_decimals::serialize_option")]
    pub high: Option<f64>,
    /// Standard deviation of the votes; `None` with fewer than two.
    #[serde(serialize_with = "four_decimals::serialize_option")]
    pub dispersion: Option<f64>,
    /// Share of the votes below 0.
    #[serde(serialize_with = "four_decimals::serialize_option")]
    pub negative: Option<f64>,
    /// Average of the votes up to this period, with weights that halve every `half_life` days.
    #[serde(serialize_with = "four_decimals::serialize_option")]
    pub decayed: Option<f64>,
    /// Whether the score is carried forward from an earlier period.
    pub filled: bool,
    /// The smoothed level.
    #[serde(serialize_with = "four_decimals::serialize_option")]
    pub level: Option<f64>,
    /// Lower end of the level's band.
    #[serde(serialize_with = "four_decimals::serialize_option")]
    pub level_low: Option<f64>,
    /// Upper end of the level's band.
    #[serde(serialize_with = "four_decimals::serialize_option")]
    pub level_high: Option<f64>,
    /// The filtered level: the level given the votes up to this period, with variances and turning points of the whole
    /// series, or of the series up to this period if the timeline is causal.
    #[serde(serialize_with = "four_decimals::serialize_option")]
    pub filtered: Option<f64>,
    /// Lower end of the filtered level's band.
    #[serde(serialize_with = "four_decimals::serialize_option")]
    pub filtered_low: Option<f64>,
    /// Upper end of the filtered level's band.
    #[serde(serialize_with = "four_decimals::serialize_option")]
    pub filtered_high: Option<f64>,
}

impl SeriesPoint {
    /// A period without votes.
    #[must_use]
    pub fn empty(start: Day, end: Day) -> Self {
        Self {
            start,
            end,
            articles: 0,
            stories: 0,
            score: None,
            low: None,
            high: None,
            dispersion: None,
            negative: None,
            decayed: None,
            filled: false,
            level: None,
            level_low: None,
            level_high: None,
            filtered: None,
            filtered_low: None,
            filtered_high: None,
        }
    }
}

/// Confidence of the bands of scores and levels.
pub(crate) const COVERAGE: f64 = 0.9;
/// Days in which the level of a series too short to fit drifts by the variance of a vote, for
/// [`Smoothing::LocalLevel`].
const DEFAULT_DRIFT_DAYS: f64 = 180.0;
/// Prior of ln(drift / noise): the level drifts by the variance of a vote in twenty days, give or take a factor of e.
/// With it, -0.66 in March and +0.58 in July of nine monthly articles give levels of -0.25 and +0.37; maximum
/// likelihood draws a flat line through them.
const LOG_RATIO_PRIOR: (f64, f64) = (-3.0, 1.0);
/// Smallest daily drift of a score that is carried forward, in variances of a vote: a tenth in a year. The fitted
/// drift of a level that never moved is 0, but uncertainty still grows without news.
const MIN_DRIFT: f64 = 0.1 / 365.0;
/// Most periods of a series: 54 years of days.
const MAX_PERIODS: usize = 20_000;

/// The points of `votes`, which are in chronological order, for all periods from the first to the last, and the
/// fitted model of the level. `shifts` are the first days of the periods that start with a turning point; `until` is the
/// last day if it is after the last vote.
///
/// # Errors
/// If there are more than 20,000 periods.
pub(crate) fn series_points(
    votes: &[StoryVote],
    settings: &SeriesSettings,
    shifts: &[Day],
    until: Option<Day>,
) -> Result<(Vec<SeriesPoint>, LocalLevel)> {
    let period = settings.period;
    let starts = period_starts(votes, settings, until)?;
    let mut rest = votes;
    let groups: Vec<&[StoryVote]> = starts
        .iter()
        .map(|start| {
            let next = period.next_start(*start);
            let (group, later) = rest.split_at(rest.partition_point(|vote| vote.day < next));
            rest = later;
            group
        })
        .collect();
    let variance = pooled_variance(&groups);
    let mut observations = Vec::with_capacity(groups.len());
    let mut points = Vec::with_capacity(groups.len());
    for (start, group) in starts.iter().zip(&groups) {
        let mean = weighted_mean(group, settings.weighting, variance);
        let end = period.next_start(*start).plus_days(-1);
        observations.push(Observation {
            day: f64::midpoint(start.epoch_days() as f64, end.epoch_days() as f64),
            value: mean.map(|mean| mean.score),
            votes: mean.map_or(0.0, |mean| mean.effective_votes),
        });
        points.push(SeriesPoint {
            articles: group.iter().map(|vote| vote.articles).sum(),
            stories: group.len(),
            score: mean.map(|mean| mean.score),
            low: mean.map(|mean| (mean.score - Z * mean.standard_error).max(-1.0)),
            high: mean.map(|mean| (mean.score + Z * mean.standard_error).min(1.0)),
            dispersion: dispersion(group),
            negative: negative_share(group),
            ..SeriesPoint::empty(*start, end)
        });
    }
    let starts_segment =
        |point: &SeriesPoint| settings.smoothing != Smoothing::LocalLevel && shifts.contains(&point.start);
    let lengths: Vec<usize> = points.chunk_by(|_, next| !starts_segment(next)).map(<[_]>::len).collect();
    let mut rest = observations.as_slice();
    let segments: Vec<&[Observation]> =
        lengths.into_iter().filter_map(|length| rest.split_off(..length)).collect();
    let prior = VariancePrior { noise: variance, observations: PRIOR_VOTES, log_ratio: LOG_RATIO_PRIOR };
    let has_prior = settings.smoothing != Smoothing::LocalLevel;
    let default_model = LocalLevel { noise: variance, drift: variance / DEFAULT_DRIFT_DAYS };
    let model = LocalLevel::fit(&segments, has_prior.then_some(&prior)).unwrap_or(default_model);
    set_levels(&mut points, &observations, &segments, &model, settings, variance);
    let decayed = exponential_average(&observations, settings.half_life, variance);
    for (point, decayed) in points.iter_mut().zip(decayed) {
        point.decayed = decayed.map(|average| average.mean);
    }
    if settings.gap_fill == GapFill::Latest {
        carry_forward(&mut points, &observations, model.drift.max(variance * MIN_DRIFT));
    }
    Ok((points, model))
}

/// Sets the smoothed and the filtered level of each point.
fn set_levels(
    points: &mut [SeriesPoint],
    observations: &[Observation],
    segments: &[&[Observation]],
    model: &LocalLevel,
    settings: &SeriesSettings,
    variance: f64,
) {
    let levels: Vec<Option<LevelEstimate>> = match settings.smoothing {
        Smoothing::Level | Smoothing::LocalLevel => {
            segments.iter().flat_map(|s| model.smooth(s).unwrap_or_default()).map(Some).collect()
        }
        Smoothing::Ewma => exponential_average(observations, settings.half_life, variance),
        Smoothing::None => return,
    };
    let filtered = segments.iter().flat_map(|segment| model.filter(segment));
    for ((point, level), filtered) in points.iter_mut().zip(levels).zip(filtered) {
        let ends = |level: LevelEstimate| {
            let half_width = Z * level.standard_error;
            [level.mean, level.mean - half_width, level.mean + half_width].map(|v| Some(v.clamp(-1.0, 1.0)))
        };
        let none = [None; 3];
        [point.level, point.level_low, point.level_high] = level.map_or(none, ends);
        [point.filtered, point.filtered_low, point.filtered_high] = filtered.map_or(none, ends);
    }
}

/// The first day of each period from the first vote to the last.
fn period_starts(votes: &[StoryVote], settings: &SeriesSettings, until: Option<Day>) -> Result<Vec<Day>> {
    let period = settings.period;
    let mut starts = Vec::new();
    if let (Some(first), Some(last)) = (votes.first(), votes.last()) {
        let mut start = period.start(first.day);
        let last = until.map_or(last.day, |until| until.max(last.day));
        while start <= last {
            if starts.len() >= MAX_PERIODS {
                return Err(Error::argument(
                    "period",
                    &format!("longer for {} to {last}, or --since and --until closer", first.day),
                    period.as_str(),
                ));
            }
            starts.push(start);
            let next = period.next_start(start);
            // the calendar ends in year 9999
            if next <= start {
                break;
            }
            start = next;
        }
    }
    Ok(starts)
}

/// Carries each score forward into the periods without votes after it; its variance grows by `drift` a day.
fn carry_forward(points: &mut [SeriesPoint], observations: &[Observation], drift: f64) {
    let mut latest: Option<(f64, f64, f64)> = None;
    for (point, observation) in points.iter_mut().zip(observations) {
        if let (Some(score), Some(low), Some(high)) = (point.score, point.low, point.high) {
            // a band clipped at one end of the scale has its full half-width at the other
            let standard_error = (score - low).max(high - score) / Z;
            latest = Some((score, standard_error, observation.day));
        } else if let Some((score, standard_error, day)) = latest {
            let error = (standard_error * standard_error + drift * (observation.day - day)).sqrt();
            point.score = Some(score);
            point.low = Some((score - Z * error).max(-1.0));
            point.high = Some((score + Z * error).min(1.0));
            point.filled = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use detente::internals::SplitMix64;

    use super::*;
    use crate::period::Period;

    fn vote(offset: i64, score: f64) -> StoryVote {
        let day = Day::new(2020, 1, 6).expect("a Monday").plus_days(offset);
        StoryVote {
            day,
            score,
            half_width: 0.3,
            story: offset as u32,
            articles: 1,
            first_article: 0,
            source: None,
        }
    }

    #[test]
    fn period_without_votes_is_a_gap_or_carries_the_last_score_with_a_wider_band() {
        let votes = [vote(0, 0.4), vote(1, 0.2), vote(30, -0.2), vote(31, -0.3)];
        let settings = SeriesSettings::default();
        let (points, _) = series_points(&votes, &settings, &[], None).expect("points");
        assert_eq!(points.iter().map(|p| p.stories).collect::<Vec<_>>(), [2, 0, 0, 0, 2]);
        assert_eq!(
            points.iter().map(|p| p.negative).collect::<Vec<_>>(),
            [Some(0.0), None, None, None, Some(1.0)]
        );
        assert!((points[0].dispersion.expect("two votes") - 0.02_f64.sqrt()).abs() < 1e-12);
        assert!(points[3].decayed == points[0].decayed && points[4].decayed < points[3].decayed);
        assert!(points[1].score.is_none() && points[1].level.is_some());
        let filled = SeriesSettings { gap_fill: GapFill::Latest, ..settings };
        let (points, _) = series_points(&votes, &filled, &[], None).expect("points");
        let width = |at: usize| points[at].high.expect("filled") - points[at].low.expect("filled");
        assert!(points[1].filled && points[1].score == points[0].score);
        assert!(width(0) < width(1) && width(1) < width(2) && width(2) < width(3));
    }

    #[test]
    fn carried_band_widens_even_if_the_level_never_moved() {
        let mut random = SplitMix64::from_seed(4);
        let mut votes: Vec<StoryVote> =
            (0..200).map(|at| vote(7 * (at / 4), 0.2 * random.standard_normal())).collect();
        votes.push(vote(7 * 60, 0.1));
        let settings = SeriesSettings {
            gap_fill: GapFill::Latest,
            smoothing: Smoothing::LocalLevel,
            ..SeriesSettings::default()
        };
        let (points, model) = series_points(&votes, &settings, &[], None).expect("points");
        assert!(model.drift < 1e-6, "{model:?}");
        let width = |at: usize| points[at].high.expect("filled") - points[at].low.expect("filled");
        assert!((50..60).all(|at| points[at].filled && width(at) > width(at - 1) + 1e-4));
    }

    #[test]
    fn nine_of_ten_bands_cover_the_true_mean() {
        for stories in [1, 2, 5, 12] {
            let (mut covered, mut all) = (0, 0);
            for seed in 0..40 {
                let mut random = SplitMix64::from_seed(seed);
                let votes: Vec<StoryVote> = (0..20 * stories)
                    .map(|at| StoryVote {
                        half_width: 0.41,
                        ..vote(7 * (at / stories), 0.1 + 0.25 * random.standard_normal())
                    })
                    .collect();
                let settings = SeriesSettings { smoothing: Smoothing::None, ..SeriesSettings::default() };
                for point in series_points(&votes, &settings, &[], None).expect("points").0 {
                    all += 1;
                    covered += usize::from(point.low < Some(0.1) && Some(0.1) < point.high);
                }
            }
            let share = f64::from(covered as u32) / f64::from(all);
            assert!((0.86..=0.95).contains(&share), "{share} with {stories} stories");
        }
    }

    /// The lowest and the highest monthly score of nine articles are visible in the level, and so is a shift.
    #[test]
    fn level_follows_few_articles_and_jumps_at_a_shift() {
        let scores = [0.2, 0.3, -0.66, 0.0, 0.45, 0.1, 0.58, 0.2, -0.1];
        let narrow = |day, score| StoryVote { half_width: 0.3, ..vote(day, score) };
        let votes: Vec<StoryVote> = scores.iter().zip(0..).map(|(s, at)| narrow(30 * at, *s)).collect();
        let monthly = SeriesSettings { period: Period::Month, ..SeriesSettings::default() };
        let (points, _) = series_points(&votes, &monthly, &[], None).expect("points");
        let levels: Vec<f64> = points.iter().filter_map(|point| point.level).collect();
        assert!(levels[2] < -0.2 && levels[6] > 0.3, "{levels:?}");
        let plain = SeriesSettings { smoothing: Smoothing::LocalLevel, ..monthly };
        let (flat, _) = series_points(&votes, &plain, &[], None).expect("points");
        let span =
            flat.iter().filter_map(|p| p.level).fold((1.0_f64, -1.0_f64), |s, l| (s.0.min(l), s.1.max(l)));
        assert!(span.1 - span.0 < 0.01, "maximum likelihood finds no drift: {span:?}");
        let votes: Vec<StoryVote> =
            (0..40).map(|at| vote(7 * at, if at < 20 { -0.3 } else { 0.3 })).collect();
        let shift = votes[20].day;
        let (points, _) = series_points(&votes, &SeriesSettings::default(), &[shift], None).expect("points");
        assert!(points[19].level < Some(-0.29) && points[20].level > Some(0.29), "no slope at the shift");
        assert!(points[20].filtered > Some(0.29), "the filter starts afresh");
    }

    #[test]
    fn nine_of_ten_bands_of_the_level_cover_the_truth() {
        // truth: constant, a random walk of a tenth a month, a step at a known turning point
        for (name, drift, step) in
            [("constant", 0.0, 0.0), ("walk", 0.1 / 30_f64.sqrt(), 0.0), ("step", 0.0, 0.5)]
        {
            for stories in [1, 4] {
                let (mut covered, mut all) = (0, 0);
                for seed in 0..60 {
                    let mut random = SplitMix64::from_seed(seed);
                    let mut truth: Vec<f64> = vec![0.0];
                    let mut votes = Vec::new();
                    for week in 0..60 {
                        let last = truth.last().copied().unwrap_or(0.0);
                        let jump = if week == 30 { step } else { 0.0 };
                        truth.push(last + drift * 7_f64.sqrt() * random.standard_normal() + jump);
                        votes.extend((0..stories).map(|_| StoryVote {
                            half_width: 0.41,
                            ..vote(7 * week, truth[truth.len() - 1] + 0.25 * random.standard_normal())
                        }));
                    }
                    let shifts: Vec<Day> =
                        votes.get(30 * stories).filter(|_| step > 0.0).map(|v| v.day).into_iter().collect();
                    let (points, _) =
                        series_points(&votes, &SeriesSettings::default(), &shifts, None).expect("points");
                    for (point, truth) in points.iter().zip(&truth[1..]) {
                        for (low, high) in
                            [(point.level_low, point.level_high), (point.filtered_low, point.filtered_high)]
                        {
                            all += 1;
                            covered += usize::from(low < Some(*truth) && Some(*truth) < high);
                        }
                    }
                }
                let share = f64::from(covered as u32) / f64::from(all);
                assert!(share >= 0.87, "{name}: {share} with {stories} stories");
            }
        }
    }

    #[test]
    fn series_of_too_many_periods_is_refused() {
        let far = [vote(-700_000, 0.1), vote(0, 0.2)];
        let daily = SeriesSettings { period: Period::Day, ..SeriesSettings::default() };
        assert!(series_points(&far, &daily, &[], None).expect_err("refused").to_string().contains("--since"));
        assert!(series_points(&far, &SeriesSettings { period: Period::Year, ..daily }, &[], None).is_ok());
        assert!(series_points(&[], &daily, &[], None).expect("none").0.is_empty());
    }
}
