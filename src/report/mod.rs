//! Results as text, JSON and CSV: one renderer a file behind one trait.

mod compare_html;
mod compare_table;
mod compare_text;
mod csv;
mod format;
mod json;
mod plot;
mod series_format;
mod text;
mod timeline_html;
mod timeline_markdown;
mod timeline_table;
mod timeline_text;
mod words;

pub use csv::Csv;
pub use format::{Format, Report};
pub use json::{Json, Jsonl};
pub use series_format::{SeriesFormat, write_comparison, write_timeline};
pub use text::Text;
