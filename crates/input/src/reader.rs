//! [`read_articles`]: the articles of one file, one at a time.

use std::collections::{BTreeSet, VecDeque};
use std::hash::{DefaultHasher, Hasher};
use std::io::{self, BufRead, Chain, Cursor, Read};

use detente::{Article, Warning, WarningKind};

use crate::encoding::{decode_borrowed, decode_text, decode_with_label, detect_utf16};
use crate::input_error::{InputError, InputErrorKind, Result};
use crate::json_value::JsonValue;
use crate::options::{InputFormat, ReadOptions};
use crate::plain_text::article_from_text;
use crate::record::article_from_record;
use crate::table::TableReader;

/// Reads the articles of `reader` in order.
///
/// `stem` is the file name without its extension. It is the `id` of a text or page, and with `#` and the line the
/// `id` of a record that has none or repeats one.
///
/// A bad record is an error with its line and field; the next call continues after it. JSON Lines and tables are
/// read one record at a time. Text, pages and JSON are read whole: at most `max_bytes` of text, 16 times that of
/// JSON.
pub fn read_articles<R: BufRead>(
    reader: R,
    format: InputFormat,
    stem: &str,
    options: &ReadOptions,
) -> Articles<R> {
    let limit = options.max_bytes;
    let mut notes = Vec::new();
    let mut stream =
        |reader, to_state: &dyn Fn(Utf8Reader<R>) -> FormatState<R>| match utf8_reader(reader, limit) {
            Ok((reader, found)) => {
                notes = found;
                to_state(reader)
            }
            Err(error) => FormatState::Failed(Some(error)),
        };
    let table = |reader, delimiter| FormatState::Table(Box::new(TableReader::new(reader, delimiter, limit)));
    let state = match format {
        InputFormat::Text => FormatState::Text(reader),
        InputFormat::Html => FormatState::Html(reader),
        InputFormat::Json => FormatState::Json(reader),
        InputFormat::JsonLines => {
            stream(reader, &|reader| FormatState::Lines { reader, line: 0, bytes: Vec::new() })
        }
        InputFormat::Csv => stream(reader, &|reader| table(reader, b',')),
        InputFormat::Tsv => stream(reader, &|reader| table(reader, b'\t')),
    };
    let builder =
        RecordBuilder { stem: stem.to_owned(), options: options.clone(), notes, id_hashes: BTreeSet::new() };
    Articles { state, builder, is_done: false }
}

/// The articles of one file; see [`read_articles`].
pub struct Articles<R> {
    state: FormatState<R>,
    builder: RecordBuilder,
    is_done: bool,
}

enum FormatState<R> {
    Text(R),
    Html(R),
    Json(R),
    Array(VecDeque<ArrayRecord>),
    Lines { reader: Utf8Reader<R>, line: usize, bytes: Vec<u8> },
    Table(Box<TableReader<Utf8Reader<R>>>),
    Failed(Option<InputError>),
}

/// A record of a JSON array: its index from 1, its value, and notes.
type ArrayRecord = (usize, JsonValue<'static>, Vec<Warning>);

/// The text of a UTF-16 file in UTF-8 (else nothing), then the rest of the file.
type Utf8Reader<R> = Chain<Cursor<Vec<u8>>, R>;

/// Files of JSON and of UTF-16 are read whole, so they may be longer than a record by this factor.
const WHOLE_FILE_FACTOR: usize = 16;

/// Makes `reader` give UTF-8: line breaks of UTF-16 are not single bytes, so such a file is converted as a whole.
fn utf8_reader<R: BufRead>(mut reader: R, limit: usize) -> Result<(Utf8Reader<R>, Vec<Warning>)> {
    let head = reader.fill_buf().map_err(InputError::read_failed)?;
    let (head, notes) = if detect_utf16(head).is_some() {
        let (text, notes) = decode_text(&read_to_end(&mut reader, limit.saturating_mul(WHOLE_FILE_FACTOR))?)?;
        (text.into_bytes(), notes)
    } else {
        (Vec::new(), Vec::new())
    };
    Ok((Cursor::new(head).chain(reader), notes))
}

impl<R: BufRead> Iterator for Articles<R> {
    type Item = Result<Article>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_done {
            return None;
        }
        let found = self.read_next();
        match &found {
            None => self.is_done = true,
            Some(Err(error)) if error.kind() == InputErrorKind::Unreadable => self.is_done = true,
            Some(_) => {}
        }
        found
    }
}

