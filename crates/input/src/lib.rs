//! Reads articles from files: plain text, web pages, feeds, mails, archives, JSON and tables, in any encoding.
//!
//! [`Inputs`] reads files, folders, globs and lists of files one article at a time:
//!
//! ```
//! use detente_input::{InputOptions, Inputs};
//!
//! let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/articles");
//! let inputs = Inputs::new(InputOptions { inputs: vec![folder.into()], ..InputOptions::default() });
//! for article in inputs {
//!     let article = article?;
//!     println!("{}: {} bytes", article.id, article.text.len());
//! }
//! # Ok::<(), detente_input::InputError>(())
//! ```
//!
//! [`read_articles`] reads one open file, [`article_from_text`] and [`article_from_html`] one text.

mod byte_counter;
mod date;
mod documents;
mod encoding;
mod html;
mod input_error;
mod input_files;
mod inputs;
mod json_file;
mod json_value;
mod labelled;
mod lines;
mod markup;
mod open;
mod options;
#[cfg(feature = "parquet")]
mod parquet_rows;
mod parties;
mod plain_text;
mod reader;
mod record;
mod record_builder;
mod sniff;
mod table;
mod whole_file;

pub use byte_counter::ByteCounter;
pub use date::DatePattern;
pub use encoding::decode_text;
pub use html::article_from_html;
pub use input_error::{InputError, InputErrorKind, Result};
pub use input_files::{InputFiles, SkipReason, SkippedFile};
pub use inputs::{FileArticles, Inputs};
pub use labelled::{LabelledFields, LabelledFile, LabelledRow, RequiredField, RowPlace, read_labelled_file};
pub use open::{InputReader, format_of_path, open_bytes, open_input};
pub use options::{FieldMap, InputFormat, InputOptions, ReadOptions};
pub use parties::parse_parties;
pub use plain_text::article_from_text;
pub use reader::{Articles, read_articles};
