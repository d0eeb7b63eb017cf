//! Model cards: provenance, accuracy and limits of a model, and the thresholds it must reach.

pub(crate) mod data_file;
pub(crate) mod markdown;
pub(crate) mod model_card;
pub(crate) mod thresholds;
