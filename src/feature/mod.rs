//! Features of statements: cues with their scope, and word patterns with names masked.

pub(crate) mod analysis;
pub(crate) mod columns;
pub(crate) mod cue_sums;
pub(crate) mod describe;
pub(crate) mod extract;
pub(crate) mod key;
pub(crate) mod locks;
pub(crate) mod position;
pub(crate) mod scope;
