//! [`gate`]: pulls scores towards 0 by the chance that a statement has no bearing.

/// Returns the share of the score that is kept: all of it at a bearing of 1, `open` of it at 0.
#[must_use]
pub fn gate(open: f64, bearing: f64) -> f64 {
    open + (1.0 - open) * bearing
}
