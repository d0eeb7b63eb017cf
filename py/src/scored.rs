//! [`NativeScored`]: a scored article with its text.

use std::io;

use detente::internals::map_offsets;
use detente::{Article, Day, ScoredArticle, ScoredStatement, Span};
use detente_report::{JsonLinesReport, Report};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

/// A scored article with its text.
#[pyclass(frozen, name = "Scored", module = "detente._native")]
pub(crate) struct NativeScored {
    /// Offsets refer to `text`.
    pub(crate) article: ScoredArticle,
    text: Box<str>,
    /// The same with offsets in the file that the text was converted from.
    mapped: Option<Box<ScoredArticle>>,
}

impl NativeScored {
    /// Keeps a result with the text of its article.
    pub(crate) fn new(scored: ScoredArticle, article: &Article) -> Self {
        let mapped = article.source_map.as_ref().map(|map| {
            let mut mapped = Box::new(scored.clone());
            map_offsets(&mut mapped.statements, map);
            mapped
        });
        Self { article: scored, text: article.text.as_str().into(), mapped }
    }

    /// The line that `score --format jsonl` writes, without its line break.
    pub(crate) fn line(&self) -> String {
        let mut line = Vec::new();
        let written =
            JsonLinesReport::default().article(self.mapped.as_deref().unwrap_or(&self.article), &mut line);
        text_of(written, line)
    }

    fn outlook<T>(&self, field: impl Fn(&detente::Outlook) -> T) -> Option<T> {
        self.article.outlook.as_ref().map(field)
    }
}

/// The line that `score --statements --format jsonl` writes, without its line break.
pub(crate) fn statement_line(id: &str, statement: &ScoredStatement) -> String {
    let mut line = Vec::new();
    let written = JsonLinesReport::default().statement(id, statement, &mut line);
    text_of(written, line)
}

fn text_of(written: io::Result<()>, mut line: Vec<u8>) -> String {
    // writing to memory does not fail
    debug_assert!(written.is_ok());
    line.pop_if(|last| *last == b'\n');
    String::from_utf8_lossy(&line).into_owned()
}

#[pymethods]
impl NativeScored {
    #[getter]
    fn id(&self) -> &str {
        &self.article.id
    }

    #[getter]
    fn title(&self) -> Option<&str> {
        self.article.title.as_deref()
    }

    /// Date of publication, as YYYY-MM-DD.
    #[getter]
    fn date(&self) -> Option<String> {
        self.article.date.map(|day: Day| day.to_string())
    }

    #[getter]
    fn source(&self) -> Option<&str> {
        self.article.source.as_deref()
    }

    #[getter]
    fn negotiation(&self) -> Option<&str> {
        self.article.negotiation.as_deref()
    }

    #[getter]
    fn domain(&self) -> Option<&str> {
        self.article.domain.as_deref()
    }

    #[getter]
    fn model(&self) -> &str {
        &self.article.model
    }

    #[getter]
    fn score(&self) -> Option<f64> {
        self.outlook(|outlook| outlook.score.get())
    }

    #[getter]
    fn low(&self) -> Option<f64> {
        self.outlook(|outlook| outlook.low.get())
    }

    #[getter]
    fn high(&self) -> Option<f64> {
        self.outlook(|outlook| outlook.high.get())
    }

    #[getter]
    fn coverage(&self) -> Option<f64> {
        self.outlook(|outlook| outlook.coverage.get())
    }

    #[getter]
    fn reading(&self) -> Option<&'static str> {
        self.outlook(|outlook| outlook.reading.as_str())
    }

    #[getter]
    fn hedge(&self) -> Option<f64> {
        self.outlook(|outlook| outlook.hedge).flatten().map(detente::Probability::get)
    }

    #[getter]
    fn thin(&self) -> Option<bool> {
        self.outlook(|outlook| outlook.thin)
    }

    #[getter]
    fn reason(&self) -> Option<&str> {
        self.article.reason.as_deref()
    }

    /// Number of statements.
    #[getter]
    fn statement_count(&self) -> usize {
        self.article.statements.len()
    }

    /// Number of statements that count.
    #[getter]
    fn bearing_count(&self) -> usize {
        self.outlook(|outlook| outlook.bearing).unwrap_or(0)
    }

    /// Text that the offsets in characters refer to.
    #[getter]
    fn text(&self) -> &str {
        &self.text
    }

    /// The line that the program writes.
    fn to_json(&self) -> String {
        self.line()
    }

    /// The object with offsets in bytes of `text`, which differ from those of `to_json` if the file was converted.
    fn plain_json(&self) -> PyResult<String> {
        serde_json::to_string(&self.article).map_err(|error| PyValueError::new_err(error.to_string()))
    }

    /// For each offset in bytes of `text`, that in characters.
    fn characters(&self, offsets: Vec<usize>) -> Vec<usize> {
        if self.text.is_ascii() {
            return offsets;
        }
        let mut order: Vec<usize> = (0..offsets.len()).collect();
        order.sort_unstable_by_key(|at| offsets.get(*at));
        let mut characters = offsets.clone();
        let (mut byte, mut count) = (0, 0);
        for at in order {
            let (Some(offset), Some(slot)) = (offsets.get(at), characters.get_mut(at)) else { continue };
            count += Span::new(byte, *offset).slice(&self.text).chars().count();
            byte = byte.max(*offset);
            *slot = count;
        }
        characters
    }

    /// The packed article that `timeline` reads, with the start of the model's checksum.
    #[pyo3(signature = (checksum, statements=true, texts=false, details=false))]
    fn to_item(&self, checksum: &str, statements: bool, texts: bool, details: bool) -> PyResult<Vec<u8>> {
        let retain = detente_timeline::Retain { statements, texts, details };
        let invalid = || PyValueError::new_err("checksum must have at least 16 hexadecimal digits");
        let digits = checksum.get(..16).ok_or_else(invalid)?;
        let number = u64::from_str_radix(digits, 16).map_err(|_| invalid())?;
        let item = detente_timeline::SeriesArticle::of_scored(&self.article, retain);
        Ok(item.with_model_checksum(number.to_be_bytes()).to_bytes())
    }

    /// What another process needs to make the same result.
    fn state(&self) -> PyResult<(String, String, Option<String>)> {
        let mapped = self.mapped.is_some().then(|| self.line());
        Ok((self.plain_json()?, self.text.to_string(), mapped))
    }

    /// Makes the result that `state` described.
    #[staticmethod]
    fn from_state(article: &str, text: String, mapped: Option<&str>) -> PyResult<Self> {
        let parse = |json: &str| -> PyResult<ScoredArticle> {
            serde_json::from_str(json).map_err(|error| PyValueError::new_err(error.to_string()))
        };
        let mapped = mapped.map(parse).transpose()?.map(Box::new);
        Ok(Self { article: parse(article)?, text: text.into(), mapped })
    }
}
