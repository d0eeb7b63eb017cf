//! Aggregation of statements to the outlook of an article.

pub(crate) mod article;
pub(crate) mod combine;
pub(crate) mod context;
pub(crate) mod explanation;
pub(crate) mod profile;
pub(crate) mod repetition;
pub(crate) mod rounding;
pub(crate) mod sides;
pub(crate) mod verdict;
