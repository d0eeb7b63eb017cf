//! [`TableReader`]: the rows of a table as records, one at a time.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, BufRead};

use detente::{Warning, WarningKind};

use crate::encoding::decode_text;
use crate::input_error::{InputError, InputErrorKind, Result};
use crate::json_value::{JsonObject, JsonValue};
use crate::table::cells::{Escape, RowParser, RowState, count_cells, split_line};
use crate::table::row_lines::RowLines;

/// Reads a table with a header row by row.
pub(crate) struct TableReader<R> {
    lines: RowLines<R>,
    delimiter: u8,
    header: Vec<String>,
    limit: usize,
    /// Notes on the header, for the first row.
    notes: Vec<Warning>,
    /// Nothing can be read after the last error.
    has_failed: bool,
}

/// A row: its line, its cells by column name, and notes.
pub(crate) type Row = (usize, JsonValue<'static>, Vec<Warning>);

/// The cells of a row and its line.
type Cells = (usize, Vec<Vec<u8>>);

/// Checks the names of the columns.
type HeaderCheck<'c> = dyn Fn(&[String]) -> Result<()> + 'c;

/// Delimiters that are tried where the usual one gives no column with text.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

impl<R: BufRead> TableReader<R> {
    /// A reader of the table in `reader`, whose rows may have at most `limit` bytes.
    pub(crate) fn new(reader: R, delimiter: u8, limit: usize) -> Self {
        let lines = RowLines::new(reader, limit);
        Self { lines, delimiter, header: Vec::new(), limit, notes: Vec::new(), has_failed: false }
    }

    /// Reads the next row. The first call also reads the header, which must pass the check.
    pub(crate) fn next_row(&mut self, check: &HeaderCheck) -> Option<Result<Row>> {
        if self.has_failed {
            return None;
        }
        if self.header.is_empty() {
            match self.read_header(check) {
                Ok(true) => {}
                Ok(false) => return None,
                Err(error) => {
                    self.has_failed = true;
                    return Some(Err(error));
                }
            }
        }
        match self.next_cells() {
            Ok(None) => None,
            Ok(Some((line, cells))) => Some(self.record(cells, line).map_err(|error| error.at_line(line))),
            Err(error) => Some(Err(error)),
        }
    }

    /// Reads the header; returns false if the table is empty.
    fn read_header(&mut self, check: &HeaderCheck) -> Result<bool> {
        let Some(mut line) = self.next_line()? else { return Ok(false) };
        if let Some(delimiter) = separator_line(&line) {
            self.delimiter = delimiter;
            line = match self.next_line()? {
                Some(line) => line,
                None => return Ok(false),
            };
        }
        let number = self.lines.number();
        self.lines.put_back(vec![line.clone()]);
        let others = DELIMITERS.into_iter().filter(|other| *other != self.delimiter).collect::<Vec<u8>>();
        let first_error = match self.header_with(self.delimiter, check) {
            Ok(()) => return Ok(true),
            Err(error) => error,
        };
        for delimiter in others {
            if count_cells(&line, delimiter) < 2 {
                continue;
            }
            self.lines.put_back(vec![line.clone()]);
            if self.header_with(delimiter, check).is_ok() {
                self.delimiter = delimiter;
                return Ok(true);
            }
        }
        Err(first_error.at_line(number))
    }

    fn header_with(&mut self, delimiter: u8, check: &HeaderCheck) -> Result<()> {
        let usual = std::mem::replace(&mut self.delimiter, delimiter);
        let cells = self.next_cells();
        self.delimiter = usual;
        let cells = cells?.map_or(Vec::new(), |(_, cells)| cells);
        let trimmed = |cell: &Vec<u8>| Ok(decode_cell(cell)?.0.trim_matches(['\u{feff}', ' ']).to_owned());
        let names: Vec<String> = cells.iter().map(trimmed).collect::<Result<_>>()?;
        check(&names)?;
        self.header = self.distinct(names);
        Ok(())
    }

    /// Adds a number to the later of columns with the same name, and a note.
    fn distinct(&mut self, mut names: Vec<String>) -> Vec<String> {
        let mut counts = BTreeMap::new();
        for name in names.iter_mut().filter(|name| !name.is_empty()) {
            let count = counts.entry(name.clone()).or_insert(0);
            *count += 1;
            if *count > 1 {
                let other = format!("{name}_{count}");
                let message =
                    format!("column {name} is repeated: the first is used, this one is read as {other}");
                self.notes.push(Warning::new(WarningKind::SkippedField, message).with_field(&*name));
                *name = other;
            }
        }
        names
    }

    /// The cells of the next row that is not blank.
    fn next_cells(&mut self) -> Result<Option<Cells>> {
        loop {
            let Some(first) = self.next_line()? else { return Ok(None) };
            let line = self.lines.number();
            if first.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            let mut parser = RowParser::new(self.delimiter, Escape::Doubled);
            let mut further = Vec::new();
            let mut state = parser.add_line(&first);
            let mut length = first.len();
            while state == RowState::Open && length <= self.limit {
                let Some(next) = self.next_line()? else { break };
                length += next.len();
                state = parser.add_line(&next);
                further.push(next);
            }
            if state == RowState::Complete {
                if length > self.limit {
                    return Err(InputError::too_long("record", self.limit).at_line(line));
                }
                return Ok(Some((line, parser.into_cells())));
            }
            drop(parser);
            return self.cells_of_faulty_row(&first, further, line).map(Some);
        }
    }

    /// The cells of a row whose quotation marks do not enclose cells.
    fn cells_of_faulty_row(&mut self, first: &[u8], further: Vec<Vec<u8>>, line: usize) -> Result<Cells> {
        if memchr::memmem::find(first, b"\\\"").is_some() {
            let mut parser = RowParser::new(self.delimiter, Escape::Backslash);
            let mut state = parser.add_line(first);
            let mut used = 0;
            for next in &further {
                if state != RowState::Open {
                    break;
                }
                state = parser.add_line(next);
                used += 1;
            }
            if state == RowState::Complete {
                self.lines.put_back(further.into_iter().skip(used).collect());
                return Ok((line, parser.into_cells()));
            }
        }
        let cells = split_line(first, self.delimiter);
        let has_width = |count: usize| self.header.is_empty() || count == self.header.len();
        let is_row = has_width(cells.len())
            && further.first().is_none_or(|next| has_width(count_cells(next, self.delimiter)));
        let at_end = further.is_empty() || is_row;
        if is_row {
            self.lines.put_back(further);
            return Ok((line, cells));
        }
        let message = if at_end {
            "quotation mark inside a cell"
        } else {
            self.has_failed = further.iter().map(Vec::len).sum::<usize>() + first.len() > self.limit;
            "unclosed quotation mark, or one inside a cell that is not doubled"
        };
        if !self.has_failed {
            self.lines.put_back(further);
        }
        Err(InputError::new(InputErrorKind::UnclosedQuote, message).at_line(line))
    }

    fn next_line(&mut self) -> Result<Option<Vec<u8>>> {
        match self.lines.next_line() {
            Ok(line) => Ok(line),
            Err(error) => {
                let line = self.lines.number();
                if error.kind() == io::ErrorKind::InvalidData && error.to_string() == "too long" {
                    self.has_failed = self.lines.skip_rest().is_err();
                    return Err(InputError::too_long("record", self.limit).at_line(line));
                }
                self.has_failed = true;
                Err(InputError::read_failed(error).at_line(line + 1))
            }
        }
    }

    fn record(&mut self, mut cells: Vec<Vec<u8>>, line: usize) -> Result<Row> {
        let width = self.header.len();
        if cells.iter().skip(width).all(|cell| cell.iter().all(u8::is_ascii_whitespace)) {
            cells.truncate(width);
        }
        if cells.len() != width {
            let message = format!("{} cells, but the header has {width}", cells.len());
            return Err(InputError::new(InputErrorKind::WrongCellCount, message));
        }
        let mut notes = std::mem::take(&mut self.notes);
        let mut fields = Vec::with_capacity(width);
        for (name, cell) in self.header.iter().zip(&cells) {
            let (value, found) = decode_cell(cell).map_err(|error| error.in_field(name))?;
            notes.extend(found);
            fields.push((Cow::Owned(name.clone()), JsonValue::Text(Cow::Owned(value))));
        }
        Ok((line, JsonValue::Object(JsonObject::new(fields)), notes))
    }
}

/// The delimiter in a first line `sep=;`, which spreadsheets write.
fn separator_line(line: &[u8]) -> Option<u8> {
    let line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line);
    match line.get(..4).filter(|start| start.eq_ignore_ascii_case(b"sep=")).and_then(|_| line.get(4..))? {
        [delimiter, rest @ ..] if rest.iter().all(u8::is_ascii_whitespace) => Some(*delimiter),
        _ => None,
    }
}

