//! Results of many articles: for timelines, briefs and comparisons, and for export.

use detente::{Result, ScoredArticle};
use detente_timeline::{Retain, ScoredRow, SeriesArticle};
use rusqlite::params_from_iter;

use crate::archive::Archive;
use crate::article_filter::ArticleFilter;
use crate::keys::ModelKey;
use crate::result_form::{unpack_json, unpack_result};

use rayon::prelude::*;

/// Results that are unpacked together.
const BATCH: usize = 512;

impl Archive {
    /// What a series keeps of the articles that `filter` accepts and `model` scored, in the order of adding.
    ///
    /// # Errors
    /// If the archive cannot be read or a result is damaged.
    pub fn series_articles(
        &self,
        filter: &ArticleFilter,
        model: ModelKey,
        retain: Retain,
    ) -> Result<Vec<SeriesArticle>> {
        let mut articles = Vec::new();
        self.for_each_batch(filter, model, |batch| {
            let unpacked: Result<Vec<SeriesArticle>> =
                batch.par_iter().map(|packed| series_article(packed, retain)).collect();
            articles.extend(unpacked?);
            Ok(())
        })?;
        Ok(articles)
    }

    /// Passes the results of `model` for the articles that `filter` accepts to `use_result`, in the order of adding.
    ///
    /// # Errors
    /// If the archive cannot be read or a result is damaged, and the first error of `use_result`.
    pub fn for_each_result<E: From<detente::Error>>(
        &self,
        filter: &ArticleFilter,
        model: ModelKey,
        mut use_result: impl FnMut(ScoredArticle) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut failure = None;
        let read = self.for_each_batch(filter, model, |batch| {
            let unpacked: Result<Vec<ScoredArticle>> =
                batch.par_iter().map(|packed| unpack_result(packed)).collect();
            for scored in unpacked? {
                if let Err(error) = use_result(scored) {
                    failure = Some(error);
                    return Err(detente::Error::data("stopped"));
                }
            }
            Ok(())
        });
        match failure {
            Some(error) => Err(error),
            None => read.map_err(E::from),
        }
    }

    /// Passes the packed results to `use_batch`, some hundred at a time.
    fn for_each_batch(
        &self,
        filter: &ArticleFilter,
        model: ModelKey,
        mut use_batch: impl FnMut(&[Vec<u8>]) -> Result<()>,
    ) -> Result<()> {
        let (condition, values) = filter.condition();
        let sql = format!(
            "SELECT result.json FROM article JOIN result ON result.article = article.article AND result.model = {}
             WHERE {condition} ORDER BY article.article",
            model.0
        );
        let mut failure = Ok(());
        self.run(|connection| {
            let mut query = connection.prepare_cached(&sql)?;
            let mut rows = query.query(params_from_iter(values))?;
            let mut batch = Vec::with_capacity(BATCH);
            loop {
                let row = rows.next()?;
                let is_last = row.is_none();
                if let Some(row) = row {
                    batch.push(row.get(0)?);
                }
                if batch.len() == BATCH || is_last {
                    failure = use_batch(&batch);
                    batch.clear();
                }
                if is_last || failure.is_err() {
                    return Ok(());
                }
            }
        })?;
        failure.map_err(|error| error.in_file(self.path()))
    }
}

fn series_article(packed: &[u8], retain: Retain) -> Result<SeriesArticle> {
    if retain.details {
        return Ok(SeriesArticle::of_scored(&unpack_result(packed)?, retain));
    }
    let json = unpack_json(packed)?;
    Ok(SeriesArticle::new(&ScoredRow::from_json(&json)?, retain))
}
