//! The legend of a chart: symbols with their meaning, in as many lines as the width needs.

use crate::chart::canvas::{Anchor, Canvas, FONT, text_width};

/// Height of a line of the legend, and width of a symbol with its spaces.
const LINE_HEIGHT: f64 = 20.0;
const SYMBOL_WIDTH: f64 = 26.0;
const SPACE: f64 = 20.0;

/// A symbol of the legend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Symbol {
    Score,
    Level,
    Band,
    Gap,
    Turn,
}

impl Symbol {
    /// The symbol with its left edge at `x` and its middle at `y`.
    fn draw(self, canvas: &mut Canvas, x: f64, y: f64) {
        let (middle, right) = (x + 9.0, x + 18.0);
        let bar = |class: &str| {
            format!("<rect class=\"{class}\" x=\"{x:.1}\" y=\"{:.1}\" width=\"18\" height=\"10\"/>", y - 5.0)
        };
        let shape = match self {
            Self::Score => format!(
                "<g class=\"up\"><circle cx=\"{:.1}\" cy=\"{y:.1}\" r=\"4\"/></g>\
                 <g class=\"down\"><circle cx=\"{:.1}\" cy=\"{y:.1}\" r=\"4\"/></g>",
                x + 4.0,
                x + 14.0
            ),
            Self::Level => {
                format!("<line class=\"level\" x1=\"{x:.1}\" x2=\"{right:.1}\" y1=\"{y:.1}\" y2=\"{y:.1}\"/>")
            }
            Self::Band => bar("band"),
            Self::Gap => bar("gap"),
            Self::Turn => format!(
                "<line class=\"turn\" x1=\"{middle:.1}\" x2=\"{middle:.1}\" y1=\"{:.1}\" y2=\"{:.1}\"/>",
                y - 7.0,
                y + 7.0
            ),
        };
        canvas.draw(format_args!("{shape}"));
    }
}

/// Draws the legend from `left` to `right` below `y` and returns its height.
pub(crate) fn draw_legend(
    canvas: &mut Canvas,
    (left, right): (f64, f64),
    y: f64,
    items: &[(Symbol, String)],
) -> f64 {
    let (mut x, mut line) = (left, 0.0);
    for (symbol, words) in items {
        let width = SYMBOL_WIDTH + text_width(words, FONT);
        if x > left && x + width > right {
            x = left;
            line += 1.0;
        }
        let middle = y + (line + 0.5) * LINE_HEIGHT;
        symbol.draw(canvas, x, middle);
        canvas.text((x + SYMBOL_WIDTH, middle + 4.0), Anchor::Start, "label", words);
        x += width + SPACE;
    }
    (line + 1.0) * LINE_HEIGHT
}
