//! Reads articles from files: plain text, web pages, JSON, JSON lines and tables, in any encoding.

mod date_field;
mod encoding;
mod html;
mod json_value;
mod options;
mod parties;
mod plain_text;
mod reader;
mod record;
mod table;

pub use encoding::decode;
pub use html::html;
pub use options::{FieldMap, Format, Options};
pub use parties::parties;
pub use plain_text::plain;
pub use reader::{Articles, read_articles};
