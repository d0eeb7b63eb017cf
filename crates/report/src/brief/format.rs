//! [`BriefFormat`]: the output formats of briefs.

use std::io;
use std::io::Write;

use detente::Error;
use detente_timeline::BriefReport;
use strum::{Display, EnumString, VariantNames};

use crate::brief::{html, markdown, text};

/// An output format for briefs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Display, EnumString, VariantNames)]
#[strum(serialize_all = "lowercase", parse_err_ty = Error, parse_err_fn = unknown_format)]
pub enum BriefFormat {
    /// Text for a terminal.
    #[default]
    Text,
    /// One JSON object.
    Json,
    /// Markdown with a table.
    Markdown,
    /// A self-contained page with a chart.
    Html,
}

fn unknown_format(name: &str) -> Error {
    Error::argument("format", &format!("one of {}", BriefFormat::VARIANTS.join(", ")), name)
}

/// Writes briefs. Text is fitted to lines of `width` columns where possible.
///
/// # Errors
/// Those of `out`.
pub fn write_brief(
    report: &BriefReport,
    format: BriefFormat,
    width: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        BriefFormat::Text => text::write_text(report, width, out),
        BriefFormat::Json => {
            serde_json::to_writer_pretty(&mut *out, report)?;
            out.write_all(b"\n")
        }
        BriefFormat::Markdown => markdown::write_markdown(report, out),
        BriefFormat::Html => html::write_page(report, out),
    }
}
