//! [`Vocabulary`]: the model's words and their ids, in one compact table.

use super::hash::eight;
use super::normal::Normal;
use super::tokens::WordId;

/// A word that the vocabulary lacks.
pub const UNKNOWN: WordId = 0;
/// A masked name of a person, place, firm or party.
pub const NAME: WordId = 1;
/// A masked number.
pub const NUMBER: WordId = 2;
/// A masked year.
pub const YEAR: WordId = 3;

/// The entries that stand for no word of the text, in the order of their ids.
pub(super) const SPECIAL: [&str; 4] = ["[UNK]", "[NAME]", "[NUM]", "[YEAR]"];

/// Longest word that a vocabulary holds, in bytes.
pub(super) const LONGEST: usize = 48;

/// Words and their ids; ids follow the sorted order of the words.
#[derive(Clone, Debug)]
pub struct Vocabulary {
    blob: String,
    ends: Vec<u32>,
    /// Open addressing, at most half full.
    table: Vec<Slot>,
}

/// A word of the table; its length is 0 where the slot is free.
#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    /// Its first eight bytes.
    head: u64,
    id: WordId,
    len: u32,
}

impl Vocabulary {
    /// The vocabulary of `words`, sorted and without doubles, words over 48 bytes
    /// and what looks like a special entry left out.
    #[must_use]
    pub fn new<S: AsRef<str> + Ord>(words: impl IntoIterator<Item = S>) -> Self {
        let fits = |word: &str| !word.is_empty() && word.len() <= LONGEST && !word.starts_with('[');
        let mut words: Vec<S> = words.into_iter().filter(|word| fits(word.as_ref())).collect();
        words.sort_unstable();
        words.dedup();
        let mut blob = String::new();
        let mut ends = Vec::new();
        for word in SPECIAL.into_iter().chain(words.iter().map(AsRef::as_ref)) {
            blob.push_str(word);
            ends.push(blob.len() as u32);
        }
        Self::index(blob, ends)
    }

    fn index(blob: String, ends: Vec<u32>) -> Self {
        let capacity = (ends.len() * 2).next_power_of_two().max(16);
        let mut vocabulary = Self { blob, ends, table: vec![Slot::default(); capacity] };
        for id in SPECIAL.len()..vocabulary.ends.len() {
            let word = Normal::of(vocabulary.word(id as WordId).as_bytes());
            let mut slot = word.hash() as usize & (capacity - 1);
            while vocabulary.table[slot].len != 0 {
                slot = (slot + 1) & (capacity - 1);
            }
            let head = word.eights().first().copied().unwrap_or_default();
            vocabulary.table[slot] = Slot { head, id: id as WordId, len: word.len() as u32 };
        }
        vocabulary
    }

    /// The id of a word in its normal form, [`UNKNOWN`] if it is not there.
    #[must_use]
    pub fn id(&self, word: &str) -> WordId {
        self.find(&Normal::of(word.as_bytes()))
    }

    /// The id of a word, [`UNKNOWN`] if it is not there.
    #[inline]
    pub(super) fn find(&self, word: &Normal) -> WordId {
        let head = word.eights().first().copied().unwrap_or_default();
        let mask = self.table.len() - 1;
        let mut at = word.hash() as usize & mask;
        while let Some(slot) = self.table.get(at).filter(|slot| slot.len != 0) {
            let is_same = slot.head == head && slot.len as usize == word.len();
            if is_same && (word.len() <= 8 || self.ends_like(slot.id, word)) {
                return slot.id;
            }
            at = (at + 1) & mask;
        }
        UNKNOWN
    }

    /// Whether the word of that id goes on like `word` behind the first eight bytes.
    fn ends_like(&self, id: WordId, word: &Normal) -> bool {
        let bytes = self.blob.as_bytes().get(self.range(id)).unwrap_or_default();
        word.eights().iter().enumerate().skip(1).all(|(number, rest)| eight(bytes, number * 8) == *rest)
    }

    /// The word of that id; empty for an id out of range.
    #[must_use]
    pub fn word(&self, id: WordId) -> &str {
        self.blob.get(self.range(id)).unwrap_or("")
    }

    #[inline]
    fn range(&self, id: WordId) -> std::ops::Range<usize> {
        let id = id as usize;
        let start = if id == 0 { 0 } else { self.ends.get(id - 1).copied().unwrap_or(0) };
        start as usize..self.ends.get(id).copied().unwrap_or(start) as usize
    }

    /// Number of entries, the special ones included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is no word but the special entries.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() <= SPECIAL.len()
    }

    /// The words in the order of their ids, without the special entries.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        (SPECIAL.len()..self.len()).map(|id| self.word(id as WordId))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_follow_sorted_words() {
        let vocabulary = Vocabulary::new(["talks", "agree", "talks", "deal"].map(String::from));
        assert_eq!(vocabulary.len(), 7);
        assert_eq!((vocabulary.id("agree"), vocabulary.id("deal"), vocabulary.id("talks")), (4, 5, 6));
        assert_eq!(vocabulary.id("truce"), UNKNOWN);
        assert_eq!(vocabulary.id("[NAME]"), UNKNOWN, "text cannot forge a special entry");
        assert_eq!(vocabulary.word(5), "deal");
        assert_eq!(vocabulary.word(99), "");
    }
}
