//! A timeline as rows: CSV and JSON lines with stable columns, one row a point.

use std::io;
use std::io::Write;

use detente::internals::rounded;
use detente_timeline::{Series, SeriesPoint, Timeline};
use serde::Serialize;

/// The columns; new ones are added behind.
const COLUMNS: [&str; 17] = [
    "by",
    "series",
    "period",
    "start",
    "end",
    "articles",
    "stories",
    "score",
    "low",
    "high",
    "filled",
    "level",
    "level_low",
    "level_high",
    "turn",
    "turn_p",
    "model",
];

/// A point with the series that it belongs to. `turn` is the shift that starts with it.
#[derive(Serialize)]
struct Row<'a> {
    by: Option<&'a str>,
    series: &'a str,
    period: &'a str,
    #[serde(flatten)]
    point: &'a SeriesPoint,
    turn: Option<f64>,
    turn_p: Option<f64>,
    model: String,
}

fn rows(line: &Timeline) -> impl Iterator<Item = Row<'_>> {
    let model = line.models.join(" ");
    line.series.iter().flat_map(|series| series.points.iter().map(move |point| (series, point))).map(
        move |(series, point)| {
            let turn = turn(series, point);
            Row {
                by: series.group_by.map(detente_timeline::GroupBy::as_str),
                series: &series.key,
                period: line.period.as_str(),
                point,
                turn: turn.map(|(shift, _)| shift),
                turn_p: turn.map(|(_, p)| p),
                model: model.clone(),
            }
        },
    )
}

fn turn(series: &Series, point: &SeriesPoint) -> Option<(f64, f64)> {
    let found = series.turning_points.iter().find(|turn| turn.day == point.start)?;
    Some((rounded(found.shift), rounded(found.p_value)))
}

/// One object a point, one a line.
pub(crate) fn jsonl(line: &Timeline, out: &mut dyn Write) -> io::Result<()> {
    for row in rows(line) {
        serde_json::to_writer(&mut *out, &row)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// A header and one row a point.
pub(crate) fn csv(line: &Timeline, out: &mut dyn Write) -> io::Result<()> {
    let mut table = ::csv::Writer::from_writer(out);
    table.write_record(COLUMNS)?;
    for row in rows(line) {
        let number = |value: Option<f64>| value.map(|v| rounded(v).to_string()).unwrap_or_default();
        let p = row.point;
        table.write_record([
            row.by.unwrap_or_default(),
            row.series,
            row.period,
            &p.start.to_string(),
            &p.end.to_string(),
            &p.articles.to_string(),
            &p.stories.to_string(),
            &number(p.score),
            &number(p.low),
            &number(p.high),
            if p.filled { "true" } else { "false" },
            &number(p.level),
            &number(p.level_low),
            &number(p.level_high),
            &number(row.turn),
            &number(row.turn_p),
            &row.model,
        ])?;
    }
    table.flush()
}
