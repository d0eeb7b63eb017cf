//! Reports on comparisons: text, CSV, Markdown and HTML.

pub(crate) mod csv;
pub(crate) mod html;
pub(crate) mod markdown;
pub(crate) mod phrases;
pub(crate) mod text;
