//! The chart of a comparison: the scores of the two sets, and the voices that moved the mean.

use detente_timeline::{Comparison, GroupDecomposition, SetSummary};

use crate::chart::canvas::{Anchor, Canvas, FONT, columns, text_width};
use crate::chart::layout::{Layout, NARROW, WIDE};
use crate::comparison::phrases::{statistics, verdict};
use crate::number::{count, score};
use crate::text_width::truncated;

/// Height of a distribution with its name, and of the name alone.
const SET_HEIGHT: f64 = 104.0;
const NAME_HEIGHT: f64 = 22.0;
/// Height of the row of a voice, and of its bar.
const ROW_HEIGHT: f64 = 22.0;
const BAR_HEIGHT: f64 = 10.0;
/// Most voices of a grouping.
const MAX_VOICES: usize = 8;
/// Smallest contribution that is printed as other than 0.00.
const MIN_CONTRIBUTION: f64 = 0.005;

/// The chart in both layouts, of which a page shows the one that fits.
pub(crate) fn comparison_figure(comparison: &Comparison) -> String {
    format!(
        "<div class=\"wide\">{}</div>\n<div class=\"narrow\">{}</div>\n",
        comparison_chart(comparison, &WIDE),
        comparison_chart(comparison, &NARROW)
    )
}

/// The chart as an SVG document that can also be embedded in a page.
pub(crate) fn comparison_chart(comparison: &Comparison, layout: &Layout) -> String {
    draw(comparison, layout).0
}

/// The document, and the canvas with the boxes of its texts.
fn draw(comparison: &Comparison, layout: &Layout) -> (String, Vec<crate::chart::canvas::TextBox>) {
    let chart = Chart { comparison, layout };
    let mut canvas = Canvas::default();
    let y = chart.draw_sets(&mut canvas, 4.0);
    let y = chart.draw_voices(&mut canvas, y);
    let description = format!("{}. {}", verdict(comparison), statistics(comparison));
    let boxes = canvas.boxes.clone();
    (canvas.into_document(layout, y, &verdict(comparison), &description), boxes)
}

struct Chart<'a> {
    comparison: &'a Comparison,
    layout: &'a Layout,
}

