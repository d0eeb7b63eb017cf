//! One file a verb.

pub(crate) mod completions;
pub(crate) mod evaluate;
pub(crate) mod explain;
pub(crate) mod model;
pub(crate) mod score;
pub(crate) mod train;
