//! [`read_labelled_file`]: all records of a labelled file, in one form.

use std::io::Cursor;
use std::path::Path;

use serde_json::{Map, Value};

use crate::byte_counter::ByteCounter;
use crate::encoding::{decode_text, detect_utf16};
use crate::input_error::{InputError, InputErrorKind, Result};
use crate::json_value::JsonValue;
use crate::labelled::exports::{Exported, unwrap_export};
use crate::labelled::fields::{LabelledFields, RequiredField};
use crate::lines::read_to_end;
use crate::open::{format_of_path, open_input};
use crate::options::{InputFormat, ReadOptions};
use crate::sniff::{HEAD_BYTES, detect_format};
use crate::table::TableReader;

/// Largest labelled file, in bytes after decompression.
const MAX_FILE_BYTES: usize = 1 << 30;
/// Fields of tables that hold numbers.
const NUMBERS: [&str; 6] = ["outlook", "hedge", "outlook_soft", "bearing_soft", "hedge_soft", "weight"];
/// Fields that only an article has.
const ARTICLE_FIELDS: [&str; 3] = ["statements", "parties", "passes"];

/// Where a record is in its file, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowPlace {
    /// Line of JSON Lines and tables, row of Parquet.
    Line(usize),
    /// Index in a JSON array.
    Record(usize),
}

/// A labelled record. Text, label, id, group and weight are in fields of these names, others keep theirs.
#[derive(Clone, Debug, PartialEq)]
pub struct LabelledRow {
    /// Where it is in its file.
    pub place: RowPlace,
    /// Its fields. A `label` without a value is null; empty cells of other columns are left out.
    pub fields: Map<String, Value>,
}

/// The records of a labelled file.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct LabelledFile {
    /// The records that could be read, in order.
    pub rows: Vec<LabelledRow>,
    /// The others, with place, field and reason.
    pub faults: Vec<InputError>,
    /// Fields that were found under other names in the first record: role and name.
    pub renamed: Vec<(&'static str, String)>,
    /// Records that their annotator rejected, ignored or cancelled.
    pub left_out: usize,
}

/// Reads a labelled file: CSV, TSV, JSON, JSON Lines or (feature `parquet`) Parquet, also compressed; the exports of
/// Label Studio, Prodigy and doccano are recognised.
///
/// ```
/// use detente_input::{LabelledFields, RequiredField, read_labelled_file};
/// let folder = tempfile::tempdir()?;
/// let path = folder.path().join("train.csv");
/// std::fs::write(&path, "sentence,sentiment\nTalks collapsed.,negative\n")?;
/// let file = read_labelled_file(&path, &LabelledFields::default(), RequiredField::Text)?;
/// assert_eq!(file.rows[0].fields["text"], "Talks collapsed.");
/// assert_eq!(file.rows[0].fields["label"], "negative");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// If the file cannot be read as a whole; records that cannot be read are in [`LabelledFile::faults`].
pub fn read_labelled_file(
    path: &Path,
    fields: &LabelledFields,
    required: RequiredField,
) -> Result<LabelledFile> {
    let in_file = |error: InputError| error.in_file(path);
    let mut reader = open_input(path, &ByteCounter::default())?;
    let bytes = read_to_end(&mut reader, MAX_FILE_BYTES).map_err(in_file)?;
    let head = bytes.get(..HEAD_BYTES.min(bytes.len())).unwrap_or_default();
    let format = detect_format(head, format_of_path(path), fields.text.as_deref()).map_err(in_file)?;
    let mut collector = Collector { file: LabelledFile::default(), fields, required, path };
    match format {
        InputFormat::Csv => collector.read_table(bytes, b','),
        InputFormat::Tsv => collector.read_table(bytes, b'\t'),
        InputFormat::Json => collector.read_json(&bytes),
        InputFormat::JsonLines => collector.read_lines(&bytes),
        _ => {
            let message = "not labelled data: CSV, TSV, JSON, JSON Lines or Parquet is read";
            Err(InputError::new(InputErrorKind::Unsupported, message))
        }
    }
    .map_err(in_file)?;
    let file = collector.file;
    if file.rows.is_empty() && file.faults.is_empty() && file.left_out == 0 {
        return Err(in_file(InputError::new(InputErrorKind::Empty, "empty: no record")));
    }
    Ok(file)
}

struct Collector<'a> {
    file: LabelledFile,
    fields: &'a LabelledFields,
    required: RequiredField,
    path: &'a Path,
}

