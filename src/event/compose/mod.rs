//! Composition: from linked units to the value of a statement.

pub(crate) mod composer;
mod noun;
mod polarity;
mod predicative;
mod verb;
