//! Timelines as text, CSV, Markdown, HTML and SVG.

pub(crate) mod csv;
pub(crate) mod html;
pub(crate) mod markdown;
pub(crate) mod svg;
pub(crate) mod text;
