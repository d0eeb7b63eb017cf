//! [`Timeline`]: the series of an archive with their turning points and peaks.

use std::collections::BTreeMap;
use std::sync::Arc;

use detente::{Day, Result};
use serde::Serialize;

use crate::change_point::{ChangeSettings, changes};
use crate::collection::{Collection, DataIssue};
use crate::named_enum::four;
use crate::period::Period;
use crate::series_point::{COVERAGE, GapFill, SeriesPoint, SeriesSettings, Smoothing, VoteWeighting, points};
use crate::story_vote::{DateBasis, GroupBy, StoryVote, phrases, votes};

/// What a timeline is to show.
///
/// | setting | default | purpose |
/// |---|---|---|
/// | `series` | weeks, equal votes, no fill, local level | how votes become points |
/// | `change` | 5 votes, .05, 999 draws | how turning points are looked for |
/// | `by` | empty | one series for each side, speaker, source, negotiation or domain |
/// | `place` | article | the day that counts |
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TimelineSettings {
    /// How votes become points.
    pub series: SeriesSettings,
    /// How turning points are looked for.
    pub change: ChangeSettings,
    /// What the series are parted by, one kind after the other; empty for one series of all.
    pub by: Vec<GroupBy>,
    /// The day that counts.
    pub place: DateBasis,
}

/// Outlooks over time.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Timeline {
    /// Version of this form; it grows, never shrinks.
    pub schema: u32,
    /// The models whose scores it shows.
    pub models: Vec<String>,
    /// Length of a step.
    pub period: Period,
    /// The day that counts.
    pub place: DateBasis,
    /// Weights within a step.
    pub weights: VoteWeighting,
    /// What stands in empty steps.
    pub fill: GapFill,
    /// How the level is found.
    pub smooth: Smoothing,
    /// Share of repetitions in which a band would hold the truth.
    #[serde(serialize_with = "four")]
    pub coverage: f64,
    /// Articles that count.
    pub articles: usize,
    /// Stories among them: near-duplicates are one.
    pub stories: usize,
    /// What a reader should know about the articles.
    pub notes: Vec<DataIssue>,
    /// The series, by name.
    pub series: Vec<Series>,
}

/// One series.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Series {
    /// What it is a part of the articles by.
    pub by: Option<GroupBy>,
    /// Its name: `all`, or that of the side, speaker, source, …
    pub key: String,
    /// Articles in it.
    pub articles: usize,
    /// Stories in it.
    pub stories: usize,
    /// Standard deviation of a vote around the level.
    #[serde(serialize_with = "four")]
    pub noise: f64,
    /// Standard deviation that thirty days add to the level.
    #[serde(serialize_with = "four")]
    pub drift: f64,
    /// Its periods, without a gap.
    pub points: Vec<SeriesPoint>,
    /// Where its level shifts, in order of time.
    pub turns: Vec<TurningPoint>,
    /// The most hopeful stories, at most three.
    pub highest: Vec<Mention>,
    /// The least hopeful stories, at most three.
    pub lowest: Vec<Mention>,
}

/// A shift of the level.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TurningPoint {
    /// First day of the period that it starts with.
    pub day: Day,
    /// Mean of the votes before it, back to the turn before.
    #[serde(serialize_with = "four")]
    pub before: f64,
    /// Mean of the votes behind it, up to the next turn.
    #[serde(serialize_with = "four")]
    pub after: f64,
    /// The difference.
    #[serde(serialize_with = "four")]
    pub shift: f64,
    /// Adjusted p-value.
    #[serde(serialize_with = "four")]
    pub p: f64,
    /// The stories just behind it that speak for it most, at most three.
    pub stories: Vec<Mention>,
    /// The phrases that changed most around it, at most five.
    pub phrases: Vec<MovedPhrase>,
}

/// A story by its first article.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Mention {
    /// Id of the article.
    pub id: String,
    /// Its headline.
    pub title: Option<String>,
    /// Day of the vote.
    pub day: Day,
    /// Score of the vote.
    #[serde(serialize_with = "four")]
    pub score: f64,
    /// Articles of the story.
    pub articles: usize,
}

/// A phrase and how much more it adds than before.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MovedPhrase {
    /// The phrase, in lower case; `…` stands for words between.
    pub phrase: String,
    /// Mean addition to a story's score behind the turn, less that before it.
    #[serde(serialize_with = "four")]
    pub moved: f64,
}

/// Votes on either side of a turn whose phrases are compared, and whose stories are named.
const AROUND: usize = 12;

/// The timeline of `archive`. The same articles in any order give the same.
///
/// # Errors
/// If a series would have more than 20,000 periods.
pub fn timeline(archive: &Collection, settings: &TimelineSettings) -> Result<Timeline> {
    let kinds: Vec<Option<GroupBy>> =
        if settings.by.is_empty() { vec![None] } else { settings.by.iter().copied().map(Some).collect() };
    let mut series = Vec::new();
    for by in kinds {
        for (key, votes) in votes(archive, by, settings.place) {
            series.push(one(archive, settings, by, &key, &votes)?);
        }
    }
    Ok(Timeline {
        schema: 1,
        models: archive.models(),
        period: settings.series.period,
        place: settings.place,
        weights: settings.series.weights,
        fill: settings.series.fill,
        smooth: settings.series.smooth,
        coverage: COVERAGE,
        articles: archive.articles(),
        stories: archive.stories(),
        notes: archive.findings().to_vec(),
        series,
    })
}

