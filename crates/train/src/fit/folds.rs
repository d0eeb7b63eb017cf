//! Folds that never part a group: a story, a negotiation, a contrast set.

use detente::internals::{combine_hash, hash_bytes};

/// The fold, `0..folds`, of a group; the same for the same seed on every machine.
#[must_use]
pub fn fold(group: &str, seed: u64, folds: usize) -> usize {
    (combine_hash(hash_bytes(group.as_bytes()), seed) >> 16) as usize % folds.max(1)
}
