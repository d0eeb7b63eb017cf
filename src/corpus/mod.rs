//! Labelled data: articles and single statements, read with care.

mod labelled;
mod map;
mod read;
mod seen;

pub use labelled::{Label, LabelledArticle, LabelledStatement, Soft};
pub use map::LabelMap;
pub use read::{Form, Records, read_form, read_jsonl, read_labels};
pub use seen::Seen;
