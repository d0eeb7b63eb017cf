//! [`Keys`]: from the key of a column to what is stored for it.

use crate::{Error, Result};

/// Bits of the filter for a key: two are set, so that about one in twenty of those that are not there gets past it.
const FILTER_BITS: usize = 8;

/// Sorted keys, and a table from each to its value.
///
/// Most keys that are asked for are not there: pairs of words that the model does not know. A filter small
/// enough for the second cache turns them away; what gets past it meets key and value side by side in a table
/// with open addressing, at most half full: one line of memory for a column that is there.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Keys<V> {
    sorted: Vec<u64>,
    /// Words of bits; both bits of a key are in one word.
    filter: Vec<u64>,
    slots: Vec<Slot<V>>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Slot<V> {
    key: u64,
    value: V,
    is_taken: bool,
}

impl<V: Copy + Default> Keys<V> {
    /// Keys in order, without doubles, and the value of each.
    ///
    /// # Errors
    /// When they are out of order or too many.
    pub(super) fn new(keys: Vec<u64>, values: impl IntoIterator<Item = V>) -> Result<Self> {
        if keys.len() >= u32::MAX as usize / 4 {
            return Err(Error::model("the model has too many columns"));
        }
        if keys.windows(2).any(|pair| pair[0] >= pair[1]) {
            return Err(Error::model("the keys of the weights are out of order"));
        }
        let capacity = (keys.len() * 2).next_power_of_two().max(16);
        let mut slots = vec![Slot::default(); capacity];
        let mut filter = vec![0; (keys.len() * FILTER_BITS / 64).next_power_of_two().max(1)];
        for (key, value) in keys.iter().zip(values) {
            let mut slot = *key as usize & (capacity - 1);
            while slots[slot].is_taken {
                slot = (slot + 1) & (capacity - 1);
            }
            slots[slot] = Slot { key: *key, value, is_taken: true };
            let word = (*key >> 32) as usize & (filter.len() - 1);
            filter[word] |= bits(*key);
        }
        Ok(Self { sorted: keys, filter, slots })
    }

    /// The value of a key.
    #[inline]
    pub(super) fn find(&self, key: u64) -> Option<V> {
        let wanted = bits(key);
        if self.filter[(key >> 32) as usize & (self.filter.len() - 1)] & wanted != wanted {
            return None;
        }
        let mask = self.slots.len() - 1;
        let mut at = key as usize & mask;
        loop {
            let slot = self.slots[at];
            if !slot.is_taken {
                return None;
            }
            if slot.key == key {
                return Some(slot.value);
            }
            at = (at + 1) & mask;
        }
    }

    /// The keys, in order.
    pub(super) fn as_slice(&self) -> &[u64] {
        &self.sorted
    }
}

/// The bits of a key in its word of the filter, from the best mixed end of it.
#[inline]
fn bits(key: u64) -> u64 {
    1 << (key >> 58) | 1 << (key >> 52 & 63)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::combine;

    #[test]
    fn every_key_is_found_and_no_other() {
        let mut all: Vec<u64> = (0..20_000).map(|i| combine(7, i)).collect();
        all.sort_unstable();
        let (known, unknown): (Vec<u64>, Vec<u64>) = all.iter().partition(|key| *key % 3 == 0);
        let keys = Keys::new(known.clone(), 0_u32..).expect("sorted");
        for (position, key) in known.iter().enumerate() {
            assert_eq!(keys.find(*key), Some(position as u32));
        }
        assert!(unknown.iter().all(|key| keys.find(*key).is_none()));
        let passed = unknown.iter().filter(|key| {
            let word = keys.filter[(**key >> 32) as usize & (keys.filter.len() - 1)];
            word & bits(**key) == bits(**key)
        });
        assert!(passed.count() * 10 < unknown.len(), "the filter turns most of them away");
        assert!(Keys::new(vec![2, 1], [0_u32, 1]).is_err());
        assert_eq!(Keys::<u32>::new(Vec::new(), []).expect("none").find(3), None);
    }
}
