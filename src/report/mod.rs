//! Results as text, JSON and CSV: one renderer a file behind one trait.

mod csv;
mod format;
mod json;
mod text;

pub use csv::Csv;
pub use format::{Format, Report};
pub use json::{Json, Jsonl};
pub use text::Text;
