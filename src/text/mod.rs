//! What came in, and its sentences.
mod article;

mod abbreviation;
mod layout;
mod sentence;

pub use article::Article;
pub use sentence::{Sentence, sentences};
