//! Sentence segmentation.

pub(crate) mod abbreviation;
pub(crate) mod boundary;
pub(crate) mod characters;
pub(crate) mod layout;
pub(crate) mod list_marker;
pub(crate) mod lookahead;
pub(crate) mod split;
pub(crate) mod terminator;

#[cfg(test)]
pub(crate) mod testing;
