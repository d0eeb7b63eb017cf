//! [`Layout`]: the sizes of a chart for a wide page, and for a phone.

/// Sizes in pixels. A chart is shown at about its own width, so that its text has the size of the page's text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Layout {
    /// Name, for the ids of a page that has the chart in several layouts.
    pub(crate) name: &'static str,
    /// Width of the chart.
    pub(crate) width: f64,
    /// Space for the labels of the vertical axis.
    pub(crate) left: f64,
    /// Space for the last value.
    pub(crate) right: f64,
    /// Height of the plotted area of a single series, and of each of several.
    pub(crate) height: f64,
    pub(crate) small_height: f64,
    /// Panels beside each other.
    pub(crate) columns: usize,
    /// Most intervals of the time axis.
    pub(crate) most_steps: f64,
    /// Most points with a whisker each.
    pub(crate) most_whiskers: usize,
    /// Whether titles and notes are on lines of their own.
    pub(crate) is_stacked: bool,
}

/// For screens and paper.
pub(crate) const WIDE: Layout = Layout {
    name: "wide",
    width: 960.0,
    left: 92.0,
    right: 56.0,
    height: 280.0,
    small_height: 120.0,
    columns: 2,
    most_steps: 12.0,
    most_whiskers: 60,
    is_stacked: false,
};

/// For phones of 360 to 430 pixels.
pub(crate) const NARROW: Layout = Layout {
    name: "narrow",
    width: 380.0,
    left: 40.0,
    right: 62.0,
    height: 220.0,
    small_height: 120.0,
    columns: 1,
    most_steps: 5.0,
    most_whiskers: 24,
    is_stacked: true,
};

impl Layout {
    /// The layout of one of `columns` panels beside each other.
    pub(crate) fn of_panel(&self, columns: usize) -> Self {
        if columns < 2 {
            return *self;
        }
        let width = (self.width - COLUMN_GAP * (columns - 1) as f64) / columns as f64;
        Self { width, left: NARROW.left, most_steps: 6.0, most_whiskers: 30, is_stacked: true, ..*self }
    }
}

/// Space between panels beside each other.
pub(crate) const COLUMN_GAP: f64 = 24.0;