/// The text of a cell. A blank cell is an empty text, not an error.
fn decode_cell(cell: &[u8]) -> Result<(String, Vec<Warning>)> {
    if cell.iter().all(u8::is_ascii_whitespace) { Ok((String::new(), Vec::new())) } else { decode_text(cell) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::FieldMap;
    use crate::record::check_columns;

    type Found = Vec<Result<(usize, String), String>>;

    fn check_articles(names: &[String]) -> Result<()> {
        check_columns(names.iter().map(String::as_str), &FieldMap::default())
    }

    /// The line and text of each row.
    fn read(text: &str, limit: usize) -> Found {
        let mut table = TableReader::new(text.as_bytes(), b',', limit);
        let text_of = |value| match value {
            JsonValue::Object(object) => {
                object.get("text").and_then(JsonValue::as_text).unwrap_or("").to_owned()
            }
            _ => String::new(),
        };
        std::iter::from_fn(|| table.next_row(&check_articles))
            .map(|row| row.map(|(at, value, _)| (at, text_of(value))).map_err(|e| e.to_string()))
            .collect()
    }

    fn texts(text: &str) -> Vec<String> {
        read(text, 1000).into_iter().map(|row| row.map_or_else(|error| error, |(_, text)| text)).collect()
    }

    #[test]
    fn a_lone_quotation_mark_is_text() {
        assert_eq!(texts("id,text\n1,a\n2,\"b\n3,c\n4,d\n"), ["a", "\"b", "c", "d"]);
        assert_eq!(texts("id\ttext\n1\t\"No\n2\tYes\n3\t\"Now\n4\tThen\n"), ["\"No", "Yes", "\"Now", "Then"]);
        assert_eq!(texts("id,text\n1,\"a \\\"b,\\\" c\"\n2,d\n"), ["a \"b,\" c", "d"]);
        assert_eq!(texts("id,text\n1,\"a\nb\""), ["a\nb"]);
        assert_eq!(texts("id,text\n1,3\" nails"), ["3\" nails"]);
    }

    #[test]
    fn an_unclosed_quotation_mark_is_an_error() {
        let found = texts("id,text\n1,\"a, b\n2,c\n");
        assert!(found[0].starts_with("line 2: unclosed quotation mark"), "{found:?}");
        assert_eq!(found[1], "c");
        let long = format!("id,text\n1,\"{}", "x\n".repeat(200_000));
        let found = read(&long, 1000);
        assert_eq!(found.len(), 1);
        assert!(found[0].as_ref().expect_err("open").contains("unclosed quotation mark"), "{found:?}");
    }

    #[test]
    fn delimiters_separator_lines_and_line_breaks_are_recognised() {
        for table in [
            "id;text\n1;a\n2;b\n",
            "id\ttext\n1\ta\n2\tb\n",
            "id|text\n1|a\n2|b\n",
            "sep=;\nid;text\n1;a\n2;b\n",
            "\u{feff}id,text\r\n1,a\r\n2,b\r\n",
            "id,text\r1,a\r2,b\r",
            "id,text\n1,a,\n2,b,,\n",
            "\"id\",\"text\"\n1,a\n2,b",
        ] {
            assert_eq!(texts(table), ["a", "b"], "{table:?}");
        }
        let lines: Vec<usize> = read("id,text\r\n1,\"a\r\nb\"\r\n\r\n2,c\r\n", 99)
            .into_iter()
            .map(|row| row.expect("a row").0)
            .collect();
        assert_eq!(lines, [2, 5]);
    }

    #[test]
    fn rows_of_another_width_and_long_rows_are_errors() {
        let found = texts("id,text\n1\n2,a,b\n3,c\n");
        assert_eq!(
            found,
            ["line 2: 1 cells, but the header has 2", "line 3: 3 cells, but the header has 2", "c"]
        );
        let found = read(&format!("id,text\n1,{}\n2,b\n", "x".repeat(200)), 100);
        assert!(found[0].as_ref().expect_err("long").starts_with("line 2: record of more"), "{found:?}");
        assert_eq!(found[1], Ok((3, "b".to_owned())));
    }

    #[test]
    fn repeated_columns_are_noted() {
        let mut table = TableReader::new("id,text,text\n1,a,b\n".as_bytes(), b',', 99);
        let (_, row, notes) = table.next_row(&check_articles).expect("a row").expect("good");
        assert_eq!(notes[0].kind, WarningKind::SkippedField);
        let JsonValue::Object(row) = row else { panic!("an object") };
        assert_eq!(row.get("text").and_then(JsonValue::as_text), Some("a"));
    }

    #[test]
    fn a_table_without_a_text_column_is_one_error() {
        let found = texts("id,words\n1,x\n2,y\n");
        assert_eq!(found.len(), 1);
        assert!(found[0].contains("no text field"), "{found:?}");
    }
}
