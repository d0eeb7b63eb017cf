//! Results as text, JSON and CSV: one renderer a file behind one trait.

mod compare_html;
mod compare_table;
mod compare_text;
mod csv;
mod explain_format;
mod explain_html;
mod explain_markdown;
mod explain_text;
mod explain_words;
mod format;
mod json;
mod line;
mod plot;
mod series_format;
mod text;
mod timeline_html;
mod timeline_markdown;
mod timeline_table;
mod timeline_text;
mod words;

pub use csv::Csv;
pub use explain_format::{ExplainFormat, write_explained};
pub use format::{Format, Report};
pub use json::{Json, Jsonl};
pub use series_format::{SeriesFormat, write_comparison, write_timeline};
pub use text::Text;
