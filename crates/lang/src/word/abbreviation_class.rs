//! What may follow the full stop of an abbreviation.

/// What may follow the full stop of an abbreviation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Abbreviation {
    /// Stands before the word it belongs to (`Mr.`, `e.g.`): its full stop never ends a sentence.
    Before,
    /// Stands before a number (`No. 5`, `p. 55`): ends a sentence unless a number follows.
    Number,
    /// A month or weekday (`Nov.`): ends a sentence only before a sentence opener.
    Date,
    /// Stands after the word it belongs to (`Inc.`, `Calif.`): ends a sentence only before a
    /// sentence opener.
    After,
    /// Closes an enumeration (`etc.`): ends a sentence before any capital.
    Closing,
}
