//! Reports on briefs: text, Markdown, HTML and JSON.

pub(crate) mod format;
pub(crate) mod html;
pub(crate) mod markdown;
pub(crate) mod phrases;
pub(crate) mod text;
