//! [`SeriesFormat`]: the output formats of timelines and comparisons.

use std::io;
use std::io::Write;

use detente::Error;
use detente_timeline::{Comparison, Timeline};
use strum::{Display, EnumString, VariantNames};

use crate::chart::comparison::comparison_chart;
use crate::chart::layout::WIDE;
use crate::chart::timeline::timeline_chart;
use crate::{comparison, timeline};

/// An output format for timelines and comparisons.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Display, EnumString, VariantNames)]
#[strum(serialize_all = "lowercase", parse_err_ty = Error, parse_err_fn = unknown_format)]
pub enum SeriesFormat {
    /// Text for a terminal.
    #[default]
    Text,
    /// One JSON object.
    Json,
    /// JSON lines: one object for each point, or one for the comparison.
    Jsonl,
    /// A table with a header: one row for each point, or the parts of the comparison.
    Csv,
    /// Markdown with tables.
    Markdown,
    /// A self-contained plot.
    Svg,
    /// A self-contained page.
    Html,
}

fn unknown_format(name: &str) -> Error {
    Error::argument("format", &format!("one of {}", SeriesFormat::VARIANTS.join(", ")), name)
}

/// Writes a timeline. Text is fitted to lines of `width` columns where possible.
///
/// # Errors
/// Those of `out`.
pub fn write_timeline(
    timeline: &Timeline,
    format: SeriesFormat,
    width: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        SeriesFormat::Text => timeline::text::write_text(timeline, width, out),
        SeriesFormat::Json => write_json(timeline, out),
        SeriesFormat::Jsonl => timeline::rows::write_json_lines(timeline, out),
        SeriesFormat::Csv => timeline::rows::write_csv(timeline, out),
        SeriesFormat::Markdown => timeline::markdown::write_markdown(timeline, out),
        SeriesFormat::Svg => out.write_all(timeline_chart(timeline, &WIDE).as_bytes()),
        SeriesFormat::Html => timeline::html::write_page(timeline, out),
    }
}

/// Writes a comparison. Text is fitted to lines of `width` columns where possible.
///
/// # Errors
/// Those of `out`.
pub fn write_comparison(
    comparison: &Comparison,
    format: SeriesFormat,
    width: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        SeriesFormat::Text => comparison::text::write_text(comparison, width, out),
        SeriesFormat::Json => write_json(comparison, out),
        SeriesFormat::Jsonl => {
            serde_json::to_writer(&mut *out, comparison)?;
            out.write_all(b"\n")
        }
        SeriesFormat::Csv => comparison::csv::write_csv(comparison, out),
        SeriesFormat::Markdown => comparison::markdown::write_markdown(comparison, out),
        SeriesFormat::Html => comparison::html::write_page(comparison, out),
        SeriesFormat::Svg => out.write_all(comparison_chart(comparison, &WIDE).as_bytes()),
    }
}

fn write_json(value: &impl serde::Serialize, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    out.write_all(b"\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_parsed_and_printed() {
        for name in SeriesFormat::VARIANTS {
            let format: SeriesFormat = name.parse().expect("a format");
            assert_eq!(format.to_string(), *name);
        }
        let error = "pdf".parse::<SeriesFormat>().expect_err("unknown");
        let names = "text, json, jsonl, csv, markdown, svg, html";
        assert_eq!(error.to_string(), format!("format must be one of {names}, not \"pdf\""));
    }
}
