//! CSV and JSON Lines reports on timelines: one row for each point of each series.

use std::io;
use std::io::Write;

use detente::internals::rounded;
use detente_timeline::{Series, SeriesPoint, Timeline};
use serde::Serialize;

/// New columns are appended, existing ones stay.
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

/// A point with its series. `turn` and `turn_p` are the shift and the p-value of a turning point at its start.
#[derive(Serialize)]
struct PointRow<'a> {
    by: Option<&'a str>,
    series: &'a str,
    period: &'a str,
    #[serde(flatten)]
    point: &'a SeriesPoint,
    turn: Option<f64>,
    turn_p: Option<f64>,
    model: String,
}

fn rows(timeline: &Timeline) -> impl Iterator<Item = PointRow<'_>> {
    let model = timeline.models.join(" ");
    timeline.series.iter().flat_map(|series| series.points.iter().map(move |point| (series, point))).map(
        move |(series, point)| {
            let turn = turning_point_at(series, point);
            PointRow {
                by: series.group_by.map(detente_timeline::GroupBy::as_str),
                series: &series.key,
                period: timeline.period.as_str(),
                point,
                turn: turn.map(|(shift, _)| shift),
                turn_p: turn.map(|(_, p)| p),
                model: model.clone(),
            }
        },
    )
}

/// Shift and p-value of the turning point that starts with `point`.
fn turning_point_at(series: &Series, point: &SeriesPoint) -> Option<(f64, f64)> {
    let found = series.turning_points.iter().find(|turn| turn.day == point.start)?;
    Some((rounded(found.shift), rounded(found.p_value)))
}

/// JSON Lines: one object for each point.
pub(crate) fn write_json_lines(timeline: &Timeline, out: &mut dyn Write) -> io::Result<()> {
    for row in rows(timeline) {
        serde_json::to_writer(&mut *out, &row)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// CSV: a header and one row for each point.
pub(crate) fn write_csv(timeline: &Timeline, out: &mut dyn Write) -> io::Result<()> {
    let mut table = ::csv::Writer::from_writer(out);
    table.write_record(COLUMNS)?;
    for row in rows(timeline) {
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
