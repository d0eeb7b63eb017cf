//! [`ArrowScores`]: the scores of an Arrow stream, computed as they are read.

use std::collections::BTreeMap;
use std::io::BufRead;
use std::sync::{Arc, Mutex, PoisonError};

use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_schema::{ArrowError, Schema, SchemaRef};
use detente::{Article, Scorer};
use detente_timeline::{Retain, SeriesArticle};
use pyo3::exceptions::{PyKeyboardInterrupt, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

use crate::arrow_columns::{PythonColumn, python_columns};
use crate::arrow_results::{Layout, ScoredRow, joined};
use crate::arrow_rows::{ArrowRows, Waiting, check_columns};
use crate::article_stream::{Articles, ReadArticle, articles_of_lines};
use crate::capsule::{read_stream, write_stream};
use crate::chunk_reader::{ChunkReader, Raised, take_raised};
use crate::configured_engine::ConfiguredEngine;
use crate::errors::{Failure, detached};
use crate::frame_options::FrameOptions;
use crate::python_rows::PythonRows;

/// The parts of an article that a packed article keeps: what all series and comparisons need.
const RETAIN: Retain = Retain { statements: true, texts: false, details: false };
/// Name that rows without an id are numbered by.
const ROW: &str = "row";

/// The scores of an Arrow stream; they can be read once.
#[pyclass(frozen, module = "detente._native")]
pub(crate) struct ArrowScores {
    reader: Mutex<Option<ScoredBatches>>,
    schema: SchemaRef,
    findings: Arc<Mutex<Findings>>,
}

/// The exception that ended a stream.
fn raised(error: ArrowError) -> PyErr {
    match error {
        ArrowError::ExternalError(cause) => match cause.downcast::<PyErr>() {
            Ok(exception) => *exception,
            Err(cause) => PyValueError::new_err(cause.to_string()),
        },
        other => PyValueError::new_err(other.to_string()),
    }
}

/// What was found in the rows so far.
#[derive(Default)]
struct Findings {
    rows: usize,
    /// By kind, the number of warnings, with the first row and message.
    warnings: BTreeMap<String, (usize, usize, String)>,
    /// Number of errors, with the first row and message.
    errors: Option<(usize, usize, String)>,
}

impl ArrowScores {
    /// Scores the rows of the stream of `data`.
    pub(crate) fn of_stream(
        engine: ConfiguredEngine,
        data: &Bound<'_, PyAny>,
        options: FrameOptions,
    ) -> PyResult<Self> {
        let batches = read_stream(data)?;
        let input = batches.schema();
        check_columns(&input, &options.fields.named())?;
        let waiting = Waiting::default();
        let rows = ChunkReader::new(ArrowRows::new(batches, &input, Arc::clone(&waiting)));
        Self::new(engine, rows, &input, (waiting, Raised::default()), options)
    }

    /// Scores rows that an iterator gives as lines of JSON, with their number.
    pub(crate) fn of_rows(
        engine: ConfiguredEngine,
        iterator: Py<PyAny>,
        options: FrameOptions,
    ) -> PyResult<Self> {
        let waiting = Waiting::default();
        let raised = Raised::default();
        let rows = ChunkReader::new(PythonRows {
            iterator,
            waiting: Arc::clone(&waiting),
            raised: Arc::clone(&raised),
        });
        Self::new(engine, rows, &Schema::empty(), (waiting, raised), options)
    }

    fn take(&self) -> PyResult<ScoredBatches> {
        let reader = self.reader.lock().unwrap_or_else(PoisonError::into_inner).take();
        let message = "these scores were read already: they are computed as they are read, once";
        reader.ok_or_else(|| PyValueError::new_err(message))
    }

    fn new(
        engine: ConfiguredEngine,
        rows: impl BufRead + Send + 'static,
        input: &Schema,
        (waiting, raised): (Waiting, Raised),
        options: FrameOptions,
    ) -> PyResult<Self> {
        let layout = Layout {
            statements: options.statements,
            json: options.json,
            items: options.items,
            keep: options.keep,
            classes: engine.classes().to_vec(),
            prefix: options.prefix,
        };
        let read = options.fields.into_options()?;
        let schema = layout.schema(input)?;
        let findings = Arc::new(Mutex::new(Findings::default()));
        let date = options.date.as_deref().map(crate::article::day).transpose()?;
        let articles = articles_of_lines(rows, ROW, ROW, &read);
        let reader = ScoredBatches {
            articles: Box::new(
                articles.map(move |article| article.map(|a| Article { date: a.date.or(date), ..a })),
            ),
            waiting,
            raised,
            engine,
            layout,
            jobs: options.jobs,
            schema: Arc::clone(&schema),
            findings: Arc::clone(&findings),
            progress: options.progress,
            is_done: false,
        };
        Ok(Self { reader: Mutex::new(Some(reader)), schema, findings })
    }
}

#[pymethods]
impl ArrowScores {
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // the interface allows a producer to ignore the schema that is asked for
        drop(requested_schema);
        write_stream(py, Box::new(self.take()?))
    }

    /// Name, Python type and values of each column; reads the scores.
    fn columns<'py>(&self, py: Python<'py>) -> PyResult<Vec<PythonColumn<'py>>> {
        let reader = self.take()?;
        let batches = detached(py, || reader.collect::<Result<Vec<RecordBatch>, ArrowError>>())?;
        python_columns(py, &self.schema, &batches.map_err(raised)?)
    }

    /// Names of the columns.
    #[getter]
    fn column_names(&self) -> Vec<String> {
        self.schema.fields().iter().map(|field| field.name().clone()).collect()
    }

    /// Number of rows so far.
    #[getter]
    fn rows(&self) -> usize {
        self.findings.lock().unwrap_or_else(PoisonError::into_inner).rows
    }

    /// By kind, the number of warnings so far, with the first row and its message.
    #[getter]
    fn warnings(&self) -> BTreeMap<String, (usize, usize, String)> {
        self.findings.lock().unwrap_or_else(PoisonError::into_inner).warnings.clone()
    }

    /// The number of errors so far, with the first row and its message.
    #[getter]
    fn errors(&self) -> Option<(usize, usize, String)> {
        self.findings.lock().unwrap_or_else(PoisonError::into_inner).errors.clone()
    }
}

