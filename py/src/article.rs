//! [`NativeArticle`]: an article as it was read, before it is scored.

use std::io::Cursor;
use std::path::PathBuf;
use std::str::FromStr;

use detente::{Article, Day, Warning, WarningKind};
use detente_input::{
    DatePattern, FieldMap, InputError, InputErrorKind, InputFormat, InputOptions, Inputs, ReadOptions,
    parse_parties, read_articles,
};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::errors::{Failure, library_error};

/// Name that articles without an id are numbered by.
const RECORD: &str = "record";

/// An article as it was read.
#[pyclass(frozen, name = "Article", module = "detente._native")]
pub(crate) struct NativeArticle(pub(crate) Article);

/// What is known of an article beside its text.
#[derive(Default, FromPyObject)]
#[pyo3(from_item_all)]
pub(crate) struct KnownFields {
    id: Option<String>,
    title: Option<String>,
    date: Option<String>,
    source: Option<String>,
    negotiation: Option<String>,
    domain: Option<String>,
    /// A parties file, as the option `--parties` takes it.
    parties: Option<String>,
}

impl KnownFields {
    fn apply_to(self, article: &mut Article) -> PyResult<()> {
        let known = |field: &mut Option<String>, value: Option<String>| {
            if value.is_some() {
                *field = value;
            }
        };
        if let Some(id) = self.id {
            article.id = id;
        }
        known(&mut article.title, self.title);
        known(&mut article.source, self.source);
        known(&mut article.negotiation, self.negotiation);
        known(&mut article.domain, self.domain);
        if let Some(date) = self.date {
            article.date = Some(day(&date)?);
        }
        if let Some(parties) = self.parties {
            article.parties = parties_of(&parties)?;
        }
        Ok(())
    }
}

/// The names of parties in a parties file.
pub(crate) fn parties_of(text: &str) -> PyResult<std::collections::BTreeMap<String, Vec<String>>> {
    parse_parties(text).map_err(|error| PyValueError::new_err(format!("parties: {error}")))
}

/// A day as `YYYY-MM-DD`.
pub(crate) fn day(text: &str) -> PyResult<Day> {
    Day::from_str(text).map_err(|error| library_error(&error.into()))
}

/// The names of the fields of records; each may be missing.
#[derive(Default, FromPyObject)]
#[pyo3(from_item_all)]
pub(crate) struct FieldNames {
    text: Option<String>,
    date: Option<String>,
    date_format: Option<String>,
    title: Option<String>,
    id: Option<String>,
    source: Option<String>,
    group: Option<String>,
}

impl FieldNames {
    /// The names that are given, each with its option.
    pub(crate) fn named(&self) -> [(&'static str, Option<&str>); 6] {
        [
            ("text", self.text.as_deref()),
            ("date", self.date.as_deref()),
            ("title", self.title.as_deref()),
            ("id", self.id.as_deref()),
            ("source", self.source.as_deref()),
            ("group", self.group.as_deref()),
        ]
    }

    /// The options of a reader.
    pub(crate) fn into_options(self) -> PyResult<ReadOptions> {
        let pattern = self.date_format.map(|pattern| DatePattern::from_str(&pattern)).transpose();
        let fields = FieldMap {
            text: self.text,
            date: self.date,
            date_format: pattern.map_err(|error| PyValueError::new_err(format!("date_format: {error}")))?,
            title: self.title,
            id: self.id,
            source: self.source,
            group: self.group,
        };
        Ok(ReadOptions { fields, ..ReadOptions::default() })
    }
}

/// Reads a text as the program reads a text file.
pub(crate) fn article_of_text(text: &str, id: &str) -> Result<Article, InputError> {
    let mut articles = read_articles(Cursor::new(text), InputFormat::Text, id, &ReadOptions::default());
    if let (Some(first), None) = (articles.next(), articles.next()) {
        first
    } else {
        let message = "the text looks like an export of several articles and is scored as one";
        let warnings = vec![Warning::new(WarningKind::DoubtfulText, message)];
        Ok(Article { warnings, ..Article::new(id, text) })
    }
}

#[pymethods]
impl NativeArticle {
    /// Reads a text.
    #[staticmethod]
    fn from_text(text: &str, id: &str, known: KnownFields) -> PyResult<Self> {
        let mut article =
            article_of_text(text, id).map_err(|error| Failure::in_file(&error).into_exception())?;
        known.apply_to(&mut article)?;
        Ok(Self(article))
    }

    /// Reads a record that is written as one line of JSON.
    #[staticmethod]
    fn from_record(line: &[u8], fields: FieldNames, known: KnownFields) -> PyResult<Self> {
        let options = fields.into_options()?;
        let mut articles = read_articles(Cursor::new(line), InputFormat::JsonLines, RECORD, &options);
        let article = articles.next().map_or_else(
            || Err(Failure { message: "no record".to_owned(), ..Failure::default() }),
            |article| {
                article.map_err(|error| {
                    let field = error.field().map(|field| format!("field {field}: ")).unwrap_or_default();
                    let message = format!("{field}{}", error.message());
                    Failure { message, line: None, ..Failure::in_file(&error) }
                })
            },
        );
        let mut article = article.map_err(Failure::into_exception)?;
        known.apply_to(&mut article)?;
        Ok(Self(article))
    }

    /// Reads the only article of a file.
    #[staticmethod]
    fn from_file(path: PathBuf, fields: FieldNames, known: KnownFields) -> PyResult<Self> {
        let options = InputOptions {
            inputs: vec![path.clone()],
            read: fields.into_options()?,
            ..InputOptions::default()
        };
        let mut inputs = Inputs::new(options);
        let fail = |error: InputError| Failure::in_file(&error).into_exception();
        let Some(first) = inputs.next() else {
            return Err(PyValueError::new_err(format!("{}: no article", path.display())));
        };
        let mut article = first.map_err(fail)?;
        if let Some(Ok(_)) = inputs.next() {
            let message = format!("{} has several articles: score_many() reads them", path.display());
            return Err(PyValueError::new_err(message));
        }
        known.apply_to(&mut article)?;
        Ok(Self(article))
    }

    /// Id of the article.
    #[getter]
    fn id(&self) -> &str {
        &self.0.id
    }

    /// Text that the offsets of statements refer to.
    #[getter]
    fn text(&self) -> &str {
        &self.0.text
    }

    fn __repr__(&self) -> String {
        format!("Article({:?}, {} bytes)", self.0.id, self.0.text.len())
    }
}

/// Whether the error stands for an input without any record.
pub(crate) fn is_empty_input(error: &InputError) -> bool {
    error.kind() == InputErrorKind::Empty && error.line().is_none() && error.field().is_none()
}
