//! Stable feature keys.

use detente_lang::combine_hash;

/// The stable name of what has `id` in a family of columns or of traits.
#[inline]
pub(crate) fn key(family: u64, id: u64) -> u64 {
    combine_hash(combine_hash(0x6465_7465_6e74_6531, family), id)
}
