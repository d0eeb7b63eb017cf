//! [`KeyIndex`]: maps sorted feature keys to their positions.

use crate::error::{Error, Result};
use crate::model::byte_reader::PackedNumbers;

/// Mean number of keys in a bucket.
const KEYS_PER_BUCKET: usize = 2;

/// Sorted keys, divided into buckets by their leading bits; keys are hashes, so these bits are uniform.
///
/// Most lookups fail, because most pairs of words are not in the model. A Bloom filter in the bucket's own
/// eight bytes rejects nearly all of them. The others are found by binary search within the bucket, so a
/// crafted file with colliding keys costs O(log n) per lookup.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct KeyIndex {
    sorted: PackedNumbers<8>,
    /// An empty bucket, then one for each value of the leading bits.
    buckets: Vec<Bucket>,
    /// Right shift that turns a key into its bucket.
    shift: u32,
}

/// Position after the bucket's last key, and the filter bits of all its keys. It is a tuple, because a
/// vector of zero tuples is allocated without being written.
type Bucket = (u32, u32);

impl KeyIndex {
    /// Creates an index of `keys`, which must be sorted without duplicates.
    ///
    /// # Errors
    /// Returns an error if the keys are out of order or too many.
    pub(crate) fn new(keys: PackedNumbers<8>) -> Result<Self> {
        if keys.len() >= u32::MAX as usize / 4 {
            return Err(Error::model("the model has too many columns"));
        }
        let count = (keys.len() / KEYS_PER_BUCKET).next_power_of_two().max(2);
        let shift = u64::BITS - count.trailing_zeros();
        let mut buckets = vec![(0, 0); count + 1];
        let own = buckets.get_mut(1..).unwrap_or_default();
        for (end, key) in (1..).zip(keys.iter()) {
            let key = u64::from_le_bytes(*key);
            if let Some((last, filter)) = own.get_mut((key >> shift) as usize) {
                *last = end;
                *filter |= filter_bits(key);
            }
        }
        let number = |key: &[u8; 8]| u64::from_le_bytes(*key);
        let later = keys.get(1..).unwrap_or_default();
        let is_sorted = keys.iter().zip(later).fold(true, |sorted, (a, b)| sorted & (number(a) < number(b)));
        if !is_sorted {
            return Err(Error::model("the keys of the weights are out of order"));
        }
        // an empty bucket ends where the one before it does
        let mut end = 0;
        for (last, _) in &mut buckets {
            end = end.max(*last);
            *last = end;
        }
        Ok(Self { sorted: keys, buckets, shift })
    }

    /// Returns the position of `key` among the sorted keys.
    #[inline]
    pub(crate) fn find(&self, key: u64) -> Option<usize> {
        let bucket = (key >> self.shift) as usize;
        let wanted = filter_bits(key);
        let (end, _) = self.buckets.get(bucket + 1).filter(|(_, filter)| filter & wanted == wanted)?;
        let (start, _) = self.buckets.get(bucket)?;
        let (start, end) = (*start as usize, *end as usize);
        let keys = self.sorted.get(start..end)?;
        keys.binary_search_by_key(&key, |key| u64::from_le_bytes(*key)).ok().map(|found| start + found)
    }

    /// Returns the sorted keys in their stored form.
    pub(crate) fn as_slice(&self) -> &[[u8; 8]] {
        &self.sorted
    }
}

/// Returns the two filter bits of a key, taken from its trailing bits.
#[inline]
fn filter_bits(key: u64) -> u32 {
    1 << (key & 31) | 1 << (key >> 5 & 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use detente_lang::combine_hash;

    fn index(keys: &[u64]) -> Result<KeyIndex> {
        KeyIndex::new(keys.iter().map(|key| key.to_le_bytes()).collect())
    }

    #[test]
    fn exactly_the_known_keys_are_found() {
        let mut all: Vec<u64> = (0..20_000).map(|i| combine_hash(7, i)).collect();
        all.sort_unstable();
        let (known, unknown): (Vec<u64>, Vec<u64>) = all.iter().partition(|key| *key % 3 == 0);
        let keys = index(&known).expect("sorted");
        for (position, key) in known.iter().enumerate() {
            assert_eq!(keys.find(*key), Some(position));
        }
        assert!(unknown.iter().all(|key| keys.find(*key).is_none()));
        let passed = unknown.iter().filter(|key| {
            let (_, filter) = keys.buckets[1 + (**key >> keys.shift) as usize];
            filter & filter_bits(**key) == filter_bits(**key)
        });
        assert!(passed.count() * 10 < unknown.len(), "the filter rejects most of them");
        assert!(index(&[2, 1]).is_err());
        assert_eq!(index(&[]).expect("none").find(3), None);
        assert_eq!(index(&[u64::MAX]).expect("one").find(u64::MAX), Some(0));
    }

    /// Keys that all fall into one bucket, and keys with equal filter bits.
    #[test]
    fn colliding_keys_are_found() {
        for step in [1, 1 << 10] {
            let colliding: Vec<u64> = (0..200_000).map(|i| i * step).collect();
            let keys = index(&colliding).expect("sorted");
            let full = keys.buckets.windows(2).filter(|pair| pair[0].0 < pair[1].0).count();
            assert_eq!(full, 1, "all in one bucket");
            assert!((0..200_000).all(|i| keys.find(i * step) == Some(i as usize)));
            assert_eq!(keys.find(200_000 * step), None);
        }
    }
}
