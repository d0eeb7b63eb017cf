//! [`new_report`]: the report of an output format.

use detente_report::{CsvReport, JsonLinesReport, JsonReport, OutputFormat, Report, Table, TextReport};

use crate::output::text_width;

/// A report of articles in the format with this name; `table` gives the rows of CSV and Parquet.
///
/// # Errors
/// If there is no such format.
pub(crate) fn new_report(format: &str, table: Table, is_full: bool) -> anyhow::Result<Box<dyn Report>> {
    #[cfg(feature = "parquet")]
    if format == "parquet" {
        return Ok(Box::new(crate::parquet::ParquetReport::new(table)));
    }
    Ok(match format.parse()? {
        OutputFormat::Text if is_full => Box::new(TextReport::new(text_width())),
        OutputFormat::Text => Box::new(TextReport::new(text_width()).with_lines()),
        OutputFormat::Json => Box::new(JsonReport::default()),
        OutputFormat::Jsonl => Box::new(JsonLinesReport::default()),
        OutputFormat::Csv => Box::new(CsvReport::new(table)),
    })
}
