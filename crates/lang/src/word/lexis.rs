//! [`Lexis`]: the word table as a hash table; one lookup returns the data of a word for every analysis.

use std::sync::LazyLock;

use crate::word::entry::WordEntry;
use crate::word::word_table::WORDS;

/// Number of slots: a power of two, at least twice the number of words.
const SLOTS: usize = 1 << 13;

/// The bytes of a word as two little-endian numbers, padded with zeros; longer words are not in the table.
pub(crate) type Key = [u64; 2];

/// Length in bytes of the longest word that has a key.
const MAX_WORD_LEN: usize = size_of::<Key>();

/// Open-addressing hash table over the word table.
pub(crate) struct Lexis {
    /// Entry numbers, 0 for a free slot; a word is in the first slot from its hash on that was free.
    slots: Box<[u16; SLOTS]>,
    /// Keys by entry number; number 0 stands for all words that are not in the table.
    keys: Vec<Key>,
}

/// The entry of all words that are not in the table.
static UNKNOWN: WordEntry = WordEntry::new(&[]);

impl Lexis {
    /// Returns the process-wide instance.
    pub(crate) fn global() -> &'static Self {
        static LEXIS: LazyLock<Lexis> = LazyLock::new(Lexis::new);
        &LEXIS
    }

    fn new() -> Self {
        let mut lexis = Self { slots: Box::new([0; SLOTS]), keys: vec![[0; 2]] };
        for (word, _) in &WORDS {
            let key = key(word);
            debug_assert!(key.is_some(), "{word} is too long for a key");
            let key = key.unwrap_or_default();
            let slot = lexis.slot(key);
            let number = lexis.keys.len() as u16;
            if let Some(slot) = lexis.slots.get_mut(slot) {
                *slot = number;
            }
            lexis.keys.push(key);
        }
        lexis
    }

    /// The entry number of the lower-case word with this key; 0 if it is not in the table.
    #[inline]
    pub(crate) fn number(&self, key: Key) -> u16 {
        self.slots.get(self.slot(key)).copied().unwrap_or(0)
    }

    /// The entry with the given number.
    #[inline]
    #[allow(clippy::unused_self, reason = "entry numbers are valid for this table only")]
    pub(crate) fn entry(&self, number: u16) -> &'static WordEntry {
        usize::from(number).checked_sub(1).and_then(|at| WORDS.get(at)).map_or(&UNKNOWN, |(_, entry)| entry)
    }

    /// The entry of `word`, which must be in lower case.
    pub(crate) fn lookup(&self, word: &str) -> &'static WordEntry {
        self.entry(key(word).map_or(0, |key| self.number(key)))
    }

    /// The entry of `word`, ignoring case.
    pub(crate) fn lookup_any_case(&self, word: &str) -> &'static WordEntry {
        let mut buffer = [0; MAX_WORD_LEN];
        match buffer.get_mut(..word.len()).filter(|_| word.is_ascii()) {
            Some(lower) => {
                lower.copy_from_slice(word.as_bytes());
                lower.make_ascii_lowercase();
                self.lookup(std::str::from_utf8(lower).unwrap_or(""))
            }
            None => self.lookup(&word.to_lowercase()),
        }
    }

    /// The slot of the word with this key, or the free slot where it would be inserted.
    #[inline]
    fn slot(&self, key: Key) -> usize {
        let hash = (key[0] ^ key[1].rotate_left(29)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let mut slot = (hash >> (u64::BITS - SLOTS.ilog2())) as usize;
        while let Some(&number) = self.slots.get(slot) {
            if number == 0 || self.keys.get(usize::from(number)) == Some(&key) {
                break;
            }
            slot = (slot + 1) % SLOTS;
        }
        slot
    }
}

/// The key of `word`; `None` if it is too long for the table, or ends in a zero byte like the padding of a shorter
/// word.
fn key(word: &str) -> Option<Key> {
    let mut bytes = [0; MAX_WORD_LEN];
    bytes.get_mut(..word.len())?.copy_from_slice(word.as_bytes());
    let (eights, _) = bytes.as_chunks::<8>();
    (!word.ends_with('\0'))
        .then(|| [0, 1].map(|at| eights.get(at).map_or(0, |eight| u64::from_le_bytes(*eight))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::word::abbreviation_class::Abbreviation;
    use crate::word::calendar_class::CalendarSense;
    use crate::word::class::Class;

    #[test]
    fn every_word_of_the_table_is_found() {
        let lexis = Lexis::global();
        assert!(WORDS.len() < SLOTS / 2, "{} words", WORDS.len());
        for (word, entry) in &WORDS {
            assert!(std::ptr::eq(lexis.lookup(word), entry), "{word}");
        }
        let may = lexis.lookup("may");
        assert!(may.is(Class::Tensed) && may.is(Class::Modal) && may.calendar == CalendarSense::Month(5));
        assert_eq!(lexis.lookup_any_case("MR").abbreviation, Some(Abbreviation::Before));
        assert_eq!(lexis.lookup("talks").abbreviation, None);
    }

    #[test]
    fn other_words_have_the_unknown_entry() {
        for word in ["", "sai", "said\0", "blorp", "representativesss", "antidisestablishment"] {
            assert!(std::ptr::eq(Lexis::global().lookup(word), &raw const UNKNOWN), "{word}");
        }
    }
}
