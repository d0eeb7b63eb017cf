//! [`Token`]: one word or mark with its span, its id and its shape.

use detente_lang::Span;

/// Id of a word in the model's vocabulary.
pub type WordId = u32;

/// One word, number or punctuation mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands in the text as given.
    pub span: Span,
    /// Its id; [`UNKNOWN`](crate::token::vocabulary::UNKNOWN) if the vocabulary lacks it.
    pub word: WordId,
    /// How it is written.
    pub shape: Shape,
}

/// How a token is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shape(u8);

impl Shape {
    /// A letter, digit or several.
    pub const WORD: Self = Self(1);
    /// Its first letter is a capital.
    pub const CAPITAL: Self = Self(2);
    /// It has two or more letters, all capitals.
    pub const UPPER: Self = Self(4);
    /// It starts with a digit.
    pub const DIGIT: Self = Self(8);
    /// It is an abbreviation of single letters with dots ("U.S.").
    pub const DOTTED: Self = Self(16);
    /// It is a clitic ("'s").
    pub const CLITIC: Self = Self(32);
    /// A letter after its first is a capital.
    pub const INNER: Self = Self(64);

    /// Whether all bits of `other` are set.
    #[inline]
    #[must_use]
    pub fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Both shapes together.
    #[inline]
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the token is neither word nor clitic.
    #[inline]
    #[must_use]
    pub fn is_mark(self) -> bool {
        self.0 & (Self::WORD.0 | Self::CLITIC.0) == 0
    }
}
