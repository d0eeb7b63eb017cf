//! [`Timeline`]: the series of a collection with their turning points and their highest and lowest stories.

use std::collections::BTreeMap;
use std::sync::Arc;

use detente::{Day, Result};
use serde::Serialize;

use crate::change_point::{ChangePoint, ChangeSettings, change_points};
use crate::collection::Collection;
use crate::data_issue::DataIssue;
use crate::period::Period;
use crate::series_point::{COVERAGE, SeriesPoint, series_points};
use crate::series_settings::{GapFill, SeriesSettings, Smoothing, VoteWeighting};
use crate::story_vote::{DateBasis, GroupBy, StoryVote, phrases_in_group, votes_by_group};
use detente::internals::four_decimals;

/// Settings of [`timeline()`].
///
/// | setting | default | purpose |
/// |---|---|---|
/// | `series` | weekly, equal weights, no gap fill, local level | computes points from votes |
/// | `change` | at least 5 votes a segment, p ≤ .05, 999 permutations | detects turning points |
/// | `group_by` | empty | one series for each side, speaker, source, negotiation or domain |
/// | `date_basis` | article | the day on which a statement counts |
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TimelineSettings {
    /// How points are computed from votes.
    pub series: SeriesSettings,
    /// How turning points are detected.
    pub change: ChangeSettings,
    /// The groupings, each with its own set of series; if empty, there is one series of all articles.
    pub group_by: Vec<GroupBy>,
    /// The day on which a statement counts.
    pub date_basis: DateBasis,
}

/// Outlooks over time.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Timeline {
    /// Version of the JSON form. Fields may be added, but not removed.
    pub schema: u32,
    /// Ids of the models that scored the articles.
    pub models: Vec<String>,
    /// The length of one point.
    pub period: Period,
    /// The day on which a statement counts.
    #[serde(rename = "place")]
    pub date_basis: DateBasis,
    /// The weights of the votes within a period.
    #[serde(rename = "weights")]
    pub weighting: VoteWeighting,
    /// The score of periods without votes.
    #[serde(rename = "fill")]
    pub gap_fill: GapFill,
    /// The model of the level.
    #[serde(rename = "smooth")]
    pub smoothing: Smoothing,
    /// Confidence of the bands.
    #[serde(serialize_with = "four_decimals::serialize")]
    pub coverage: f64,
    /// Number of articles.
    pub articles: usize,
    /// Number of stories; near-duplicate articles are one story.
    pub stories: usize,
    /// Issues found in the input.
    #[serde(rename = "notes")]
    pub issues: Vec<DataIssue>,
    /// The series, sorted by name within each grouping.
    pub series: Vec<Series>,
}

/// The series of one group.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Series {
    /// The grouping; `None` for the series of all articles.
    #[serde(rename = "by")]
    pub group_by: Option<GroupBy>,
    /// The name of the group (side, speaker, source, …), or `all`.
    pub key: String,
    /// Number of articles.
    pub articles: usize,
    /// Number of stories.
    pub stories: usize,
    /// Standard deviation of a vote around the level.
    #[serde(serialize_with = "four_decimals::serialize")]
    pub noise: f64,
    /// Standard deviation of the level's change in thirty days.
    #[serde(serialize_with = "four_decimals::serialize")]
    pub drift: f64,
    /// All periods from the first vote to the last.
    pub points: Vec<SeriesPoint>,
    /// Significant shifts of the level, in chronological order.
    #[serde(rename = "turns")]
    pub turning_points: Vec<TurningPoint>,
    /// The stories with the highest scores, at most three.
    pub highest: Vec<StoryMention>,
    /// The stories with the lowest scores, at most three.
    pub lowest: Vec<StoryMention>,
}

/// A significant shift of the level.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct TurningPoint {
    /// First day of the first period after the shift.
    pub day: Day,
    /// Mean of the votes since the previous turning point.
    #[serde(serialize_with = "four_decimals::serialize")]
    pub before: f64,
    /// Mean of the votes up to the next turning point.
    #[serde(serialize_with = "four_decimals::serialize")]
    pub after: f64,
    /// `after` less `before`.
    #[serde(serialize_with = "four_decimals::serialize")]
    pub shift: f64,
    /// Adjusted p-value.
    #[serde(rename = "p", serialize_with = "four_decimals::serialize")]
    pub p_value: f64,
    /// The strongest stories in the direction of the shift among the first after it, at most three.
    pub stories: Vec<StoryMention>,
    /// The phrases that changed most in the direction of the shift, at most five.
    pub phrases: Vec<PhraseChange>,
}

