//! [`Languages`]: the set of languages that have a word as a function word.

/// A set of languages, a bit each. A word of English is in the set of English alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Languages(u16);

/// ISO 639-1 code of each language, in the order of their bits, and the reason why a text in it is not English.
pub(crate) const LANGUAGES: [(&str, &str); 15] = [
    ("cs", "it reads as Czech or Slovak"),
    ("da", "it reads as Danish or Norwegian"),
    ("de", "it reads as German"),
    ("en", "it reads as English"),
    ("es", "it reads as Spanish"),
    ("fr", "it reads as French"),
    ("hu", "it reads as Hungarian"),
    ("id", "it reads as Indonesian or Malay"),
    ("it", "it reads as Italian"),
    ("nl", "it reads as Dutch"),
    ("pl", "it reads as Polish"),
    ("pt", "it reads as Portuguese"),
    ("ro", "it reads as Romanian"),
    ("sv", "it reads as Swedish"),
    ("tr", "it reads as Turkish"),
];

impl Languages {
    /// The empty set.
    pub(crate) const NONE: Self = Self(0);
    /// English alone.
    pub(crate) const ENGLISH: Self = Self::of("en");

    /// The language with this code alone.
    pub(crate) const fn of(code: &str) -> Self {
        let mut at = 0;
        while at < LANGUAGES.len() {
            let (one, other) = (LANGUAGES[at].0.as_bytes(), code.as_bytes());
            if other.len() == 2 && one[0] == other[0] && one[1] == other[1] {
                return Self(1 << at);
            }
            at += 1;
        }
        panic!("no language has this code")
    }

    /// The union of both sets.
    pub(crate) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the language at `index` of [`LANGUAGES`] is in the set.
    #[inline]
    pub(crate) const fn has(self, index: usize) -> bool {
        self.0 >> index & 1 == 1
    }
}
