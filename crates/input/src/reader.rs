//! [`read_articles`]: the articles of a file, one after the other.

use std::collections::{BTreeSet, VecDeque};
use std::hash::{DefaultHasher, Hasher};
use std::io;
use std::io::{BufRead, Chain, Cursor, Read};

use detente::{Article, Error, ErrorKind, Result, Warning, WarningKind};

use crate::encoding::{decode, decode_as, decode_line, utf16};
use crate::json_value::Json;
use crate::options::{InputFormat, ReadOptions, too_long};
use crate::plain_text::plain;
use crate::record;
use crate::table::Table;

/// The articles that [`read_articles`] finds.
pub struct Articles<R> {
    source: Source<R>,
    records: Records,
    is_done: bool,
}

/// What makes articles of records.
struct Records {
    stem: String,
    options: ReadOptions,
    /// What holds for every record.
    notes: Vec<Warning>,
    /// Hashes of the ids so far: 8 bytes a record, however long its id.
    seen: BTreeSet<u64>,
}

enum Source<R> {
    Text(R),
    Html(R),
    Json(R),
    Array(VecDeque<(usize, Json<'static>, Vec<Warning>)>),
    Lines { reader: Start<R>, line: usize, bytes: Vec<u8> },
    Table(Box<Table<Start<R>>>),
    Failed(Option<Error>),
}

/// A JSON file, and a file of UTF-16, may be this many times as long as a record: it is held whole.
const WHOLE_JSON: usize = 16;

/// What is read: a start that had to be converted, and the rest as it comes.
type Start<R> = Chain<Cursor<Vec<u8>>, R>;

/// The articles of `reader`, in order. `stem` is the file's name without its
/// ending: the article's `id`, or with `#` and the line where a record has none of its own or
/// repeats one.
///
/// A bad record is an error that names line and field; the next call goes on behind
/// it. JSON lines and tables are read record by record; of JSON and text, a whole file
/// is held, at most `max_bytes` of text and 16 times that of JSON.
pub fn read_articles<R: BufRead>(
    reader: R,
    format: InputFormat,
    stem: &str,
    options: &ReadOptions,
) -> Articles<R> {
    let limit = options.max_bytes;
    let mut notes = Vec::new();
    let mut streamed = |reader, to_source: &dyn Fn(Start<R>) -> Source<R>| match start(reader, limit) {
        Ok((reader, found)) => {
            notes = found;
            to_source(reader)
        }
        Err(error) => Source::Failed(Some(error)),
    };
    let source = match format {
        InputFormat::Text => Source::Text(reader),
        InputFormat::Html => Source::Html(reader),
        InputFormat::Json => Source::Json(reader),
        InputFormat::JsonLines => {
            streamed(reader, &|reader| Source::Lines { reader, line: 0, bytes: Vec::new() })
        }
        InputFormat::Csv => streamed(reader, &|reader| Source::Table(Table::new(reader, b',', limit).into())),
        InputFormat::Tsv => {
            streamed(reader, &|reader| Source::Table(Table::new(reader, b'\t', limit).into()))
        }
    };
    let (stem, options) = (stem.to_owned(), options.clone());
    Articles { source, records: Records { stem, options, notes, seen: BTreeSet::new() }, is_done: false }
}

/// `reader` itself, or what it gives as UTF-8 where its mark says that it is UTF-16, whose line
/// breaks are no single bytes.
fn start<R: BufRead>(mut reader: R, limit: usize) -> Result<(Start<R>, Vec<Warning>)> {
    let head = reader.fill_buf().map_err(unreadable)?;
    let (head, notes) = if utf16(head).is_some() {
        let (text, notes) = decode(&whole(&mut reader, limit.saturating_mul(WHOLE_JSON))?)?;
        (text.into_bytes(), notes)
    } else {
        (Vec::new(), Vec::new())
    };
    Ok((Cursor::new(head).chain(reader), notes))
}

impl<R: BufRead> Iterator for Articles<R> {
    type Item = Result<Article>;

    fn next(&mut self) -> Option<Result<Article>> {
        if self.is_done {
            return None;
        }
        let found = self.step();
        match &found {
            None => self.is_done = true,
            Some(Err(error)) if error.kind() == ErrorKind::Io => self.is_done = true,
            Some(_) => {}
        }
        found
    }
}

impl<R: BufRead> Articles<R> {
    fn step(&mut self) -> Option<Result<Article>> {
        let limit = self.records.options.max_bytes;
        match &mut self.source {
            Source::Text(reader) => {
                self.is_done = true;
                let stem = self.records.stem.clone();
                Some(whole(reader, limit).and_then(|bytes| {
                    let mut decoded = decode_as(&bytes, None)?.into_owned();
                    let notes = std::mem::take(&mut decoded.notes);
                    let source_map = decoded.source_map(&bytes);
                    Ok(Article { warnings: notes, source_map, ..plain(stem, decoded.text.into_owned()) })
                }))
            }
            Source::Html(reader) => {
                self.is_done = true;
                Some(whole(reader, limit).and_then(|bytes| crate::html::read(&self.records.stem, &bytes)))
            }
            Source::Json(reader) => {
                match whole(reader, limit.saturating_mul(WHOLE_JSON)).and_then(|bytes| json(&bytes)) {
                    Ok(values) => {
                        self.source = Source::Array(values);
                        self.step()
                    }
                    Err(error) => {
                        self.is_done = true;
                        Some(Err(error))
                    }
                }
            }
            Source::Array(values) => {
                let (at, value, notes) = values.pop_front()?;
                let found =
                    self.records.finish(value, at, notes).map_err(|e| e.within(format!("record {at}")));
                Some(found)
            }
            Source::Lines { reader, line, bytes } => {
                match next_line(reader, line, bytes, limit) {
                    Ok(true) => {}
                    Ok(false) => return None,
                    Err(error) => return Some(Err(error)),
                }
                let value = decode_line(bytes).and_then(|(text, notes)| {
                    let value: Json = serde_json::from_str(text.trim_start_matches('\u{feff}'))
                        .map_err(|e| not_json(format!("column {}: not a JSON record: {e}", e.column())))?;
                    self.records.finish(value, *line, notes)
                });
                Some(value.map_err(|e| e.at_line(*line)))
            }
            Source::Table(table) => {
                let (at, value, notes) = match table.next(&self.records.options.fields)? {
                    Ok(found) => found,
                    Err(error) => return Some(Err(error)),
                };
                Some(self.records.finish(value, at, notes).map_err(|e| e.at_line(at)))
            }
            Source::Failed(error) => error.take().map(Err),
        }
    }
}

impl Records {
    /// The article of a record; `at` is its line or its number.
    fn finish(&mut self, value: Json, at: usize, notes: Vec<Warning>) -> Result<Article> {
        let Json::Object(object) = value else {
            return Err(not_json("not a JSON object"));
        };
        let mut article = record::article(&object, &self.options.fields)?;
        article.warnings.extend(notes);
        article.warnings.extend(self.notes.iter().cloned());
        let limit = self.options.max_bytes;
        if article.text.len() > limit {
            return Err(too_long("field text: more", limit));
        }
        if article.id.is_empty() || !self.seen.insert(hash(&article.id)) {
            let own = std::mem::replace(&mut article.id, format!("{}#{at}", self.stem));
            if !own.is_empty() {
                let message = format!("id {own:?} stands before: {:?} in its place", article.id);
                article.warnings.push(Warning::new(WarningKind::RepeatedId, message).with_value(own));
            }
            self.seen.insert(hash(&article.id));
        }
        Ok(article)
    }
}

/// What tells an id from others within a run.
fn hash(id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(id.as_bytes());
    hasher.finish()
}

fn not_json(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::NotJson, message)
}

fn unreadable(error: io::Error) -> Error {
    Error::io(format!("cannot read: {error}"), error)
}

/// All bytes of `reader`, or an error if they are more than `limit`.
fn whole(reader: &mut impl Read, limit: usize) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(limit as u64 + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() > limit {
        return Err(too_long("more", limit));
    }
    Ok(bytes)
}

fn json(bytes: &[u8]) -> Result<VecDeque<(usize, Json<'static>, Vec<Warning>)>> {
    let (text, notes) = decode_line(bytes)?;
    let value = serde_json::from_str(text.trim_start_matches('\u{feff}'))
        .map_err(|e| not_json(format!("column {}: not JSON: {e}", e.column())).at_line(e.line()))?;
    match value {
        Json::List(values) => {
            let values = values.into_iter().map(Json::into_owned).enumerate();
            Ok(values.map(|(at, value)| (at + 1, value, notes.clone())).collect())
        }
        object => Ok(VecDeque::from([(1, object.into_owned(), notes)])),
    }
}

/// Puts the next line that is not blank into `bytes`, and its number into `line`; `false` where there is none. A line
/// longer than `limit` is passed over without holding it.
fn next_line(reader: &mut impl BufRead, line: &mut usize, bytes: &mut Vec<u8>, limit: usize) -> Result<bool> {
    let failed = |e: io::Error, line: usize| unreadable(e).at_line(line);
    loop {
        *line += 1;
        bytes.clear();
        let mut head = reader.by_ref().take(limit as u64 + 1);
        if head.read_until(b'\n', bytes).map_err(|e| failed(e, *line))? == 0 {
            return Ok(false);
        }
        if bytes.len() > limit && bytes.last() != Some(&b'\n') {
            reader.skip_until(b'\n').map_err(|e| failed(e, *line))?;
            return Err(too_long("record of more", limit).at_line(*line));
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
    fn bad_lines_are_named_and_the_others_go_on() {
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
        assert!(found[4].as_ref().expect_err("no text").starts_with("line 6: no field with the text"));
    }

    #[test]
    fn tables_map_common_names() {
        let found =
            read("Headline,published,content\nA,2020-01-02T10:00,\"b, c\"\nx,y\n", InputFormat::Csv, 99);
        let article = found[0].as_ref().expect("good");
        assert_eq!((article.title.as_deref(), article.text.as_str()), (Some("A"), "b, c"));
        assert_eq!(article.date.map(|d| d.to_string()).as_deref(), Some("2020-01-02"));
        assert_eq!(found[1].as_ref().expect_err("short"), "line 3: 2 cells, but the header has 3");
    }

    #[test]
    fn labelled_articles_are_joined_by_paragraph() {
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
