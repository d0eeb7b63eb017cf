//! [`SeriesBuilder`]: computes the series of one group from its votes.

use std::collections::BTreeMap;
use std::sync::Arc;

use detente::{Day, Result};

use crate::change_point::{ChangePoint, ChangeSettings, change_points};
use crate::collection::Collection;
use crate::series::{PhraseChange, Series, StoryMention, TurningPoint};
use crate::series_point::series_points;
use crate::series_settings::SeriesSettings;
use crate::story_vote::{GroupBy, StoryVote, phrases_in_group};

/// Votes before and after a turning point in which stories and phrases are looked for.
const NEARBY_VOTES: usize = 12;
/// Days after a turning point in which its headline is looked for.
const HEADLINE_DAYS: i64 = 10;
/// The headline is the first story with this share of the score of the strongest one.
const HEADLINE_SHARE: f64 = 0.8;
/// Stories listed for a turning point, and as the highest and lowest of a series.
const MAX_STORIES: usize = 3;
/// Phrases listed for a turning point.
const MAX_PHRASES: usize = 5;
/// Days over which the drift of a series is reported.
const DRIFT_DAYS: f64 = 30.0;

/// The votes of one group, in chronological order, with their context.
#[derive(Clone, Copy)]
pub(crate) struct SeriesBuilder<'a> {
    pub(crate) collection: &'a Collection,
    pub(crate) series: &'a SeriesSettings,
    pub(crate) change: &'a ChangeSettings,
    pub(crate) group_by: Option<GroupBy>,
    pub(crate) key: &'a str,
    pub(crate) votes: &'a [StoryVote],
    /// The last day of the series if it is after the last vote.
    pub(crate) until: Option<Day>,
}

impl SeriesBuilder<'_> {
    /// The series of all votes.
    pub(crate) fn build(&self) -> Result<Series> {
        let turning_points = self.turning_points();
        let shifts: Vec<Day> = turning_points.iter().map(|found| found.day).collect();
        let (points, model) = series_points(self.votes, self.series, &shifts, self.until)?;
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

    /// The index of the first vote after each turning point, with the means and the p-value.
    fn changes(&self) -> Vec<ChangePoint> {
        let scores: Vec<f64> = self.votes.iter().map(|vote| vote.score).collect();
        let start = |vote: &StoryVote| self.series.period.start(vote.day);
        let mut period = 0;
        let mut previous = self.votes.first().map(start);
        let periods: Vec<u32> = self
            .votes
            .iter()
            .map(|vote| {
                let start = Some(start(vote));
                period += u32::from(start != previous);
                previous = start;
                period
            })
            .collect();
        change_points(&scores, &periods, self.change)
    }

    fn turning_points(&self) -> Vec<TurningPoint> {
        let votes = self.votes;
        let changes = self.changes();
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
            let date = votes.get(change.at)?.day;
            let is_near = |vote: &&&StoryVote| vote.day.days_since(date) <= HEADLINE_DAYS;
            let most = strongest.iter().find(is_near).map_or(0.0, |vote| vote.score * shift);
            let is_strong = |vote: &&StoryVote| vote.score * shift >= HEADLINE_SHARE * most;
            let mut near = after.iter().filter(|vote| is_near(&vote));
            let headline = near.find(is_strong).or(after.first());
            Some(TurningPoint {
                day: self.series.period.start(date),
                date,
                known: None,
                before: change.before,
                after: change.after,
                shift,
                p_value: change.p_value,
                headline: headline.map(|vote| self.mention(vote)),
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
            lead: article.and_then(|article| article.lead.as_deref().map(str::to_owned)),
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