impl<R: BufRead> Articles<R> {
    fn read_next(&mut self) -> Option<Result<Article>> {
        let limit = self.builder.options.max_bytes;
        match &mut self.state {
            FormatState::Text(reader) => {
                self.is_done = true;
                let stem = self.builder.stem.clone();
                Some(read_to_end(reader, limit).and_then(|bytes| {
                    let mut decoded = decode_with_label(&bytes, None)?.into_owned();
                    let notes = std::mem::take(&mut decoded.notes);
                    let source_map = decoded.source_map(&bytes);
                    Ok(Article {
                        warnings: notes,
                        source_map,
                        ..article_from_text(stem, decoded.text.into_owned())
                    })
                }))
            }
            FormatState::Html(reader) => {
                self.is_done = true;
                let page = read_to_end(reader, limit);
                Some(page.and_then(|bytes| crate::html::article_from_bytes(&self.builder.stem, &bytes)))
            }
            FormatState::Json(reader) => {
                let bytes = read_to_end(reader, limit.saturating_mul(WHOLE_FILE_FACTOR));
                match bytes.and_then(|bytes| parse_json(&bytes)) {
                    Ok(records) => {
                        self.state = FormatState::Array(records);
                        self.read_next()
                    }
                    Err(error) => {
                        self.is_done = true;
                        Some(Err(error))
                    }
                }
            }
            FormatState::Array(records) => {
                let (index, value, notes) = records.pop_front()?;
                Some(self.builder.article(value, index, notes).map_err(|error| error.in_record(index)))
            }
            FormatState::Lines { reader, line, bytes } => {
                match next_line(reader, line, bytes, limit) {
                    Ok(true) => {}
                    Ok(false) => return None,
                    Err(error) => return Some(Err(error)),
                }
                let article = decode_borrowed(bytes).and_then(|(text, notes)| {
                    let value: JsonValue = serde_json::from_str(text.trim_start_matches('\u{feff}'))
                        .map_err(|error| InputError::not_json(&error))?;
                    self.builder.article(value, *line, notes)
                });
                Some(article.map_err(|error| error.at_line(*line)))
            }
            FormatState::Table(table) => {
                let (line, row, notes) = match table.next_row(&self.builder.options.fields)? {
                    Ok(found) => found,
                    Err(error) => return Some(Err(error)),
                };
                Some(self.builder.article(row, line, notes).map_err(|error| error.at_line(line)))
            }
            FormatState::Failed(error) => error.take().map(Err),
        }
    }
}

/// Makes articles of records and gives each its own id.
struct RecordBuilder {
    stem: String,
    options: ReadOptions,
    /// Notes on the whole file, added to every article.
    notes: Vec<Warning>,
    /// Hashes of the ids so far: 8 bytes per record, whatever the length of its id.
    id_hashes: BTreeSet<u64>,
}

impl RecordBuilder {
    /// Makes an article of `value`, the record on line (or with index) `number`.
    fn article(&mut self, value: JsonValue, number: usize, notes: Vec<Warning>) -> Result<Article> {
        let JsonValue::Object(object) = value else {
            return Err(InputError::new(InputErrorKind::NotJson, "not a JSON object"));
        };
        let mut article = article_from_record(&object, &self.options.fields)?;
        article.warnings.extend(notes);
        article.warnings.extend(self.notes.iter().cloned());
        let limit = self.options.max_bytes;
        if article.text.len() > limit {
            return Err(InputError::too_long("text", limit).in_field("text"));
        }
        if article.id.is_empty() || !self.id_hashes.insert(hash_id(&article.id)) {
            let repeated = std::mem::replace(&mut article.id, format!("{}#{number}", self.stem));
            if !repeated.is_empty() {
                let message = format!("id {repeated:?} is not unique: {:?} is used", article.id);
                article.warnings.push(Warning::new(WarningKind::RepeatedId, message).with_value(repeated));
            }
            self.id_hashes.insert(hash_id(&article.id));
        }
        Ok(article)
    }
}

fn hash_id(id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(id.as_bytes());
    hasher.finish()
}

