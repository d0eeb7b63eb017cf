//! A timeline for a terminal: sparkline, turning points, peaks, and a table with bands.

use std::io;
use std::io::Write;

use detente_timeline::{Series, SeriesPoint, Timeline};

use crate::phrases::{TURNS, counted, finding, mention, point, reach, signed, signed_if_any, turn};

const BOLD: &str = "\x1b[1m";
const DIM: &str = "\x1b[2m";
const PLAIN: &str = "\x1b[0m";
/// Most rows of the table and most series shown.
const ROWS: usize = 80;
const SERIES: usize = 24;
/// Columns of the strip that shows a score in its band.
const STRIP: usize = 41;

pub(crate) fn write(line: &Timeline, width: usize, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "{BOLD}{}{PLAIN}{DIM} by {}; bands hold {:.0}% of repetitions; {}{PLAIN}",
        counted(line.articles, line.stories),
        line.period,
        line.coverage * 100.0,
        line.models.join(", ")
    )?;
    for note in &line.issues {
        writeln!(out, "! {}", finding(note))?;
    }
    if let [series] = line.series.as_slice() {
        return whole(series, width, out);
    }
    let mut largest: Vec<&Series> = line.series.iter().collect();
    largest.sort_by(|a, b| b.stories.cmp(&a.stories).then_with(|| a.key.cmp(&b.key)));
    writeln!(out)?;
    for series in largest.iter().take(SERIES) {
        brief(series, width, out)?;
    }
    if largest.iter().any(|series| !series.turning_points.is_empty()) {
        writeln!(out, "{DIM}{TURNS}{PLAIN}")?;
    }
    if largest.len() > SERIES {
        writeln!(out, "{DIM}and {} more; --format csv has all{PLAIN}", largest.len() - SERIES)?;
    }
    Ok(())
}

/// One series in a few lines.
fn brief(series: &Series, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let name: String = series.key.chars().take(24).collect();
    let last = series.points.last().and_then(|point| point.level.or(point.score));
    writeln!(
        out,
        "{BOLD}{name:<24}{PLAIN} {} {}  {DIM}{}{PLAIN}",
        signed_if_any(last),
        sparkline(&series.points, width.saturating_sub(64).max(20)),
        counted(series.articles, series.stories)
    )?;
    for found in &series.turning_points {
        writeln!(out, "{:24} {}", "", turn(found))?;
    }
    Ok(())
}

fn whole(series: &Series, width: usize, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n{}\n", sparkline(&series.points, width))?;
    if series.turning_points.is_empty() {
        writeln!(out, "no turning point: the order of the stories shows no change of level")?;
    }
    for found in &series.turning_points {
        writeln!(out, "{BOLD}{}{PLAIN}", turn(found))?;
        for story in &found.stories {
            writeln!(out, "    {}", clipped(&mention(story), width.saturating_sub(4)))?;
        }
        if !found.phrases.is_empty() {
            let phrases: Vec<String> =
                found.phrases.iter().map(|p| format!("{} {}", p.phrase, signed(p.change))).collect();
            writeln!(out, "    {DIM}{}{PLAIN}", clipped(&phrases.join(", "), width.saturating_sub(4)))?;
        }
    }
    if !series.turning_points.is_empty() {
        writeln!(out, "{DIM}{TURNS}{PLAIN}")?;
    }
    for (name, stories) in [("highest", &series.highest), ("lowest", &series.lowest)] {
        writeln!(out, "\n{BOLD}{name}{PLAIN}")?;
        for story in stories {
            writeln!(out, "    {}", clipped(&mention(story), width.saturating_sub(4)))?;
        }
    }
    table(series, out)
}

