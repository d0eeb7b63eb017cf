//! Reports: results of `detente` as text, JSON, CSV, Markdown, HTML and SVG.

mod ansi;
mod article;
mod brief;
mod chart;
mod comparison;
mod escape;
mod explanation;
mod number;
mod page;
mod phrases;
mod series_format;
mod text_width;
mod timeline;

pub use article::csv::CsvReport;
pub use article::format::{OutputFormat, Report};
pub use article::json::{JsonLinesReport, JsonReport};
pub use article::table::{Cell, Row, Table};
pub use article::text::TextReport;
pub use brief::format::{BriefFormat, write_brief};
pub use explanation::format::{ExplainFormat, write_explained};
pub use number::format_score;
pub use page::{PagePart, STYLE};
pub use series_format::{SeriesFormat, write_comparison, write_timeline};
