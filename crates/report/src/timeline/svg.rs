//! SVG plot of a timeline, without scripts, fonts or other files.
//!
//! One panel for each series: the level with its band, a dot for the score of each period (the more stories, the larger)
//! with a whisker for its band, and a dashed line for each turning point. `<title>` elements show values on hovering.
//! Colours follow the light or dark scheme of the reader; print is light.

use std::fmt::Write;

use detente::Day;
use detente_timeline::{Series, SeriesPoint, Timeline};

use crate::escape::html;
use crate::number::{articles_and_stories, count, score};
use crate::phrases::{arrow, axis_limit, point, series_summary, turning_point};
use crate::timeline::axis::ticks;

/// Size of the plot in pixels, and the margins of each panel.
const WIDTH: f64 = 960.0;
const LEFT: f64 = 56.0;
const RIGHT: f64 = 20.0;
const TOP: f64 = 34.0;
const BELOW: f64 = 76.0;
const BOTTOM: f64 = 10.0;
/// Height of the panel of a single series, and of each of several.
const PANEL_HEIGHT: f64 = 260.0;
const SMALL_PANEL_HEIGHT: f64 = 120.0;
/// Panels lower than this have grid lines at halves only.
const MIN_FINE_GRID_HEIGHT: f64 = 200.0;
/// Most panels: those of the series with the most stories.
const MAX_PANELS: usize = 12;
/// Half the width of the label of a turning point, and the height of a row of labels.
const LABEL_HALF_WIDTH: f64 = 45.0;
const LABEL_HEIGHT: f64 = 15.0;

/// Blue above 0, orange below: distinguishable with all kinds of colour vision. The dark colours are in a media query,
/// so that viewers without media queries show the light ones.
const STYLE: &str = include_str!("../../templates/plot.css");

/// The plot as an SVG document that can also be embedded in a page.
pub(crate) fn plot(timeline: &Timeline) -> String {
    let mut shown: Vec<&Series> = timeline.series.iter().filter(|series| !series.points.is_empty()).collect();
    shown.sort_by(|a, b| b.stories.cmp(&a.stories).then_with(|| a.key.cmp(&b.key)));
    let left_out = shown.len().saturating_sub(MAX_PANELS);
    shown.truncate(MAX_PANELS);
    let panel_height = if shown.len() > 1 { SMALL_PANEL_HEIGHT } else { PANEL_HEIGHT };
    let panel_step = TOP + panel_height + BELOW;
    let height = shown.len() as f64 * panel_step + BOTTOM;
    let title = format!(
        "Outlook by {}, {}",
        timeline.period,
        articles_and_stories(timeline.articles, timeline.stories)
    );
    let mut summary: Vec<String> = shown.iter().map(|series| series_summary(series)).collect();
    if left_out > 0 {
        summary.push(format!("{} with fewer stories are not shown.", count(left_out, "series", "series")));
    }
    let mut svg = String::new();
    let _ = write!(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"detente\" role=\"img\" viewBox=\"0 0 {WIDTH} {height}\" \
         aria-labelledby=\"detente-title detente-desc\">\n\
         <title id=\"detente-title\">{}</title>\n<desc id=\"detente-desc\">{}</desc>\n<style>\n{STYLE}</style>\n\
         <rect class=\"paper\" width=\"{WIDTH}\" height=\"{height}\"/>\n",
        html(&title),
        html(&summary.join(" "))
    );
    let first = shown.iter().filter_map(|s| s.points.first()).map(|p| p.start).min();
    let last = shown.iter().filter_map(|s| s.points.last()).map(|p| p.end).max();
    if let (Some(first), Some(last)) = (first, last) {
        for (at, series) in shown.iter().enumerate() {
            let panel = Panel {
                top: at as f64 * panel_step + TOP,
                height: panel_height,
                first,
                days: (last.days_since(first) + 1).max(1) as f64,
                limit: value_limit(&series.points),
            };
            panel.draw(&mut svg, series, timeline);
        }
    }
    svg.push_str("</svg>\n");
    svg
}

/// The position of a panel and its scales.
struct Panel {
    top: f64,
    height: f64,
    first: Day,
    days: f64,
    /// The vertical axis extends from -`limit` to `limit`.
    limit: f64,
}

/// Limit of the vertical axis: it shows all scores and bands of the level, but may cut whiskers.
fn value_limit(points: &[SeriesPoint]) -> f64 {
    axis_limit(points.iter().flat_map(|p| [p.score, p.level_low, p.level_high]).flatten())
}

impl Panel {
    fn x(&self, day: Day) -> f64 {
        LEFT + (WIDTH - LEFT - RIGHT) * day.days_since(self.first) as f64 / self.days
    }

    /// The middle of a period.
    fn middle(&self, point: &SeriesPoint) -> f64 {
        f64::midpoint(self.x(point.start), self.x(point.end.plus_days(1)))
    }

    fn y(&self, value: f64) -> f64 {
        let share = f64::midpoint(value.clamp(-self.limit, self.limit) / self.limit, 1.0);
        self.top + self.height * (1.0 - share)
    }

    fn bottom(&self) -> f64 {
        self.top + self.height
    }