/// Reads all bytes. Returns an error if there are more than `limit`.
fn read_to_end(reader: &mut impl Read, limit: usize) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(limit as u64 + 1).read_to_end(&mut bytes).map_err(InputError::read_failed)?;
    if bytes.len() > limit {
        return Err(InputError::too_long("file", limit));
    }
    Ok(bytes)
}

/// The records of a JSON file, which is an array or one record.
fn parse_json(bytes: &[u8]) -> Result<VecDeque<ArrayRecord>> {
    let (text, notes) = decode_borrowed(bytes)?;
    let value = serde_json::from_str(text.trim_start_matches('\u{feff}'))
        .map_err(|error| InputError::not_json(&error).at_line(error.line()))?;
    match value {
        JsonValue::List(values) => {
            let values = values.into_iter().map(JsonValue::into_owned).enumerate();
            Ok(values.map(|(index, value)| (index + 1, value, notes.clone())).collect())
        }
        record => Ok(VecDeque::from([(1, record.into_owned(), notes)])),
    }
}

/// Reads the next line that is not blank into `bytes` and sets `line` to its number; returns false at the end.
/// A line longer than `limit` is skipped without being held.
fn next_line(reader: &mut impl BufRead, line: &mut usize, bytes: &mut Vec<u8>, limit: usize) -> Result<bool> {
    let failed = |error: io::Error, line: usize| InputError::read_failed(error).at_line(line);
    loop {
        *line += 1;
        bytes.clear();
        let mut head = reader.by_ref().take(limit as u64 + 1);
        if head.read_until(b'\n', bytes).map_err(|error| failed(error, *line))? == 0 {
            return Ok(false);
        }
        if bytes.len() > limit && bytes.last() != Some(&b'\n') {
            reader.skip_until(b'\n').map_err(|error| failed(error, *line))?;
            return Err(InputError::too_long("record", limit).at_line(*line));
        }
        if !bytes.iter().all(u8::is_ascii_whitespace) {
            return Ok(true);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, format: InputFormat, max_bytes: usize) -> Vec<Result<Article, String>> {
        let options = ReadOptions { max_bytes, ..ReadOptions::default() };
        read_articles(text.as_bytes(), format, "file", &options)
            .map(|a| a.map_err(|e| e.to_string()))
            .collect()
    }

    #[test]
    fn a_bad_line_is_an_error_and_the_next_lines_are_read() {
        let long = "x".repeat(300);
        let lines = format!(
            "{{\"id\":\"a\",\"body\":\"one\"}}\n\n{{oops\n{long}\n{{\"id\":\"a\",\"text\":\"two\"}}\n{{\"t\":1}}\n"
        );
        let found = read(&lines, InputFormat::JsonLines, 200);
        assert_eq!(found.len(), 5);
        assert_eq!(found[0].as_ref().expect("good").text, "one");
        assert!(found[1].as_ref().expect_err("bad").starts_with("line 3: column"), "{found:?}");
        assert!(found[2].as_ref().expect_err("long").starts_with("line 4: record of more than"), "{found:?}");
        assert_eq!(found[3].as_ref().expect("good").id, "file#5");
        assert!(found[4].as_ref().expect_err("no text").starts_with("line 6: no text field"));
    }

    #[test]
    fn tables_with_common_column_names_need_no_options() {
        let found =
            read("Headline,published,content\nA,2020-01-02T10:00,\"b, c\"\nx,y\n", InputFormat::Csv, 99);
        let article = found[0].as_ref().expect("good");
        assert_eq!((article.title.as_deref(), article.text.as_str()), (Some("A"), "b, c"));
        assert_eq!(article.date.map(|d| d.to_string()).as_deref(), Some("2020-01-02"));
        assert_eq!(found[1].as_ref().expect_err("short"), "line 3: 2 cells, but the header has 3");
    }

    #[test]
    fn labelled_statements_are_joined_by_paragraph() {
        let found = read(
            r#"[{"id":"k","parties":{"a":["Ann"]},"statements":[{"p":0,"text":"One."},{"p":0,"text":"Two."},{"p":1,"text":"Three."}]}]"#,
            InputFormat::Json,
            999,
        );
        let article = found[0].as_ref().expect("good");
        assert_eq!(article.text, "One. Two.\n\nThree.");
        assert_eq!(article.parties["a"], ["Ann"]);
    }
}
