//! [`Panel`]: the chart of one series: level with band, scores, gaps and turning points.

use detente::Day;
use detente_timeline::{Series, SeriesPoint, TurningPoint};

use crate::chart::axis::{long_date, ticks};
use crate::chart::canvas::{Anchor, Canvas, FONT, columns, text_width};
use crate::chart::layout::Layout;
use crate::chart::level::{gaps, level, runs};
use crate::escape::html;
use crate::number::score;
use crate::phrases::{arrow, point, turning_point};
use crate::text_width::truncated;

/// Height of the name, of the note if it has a line of its own, and of a row of turning points.
const NAME_HEIGHT: f64 = 24.0;
const NOTE_HEIGHT: f64 = 18.0;
const MARK_HEIGHT: f64 = 20.0;
/// Half the width of the number of a turning point, with some space.
const MARK_HALF_WIDTH: f64 = 11.0;
/// Height of the labels of the time axis, and of a line of the list of turning points.
const AXIS_HEIGHT: f64 = 34.0;
const LINE_HEIGHT: f64 = 17.0;
/// Most turning points that a small panel lists.
const MAX_LISTED: usize = 12;
/// Values with a label, and words for them where there is space.
const VALUES: [(f64, &str, &str); 5] = [
    (1.0, "agreed +1", "+1"),
    (0.5, "+0.5", "+0.5"),
    (0.0, "open 0", "0"),
    (-0.5, "−0.5", "−0.5"),
    (-1.0, "collapsed −1", "−1"),
];

/// The chart of one series.
pub(crate) struct Panel<'a> {
    pub(crate) series: &'a Series,
    pub(crate) name: &'a str,
    pub(crate) note: &'a str,
    pub(crate) layout: Layout,
    /// Upper left corner.
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) height: f64,
    /// The time axis.
    pub(crate) first: Day,
    pub(crate) days: f64,
}

