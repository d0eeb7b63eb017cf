//! [`NativeCollector`]: collects scored articles for a timeline, a comparison or a brief, which is a [`NativeReport`].

use std::sync::{Mutex, PoisonError};

use detente::{Error, ScoredArticle};
use detente_report::{BriefFormat, SeriesFormat, write_brief, write_comparison, write_timeline};
use detente_timeline::{
    BriefReport, Collection, Collector, Comparison, DateLimits, Retain, ScoredRow, SeriesArticle, Timeline,
    brief, compare, sections, seems_several, timeline,
};
use pyo3::exceptions::{PyOSError, PyValueError};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::PyList;

use crate::article_stream::ArticleStream;
use crate::engine::NativeEngine;
use crate::errors::{Failure, detached, library_error};
use crate::pool::pool;
use crate::scored::NativeScored;
use crate::series_settings::{BriefOptions, CompareOptions, TimelineOptions};

/// Width of text.
const WIDTH: usize = 100;

/// Scored articles of a timeline, a comparison or a brief.
#[pyclass(frozen, name = "Collector", module = "detente._native")]
pub(crate) struct NativeCollector {
    /// `None` after the result was computed.
    collector: Mutex<Option<Collector>>,
    retain: Retain,
    jobs: Option<usize>,
}

impl NativeCollector {
    fn push(&self, articles: impl IntoIterator<Item = SeriesArticle>, second: bool) -> PyResult<()> {
        let mut collector = self.collector.lock().unwrap_or_else(PoisonError::into_inner);
        let collector = collector.as_mut().ok_or_else(used)?;
        articles.into_iter().for_each(|article| collector.push(article.in_set(second)));
        Ok(())
    }

    fn take(&self) -> PyResult<Collector> {
        self.collector.lock().unwrap_or_else(PoisonError::into_inner).take().ok_or_else(used)
    }

    /// Runs `compute` on the thread pool of this process.
    fn compute<T: Send>(
        &self,
        py: Python<'_>,
        compute: impl FnOnce() -> Result<T, Error> + Send,
    ) -> PyResult<T> {
        let pool = pool(self.jobs)?;
        detached(py, || pool.install(compute))?.map_err(|error| library_error(&error))
    }
}

fn used() -> PyErr {
    PyValueError::new_err("this collector was used already")
}

#[pymethods]
impl NativeCollector {
    #[new]
    fn new(statements: bool, texts: bool, details: bool, jobs: Option<usize>) -> Self {
        let retain = Retain { statements, texts, details };
        Self { collector: Mutex::new(Some(Collector::default())), retain, jobs }
    }

    /// Adds a scored article.
    fn add_scored(&self, scored: &NativeScored, second: bool) -> PyResult<()> {
        self.push([SeriesArticle::of_scored(&scored.article, self.retain)], second)
    }

    /// Adds a packed article.
    fn add_item(&self, item: PyBackedBytes, second: bool) -> PyResult<()> {
        let article = SeriesArticle::from_bytes(&item).map_err(|error| library_error(&error))?;
        self.push([article], second)
    }

    /// Adds an article from the line that the program wrote.
    fn add_line(&self, line: PyBackedBytes, second: bool) -> PyResult<()> {
        let article = if self.retain.details {
            let scored = serde_json::from_slice::<ScoredArticle>(&line)
                .map_err(|error| Error::data(format!("not a scored article: {error}")));
            scored.map(|scored| SeriesArticle::of_scored(&scored, self.retain))
        } else {
            ScoredRow::from_json(&line).map(|row| SeriesArticle::new(&row, self.retain))
        };
        self.push([article.map_err(|error| library_error(&error))?], second)
    }

