//! Stable feature keys.

use detente_lang::combine_hash;

/// Returns the key of number `id` in a family of columns or traits; equal on every machine and in every
/// version.
#[inline]
pub(crate) fn key(family: u64, id: u64) -> u64 {
    // "detente1"
    combine_hash(combine_hash(0x6465_7465_6e74_6531, family), id)
}
