//! Labelled data: types, JSONL reader, label names, hashes of training texts.

pub(crate) mod fields;
pub(crate) mod jsonl;
pub(crate) mod label_map;
pub(crate) mod label_range;
pub(crate) mod labelled;
pub(crate) mod record;
pub(crate) mod record_reader;
pub(crate) mod records;
pub(crate) mod text_hashes;
