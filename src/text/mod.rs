//! What came in, and its sentences.

mod abbreviation;
mod article;
mod formats;
mod layout;
mod sentence;

pub use article::Article;
pub use formats::{FieldNames, plain, record};
pub use sentence::{Sentence, sentences};
