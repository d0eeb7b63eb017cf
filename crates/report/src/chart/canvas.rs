//! [`Canvas`]: an SVG document under construction, with the boxes of its texts.

use std::fmt::Write;

use crate::chart::layout::Layout;
use crate::escape::html;
use crate::text_width::columns_of;

/// Blue above 0, orange below: distinguishable with all kinds of colour vision. The dark colours are in a media query,
/// so that viewers without media queries show the light ones.
const STYLE: &str = include_str!("../../templates/plot.css");
/// Width of a terminal column of text in em. Sans-serif digits and letters are 0.5 to 0.56 em wide on average.
const EM_PER_COLUMN: f64 = 0.56;
/// Font size of most texts.
pub(crate) const FONT: f64 = 12.0;

/// The estimated box of a text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct TextBox {
    pub(crate) left: f64,
    pub(crate) right: f64,
    pub(crate) top: f64,
    pub(crate) bottom: f64,
    pub(crate) text: String,
}

/// Which point of a text its position is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

/// An SVG document under construction.
#[derive(Debug, Default)]
pub(crate) struct Canvas {
    pub(crate) svg: String,
    /// The boxes of all texts, for tests on overlaps.
    pub(crate) boxes: Vec<TextBox>,
}

impl Canvas {
    /// Appends SVG that has no text.
    pub(crate) fn draw(&mut self, shapes: std::fmt::Arguments<'_>) {
        // writing to a string cannot fail
        let _ = self.svg.write_fmt(shapes);
        self.svg.push('\n');
    }

    /// Appends a text at the baseline `y`. `class` is one of `label`, `name`, `mark`, `quiet`, `value`.
    pub(crate) fn text(&mut self, (x, y): (f64, f64), anchor: Anchor, class: &str, text: &str) {
        let size = font_size(class);
        let width = text_width(text, size);
        let (left, name) = match anchor {
            Anchor::Start => (x, "start"),
            Anchor::Middle => (x - width / 2.0, "middle"),
            Anchor::End => (x - width, "end"),
        };
        let (top, bottom) = (y - 0.8 * size, y + 0.2 * size);
        self.boxes.push(TextBox { left, right: left + width, top, bottom, text: text.to_owned() });
        let text = html(text);
        self.draw(format_args!(
            "<text class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{name}\">{text}</text>"
        ));
    }

    /// The whole document of this height, with a title and a description for readers who cannot see it.
    pub(crate) fn into_document(
        self,
        layout: &Layout,
        height: f64,
        title: &str,
        description: &str,
    ) -> String {
        let (name, width, body) = (layout.name, layout.width, self.svg);
        let (title, description) = (html(title), html(description));
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"detente\" role=\"img\" viewBox=\"0 0 {width:.0} {height:.0}\" \
             aria-labelledby=\"detente-title-{name} detente-desc-{name}\">\n\
             <title id=\"detente-title-{name}\">{title}</title>\n<desc id=\"detente-desc-{name}\">{description}</desc>\n\
             <style>\n{STYLE}</style>\n<rect class=\"paper\" width=\"{width:.0}\" height=\"{height:.0}\"/>\n{body}</svg>\n"
        )
    }
}

/// Font size of a class of text, as in `plot.css`.
fn font_size(class: &str) -> f64 {
    match class {
        "name" => 15.0,
        "value" => 14.0,
        _ => FONT,
    }
}

/// The estimated width of a text.
pub(crate) fn text_width(text: &str, size: f64) -> f64 {
    columns_of(text) as f64 * size * EM_PER_COLUMN
}

/// Number of columns of text that fit into `width`.
pub(crate) fn columns(width: f64, size: f64) -> usize {
    (width / size / EM_PER_COLUMN).max(1.0) as usize
}

/// Pairs of texts whose boxes overlap.
#[cfg(test)]
pub(crate) fn overlaps(boxes: &[TextBox]) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    for (at, a) in boxes.iter().enumerate() {
        for b in &boxes[at + 1..] {
            let apart = a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
            if !apart {
                found.push((a.text.as_str(), b.text.as_str()));
            }
        }
    }
    found
}