    fn draw(&self, svg: &mut String, series: &Series, timeline: &Timeline) {
        // the only series needs no name
        let name = if series.key == "all" { "Outlook" } else { &series.key };
        let note =
            format!("{} by {}", articles_and_stories(series.articles, series.stories), timeline.period);
        let _ = write!(
            svg,
            "<g>\n<text class=\"name\" x=\"{LEFT}\" y=\"{:.1}\">{}<tspan dx=\"10\" font-weight=\"400\" font-size=\"12\">{}</tspan></text>\n",
            self.top - 18.0,
            html(name),
            html(&note)
        );
        self.draw_grid(svg);
        self.draw_level(svg, series);
        for found in &series.points {
            self.draw_score(svg, found);
        }
        self.draw_turning_points(svg, series);
        svg.push_str("</g>\n");
    }

    fn draw_grid(&self, svg: &mut String) {
        let right = WIDTH - RIGHT;
        let step = if self.height < MIN_FINE_GRID_HEIGHT || self.limit > 0.75 { 0.5 } else { 0.25 };
        let steps = (self.limit / step) as i32;
        for at in -steps..=steps {
            let value = f64::from(at) * step;
            let y = self.y(value);
            let (class, label) = match at {
                0 => ("zero", "open 0".to_owned()),
                _ => ("grid", score(value)),
            };
            let _ = writeln!(
                svg,
                "<line class=\"{class}\" x1=\"{LEFT}\" x2=\"{right}\" y1=\"{y:.1}\" y2=\"{y:.1}\"/>\
                 <text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{label}</text>",
                LEFT - 8.0,
                y + 4.0
            );
        }
        for (day, label) in ticks(self.first, self.days) {
            let x = self.x(day);
            let _ = writeln!(
                svg,
                "<line class=\"grid\" x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"{:.1}\" y2=\"{:.1}\"/>\
                 <text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{label}</text>",
                self.top,
                self.bottom() + 5.0,
                self.bottom() + 20.0
            );
        }
    }

    fn draw_level(&self, svg: &mut String, series: &Series) {
        let mut upper = String::new();
        let mut lower = Vec::new();
        let mut path = String::new();
        for found in &series.points {
            if let (Some(level), Some(low), Some(high)) = (found.level, found.level_low, found.level_high) {
                let x = self.middle(found);
                let _ = write!(upper, "{x:.1},{:.1} ", self.y(high));
                lower.push(format!("{x:.1},{:.1} ", self.y(low)));
                let _ = write!(path, "{x:.1},{:.1} ", self.y(level));
            }
        }
        // the polygon runs along the upper edge and back along the lower one
        lower.reverse();
        if !path.is_empty() {
            let _ = write!(
                svg,
                "<polygon class=\"band\" points=\"{upper}{}\"/>\n<polyline class=\"level\" points=\"{path}\"/>\n",
                lower.concat()
            );
        }
    }

    /// A dot with a whisker.
    fn draw_score(&self, svg: &mut String, found: &SeriesPoint) {
        let (Some(score), Some(low), Some(high)) = (found.score, found.low, found.high) else { return };
        let x = self.middle(found);
        let class = if score < 0.0 { "down" } else { "up" };
        // the area of a dot grows with its stories, up to a limit; carried scores are small
        let radius = if found.filled { 1.5 } else { (1.6 + (found.stories as f64).sqrt()).min(6.0) };
        let _ = writeln!(
            svg,
            "<g class=\"{class}\"><title>{}</title>\
             <line class=\"whisker\" x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"{:.1}\" y2=\"{:.1}\"/>\
             <circle cx=\"{x:.1}\" cy=\"{:.1}\" r=\"{radius:.1}\"/></g>",
            html(&point(found)),
            self.y(low),
            self.y(high),
            self.y(score)
        );
    }

    fn draw_turning_points(&self, svg: &mut String, series: &Series) {
        // Labels of turning points a few weeks apart would overlap in one row.
        // Right ends of the last label in each of three rows
        let mut row_ends = [0.0_f64; 3];
        for found in &series.turning_points {
            let x = self.x(found.day);
            let phrases: Vec<&str> = found.phrases.iter().map(|phrase| phrase.phrase.as_str()).collect();
            let label = format!("{} {}", arrow(found), found.day);
            let at = x.clamp(LEFT + LABEL_HALF_WIDTH, WIDTH - RIGHT - LABEL_HALF_WIDTH);
            let free = row_ends.iter().position(|end| *end <= at - LABEL_HALF_WIDTH);
            let emptiest = (0..row_ends.len()).min_by(|a, b| row_ends[*a].total_cmp(&row_ends[*b]));
            let row = free.or(emptiest).unwrap_or(0);
            if let Some(end) = row_ends.get_mut(row) {
                *end = at + LABEL_HALF_WIDTH;
            }
            let _ = writeln!(
                svg,
                "<g><title>{}</title><line class=\"turn\" x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"{:.1}\" y2=\"{:.1}\"/>\
                 <text class=\"mark\" x=\"{at:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{label}</text></g>",
                html(&format!("{} {}", turning_point(found), phrases.join(", "))),
                self.top,
                self.bottom(),
                self.bottom() + 37.0 + LABEL_HEIGHT * row as f64
            );
        }
    }
}
