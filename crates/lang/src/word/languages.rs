//! [`Languages`]: the languages in which a word is a function word.

/// The languages in which a word is a function word, one bit each. An English function word has only the bit of
/// English, whatever other languages share it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Languages(u16);

/// ISO 639-1 codes in the order of their bits; `da` covers Danish and Norwegian, `cs` Czech and Slovak, `id`
/// Indonesian and Malay.
pub(crate) const CODES: [&str; 15] =
    ["cs", "da", "de", "en", "es", "fr", "hu", "id", "it", "nl", "pl", "pt", "ro", "sv", "tr"];

impl Languages {
    /// No language: the word is not a function word.
    pub(crate) const NONE: Self = Self(0);
    /// English.
    pub(crate) const ENGLISH: Self = Self::of("en");

    /// The language with the given code; panics at compile time if [`CODES`] lacks it.
    pub(crate) const fn of(code: &str) -> Self {
        let mut at = 0;
        while at < CODES.len() {
            let (one, other) = (CODES[at].as_bytes(), code.as_bytes());
            if other.len() == 2 && one[0] == other[0] && one[1] == other[1] {
                return Self(1 << at);
            }
            at += 1;
        }
        panic!("unknown language code")
    }

    /// These languages and `other`.
    pub(crate) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the language of `CODES[index]` is included.
    #[inline]
    pub(crate) const fn has(self, index: usize) -> bool {
        self.0 >> index & 1 == 1
    }
}
