//! Timelines as a plot: SVG that needs no script, no font and no other file.
//!
//! One panel a series: the level with its band, a dot for each period's score (the larger, the
//! more stories) with a whisker for its band, and a dashed line for each turning point. Values
//! show on hovering, by `<title>`. Colours follow the reader's light or dark scheme; print is
//! light.

use std::fmt::Write;

use detente::Day;
use detente_timeline::{Series, SeriesPoint, Timeline};

use crate::phrases::{count, counted, escaped, point, reach, signed, turn};
use crate::timeline::text::spoken;

const WIDTH: f64 = 960.0;
const LEFT: f64 = 56.0;
const RIGHT: f64 = 20.0;
const TOP: f64 = 34.0;
/// Height of a panel's plot, and of what stands below it.
const PANEL: f64 = 260.0;
const SMALL_PANEL: f64 = 120.0;
const BELOW: f64 = 76.0;
/// Most panels: the series with most stories.
const PANELS: usize = 12;

/// Blue above 0, orange below: told apart with every kind of colour vision. The dark scheme
/// stands in `media` queries, so that readers which know none see the light one.
const STYLE: &str = "\
.detente text{font:12px system-ui,sans-serif;fill:#333}\
.detente .name{font-weight:600;font-size:14px}\
.detente .paper{fill:#fff}\
.detente .grid{stroke:#ddd;stroke-width:1}\
.detente .zero{stroke:#777;stroke-width:1}\
.detente .band{fill:#888;fill-opacity:.22}\
.detente .level{fill:none;stroke:#222;stroke-width:2}\
.detente .up{fill:#1f6feb;stroke:#1f6feb}\
.detente .down{fill:#c2410c;stroke:#c2410c}\
.detente circle{stroke-width:0;fill-opacity:.75}\
.detente .whisker{stroke-width:1;stroke-opacity:.3}\
.detente .turn{stroke:#7c3aed;stroke-width:1.5;stroke-dasharray:5 4}\
.detente text.mark{fill:#6d28d9;font-weight:600}\
@media screen and (prefers-color-scheme:dark){\
.detente text{fill:#ccc}\
.detente .paper{fill:#15181c}\
.detente .grid{stroke:#33383f}\
.detente .zero{stroke:#888}\
.detente .band{fill:#aaa}\
.detente .level{stroke:#eee}\
.detente .up{fill:#58a6ff;stroke:#58a6ff}\
.detente .down{fill:#fb923c;stroke:#fb923c}\
.detente .turn{stroke:#c4b5fd}\
.detente text.mark{fill:#c4b5fd}}";

/// The whole plot, as an SVG document that can also stand within a page.
pub(crate) fn svg(line: &Timeline) -> String {
    let mut shown: Vec<&Series> = line.series.iter().filter(|series| !series.points.is_empty()).collect();
    shown.sort_by(|a, b| b.stories.cmp(&a.stories).then_with(|| a.key.cmp(&b.key)));
    let left_out = shown.len().saturating_sub(PANELS);
    shown.truncate(PANELS);
    let panel = if shown.len() > 1 { SMALL_PANEL } else { PANEL };
    let height = shown.len() as f64 * (TOP + panel + BELOW) + 10.0;
    let first = shown.iter().filter_map(|s| s.points.first()).map(|p| p.start).min();
    let last = shown.iter().filter_map(|s| s.points.last()).map(|p| p.end).max();
    let title = format!("Outlook by {}, {}", line.period, counted(line.articles, line.stories));
    let mut told: Vec<String> = shown.iter().map(|series| spoken(series)).collect();
    if left_out > 0 {
        told.push(format!("{} with fewer stories are not shown.", count(left_out, "series", "series")));
    }
    let mut svg = String::new();
    let _ = write!(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"detente\" role=\"img\" viewBox=\"0 0 {WIDTH} {height}\" \
         aria-labelledby=\"detente-title detente-desc\">\n\
         <title id=\"detente-title\">{}</title>\n<desc id=\"detente-desc\">{}</desc>\n<style>{STYLE}</style>\n\
         <rect class=\"paper\" width=\"{WIDTH}\" height=\"{height}\"/>\n",
        escaped(&title),
        escaped(&told.join(" "))
    );
    if let (Some(first), Some(last)) = (first, last) {
        for (at, series) in shown.iter().enumerate() {
            let frame = PlotFrame {
                top: at as f64 * (TOP + panel + BELOW) + TOP,
                height: panel,
                first,
                days: (last.days_since(first) + 1).max(1) as f64,
                reach: range(&series.points),
            };
            draw(&mut svg, series, line, &frame);
        }
    }
    svg.push_str("</svg>\n");
    svg
}

