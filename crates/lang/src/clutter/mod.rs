//! Clutter: lines of a page that do not belong to its article.

pub(crate) mod detect;
pub(crate) mod label;
pub(crate) mod line;
pub(crate) mod notice;
