//! Labelled data: articles and single statements, read with care.

pub(crate) mod label_map;
pub(crate) mod labelled;
pub(crate) mod read;
pub(crate) mod text_hashes;