    /// Scores and adds the next articles of a stream; returns their number, and the failures as exceptions.
    fn add_next<'py>(
        &self,
        py: Python<'py>,
        engine: &NativeEngine,
        articles: &ArticleStream,
        limit: usize,
        second: bool,
    ) -> PyResult<(usize, Bound<'py, PyList>)> {
        let engine = &engine.0;
        let checksum = engine.short_checksum();
        let packed = detached(py, || {
            let batch = articles.next_batch(limit);
            engine.map_batch(&batch, self.jobs, |scorer, article| {
                let scored = engine.score_with(scorer, article);
                SeriesArticle::of_scored(&scored.article, self.retain).with_model_checksum(checksum)
            })
        })??;
        articles.raised()?;
        let count = packed.len();
        let failures = PyList::empty(py);
        let mut kept = Vec::with_capacity(count);
        for result in packed {
            match result {
                Ok(article) => kept.push(article),
                Err(failure) => failures.append(Failure::into_exception(failure))?,
            }
        }
        self.push(kept, second)?;
        Ok((count, failures))
    }

    /// Computes a timeline.
    fn timeline(&self, py: Python<'_>, options: TimelineOptions) -> PyResult<NativeReport> {
        let (settings, limits) = (options.settings()?, options.limits()?);
        let collector = self.take()?;
        let found = self.compute(py, || timeline(&collector.finish(&limits)?, &settings))?;
        Ok(NativeReport(Content::Timeline(Box::new(found))))
    }

    /// Compares two sets.
    fn compare(&self, py: Python<'_>, options: CompareOptions) -> PyResult<NativeReport> {
        let (sets, limits) = (options.sets()?, options.limits()?);
        let collector = self.take()?;
        let found = self.compute(py, || compare(&collector.finish(&limits)?, &sets))?;
        Ok(NativeReport(Content::Comparison(Box::new(found))))
    }

    /// Computes a brief of each negotiation.
    fn brief(&self, py: Python<'_>, options: BriefOptions) -> PyResult<NativeReport> {
        let (settings, limits) = (options.settings()?, options.limits()?);
        let mut collector = self.take()?;
        if !options.about.is_empty() {
            collector.keep_about(&options.about);
        }
        let found = self.compute(py, || briefs(collector, &settings, &limits))?;
        Ok(NativeReport(Content::Brief(Box::new(found))))
    }
}

/// The briefs of all sections, the one with the newest article first. A section without a usable article is left out,
/// unless it is the only one.
fn briefs(
    collector: Collector,
    settings: &detente_timeline::BriefSettings,
    limits: &DateLimits,
) -> Result<BriefReport, Error> {
    let sections = sections(collector);
    let is_single = sections.len() == 1;
    let (mut briefs, mut several) = (Vec::new(), None);
    for section in sections {
        let articles: Collection = match section.finish(limits) {
            Ok(articles) => articles,
            Err(error) if is_single => return Err(error),
            Err(_) => continue,
        };
        if is_single {
            several = seems_several(&articles);
        }
        briefs.push(brief(&articles, settings)?);
    }
    if briefs.is_empty() {
        return Err(Error::data("no dated article with an outlook"));
    }
    briefs.sort_by(|a, b| b.last.cmp(&a.last).then_with(|| a.name.cmp(&b.name)));
    Ok(BriefReport::new(briefs, several))
}

enum Content {
    Timeline(Box<Timeline>),
    Comparison(Box<Comparison>),
    Brief(Box<BriefReport>),
}

/// A timeline, a comparison or a brief.
#[pyclass(frozen, name = "Report", module = "detente._native")]
pub(crate) struct NativeReport(Content);

#[pymethods]
impl NativeReport {
    /// The report in one of the formats of the program.
    fn render(&self, py: Python<'_>, format: &str) -> PyResult<String> {
        let invalid = |error: Error| library_error(&error);
        let mut out = Vec::new();
        let written = match &self.0 {
            Content::Brief(report) => {
                let format: BriefFormat = format.parse().map_err(invalid)?;
                detached(py, || write_brief(report, format, WIDTH, &mut out))?
            }
            Content::Timeline(found) => {
                let format: SeriesFormat = format.parse().map_err(invalid)?;
                detached(py, || write_timeline(found, format, WIDTH, &mut out))?
            }
            Content::Comparison(found) => {
                let format: SeriesFormat = format.parse().map_err(invalid)?;
                detached(py, || write_comparison(found, format, WIDTH, &mut out))?
            }
        };
        written.map_err(|error| PyOSError::new_err(error.to_string()))?;
        Ok(String::from_utf8_lossy(&out).into_owned())
    }
}
