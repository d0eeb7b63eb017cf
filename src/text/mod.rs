//! What came in, and its sentences.
mod article;
mod decode;

mod abbreviation;
mod layout;
mod sentence;

/// Forms that articles come in.
mod formats;
mod plain;
mod record;

pub use article::Article;
pub use decode::{Note, decode};
pub use formats::{Articles, FieldMap, Format, Options, read_articles};
pub use plain::plain;
pub use sentence::{Sentence, sentences};
