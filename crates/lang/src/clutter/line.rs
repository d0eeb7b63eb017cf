//! [`Line`]: the words of a sentence as the rules for clutter read them.

use crate::word::class::Class;
use crate::word::token::{Token, lower_at, token_at};

/// The tokens of a sentence.
#[derive(Clone, Copy)]
pub(crate) struct Line<'t> {
    pub(crate) tokens: &'t [Token<'t>],
    /// Whether it has a line of the text for itself.
    pub(crate) is_alone: bool,
}

impl<'t> Line<'t> {
    /// The word or sign at `at` in lower case; empty for signs and after the last.
    pub(crate) fn word(&self, at: usize) -> &'t str {
        lower_at(self.tokens, at)
    }

    pub(crate) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Whether the token at `at` is in a word class.
    pub(crate) fn is(&self, at: usize, class: Class) -> bool {
        token_at(self.tokens, at).is_some_and(|token| token.classes.has(class))
    }

    /// Whether any word is in a word class.
    pub(crate) fn has_class(&self, class: Class) -> bool {
        (0..self.len()).any(|at| self.is(at, class))
    }

    /// Whether the words occur next to each other.
    pub(crate) fn has(&self, words: &[&str]) -> bool {
        (0..self.len()).any(|at| self.starts_at(at, words))
    }

    /// Whether it starts with the words.
    pub(crate) fn starts(&self, words: &[&str]) -> bool {
        self.starts_at(0, words)
    }

    fn starts_at(&self, at: usize, words: &[&str]) -> bool {
        words.iter().enumerate().all(|(i, word)| self.word(at + i) == *word)
    }

    /// Where the first colon is.
    pub(crate) fn colon(&self) -> Option<usize> {
        self.tokens.iter().position(|token| token.is(':'))
    }

    /// Whether the words before `end` are all in a word class, with at least one.
    pub(crate) fn all_in(&self, end: usize, class: Class) -> bool {
        let mut words = (0..end).filter(|&at| self.tokens.get(at).is_some_and(Token::is_word)).peekable();
        words.peek().is_some() && words.all(|at| self.is(at, class))
    }
}