/// Batches with their scores.
struct ScoredBatches {
    articles: Articles,
    waiting: Waiting,
    raised: Raised,
    engine: ConfiguredEngine,
    layout: Layout,
    jobs: Option<usize>,
    schema: SchemaRef,
    findings: Arc<Mutex<Findings>>,
    progress: Option<Py<PyAny>>,
    is_done: bool,
}

impl ScoredBatches {
    fn take_waiting(&self) -> Option<RecordBatch> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).pop_front()
    }

    /// The next batch and the articles of its rows.
    fn next_rows(&mut self) -> Result<Option<(RecordBatch, Vec<ReadArticle>)>, ArrowError> {
        let lost = || ArrowError::ComputeError("a row has no article".to_owned());
        if let Some(batch) = self.take_waiting() {
            let rows: Vec<ReadArticle> = self.articles.by_ref().take(batch.num_rows()).collect();
            return if rows.len() == batch.num_rows() { Ok(Some((batch, rows))) } else { Err(lost()) };
        }
        let first = self.articles.next();
        let Some(batch) = self.take_waiting() else {
            if let Some(error) = take_raised(&self.raised) {
                return Err(ArrowError::ExternalError(Box::new(error)));
            }
            return match first {
                None => Ok(None),
                // the input itself failed
                Some(Err(failure)) => Err(ArrowError::ExternalError(failure.message.into())),
                Some(Ok(_)) => Err(lost()),
            };
        };
        if batch.num_rows() == 0 {
            // an empty batch comes before the row that was read
            let chained: Articles = Box::new(std::iter::empty());
            let rest = std::mem::replace(&mut self.articles, chained);
            self.articles = Box::new(first.into_iter().chain(rest));
            return Ok(Some((batch, Vec::new())));
        }
        let rows = first.into_iter().chain(self.articles.by_ref()).take(batch.num_rows());
        let rows: Vec<ReadArticle> = rows.collect();
        if rows.len() == batch.num_rows() { Ok(Some((batch, rows))) } else { Err(lost()) }
    }

    fn note(&self, read: &[ReadArticle], rows: &[Result<ScoredRow, Failure>]) -> usize {
        let mut findings = self.findings.lock().unwrap_or_else(PoisonError::into_inner);
        let start = findings.rows;
        for (at, (article, row)) in read.iter().zip(rows).enumerate() {
            let warnings = match (article, row) {
                (_, Ok(ScoredRow::Article(scored, _))) => scored.article.warnings.as_slice(),
                (Ok(article), _) => article.warnings.as_slice(),
                (Err(_), _) => &[],
            };
            for warning in warnings {
                let found = findings.warnings.entry(warning.kind.as_str().to_owned());
                found.or_insert_with(|| (0, start + at, warning.message.clone())).0 += 1;
            }
            if let Err(failure) = row {
                findings.errors.get_or_insert_with(|| (0, start + at, failure.message.clone())).0 += 1;
            }
        }
        findings.rows += rows.len();
        findings.rows
    }

    /// Warns of what was found in all rows.
    fn warn(&self) -> Result<(), ArrowError> {
        let findings = self.findings.lock().unwrap_or_else(PoisonError::into_inner);
        let Findings { rows, warnings, errors } = &*findings;
        if warnings.is_empty() && errors.is_none() {
            return Ok(());
        }
        let (rows, warnings, errors) = (*rows, warnings.clone(), errors.clone());
        drop(findings);
        Python::attach(|py| {
            py.import("detente._frames")?.getattr("warn_of")?.call1((warnings, errors, rows)).map(|_| ())
        })
        .map_err(|error| ArrowError::ExternalError(Box::new(error)))
    }

    fn next_batch(&mut self) -> Result<Option<RecordBatch>, ArrowError> {
        let Some((batch, read)) = self.next_rows()? else { return Ok(None) };
        let (engine, layout) = (&self.engine, &self.layout);
        let scored =
            engine.map_batch(&read, self.jobs, |scorer, article| score_row(engine, layout, scorer, article));
        let external = |error: PyErr| ArrowError::ExternalError(Box::new(error));
        let rows = scored.map_err(external)?;
        let count = self.note(&read, &rows);
        // Ctrl-C ends the stream, and so does an exception of the callback
        Python::attach(|py| -> PyResult<()> {
            if let Err(error) = py.check_signals() {
                // a stream passes on the text of an error only, so the signal is raised again for the caller
                if error.is_instance_of::<PyKeyboardInterrupt>(py) {
                    py.import("_thread")?.call_method0("interrupt_main")?;
                }
                return Err(error);
            }
            self.progress.as_ref().map_or(Ok(()), |call| call.call1(py, (count,)).map(|_| ()))
        })
        .map_err(external)?;
        self.layout.batch(&batch, &self.schema, &rows).map(Some)
    }
}

fn score_row(
    engine: &ConfiguredEngine,
    layout: &Layout,
    scorer: &mut Scorer,
    article: &Article,
) -> ScoredRow {
    if layout.statements {
        let statement = ConfiguredEngine::score_statement_with(scorer, article);
        return ScoredRow::Statement(Box::new(statement), joined(&article.warnings));
    }
    let scored = engine.score_with(scorer, article);
    let item = layout.items.then(|| {
        let item = SeriesArticle::of_scored(&scored.article, RETAIN);
        item.with_model_checksum(engine.short_checksum()).to_bytes()
    });
    ScoredRow::Article(Box::new(scored), item)
}

impl Iterator for ScoredBatches {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_done {
            return None;
        }
        let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| self.next_batch()));
        let next = caught.unwrap_or_else(|_| Err(ArrowError::ComputeError("internal error".to_owned())));
        self.is_done = !matches!(next, Ok(Some(_)));
        if matches!(next, Ok(None)) {
            return self.warn().err().map(Err);
        }
        next.transpose()
    }
}

impl RecordBatchReader for ScoredBatches {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }
}
