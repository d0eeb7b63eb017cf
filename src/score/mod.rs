//! Scores of single statements.

pub(crate) mod event;
pub(crate) mod explain;
pub(crate) mod scorer;
pub(crate) mod statement;
