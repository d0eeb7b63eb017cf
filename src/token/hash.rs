//! Hashes that are the same on every machine and in every version: they name
//! words and feature columns in stored models.

const K: u64 = 0x9E37_79B9_7F4A_7C15;

/// A 64-bit hash of `bytes`.
#[must_use]
pub fn hash_bytes(bytes: &[u8]) -> u64 {
    let mut hash = K ^ (bytes.len() as u64);
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        let mut word = [0; 8];
        word.copy_from_slice(chunk);
        hash = combine(hash, u64::from_le_bytes(word));
    }
    let rest = chunks.remainder();
    if !rest.is_empty() {
        let mut word = [0; 8];
        for (to, from) in word.iter_mut().zip(rest) {
            *to = *from;
        }
        hash = combine(hash, u64::from_le_bytes(word));
    }
    hash
}

/// `hash` with `value` mixed in; the order of mixing matters.
#[inline]
#[must_use]
pub fn combine(hash: u64, value: u64) -> u64 {
    let mixed = (hash.rotate_left(29) ^ value).wrapping_mul(K);
    mixed ^ (mixed >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_never_change() {
        assert_eq!(hash_bytes(b"agreement"), hash_bytes(b"agreement"));
        assert_ne!(hash_bytes(b"a"), hash_bytes(b"a\0"));
        assert_ne!(combine(combine(1, 2), 3), combine(combine(1, 3), 2));
    }
}
