//! [`Keys`]: from the key of a column to its number.

use crate::{Error, Result};

/// Keys for a bucket on average.
const KEYS: usize = 2;

/// Sorted keys, parted into buckets by their first bits, which are as good as random in keys that are hashes.
///
/// Most keys that are asked for are not there: pairs of words that the model does not know. A filter in the
/// bucket's own eight bytes turns nearly all of those away; what gets past it is searched for among the bucket's
/// keys by halves, so that keys which crowd into one bucket (a file that means harm) cost no more than a search
/// among all of them.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Keys {
    sorted: Vec<u64>,
    /// A bucket each, and one behind the last.
    buckets: Vec<Bucket>,
    /// How far a key is shifted to give its bucket.
    shift: u32,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Bucket {
    /// Number of its first key.
    start: u32,
    /// The bits of all its keys.
    filter: u32,
}

impl Keys {
    /// Keys in order, without doubles.
    ///
    /// # Errors
    /// When they are out of order or too many.
    pub(super) fn new(keys: Vec<u64>) -> Result<Self> {
        if keys.len() >= u32::MAX as usize / 4 {
            return Err(Error::model("the model has too many columns"));
        }
        if keys.windows(2).any(|pair| pair[0] >= pair[1]) {
            return Err(Error::model("the keys of the weights are out of order"));
        }
        let count = (keys.len() / KEYS).next_power_of_two().max(2);
        let shift = u64::BITS - count.trailing_zeros();
        let mut buckets = vec![Bucket::default(); count + 1];
        for key in &keys {
            let bucket = (key >> shift) as usize;
            buckets[bucket].filter |= bits(*key);
            buckets[bucket + 1].start += 1;
        }
        for at in 1..buckets.len() {
            buckets[at].start += buckets[at - 1].start;
        }
        Ok(Self { sorted: keys, buckets, shift })
    }

    /// The number of a key in their order.
    #[inline]
    pub(super) fn find(&self, key: u64) -> Option<usize> {
        let at = (key >> self.shift) as usize;
        let wanted = bits(key);
        let bucket = self.buckets.get(at).filter(|bucket| bucket.filter & wanted == wanted)?;
        let (start, end) = (bucket.start as usize, self.buckets.get(at + 1)?.start as usize);
        self.sorted.get(start..end)?.binary_search(&key).ok().map(|found| start + found)
    }

    /// The keys, in order.
    pub(super) fn as_slice(&self) -> &[u64] {
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
    use crate::token::combine;

    #[test]
    fn every_key_is_found_and_no_other() {
        let mut all: Vec<u64> = (0..20_000).map(|i| combine(7, i)).collect();
        all.sort_unstable();
        let (known, unknown): (Vec<u64>, Vec<u64>) = all.iter().partition(|key| *key % 3 == 0);
        let keys = Keys::new(known.clone()).expect("sorted");
        for (position, key) in known.iter().enumerate() {
            assert_eq!(keys.find(*key), Some(position));
        }
        assert!(unknown.iter().all(|key| keys.find(*key).is_none()));
        let passed = unknown.iter().filter(|key| {
            let bucket = keys.buckets[(**key >> keys.shift) as usize];
            bucket.filter & bits(**key) == bits(**key)
        });
        assert!(passed.count() * 10 < unknown.len(), "the filter turns most of them away");
        assert!(Keys::new(vec![2, 1]).is_err());
        assert_eq!(Keys::new(Vec::new()).expect("none").find(3), None);
        assert_eq!(Keys::new(vec![u64::MAX]).expect("one").find(u64::MAX), Some(0));
    }

    /// Keys that all fall into one bucket, and keys that differ in no bit that a filter looks at.
    #[test]
    fn crowded_keys_are_found_by_halves() {
        for step in [1, 1 << 10] {
            let crowd: Vec<u64> = (0..200_000).map(|i| i * step).collect();
            let keys = Keys::new(crowd).expect("sorted");
            let full = keys.buckets.windows(2).filter(|pair| pair[0].start < pair[1].start).count();
            assert_eq!(full, 1, "they crowd");
            assert!((0..200_000).all(|i| keys.find(i * step) == Some(i as usize)));
            assert_eq!(keys.find(200_000 * step), None);
        }
    }
}
