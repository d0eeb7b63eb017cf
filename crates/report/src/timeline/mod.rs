//! Reports on timelines: text, CSV, JSON Lines, Markdown, HTML and SVG.

pub(crate) mod html;
pub(crate) mod markdown;
pub(crate) mod rows;
pub(crate) mod text;
