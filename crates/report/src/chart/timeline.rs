//! The chart of a timeline: one panel for each series, on one time axis, with a legend.

use detente_timeline::{Series, Timeline};

use crate::chart::axis::long_date;
use crate::chart::canvas::Canvas;
use crate::chart::layout::{COLUMN_GAP, Layout, NARROW, WIDE};
use crate::chart::legend::{Symbol, draw_legend};
use crate::chart::level::gaps;
use crate::chart::panel::Panel;
use crate::number::{articles_and_stories, count};
use crate::phrases::series_summary;

/// Most panels: those of the series with the most stories.
const MAX_PANELS: usize = 12;

/// The chart as an SVG document that can also be embedded in a page.
pub(crate) fn timeline_chart(timeline: &Timeline, layout: &Layout) -> String {
    draw(timeline, layout).0
}

/// The chart in both layouts, of which a page shows the one that fits.
pub(crate) fn timeline_figure(timeline: &Timeline) -> String {
    format!(
        "<div class=\"wide\">{}</div>\n<div class=\"narrow\">{}</div>\n",
        timeline_chart(timeline, &WIDE),
        timeline_chart(timeline, &NARROW)
    )
}

/// The document, and the canvas with the boxes of its texts.
fn draw(timeline: &Timeline, layout: &Layout) -> (String, Vec<crate::chart::canvas::TextBox>) {
    let mut shown: Vec<&Series> = timeline.series.iter().filter(|series| !series.points.is_empty()).collect();
    shown.sort_by(|a, b| b.stories.cmp(&a.stories).then_with(|| a.key.cmp(&b.key)));
    let left_out = shown.len().saturating_sub(MAX_PANELS);
    shown.truncate(MAX_PANELS);
    let mut canvas = Canvas::default();
    let mut y = 4.0;
    let columns = layout.columns.min(shown.len());
    for row in shown.chunks(columns.max(1)) {
        y += draw_row(&mut canvas, row, y, layout, columns, &shown);
    }
    y += draw_legend(&mut canvas, legend_edges(layout), y + 6.0, &legend(timeline, &shown)) + 16.0;
    let counts = articles_and_stories(timeline.articles, timeline.stories);
    let title = format!("Outlook by {}, {counts}", timeline.period);
    let mut summary: Vec<String> = shown.iter().map(|series| series_summary(series)).collect();
    if left_out > 0 {
        summary.push(format!("{} with fewer stories are not shown.", count(left_out, "series", "series")));
    }
    let boxes = canvas.boxes.clone();
    (canvas.into_document(layout, y, &title, &summary.join(" ")), boxes)
}

fn legend_edges(layout: &Layout) -> (f64, f64) {
    let left = if layout.is_stacked { 2.0 } else { layout.left };
    (left, layout.width - 4.0)
}

/// Draws panels beside each other and returns the height of the row.
fn draw_row(
    canvas: &mut Canvas,
    row: &[&Series],
    y: f64,
    layout: &Layout,
    columns: usize,
    all: &[&Series],
) -> f64 {
    let first = all.iter().filter_map(|s| s.points.first()).map(|p| p.start).min();
    let last = all.iter().filter_map(|s| s.points.last()).map(|p| p.end).max();
    let (Some(first), Some(last)) = (first, last) else { return 0.0 };
    let of_panel = layout.of_panel(columns);
    let mut height: f64 = 0.0;
    for (at, series) in row.iter().enumerate() {
        // the only series needs no name
        let name = if series.key == "all" { "Outlook" } else { &series.key };
        let note = note(series);
        let panel = Panel {
            series,
            name,
            note: &note,
            layout: of_panel,
            x: at as f64 * (of_panel.width + COLUMN_GAP),
            y,
            height: if all.len() > 1 { layout.small_height } else { layout.height },
            first,
            days: (last.days_since(first) + 1).max(1) as f64,
        };
        panel.draw(canvas);
        height = height.max(panel.total_height());
    }
    height
}

/// Dates and counts of a series.
fn note(series: &Series) -> String {
    let scored: Vec<_> = series.points.iter().filter(|point| point.stories > 0).collect();
    let dates = match scored.as_slice() {
        [] => String::new(),
        [only] => format!("{}, ", long_date(only.start)),
        [first, .., last] => format!("{} – {}, ", long_date(first.start), long_date(last.end)),
    };
    format!("{dates}{}", articles_and_stories(series.articles, series.stories))
}

