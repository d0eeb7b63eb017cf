//! [`Vocabulary`]: the model's words and their ids, in one compact table.

use detente_lang::{HIGH_BITS, combine_hash, hash_seed, u64_at};

use crate::error::{Error, Result};
use crate::token::normal_form::{LONGEST, Normal};
use crate::token::tokens::WordId;

/// A word that the vocabulary lacks.
pub const UNKNOWN: WordId = 0;
/// A masked name of a person, place, firm or party.
pub const NAME: WordId = 1;
/// A masked number.
pub const NUMBER: WordId = 2;
/// A masked year.
pub const YEAR: WordId = 3;

/// The entries that stand for no word of the text, in the order of their ids.
pub const SPECIAL: [&str; 4] = ["[UNK]", "[NAME]", "[NUM]", "[YEAR]"];

/// Words and their ids; ids follow the sorted order of the words.
#[derive(Clone, Debug)]
pub struct Vocabulary {
    /// The special entries and the words, a line each.
    lines: String,
    /// Where the lines end.
    ends: Vec<u32>,
    /// Open addressing, at most half full.
    table: Vec<Slot>,
}

/// The first eight bytes of a word of the table, its id and its length, which is 0 where the slot is free. (Of a tuple,
/// zeros come from the system without being written.)
type Slot = (u64, WordId, u32);

impl Vocabulary {
    /// The vocabulary of `words`, sorted and without doubles, words over 48 bytes
    /// and what looks like a special entry left out.
    #[must_use]
    pub fn new<S: AsRef<str> + Ord>(words: impl IntoIterator<Item = S>) -> Self {
        let mut words: Vec<S> = words
            .into_iter()
            .filter(|word| is_line(word.as_ref()) && fits(word.as_ref().as_bytes()))
            .collect();
        words.sort_unstable();
        words.dedup();
        let lines: Vec<&str> = SPECIAL.into_iter().chain(words.iter().map(AsRef::as_ref)).collect();
        Self::index(lines.join("\n")).0
    }

    /// The vocabulary as [`lines`](Self::lines) gives it.
    ///
    /// # Errors
    /// When words are out of order, or one is none that a vocabulary holds.
    pub fn from_lines(words: &str) -> Result<Self> {
        let lines = if words.is_empty() { SPECIAL.join("\n") } else { SPECIAL.join("\n") + "\n" + words };
        let (vocabulary, sound) = Self::index(lines);
        if sound { Ok(vocabulary) } else { Err(Error::model("the words are out of order")) }
    }

    /// The words in the order of their ids, a line each.
    #[must_use]
    pub fn lines(&self) -> &str {
        self.lines.get(self.range(SPECIAL.len() as WordId).start..).unwrap_or_default()
    }

    /// The vocabulary of `lines`, and whether its words are in order and such as a vocabulary holds.
    fn index(lines: String) -> (Self, bool) {
        let bytes = lines.as_bytes();
        let count = 1 + memchr::memchr_iter(b'\n', bytes).count();
        let capacity = (count * 2).next_power_of_two().max(16);
        let mut table = vec![(0, 0, 0); capacity];
        let mut ends = Vec::with_capacity(count);
        let (mut before, mut sound) = (Line::default(), true);
        let mut start = 0;
        for id in 0..count {
            let line = Line::at(bytes, start);
            ends.push((start + line.len) as u32);
            if id >= SPECIAL.len() {
                sound &= fits(line.bytes(bytes)) && before.is_before(&line, bytes);
                before = line;
                let hash = line.eights(bytes).fold(hash_seed(line.len), combine_hash);
                let mut slot = hash as usize & (capacity - 1);
                while table[slot].2 != 0 {
                    slot = (slot + 1) & (capacity - 1);
                }
                table[slot] = (line.head, id as WordId, line.len as u32);
            }
            start += line.len + 1;
        }
        (Self { lines, ends, table }, sound)
    }

    /// The id of a word in its normal form, [`UNKNOWN`] if it is not there.
    #[must_use]
    pub fn id(&self, word: &str) -> WordId {
        self.find(&Normal::of(word.as_bytes()))
    }

    /// The id of a word, [`UNKNOWN`] if it is not there.
    #[inline]
    pub(crate) fn find(&self, word: &Normal) -> WordId {
        let head = word.eights().first().copied().unwrap_or_default();
        let mask = self.table.len() - 1;
        let mut at = word.hash() as usize & mask;
        while let Some((first, id, len)) = self.table.get(at).filter(|(.., len)| *len != 0) {
            let is_same = *first == head && *len as usize == word.len();
            if is_same && (word.len() <= 8 || self.ends_like(*id, word)) {
                return *id;
            }
            at = (at + 1) & mask;
        }
        UNKNOWN
    }

    /// Whether the word of that id goes on like `word` behind the first eight bytes.
    fn ends_like(&self, id: WordId, word: &Normal) -> bool {
        let bytes = self.lines.as_bytes().get(self.range(id)).unwrap_or_default();
        word.eights().iter().enumerate().skip(1).all(|(number, rest)| u64_at(bytes, number * 8) == *rest)
    }

    /// The word of that id; empty for an id out of range.
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

/// Whether that is a word that a vocabulary holds.
#[inline]
fn fits(word: &[u8]) -> bool {
    word.first().is_some_and(|first| *first != b'[') && word.len() <= LONGEST
}

fn is_line(word: &str) -> bool {
    !word.contains('\n')
}

/// A line, read eight bytes at a time.
#[derive(Clone, Copy, Default)]
struct Line {
    start: usize,
    len: usize,
    /// Its first eight bytes, zeros behind the last.
    head: u64,
}

impl Line {
    /// The line that starts there.
    #[inline]
    fn at(bytes: &[u8], start: usize) -> Self {
        let mut at = start;
        loop {
            let breaks = u64_at(bytes, at) ^ 0x0a0a_0a0a_0a0a_0a0a;
            // the lowest bit that is set is that of the first byte that is a line break now 0
            let found = breaks.wrapping_sub(0x0101_0101_0101_0101) & !breaks & HIGH_BITS;
            at += found.trailing_zeros() as usize / 8;
            if found != 0 || at >= bytes.len() {
                break;
            }
        }
        let len = at.min(bytes.len()) - start;
        Self { start, len, head: first(u64_at(bytes, start), len) }
    }

    fn bytes(self, bytes: &[u8]) -> &[u8] {
        bytes.get(self.start..self.start + self.len).unwrap_or_default()
    }

    /// Its bytes, eight to a number, zeros behind the last.
    #[inline]
    fn eights(self, bytes: &[u8]) -> impl Iterator<Item = u64> {
        (0..self.len).step_by(8).map(move |at| first(u64_at(bytes, self.start + at), self.len - at))
    }

    /// Whether it comes before another in the order of bytes.
    #[inline]
    fn is_before(self, other: &Self, bytes: &[u8]) -> bool {
        let heads = (self.head.swap_bytes(), other.head.swap_bytes());
        heads.0 < heads.1 || heads.0 == heads.1 && self.bytes(bytes) < other.bytes(bytes)
    }
}

/// The first `count` of eight bytes, zeros in the place of the others.
#[inline]
fn first(eight: u64, count: usize) -> u64 {
    if count >= 8 { eight } else { eight & !(u64::MAX << (8 * count)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_give_the_words_again() {
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
        assert_eq!(vocabulary.id("[NAME]"), UNKNOWN, "text cannot forge a special entry");
        assert_eq!(vocabulary.word(5), "deal");
        assert_eq!(vocabulary.word(99), "");
    }
}
