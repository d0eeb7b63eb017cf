//! Stores articles: the rows of `article`, `body` and `source`.

use detente::Article;
use rusqlite::{Transaction, params};

use crate::article_columns::to_json;
use crate::draft::Draft;
use crate::new_article::NewArticle;

/// Adds an article with its text, and returns its number.
pub(crate) fn insert_article(
    transaction: &Transaction<'_>,
    draft: &Draft,
    added: Option<i64>,
) -> rusqlite::Result<i64> {
    let article = &draft.article;
    transaction
        .prepare_cached(
            "INSERT INTO article (hash, id, title, date, source, negotiation, domain, added)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![
            draft.hash,
            article.id,
            article.title,
            article.date.map(|day| day.to_string()),
            article.source,
            article.negotiation,
            article.domain,
            added,
        ])?;
    let number = transaction.last_insert_rowid();
    transaction
        .prepare_cached(
            "INSERT INTO body (article, title, text, body_start, body_end, parties, warnings)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            number,
            article.title,
            article.text,
            article.body.start,
            article.body.end,
            (!article.parties.is_empty()).then(|| to_json(&article.parties)).transpose()?,
            (!article.warnings.is_empty()).then(|| to_json(&article.warnings)).transpose()?,
        ])?;
    Ok(number)
}

/// Writes the fields that copies complete.
pub(crate) fn update_article(
    transaction: &Transaction<'_>,
    number: i64,
    article: &Article,
) -> rusqlite::Result<()> {
    transaction
        .prepare_cached(
            "UPDATE article SET title = ?2, date = ?3, source = ?4, negotiation = ?5, domain = ?6
             WHERE article = ?1",
        )?
        .execute(params![
            number,
            article.title,
            article.date.map(|day| day.to_string()),
            article.source,
            article.negotiation,
            article.domain,
        ])?;
    transaction
        .prepare_cached("UPDATE body SET title = ?2, parties = ?3, warnings = ?4 WHERE article = ?1")?
        .execute(params![
            number,
            article.title,
            (!article.parties.is_empty()).then(|| to_json(&article.parties)).transpose()?,
            (!article.warnings.is_empty()).then(|| to_json(&article.warnings)).transpose()?,
        ])?;
    Ok(())
}

/// Adds the place of an article to those of its text, and returns whether it is new.
pub(crate) fn insert_source(
    transaction: &Transaction<'_>,
    number: i64,
    new: &NewArticle,
) -> rusqlite::Result<bool> {
    let article = new.article();
    let outlet = article.source.as_deref().unwrap_or_default();
    if new.has_generated_id() {
        // an item of a feed without an id moves as items are added before it
        let is_known: bool = transaction
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM source WHERE article = ?1 AND source = ?2)")?
            .query_row(params![number, outlet], |row| row.get(0))?;
        if is_known {
            return Ok(false);
        }
    }
    let inserted = transaction
        .prepare_cached(
            "INSERT OR IGNORE INTO source (article, id, source, title, date, file, added)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            number,
            article.id,
            outlet,
            article.title,
            article.date.map(|day| day.to_string()),
            new.file(),
            new.added(),
        ])?;
    Ok(inserted > 0)
}
