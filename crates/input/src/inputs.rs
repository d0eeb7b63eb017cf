//! [`Inputs`]: the articles of all inputs, one at a time.

use std::io::{self, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};

use detente::{Article, Day};

use crate::byte_counter::ByteCounter;
use crate::date::date_in_file_name;
use crate::input_error::InputError;
use crate::input_files::{InputFiles, SkippedFile};
use crate::open::{InputReader, file_stem, format_of_path, is_stdin, open_input};
use crate::options::{InputFormat, InputOptions};
use crate::reader::{Articles, failed_articles, read_articles};
use crate::sniff::{HEAD_BYTES, detect_format};

/// The articles of files, folders, glob patterns and lists of files, in a fixed order.
///
/// Files are opened one by one as articles are asked for. A file or record that cannot be read is an error with its
/// place; the next call continues after it.
pub struct Inputs {
    files: InputFiles,
    open: Option<FileArticles>,
    options: InputOptions,
    counter: ByteCounter,
}

impl Inputs {
    /// The articles of the inputs in `options`. Opens no file except the list of inputs.
    #[must_use]
    pub fn new(options: InputOptions) -> Self {
        Self { files: InputFiles::new(&options), open: None, options, counter: ByteCounter::default() }
    }

    /// Takes the files of folders that were skipped since the last call.
    pub fn take_skipped(&mut self) -> Vec<SkippedFile> {
        self.files.take_skipped()
    }

    /// Counts the bytes that are read.
    #[must_use]
    pub fn byte_counter(&self) -> ByteCounter {
        self.counter.clone()
    }

    /// The bytes of all inputs that are not opened yet. `None` if one is standard input or a pattern.
    #[must_use]
    pub fn total_bytes(&self) -> Option<u64> {
        self.files.total_bytes()
    }
}

impl Iterator for Inputs {
    type Item = Result<Article, InputError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(articles) = &mut self.open {
                if let Some(article) = articles.next() {
                    return Some(article);
                }
                self.open = None;
            }
            let opened = self.files.next()?.and_then(|path| {
                let reader = open_input(&path, &self.counter)?;
                Ok(FileArticles::new(path, reader, &self.options))
            });
            match opened {
                Ok(articles) => self.open = Some(articles),
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

/// The articles of one open file, with the default date, and with the path in errors.
pub struct FileArticles {
    path: PathBuf,
    date: Option<Day>,
    articles: Articles<InputReader>,
}

impl FileArticles {
    /// The articles in `reader`, which reads the file at `path` (`-` for standard input). Without a given format, the
    /// first bytes and the name decide.
    #[must_use]
    pub fn new(path: PathBuf, mut reader: InputReader, options: &InputOptions) -> Self {
        let stem = stem_of(&path);
        let mut head = Vec::new();
        let format = if let Some(format) = options.format {
            Ok(format)
        } else {
            match reader.by_ref().take(HEAD_BYTES as u64).read_to_end(&mut head) {
                Ok(_) => detect_format(&head, format_of_path(&path), options.read.fields.text.as_deref()),
                // what was read before the fault is used
                Err(error) => {
                    reader = Box::new(BufReader::new(FailingReader(Some(error))));
                    Ok(format_of_path(&path).unwrap_or(InputFormat::Text))
                }
            }
        };
        tracing::debug!(file = %path.display(), ?format, "opened");
        let reader: InputReader =
            if head.is_empty() { reader } else { Box::new(Cursor::new(head).chain(reader)) };
        let articles = match format {
            Ok(format) => read_articles(reader, format, &stem, &options.read),
            Err(error) => failed_articles(reader, &stem, &options.read, error),
        };
        let date = date_in_file_name(&stem).or(options.date);
        Self { path, date, articles }
    }
}

/// Fails once with the error that stopped the reader before it.
struct FailingReader(Option<io::Error>);

impl Read for FailingReader {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

fn stem_of(path: &Path) -> String {
    if is_stdin(path) { "stdin".to_owned() } else { file_stem(path) }
}

impl Iterator for FileArticles {
    type Item = Result<Article, InputError>;

    fn next(&mut self) -> Option<Self::Item> {
        Some(match self.articles.next()? {
            Ok(mut article) => {
                article.date = article.date.or(self.date);
                Ok(article)
            }
            Err(error) => Err(error.in_file(&self.path)),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::fs::File;
    use std::io::Write;

    use super::*;
    use crate::input_error::InputErrorKind;

    #[test]
    fn articles_come_in_order_and_errors_do_not_stop_the_rest() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        for (name, text) in [
            ("b.txt", "Talks went on."),
            ("a.jsonl", "{\"text\":\"One.\"}\noops\n{\"text\":\"Two.\"}\n"),
            ("c.txt", ""),
            ("d.xyz", "skipped"),
            (".hidden.txt", "hidden"),
        ] {
            std::fs::write(at(name), text).expect("written");
        }
        let file = File::create(at("e.txt.gz")).expect("a file");
        let mut encoder = flate2::write::GzEncoder::new(file, flate2::Compression::fast());
        encoder.write_all(b"Compressed talks.").expect("compressed");
        encoder.finish().expect("compressed");
        let inputs = vec![folder.path().to_owned(), at("d.xyz"), at("none.txt"), at("*.txt")];
        let mut inputs = Inputs::new(InputOptions { inputs, ..InputOptions::default() });
        let found: Vec<String> = inputs
            .by_ref()
            .map(|found| match found {
                Ok(article) => article.id,
                Err(error) => error.to_string().replace(&format!("{}/", folder.path().display()), ""),
            })
            .collect();
        let skipped = inputs.take_skipped();
        assert!(skipped.len() == 1 && skipped[0].path == at("d.xyz"), "{skipped:?}");
        assert_eq!(found[0], "a#1");
        assert!(found[1].starts_with("a.jsonl: line 2: column 1"), "{found:?}");
        assert_eq!(found[2..7], ["a#3", "b", "c.txt: empty: no text", "e", "d"]);
        assert!(found[7].starts_with("none.txt: "), "{found:?}");
        assert_eq!(found[8..], ["b", "c.txt: empty: no text"]);
        assert!(inputs.byte_counter().get() > 0);
    }

    #[test]
    fn an_error_has_its_kind_path_line_and_field() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.jsonl");
        std::fs::write(&path, "\n{\"text\":[]}\n").expect("written");
        let mut inputs = Inputs::new(InputOptions { inputs: vec![path.clone()], ..InputOptions::default() });
        let error = inputs.next().expect("one").expect_err("a bad field");
        assert_eq!((error.kind(), error.path()), (InputErrorKind::InvalidRecord, Some(path.as_path())));
        assert_eq!((error.line(), error.field(), error.message()), (Some(2), Some("text"), "not a text"));
    }

    #[test]
    fn the_default_date_is_for_articles_without_one() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.jsonl");
        std::fs::write(&path, "{\"text\":\"x\"}\n{\"text\":\"x\",\"date\":\"2031-05-09\"}\n")
            .expect("written");
        let date = Day::new(2030, 1, 2);
        let inputs = Inputs::new(InputOptions { inputs: vec![path], date, ..InputOptions::default() });
        let dates: Vec<_> = inputs.map(|article| article.expect("an article").date).collect();
        assert_eq!(dates, [date, Day::new(2031, 5, 9)]);
    }
}
