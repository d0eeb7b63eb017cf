//! From statements to the outlook of an article.
mod article;

pub use article::{Outlook, Reading, SCHEMA, ScoredArticle, SideOutlook, Warning};
