//! [`AttributionMatch`]: an attribution found in a sentence.

use std::ops::Range;

/// A source, a cue and the reported content, as ranges of tokens.
#[derive(Clone, Debug)]
pub(crate) struct AttributionMatch {
    pub(crate) source: Range<usize>,
    /// An apposition to the source (", the trade minister,").
    pub(crate) apposition: Option<Range<usize>>,
    pub(crate) cue: Range<usize>,
    pub(crate) content: Range<usize>,
    /// Whether the cue is a participle that depends on an earlier cue ("said …, adding that …").
    pub(crate) is_trailing: bool,
}

/// How many tokens before or after its cue a source is searched for.
const SOURCE_REACH: usize = 48;

/// The tokens before `end` that are searched for a source that precedes its cue.
pub(crate) fn reach_before(sentence: &Range<usize>, end: usize) -> Range<usize> {
    sentence.start.max(end.saturating_sub(SOURCE_REACH))..end
}

/// The tokens from `start` on that are searched for a source that follows its cue.
pub(crate) fn reach_after(sentence: &Range<usize>, start: usize) -> Range<usize> {
    start..sentence.end.min(start + SOURCE_REACH)
}
