//! [`Words`]: a short list of words; [`Lengths`]: a cheap no to most words that are not in a list.

/// Which lengths the words of a list have, by first letter. Most words of a text are turned away by it
/// before any is compared.
#[derive(Clone, Copy, Default)]
pub(crate) struct Lengths([u32; 32]);

impl Lengths {
    /// Of an empty list.
    pub(crate) const fn none() -> Self {
        Self([0; 32])
    }

    /// Of the list with `word`, which is not empty.
    pub(crate) const fn with(mut self, word: &str) -> Self {
        let bytes = word.as_bytes();
        self.0[bytes[0] as usize % 32] |= 1 << (bytes.len() % 32);
        self
    }

    /// Of `list`.
    pub(crate) const fn of(list: &[&str]) -> Self {
        let (mut lengths, mut at) = (Self::none(), 0);
        while at < list.len() {
            lengths = lengths.with(list[at]);
            at += 1;
        }
        lengths
    }

    /// Whether the list may have `word`, in small letters or in capitals: they share the last five bits.
    #[inline]
    pub(crate) fn may_have(&self, word: &str) -> bool {
        let lengths = word.as_bytes().first().map_or(0, |first| self.0[usize::from(*first) % 32]);
        lengths >> (word.len() % 32) & 1 == 1
    }
}

/// A short list of words in lower case.
pub struct Words {
    list: &'static [&'static str],
    lengths: Lengths,
}

impl Words {
    /// Those of `list`.
    pub const fn of(list: &'static [&'static str]) -> Self {
        Self { list, lengths: Lengths::of(list) }
    }

    /// The words.
    pub fn list(&self) -> &'static [&'static str] {
        self.list
    }

    /// The place of `word`, in whatever case, in the list.
    #[inline]
    pub fn position(&self, word: &str) -> Option<usize> {
        let list = if self.lengths.may_have(word) { self.list } else { &[] };
        list.iter().position(|entry| entry.eq_ignore_ascii_case(word))
    }

    /// Whether `word`, in whatever case, is in the list.
    #[inline]
    pub fn has(&self, word: &str) -> bool {
        self.position(word).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_that_cannot_be_in_the_list_are_turned_away() {
        let lengths = Lengths::of(&["gov", "sen"]);
        for (word, may) in
            [("gov", true), ("GOV", true), ("sun", true), ("seven", false), ("rev", false), ("", false)]
        {
            assert_eq!(lengths.may_have(word), may, "{word}");
        }
        assert!(!Lengths::none().may_have("gov"));
    }
}
