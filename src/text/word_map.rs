//! [`WordMap`]: what a word means to us, in one look.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::lengths::Lengths;

/// Words of ours with a value each, looked up and never walked.
pub(super) struct WordMap<V> {
    lengths: Lengths,
    words: HashMap<&'static str, V, BuildHasherDefault<WordHasher>>,
}

impl<V: Copy + Default> WordMap<V> {
    /// The words of `lists`, told apart by blanks; `join` puts the values of a word of several lists together.
    pub(super) fn of(lists: impl IntoIterator<Item = (&'static str, V)>, join: impl Fn(V, V) -> V) -> Self {
        let mut map = Self { lengths: Lengths::none(), words: HashMap::default() };
        for (list, value) in lists {
            for word in list.split_ascii_whitespace() {
                map.lengths = map.lengths.with(word);
                let slot = map.words.entry(word).or_default();
                *slot = join(*slot, value);
            }
        }
        map
    }

    /// The value of `word`, which is in small letters.
    #[inline]
    pub(super) fn get(&self, word: &str) -> Option<V> {
        if self.lengths.may_have(word) { self.words.get(word).copied() } else { None }
    }
}

/// Hashes the few bytes of a word; the lists are ours, so no one can crowd a slot.
#[derive(Default)]
struct WordHasher(u64);

impl Hasher for WordHasher {
    #[inline]
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }

    #[inline]
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let word = chunk.iter().fold(0_u64, |word, byte| word << 8 | u64::from(*byte));
            self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        }
    }

    // the end of a `str` tells nothing where it is hashed alone
    #[inline]
    fn write_u8(&mut self, _: u8) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_the_values_of_all_their_lists() {
        let map = WordMap::of([("said told", 1_u8), ("told", 2)], |a, b| a | b);
        assert_eq!((map.get("said"), map.get("told"), map.get("sold")), (Some(1), Some(3), None));
        assert_eq!((map.get(""), map.get("sa")), (None, None));
    }
}
