//! [`NativeEngine`]: a model with settings, as Python sees it.

use std::path::PathBuf;

use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::{PyBytes, PyList};

use crate::arrow_scores::ArrowScores;
use crate::article::NativeArticle;
use crate::article_stream::ArticleStream;
use crate::configured_engine::{ConfiguredEngine, Settings};
use crate::errors::detached;
use crate::explained::NativeExplained;
use crate::frame_options::FrameOptions;
use crate::model_source::ModelSource;
use crate::scored::NativeScored;

/// A model with settings.
#[pyclass(frozen, name = "Engine", module = "detente._native")]
#[derive(Clone)]
pub(crate) struct NativeEngine(pub(crate) ConfiguredEngine);

/// What another process needs to make the same engine.
type State<'py> = (Option<Bound<'py, PyBytes>>, String, String, bool, bool, String, Option<String>);

#[pymethods]
impl NativeEngine {
    #[new]
    fn new(
        model: Option<PathBuf>,
        any_language: bool,
        date_from_text: bool,
        aggregate: String,
        parties: Option<String>,
    ) -> PyResult<Self> {
        let settings = Settings { any_language, date_from_text, aggregate, parties };
        ConfiguredEngine::with(ModelSource::open(model.as_deref())?, settings).map(Self)
    }

    /// What another process needs to make the same engine.
    fn state<'py>(&self, py: Python<'py>) -> State<'py> {
        let Settings { any_language, date_from_text, aggregate, parties } = self.0.settings.clone();
        let bytes = self.0.source.bytes.as_deref().map(|bytes| PyBytes::new(py, bytes));
        let id = self.0.engine.model().id().to_owned();
        (bytes, self.0.source.checksum.clone(), id, any_language, date_from_text, aggregate, parties)
    }

    /// Makes the engine that `state` described in another process.
    #[staticmethod]
    fn from_state(
        bytes: Option<PyBackedBytes>,
        checksum: &str,
        id: &str,
        any_language: bool,
        date_from_text: bool,
        aggregate: String,
        parties: Option<String>,
    ) -> PyResult<Self> {
        let settings = Settings { any_language, date_from_text, aggregate, parties };
        ConfiguredEngine::with(ModelSource::restore(bytes.as_deref(), checksum, id)?, settings).map(Self)
    }

    #[getter]
    fn model_id(&self) -> &str {
        self.0.engine.model().id()
    }

    #[getter]
    fn model_checksum(&self) -> &str {
        &self.0.source.checksum
    }

    #[getter]
    fn model_classes(&self) -> Vec<String> {
        self.0.classes().to_vec()
    }

    /// Scores an article.
    fn score(&self, py: Python<'_>, article: &NativeArticle) -> PyResult<NativeScored> {
        detached(py, || self.0.score_with(&mut self.0.engine.scorer(), &article.0))
    }

    /// Scores the body of an article as one statement; returns the line that `score --statements` writes.
    fn score_statement(&self, py: Python<'_>, article: &NativeArticle) -> PyResult<String> {
        detached(py, || {
            let scored = ConfiguredEngine::score_statement_with(&mut self.0.engine.scorer(), &article.0);
            crate::scored::statement_line(&article.0.id, &scored)
        })
    }

    /// Scores an article and explains its score.
    fn explain(&self, py: Python<'_>, article: &NativeArticle) -> PyResult<NativeExplained> {
        detached(py, || NativeExplained::new(self.0.engine.explain(&self.0.prepared(&article.0))))
    }

    /// Scores the next articles of a stream; an empty list is its end. Failures stand as exceptions in the list.
    fn score_next<'py>(
        &self,
        py: Python<'py>,
        articles: &ArticleStream,
        limit: usize,
        jobs: Option<usize>,
    ) -> PyResult<Bound<'py, PyList>> {
        let scored = detached(py, || {
            let batch = articles.next_batch(limit);
            self.0.map_batch(&batch, jobs, |scorer, article| self.0.score_with(scorer, article))
        })??;
        articles.raised()?;
        let list = PyList::empty(py);
        for result in scored {
            match result {
                Ok(scored) => list.append(scored)?,
                Err(failure) => list.append(failure.into_exception())?,
            }
        }
        Ok(list)
    }

    /// Scores the rows of an Arrow stream or batch.
    fn score_arrow(&self, data: &Bound<'_, PyAny>, options: FrameOptions) -> PyResult<ArrowScores> {
        ArrowScores::of_stream(self.0.clone(), data, options)
    }

    /// Scores rows that an iterator gives as pairs of lines of JSON and their number.
    fn score_rows(&self, rows: Py<PyAny>, options: FrameOptions) -> PyResult<ArrowScores> {
        ArrowScores::of_rows(self.0.clone(), rows, options)
    }
}
