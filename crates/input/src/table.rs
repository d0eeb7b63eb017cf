//! [`TableReader`]: the rows of a CSV or TSV file as records, one at a time.

use std::borrow::Cow;
use std::io::{self, BufRead, Read};

use detente::Warning;

use crate::encoding::decode_text;
use crate::input_error::{InputError, InputErrorKind, Result};
use crate::json_value::{JsonObject, JsonValue};
use crate::options::FieldMap;
use crate::record::check_text_column;

/// Reads a table with a header row by row.
pub(crate) struct TableReader<R> {
    reader: csv::Reader<RowLimit<R>>,
    header: Vec<String>,
    limit: usize,
    /// Nothing can be read after the last error.
    has_failed: bool,
}

/// A row: its line, its cells by column name, and notes.
type Row = (usize, JsonValue<'static>, Vec<Warning>);

impl<R: BufRead> TableReader<R> {
    /// A reader of the table in `reader`, whose rows may have at most `limit` bytes.
    pub(crate) fn new(reader: R, delimiter: u8, limit: usize) -> Self {
        let reader = RowLimit { reader, left: limit, limit, quote_count: 0, is_at_end: false };
        let mut builder = csv::ReaderBuilder::new();
        builder.delimiter(delimiter).flexible(true).has_headers(false);
        Self { reader: builder.from_reader(reader), header: Vec::new(), limit, has_failed: false }
    }

    /// Reads the next row. The first call also reads the header, which must have the text column of `fields`.
    pub(crate) fn next_row(&mut self, fields: &FieldMap) -> Option<Result<Row>> {
        let mut row = csv::ByteRecord::new();
        while !self.has_failed {
            self.reader.get_mut().left = self.limit.saturating_add(READ_AHEAD);
            let line_before = self.reader.position().line() as usize;
            match self.reader.read_byte_record(&mut row) {
                Ok(true) => {}
                Ok(false) => return None,
                Err(error) => {
                    self.has_failed = true;
                    return Some(Err(self.read_error(error).at_line(line_before)));
                }
            }
            let line = row.position().map_or(0, csv::Position::line) as usize;
            if row.as_slice().len() > self.limit {
                return Some(Err(InputError::too_long("record", self.limit).at_line(line)));
            }
            if !self.header.is_empty() {
                return Some(self.cells(&row, line).map_err(|error| error.at_line(line)));
            }
            match column_names(&row, fields) {
                Ok(names) => self.header = names,
                Err(error) => {
                    self.has_failed = true;
                    return Some(Err(error.at_line(line)));
                }
            }
        }
        None
    }

    fn cells(&self, row: &csv::ByteRecord, line: usize) -> Result<Row> {
        let input = self.reader.get_ref();
        let row_lines = self.reader.position().line() as usize - line;
        // an odd number of quotation marks in the file, and the last row spans lines: its cell was never closed
        if input.is_at_end && input.quote_count % 2 == 1 && row_lines > 1 {
            let message = "unclosed quotation mark: the rest of the file would be one cell";
            return Err(InputError::new(InputErrorKind::UnclosedQuote, message));
        }
        if row.len() != self.header.len() {
            let message = format!("{} cells, but the header has {}", row.len(), self.header.len());
            return Err(InputError::new(InputErrorKind::WrongCellCount, message));
        }
        let mut notes = Vec::new();
        let mut cells = Vec::with_capacity(row.len());
        for (name, cell) in self.header.iter().zip(row) {
            let (value, found) = decode_cell(cell).map_err(|error| error.in_field(name))?;
            notes.extend(found);
            cells.push((Cow::Owned(name.clone()), JsonValue::Text(Cow::Owned(value))));
        }
        Ok((line, JsonValue::Object(JsonObject::new(cells)), notes))
    }

    fn read_error(&self, error: csv::Error) -> InputError {
        if self.reader.get_ref().left == 0 {
            let message = format!(
                "record of more than the limit of {} bytes (an unclosed quotation mark?)",
                self.limit
            );
            return InputError::new(InputErrorKind::TooLong, message);
        }
        InputError::read_failed(io::Error::other(error))
    }
}

fn column_names(row: &csv::ByteRecord, fields: &FieldMap) -> Result<Vec<String>> {
    let trimmed = |cell| Ok(decode_cell(cell)?.0.trim_matches(['\u{feff}', ' ']).to_owned());
    let names: Vec<String> = row.iter().map(trimmed).collect::<Result<_>>()?;
    check_text_column(names.iter().map(String::as_str), fields)?;
    Ok(names)
}

/// The text of a cell. A blank cell is an empty text, not an error.
fn decode_cell(cell: &[u8]) -> Result<(String, Vec<Warning>)> {
    if cell.iter().all(u8::is_ascii_whitespace) { Ok((String::new(), Vec::new())) } else { decode_text(cell) }
}

/// The `csv` crate reads up to this many bytes after the end of a row.
const READ_AHEAD: usize = 64 << 10;

/// Fails when a row takes more bytes than the limit, so that an unclosed quotation mark does not make the rest of a
/// large file one cell.
struct RowLimit<R> {
    reader: R,
    /// Bytes that the current row may still take.
    left: usize,
    limit: usize,
    quote_count: usize,
    is_at_end: bool,
}

impl<R: Read> Read for RowLimit<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            return Err(io::Error::other(format!("more than {} bytes in a row", self.limit)));
        }
        let count = self.reader.read(to)?;
        self.left = self.left.saturating_sub(count);
        self.quote_count += memchr::memchr_iter(b'"', to.get(..count).unwrap_or(&[])).count();
        self.is_at_end |= count == 0 && !to.is_empty();
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, limit: usize) -> Vec<Result<(usize, JsonValue<'static>), String>> {
        let mut table = TableReader::new(text.as_bytes(), b',', limit);
        let fields = FieldMap::default();
        std::iter::from_fn(|| table.next_row(&fields))
            .map(|row| row.map(|(at, value, _)| (at, value)).map_err(|e| e.to_string()))
            .collect()
    }

    #[test]
    fn an_unclosed_quotation_mark_is_an_error() {
        let found = read("id,text\n1,a\n2,\"b\n3,c\n4,d\n", 1000);
        assert_eq!(found.len(), 2);
        assert!(
            found[1].as_ref().expect_err("open").starts_with("line 3: unclosed quotation mark"),
            "{found:?}"
        );
        let long = format!("id,text\n1,\"{}", "x\n".repeat(200_000));
        let found = read(&long, 1000);
        assert!(found[0].as_ref().expect_err("open").contains("unclosed quotation mark"), "{found:?}");
        // closed at the end of the file; an inch sign
        assert!(read("id,text\n1,\"a\nb\"", 99).iter().all(Result::is_ok));
        assert!(read("id,text\n1,3\" nails", 99).iter().all(Result::is_ok));
    }

    #[test]
    fn a_table_without_a_text_column_is_one_error() {
        let found = read("id,words\n1,x\n2,y\n", 99);
        assert_eq!(found.len(), 1);
        assert!(found[0].as_ref().expect_err("no text").contains("no text field"), "{found:?}");
    }
}
