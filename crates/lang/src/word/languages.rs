//! The languages that have a word as a function word.

/// The languages that a function word belongs to, a bit each; an English function word counts as English alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Languages(u16);

/// ISO 639-1 codes in the order of their bits; `da` stands for Danish and Norwegian, `cs` for Czech and Slovak,
/// `id` for Indonesian and Malay.
pub(crate) const CODES: [&str; 15] =
    ["cs", "da", "de", "en", "es", "fr", "hu", "id", "it", "nl", "pl", "pt", "ro", "sv", "tr"];

impl Languages {
    /// Of words that are no function words.
    pub(crate) const NONE: Self = Self(0);
    /// English.
    pub(crate) const ENGLISH: Self = Self::of("en");

    /// The language of that code.
    pub(crate) const fn of(code: &str) -> Self {
        let mut at = 0;
        while at < CODES.len() {
            let (one, other) = (CODES[at].as_bytes(), code.as_bytes());
            if other.len() == 2 && one[0] == other[0] && one[1] == other[1] {
                return Self(1 << at);
            }
            at += 1;
        }
        panic!("a language without a code")
    }

    /// These languages and `other`.
    pub(crate) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the language with the code at `at` is among them.
    #[inline]
    pub(crate) const fn has(self, at: usize) -> bool {
        self.0 >> at & 1 == 1
    }
}
