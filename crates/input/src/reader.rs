//! [`read_articles`]: the articles of one file, one at a time.

use std::collections::VecDeque;
use std::io::{BufRead, Chain, Cursor, Read as _};

use detente::{Article, Warning};

use crate::date::{DateReading, OrderVotes};
use crate::documents::{MboxReader, WarcReader};
use crate::encoding::{decode_borrowed, decode_text, detect_utf16};
use crate::input_error::{InputError, InputErrorKind, Result};
use crate::json_file::{ArrayRecord, parse_json, parse_line};
use crate::json_value::JsonValue;
use crate::lines::{WHOLE_FILE_FACTOR, next_line, read_to_end};
use crate::options::{InputFormat, ReadOptions};
use crate::record::{FieldReading, ReadRecord, check_columns};
use crate::record_builder::RecordBuilder;
use crate::table::TableReader;
use crate::whole_file::articles_of_file;

/// Reads the articles of `reader` in order.
///
/// `stem` is the file name without its extension. It is the `id` of a text or page, and with `#` and the line the
/// `id` of a record that has none or repeats one.
///
/// A bad record is an error with its line and field; the next call continues after it. JSON Lines, tables, mailboxes
/// and web archives are read one record at a time, others whole: at most `max_bytes` of text, 16 times that of JSON
/// and feeds. Where day and month of a column cannot be told apart, up to 1,000 records are read ahead.
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
        InputFormat::JsonLines => stream(reader, &|reader| {
            FormatState::Lines(Lines { reader, number: 0, bytes: Vec::new(), waiting: VecDeque::new() })
        }),
        InputFormat::Csv => stream(reader, &|reader| table(reader, b',')),
        InputFormat::Tsv => stream(reader, &|reader| table(reader, b'\t')),
        InputFormat::Mbox => FormatState::Mbox(MboxReader::new(reader, limit)),
        InputFormat::Warc => FormatState::Warc(WarcReader::new(reader, limit)),
        InputFormat::Json => FormatState::Json(reader),
        whole => FormatState::Whole(reader, whole),
    };
    Articles {
        state,
        builder: RecordBuilder::new(stem, options, notes),
        fields: options.fields.clone(),
        is_done: false,
        count: 0,
        votes: OrderVotes::default(),
        ahead: VecDeque::new(),
    }
}

/// An [`Articles`] that gives one error.
pub(crate) fn failed_articles<R: BufRead>(
    reader: R,
    stem: &str,
    options: &ReadOptions,
    error: InputError,
) -> Articles<R> {
    Articles {
        state: FormatState::Failed(Some(error)),
        ..read_articles(reader, InputFormat::Text, stem, options)
    }
}

/// The articles of one file; see [`read_articles`].
pub struct Articles<R> {
    state: FormatState<R>,
    builder: RecordBuilder,
    fields: crate::FieldMap,
    is_done: bool,
    /// Articles and errors so far.
    count: usize,
    votes: OrderVotes,
    /// Records that wait until the order of day and month is settled.
    ahead: VecDeque<Read>,
}

enum FormatState<R> {
    Whole(R, InputFormat),
    Documents(VecDeque<Article>, usize),
    Json(R),
    Array(VecDeque<ArrayRecord>),
    Lines(Lines<Utf8Reader<R>>),
    Table(Box<TableReader<Utf8Reader<R>>>),
    Mbox(MboxReader<R>),
    Warc(WarcReader<R>),
    Failed(Option<InputError>),
}

/// The lines of JSON Lines.
struct Lines<R> {
    reader: R,
    number: usize,
    /// The current line; its memory is used again.
    bytes: Vec<u8>,
    /// Further records of the current line.
    waiting: VecDeque<JsonValue<'static>>,
}

/// A record, and its place for errors.
struct Read {
    found: Result<ReadRecord>,
    line: Option<usize>,
}

/// The text of a UTF-16 file in UTF-8 (else nothing), then the rest of the file.
type Utf8Reader<R> = Chain<Cursor<Vec<u8>>, R>;

/// At most so many bytes of text are read ahead.
const MAX_AHEAD_BYTES: usize = 16 << 20;

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
        let first = self.ahead.pop_front().or_else(|| self.next_record())?;
        if first.is_open() && self.votes.is_open() {
            self.read_ahead();
        }
        Some(self.settle(first))
    }
}