/// A story, represented by its first article.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct StoryMention {
    /// Id of the first article.
    pub id: String,
    /// Its title.
    pub title: Option<String>,
    /// Day of the vote.
    pub day: Day,
    /// Score of the vote.
    #[serde(serialize_with = "four_decimals::serialize")]
    pub score: f64,
    /// Number of articles of the story.
    pub articles: usize,
}

/// A phrase whose contribution changed at a turning point.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct PhraseChange {
    /// The phrase, in lower case; `…` stands for words in between.
    pub phrase: String,
    /// Mean contribution to a vote after the turning point, less that before it.
    #[serde(rename = "moved", serialize_with = "four_decimals::serialize")]
    pub change: f64,
}

/// Votes before and after a turning point in which stories and phrases are looked for.
const NEARBY_VOTES: usize = 12;
/// Stories listed for a turning point, and as the highest and lowest of a series.
const MAX_STORIES: usize = 3;
/// Phrases listed for a turning point.
const MAX_PHRASES: usize = 5;
/// Days over which the drift of a series is reported.
const DRIFT_DAYS: f64 = 30.0;

/// Computes the timeline of `collection`.
///
/// # Errors
/// If a series would have more than 20,000 periods.
pub fn timeline(collection: &Collection, settings: &TimelineSettings) -> Result<Timeline> {
    let groupings: Vec<Option<GroupBy>> = if settings.group_by.is_empty() {
        vec![None]
    } else {
        settings.group_by.iter().copied().map(Some).collect()
    };
    let mut series = Vec::new();
    for group_by in groupings {
        for (key, votes) in votes_by_group(collection, group_by, settings.date_basis) {
            series.push(SeriesBuilder { collection, settings, group_by, key: &key, votes: &votes }.build()?);
        }
    }
    Ok(Timeline {
        schema: 1,
        models: collection.models(),
        period: settings.series.period,
        date_basis: settings.date_basis,
        weighting: settings.series.weighting,
        gap_fill: settings.series.gap_fill,
        smoothing: settings.series.smoothing,
        coverage: COVERAGE,
        articles: collection.articles(),
        stories: collection.stories(),
        issues: collection.issues().to_vec(),
        series,
    })
}

/// The votes of one group, in chronological order, with their context.
struct SeriesBuilder<'a> {
    collection: &'a Collection,
    settings: &'a TimelineSettings,
    group_by: Option<GroupBy>,
    key: &'a str,
    votes: &'a [StoryVote],
}

