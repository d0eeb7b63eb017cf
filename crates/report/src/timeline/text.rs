//! Text report on a timeline: a sparkline, turning points, highest and lowest stories, and a table with bands.

use std::io;
use std::io::Write;

use detente_timeline::{Series, SeriesPoint, Timeline};

use crate::ansi::{BOLD, DIM, RESET};
use crate::number::{articles_and_stories, optional_score};
use crate::phrases::{P_VALUE_NOTE, axis_limit, issue, phrase_changes, story, turning_point};
use crate::text_width::{fitted, truncated};

/// Most rows of the table, and most series in an overview.
const MAX_ROWS: usize = 80;
const MAX_SERIES: usize = 24;
/// Columns of the name of a series in an overview.
const NAME_WIDTH: usize = 24;
/// Columns beside the sparkline in an overview, and the narrowest sparkline.
const BESIDE_SPARKLINE: usize = 64;
const MIN_SPARKLINE: usize = 20;
/// Columns of the strip that shows a score within its band; an odd number, so that 0 is in the middle.
const STRIP_WIDTH: usize = 41;

/// Writes the details of a single series, or an overview of several.
pub(crate) fn write_text(timeline: &Timeline, width: usize, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "{BOLD}{}{RESET}{DIM} by {}, with {:.0}% confidence bands; {}{RESET}",
        articles_and_stories(timeline.articles, timeline.stories),
        timeline.period,
        timeline.coverage * 100.0,
        timeline.models.join(", ")
    )?;
    for found in &timeline.issues {
        writeln!(out, "! {}", issue(found))?;
    }
    match timeline.series.as_slice() {
        // `--by side` may find one side only: details are more useful than an overview of one
        [series] => write_details(series, width, out),
        several => write_overview(several, width, out),
    }
}

/// The largest series, in a few lines each.
fn write_overview(series: &[Series], width: usize, out: &mut dyn Write) -> io::Result<()> {
    let mut largest: Vec<&Series> = series.iter().collect();
    largest.sort_by(|a, b| b.stories.cmp(&a.stories).then_with(|| a.key.cmp(&b.key)));
    writeln!(out)?;
    for series in largest.iter().take(MAX_SERIES) {
        let last = series.points.last().and_then(|point| point.level.or(point.score));
        writeln!(
            out,
            "{BOLD}{}{RESET} {} {}  {DIM}{}{RESET}",
            fitted(&series.key, NAME_WIDTH),
            optional_score(last),
            sparkline(&series.points, width.saturating_sub(BESIDE_SPARKLINE).max(MIN_SPARKLINE)),
            articles_and_stories(series.articles, series.stories)
        )?;
        for found in &series.turning_points {
            writeln!(out, "{:NAME_WIDTH$} {}", "", turning_point(found))?;
        }
    }
    if largest.iter().any(|series| !series.turning_points.is_empty()) {
        writeln!(out, "{DIM}{P_VALUE_NOTE}{RESET}")?;
    }
    if largest.len() > MAX_SERIES {
        writeln!(out, "{DIM}and {} more; --format csv has all{RESET}", largest.len() - MAX_SERIES)?;
    }
    Ok(())
}

fn write_details(series: &Series, width: usize, out: &mut dyn Write) -> io::Result<()> {
    const INDENT: usize = 4;
    let text_width = width.saturating_sub(INDENT);
    writeln!(out, "\n{}\n", sparkline(&series.points, width))?;
    if series.turning_points.is_empty() {
        writeln!(out, "no turning point: the order of the stories shows no change of level")?;
    }
    for found in &series.turning_points {
        writeln!(out, "{BOLD}{}{RESET}", turning_point(found))?;
        for mention in &found.stories {
            writeln!(out, "{:INDENT$}{}", "", truncated(&story(mention), text_width))?;
        }
        if !found.phrases.is_empty() {
            let phrases = phrase_changes(found).join(", ");
            writeln!(out, "{:INDENT$}{DIM}{}{RESET}", "", truncated(&phrases, text_width))?;
        }
    }
    if !series.turning_points.is_empty() {
        writeln!(out, "{DIM}{P_VALUE_NOTE}{RESET}")?;
    }
    for (name, stories) in [("highest", &series.highest), ("lowest", &series.lowest)] {
        writeln!(out, "\n{BOLD}{name}{RESET}")?;
        for mention in stories {
            writeln!(out, "{:INDENT$}{}", "", truncated(&story(mention), text_width))?;
        }
    }
    write_table(series, out)
}