impl Panel<'_> {
    /// The height of the whole panel.
    pub(crate) fn total_height(&self) -> f64 {
        self.top() - self.y + self.height + AXIS_HEIGHT + self.listed_lines() as f64 * LINE_HEIGHT + 8.0
    }

    fn listed_lines(&self) -> usize {
        let lines = if self.layout.is_stacked { 2 } else { 1 };
        let turns = self.series.turning_points.len();
        turns.min(MAX_LISTED) * lines + usize::from(turns > MAX_LISTED)
    }

    /// The upper edge of the plotted area.
    fn top(&self) -> f64 {
        let note = if self.layout.is_stacked { NOTE_HEIGHT } else { 0.0 };
        let rows = self.mark_places().iter().map(|(_, row)| row + 1).max().unwrap_or(0);
        self.y + NAME_HEIGHT + note + rows as f64 * MARK_HEIGHT + 6.0
    }

    fn bottom(&self) -> f64 {
        self.top() + self.height
    }

    fn left(&self) -> f64 {
        self.x + self.layout.left
    }

    fn right(&self) -> f64 {
        self.x + self.layout.width - self.layout.right
    }

    fn x_of(&self, day: Day) -> f64 {
        let share = day.days_since(self.first) as f64 / self.days;
        self.left() + (self.right() - self.left()) * share
    }

    fn y_of(&self, value: f64) -> f64 {
        self.top() + self.height * (1.0 - value.clamp(-1.0, 1.0)) / 2.0
    }

    /// The middle of a period.
    fn middle(&self, point: &SeriesPoint) -> f64 {
        f64::midpoint(self.x_of(point.start), self.x_of(point.end.plus_days(1)))
    }

    /// Place and row of the number of each turning point: the first row in which it is free.
    fn mark_places(&self) -> Vec<(f64, usize)> {
        let mut row_ends: Vec<f64> = Vec::new();
        let place = |turn: &TurningPoint| {
            let x = self.x_of(turn.day);
            let free = row_ends.iter().position(|end| *end <= x - MARK_HALF_WIDTH);
            let row = free.unwrap_or(row_ends.len());
            match row_ends.get_mut(row) {
                Some(end) => *end = x + MARK_HALF_WIDTH,
                None => row_ends.push(x + MARK_HALF_WIDTH),
            }
            (x, row)
        };
        self.series.turning_points.iter().map(place).collect()
    }

    pub(crate) fn draw(&self, canvas: &mut Canvas) {
        let edge = if self.layout.is_stacked { self.x + 2.0 } else { self.left() };
        let name = truncated(self.name, columns(self.right() - edge, 15.0)).into_owned();
        canvas.text((edge, self.y + 17.0), Anchor::Start, "name", &name);
        let note_place = if self.layout.is_stacked {
            (edge, self.y + 17.0 + NOTE_HEIGHT)
        } else {
            (edge + text_width(&name, 15.0) + 16.0, self.y + 17.0)
        };
        let space = self.x + self.layout.width - note_place.0;
        canvas.text(note_place, Anchor::Start, "quiet", &truncated(self.note, columns(space, FONT)));
        self.draw_grid(canvas);
        self.draw_gaps(canvas);
        self.draw_level(canvas);
        self.draw_scores(canvas);
        self.draw_turning_points(canvas);
        self.draw_last_value(canvas);
    }

    fn draw_grid(&self, canvas: &mut Canvas) {
        let (left, right) = (self.left(), self.right());
        for (value, words, number) in VALUES {
            let y = self.y_of(value);
            let class = if value == 0.0 { "zero" } else { "grid" };
            canvas.draw(format_args!(
                "<line class=\"{class}\" x1=\"{left:.1}\" x2=\"{right:.1}\" y1=\"{y:.1}\" y2=\"{y:.1}\"/>"
            ));
            let label = if self.layout.is_stacked { number } else { words };
            canvas.text((left - 8.0, y + 4.0), Anchor::End, "label", label);
        }
        let (top, bottom) = (self.top(), self.bottom());
        for (day, label) in ticks(self.first, self.days, self.layout.most_steps) {
            let x = self.x_of(day);
            canvas.draw(format_args!(
                "<line class=\"grid\" x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"{top:.1}\" y2=\"{:.1}\"/>",
                bottom + 5.0
            ));
            canvas.text((x, bottom + 20.0), Anchor::Middle, "label", &label);
        }
    }

    fn draw_gaps(&self, canvas: &mut Canvas) {
        for (from, to) in gaps(&self.series.points) {
            let end = self.series.points.iter().find(|point| point.start == to).map_or(to, |point| point.end);
            let (left, right) = (self.x_of(from), self.x_of(end.plus_days(1)));
            canvas.draw(format_args!(
                "<rect class=\"gap\" x=\"{left:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\">\
                 <title>no articles from {from} to {end}</title></rect>",
                self.top(),
                right - left,
                self.height
            ));
            let words = ["no articles", "none"];
            if let Some(words) = words.into_iter().find(|words| text_width(words, FONT) + 8.0 <= right - left)
            {
                let middle = f64::midpoint(left, right);
                canvas.text((middle, self.bottom() - 6.0), Anchor::Middle, "quiet", words);
            }
        }
    }

    fn draw_level(&self, canvas: &mut Canvas) {
        for run in runs(self.series) {
            // at a turning point, the line goes up to the shift at the same height
            let ends = [run.from.zip(run.points.first()), run.to.zip(run.points.last())];
            let [start, end] = ends.map(|end| end.and_then(|(day, at)| Some((self.x_of(day), level(at)?))));
            let inner = run.points.iter().filter_map(|at| Some((self.middle(at), level(at)?)));
            let places: Vec<(f64, [f64; 3])> = start.into_iter().chain(inner).chain(end).collect();
            let line = |which: usize, places: &mut dyn Iterator<Item = &(f64, [f64; 3])>| -> String {
                let place = |(x, level): &(f64, [f64; 3])| format!("{x:.1},{:.1}", self.y_of(level[which]));
                places.map(place).collect::<Vec<_>>().join(" ")
            };
            if let [(x, [mean, low, high])] = places.as_slice() {
                // a single period: a short line with its band
                let (half, y) = (6.0, self.y_of(*mean));
                canvas.draw(format_args!(
                    "<rect class=\"band\" x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\"/>\
                     <line class=\"level\" x1=\"{:.1}\" x2=\"{:.1}\" y1=\"{y:.1}\" y2=\"{y:.1}\"/>",
                    x - half,
                    self.y_of(*high),
                    2.0 * half,
                    self.y_of(*low) - self.y_of(*high),
                    x - half,
                    x + half
                ));
                continue;
            }
            // the polygon runs along the upper edge and back along the lower one
            canvas.draw(format_args!(
                "<polygon class=\"band\" points=\"{} {}\"/>\n<polyline class=\"level\" points=\"{}\"/>",
                line(2, &mut places.iter()),
                line(1, &mut places.iter().rev()),
                line(0, &mut places.iter())
            ));
        }
    }

    /// A dot for each score, with a whisker where there is space.
    fn draw_scores(&self, canvas: &mut Canvas) {
        let scored = self.series.points.iter().filter(|found| found.score.is_some() && !found.filled);
        let has_whiskers = scored.count() <= self.layout.most_whiskers;
        for found in &self.series.points {
            let (Some(score), Some(low), Some(high)) = (found.score, found.low, found.high) else { continue };
            let x = self.middle(found);
            let class = if score < 0.0 { "down" } else { "up" };
            // the area of a dot grows with its stories, up to a limit; carried scores are small
            let radius = if found.filled { 1.5 } else { (1.8 + (found.stories as f64).sqrt()).min(6.0) };
            let whisker = format!(
                "<line class=\"whisker\" x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"{:.1}\" y2=\"{:.1}\"/>",
                self.y_of(low),
                self.y_of(high)
            );
            canvas.draw(format_args!(
                "<g class=\"{class}\"><title>{}</title>{}<circle cx=\"{x:.1}\" cy=\"{:.1}\" r=\"{radius:.1}\"/></g>",
                html(&point(found)),
                if has_whiskers { whisker.as_str() } else { "" },
                self.y_of(score)
            ));
        }
    }

    /// A line with a number for each turning point, and a list of them with their headlines.
    fn draw_turning_points(&self, canvas: &mut Canvas) {
        let mut y = self.bottom() + AXIS_HEIGHT + 10.0;
        let turns = &self.series.turning_points;
        let facts =
            |turn: &TurningPoint| format!("{}  {} {}", long_date(turn.date), arrow(turn), score(turn.shift));
        let facts_width = turns.iter().map(|turn| text_width(&facts(turn), FONT)).fold(0.0, f64::max);
        for ((at, turn), (x, row)) in turns.iter().enumerate().zip(self.mark_places()) {
            let mark_y = self.top() - 8.0 - row as f64 * MARK_HEIGHT;
            canvas.draw(format_args!(
                "<g><title>{}</title><line class=\"turn\" x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"{:.1}\" y2=\"{:.1}\"/></g>",
                html(&turning_point(turn)),
                mark_y + 3.0,
                self.bottom()
            ));
            canvas.text((x, mark_y), Anchor::Middle, "mark", &(at + 1).to_string());
            if at >= MAX_LISTED {
                continue;
            }
            let start = if self.layout.is_stacked { self.x + 2.0 } else { self.left() };
            canvas.text((start, y), Anchor::Start, "mark", &(at + 1).to_string());
            let place = start + text_width(&turns.len().to_string(), FONT) + 8.0;
            canvas.text((place, y), Anchor::Start, "fact", &facts(turn));
            let headline = headline(turn);
            let space = if self.layout.is_stacked {
                y += LINE_HEIGHT;
                place
            } else {
                place + facts_width + 12.0
            };
            let width = self.x + self.layout.width - space;
            canvas.text((space, y), Anchor::Start, "quiet", &truncated(&headline, columns(width, FONT)));
            y += LINE_HEIGHT;
        }
        if turns.len() > MAX_LISTED {
            let more = format!("and {} more", turns.len() - MAX_LISTED);
            canvas.text((self.left(), y), Anchor::Start, "quiet", &more);
        }
    }

    fn draw_last_value(&self, canvas: &mut Canvas) {
        let last = self.series.points.iter().rev().find_map(|found| Some((found, level(found)?[0])));
        let last = last.or_else(|| {
            self.series.points.iter().rev().find_map(|found| found.score.map(|score| (found, score)))
        });
        if let Some((found, value)) = last {
            let place = (self.middle(found) + 10.0, self.y_of(value) + 5.0);
            canvas.text(place, Anchor::Start, "value", &score(value));
        }
    }
}

/// The headline of a turning point.
fn headline(turn: &TurningPoint) -> String {
    turn.headline.as_ref().map_or_else(String::new, |story| {
        story.title.as_deref().or(story.lead.as_deref()).unwrap_or(&story.id).to_owned()
    })
}