impl SeriesBuilder<'_> {
    fn build(&self) -> Result<Series> {
        let (points, model) = series_points(self.votes, &self.settings.series)?;
        let turning_points = self.turning_points(&points);
        let mut ranked: Vec<&StoryVote> = self.votes.iter().collect();
        ranked.sort_by(|a, b| {
            b.score.total_cmp(&a.score).then_with(|| (a.day, a.story).cmp(&(b.day, b.story)))
        });
        // by statement dates, one story has several votes
        let mut stories: Vec<u32> = self.votes.iter().map(|vote| vote.story).collect();
        stories.sort_unstable();
        stories.dedup();
        Ok(Series {
            group_by: self.group_by,
            key: self.key.to_owned(),
            articles: self.votes.iter().map(|vote| vote.articles).sum(),
            stories: stories.len(),
            noise: model.noise.sqrt(),
            drift: (model.drift * DRIFT_DAYS).sqrt(),
            points,
            turning_points,
            highest: self.mentions(ranked.iter().copied()),
            lowest: self.mentions(ranked.iter().rev().copied()),
        })
    }

    fn turning_points(&self, points: &[SeriesPoint]) -> Vec<TurningPoint> {
        let votes = self.votes;
        let scores: Vec<f64> = votes.iter().map(|vote| vote.score).collect();
        let periods: Vec<u32> =
            votes.iter().map(|vote| points.partition_point(|point| point.start <= vote.day) as u32).collect();
        let changes = change_points(&scores, &periods, &self.settings.change);
        let bounds: Vec<usize> =
            std::iter::once(0).chain(changes.iter().map(|change| change.at)).chain([votes.len()]).collect();
        let with_segment = changes.iter().zip(bounds.windows(3));
        let turning_point = |(change, bounds): (&ChangePoint, &[usize])| {
            let before = &votes[bounds[0].max(change.at.saturating_sub(NEARBY_VOTES))..change.at];
            let after = &votes[change.at..bounds[2].min(change.at + NEARBY_VOTES)];
            let shift = change.after - change.before;
            // stories that moved with the shift, not those that happened to follow it
            let mut strongest: Vec<&StoryVote> =
                after.iter().filter(|vote| (vote.score - change.before) * shift > 0.0).collect();
            strongest.sort_by(|a, b| (b.score * shift).total_cmp(&(a.score * shift)));
            Some(TurningPoint {
                day: self.settings.series.period.start(votes.get(change.at)?.day),
                before: change.before,
                after: change.after,
                shift,
                p_value: change.p_value,
                stories: self.mentions(strongest.into_iter()),
                phrases: self.phrase_changes(before, after, shift),
            })
        };
        with_segment.filter_map(turning_point).collect()
    }

    fn mentions<'b>(&self, votes: impl Iterator<Item = &'b StoryVote>) -> Vec<StoryMention> {
        votes.take(MAX_STORIES).map(|vote| self.mention(vote)).collect()
    }

    fn mention(&self, vote: &StoryVote) -> StoryMention {
        let article = self.collection.articles.get(vote.first_article as usize);
        StoryMention {
            id: article.map(|article| article.id.to_string()).unwrap_or_default(),
            title: article.and_then(|article| article.title.as_deref().map(str::to_owned)),
            day: vote.day,
            score: vote.score,
            articles: vote.articles,
        }
    }

    /// The phrases whose mean contribution changed most in the direction of `shift`.
    fn phrase_changes(&self, before: &[StoryVote], after: &[StoryVote], shift: f64) -> Vec<PhraseChange> {
        let mut sums: BTreeMap<Arc<str>, f64> = BTreeMap::new();
        for (votes, sign) in [(before, -1.0), (after, 1.0)] {
            for vote in votes {
                let Some(article) = self.collection.articles.get(vote.first_article as usize) else {
                    continue;
                };
                for phrase in phrases_in_group(article, self.group_by, self.key) {
                    *sums.entry(phrase.text).or_default() +=
                        sign * f64::from(phrase.contribution) / votes.len() as f64;
                }
            }
        }
        let mut sums: Vec<(Arc<str>, f64)> = sums.into_iter().filter(|(_, sum)| sum * shift > 0.0).collect();
        sums.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()).then_with(|| a.0.cmp(&b.0)));
        sums.into_iter()
            .take(MAX_PHRASES)
            .map(|(phrase, change)| PhraseChange { phrase: phrase.to_string(), change })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collection::{Collector, DateLimits};
    use crate::series_article::tests::article;

    fn collection(reverse: bool) -> Collection {
        let start = Day::new(2020, 1, 6).expect("a day");
        let mut articles: Vec<_> = (0..40)
            .map(|at| {
                let score = if at < 20 { -0.4 } else { 0.3 } + f64::from(at % 4) * 0.1;
                article(&format!("n{at:02}"), &start.plus_days(3 * i64::from(at)).to_string(), score)
            })
            .collect();
        if reverse {
            articles.reverse();
        }
        let mut collector = Collector::default();
        for article in articles {
            collector.push(article);
        }
        collector.finish(&DateLimits::default()).expect("articles")
    }

    #[test]
    fn shift_is_dated_with_its_strongest_stories() {
        let timeline = timeline(&collection(false), &TimelineSettings::default()).expect("a timeline");
        let [series] = timeline.series.as_slice() else { panic!("one series") };
        let [turning_point] = series.turning_points.as_slice() else {
            panic!("one turning point: {:?}", series.turning_points)
        };
        assert_eq!(turning_point.day.to_string(), "2020-03-02");
        assert!(turning_point.shift > 0.6 && turning_point.p_value <= 0.01);
        assert!(
            turning_point.stories.iter().all(|story| story.score > 0.2 && story.day >= turning_point.day)
        );
        assert_eq!(series.highest[0].id, "n23");
        assert_eq!(series.lowest[0].score, -0.4);
    }

    #[test]
    fn result_does_not_depend_on_input_order() {
        let settings = TimelineSettings::default();
        let forward = timeline(&collection(false), &settings).expect("a timeline");
        assert_eq!(forward, timeline(&collection(true), &settings).expect("a timeline"));
    }
}