/// Where a panel stands, and its scales.
struct PlotFrame {
    top: f64,
    height: f64,
    first: Day,
    days: f64,
    reach: f64,
}

impl PlotFrame {
    fn x(&self, day: Day) -> f64 {
        LEFT + (WIDTH - LEFT - RIGHT) * day.days_since(self.first) as f64 / self.days
    }

    fn middle(&self, point: &SeriesPoint) -> f64 {
        f64::midpoint(self.x(point.start), self.x(point.end.plus_days(1)))
    }

    fn y(&self, value: f64) -> f64 {
        let share = f64::midpoint(value.clamp(-self.reach, self.reach) / self.reach, 1.0);
        self.top + self.height * (1.0 - share)
    }
}

/// The scale follows scores and levels; whiskers may be cut.
fn range(points: &[SeriesPoint]) -> f64 {
    reach(points.iter().flat_map(|p| [p.score, p.level_low, p.level_high]).flatten())
}

fn draw(svg: &mut String, series: &Series, line: &Timeline, frame: &PlotFrame) {
    let name = if series.key == "all" { "Outlook" } else { &series.key };
    let note = format!("{} by {}", counted(series.articles, series.stories), line.period);
    let _ = write!(
        svg,
        "<g>\n<text class=\"name\" x=\"{LEFT}\" y=\"{:.1}\">{}<tspan dx=\"10\" font-weight=\"400\" font-size=\"12\">{}</tspan></text>\n",
        frame.top - 18.0,
        escaped(name),
        escaped(&note)
    );
    grid(svg, frame);
    level(svg, series, frame);
    for found in &series.points {
        dot(svg, found, frame);
    }
    marks(svg, series, frame);
    svg.push_str("</g>\n");
}

fn grid(svg: &mut String, frame: &PlotFrame) {
    let right = WIDTH - RIGHT;
    let step = if frame.height < 200.0 || frame.reach > 0.75 { 0.5 } else { 0.25 };
    let steps = (frame.reach / step) as i32;
    for at in -steps..=steps {
        let value = f64::from(at) * step;
        let y = frame.y(value);
        let (class, label) = match at {
            0 => ("zero", "open 0".to_owned()),
            _ => ("grid", signed(value)),
        };
        let _ = writeln!(
            svg,
            "<line class=\"{class}\" x1=\"{LEFT}\" x2=\"{right}\" y1=\"{y:.1}\" y2=\"{y:.1}\"/>\
             <text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{label}</text>",
            LEFT - 8.0,
            y + 4.0
        );
    }
    let bottom = frame.top + frame.height;
    for (day, label) in ticks(frame.first, frame.days) {
        let x = frame.x(day);
        let _ = writeln!(
            svg,
            "<line class=\"grid\" x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"{:.1}\" y2=\"{:.1}\"/>\
             <text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{label}</text>",
            frame.top,
            bottom + 5.0,
            bottom + 20.0
        );
    }
}

