//! [`SeriesFormat`]: the forms that timelines and comparisons are written in.

use std::io::Write;
use std::str::FromStr;
use std::{fmt, io};

use detente::{Error, Result};
use detente_timeline::{Comparison, Timeline};

use crate::{comparison, timeline};

/// A form of output for series.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SeriesFormat {
    /// For people.
    #[default]
    Text,
    /// One JSON object.
    Json,
    /// One JSON object a line: a point, or a comparison.
    Jsonl,
    /// A table with a header: a row a point, or a row a comparison.
    Csv,
    /// Markdown with tables.
    Markdown,
    /// A plot that needs nothing else.
    Svg,
    /// A page that needs nothing else.
    Html,
}

impl SeriesFormat {
    /// All forms with their names.
    const ALL: [(Self, &'static str); 7] = [
        (Self::Text, "text"),
        (Self::Json, "json"),
        (Self::Jsonl, "jsonl"),
        (Self::Csv, "csv"),
        (Self::Markdown, "markdown"),
        (Self::Svg, "svg"),
        (Self::Html, "html"),
    ];
}

impl fmt::Display for SeriesFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(Self::ALL.iter().find(|(form, _)| form == self).map_or("", |(_, name)| name))
    }
}

impl FromStr for SeriesFormat {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        let found = Self::ALL.iter().find(|(_, known)| *known == name).map(|(form, _)| *form);
        found.ok_or_else(|| Error::argument("format", "text, json, jsonl, csv, markdown, svg or html", name))
    }
}

/// Writes a timeline; text keeps to lines of `width` characters where it can.
///
/// # Errors
/// Those of `out`.
pub fn write_timeline(
    line: &Timeline,
    format: SeriesFormat,
    width: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        SeriesFormat::Text => timeline::text::write(line, width, out),
        SeriesFormat::Json => json(line, out),
        SeriesFormat::Jsonl => timeline::csv::jsonl(line, out),
        SeriesFormat::Csv => timeline::csv::csv(line, out),
        SeriesFormat::Markdown => timeline::markdown::write(line, out),
        SeriesFormat::Svg => out.write_all(timeline::svg::svg(line).as_bytes()),
        SeriesFormat::Html => out.write_all(timeline::html::page(line).as_bytes()),
    }
}

/// Writes a comparison.
///
/// # Errors
/// Those of `out`, and if `format` is SVG: a comparison has no plot.
pub fn write_comparison(
    found: &Comparison,
    format: SeriesFormat,
    width: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        SeriesFormat::Text => comparison::text::text(found, width, out),
        SeriesFormat::Json => json(found, out),
        SeriesFormat::Jsonl => {
            serde_json::to_writer(&mut *out, found)?;
            out.write_all(b"\n")
        }
        SeriesFormat::Csv => comparison::csv::csv(found, out),
        SeriesFormat::Markdown => comparison::text::markdown(found, out),
        SeriesFormat::Html => out.write_all(comparison::html::page(found).as_bytes()),
        SeriesFormat::Svg => Err(io::Error::new(io::ErrorKind::InvalidInput, "a comparison has no plot")),
    }
}

fn json(value: &impl serde::Serialize, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    out.write_all(b"\n")
}
