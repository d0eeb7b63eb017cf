//! [`Table`]: the rows of a table as records, one after the other.

use std::borrow::Cow;
use std::io;
use std::io::{BufRead, Read};

use detente::{Error, ErrorKind, Result, Warning};

use crate::encoding::decode;
use crate::json_value::{Fields, Json};
use crate::options::{FieldMap, too_long};
use crate::record;

/// A table with a header that is read row by row.
pub(crate) struct Table<R> {
    reader: csv::Reader<Limited<R>>,
    header: Vec<String>,
    limit: usize,
    /// Nothing can be read after what was found.
    is_over: bool,
}

/// A row: its line, its cells by the names of the header, and notes.
type Row = (usize, Json<'static>, Vec<Warning>);

impl<R: BufRead> Table<R> {
    /// The table that `reader` gives; no row may be longer than `limit` bytes.
    pub(crate) fn new(reader: R, delimiter: u8, limit: usize) -> Self {
        let reader = Limited { reader, left: limit, limit, quotes: 0, is_ended: false };
        let mut builder = csv::ReaderBuilder::new();
        builder.delimiter(delimiter).flexible(true).has_headers(false);
        Self { reader: builder.from_reader(reader), header: Vec::new(), limit, is_over: false }
    }

    /// The next row; reads the header first, which must have the text that `fields` names.
    pub(crate) fn next(&mut self, fields: &FieldMap) -> Option<Result<Row>> {
        let mut row = csv::ByteRecord::new();
        while !self.is_over {
            self.reader.get_mut().left = self.limit.saturating_add(SLACK);
            let line = self.reader.position().line() as usize;
            match self.reader.read_byte_record(&mut row) {
                Ok(true) => {}
                Ok(false) => return None,
                Err(error) => {
                    self.is_over = true;
                    return Some(Err(self.broken(error).at_line(line)));
                }
            }
            let at = row.position().map_or(0, csv::Position::line) as usize;
            if row.as_slice().len() > self.limit {
                return Some(Err(too_long("record of more", self.limit).at_line(at)));
            }
            if !self.header.is_empty() {
                return Some(self.cells(&row, at).map_err(|e| e.at_line(at)));
            }
            let names: Result<Vec<String>> = row.iter().map(|cell| Ok(text(cell)?.0)).collect();
            let names = names.and_then(|names| {
                let names: Vec<String> =
                    names.iter().map(|name| name.trim_matches(['\u{feff}', ' ']).to_owned()).collect();
                record::text_among(names.iter().map(String::as_str), fields)?;
                Ok(names)
            });
            match names {
                Ok(names) => self.header = names,
                Err(error) => {
                    self.is_over = true;
                    return Some(Err(error.at_line(at)));
                }
            }
        }
        None
    }

    fn cells(&self, row: &csv::ByteRecord, at: usize) -> Result<Row> {
        let inner = self.reader.get_ref();
        let lines = self.reader.position().line() as usize - at;
        if inner.is_ended && inner.quotes % 2 == 1 && lines > 1 {
            let message = "a quotation mark is not closed: the rest of the file stands in one cell";
            return Err(Error::new(ErrorKind::UnclosedQuotation, message));
        }
        if row.len() != self.header.len() {
            let message = format!("{} cells, but the header has {}", row.len(), self.header.len());
            return Err(Error::new(ErrorKind::CellCount, message));
        }
        let mut notes = Vec::new();
        let mut cells = Vec::with_capacity(row.len());
        for (name, cell) in self.header.iter().zip(row) {
            let (value, found) =
                text(cell).map_err(|e| e.within(format!("field {name}")).with_field(name))?;
            notes.extend(found);
            cells.push((Cow::Owned(name.clone()), Json::Text(Cow::Owned(value))));
        }
        Ok((at, Json::Object(Fields::new(cells)), notes))
    }

    fn broken(&self, error: csv::Error) -> Error {
        if self.reader.get_ref().left == 0 {
            let message = format!(
                "record of more than the limit of {} bytes (a quotation mark that is not closed?)",
                self.limit
            );
            return Error::new(ErrorKind::TooLong, message);
        }
        Error::io(format!("cannot read: {error}"), io::Error::other(error))
    }
}

/// The text of a cell; blank cells are empty.
fn text(cell: &[u8]) -> Result<(String, Vec<Warning>)> {
    if cell.iter().all(u8::is_ascii_whitespace) { Ok((String::new(), Vec::new())) } else { decode(cell) }
}

/// Bytes that are read ahead of a row's end.
const SLACK: usize = 64 << 10;

/// Fails when a row takes more bytes than it may, so that an open quotation mark does not
/// make the rest of a large file one cell.
struct Limited<R> {
    reader: R,
    left: usize,
    limit: usize,
    quotes: usize,
    is_ended: bool,
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            return Err(io::Error::other(format!("more than {} bytes in a row", self.limit)));
        }
        let count = self.reader.read(to)?;
        self.left = self.left.saturating_sub(count);
        self.quotes += memchr::memchr_iter(b'"', to.get(..count).unwrap_or(&[])).count();
        self.is_ended |= count == 0 && !to.is_empty();
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, limit: usize) -> Vec<Result<(usize, Json<'static>), String>> {
        let mut table = Table::new(text.as_bytes(), b',', limit);
        let fields = FieldMap::default();
        std::iter::from_fn(|| table.next(&fields))
            .map(|row| row.map(|(at, value, _)| (at, value)).map_err(|e| e.to_string()))
            .collect()
    }

    #[test]
    fn an_open_quotation_mark_does_not_swallow_the_rest_unseen() {
        let found = read("id,text\n1,a\n2,\"b\n3,c\n4,d\n", 1000);
        assert_eq!(found.len(), 2);
        assert!(found[1].as_ref().expect_err("open").starts_with("line 3: a quotation mark"), "{found:?}");
        let long = format!("id,text\n1,\"{}", "x\n".repeat(200_000));
        let found = read(&long, 1000);
        assert!(found[0].as_ref().expect_err("open").contains("not closed"), "{found:?}");
        // a closed one at the end of the file, and an inch
        assert!(read("id,text\n1,\"a\nb\"", 99).iter().all(Result::is_ok));
        assert!(read("id,text\n1,3\" nails", 99).iter().all(Result::is_ok));
    }

    #[test]
    fn a_table_without_text_is_one_error() {
        let found = read("id,words\n1,x\n2,y\n", 99);
        assert_eq!(found.len(), 1);
        assert!(found[0].as_ref().expect_err("no text").contains("no field with the text"), "{found:?}");
    }
}
