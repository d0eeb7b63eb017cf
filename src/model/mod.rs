//! The trained linear model and its file format.

pub(crate) mod aggregation;
#[cfg(feature = "builtin-model")]
pub(crate) mod builtin;
pub(crate) mod byte_reader;
pub(crate) mod calibration;
pub(crate) mod class_head;
pub(crate) mod composition;
pub(crate) mod factors;
pub(crate) mod file;
pub(crate) mod gate;
pub(crate) mod heads;
pub(crate) mod key_index;
pub(crate) mod pair_weights;
pub(crate) mod prune;
pub(crate) mod trained;
pub(crate) mod weights;
pub(crate) mod word_weights;
