//! [`SeriesPoint`]s: the votes of each period with their mean and its interval.

use std::collections::BTreeMap;
use std::sync::Arc;

use detente::{Day, Error, Result};
use serde::Serialize;

use crate::local_level::{LocalLevel, Observation, ewma};
use crate::named_enum::four_if_any;
use crate::period::Period;
use crate::story_vote::StoryVote;

/// How votes are weighed within a period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum VoteWeighting {
    /// All alike.
    #[default]
    Equal,
    /// By 1 / (half the width of the article's interval)², so that sure articles count more.
    Interval,
    /// Each source alike, whatever the number of its stories.
    Source,
}

named!(VoteWeighting, "weights", 3, Equal => "equal", Interval => "interval", Source => "source");

/// What stands in periods without a vote.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum GapFill {
    /// Nothing: silence is not zero.
    #[default]
    None,
    /// The latest score, with a band that widens with time.
    Latest,
}

named!(GapFill, "fill", 2, None => "none", Latest => "latest");

/// How the level behind the points is found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Smoothing {
    /// A local-level model, given all points before and behind.
    #[default]
    Level,
    /// An exponentially weighted mean of the points up to now.
    Ewma,
    /// No level.
    None,
}

named!(Smoothing, "smooth", 3, Level => "level", Ewma => "ewma", None => "none");

/// How a series is made of votes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SeriesSettings {
    /// Length of a step.
    pub period: Period,
    /// Weights within a step.
    pub weights: VoteWeighting,
    /// What stands in empty steps.
    pub fill: GapFill,
    /// How the level is found.
    pub smooth: Smoothing,
    /// Days in which a vote's weight halves, for the exponentially weighted mean. Default 28.
    pub half_life: f64,
}

impl Default for SeriesSettings {
    fn default() -> Self {
        Self {
            period: Period::default(),
            weights: VoteWeighting::default(),
            fill: GapFill::default(),
            smooth: Smoothing::default(),
            half_life: 28.0,
        }
    }
}

/// Share of repetitions in which a band would hold the true mean or level.
pub const COVERAGE: f64 = 0.9;
/// The normal distribution's quantile for [`COVERAGE`].
const Z: f64 = 1.644_853_6;
/// Votes that the spread within the whole series counts for in a single period, so that two
/// stories that agree by chance do not make a narrow band.
const PRIOR: f64 = 4.0;
/// Least drift that a score which is carried on is given a day, in variances of a vote: a level that
/// was never seen to move is known no better for that in the silence behind it. A tenth in a year.
const LEAST_DRIFT: f64 = 0.1 / 365.0;
/// Most periods of a series: 54 years of days.
const LONGEST: usize = 20_000;

/// One period.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SeriesPoint {
    /// Its first day.
    pub start: Day,
    /// Its last day.
    pub end: Day,
    /// Articles in it.
    pub articles: usize,
    /// Stories in it: the votes.
    pub stories: usize,
    /// Weighted mean of the votes, -1..+1; `None` where there are none and nothing fills in.
    #[serde(serialize_with = "four_if_any")]
    pub score: Option<f64>,
    /// Lower end of its band.
    #[serde(serialize_with = "four_if_any")]
    pub low: Option<f64>,
    /// Upper end of its band.
    #[serde(serialize_with = "four_if_any")]
    pub high: Option<f64>,
    /// Whether the score is the latest of an earlier period.
    pub filled: bool,
    /// The level behind the scores.
    #[serde(serialize_with = "four_if_any")]
    pub level: Option<f64>,
    /// Lower end of its band.
    #[serde(serialize_with = "four_if_any")]
    pub level_low: Option<f64>,
    /// Upper end of its band.
    #[serde(serialize_with = "four_if_any")]
    pub level_high: Option<f64>,
}

