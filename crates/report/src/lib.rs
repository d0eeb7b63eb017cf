//! Results of `detente` as text, JSON, CSV, Markdown, HTML and SVG.

mod article;
mod comparison;
mod explanation;
mod phrases;
mod series_format;
mod timeline;

pub use article::csv::Csv;
pub use article::format::{Format, Report};
pub use article::json::{Json, Jsonl};
pub use article::text::Text;
pub use explanation::format::{ExplainFormat, write_explained};
pub use series_format::{SeriesFormat, write_comparison, write_timeline};
