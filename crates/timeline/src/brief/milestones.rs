//! The course of a series: its turning points, and the highs and lows of its level with a story for each.

use detente::Day;

use crate::brief::types::Milestone;
use crate::collection::Collection;
use crate::series::Series;
use crate::series_article::SeriesArticle;
use crate::story_vote::{DateBasis, StoryVote, votes_by_group};

/// The level turns at a high or low if it then moves away by this much: from open to optimistic.
const MIN_SWING: f64 = 0.2;
/// Most milestones.
const MAX_MILESTONES: usize = 14;
/// A high or low within so many days of a turning point is told by it.
const SAME_DAYS: i64 = 10;

/// Days of the highs (`true`) and lows of the level, in chronological order: the extremes between moves of at least
/// [`MIN_SWING`].
fn extremes(series: &Series) -> Vec<(Day, bool)> {
    let levels: Vec<(Day, f64)> = series
        .points
        .iter()
        .filter(|point| point.stories > 0)
        .filter_map(|point| Some((point.start, point.level?)))
        .collect();
    let mut found = Vec::new();
    let Some(&first) = levels.first() else { return found };
    let (mut high, mut low, mut rises) = (first, first, None);
    for &(day, level) in &levels {
        if level > high.1 {
            high = (day, level);
        }
        if level < low.1 {
            low = (day, level);
        }
        if rises != Some(false) && high.1 - level >= MIN_SWING {
            found.push((high.0, true));
            (rises, low) = (Some(false), (day, level));
        } else if rises != Some(true) && level - low.1 >= MIN_SWING {
            found.push((low.0, false));
            (rises, high) = (Some(true), (day, level));
        }
        // the search for the next extreme starts at the last one
        if rises == Some(false) {
            high = (day, level);
        } else if rises == Some(true) {
            low = (day, level);
        }
    }
    match rises {
        Some(true) => found.push((high.0, true)),
        Some(false) => found.push((low.0, false)),
        None => {}
    }
    found
}

/// The milestones of `series`, in chronological order.
pub(crate) fn milestones(collection: &Collection, series: &Series) -> Vec<Milestone> {
    let votes = votes_by_group(collection, None, DateBasis::Article).into_values().next().unwrap_or_default();
    let mut found: Vec<Milestone> = Vec::new();
    for turn in &series.turning_points {
        if let Some(story) = &turn.headline {
            let title = story.title.as_ref().or(story.lead.as_ref()).unwrap_or(&story.id).clone();
            let kind = if turn.shift > 0.0 { "up" } else { "down" };
            let (day, score, id) = (story.day, story.score, story.id.clone());
            found.push(Milestone { day, score, id, title, kind, p_value: Some(turn.p_value) });
        }
    }
    let turns = found.len();
    let extremes = extremes(series);
    for (at, (day, is_high)) in extremes.iter().enumerate() {
        // stories up to half the way to the neighbours
        let half_way = |other: Option<&(Day, bool)>, otherwise: Day| {
            other.map_or(otherwise, |(other, _)| day.plus_days(other.days_since(*day) / 2))
        };
        let from = half_way(at.checked_sub(1).and_then(|at| extremes.get(at)), day.plus_days(-31));
        let to = half_way(extremes.get(at + 1), day.plus_days(31));
        let near = votes.iter().filter(|vote| from <= vote.day && vote.day <= to);
        let sign = if *is_high { 1.0 } else { -1.0 };
        let best = near.max_by(|a, b| (sign * a.score).total_cmp(&(sign * b.score)));
        found.extend(best.map(|vote| milestone(collection, vote, if *is_high { "high" } else { "low" })));
    }
    let told: Vec<(Day, String)> = found.iter().take(turns).map(|turn| (turn.day, turn.id.clone())).collect();
    let mut at = 0;
    found.retain(|milestone| {
        at += 1;
        let is_told = |(day, id): &(Day, String)| {
            *id == milestone.id || day.days_since(milestone.day).abs() <= SAME_DAYS
        };
        at <= turns || !told.iter().any(is_told)
    });
    let ends = [(votes.first(), "start"), (votes.last(), "latest")];
    let ends = ends.into_iter().filter_map(|(vote, kind)| Some(milestone(collection, vote?, kind)));
    let turns = found.iter().take_while(|milestone| milestone.p_value.is_some()).count();
    found.splice(turns..turns, ends);
    // the first of two milestones on one story is kept: turning points, ends, highs and lows
    let mut ids: Vec<String> = Vec::new();
    found.retain(|milestone| {
        let is_new = !ids.contains(&milestone.id);
        ids.push(milestone.id.clone());
        is_new
    });
    found.truncate(MAX_MILESTONES);
    found.sort_by(|a, b| (a.day, &a.id).cmp(&(b.day, &b.id)));
    found
}

fn milestone(collection: &Collection, vote: &StoryVote, kind: &'static str) -> Milestone {
    let article = collection.articles.get(vote.first_article as usize);
    Milestone {
        day: vote.day,
        score: vote.score,
        id: article.map(|article| article.id.to_string()).unwrap_or_default(),
        title: article.map(name).unwrap_or_default(),
        kind,
        p_value: None,
    }
}

/// The title of an article, or the beginning of its text, or its id.
pub(crate) fn name(article: &SeriesArticle) -> String {
    article.title.as_deref().or(article.lead.as_deref()).unwrap_or(&article.id).to_owned()
}
