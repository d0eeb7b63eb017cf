//! Full-text search.

use detente::Result;
use rusqlite::{Connection, params, params_from_iter};
use serde::Serialize;

use crate::archive::Archive;
use crate::article_filter::{ArticleFilter, Page};
use crate::article_summary::{ArticleSummary, SUMMARY_COLUMNS, summary_from_row};
use crate::keys::ModelKey;
use crate::search_words::match_expression;

/// Marks of found words in the snippets of SQLite; the text is free of them or shows a word as found.
const MARKS: [char; 2] = ['\u{2}', '\u{3}'];
/// Where more articles have the words, they are not ranked, which would read every one of them.
const MAX_RANKED: usize = 10_000;
/// Words of a snippet.
const SNIPPET_WORDS: usize = 24;

/// An article that has the words of a search.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Hit {
    /// The article; its fields are those of the hit in JSON.
    #[serde(flatten)]
    pub article: ArticleSummary,
    /// The passage of the title or the text with most of the words.
    pub snippet: Vec<SnippetPart>,
}

/// A part of a snippet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SnippetPart {
    /// The text, with line breaks.
    pub text: String,
    /// Whether it is one of the words that were searched; `match` in JSON.
    #[serde(rename = "match")]
    pub is_match: bool,
}

impl Archive {
    /// The articles among those of `filter` that have all of `words`, the best match first; words that more than 10,000
    /// articles have are common, and the article that was added last is first.
    ///
    /// Words are found in all their forms ("talk" in "talking"), without regard to case and accents. A part in
    /// quotation marks is a phrase, `negotiat*` any word that begins so. Other signs have no meaning.
    ///
    /// # Errors
    /// If there is no word, or the archive cannot be read.
    pub fn find(
        &self,
        words: &str,
        filter: &ArticleFilter,
        model: Option<ModelKey>,
        page: Page,
    ) -> Result<Vec<Hit>> {
        self.find_ranked(words, filter, model, page, MAX_RANKED)
    }

    fn find_ranked(
        &self,
        words: &str,
        filter: &ArticleFilter,
        model: Option<ModelKey>,
        page: Page,
        max_ranked: usize,
    ) -> Result<Vec<Hit>> {
        let expression = match_expression(words)?;
        let (condition, conditions) = filter.condition();
        let order = if self.is_common(&expression, max_ranked)? { "words.rowid DESC" } else { "words.rank" };
        // CROSS JOIN: the index of words is read first, in this order, and only as far as the page needs
        let sql = format!(
            "SELECT {SUMMARY_COLUMNS} FROM words CROSS JOIN article ON article.article = words.rowid
             LEFT JOIN reading ON reading.article = article.article AND reading.model = {}
             WHERE words MATCH ? AND {condition} ORDER BY {order} LIMIT ? OFFSET ?",
            model.map_or(0, |model| model.0)
        );
        let mut values: Vec<Box<dyn rusqlite::ToSql>> = vec![Box::new(expression.clone())];
        values.extend(conditions);
        values.push(Box::new(page.limit));
        values.push(Box::new(page.offset));
        self.run(|connection| {
            let mut query = connection.prepare_cached(&sql)?;
            let found = query.query_map(params_from_iter(values), summary_from_row)?;
            found
                .map(|article| {
                    let article = article?;
                    let snippet = snippet(connection, &expression, article.key.0)?;
                    Ok(Hit { article, snippet })
                })
                .collect()
        })
    }

    /// Number of articles among those of `filter` that have all of `words`.
    ///
    /// # Errors
    /// As [`Archive::find`].
    pub fn count_found(&self, words: &str, filter: &ArticleFilter) -> Result<usize> {
        let expression = match_expression(words)?;
        let (condition, conditions) = filter.condition();
        let is_filtered = filter != &ArticleFilter::default();
        let articles = if is_filtered { "CROSS JOIN article ON article.article = words.rowid" } else { "" };
        let sql = format!("SELECT count(*) FROM words {articles} WHERE words MATCH ? AND {condition}");
        let mut values: Vec<Box<dyn rusqlite::ToSql>> = vec![Box::new(expression)];
        values.extend(conditions);
        self.run(|connection| {
            connection.prepare_cached(&sql)?.query_row(params_from_iter(values), |row| row.get(0))
        })
    }

    /// Whether more than `limit` articles match.
    fn is_common(&self, expression: &str, limit: usize) -> Result<bool> {
        let matches: usize = self.run(|connection| {
            connection
                .prepare_cached("SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ?1 LIMIT ?2)")?
                .query_row(params![expression, limit + 1], |row| row.get(0))
        })?;
        Ok(matches > limit)
    }
}

fn snippet(connection: &Connection, expression: &str, article: i64) -> rusqlite::Result<Vec<SnippetPart>> {
    let [start, end] = MARKS.map(String::from);
    let mut query = connection.prepare_cached(
        "SELECT snippet(words, -1, ?1, ?2, ' … ', ?3) FROM words WHERE words MATCH ?4 AND rowid = ?5",
    )?;
    let marked: String =
        query.query_row(params![start, end, SNIPPET_WORDS, expression, article], |row| row.get(0))?;
    Ok(parts(&marked))
}

/// Splits a snippet at its marks.
fn parts(marked: &str) -> Vec<SnippetPart> {
    let mut parts = Vec::new();
    let mut is_match = false;
    for text in marked.split_inclusive(MARKS) {
        let mark = text.chars().last().filter(|last| MARKS.contains(last));
        let text = text.trim_end_matches(MARKS);
        if !text.is_empty() {
            parts.push(SnippetPart { text: text.to_owned(), is_match });
        }
        is_match = mark == Some(MARKS[0]);
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ModelIdentity, NewArticle, Scoring};
    use detente::{Article, Engine};

    #[test]
    fn common_words_are_not_ranked() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut archive = Archive::create(folder.path().join("talks.db")).expect("an archive");
        let identity = ModelIdentity::builtin().expect("the model");
        let scoring = Scoring::new(Engine::builtin().expect("the model"), identity);
        let texts = ["Talks, talks, talks.", "The talks went on for a long time.", "They met for talks."];
        let articles = texts.map(|text| NewArticle::new(Article::new(text, text)));
        archive.add(&scoring, &articles).expect("stored");
        let found = |max_ranked| -> Vec<i64> {
            let hits =
                archive.find_ranked("talk", &ArticleFilter::default(), None, Page::default(), max_ranked);
            hits.expect("found").into_iter().map(|hit| hit.article.key.get()).collect()
        };
        assert_eq!(found(3), [1, 3, 2]);
        assert_eq!(found(2), [3, 2, 1]);
    }
}
