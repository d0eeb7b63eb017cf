//! Sentence segmentation.

pub(crate) mod abbreviation;
pub(crate) mod layout;
pub(crate) mod lookahead;
pub(crate) mod split;