fn table(series: &Series, out: &mut dyn Write) -> io::Result<()> {
    let skipped = series.points.len().saturating_sub(ROWS);
    writeln!(out)?;
    if skipped > 0 {
        writeln!(
            out,
            "{DIM}the last {ROWS} of {} periods; a longer --period shows all, and so does --format csv{PLAIN}",
            series.points.len()
        )?;
    }
    let reach = scale(&series.points);
    let ends = format!("−{reach:.2}{:>width$}", format!("+{reach:.2}"), width = STRIP - 5);
    writeln!(out, "{DIM}start       score  level {ends}  stories{PLAIN}")?;
    for point in series.points.iter().skip(skipped) {
        writeln!(
            out,
            "{}  {:>5}  {:>5} {}  {}",
            point.start,
            signed_if_any(point.score),
            signed_if_any(point.level),
            strip(point, reach),
            if point.stories == 0 { String::new() } else { point.stories.to_string() }
        )?;
    }
    Ok(())
}

fn scale(points: &[SeriesPoint]) -> f64 {
    reach(points.iter().flat_map(|p| [p.score, p.low, p.high]).flatten())
}

/// The score in its band: `│` at 0, `─` the band, `●` the score, `○` one carried on.
fn strip(point: &SeriesPoint, reach: f64) -> String {
    let column = |value: f64| {
        let share = f64::midpoint(value / reach, 1.0);
        (share * (STRIP - 1) as f64).round().clamp(0.0, (STRIP - 1) as f64) as usize
    };
    let mut cells = vec![' '; STRIP];
    if let (Some(low), Some(high)) = (point.low, point.high) {
        cells.iter_mut().take(column(high) + 1).skip(column(low)).for_each(|cell| *cell = '─');
    }
    if let Some(cell) = cells.get_mut(STRIP / 2) {
        *cell = '│';
    }
    if let Some(cell) = point.score.and_then(|score| cells.get_mut(column(score))) {
        *cell = if point.filled { '○' } else { '●' };
    }
    cells.into_iter().collect()
}

/// The level, or where there is none the score, in at most `width` characters; a blank where
/// there is neither.
fn sparkline(points: &[SeriesPoint], width: usize) -> String {
    const STEPS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let value = |point: &SeriesPoint| point.level.or(point.score);
    let reach = reach(points.iter().filter_map(value));
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
        let step = ((mean / reach + 1.0) * 4.0).floor().clamp(0.0, 7.0) as usize;
        line.push(STEPS.get(step).copied().unwrap_or(' '));
    }
    line
}

fn clipped(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    text.chars().take(width.saturating_sub(1)).chain(['…']).collect()
}

/// What a point says, for the alternative text of plots.
pub(crate) fn spoken(series: &Series) -> String {
    let ends = [series.points.first(), series.points.last()];
    let ends: Vec<String> = ends.into_iter().flatten().map(point).collect();
    let turns: Vec<String> = series.turning_points.iter().map(turn).collect();
    let turns = if turns.is_empty() { "no turning point".to_owned() } else { turns.join("; ") };
    format!("{}: from {}. {turns}.", series.key, ends.join(" to "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use detente::Day;

    fn at(score: f64) -> SeriesPoint {
        let start = Day::new(2020, 1, 6).expect("a day");
        let mut point = SeriesPoint::empty(start, start);
        (point.score, point.low, point.high) = (Some(score), Some(score - 0.1), Some(score + 0.1));
        point
    }

    #[test]
    fn strips_and_sparklines_show_where_things_stand() {
        assert_eq!(strip(&at(0.5), 1.0).chars().position(|c| c == '●'), Some(30));
        assert_eq!(strip(&at(-0.5), 1.0).chars().position(|c| c == '●'), Some(10));
        assert_eq!(sparkline(&[at(-0.5), at(0.01), at(0.5)], 10), "▁▅█");
        assert_eq!(sparkline(&[at(0.2), at(0.2), at(0.2), at(0.2)], 2).chars().count(), 2);
        assert_eq!(sparkline(&[], 10), "");
        assert_eq!(clipped("abcdef", 4), "abc…");
    }
}