impl<R: BufRead> Articles<R> {
    /// The next record. A file without any is an error.
    fn next_record(&mut self) -> Option<Read> {
        if self.is_done {
            return None;
        }
        let read = self.read_next();
        match &read {
            None => {
                self.is_done = true;
                if self.count == 0 {
                    let error = InputError::new(InputErrorKind::Empty, "empty: no record");
                    return Some(Read::from_error(error));
                }
            }
            Some(read) => {
                self.count += 1;
                if let Ok(ReadRecord { reading: Some(reading), .. }) = &read.found
                    && !self.votes.add(reading.reading)
                {
                    let message = format!(
                        "{:?}: day and month are in another order than in the dates before (--date-format)",
                        reading.value
                    );
                    let error = InputError::invalid_field(&reading.field, message);
                    return Some(Read { found: Err(error), line: read.line });
                }
                if matches!(&read.found, Err(error) if error.kind() == InputErrorKind::Unreadable) {
                    self.is_done = true;
                }
            }
        }
        read
    }

    /// Reads until a date settles the order of day and month, or until enough was read.
    fn read_ahead(&mut self) {
        let mut bytes = 0;
        while self.votes.is_open() && bytes < MAX_AHEAD_BYTES {
            let Some(read) = self.next_record() else { break };
            bytes += read.found.as_ref().map_or(0, |read| read.article.text.len());
            self.ahead.push_back(read);
        }
        self.votes.close();
    }

    /// The article with its date in the order of its column, or the error with its line.
    fn settle(&self, read: Read) -> Result<Article> {
        let at_line = |error: InputError| match read.line {
            Some(line) => error.at_line(line),
            None => error,
        };
        let ReadRecord { mut article, reading } = read.found.map_err(at_line)?;
        if let Some(reading) = reading {
            article.date = self.votes.day(reading.reading);
            if article.date.is_none() {
                let note = reading.note("may have the day or the month first (--date-format dmy or mdy)");
                article.warnings.push(note);
            }
        }
        Ok(article)
    }

    fn read_next(&mut self) -> Option<Read> {
        let limit = self.builder.max_bytes;
        match &mut self.state {
            FormatState::Whole(reader, format) => {
                let format = *format;
                match articles_of_file(reader, format, &self.builder.stem, limit) {
                    Ok(articles) => {
                        self.state = FormatState::Documents(articles.into(), 0);
                        self.read_next()
                    }
                    Err(error) => {
                        self.is_done = true;
                        self.count += 1;
                        Some(Read::from_error(error))
                    }
                }
            }
            FormatState::Documents(articles, number) => {
                let mut article = articles.pop_front()?;
                *number += 1;
                let is_only = *number == 1 && articles.is_empty();
                if is_only && article.id.is_empty() {
                    article.id.clone_from(&self.builder.stem);
                }
                self.builder.set_id(&mut article, *number);
                Some(Read::of(Ok(article), None))
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
                        Some(Read::from_error(error))
                    }
                }
            }
            FormatState::Array(records) => {
                let (index, value, notes) = records.pop_front()?;
                let found = self.builder.record(&value, index, notes).map_err(|error| error.in_record(index));
                Some(Read { found, line: None })
            }
            FormatState::Lines(lines) => {
                if let Some(value) = lines.waiting.pop_front() {
                    let found = self.builder.record(&value, lines.number, Vec::new());
                    return Some(Read { found, line: Some(lines.number) });
                }
                match next_line(&mut lines.reader, &mut lines.number, &mut lines.bytes, limit) {
                    Ok(true) => {}
                    Ok(false) => return None,
                    Err(error) => return Some(Read::from_error(error)),
                }
                let found = decode_borrowed(&lines.bytes).and_then(|(text, notes)| {
                    let mut values = parse_line(&text)?.into_iter();
                    let first = values.next().unwrap_or(JsonValue::Null);
                    lines.waiting.extend(values.map(JsonValue::into_owned));
                    self.builder.record(&first, lines.number, notes)
                });
                Some(Read { found, line: Some(lines.number) })
            }
            FormatState::Table(table) => {
                let check = |names: &[String]| check_columns(names.iter().map(String::as_str), &self.fields);
                let (line, row, notes) = match table.next_row(&check)? {
                    Ok(found) => found,
                    Err(error) => return Some(Read::from_error(error)),
                };
                Some(Read { found: self.builder.record(&row, line, notes), line: Some(line) })
            }
            FormatState::Mbox(reader) => Some(match reader.next_mail()? {
                Ok((line, mut article)) => {
                    self.builder.set_id(&mut article, line);
                    Read::of(Ok(article), Some(line))
                }
                Err(error) => Read::from_error(error),
            }),
            FormatState::Warc(reader) => Some(match reader.next_page()? {
                Ok((number, mut article)) => {
                    self.builder.set_id(&mut article, number);
                    Read::of(Ok(article), None)
                }
                Err(error) => Read::from_error(error),
            }),
            FormatState::Failed(error) => error.take().map(Read::from_error),
        }
    }
}

