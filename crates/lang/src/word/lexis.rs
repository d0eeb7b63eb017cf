//! [`Dictionary`]: what a word is to every stage that reads for words, in one look.

use std::sync::LazyLock;

use crate::sentence::abbreviation;
use crate::word::abbreviation_class::Abbreviation;
use crate::word::calendar_class::Sense;
use crate::word::languages::Languages;
use crate::word::word_class::{self, Classes};
use crate::{language, time};

/// Slots for words: a power of two, more than two thirds of them free.
const SLOTS: usize = 1 << 13;

/// The bytes of a word, eight to a number, zeros behind the last; longer words are in no list.
pub(crate) type Key = [u64; 2];

/// Length in bytes of the longest words that have a key.
const LONGEST: usize = size_of::<Key>();

/// What the lists of all stages say of a word.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Entry {
    /// To those who look for speakers.
    pub(crate) voice: Classes,
    /// To the calendar.
    pub(crate) time: Sense,
    /// Whose function word it is.
    pub(crate) languages: Languages,
    /// What it is before a full stop.
    pub(crate) abbreviation: Option<Abbreviation>,
}

/// The words of all lists, in small letters, each with its entry; looked up and never walked.
pub(crate) struct Dictionary {
    /// Numbers of entries; a word stands in the first free slot from its hash on.
    slots: Box<[u16; SLOTS]>,
    keys: Vec<Key>,
    /// The first is that of all other words.
    entries: Vec<Entry>,
}

impl Dictionary {
    /// The one that there is.
    pub(crate) fn get() -> &'static Self {
        static ALL: LazyLock<Dictionary> = LazyLock::new(|| {
            let mut all = Dictionary {
                slots: Box::new([0; SLOTS]),
                keys: vec![[0; 2]],
                entries: vec![Entry::default()],
            };
            abbreviation::enter(&mut all);
            language::enter(&mut all);
            word_class::enter(&mut all);
            time::enter(&mut all);
            all
        });
        &ALL
    }

    /// Notes something of each word of `list`, told apart by blanks and none longer than [`LONGEST`].
    pub(crate) fn enter(&mut self, list: &str, note: impl Fn(&mut Entry)) {
        for word in list.split_ascii_whitespace() {
            let key = key(word);
            debug_assert!(key.is_some(), "{word} is too long for a key");
            let Some(key) = key else { continue };
            let slot = self.slot(key);
            let number = match self.slots.get(slot) {
                Some(0) | None => self.entries.len(),
                Some(number) => usize::from(*number),
            };
            if number == self.entries.len() {
                self.keys.push(key);
                self.entries.push(Entry::default());
            }
            if let (Some(slot), Some(entry)) = (self.slots.get_mut(slot), self.entries.get_mut(number)) {
                *slot = number as u16;
                note(entry);
            }
        }
    }

    /// The number of the entry of a word in small letters; 0 for one in no list.
    #[inline]
    pub(crate) fn number(&self, key: Key) -> u16 {
        self.slots.get(self.slot(key)).copied().unwrap_or(0)
    }

    /// The entry of that number.
    #[inline]
    pub(crate) fn entry(&self, number: u16) -> &Entry {
        self.entries.get(usize::from(number)).unwrap_or(&self.entries[0])
    }

    /// The entry of `word`, which is in small letters.
    pub(crate) fn of(&self, word: &str) -> &Entry {
        self.entry(key(word).map_or(0, |key| self.number(key)))
    }

    /// The entry of `word`, in letters of either case.
    pub(crate) fn of_any_case(&self, word: &str) -> &Entry {
        let mut buffer = [0; LONGEST];
        match buffer.get_mut(..word.len()).filter(|_| word.is_ascii()) {
            Some(lower) => {
                lower.copy_from_slice(word.as_bytes());
                lower.make_ascii_lowercase();
                self.of(std::str::from_utf8(lower).unwrap_or(""))
            }
            None => self.of(&word.to_lowercase()),
        }
    }

    /// The slot of the word, or the free one where it would stand.
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

/// The key of `word`; `None` where it is too long to be in a list, or its own zeros would pass for those behind it.
fn key(word: &str) -> Option<Key> {
    let mut bytes = [0; LONGEST];
    bytes.get_mut(..word.len())?.copy_from_slice(word.as_bytes());
    let (eights, _) = bytes.as_chunks::<8>();
    (!word.ends_with('\0'))
        .then(|| [0, 1].map(|at| eights.get(at).map_or(0, |eight| u64::from_le_bytes(*eight))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_what_all_their_lists_say() {
        let all = Dictionary::get();
        assert!(all.entries.len() < SLOTS / 3, "{} entries", all.entries.len());
        assert!(all.entries.len() == all.keys.len());
        for (number, key) in all.keys.iter().enumerate().skip(1) {
            assert_eq!(usize::from(all.number(*key)), number);
        }
        let may = all.of("may");
        assert!(may.voice != Classes::default() && may.time != Sense::default());
        assert_eq!(
            (all.of("mr").abbreviation, all.of("talks").abbreviation),
            (Some(Abbreviation::Before), None)
        );
        assert_eq!(all.of_any_case("MR").abbreviation, Some(Abbreviation::Before));
    }

    #[test]
    fn other_words_have_no_entry() {
        let all = Dictionary::get();
        for word in ["", "sai", "said\0", "blorp", "representativesss", "antidisestablishment"] {
            assert!(std::ptr::eq(all.of(word), all.entry(0)), "{word}");
        }
    }
}
