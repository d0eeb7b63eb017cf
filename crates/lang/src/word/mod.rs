//! Words: segments of the text, the shared word table, and annotated tokens.

pub(crate) mod abbreviation_class;
pub(crate) mod annotate;
pub(crate) mod calendar_class;
pub(crate) mod class;
pub(crate) mod entry;
pub(crate) mod hash;
pub(crate) mod languages;
pub(crate) mod lexis;
pub(crate) mod segments;
pub(crate) mod stem;
pub(crate) mod swar;
pub(crate) mod token;
pub(crate) mod unclosed_quotation;
pub(crate) mod word_class;
pub(crate) mod word_set;
pub(crate) mod word_table;
