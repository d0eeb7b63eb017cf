//! One file a verb.

pub(crate) mod completions;
pub(crate) mod evaluate;
pub(crate) mod explain;
mod labelled;
mod labelling;
pub(crate) mod model;
pub(crate) mod score;
pub(crate) mod train;