/// Days that are named on the axis: at most about twelve, on the calendar's steps.
fn ticks(first: Day, days: f64) -> Vec<(Day, String)> {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let month = days / 30.4;
    let mut found = Vec::new();
    if month < 2.0 {
        let step = (days / 8.0).ceil().max(1.0) as i64;
        for at in 0..=(days as i64 / step) {
            let day = first.plus_days(at * step);
            found.push((day, format!("{} {}", day.day(), MONTHS[(day.month() - 1).clamp(0, 11) as usize])));
        }
    } else {
        let steps = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200];
        let step = steps.into_iter().find(|step| month / f64::from(*step) <= 12.0).unwrap_or(6000);
        let mut day = first.first_of_month();
        for _ in 0..15 {
            // the next month that the step counts from year 0
            let number = i32::from(day.year()) * 12 + i32::from(day.month()) - 1;
            let skip = (step - number.rem_euclid(step)) % step;
            day = day.plus_months(i64::from(skip));
            let offset = day.days_since(first);
            if offset as f64 > days {
                break;
            }
            if offset >= 0 {
                let label = if step >= 12 || day.month() == 1 {
                    day.year().to_string()
                } else {
                    MONTHS[(day.month() - 1).clamp(0, 11) as usize].to_owned()
                };
                found.push((day, label));
            }
            day = day.plus_months(1);
        }
    }
    found
}

fn level(svg: &mut String, series: &Series, frame: &PlotFrame) {
    let mut upper = String::new();
    let mut lower = Vec::new();
    let mut path = String::new();
    for found in &series.points {
        if let (Some(level), Some(low), Some(high)) = (found.level, found.level_low, found.level_high) {
            let x = frame.middle(found);
            let _ = write!(upper, "{x:.1},{:.1} ", frame.y(high));
            lower.push(format!("{x:.1},{:.1} ", frame.y(low)));
            let _ = write!(path, "{x:.1},{:.1} ", frame.y(level));
        }
    }
    lower.reverse();
    if !path.is_empty() {
        let _ = write!(
            svg,
            "<polygon class=\"band\" points=\"{upper}{}\"/>\n<polyline class=\"level\" points=\"{path}\"/>\n",
            lower.concat()
        );
    }
}

fn dot(svg: &mut String, found: &SeriesPoint, frame: &PlotFrame) {
    let (Some(score), Some(low), Some(high)) = (found.score, found.low, found.high) else { return };
    let x = frame.middle(found);
    let class = if score < 0.0 { "down" } else { "up" };
    let radius = if found.filled { 1.5 } else { (1.6 + (found.stories as f64).sqrt()).min(6.0) };
    let _ = writeln!(
        svg,
        "<g class=\"{class}\"><title>{}</title>\
         <line class=\"whisker\" x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"{:.1}\" y2=\"{:.1}\"/>\
         <circle cx=\"{x:.1}\" cy=\"{:.1}\" r=\"{radius:.1}\"/></g>",
        escaped(&point(found)),
        frame.y(low),
        frame.y(high),
        frame.y(score)
    );
}

fn marks(svg: &mut String, series: &Series, frame: &PlotFrame) {
    let bottom = frame.top + frame.height;
    let mut free = [0.0_f64; 3];
    for found in &series.turning_points {
        let x = frame.x(found.day);
        let told: Vec<&str> = found.phrases.iter().map(|phrase| phrase.phrase.as_str()).collect();
        let mark = if found.shift > 0.0 { '▲' } else { '▼' };
        let label = format!("{mark} {}", found.day);
        // labels go into the first of three rows that is free here, else the least full
        let half = 45.0;
        let at = x.clamp(LEFT + half, WIDTH - RIGHT - half);
        let open = free.iter().position(|end| *end <= at - half);
        let least = (0..free.len()).min_by(|a, b| free[*a].total_cmp(&free[*b]));
        let row = open.or(least).unwrap_or(0);
        if let Some(end) = free.get_mut(row) {
            *end = at + half;
        }
        let _ = writeln!(
            svg,
            "<g><title>{}</title><line class=\"turn\" x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"{:.1}\" y2=\"{bottom:.1}\"/>\
             <text class=\"mark\" x=\"{at:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{label}</text></g>",
            escaped(&format!("{} {}", turn(found), told.join(", "))),
            frame.top,
            bottom + 37.0 + 15.0 * row as f64
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_few_and_lie_within() {
        let first = Day::new(2018, 3, 5).expect("a day");
        for days in [1, 20, 60, 200, 800, 3000, 20_000, 300_000] {
            let found = ticks(first, f64::from(days));
            assert!(!found.is_empty() && found.len() <= 15, "{days}: {found:?}");
            assert!(found.iter().all(|(day, _)| *day >= first && day.days_since(first) <= i64::from(days)));
        }
    }
}