fn one(
    archive: &Collection,
    settings: &TimelineSettings,
    by: Option<GroupBy>,
    key: &str,
    votes: &[StoryVote],
) -> Result<Series> {
    let (points, model) = points(votes, &settings.series)?;
    let values: Vec<f64> = votes.iter().map(|vote| vote.score).collect();
    let steps: Vec<u32> =
        votes.iter().map(|vote| points.partition_point(|point| point.start <= vote.day) as u32).collect();
    let found = changes(&values, &steps, &settings.change);
    let bounds: Vec<usize> =
        std::iter::once(0).chain(found.iter().map(|change| change.at)).chain([votes.len()]).collect();
    let turns = found.iter().zip(bounds.windows(3)).filter_map(|(change, bound)| {
        let day = settings.series.period.start(votes.get(change.at)?.day);
        let before = &votes[bound[0].max(change.at.saturating_sub(AROUND))..change.at];
        let behind = &votes[change.at..bound[2].min(change.at + AROUND)];
        let shift = change.after - change.before;
        let mut telling: Vec<&StoryVote> =
            behind.iter().filter(|vote| (vote.score - change.before) * shift > 0.0).collect();
        telling.sort_by(|a, b| (b.score * shift).total_cmp(&(a.score * shift)));
        Some(TurningPoint {
            day,
            before: change.before,
            after: change.after,
            shift,
            p: change.p,
            stories: telling.into_iter().take(3).map(|vote| mention(archive, vote)).collect(),
            phrases: moved(archive, by, key, before, behind, shift),
        })
    });
    let turns = turns.collect();
    let mut ranked: Vec<&StoryVote> = votes.iter().collect();
    ranked.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| (a.day, a.story).cmp(&(b.day, b.story))));
    let named = |votes: &mut dyn Iterator<Item = &&StoryVote>| {
        votes.take(3).map(|vote| mention(archive, vote)).collect()
    };
    let mut stories: Vec<u32> = votes.iter().map(|vote| vote.story).collect();
    stories.sort_unstable();
    stories.dedup();
    Ok(Series {
        by,
        key: key.to_owned(),
        articles: votes.iter().map(|vote| vote.articles).sum(),
        stories: stories.len(),
        noise: model.noise.sqrt(),
        drift: (model.drift * 30.0).sqrt(),
        points,
        turns,
        highest: named(&mut ranked.iter()),
        lowest: named(&mut ranked.iter().rev()),
    })
}

fn mention(archive: &Collection, vote: &StoryVote) -> Mention {
    let item = archive.items.get(vote.item as usize);
    Mention {
        id: item.map(|item| item.id.to_string()).unwrap_or_default(),
        title: item.and_then(|item| item.title.as_deref().map(str::to_owned)),
        day: vote.day,
        score: vote.score,
        articles: vote.articles,
    }
}

/// The phrases whose mean addition changed most in the direction of `shift`.
fn moved(
    archive: &Collection,
    by: Option<GroupBy>,
    key: &str,
    before: &[StoryVote],
    behind: &[StoryVote],
    shift: f64,
) -> Vec<MovedPhrase> {
    let mut sums: BTreeMap<Arc<str>, f64> = BTreeMap::new();
    for (votes, sign) in [(before, -1.0), (behind, 1.0)] {
        for vote in votes {
            let Some(item) = archive.items.get(vote.item as usize) else { continue };
            for phrase in phrases(item, by, key) {
                *sums.entry(phrase.text).or_default() += sign * f64::from(phrase.share) / votes.len() as f64;
            }
        }
    }
    let mut sums: Vec<(Arc<str>, f64)> = sums.into_iter().filter(|(_, sum)| sum * shift > 0.0).collect();
    sums.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()).then_with(|| a.0.cmp(&b.0)));
    let named = |(phrase, moved): (Arc<str>, f64)| MovedPhrase { phrase: phrase.to_string(), moved };
    sums.into_iter().take(5).map(named).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collection::{Collector, DateLimits};
    use crate::series_article::tests::item;

    fn archive(reverse: bool) -> Collection {
        let start = Day::new(2020, 1, 6).expect("a day");
        let mut items: Vec<_> = (0..40)
            .map(|at| {
                let score = if at < 20 { -0.4 } else { 0.3 } + f64::from(at % 4) * 0.1;
                item(&format!("n{at:02}"), &start.plus_days(3 * i64::from(at)).to_string(), score)
            })
            .collect();
        if reverse {
            items.reverse();
        }
        let mut collector = Collector::default();
        for item in items {
            collector.push(item);
        }
        collector.finish(&DateLimits::default()).expect("articles")
    }

    #[test]
    fn a_shift_is_found_named_and_dated() {
        let line = timeline(&archive(false), &TimelineSettings::default()).expect("a timeline");
        let [series] = line.series.as_slice() else { panic!("one series") };
        let [turn] = series.turns.as_slice() else { panic!("one turn: {:?}", series.turns) };
        assert_eq!(turn.day.to_string(), "2020-03-02");
        assert!(turn.shift > 0.6 && turn.p <= 0.01);
        assert!(turn.stories.iter().all(|story| story.score > 0.2 && story.day >= turn.day));
        assert_eq!(series.highest[0].id, "n23");
        assert_eq!(series.lowest[0].score, -0.4);
    }

    #[test]
    fn the_same_whatever_the_order() {
        let settings = TimelineSettings::default();
        let forth = timeline(&archive(false), &settings).expect("a timeline");
        assert_eq!(forth, timeline(&archive(true), &settings).expect("a timeline"));
    }
}
