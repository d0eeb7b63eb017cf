//! Comparisons as text, CSV and HTML.

pub(crate) mod csv;
pub(crate) mod html;
pub(crate) mod text;
