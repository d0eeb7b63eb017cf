//! [`ConfiguredEngine`]: a model with settings, which scores single articles and batches.

use std::borrow::Cow;
use std::collections::BTreeMap;

use detente::{Article, Engine, Profile, ScoredStatement, Scorer};
use pyo3::PyResult;
use rayon::prelude::*;

use crate::article::parties_of;
use crate::article_stream::ReadArticle;
use crate::errors::{Failure, library_error};
use crate::model_source::ModelSource;
use crate::pool::pool;
use crate::scored::NativeScored;

/// Ranges of a batch for each thread: enough to balance long and short articles, and few scorers.
const RANGES_PER_JOB: usize = 4;

/// Settings of an engine beside its model.
#[derive(Clone, Default)]
pub(crate) struct Settings {
    pub(crate) any_language: bool,
    pub(crate) date_from_text: bool,
    pub(crate) aggregate: String,
    /// Text of a parties file.
    pub(crate) parties: Option<String>,
}

/// A model with settings.
#[derive(Clone)]
pub(crate) struct ConfiguredEngine {
    pub(crate) source: ModelSource,
    pub(crate) settings: Settings,
    pub(crate) engine: Engine,
    parties: BTreeMap<String, Vec<String>>,
}

impl ConfiguredEngine {
    /// Applies settings to a model.
    ///
    /// # Errors
    /// If a setting is unknown or the parties cannot be read.
    pub(crate) fn with(source: ModelSource, settings: Settings) -> PyResult<Self> {
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

    /// The article with the parties and the date that the settings give it.
    pub(crate) fn prepared<'a>(&self, article: &'a Article) -> Cow<'a, Article> {
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
