//! The constructions of time expressions, a file for each kind of word that starts one.
//!
//! `match_…` functions return the meaning of the expression that starts at an index of the sentence's words, and
//! the index after its last word.

pub(crate) mod date;
pub(crate) mod day_of_month;
pub(crate) mod distance;
pub(crate) mod holiday_name;
pub(crate) mod month;
pub(crate) mod number;
pub(crate) mod ordinal;
pub(crate) mod relative;
pub(crate) mod season;
pub(crate) mod unit;
pub(crate) mod weekday;
pub(crate) mod year;
