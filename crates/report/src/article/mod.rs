//! Reports on scored articles: text, JSON and CSV.

pub(crate) mod csv;
pub(crate) mod event;
pub(crate) mod format;
pub(crate) mod json;
pub(crate) mod json_line;
pub(crate) mod statement;
pub(crate) mod table;
pub(crate) mod text;