/// The points of the votes, which stand in the order of days, without a gap from first to
/// last period; with the variances of the model behind them.
pub(crate) fn points(
    votes: &[StoryVote],
    settings: &SeriesSettings,
) -> Result<(Vec<SeriesPoint>, LocalLevel)> {
    let period = settings.period;
    let mut starts = Vec::new();
    if let (Some(first), Some(last)) = (votes.first(), votes.last()) {
        let mut start = period.start(first.day);
        while start <= last.day {
            if starts.len() >= LONGEST {
                return Err(Error::argument(
                    "period",
                    &format!("longer for {} to {}, or --since and --until closer", first.day, last.day),
                    period.as_str(),
                ));
            }
            starts.push(start);
            let next = period.next(start);
            if next <= start {
                break;
            }
            start = next;
        }
    }
    let mut rest = votes;
    let groups: Vec<&[StoryVote]> = starts
        .iter()
        .map(|start| {
            let next = period.next(*start);
            let (here, behind) = rest.split_at(rest.partition_point(|vote| vote.day < next));
            rest = behind;
            here
        })
        .collect();
    let pooled = pooled(&groups);
    let mut seen = Vec::with_capacity(groups.len());
    let mut points = Vec::with_capacity(groups.len());
    for (start, group) in starts.iter().zip(&groups) {
        let mean = mean(group, settings.weights, pooled);
        let end = period.next(*start).plus_days(-1);
        seen.push(Observation {
            day: f64::midpoint(start.epoch_days() as f64, end.epoch_days() as f64),
            value: mean.map(|mean| mean.score),
            votes: mean.map_or(0.0, |mean| mean.votes),
        });
        points.push(SeriesPoint {
            start: *start,
            end,
            articles: group.iter().map(|vote| vote.articles).sum(),
            stories: group.len(),
            score: mean.map(|mean| mean.score),
            low: mean.map(|mean| (mean.score - Z * mean.error).max(-1.0)),
            high: mean.map(|mean| (mean.score + Z * mean.error).min(1.0)),
            filled: false,
            level: None,
            level_low: None,
            level_high: None,
        });
    }
    // too few periods to learn from: half the noise wanders in half a year
    let model = LocalLevel::fit(&seen).unwrap_or(LocalLevel { noise: pooled, drift: pooled / 180.0 });
    let levels = match settings.smooth {
        Smoothing::Level => model.smooth(&seen).unwrap_or_default().into_iter().map(Some).collect(),
        Smoothing::Ewma => ewma(&seen, settings.half_life, pooled),
        Smoothing::None => Vec::new(),
    };
    for (point, level) in points.iter_mut().zip(levels) {
        if let Some(level) = level {
            let limited = |value: f64| Some(value.clamp(-1.0, 1.0));
            point.level = limited(level.mean);
            point.level_low = limited(level.mean - Z * level.error);
            point.level_high = limited(level.mean + Z * level.error);
        }
    }
    if settings.fill == GapFill::Latest {
        fill(&mut points, &seen, model.drift.max(pooled * LEAST_DRIFT));
    }
    Ok((points, model))
}

/// Carries each score into the silent periods behind it, its variance growing by `drift` a day.
fn fill(points: &mut [SeriesPoint], seen: &[Observation], drift: f64) {
    let mut latest: Option<(f64, f64, f64)> = None;
    for (point, seen) in points.iter_mut().zip(seen) {
        if let (Some(score), Some(low), Some(high)) = (point.score, point.low, point.high) {
            // a band that was cut at the end of the scale has one whole half
            let error = (score - low).max(high - score) / Z;
            latest = Some((score, error, seen.day));
        } else if let Some((score, error, day)) = latest {
            let error = (error * error + drift * (seen.day - day)).sqrt();
            point.score = Some(score);
            point.low = Some((score - Z * error).max(-1.0));
            point.high = Some((score + Z * error).min(1.0));
            point.filled = true;
        }
    }
}

#[derive(Clone, Copy)]
struct Mean {
    score: f64,
    error: f64,
    /// Equal votes that are worth as much.
    votes: f64,
}

fn mean(votes: &[StoryVote], weights: VoteWeighting, pooled: f64) -> Option<Mean> {
    /// Least half-width, so that no article outweighs all others.
    const LEAST: f64 = 0.1;
    if votes.is_empty() {
        return None;
    }
    let mut of_source: BTreeMap<Option<&Arc<str>>, f64> = BTreeMap::new();
    for vote in votes {
        *of_source.entry(vote.source.as_ref()).or_default() += 1.0;
    }
    let weigh = |vote: &StoryVote| match weights {
        VoteWeighting::Equal => 1.0,
        VoteWeighting::Interval => vote.half.max(LEAST).powi(-2),
        VoteWeighting::Source => 1.0 / of_source.get(&vote.source.as_ref()).copied().unwrap_or(1.0),
    };
    let weighed: Vec<(f64, f64)> = votes.iter().map(|vote| (weigh(vote), vote.score)).collect();
    let total: f64 = weighed.iter().map(|(weight, _)| weight).sum();
    let score = weighed.iter().map(|(weight, score)| weight * score).sum::<f64>() / total;
    let effective = total * total / weighed.iter().map(|(weight, _)| weight * weight).sum::<f64>();
    let count = votes.len() as f64;
    let squares: f64 = votes.iter().map(|vote| (vote.score - score).powi(2)).sum();
    let variance = (squares + PRIOR * pooled) / (count - 1.0 + PRIOR);
    Some(Mean { score, error: (variance / effective).sqrt(), votes: effective })
}

