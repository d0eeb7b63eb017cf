//! [`Vocabulary`]: hash table from words to ids.

use detente_lang::{HIGH_BITS, combine_hash, hash_seed, u64_at};

use crate::error::{Error, Result};
use crate::token::normal_form::{MAX_WORD_BYTES, NormalForm};
use crate::token::tokens::WordId;

/// Id of words that the vocabulary lacks.
pub const UNKNOWN: WordId = 0;
/// Id of masked names of persons, places, firms and parties.
pub const NAME: WordId = 1;
/// Id of masked numbers.
pub const NUMBER: WordId = 2;
/// Id of masked years.
pub const YEAR: WordId = 3;

/// Special entries, which match no word of a text, in the order of their ids.
pub const SPECIAL: [&str; 4] = ["[UNK]", "[NAME]", "[NUM]", "[YEAR]"];

/// Words and their ids; ids follow the sort order of the words.
#[derive(Clone, Debug)]
pub struct Vocabulary {
    /// Special entries and words, one a line.
    lines: String,
    /// End of each line.
    ends: Vec<u32>,
    /// Open-addressing hash table, at most half full.
    table: Vec<Slot>,
}

/// First eight bytes of a word, its id, and its length, which is 0 in a free slot. It is a tuple, because a
/// vector of zero tuples is allocated without being written.
type Slot = (u64, WordId, u32);

impl Vocabulary {
    /// Creates a vocabulary of `words`, sorted and without duplicates. Words over 48 bytes, words with a line
    /// break and words that start like a special entry are left out.
    #[must_use]
    pub fn new<S: AsRef<str> + Ord>(words: impl IntoIterator<Item = S>) -> Self {
        let mut words: Vec<S> = words
            .into_iter()
            .filter(|word| {
                let word = word.as_ref().as_bytes();
                !word.contains(&b'\n') && word.first().is_some_and(|first| is_allowed(*first, word.len()))
            })
            .collect();
        words.sort_unstable();
        words.dedup();
        let lines: Vec<&str> = SPECIAL.into_iter().chain(words.iter().map(AsRef::as_ref)).collect();
        Self::index(lines.join("\n")).0
    }

    /// Creates a vocabulary from what [`lines`](Self::lines) returns.
    ///
    /// # Errors
    /// Returns an error if words are out of order or not allowed in a vocabulary.
    pub(crate) fn from_lines(words: &str) -> Result<Self> {
        let lines = if words.is_empty() { SPECIAL.join("\n") } else { SPECIAL.join("\n") + "\n" + words };
        let (vocabulary, is_sound) = Self::index(lines);
        if is_sound { Ok(vocabulary) } else { Err(Error::model("the words are out of order")) }
    }

    /// Returns the words in the order of their ids, one a line.
    #[must_use]
    pub(crate) fn lines(&self) -> &str {
        self.lines.get(self.range(SPECIAL.len() as WordId).start..).unwrap_or_default()
    }

    /// Creates the vocabulary of `lines`; returns it with whether the words are sorted and allowed.
    fn index(lines: String) -> (Self, bool) {
        let bytes = lines.as_bytes();
        let count = 1 + memchr::memchr_iter(b'\n', bytes).count();
        let capacity = (count * 2).next_power_of_two().max(16);
        let mut table = vec![(0, 0, 0); capacity];
        let mut ends = Vec::with_capacity(count);
        let (mut previous, mut is_sound) = (Line::default(), true);
        let mut start = 0;
        for id in 0..count {
            let line = Line::at(bytes, start);
            ends.push((start + line.len) as u32);
            if id >= SPECIAL.len() {
                is_sound &= is_allowed(line.head as u8, line.len) && previous.is_less(&line, bytes);
                previous = line;
                let first = combine_hash(hash_seed(line.len), line.head);
                let hash =
                    if line.len <= 8 { first } else { line.later_chunks(bytes).fold(first, combine_hash) };
                let free = (0..capacity).map(|step| (hash as usize).wrapping_add(step) & (capacity - 1));
                for at in free {
                    if let Some(slot) = table.get_mut(at).filter(|slot| slot.2 == 0) {
                        *slot = (line.head, id as WordId, line.len as u32);
                        break;
                    }
                }
            }
            start += line.len + 1;
        }
        (Self { lines, ends, table }, is_sound)
    }

    /// Returns the id of a word in its normal form; [`UNKNOWN`] if the vocabulary lacks it.
    #[must_use]
    pub fn id(&self, word: &str) -> WordId {
        self.find(&NormalForm::new(word.as_bytes()))
    }

    /// Returns the id of a word; [`UNKNOWN`] if the vocabulary lacks it.
    #[inline]
    pub(crate) fn find(&self, word: &NormalForm) -> WordId {
        let head = word.chunks().first().copied().unwrap_or_default();
        let mask = self.table.len() - 1;
        let mut at = word.hash() as usize & mask;
        while let Some((first, id, len)) = self.table.get(at).filter(|(.., len)| *len != 0) {
            let may_match = *first == head && *len as usize == word.len();
            if may_match && (word.len() <= 8 || self.has_same_tail(*id, word)) {
                return *id;
            }
            at = (at + 1) & mask;
        }
        UNKNOWN
    }

