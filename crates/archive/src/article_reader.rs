//! [`ArchiveArticles`]: reads the articles of an archive one by one.

use std::collections::VecDeque;

use detente::{Article, Result};
use rusqlite::params;

use crate::archive::Archive;
use crate::article_columns::article_from_row;
use crate::keys::ArticleKey;

/// Articles that are read together.
const BATCH: usize = 256;

/// The articles of an archive in the order of adding, to score them.
///
/// Reads some hundred at a time, so that no query stays open: a writer is not held up, and articles that are added
/// meanwhile are included.
#[derive(Debug)]
pub struct ArchiveArticles {
    archive: Archive,
    last: i64,
    waiting: VecDeque<(ArticleKey, Article)>,
    is_done: bool,
}

impl Archive {
    /// Reads all articles.
    #[must_use]
    pub fn into_articles(self) -> ArchiveArticles {
        ArchiveArticles { archive: self, last: 0, waiting: VecDeque::new(), is_done: false }
    }
}

impl Iterator for ArchiveArticles {
    type Item = Result<(ArticleKey, Article)>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.waiting.is_empty() && !self.is_done {
            let read = self.archive.run(|connection| {
                let mut query = connection.prepare_cached(
                    "SELECT article.*, body.* FROM article JOIN body USING (article)
                     WHERE article.article > ?1 ORDER BY article.article LIMIT ?2",
                )?;
                let article =
                    |row: &rusqlite::Row<'_>| Ok((ArticleKey(row.get("article")?), article_from_row(row)?));
                query.query_map(params![self.last, BATCH], article)?.collect::<rusqlite::Result<Vec<_>>>()
            });
            match read {
                Ok(articles) => {
                    self.is_done = articles.len() < BATCH;
                    self.waiting = articles.into();
                }
                Err(error) => {
                    self.is_done = true;
                    return Some(Err(error));
                }
            }
        }
        let (key, article) = self.waiting.pop_front()?;
        self.last = key.0;
        Some(Ok((key, article)))
    }
}
