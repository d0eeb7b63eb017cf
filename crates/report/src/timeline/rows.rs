//! CSV and JSON Lines reports on timelines: one row for each point of each series.

use std::io;
use std::io::Write;

use detente::Day;
use detente::internals::rounded;
use detente_timeline::{Series, SeriesPoint, Timeline, TurningPoint};
use serde::Serialize;

/// New columns are appended, existing ones stay.
const COLUMNS: [&str; 25] = [
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
    "filtered",
    "filtered_low",
    "filtered_high",
    "turn_date",
    "news_until",
    "dispersion",
    "negative",
    "decayed",
];

/// A point with its series. `turn`, `turn_p` and `turn_date` are the shift, the p-value and the day of a turning point at
/// its start; in a causal timeline, of a turning point that became known in it.
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
    turn_date: Option<Day>,
    news_until: Option<Day>,
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
                turn: turn.map(|turn| rounded(turn.shift)),
                turn_p: turn.map(|turn| rounded(turn.p_value)),
                model: model.clone(),
                turn_date: turn.map(|turn| turn.date),
                news_until: timeline.news_until,
            }
        },
    )
}

/// The turning point that starts with `point`, or became known in it.
fn turning_point_at<'a>(series: &'a Series, point: &SeriesPoint) -> Option<&'a TurningPoint> {
    series.turning_points.iter().find(|turn| match turn.known {
        Some(known) => known == point.end,
        None => turn.day == point.start,
    })
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
        let day = |value: Option<Day>| value.map(|day| day.to_string()).unwrap_or_default();
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
            &number(p.filtered),
            &number(p.filtered_low),
            &number(p.filtered_high),
            &day(row.turn_date),
            &day(row.news_until),
            &number(p.dispersion),
            &number(p.negative),
            &number(p.decayed),
        ])?;
    }
    table.flush()
}
