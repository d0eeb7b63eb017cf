//! The languages that have a word as a function word.

/// The languages that a function word belongs to, a bit each; what is English is that alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Languages(pub(crate) u16);

impl Languages {
    /// Of all other words.
    pub(crate) const NONE: Self = Self(0);
    pub(crate) const ENGLISH: Self = Self(1 << 14);
}
