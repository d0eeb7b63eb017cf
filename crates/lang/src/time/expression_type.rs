//! A time expression before it is resolved to days.

use crate::time::meaning::{Meaning, Part};

/// How the expression ties the event to the days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tie {
    On,
    /// "by", "before": no later than.
    By,
    /// "until", "through".
    Until,
    /// "since", "from".
    Since,
    /// "after".
    After,
}

/// An expression of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Expression {
    /// Position of its first word.
    pub(crate) at: usize,
    /// Position after its last word.
    pub(crate) end: usize,
    pub(crate) meaning: Meaning,
    pub(crate) part: Part,
    pub(crate) tie: Tie,
    /// The word that leads it in ("on", "in", "by"), if any; position.
    pub(crate) lead: Option<usize>,
    /// A weekday written beside a date ("Tuesday, 14 May").
    pub(crate) weekday: Option<i8>,
}
