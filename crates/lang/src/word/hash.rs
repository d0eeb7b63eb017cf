//! Hash functions with results that never change: they identify words and feature columns in stored models.

/// 2^64 divided by the golden ratio: an odd multiplier that spreads the bits of its factor.
const MULTIPLIER: u64 = 0x9E37_79B9_7F4A_7C15;

/// A 64-bit hash of `bytes`.
#[must_use]
pub fn hash_bytes(bytes: &[u8]) -> u64 {
    (0..bytes.len())
        .step_by(8)
        .fold(hash_seed(bytes.len()), |hash, offset| combine_hash(hash, u64_at(bytes, offset)))
}

/// The initial value of the hash of `len` bytes, into which the bytes are mixed eight at a time.
#[inline]
#[must_use]
pub fn hash_seed(len: usize) -> u64 {
    MULTIPLIER ^ (len as u64)
}

/// The eight bytes from `offset` on as a little-endian number; zeros replace bytes after the last.
#[inline]
#[must_use]
pub fn u64_at(bytes: &[u8], offset: usize) -> u64 {
    let rest = bytes.get(offset..).unwrap_or_default();
    if let Some(eight) = rest.first_chunk() {
        return u64::from_le_bytes(*eight);
    }
    rest.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte))
}

/// `hash` with `value` mixed in; the order of mixing matters.
#[inline]
#[must_use]
pub fn combine_hash(hash: u64, value: u64) -> u64 {
    let mixed = (hash.rotate_left(29) ^ value).wrapping_mul(MULTIPLIER);
    mixed ^ (mixed >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_never_change() {
        assert_eq!(hash_bytes(b"agreement"), hash_bytes(b"agreement"));
        assert_eq!(hash_bytes(b"negotiation"), 0xfb27_ce51_5a8f_c3ee);
        assert_ne!(hash_bytes(b"a"), hash_bytes(b"a\0"));
        assert_ne!(combine_hash(combine_hash(1, 2), 3), combine_hash(combine_hash(1, 3), 2));
    }
}
