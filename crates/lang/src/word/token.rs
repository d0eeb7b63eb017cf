//! Annotated words of a text.

use std::borrow::Cow;
use std::ops::Range;

use crate::span::Span;
use crate::word::class::WordClasses;

/// What a word of the scan is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Letters, with inner hyphens, apostrophes and abbreviation points.
    Word,
    /// Digits and what hangs on them.
    Number,
    /// One mark of punctuation.
    Mark(char),
    /// An opening quotation mark.
    Open,
    /// A closing quotation mark.
    Close,
}

/// One word or mark of the text.
#[derive(Clone, Debug)]
pub(crate) struct Word<'t> {
    /// Where it stands, without a possessive ending.
    pub(crate) span: Span,
    /// Its letters in lower case, without a possessive ending; empty for marks.
    pub(crate) low: Cow<'t, str>,
    pub(crate) kind: Kind,
    /// Whether it begins with a capital.
    pub(crate) cap: bool,
    /// Whether it ends in `'s` or `s'`.
    pub(crate) poss: bool,
    /// The quotation that it stands in, counted from 1; 0 outside.
    pub(crate) quote: u32,
    /// The paragraph, counted from 0.
    pub(crate) para: u32,
    /// The lists that it is in.
    pub(crate) classes: WordClasses,
}

impl Word<'_> {
    /// Whether it is the mark `c`.
    pub(crate) fn is(&self, c: char) -> bool {
        self.kind == Kind::Mark(c)
    }

    /// Whether it is a word or a number.
    pub(crate) fn wordy(&self) -> bool {
        matches!(self.kind, Kind::Word | Kind::Number)
    }
}

/// The word at `at`; `None` beyond the text.
pub(crate) fn nth<'w, 't>(words: &'w [Word<'t>], at: usize) -> Option<&'w Word<'t>> {
    words.get(at)
}

/// The words of each sentence.
pub(crate) fn ranges(words: &[Word<'_>], sentences: &[Span]) -> Vec<Range<usize>> {
    let at = |byte: u32| words.partition_point(|w| w.span.start < byte);
    sentences.iter().map(|s| at(s.start)..at(s.end.max(s.start))).collect()
}

/// The word at `at` in lower case; empty beyond the text and for marks.
pub(crate) fn low<'w>(words: &'w [Word<'_>], at: usize) -> &'w str {
    words.get(at).map_or("", |w| &*w.low)
}

/// The bytes from the first to the last of the words `of`, without marks at its ends.
pub(crate) fn span(words: &[Word<'_>], of: &Range<usize>) -> Span {
    let wordy = |i: &usize| words.get(*i).is_some_and(Word::wordy);
    let ends = (of.clone().find(wordy), of.clone().rev().find(wordy));
    match ends {
        (Some(first), Some(last)) => {
            let start = words.get(first).map_or(0, |w| w.span.start);
            Span { start, end: words.get(last).map_or(start, |w| w.span.end) }
        }
        _ => Span::default(),
    }
}
