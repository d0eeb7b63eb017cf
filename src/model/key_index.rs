//! [`Keys`]: from the key of a column to its number.

use crate::error::{Error, Result};
use crate::model::byte_reader::Stored;

/// Keys for a bucket on average.
const KEYS: usize = 2;

/// Sorted keys, parted into buckets by their first bits, which are as good as random in keys that are hashes.
///
/// Most keys that are asked for are not there: pairs of words that the model does not know. A filter in the
/// bucket's own eight bytes turns nearly all of those away; what gets past it is searched for among the bucket's
/// keys by halves, so that keys which crowd into one bucket (a file that means harm) cost no more than a search
/// among all of them.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Keys {
    sorted: Stored<8>,
    /// One without keys, then a bucket each.
    buckets: Vec<Bucket>,
    /// How far a key is shifted to give its bucket.
    shift: u32,
}

/// How many keys there are up to its last, and the bits of all its keys. (Of a pair, zeros come from the system
/// without being written.)
type Bucket = (u32, u32);

impl Keys {
    /// Keys in order, without doubles.
    ///
    /// # Errors
    /// When they are out of order or too many.
    pub(crate) fn new(keys: Stored<8>) -> Result<Self> {
        if keys.len() >= u32::MAX as usize / 4 {
            return Err(Error::model("the model has too many columns"));
        }
        let count = (keys.len() / KEYS).next_power_of_two().max(2);
        let shift = u64::BITS - count.trailing_zeros();
        let mut buckets = vec![(0, 0); count + 1];
        let mut in_order = true;
        let mut before = 0;
        let own = buckets.get_mut(1..).unwrap_or_default();
        for (end, key) in (1..).zip(keys.iter()) {
            let key = u64::from_le_bytes(*key);
            in_order &= before < key || end == 1;
            before = key;
            let (last, filter) = &mut own[(key >> shift) as usize];
            *last = end;
            *filter |= bits(key);
        }
        if !in_order {
            return Err(Error::model("the keys of the weights are out of order"));
        }
        // a bucket without keys ends where the one before it does
        let mut end = 0;
        for (last, _) in &mut buckets {
            end = end.max(*last);
            *last = end;
        }
        Ok(Self { sorted: keys, buckets, shift })
    }

    /// The number of a key in their order.
    #[inline]
    pub(crate) fn find(&self, key: u64) -> Option<usize> {
        let at = (key >> self.shift) as usize;
        let wanted = bits(key);
        let (end, _) = self.buckets.get(at + 1).filter(|(_, filter)| filter & wanted == wanted)?;
        let (start, _) = self.buckets.get(at)?;
        let (start, end) = (*start as usize, *end as usize);
        let keys = self.sorted.get(start..end)?;
        keys.binary_search_by_key(&key, |key| u64::from_le_bytes(*key)).ok().map(|found| start + found)
    }

    /// The keys as they are stored, in order.
    pub(crate) fn as_slice(&self) -> &[[u8; 8]] {
        &self.sorted
    }
}

/// The two bits of a key in the filter of its bucket, from its last bits.
#[inline]
fn bits(key: u64) -> u32 {
    1 << (key & 31) | 1 << (key >> 5 & 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use detente_lang::combine_hash;

    fn keys_of(keys: &[u64]) -> Result<Keys> {
        Keys::new(keys.iter().map(|key| key.to_le_bytes()).collect())
    }

    #[test]
    fn every_key_is_found_and_no_other() {
        let mut all: Vec<u64> = (0..20_000).map(|i| combine_hash(7, i)).collect();
        all.sort_unstable();
        let (known, unknown): (Vec<u64>, Vec<u64>) = all.iter().partition(|key| *key % 3 == 0);
        let keys = keys_of(&known).expect("sorted");
        for (position, key) in known.iter().enumerate() {
            assert_eq!(keys.find(*key), Some(position));
        }
        assert!(unknown.iter().all(|key| keys.find(*key).is_none()));
        let passed = unknown.iter().filter(|key| {
            let (_, filter) = keys.buckets[1 + (**key >> keys.shift) as usize];
            filter & bits(**key) == bits(**key)
        });
        assert!(passed.count() * 10 < unknown.len(), "the filter turns most of them away");
        assert!(keys_of(&[2, 1]).is_err());
        assert_eq!(keys_of(&[]).expect("none").find(3), None);
        assert_eq!(keys_of(&[u64::MAX]).expect("one").find(u64::MAX), Some(0));
    }

    /// Keys that all fall into one bucket, and keys that differ in no bit that a filter looks at.
    #[test]
    fn crowded_keys_are_found_by_halves() {
        for step in [1, 1 << 10] {
            let crowd: Vec<u64> = (0..200_000).map(|i| i * step).collect();
            let keys = keys_of(&crowd).expect("sorted");
            let full = keys.buckets.windows(2).filter(|pair| pair[0].0 < pair[1].0).count();
            assert_eq!(full, 1, "they crowd");
            assert!((0..200_000).all(|i| keys.find(i * step) == Some(i as usize)));
            assert_eq!(keys.find(200_000 * step), None);
        }
    }
}
