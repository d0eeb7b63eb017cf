//! [`runs`]: the parts of a level that are drawn as one line: between turning points and gaps.

use detente::Day;
use detente_timeline::{Series, SeriesPoint};

/// Periods without articles for so many days, and for this share of the series, are drawn as a gap. The level of the
/// model goes on, but nothing supports it. In twenty years of sparse news, a gap is half a year.
const GAP_DAYS: i64 = 45;
const GAP_SHARE: i64 = 40;

/// A run of points whose level is one line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Run<'a> {
    pub(crate) points: &'a [SeriesPoint],
    /// The turning points at its ends: the line goes up to them.
    pub(crate) from: Option<Day>,
    pub(crate) to: Option<Day>,
}

/// The level of a point; in a causal timeline, the filtered one.
pub(crate) fn level(point: &SeriesPoint) -> Option<[f64; 3]> {
    let ends = |level: Option<f64>, low: Option<f64>, high: Option<f64>| Some([level?, low?, high?]);
    ends(point.level, point.level_low, point.level_high)
        .or_else(|| ends(point.filtered, point.filtered_low, point.filtered_high))
}

/// The runs of a series.
pub(crate) fn runs(series: &Series) -> Vec<Run<'_>> {
    let gaps = gaps(&series.points);
    let is_turn = |point: &SeriesPoint| series.turning_points.iter().any(|turn| turn.day == point.start);
    let in_gap = |point: &SeriesPoint| gaps.iter().any(|(from, to)| (*from..=*to).contains(&point.start));
    let splits =
        |a: &SeriesPoint, b: &SeriesPoint| is_turn(b) || in_gap(a) != in_gap(b) || level(b).is_none();
    let parts: Vec<&[SeriesPoint]> = series.points.chunk_by(|a, b| !splits(a, b)).collect();
    let shown = |at: usize| parts.get(at).and_then(|part| part.first()).filter(|point| !in_gap(point));
    let mut runs = Vec::new();
    for (at, points) in parts.iter().enumerate() {
        let Some(first) = shown(at).filter(|first| level(first).is_some()) else { continue };
        let next = shown(at + 1).filter(|next| is_turn(next)).map(|next| next.start);
        let from = (at > 0 && is_turn(first) && shown(at - 1).is_some()).then_some(first.start);
        runs.push(Run { points, from, to: next });
    }
    runs
}

/// First day of the first and of the last period of each gap.
pub(crate) fn gaps(points: &[SeriesPoint]) -> Vec<(Day, Day)> {
    let silences = points.chunk_by(|a, b| (a.stories == 0) == (b.stories == 0));
    let days = points.first().zip(points.last()).map_or(0, |(first, last)| last.end.days_since(first.start));
    let least = GAP_DAYS.max(days / GAP_SHARE);
    let gap = |silence: &[SeriesPoint]| {
        let (first, last) = (silence.first()?, silence.last()?);
        let is_long = silence.len() >= 2 && last.end.days_since(first.start) >= least;
        (first.stories == 0 && is_long).then_some((first.start, last.start))
    };
    silences.filter_map(gap).collect()
}
