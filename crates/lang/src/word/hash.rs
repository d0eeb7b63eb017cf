//! Hashes that are the same on every machine and in every version: they name
//! words and feature columns in stored models.

const K: u64 = 0x9E37_79B9_7F4A_7C15;

/// A 64-bit hash of `bytes`.
#[must_use]
pub fn hash_bytes(bytes: &[u8]) -> u64 {
    (0..bytes.len()).step_by(8).fold(seed(bytes.len()), |hash, at| combine_hash(hash, eight(bytes, at)))
}

/// What the hash of that many bytes starts from; they are mixed in eight at a time.
#[inline]
pub fn seed(len: usize) -> u64 {
    K ^ (len as u64)
}

/// The eight bytes from `at` on, the first one lowest; zeros behind the last.
#[inline]
pub fn eight(bytes: &[u8], at: usize) -> u64 {
    let rest = bytes.get(at..).unwrap_or_default();
    if let Some(eight) = rest.first_chunk() {
        return u64::from_le_bytes(*eight);
    }
    rest.iter().rev().fold(0, |eight, byte| eight << 8 | u64::from(*byte))
}

/// `hash` with `value` mixed in; the order of mixing matters.
#[inline]
#[must_use]
pub fn combine_hash(hash: u64, value: u64) -> u64 {
    let mixed = (hash.rotate_left(29) ^ value).wrapping_mul(K);
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
