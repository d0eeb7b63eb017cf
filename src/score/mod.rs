//! Statements and their scores.

pub(crate) mod explain;
pub(crate) mod scorer;
pub(crate) mod statement;
