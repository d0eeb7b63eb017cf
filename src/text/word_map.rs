//! [`WordMap`]: what a word means to us, in one look.

use super::lengths::Lengths;

/// Words of ours with a value each, looked up and never walked.
pub(super) struct WordMap<V> {
    lengths: Lengths,
    /// A power of two of them, at least half of them free; a word stands in the first free one from its hash on.
    slots: Vec<Option<(&'static str, V)>>,
}

impl<V: Copy + Default> WordMap<V> {
    /// The words of `lists`, told apart by blanks; `join` puts the values of a word of several lists together.
    pub(super) fn of(lists: impl IntoIterator<Item = (&'static str, V)>, join: impl Fn(V, V) -> V) -> Self {
        let split = |(list, value): (&'static str, V)| list.split_ascii_whitespace().map(move |w| (w, value));
        let words: Vec<(&'static str, V)> = lists.into_iter().flat_map(split).collect();
        let size = (2 * words.len() + 1).next_power_of_two();
        let mut map = Self { lengths: Lengths::none(), slots: vec![None; size] };
        for (word, value) in words {
            map.lengths = map.lengths.with(word);
            let before = map.get(word).unwrap_or_default();
            let at = map.at(word);
            if let Some(slot) = map.slots.get_mut(at) {
                *slot = Some((word, join(before, value)));
            }
        }
        map
    }

    /// The value of `word`, which is in small letters.
    #[inline]
    pub(super) fn get(&self, word: &str) -> Option<V> {
        if !self.lengths.may_have(word) {
            return None;
        }
        self.slots.get(self.at(word)).copied().flatten().map(|(_, value)| value)
    }

    /// Whether the map may have `word`, in letters of either case.
    #[inline]
    pub(super) fn may_have(&self, word: &str) -> bool {
        self.lengths.may_have(word)
    }

    /// The slot of `word`, or the free one where it would stand.
    #[inline]
    fn at(&self, word: &str) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = hash(word.as_bytes()) & mask;
        while matches!(self.slots.get(at), Some(Some((other, _))) if *other != word) {
            at = (at + 1) & mask;
        }
        at
    }
}

/// A hash of the few bytes of a word; the lists are ours, so no one can crowd a slot.
#[inline]
fn hash(word: &[u8]) -> usize {
    let hash = word.iter().fold(0_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
    (hash ^ (hash >> 29)) as usize
}

/// Length in bytes up to which words are put into small letters in place.
pub(super) const LONGEST: usize = 16;

/// `word` in small letters, where it is ASCII and not longer than that.
pub(super) fn lowered<'b>(word: &str, buffer: &'b mut [u8; LONGEST]) -> Option<&'b str> {
    let lower = buffer.get_mut(..word.len()).filter(|_| word.is_ascii())?;
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    std::str::from_utf8(lower).ok()
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