impl Read {
    fn of(found: Result<Article>, line: Option<usize>) -> Self {
        Self { found: found.map(|article| ReadRecord { article, reading: None }), line }
    }

    fn from_error(error: InputError) -> Self {
        Self { found: Err(error), line: None }
    }

    /// Whether its day depends on the order of day and month.
    fn is_open(&self) -> bool {
        let reading = self.found.as_ref().ok().and_then(|read| read.reading.as_ref());
        reading.is_some_and(|FieldReading { reading, .. }| matches!(reading, DateReading::Open { .. }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "id,text,date\n";

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

    #[test]
    fn dates_of_a_column_settle_the_order_of_day_and_month() {
        let dates = |rows: &str| -> Vec<String> {
            let found = read(&format!("{TABLE}{rows}"), InputFormat::Csv, 999).into_iter();
            found
                .map(|a| a.map_or_else(|e| e, |a| a.date.map_or("-".to_owned(), |day| day.to_string())))
                .collect()
        };
        assert_eq!(
            dates("1,a,01/02/2020\n2,b,15/01/2020\n3,c,03/04/2020\n"),
            ["2020-02-01", "2020-01-15", "2020-04-03"]
        );
        assert_eq!(dates("1,a,01/02/2020\n2,b,01/15/2020\n"), ["2020-01-02", "2020-01-15"]);
        assert_eq!(dates("1,a,01/02/2020\n2,b,2020-01-15\n"), ["-", "2020-01-15"]);
        let found = dates("1,a,15/01/2020\n2,b,01/16/2020\n3,c,01/02/2020\n");
        assert!(found[1].starts_with("line 3: field date: \"01/16/2020\": day and month"), "{found:?}");
        assert_eq!((found[0].as_str(), found[2].as_str()), ("2020-01-15", "2020-02-01"));
        let undecided = read(&format!("{TABLE}1,a,01/02/2020\n"), InputFormat::Csv, 999);
        let article = undecided[0].as_ref().expect("good");
        assert!(article.warnings[0].message.contains("--date-format dmy or mdy"), "{:?}", article.warnings);
    }

    #[test]
    fn an_order_is_not_waited_for_beyond_a_thousand_dates() {
        let rows = "1,a,01/02/2020\n".repeat(1100);
        let found = read(&format!("{TABLE}{rows}x,a,15/01/2020\ny,a,01/02/2020\n"), InputFormat::Csv, 999);
        let date = |at: usize| found[at].as_ref().expect("good").date.map(|day| day.to_string());
        assert_eq!((date(0), date(1099), date(1101).as_deref()), (None, None, Some("2020-02-01")));
    }

    #[test]
    fn a_file_without_a_record_is_an_error() {
        for (text, format) in [
            ("", InputFormat::JsonLines),
            ("\n\n", InputFormat::JsonLines),
            ("", InputFormat::Tsv),
            ("id,text\n", InputFormat::Csv),
            ("[]", InputFormat::Json),
            ("", InputFormat::Json),
            ("", InputFormat::Mbox),
            ("", InputFormat::Warc),
            ("", InputFormat::Text),
        ] {
            let found = read(text, format, 999);
            assert!(
                found.len() == 1 && found[0].as_ref().expect_err("empty").contains("empty"),
                "{format:?} {found:?}"
            );
        }
    }

    #[test]
    fn several_records_on_a_line_are_read() {
        let found = read("{\"text\":\"a\"} {\"text\":\"b\"}\n{\"text\":\"c\"}\n", InputFormat::JsonLines, 99);
        let ids: Vec<&str> = found.iter().map(|a| a.as_ref().expect("good").text.as_str()).collect();
        assert_eq!(ids, ["a", "b", "c"]);
    }
}
