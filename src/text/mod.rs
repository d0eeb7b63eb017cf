//! What came in, and its sentences.
mod article;

pub use article::Article;