/// The variance of votes within periods; where no period has two, what the articles'
/// own intervals say.
fn pooled(groups: &[&[StoryVote]]) -> f64 {
    let (mut squares, mut free) = (0.0, 0.0);
    let (mut halves, mut count) = (0.0, 0.0);
    for group in groups {
        let mean = group.iter().map(|vote| vote.score).sum::<f64>() / group.len().max(1) as f64;
        squares += group.iter().map(|vote| (vote.score - mean).powi(2)).sum::<f64>();
        free += group.len().saturating_sub(1) as f64;
        halves += group.iter().map(|vote| (vote.half / Z).powi(2)).sum::<f64>();
        count += group.len() as f64;
    }
    let own = if count > 0.0 { halves / count } else { 0.04 };
    // the intervals count as four votes
    ((squares + PRIOR * own) / (free + PRIOR)).max(1e-4)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::Rng;

    fn vote(offset: i64, score: f64) -> StoryVote {
        let day = Day::new(2020, 1, 6).expect("a Monday").plus_days(offset);
        StoryVote { day, score, half: 0.3, story: offset as u32, articles: 1, item: 0, source: None }
    }

    #[test]
    fn silence_is_a_gap_or_the_latest_score_with_a_wider_band() {
        let votes = [vote(0, 0.4), vote(1, 0.2), vote(30, -0.2), vote(31, -0.3)];
        let settings = SeriesSettings::default();
        let (points, _) = super::points(&votes, &settings).expect("points");
        assert_eq!(points.iter().map(|p| p.stories).collect::<Vec<_>>(), [2, 0, 0, 0, 2]);
        assert!(points[1].score.is_none() && points[1].level.is_some());
        let filled = SeriesSettings { fill: GapFill::Latest, ..settings };
        let (points, _) = super::points(&votes, &filled).expect("points");
        let width = |at: usize| points[at].high.expect("filled") - points[at].low.expect("filled");
        assert!(points[1].filled && points[1].score == points[0].score);
        assert!(width(0) < width(1) && width(1) < width(2) && width(2) < width(3));
    }

    #[test]
    fn silence_widens_the_band_of_a_level_that_never_moved() {
        let mut draw = Rng::new(4);
        let mut votes: Vec<StoryVote> = (0..200).map(|at| vote(7 * (at / 4), 0.2 * draw.normal())).collect();
        votes.push(vote(7 * 60, 0.1));
        let settings = SeriesSettings { fill: GapFill::Latest, ..SeriesSettings::default() };
        let (points, model) = points(&votes, &settings).expect("points");
        assert!(model.drift < 1e-6, "{model:?}");
        let width = |at: usize| points[at].high.expect("filled") - points[at].low.expect("filled");
        assert!((50..60).all(|at| points[at].filled && width(at) > width(at - 1) + 1e-4));
    }

    #[test]
    fn weights_do_what_they_say() {
        let source = |score, name: &str| StoryVote { source: Some(name.into()), ..vote(0, score) };
        let votes = [source(0.3, "a"), source(0.3, "a"), source(-0.3, "b")];
        let score = |votes: &[StoryVote], weights| mean(votes, weights, 0.1).expect("votes").score;
        assert!(score(&votes, VoteWeighting::Source).abs() < 1e-12);
        assert!((score(&votes, VoteWeighting::Equal) - 0.1).abs() < 1e-12);
        let sure = [StoryVote { half: 0.1, ..vote(0, 0.5) }, StoryVote { half: 0.3, ..vote(0, -0.5) }];
        assert!((score(&sure, VoteWeighting::Interval) - 0.4).abs() < 1e-12);
    }

    #[test]
    fn nine_of_ten_bands_hold_the_truth() {
        for stories in [1, 2, 5, 12] {
            let (mut held, mut all) = (0, 0);
            for seed in 0..40 {
                let mut draw = Rng::new(seed);
                let votes: Vec<StoryVote> = (0..20 * stories)
                    .map(|at| StoryVote {
                        half: 0.41,
                        ..vote(7 * (at / stories), 0.1 + 0.25 * draw.normal())
                    })
                    .collect();
                let settings = SeriesSettings { smooth: Smoothing::None, ..SeriesSettings::default() };
                for point in points(&votes, &settings).expect("points").0 {
                    all += 1;
                    held += usize::from(point.low < Some(0.1) && Some(0.1) < point.high);
                }
            }
            let share = f64::from(held as u32) / f64::from(all);
            assert!((0.86..=0.95).contains(&share), "{share} with {stories} stories");
        }
    }

    #[test]
    fn a_series_too_long_for_its_period_is_refused() {
        let far = [vote(-700_000, 0.1), vote(0, 0.2)];
        let daily = SeriesSettings { period: Period::Day, ..SeriesSettings::default() };
        assert!(points(&far, &daily).expect_err("refused").to_string().contains("--since"));
        assert!(points(&far, &SeriesSettings { period: Period::Year, ..daily }).is_ok());
        assert!(points(&[], &daily).expect("none").0.is_empty());
    }
}
