//! [`Token`]: an annotated word, number or punctuation character of a text.

use std::borrow::Cow;
use std::ops::Range;

use crate::span::Span;
use crate::word::class::WordClasses;

/// A word, number or punctuation character.
#[derive(Clone, Debug)]
pub(crate) struct Token<'t> {
    /// Where it is in the text, without a possessive ending.
    pub(crate) span: Span,
    /// Its characters in lower case, without a possessive ending; empty for punctuation.
    pub(crate) lower: Cow<'t, str>,
    pub(crate) kind: TokenKind,
    /// Whether it starts with an upper-case letter.
    pub(crate) is_capitalised: bool,
    /// Whether it ends in `'s` or `s'`.
    pub(crate) is_possessive: bool,
    /// The number of the quotation that contains it, from 1; 0 outside quotations.
    pub(crate) quote: u32,
    /// The number of its paragraph, from 0.
    pub(crate) paragraph: u32,
    /// The word classes it is in.
    pub(crate) classes: WordClasses,
}

/// The kind of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// Letters, with hyphens, apostrophes and abbreviation points between them.
    Word,
    /// Digits with the signs and letters attached to them ("$112", "3.5%", "15th").
    Number,
    /// Any other character.
    Punctuation(char),
    /// An opening quotation mark.
    OpenQuote,
    /// A closing quotation mark.
    CloseQuote,
}

impl Token<'_> {
    /// Whether it is the punctuation character `c`.
    pub(crate) fn is(&self, c: char) -> bool {
        self.kind == TokenKind::Punctuation(c)
    }

    /// Whether it is a word or a number.
    pub(crate) fn is_word(&self) -> bool {
        matches!(self.kind, TokenKind::Word | TokenKind::Number)
    }
}

/// The token at `index`; `None` after the last.
pub(crate) fn token_at<'s, 't>(tokens: &'s [Token<'t>], index: usize) -> Option<&'s Token<'t>> {
    tokens.get(index)
}

/// The token at `index` in lower case; empty for punctuation and after the last token.
pub(crate) fn lower_at<'s>(tokens: &'s [Token<'_>], index: usize) -> &'s str {
    tokens.get(index).map_or("", |token| &*token.lower)
}

/// The tokens that start in each sentence, as ranges of indices.
pub(crate) fn sentence_ranges(tokens: &[Token<'_>], sentences: &[Span]) -> Vec<Range<usize>> {
    let index = |offset: u32| tokens.partition_point(|token| token.span.start < offset);
    sentences.iter().map(|s| index(s.start)..index(s.end.max(s.start))).collect()
}

/// The bytes from the first to the last word of `range`, without punctuation at its ends.
pub(crate) fn span_of(tokens: &[Token<'_>], range: &Range<usize>) -> Span {
    let is_word = |i: &usize| tokens.get(*i).is_some_and(Token::is_word);
    match (range.clone().find(is_word), range.clone().rev().find(is_word)) {
        (Some(first), Some(last)) => {
            let start = tokens.get(first).map_or(0, |token| token.span.start);
            Span { start, end: tokens.get(last).map_or(start, |token| token.span.end) }
        }
        _ => Span::default(),
    }
}