fn legend(timeline: &Timeline, shown: &[&Series]) -> Vec<(Symbol, String)> {
    let has = |is_shown: &dyn Fn(&Series) -> bool| shown.iter().any(|series| is_shown(series));
    let mut items = vec![(Symbol::Score, format!("score of a {}; larger: more stories", timeline.period))];
    if has(&|series| series.points.iter().any(|point| point.filtered.is_some())) {
        let level = if timeline.causal { "level, from articles so far" } else { "level" };
        items.push((Symbol::Level, level.to_owned()));
        items.push((Symbol::Band, format!("{:.0}% band of the level", timeline.coverage * 100.0)));
    }
    if has(&|series| !series.turning_points.is_empty()) {
        items.push((Symbol::Turn, "turning point".to_owned()));
    }
    if has(&|series| !gaps(&series.points).is_empty()) {
        items.push((Symbol::Gap, "no articles".to_owned()));
    }
    items
}

#[cfg(test)]
mod tests {
    use detente::internals::SplitMix64;
    use detente_timeline::{
        Collector, DateLimits, GroupBy, Retain, ScoredRow, SeriesArticle, TimelineSettings, timeline,
    };

    use super::*;
    use crate::chart::canvas::overlaps;

    /// A timeline of `count` articles whose level shifts often, over `days` days; by source if there are several.
    fn shifting(seed: u64, count: i64, days: i64, sources: i64) -> Timeline {
        let mut random = SplitMix64::from_seed(seed);
        let start = detente::Day::new(2019, 1, 1).expect("a day");
        let mut collector = Collector::default();
        for at in 0..count {
            let level = [-0.6, 0.5, -0.2, 0.7, 0.0][(at * 8 / count % 5) as usize];
            let score = (level + 0.1 * random.standard_normal()).clamp(-1.0, 1.0);
            let row = serde_json::json!({"schema": 1, "id": format!("n{at}"), "model": "m",
                "date": start.plus_days(at * days / count).to_string(), "source": format!("source {}", at % sources),
                "title": format!("headline{at} a{at} b{at} c{at} d{at} e{at} f{at} g{at} h{at} i{at} j{at} k{at} l{at} m{at} n{at} o{at}"),
                "outlook": {"score": score, "low": -1.0, "high": 1.0}});
            let row = row.to_string();
            collector.push(SeriesArticle::new(
                &ScoredRow::from_json(row.as_bytes()).expect("a row"),
                Retain::default(),
            ));
        }
        let articles = collector.finish(&DateLimits::default()).expect("articles");
        let group_by = if sources > 1 { vec![GroupBy::Source] } else { Vec::new() };
        timeline(&articles, &TimelineSettings { group_by, ..TimelineSettings::default() })
            .expect("a timeline")
    }

    #[test]
    fn texts_never_overlap_and_stay_in_the_picture() {
        let mut turns = 0;
        for (seed, (count, days, sources)) in
            [(1, 1, 1), (2, 30, 1), (9, 270, 1), (160, 400, 1), (240, 2000, 1), (400, 900, 3), (60, 9000, 1)]
                .into_iter()
                .enumerate()
        {
            let found = shifting(seed as u64, count, days, sources);
            turns += found.series.iter().map(|series| series.turning_points.len()).sum::<usize>();
            for layout in [WIDE, NARROW] {
                let (_, boxes) = draw(&found, &layout);
                assert_eq!(overlaps(&boxes), [], "{count} articles, {}", layout.name);
                let outside = boxes.iter().find(|text| text.left < 0.0 || text.right > layout.width + 0.5);
                assert_eq!(outside, None, "{count} articles, {}", layout.name);
            }
        }
        assert!(turns > 20, "{turns} turning points");
    }

    #[test]
    fn chart_names_its_parts_for_those_who_cannot_see_it() {
        let chart = timeline_chart(&shifting(3, 160, 400, 1), &WIDE);
        for part in ["role=\"img\"", "<title id=", "turning point", "agreed +1", "collapsed −1", "90% band"]
        {
            assert!(chart.contains(part), "{part}");
        }
        assert!(chart.contains("headline"), "headlines of the turning points");
    }
}