impl Collector<'_> {
    fn read_table(&mut self, bytes: Vec<u8>, delimiter: u8) -> Result<()> {
        // a line break of UTF-16 is not a single byte
        let bytes = if detect_utf16(&bytes).is_some() { decode_text(&bytes)?.0.into_bytes() } else { bytes };
        let mut table = TableReader::new(Cursor::new(bytes), delimiter, ReadOptions::DEFAULT_MAX_BYTES);
        let check = |names: &[String]| self.fields.check_header(names, self.required);
        let mut rows = Vec::new();
        while let Some(row) = table.next_row(&check) {
            rows.push(row);
        }
        for row in rows {
            match row {
                Ok((line, JsonValue::Object(cells), _)) => {
                    let cells =
                        cells.iter().filter_map(|(name, cell)| Some((name.to_owned(), text_cell(cell)?)));
                    self.add(RowPlace::Line(line), Ok(cells.collect()), true);
                }
                Ok(_) => {}
                Err(error) => self.file.faults.push(error.in_file(self.path)),
            }
        }
        Ok(())
    }

    fn read_lines(&mut self, bytes: &[u8]) -> Result<()> {
        let (text, _) = decode_text(bytes)?;
        for (index, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            if !line.trim().is_empty() {
                let record = serde_json::from_str(line).map_err(|error| InputError::not_json(&error));
                self.add(RowPlace::Line(index + 1), record.and_then(object), false);
            }
        }
        Ok(())
    }

    fn read_json(&mut self, bytes: &[u8]) -> Result<()> {
        let (text, _) = decode_text(bytes)?;
        let value: Value = serde_json::from_str(text.trim_start_matches('\u{feff}'))
            .map_err(|error| InputError::not_json(&error).at_line(error.line()))?;
        let records = match value {
            Value::Array(records) => records,
            Value::Object(record) => records_of(record)?,
            other => vec![other],
        };
        for (index, record) in records.into_iter().enumerate() {
            self.add(RowPlace::Record(index + 1), object(record), false);
        }
        Ok(())
    }

    /// Adds a record in the common form, or its fault.
    fn add(&mut self, place: RowPlace, record: Result<Map<String, Value>>, is_row: bool) {
        let fault = |error: InputError| match place {
            RowPlace::Line(line) => error.at_line(line),
            RowPlace::Record(record) => error.in_record(record),
        };
        match record.and_then(|record| self.common_form(record, is_row)) {
            Ok(Some(fields)) => self.file.rows.push(LabelledRow { place, fields }),
            Ok(None) => self.file.left_out += 1,
            Err(error) => self.file.faults.push(fault(error).in_file(self.path)),
        }
    }

    fn common_form(
        &mut self,
        record: Map<String, Value>,
        is_row: bool,
    ) -> Result<Option<Map<String, Value>>> {
        if ARTICLE_FIELDS.iter().any(|name| record.contains_key(*name)) {
            return Ok(Some(record));
        }
        let Exported::Record(mut record) = unwrap_export(record)? else { return Ok(None) };
        let found = self.fields.rename(&mut record, self.required)?;
        if self.file.rows.is_empty() {
            self.file.renamed = found.into_iter().filter(|(role, name)| role != name).collect();
        }
        if is_row {
            read_cells(&mut record);
        }
        Ok(Some(record))
    }
}

/// The text of a cell.
fn text_cell(cell: &JsonValue) -> Option<Value> {
    cell.as_text().map(|text| Value::String(text.to_owned()))
}

/// Reads the cells of a row: numbers where numbers are expected, `none` there as null. An empty label is null, other
/// empty cells are left out.
fn read_cells(row: &mut Map<String, Value>) {
    let is_empty = |value: &Value| value.as_str().is_some_and(|text| text.trim().is_empty());
    row.retain(|name, value| matches!(name.as_str(), "label" | "text") || !is_empty(value));
    if let Some(label) = row.get_mut("label").filter(|label| is_empty(label)) {
        *label = Value::Null;
    }
    for name in NUMBERS {
        let Some(value) = row.get_mut(name) else { continue };
        let text = value.as_str().unwrap_or_default().trim();
        if matches!(text, "none" | "null") {
            *value = Value::Null;
        } else if let Ok(number) = text.trim_start_matches('+').parse::<f64>()
            && let Some(number) = serde_json::Number::from_f64(number)
        {
            *value = Value::Number(number);
        }
    }
}

fn object(value: Value) -> Result<Map<String, Value>> {
    match value {
        Value::Object(record) => Ok(record),
        Value::Array(_) => {
            let message = "a JSON array, not an object: name the file .json, or write one object per line";
            Err(InputError::new(InputErrorKind::NotJson, message))
        }
        _ => Err(InputError::new(InputErrorKind::NotJson, "not a JSON object")),
    }
}

/// The records of an object: the only list of objects in it, or the object.
fn records_of(record: Map<String, Value>) -> Result<Vec<Value>> {
    if record.len() > 1 && record.values().all(Value::is_object) {
        let message = "an object of columns, not an array of records: use to_json(orient=\"records\")";
        return Err(InputError::new(InputErrorKind::InvalidRecord, message));
    }
    let is_list =
        |value: &Value| value.as_array().is_some_and(|values| values.first().is_some_and(Value::is_object));
    let lists = record.values().filter(|value| is_list(value)).count();
    let is_article = ARTICLE_FIELDS.iter().any(|name| record.contains_key(*name));
    let is_task = record.get("data").is_some_and(Value::is_object);
    if lists != 1 || is_article || is_task {
        return Ok(vec![Value::Object(record)]);
    }
    let list = record.into_iter().map(|(_, value)| value).find(is_list);
    Ok(if let Some(Value::Array(records)) = list { records } else { Vec::new() })
}
