//! [`Token`]: a word or punctuation mark with its span, word id and shape.

use detente_lang::Span;

/// Id of a word in the vocabulary.
pub type WordId = u32;

/// Word, number or punctuation mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Byte range in the text.
    pub span: Span,
    /// Id of the word; [`UNKNOWN`](crate::token::vocabulary::UNKNOWN) if the vocabulary lacks it.
    pub word: WordId,
    /// Spelling.
    pub shape: Shape,
}

/// Spelling of a token: a set of flags.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shape(u8);

impl Shape {
    /// Letters or digits.
    pub(crate) const WORD: Self = Self(1);
    /// Starts with a capital.
    pub const CAPITAL: Self = Self(2);
    /// Two or more letters, all capitals.
    pub(crate) const UPPER: Self = Self(4);
    /// Starts with a digit.
    pub const DIGIT: Self = Self(8);
    /// Abbreviation of single letters with dots ("U.S.").
    pub(crate) const DOTTED: Self = Self(16);
    /// Clitic ("'s").
    pub(crate) const CLITIC: Self = Self(32);
    /// A letter after the first is a capital.
    pub(crate) const INNER: Self = Self(64);

    /// Returns whether all flags of `other` are set.
    #[inline]
    #[must_use]
    pub fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Returns the union of both sets.
    #[inline]
    #[must_use]
    pub(crate) fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Returns whether the token is neither a word nor a clitic.
    #[inline]
    #[must_use]
    pub fn is_punctuation(self) -> bool {
        self.0 & (Self::WORD.0 | Self::CLITIC.0) == 0
    }
}
