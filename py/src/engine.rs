//! [`NativeEngine`]: a model with settings, which scores articles one by one or in batches.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::PathBuf;

use detente::{Article, Engine, Profile, ScoredStatement, Scorer};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::{PyBytes, PyList};

use rayon::prelude::*;

use crate::arrow_scores::ArrowScores;
use crate::article::{NativeArticle, parties_of};
use crate::article_stream::{ArticleStream, ReadArticle};
use crate::errors::{Failure, detached, library_error};
use crate::explained::NativeExplained;
use crate::frame_options::FrameOptions;
use crate::model_source::ModelSource;
use crate::pool::pool;
use crate::scored::NativeScored;

/// Ranges of a batch for each thread: enough to balance long and short articles, and few scorers.
const RANGES_PER_JOB: usize = 4;

/// Settings of an engine beside its model.
#[derive(Clone, Default)]
struct Settings {
    any_language: bool,
    date_from_text: bool,
    aggregate: String,
    /// Text of a parties file.
    parties: Option<String>,
}

/// A model with settings.
#[pyclass(frozen, name = "Engine", module = "detente._native")]
#[derive(Clone)]
pub(crate) struct NativeEngine {
    source: ModelSource,
    settings: Settings,
    engine: Engine,
    parties: BTreeMap<String, Vec<String>>,
}

/// What another process needs to make the same engine.
type State<'py> = (Option<Bound<'py, PyBytes>>, String, String, bool, bool, String, Option<String>);

impl NativeEngine {
    fn with(source: ModelSource, settings: Settings) -> PyResult<Self> {
        let mut engine = source.engine.clone().any_language(settings.any_language);
        if settings.aggregate != "learned" {
            let profile: Profile = settings.aggregate.parse().map_err(|error| library_error(&error))?;
            let aggregation = engine.model().aggregation().alone(profile);
            engine = engine.aggregate(aggregation);
        }
        let parties = settings.parties.as_deref().map(parties_of).transpose()?.unwrap_or_default();
        Ok(Self { source, settings, engine, parties })
    }

    /// The names of the model's classes.
    pub(crate) fn classes(&self) -> &[String] {
        self.engine.model().classes()
    }

    /// The start of the model's checksum.
    pub(crate) fn short_checksum(&self) -> [u8; 8] {
        self.source.short_checksum()
    }

    fn prepared<'a>(&self, article: &'a Article) -> Cow<'a, Article> {
        if !self.settings.date_from_text && (self.parties.is_empty() || !article.parties.is_empty()) {
            return Cow::Borrowed(article);
        }
        let mut article = article.clone();
        if article.parties.is_empty() {
            article.parties.clone_from(&self.parties);
        }
        if self.settings.date_from_text {
            article.correct_date();
        }
        Cow::Owned(article)
    }

    /// Scores an article with the working memory of `scorer`.
    pub(crate) fn score_with(&self, scorer: &mut Scorer, article: &Article) -> NativeScored {
        let article = self.prepared(article);
        NativeScored::new(self.engine.score_with(scorer, &article), &article)
    }

    /// Scores the body of an article as one statement.
    pub(crate) fn score_statement_with(scorer: &mut Scorer, article: &Article) -> ScoredStatement {
        Engine::score_unsplit_with(scorer, article)
    }

    /// Applies `score` to each article of a batch, in order, on `jobs` threads.
    pub(crate) fn map_batch<T: Send>(
        &self,
        batch: &[ReadArticle],
        jobs: Option<usize>,
        score: impl Fn(&mut Scorer, &Article) -> T + Sync,
    ) -> PyResult<Vec<Result<T, Failure>>> {
        let score_range = |range: &[ReadArticle]| -> Vec<Result<T, Failure>> {
            let mut scorer = self.engine.scorer();
            let score_one = |article: &ReadArticle| match article {
                Ok(article) => Ok(score(&mut scorer, article)),
                Err(failure) => Err(failure.clone()),
            };
            range.iter().map(score_one).collect()
        };
        if jobs == Some(1) || batch.len() < 2 {
            return Ok(score_range(batch));
        }
        let pool = pool(jobs)?;
        let range = batch.len().div_ceil(RANGES_PER_JOB * pool.current_num_threads());
        let ranges: Vec<Vec<_>> = pool.install(|| batch.par_chunks(range).map(score_range).collect());
        Ok(ranges.into_iter().flatten().collect())
    }
}

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
        Self::with(ModelSource::open(model.as_deref())?, settings)
    }

    /// What another process needs to make the same engine.
    fn state<'py>(&self, py: Python<'py>) -> State<'py> {
        let Settings { any_language, date_from_text, aggregate, parties } = self.settings.clone();
        let bytes = self.source.bytes.as_deref().map(|bytes| PyBytes::new(py, bytes));
        let id = self.engine.model().id().to_owned();
        (bytes, self.source.checksum.clone(), id, any_language, date_from_text, aggregate, parties)
    }

    /// Makes the engine that `state` described in another process.
    #[staticmethod]
    #[expect(clippy::too_many_arguments, reason = "the parts of `state`")]
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
        Self::with(ModelSource::restore(bytes.as_deref(), checksum, id)?, settings)
    }

    #[getter]
    fn model_id(&self) -> &str {
        self.engine.model().id()
    }

    #[getter]
    fn model_checksum(&self) -> &str {
        &self.source.checksum
    }

    #[getter]
    fn model_classes(&self) -> Vec<String> {
        self.classes().to_vec()
    }

    /// Scores an article.
    fn score(&self, py: Python<'_>, article: &NativeArticle) -> PyResult<NativeScored> {
        detached(py, || self.score_with(&mut self.engine.scorer(), &article.0))
    }

    /// Scores the body of an article as one statement; returns the line that `score --statements` writes.
    fn score_statement(&self, py: Python<'_>, article: &NativeArticle) -> PyResult<String> {
        detached(py, || {
            let scored = Self::score_statement_with(&mut self.engine.scorer(), &article.0);
            crate::scored::statement_line(&article.0.id, &scored)
        })
    }

    /// Scores an article and explains its score.
    fn explain(&self, py: Python<'_>, article: &NativeArticle) -> PyResult<NativeExplained> {
        detached(py, || NativeExplained::new(self.engine.explain(&self.prepared(&article.0))))
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
            self.map_batch(&batch, jobs, |scorer, article| self.score_with(scorer, article))
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
        ArrowScores::of_stream(self.clone(), data, options)
    }

    /// Scores rows that an iterator gives as pairs of lines of JSON and their number.
    fn score_rows(&self, rows: Py<PyAny>, options: FrameOptions) -> PyResult<ArrowScores> {
        ArrowScores::of_rows(self.clone(), rows, options)
    }
}
