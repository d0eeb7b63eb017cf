//! Labelled data: articles and single statements, read with care.

mod labelled;
mod read;

pub use labelled::{Label, LabelledArticle, LabelledStatement, Soft};
pub use read::{Records, read_jsonl};
