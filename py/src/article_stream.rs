//! [`ArticleStream`]: articles from Python iterators or from files, read one batch at a time.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::mpsc::sync_channel;
use std::sync::{Arc, Mutex, PoisonError};

use detente::{Article, Day};
use detente_input::{InputError, InputOptions, Inputs, ReadOptions, read_articles};
use pyo3::prelude::*;

use crate::article::{FieldNames, article_of_text, day, is_empty_input};
use crate::chunk_reader::{ChunkReader, PythonChunks, Raised, keep_raised, take_raised};
use crate::errors::Failure;

/// An article, or why it could not be read.
pub(crate) type ReadArticle = Result<Article, Failure>;

/// Articles as they are read.
pub(crate) type Articles = Box<dyn Iterator<Item = ReadArticle> + Send>;

/// Articles that are read one batch at a time.
#[pyclass(frozen, module = "detente._native")]
pub(crate) struct ArticleStream {
    articles: Mutex<Articles>,
    /// Raised by the Python iterator below; the stream ends there.
    raised: Raised,
}

/// Articles of files that are read ahead.
const READ_AHEAD: usize = 64;
/// A batch ends after so many bytes of text.
const BATCH_BYTES: usize = 4 << 20;

impl ArticleStream {
    /// The next articles, at most `limit` of them and few more than 4 MB; none at the end.
    pub(crate) fn next_batch(&self, limit: usize) -> Vec<ReadArticle> {
        let mut articles = self.articles.lock().unwrap_or_else(PoisonError::into_inner);
        let (mut batch, mut bytes) = (Vec::new(), 0);
        while batch.len() < limit.max(1) && bytes < BATCH_BYTES {
            let Some(article) = articles.next() else { break };
            bytes += article.as_ref().map_or(0, |article| article.text.len());
            batch.push(article);
        }
        batch
    }

    /// The exception that ended the stream, if any.
    pub(crate) fn raised(&self) -> PyResult<()> {
        take_raised(&self.raised).map_or(Ok(()), Err)
    }
}

/// The articles of lines of JSON, one a record.
pub(crate) fn articles_of_lines(
    lines: impl std::io::BufRead + Send + 'static,
    name: &str,
    noun: &'static str,
    options: &ReadOptions,
) -> Articles {
    let articles = read_articles(lines, detente_input::InputFormat::JsonLines, name, options);
    let mut first = true;
    Box::new(articles.filter_map(move |article| {
        let is_first = std::mem::take(&mut first);
        match article {
            Ok(article) => Some(Ok(article)),
            // no records are no failure
            Err(error) if is_first && is_empty_input(&error) => None,
            Err(error) => Some(Err(failure_of_line(&error, noun))),
        }
    }))
}

fn failure_of_line(error: &InputError, noun: &str) -> Failure {
    match error.line() {
        Some(line) => Failure::in_row(error, line.saturating_sub(1), noun),
        None => Failure::in_file(error),
    }
}

/// The articles of files, which a thread reads ahead: readers of files cannot be sent to other threads.
fn articles_of_files(options: InputOptions) -> Articles {
    let (sender, receiver) = sync_channel(READ_AHEAD);
    std::thread::spawn(move || {
        let read = || {
            for article in Inputs::new(options) {
                // the stream was dropped
                if sender.send(article.map_err(|error| Failure::in_file(&error))).is_err() {
                    break;
                }
            }
        };
        if catch_unwind(AssertUnwindSafe(read)).is_err() {
            let message = "internal error while reading files".to_owned();
            let _ = sender.send(Err(Failure { message, ..Failure::default() }));
        }
    });
    Box::new(receiver.into_iter())
}

/// The texts that a Python iterator gives, each with its id.
struct Texts {
    iterator: Py<PyAny>,
    raised: Raised,
    count: usize,
    date: Option<Day>,
}

impl Iterator for Texts {
    type Item = ReadArticle;

    fn next(&mut self) -> Option<ReadArticle> {
        let next = Python::attach(|py| -> PyResult<Option<(String, String)>> {
            let Some(item) = self.iterator.bind(py).try_iter()?.next() else { return Ok(None) };
            Ok(Some(item?.extract()?))
        });
        let row = self.count;
        self.count += 1;
        match next {
            Ok(None) => None,
            Ok(Some((id, text))) => {
                let article = article_of_text(&text, &id);
                Some(
                    article
                        .map(|article| Article { date: article.date.or(self.date), ..article })
                        .map_err(|error| Failure::in_row(&error, row, "text")),
                )
            }
            Err(error) => {
                keep_raised(&self.raised, error);
                None
            }
        }
    }
}

#[pymethods]
impl ArticleStream {
    /// The texts of an iterator over pairs of id and text.
    #[staticmethod]
    fn from_texts(iterator: Py<PyAny>, date: Option<&str>) -> PyResult<Self> {
        let raised = Raised::default();
        let date = date.map(day).transpose()?;
        let texts = Texts { iterator, raised: Arc::clone(&raised), count: 0, date };
        Ok(Self { articles: Mutex::new(Box::new(texts)), raised })
    }

    /// The records of an iterator over lines of JSON, as `bytes`. `name` numbers the records without an id.
    #[staticmethod]
    fn from_records(
        iterator: Py<PyAny>,
        name: &str,
        fields: FieldNames,
        date: Option<&str>,
    ) -> PyResult<Self> {
        let raised = Raised::default();
        let chunks = PythonChunks { iterator, raised: Arc::clone(&raised) };
        let date = date.map(day).transpose()?;
        let articles = articles_of_lines(ChunkReader::new(chunks), name, "record", &fields.into_options()?);
        let dated = articles.map(move |article| article.map(|a| Article { date: a.date.or(date), ..a }));
        Ok(Self { articles: Mutex::new(Box::new(dated)), raised })
    }

    /// The articles of files, folders and globs.
    #[staticmethod]
    fn from_files(paths: Vec<PathBuf>, fields: FieldNames, date: Option<&str>) -> PyResult<Self> {
        let date = date.map(day).transpose()?;
        let options =
            InputOptions { inputs: paths, read: fields.into_options()?, date, ..InputOptions::default() };
        let articles = Mutex::new(articles_of_files(options));
        Ok(Self { articles, raised: Raised::default() })
    }
}
