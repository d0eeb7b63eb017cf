//! Results of many articles: for timelines, briefs and comparisons, and for export.

use detente::{ErrorKind, Result, ScoredArticle};
use detente_timeline::{Retain, ScoredRow, SeriesArticle};
use rusqlite::params_from_iter;

use crate::archive::Archive;
use crate::article_filter::ArticleFilter;
use crate::keys::ModelKey;
use crate::result_form::{item_has, unpack_json, unpack_result};

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
        if item_has(retain) {
            let unpack = |packed: &Vec<u8>| SeriesArticle::from_bytes(packed);
            match self.unpacked("result.item", filter, model, unpack) {
                // a later version of the program wrote some; the results themselves keep their form
                Err(error) if error.kind() == ErrorKind::Unsupported => {}
                done => return done,
            }
        }
        self.unpacked("result.json", filter, model, |packed| {
            if retain.details {
                return Ok(SeriesArticle::of_scored(&unpack_result(packed)?, retain));
            }
            let json = unpack_json(packed)?;
            Ok(SeriesArticle::new(&ScoredRow::from_json(&json)?, retain))
        })
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
        let read = self.for_each_batch("result.json", filter, model, |batch| {
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

    /// The values of `column`, unpacked in parallel.
    fn unpacked<T: Send>(
        &self,
        column: &str,
        filter: &ArticleFilter,
        model: ModelKey,
        unpack: impl Fn(&Vec<u8>) -> Result<T> + Sync,
    ) -> Result<Vec<T>> {
        let mut all = Vec::new();
        self.for_each_batch(column, filter, model, |batch| {
            let unpacked: Result<Vec<T>> = batch.par_iter().map(&unpack).collect();
            all.extend(unpacked?);
            Ok(())
        })?;
        Ok(all)
    }

    /// Passes the values of `column` to `use_batch`, some hundred at a time.
    fn for_each_batch(
        &self,
        column: &str,
        filter: &ArticleFilter,
        model: ModelKey,
        mut use_batch: impl FnMut(&[Vec<u8>]) -> Result<()>,
    ) -> Result<()> {
        let (condition, values) = filter.condition();
        let sql = format!(
            "SELECT {column} FROM article JOIN result ON result.article = article.article AND result.model = {}
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