fn write_table(series: &Series, out: &mut dyn Write) -> io::Result<()> {
    let skipped = series.points.len().saturating_sub(MAX_ROWS);
    writeln!(out)?;
    if skipped > 0 {
        writeln!(
            out,
            "{DIM}the last {MAX_ROWS} of {} periods; a longer --period shows all, and so does --format csv{RESET}",
            series.points.len()
        )?;
    }
    let limit = axis_limit(series.points.iter().flat_map(|p| [p.score, p.low, p.high]).flatten());
    let ends = format!("−{limit:.2}{:>width$}", format!("+{limit:.2}"), width = STRIP_WIDTH - 5);
    writeln!(out, "{DIM}start       score  level {ends}  stories{RESET}")?;
    for point in series.points.iter().skip(skipped) {
        writeln!(
            out,
            "{}  {:>5}  {:>5} {}  {}",
            point.start,
            optional_score(point.score),
            optional_score(point.level),
            strip(point, limit),
            if point.stories == 0 { String::new() } else { point.stories.to_string() }
        )?;
    }
    Ok(())
}

/// A score within its band: `│` is 0, `─` the band, `●` the score, `○` a score that is carried forward.
fn strip(point: &SeriesPoint, limit: f64) -> String {
    let column = |value: f64| {
        let share = f64::midpoint(value / limit, 1.0);
        (share * (STRIP_WIDTH - 1) as f64).round().clamp(0.0, (STRIP_WIDTH - 1) as f64) as usize
    };
    let mut cells = vec![' '; STRIP_WIDTH];
    if let (Some(low), Some(high)) = (point.low, point.high) {
        cells.iter_mut().take(column(high) + 1).skip(column(low)).for_each(|cell| *cell = '─');
    }
    if let Some(cell) = cells.get_mut(STRIP_WIDTH / 2) {
        *cell = '│';
    }
    if let Some(cell) = point.score.and_then(|score| cells.get_mut(column(score))) {
        // drawn last: the score hides the 0 and the band
        *cell = if point.filled { '○' } else { '●' };
    }
    cells.into_iter().collect()
}

/// The levels, or the scores where there is no level, in at most `width` columns; a space where there is neither.
fn sparkline(points: &[SeriesPoint], width: usize) -> String {
    const STEPS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let value = |point: &SeriesPoint| point.level.or(point.score);
    let limit = axis_limit(points.iter().filter_map(value));
    // a long series has several points in each column
    let cells = points.len().min(width.max(1));
    let mut line = String::new();
    for cell in 0..cells {
        let group = &points[cell * points.len() / cells..(cell + 1) * points.len() / cells];
        let values: Vec<f64> = group.iter().filter_map(value).collect();
        if values.is_empty() {
            line.push(' ');
            continue;
        }
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        let step = ((mean / limit + 1.0) * 4.0).floor().clamp(0.0, 7.0) as usize;
        line.push(STEPS.get(step).copied().unwrap_or(' '));
    }
    line
}

#[cfg(test)]
mod tests {
    use detente::Day;

    use super::*;

    fn at(score: f64) -> SeriesPoint {
        let start = Day::new(2020, 1, 6).expect("a day");
        let mut point = SeriesPoint::empty(start, start);
        (point.score, point.low, point.high) = (Some(score), Some(score - 0.1), Some(score + 0.1));
        point
    }

    #[test]
    fn strips_and_sparklines_are_drawn_to_scale() {
        assert_eq!(strip(&at(0.5), 1.0).chars().position(|c| c == '●'), Some(30));
        assert_eq!(strip(&at(-0.5), 1.0).chars().position(|c| c == '●'), Some(10));
        assert_eq!(sparkline(&[at(-0.5), at(0.01), at(0.5)], 10), "▁▅█");
        assert_eq!(sparkline(&[at(0.2), at(0.2), at(0.2), at(0.2)], 2).chars().count(), 2);
        assert_eq!(sparkline(&[], 10), "");
    }
}
