//! [`Abbreviation`]: whether the full stop of an abbreviation can end a sentence.

/// What the full stop of an abbreviation may be, by what follows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Abbreviation {
    /// Precedes the word it belongs to (`Mr.`, `e.g.`): never ends a sentence.
    Before,
    /// Precedes a number (`No. 5`, `p. 55`): ends a sentence unless a number follows.
    Number,
    /// A month or weekday (`Sept.`): ends a sentence only before a sentence opener.
    Date,
    /// Follows the word it belongs to (`Inc.`, `Calif.`): ends a sentence only before a sentence opener.
    After,
    /// Closes an enumeration (`etc.`): ends a sentence before any capital.
    Closing,
}
