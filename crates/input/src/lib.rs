//! Reads articles from files: plain text, web pages, JSON, JSON lines and tables, in any encoding.

mod byte_guard;
mod date_field;
mod encoding;
mod html;
mod json_value;
mod open;
mod options;
#[cfg(feature = "parquet")]
mod parquet_rows;
mod parties;
mod plain_text;
mod reader;
mod record;
mod table;

pub use byte_guard::{Counted, Counter, counted};
pub use encoding::decode;
pub use html::html;
pub use open::{Reader, format_of, open, stem};
pub use options::{FieldMap, InputFormat, ReadOptions};
pub use parties::parties;
pub use plain_text::plain;
pub use reader::{Articles, read_articles};