impl Chart<'_> {
    fn left(&self) -> f64 {
        if self.layout.is_stacked { 8.0 } else { 40.0 }
    }

    fn right(&self) -> f64 {
        self.layout.width - if self.layout.is_stacked { 8.0 } else { 40.0 }
    }

    fn x_of(&self, value: f64) -> f64 {
        self.left() + (self.right() - self.left()) * (value.clamp(-1.0, 1.0) + 1.0) / 2.0
    }

    /// One histogram above the other on one axis; returns the lower edge.
    fn draw_sets(&self, canvas: &mut Canvas, top: f64) -> f64 {
        let share = |set: &SetSummary| {
            let most = set.histogram.iter().max().copied().unwrap_or(0);
            most as f64 / set.stories.max(1) as f64
        };
        let most = self.comparison.sets.iter().map(share).fold(0.01, f64::max);
        let mut y = top;
        for (set, class) in self.comparison.sets.iter().zip(["first", "second"]) {
            self.draw_set(canvas, set, class, y, most);
            y += SET_HEIGHT;
        }
        let labels = [
            (-1.0, "collapsed −1", "−1"),
            (-0.5, "−0.5", "−0.5"),
            (0.0, "open 0", "0"),
            (0.5, "+0.5", "+0.5"),
            (1.0, "agreed +1", "+1"),
        ];
        for (value, words, number) in labels {
            let label = if self.layout.is_stacked { number } else { words };
            let half = text_width(label, FONT) / 2.0;
            let x = self.x_of(value).clamp(half + 1.0, self.layout.width - half - 1.0);
            canvas.text((x, y + 12.0), Anchor::Middle, "label", label);
        }
        y + 30.0
    }

    fn draw_set(&self, canvas: &mut Canvas, set: &SetSummary, class: &str, top: f64, most: f64) {
        let (base, height) = (top + SET_HEIGHT - 4.0, SET_HEIGHT - NAME_HEIGHT - 8.0);
        let facts = format!("mean {}, {}", score(set.score), count(set.stories, "story", "stories"));
        let name_width = self.layout.width - text_width(&facts, FONT) - 24.0;
        canvas.text(
            (self.left(), top + 15.0),
            Anchor::Start,
            "fact",
            &truncated(&set.label, columns(name_width, FONT)),
        );
        canvas.text((self.right(), top + 15.0), Anchor::End, "quiet", &facts);
        let width = (self.right() - self.left()) / set.histogram.len() as f64;
        for (at, stories) in set.histogram.iter().enumerate().filter(|(_, stories)| **stories > 0) {
            let bar = height * *stories as f64 / set.stories.max(1) as f64 / most;
            let from = at as f64 / 10.0 - 1.0;
            canvas.draw(format_args!(
                "<rect class=\"{class}\" x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{bar:.1}\"><title>{} to {}: {}</title></rect>",
                self.left() + at as f64 * width + 1.0,
                base - bar,
                width - 2.0,
                score(from),
                score(from + 0.1),
                count(*stories, "story", "stories")
            ));
        }
        canvas.draw(format_args!(
            "<line class=\"zero\" x1=\"{:.1}\" x2=\"{:.1}\" y1=\"{base:.1}\" y2=\"{base:.1}\"/>\
             <line class=\"level\" x1=\"{mean:.1}\" x2=\"{mean:.1}\" y1=\"{:.1}\" y2=\"{base:.1}\"/>",
            self.left(),
            self.right(),
            base - height,
            mean = self.x_of(set.score)
        ));
    }

    /// A bar for each voice that counts, for each grouping; returns the lower edge.
    fn draw_voices(&self, canvas: &mut Canvas, top: f64) -> f64 {
        let mut y = top;
        for decomposition in &self.comparison.decompositions {
            let mut voices: Vec<&GroupDecomposition> = decomposition.groups.iter().collect();
            let total = |voice: &GroupDecomposition| voice.composition + voice.within;
            voices.retain(|voice| total(voice).abs() >= MIN_CONTRIBUTION);
            voices
                .sort_by(|a, b| total(b).abs().total_cmp(&total(a).abs()).then_with(|| a.name.cmp(&b.name)));
            // one voice is the whole difference
            if decomposition.groups.len() < 2 || voices.is_empty() {
                continue;
            }
            voices.truncate(MAX_VOICES);
            let heading = format!("What each {} adds to the difference", decomposition.group_by);
            canvas.text(
                (2.0, y + 16.0),
                Anchor::Start,
                "name",
                &truncated(&heading, columns(self.layout.width, 15.0)),
            );
            y += NAME_HEIGHT + 6.0;
            let most = voices.iter().map(|voice| total(voice).abs()).fold(0.0, f64::max);
            for voice in voices {
                self.draw_voice(canvas, &voice.name, total(voice), most, y);
                y += ROW_HEIGHT;
            }
            y += 10.0;
        }
        y
    }

    fn draw_voice(&self, canvas: &mut Canvas, name: &str, value: f64, most: f64, y: f64) {
        let name_width = if self.layout.is_stacked { 130.0 } else { 260.0 };
        let value_width = 52.0;
        let (left, right) = (name_width + 8.0, self.layout.width - value_width - 4.0);
        let middle = f64::midpoint(left, right);
        let half = (right - left) / 2.0;
        canvas.text(
            (2.0, y + 14.0),
            Anchor::Start,
            "label",
            &truncated(name, columns(name_width - 4.0, FONT)),
        );
        let length = half * value.abs() / most.max(MIN_CONTRIBUTION);
        let class = if value < 0.0 { "down" } else { "up" };
        let start = if value < 0.0 { middle - length } else { middle };
        canvas.draw(format_args!(
            "<rect class=\"{class}\" x=\"{start:.1}\" y=\"{:.1}\" width=\"{length:.1}\" height=\"{BAR_HEIGHT}\"/>\
             <line class=\"zero\" x1=\"{middle:.1}\" x2=\"{middle:.1}\" y1=\"{y:.1}\" y2=\"{:.1}\"/>",
            y + 5.0,
            y + ROW_HEIGHT
        ));
        canvas.text((self.layout.width - 4.0, y + 14.0), Anchor::End, "fact", &score(value));
    }
}
