//! [`WordSet`]: a short fixed list of words; [`LengthFilter`]: a pre-filter that rejects most other words.

/// Rejects most words that are not in a list, by first letter and length, without comparing strings.
#[derive(Clone, Copy, Default)]
pub(crate) struct LengthFilter([u32; 32]);

impl LengthFilter {
    /// The filter of an empty list.
    const fn empty() -> Self {
        Self([0; 32])
    }

    /// This filter for a list that also has `word`, which is not empty.
    pub(crate) const fn with(mut self, word: &str) -> Self {
        let bytes = word.as_bytes();
        self.0[bytes[0] as usize % 32] |= 1 << (bytes.len() % 32);
        self
    }

    /// The filter of a list.
    const fn new(words: &[&str]) -> Self {
        let (mut filter, mut at) = (Self::empty(), 0);
        while at < words.len() {
            filter = filter.with(words[at]);
            at += 1;
        }
        filter
    }

    /// Whether the list may contain `word` in either case: upper and lower case share the last five bits.
    #[inline]
    pub(crate) fn may_contain(&self, word: &str) -> bool {
        let lengths = word.as_bytes().first().map_or(0, |first| self.0[usize::from(*first) % 32]);
        lengths >> (word.len() % 32) & 1 == 1
    }
}

/// A short fixed list of words in lower case.
pub struct WordSet {
    words: &'static [&'static str],
    filter: LengthFilter,
}

impl WordSet {
    /// The set of `words`, which are in lower case.
    #[must_use]
    pub const fn new(words: &'static [&'static str]) -> Self {
        Self { words, filter: LengthFilter::new(words) }
    }

    /// The words in the order of the list.
    #[must_use]
    pub fn words(&self) -> &'static [&'static str] {
        self.words
    }

    /// The index of `word` in the list, ignoring ASCII case.
    #[must_use]
    #[inline]
    pub fn position(&self, word: &str) -> Option<usize> {
        let words = if self.filter.may_contain(word) { self.words } else { &[] };
        words.iter().position(|entry| entry.eq_ignore_ascii_case(word))
    }

    /// Whether the list contains `word`, ignoring ASCII case.
    #[must_use]
    #[inline]
    pub fn contains(&self, word: &str) -> bool {
        self.position(word).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_filter_rejects_only_words_that_are_not_in_the_list() {
        let filter = LengthFilter::new(&["gov", "sen"]);
        for (word, expected) in
            [("gov", true), ("GOV", true), ("sun", true), ("seven", false), ("rev", false), ("", false)]
        {
            assert_eq!(filter.may_contain(word), expected, "{word}");
        }
        assert!(!LengthFilter::empty().may_contain("gov"));
    }

    #[test]
    fn words_are_found_in_either_case() {
        static UNITS: WordSet = WordSet::new(&["day", "week"]);
        assert_eq!((UNITS.position("Week"), UNITS.contains("DAY")), (Some(1), true));
        for word in ["", "da", "days", "wick"] {
            assert!(!UNITS.contains(word), "{word}");
        }
    }
}