    /// Returns whether the word of that id equals `word` after the first eight bytes.
    fn has_same_tail(&self, id: WordId, word: &NormalForm) -> bool {
        let bytes = self.lines.as_bytes().get(self.range(id)).unwrap_or_default();
        word.chunks().iter().enumerate().skip(1).all(|(number, rest)| u64_at(bytes, number * 8) == *rest)
    }

    /// Returns the word of that id; empty for an id out of range.
    #[must_use]
    pub fn word(&self, id: WordId) -> &str {
        self.lines.get(self.range(id)).unwrap_or("")
    }

    #[inline]
    fn range(&self, id: WordId) -> std::ops::Range<usize> {
        let id = id as usize;
        let start = if id == 0 { 0 } else { self.ends.get(id - 1).map_or(0, |end| end + 1) };
        start as usize..self.ends.get(id).copied().unwrap_or(start) as usize
    }

    /// Returns the number of entries, including the special ones.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Returns whether there are only special entries.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() <= SPECIAL.len()
    }

    /// Returns the words in the order of their ids, without the special entries.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        (SPECIAL.len()..self.len()).map(|id| self.word(id as WordId))
    }
}

/// Returns whether a word with that first byte and length may be in a vocabulary.
#[inline]
fn is_allowed(first: u8, len: usize) -> bool {
    first != b'[' && (1..=MAX_WORD_BYTES).contains(&len)
}

/// Line of the words, read eight bytes at a time.
#[derive(Clone, Copy, Default)]
struct Line {
    start: usize,
    len: usize,
    /// First eight bytes, padded with zeros.
    head: u64,
}

impl Line {
    /// Finds the line that starts at `start`.
    #[inline]
    fn at(bytes: &[u8], start: usize) -> Self {
        let mut at = start;
        loop {
            let breaks = u64_at(bytes, at) ^ 0x0a0a_0a0a_0a0a_0a0a;
            // line breaks are zero bytes now; the lowest bit set belongs to the first of them
            let found = breaks.wrapping_sub(0x0101_0101_0101_0101) & !breaks & HIGH_BITS;
            at += found.trailing_zeros() as usize / 8;
            if found != 0 || at >= bytes.len() {
                break;
            }
        }
        let len = at.min(bytes.len()) - start;
        Self { start, len, head: first_bytes(u64_at(bytes, start), len) }
    }

    fn bytes(self, bytes: &[u8]) -> &[u8] {
        bytes.get(self.start..self.start + self.len).unwrap_or_default()
    }

    /// Returns the bytes after the first eight in chunks of eight, the last padded with zeros.
    #[inline]
    fn later_chunks(self, bytes: &[u8]) -> impl Iterator<Item = u64> {
        (8..self.len).step_by(8).map(move |at| first_bytes(u64_at(bytes, self.start + at), self.len - at))
    }

    /// Returns whether the line sorts before `other`.
    #[inline]
    fn is_less(self, other: &Self, bytes: &[u8]) -> bool {
        let heads = (self.head.swap_bytes(), other.head.swap_bytes());
        heads.0 < heads.1 || heads.0 == heads.1 && self.bytes(bytes) < other.bytes(bytes)
    }
}

/// Returns the first `count` bytes of a chunk, padded with zeros.
#[inline]
fn first_bytes(chunk: u64, count: usize) -> u64 {
    if count >= 8 { chunk } else { chunk & !(u64::MAX << (8 * count)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_round_trip() {
        for words in [&[][..], &["talks"], &["a", "agree", "ceasefire-agreement", "é"]] {
            let vocabulary = Vocabulary::new(words.iter().copied());
            let read = Vocabulary::from_lines(vocabulary.lines()).expect("reads");
            assert!(read.words().eq(words.iter().copied()) && read.lines() == vocabulary.lines());
            assert!(
                words.iter().all(|word| read.id(word) == vocabulary.id(word) && read.id(word) != UNKNOWN)
            );
        }
        for lines in ["b\na", "a\na", "a\n", "\na", "[X]", &"x".repeat(49)] {
            assert!(Vocabulary::from_lines(lines).is_err(), "{lines}");
        }
    }

    #[test]
    fn ids_follow_sorted_words() {
        let vocabulary = Vocabulary::new(["talks", "agree", "talks", "deal"].map(String::from));
        assert_eq!(vocabulary.len(), 7);
        assert_eq!((vocabulary.id("agree"), vocabulary.id("deal"), vocabulary.id("talks")), (4, 5, 6));
        assert_eq!(vocabulary.id("truce"), UNKNOWN);
        assert_eq!(vocabulary.id("[NAME]"), UNKNOWN, "a text cannot contain a special entry");
        assert_eq!(vocabulary.word(5), "deal");
        assert_eq!(vocabulary.word(99), "");
    }
}
