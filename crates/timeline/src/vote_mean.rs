//! The mean of the votes of a period, with its standard error, and the spread of votes.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::series_settings::VoteWeighting;
use crate::story_vote::StoryVote;

/// The quantile of the standard normal distribution for a confidence of 90%.
pub(crate) const Z: f64 = 1.644_853_6;
/// Weight, in votes, of the variance pooled over the series in the variance of a single period, so that two stories
/// that agree by chance do not give a narrow band.
pub(crate) const PRIOR_VOTES: f64 = 4.0;
/// Smallest half-width of an article's interval, so that no article outweighs all others.
const MIN_HALF_WIDTH: f64 = 0.1;
/// Variance of a vote in a series without votes: a standard deviation of 0.2.
const DEFAULT_VARIANCE: f64 = 0.04;
/// Smallest pooled variance of a vote, for series of equal scores.
const MIN_VARIANCE: f64 = 1e-4;

/// The standard deviation of votes around their mean.
pub(crate) fn dispersion(votes: &[StoryVote]) -> Option<f64> {
    let count = votes.len() as f64;
    let mean = votes.iter().map(|vote| vote.score).sum::<f64>() / count;
    let squares: f64 = votes.iter().map(|vote| (vote.score - mean).powi(2)).sum();
    (votes.len() > 1).then(|| (squares / (count - 1.0)).sqrt())
}

pub(crate) fn negative_share(votes: &[StoryVote]) -> Option<f64> {
    let negative = votes.iter().filter(|vote| vote.score < 0.0).count() as f64;
    (!votes.is_empty()).then(|| negative / votes.len() as f64)
}

#[derive(Clone, Copy)]
pub(crate) struct WeightedMean {
    pub(crate) score: f64,
    pub(crate) standard_error: f64,
    /// Number of equally weighted votes with the same standard error (Kish's effective sample size).
    pub(crate) effective_votes: f64,
}

pub(crate) fn weighted_mean(
    votes: &[StoryVote],
    weighting: VoteWeighting,
    pooled: f64,
) -> Option<WeightedMean> {
    if votes.is_empty() {
        return None;
    }
    let mut votes_of_source: BTreeMap<Option<&Arc<str>>, f64> = BTreeMap::new();
    for vote in votes {
        *votes_of_source.entry(vote.source.as_ref()).or_default() += 1.0;
    }
    let weight = |vote: &StoryVote| match weighting {
        VoteWeighting::Equal => 1.0,
        VoteWeighting::Interval => vote.half_width.max(MIN_HALF_WIDTH).powi(-2),
        VoteWeighting::Source => 1.0 / votes_of_source.get(&vote.source.as_ref()).copied().unwrap_or(1.0),
    };
    let weighted: Vec<(f64, f64)> = votes.iter().map(|vote| (weight(vote), vote.score)).collect();
    let total: f64 = weighted.iter().map(|(weight, _)| weight).sum();
    let score = weighted.iter().map(|(weight, score)| weight * score).sum::<f64>() / total;
    let effective_votes = total * total / weighted.iter().map(|(weight, _)| weight * weight).sum::<f64>();
    let count = votes.len() as f64;
    let squares: f64 = votes.iter().map(|vote| (vote.score - score).powi(2)).sum();
    let variance = (squares + PRIOR_VOTES * pooled) / (count - 1.0 + PRIOR_VOTES);
    Some(WeightedMean { score, standard_error: (variance / effective_votes).sqrt(), effective_votes })
}

/// The variance of votes within periods. The variance that the articles' own intervals imply counts as
/// [`PRIOR_VOTES`] votes, and is all there is if no period has two votes.
pub(crate) fn pooled_variance(groups: &[&[StoryVote]]) -> f64 {
    let (mut squares, mut degrees_of_freedom) = (0.0, 0.0);
    let (mut implied, mut count) = (0.0, 0.0);
    for group in groups {
        let mean = group.iter().map(|vote| vote.score).sum::<f64>() / group.len().max(1) as f64;
        squares += group.iter().map(|vote| (vote.score - mean).powi(2)).sum::<f64>();
        degrees_of_freedom += group.len().saturating_sub(1) as f64;
        implied += group.iter().map(|vote| (vote.half_width / Z).powi(2)).sum::<f64>();
        count += group.len() as f64;
    }
    let prior = if count > 0.0 { implied / count } else { DEFAULT_VARIANCE };
    ((squares + PRIOR_VOTES * prior) / (degrees_of_freedom + PRIOR_VOTES)).max(MIN_VARIANCE)
}

#[cfg(test)]
mod tests {
    use detente::Day;

    use super::*;

    fn vote(offset: i64, score: f64) -> StoryVote {
        let day = Day::new(2020, 1, 6).expect("a Monday").plus_days(offset);
        let story = offset as u32;
        StoryVote { day, score, half_width: 0.3, story, articles: 1, first_article: 0, source: None }
    }

    #[test]
    fn votes_are_weighted_equally_by_interval_or_by_source() {
        let source = |score, name: &str| StoryVote { source: Some(name.into()), ..vote(0, score) };
        let votes = [source(0.3, "a"), source(0.3, "a"), source(-0.3, "b")];
        let score =
            |votes: &[StoryVote], weighting| weighted_mean(votes, weighting, 0.1).expect("votes").score;
        assert!(score(&votes, VoteWeighting::Source).abs() < 1e-12);
        assert!((score(&votes, VoteWeighting::Equal) - 0.1).abs() < 1e-12);
        let narrow_and_wide =
            [StoryVote { half_width: 0.1, ..vote(0, 0.5) }, StoryVote { half_width: 0.3, ..vote(0, -0.5) }];
        assert!((score(&narrow_and_wide, VoteWeighting::Interval) - 0.4).abs() < 1e-12);
    }
}
