//! Sentences and lines that all reports on series share.

use detente::Probability;
use detente_timeline::{DataIssue, Series, SeriesPoint, StoryMention, TurningPoint};

use crate::number::{articles_and_stories, optional_score, p_value, score};

/// Explanation of the p-values of turning points.
pub(crate) const P_VALUE_NOTE: &str = "p: share of random orders of the stories that show as clear a shift anywhere, \
     times the number of segments looked at";

/// The ends of an interval of scores: "−0.05 … +0.29".
pub(crate) fn interval(low: f64, high: f64) -> String {
    format!("{} … {}", score(low), score(high))
}

/// A point in one line: dates, score, band, counts.
pub(crate) fn point(point: &SeriesPoint) -> String {
    let dates = if point.start == point.end {
        point.start.to_string()
    } else {
        format!("{} – {}", point.start, point.end)
    };
    match (point.score, point.low, point.high) {
        (Some(value), Some(low), Some(high)) => format!(
            "{dates}: {} ({}), {}{}",
            score(value),
            interval(low, high),
            articles_and_stories(point.articles, point.stories),
            if point.filled { "; latest score" } else { "" }
        ),
        _ => format!("{dates}: silent"),
    }
}

/// A turning point in one line: day, shift, means before and after, p-value.
pub(crate) fn turning_point(found: &TurningPoint) -> String {
    format!(
        "{}  {} {}  from {} to {}  ({})",
        found.day,
        arrow(found),
        score(found.shift),
        score(found.before),
        score(found.after),
        p_value(found.p_value)
    )
}

/// The direction of a turning point.
pub(crate) fn arrow(turning_point: &TurningPoint) -> char {
    if turning_point.shift > 0.0 { '▲' } else { '▼' }
}

/// The phrases of a turning point with the change of their contribution, one string for each.
pub(crate) fn phrase_changes(found: &TurningPoint) -> Vec<String> {
    found.phrases.iter().map(|p| format!("{} {}", p.phrase, score(p.change))).collect()
}

/// A story in one line: day, score, title or id.
pub(crate) fn story(story: &StoryMention) -> String {
    let copies = if story.articles > 1 { format!(" ({} articles)", story.articles) } else { String::new() };
    let name = story.title.as_deref().or(story.lead.as_deref()).unwrap_or(&story.id);
    format!("{}  {}  {name}{copies}", story.day, score(story.score))
}

/// An issue in one line: message, count, ids.
pub(crate) fn issue(issue: &DataIssue) -> String {
    let more = if issue.count > issue.names.len() { ", …" } else { "" };
    format!("{}: {} ({}{more})", issue.message, issue.count, issue.names.join(", "))
}

/// A series in one sentence, for the alternative text of plots.
pub(crate) fn series_summary(series: &Series) -> String {
    let ends = [series.points.first(), series.points.last()];
    let ends: Vec<String> = ends.into_iter().flatten().map(point).collect();
    let turning_points: Vec<String> = series.turning_points.iter().map(turning_point).collect();
    let turning_points =
        if turning_points.is_empty() { "no turning point".to_owned() } else { turning_points.join("; ") };
    format!("{}: from {}. {turning_points}.", series.key, ends.join(" to "))
}

/// The values of a point in the order of table columns: score, band, level, band.
pub(crate) fn point_values(point: &SeriesPoint) -> [String; 6] {
    [point.score, point.low, point.high, point.level, point.level_low, point.level_high].map(optional_score)
}

/// Half the height of an axis that shows all `values`: a multiple of 0.25 from 0.5 to 1.
pub(crate) fn axis_limit(values: impl Iterator<Item = f64>) -> f64 {
    let largest = values.fold(0.0_f64, |largest, value| largest.max(value.abs()));
    ((largest * 4.0).ceil() / 4.0).clamp(0.5, 1.0)
}

/// The mean hedge of an outlook, after the number of its statements; empty if the model learned nothing of hedges.
pub(crate) fn hedged(hedge: Option<Probability>) -> String {
    hedge.map_or_else(String::new, |hedge| format!(", hedged {:.0}%", hedge.get() * 100.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axis_limits_are_quarters() {
        let limit = |value: f64| axis_limit([value].into_iter());
        assert_eq!((limit(0.1), limit(-0.6), limit(0.99)), (0.5, 0.75, 1.0));
    }
}
