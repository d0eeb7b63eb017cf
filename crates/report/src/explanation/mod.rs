//! Reports on explained articles: text, JSON, Markdown and HTML.

pub(crate) mod format;
pub(crate) mod html;
pub(crate) mod markdown;
pub(crate) mod phrases;
mod reasons;
pub(crate) mod text;
