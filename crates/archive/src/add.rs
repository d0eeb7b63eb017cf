//! Adds articles: each text once, whatever its title, date, id and outlet.

use std::collections::HashMap;

use detente::{Article, Result, ScoredArticle};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use crate::archive::{Archive, data_version};
use crate::article_columns::article_from_row;
use crate::article_rows::{insert_article, insert_source, update_article};
use crate::content_hash::content_hash;
use crate::draft::Draft;
use crate::keys::ArticleKey;
use crate::models::model_number;
use crate::new_article::NewArticle;
use crate::result_form::{PackedResult, pack_result};
use crate::result_rows::{VERSION, insert_result, outdate_other_results};
use crate::scoring::Scoring;

use rayon::prelude::*;

/// What became of an added article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Number of the article with this text.
    pub article: ArticleKey,
    /// What changed in the archive.
    pub outcome: Outcome,
}

/// What adding an article changed in the archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// The text is new.
    Added,
    /// The text was known without its date, title, outlet, negotiation, field or parties; now they are.
    Completed,
    /// The text was known under another id or outlet; this one is added to its sources.
    SourceAdded,
    /// The article was known, but not scored by this model.
    Scored,
    /// Nothing: the article was known.
    Known,
}

impl Outcome {
    /// The outcome in a word or two, in kebab case.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Completed => "completed",
            Self::SourceAdded => "source-added",
            Self::Scored => "scored",
            Self::Known => "known",
        }
    }
}

impl Archive {
    /// Scores and stores articles, in one transaction: when this returns, all of them are on the disk.
    ///
    /// An article is known if the archive has one with the same text, white space aside. A known article is completed
    /// with what it lacks, and is scored again only if that changed it. Articles are scored in parallel before the
    /// transaction begins. The result does not depend on how articles are divided into calls.
    ///
    /// # Errors
    /// If the archive cannot be read or written; then nothing of the call is stored.
    pub fn add(&mut self, scoring: &Scoring, articles: &[NewArticle]) -> Result<Vec<Stored>> {
        loop {
            if let Some(stored) = self.try_add(scoring, articles)? {
                tracing::debug!(articles = stored.len(), "stored");
                return Ok(stored);
            }
        }
    }

    /// Adds articles; `None` if another process changed one of them while they were scored.
    fn try_add(&mut self, scoring: &Scoring, articles: &[NewArticle]) -> Result<Option<Vec<Stored>>> {
        let version = self.run(data_version)?;
        let (drafts, origins) = self.run(|connection| find_drafts(connection, scoring, articles))?;
        let scored: Vec<Option<(ScoredArticle, PackedResult)>> = drafts
            .par_iter()
            .map(|draft| {
                let scored = draft.needs_score().then(|| scoring.score(&draft.article));
                scored.map(|scored| pack_result(&scored).map(|packed| (scored, packed))).transpose()
            })
            .collect::<Result<_>>()?;
        self.write(|transaction| {
            if data_version(transaction)? != version
                && find_drafts(transaction, scoring, articles)?.0 != drafts
            {
                return Ok(None);
            }
            let model = model_number(transaction, scoring.model())?;
            let mut states = Vec::with_capacity(drafts.len());
            for ((draft, scored), first) in drafts.iter().zip(&scored).zip(first_copies(&origins, articles)) {
                states.push(store_draft(transaction, draft, first, scored.as_ref(), model)?);
            }
            let mut stored = Vec::with_capacity(articles.len());
            for (article, origin) in articles.iter().zip(&origins) {
                let (number, state) = &mut states[origin.draft];
                let is_new_source = insert_source(transaction, *number, article)?;
                let outcome = match std::mem::replace(state, State::Known) {
                    State::Added => Outcome::Added,
                    _ if origin.has_completed => Outcome::Completed,
                    _ if is_new_source => Outcome::SourceAdded,
                    State::Scored => Outcome::Scored,
                    State::Known => Outcome::Known,
                };
                stored.push(Stored { article: ArticleKey(*number), outcome });
            }
            Ok(Some(stored))
        })
    }
}

/// One draft for each text, and the draft of each article.
fn find_drafts(
    connection: &Connection,
    scoring: &Scoring,
    articles: &[NewArticle],
) -> rusqlite::Result<(Vec<Draft>, Vec<Origin>)> {
    let mut drafts: Vec<Draft> = Vec::new();
    let mut by_hash: HashMap<[u8; 32], usize> = HashMap::new();
    let mut origins = Vec::with_capacity(articles.len());
    for article in articles.iter().map(NewArticle::article) {
        let hash = content_hash(article);
        let known = by_hash.get(&hash).copied();
        let draft = if let Some(at) = known {
            at
        } else {
            by_hash.insert(hash, drafts.len());
            drafts.push(find_draft(connection, scoring, article, hash)?);
            drafts.len() - 1
        };
        let is_first_copy = known.is_none() && drafts[draft].known.is_none();
        let has_completed = !is_first_copy && drafts[draft].complete(article);
        origins.push(Origin { draft, has_completed });
    }
    Ok((drafts, origins))
}

/// The draft of a text: as stored, or a new one.
fn find_draft(
    connection: &Connection,
    scoring: &Scoring,
    article: &Article,
    hash: [u8; 32],
) -> rusqlite::Result<Draft> {
    let mut query = connection.prepare_cached(
        "SELECT article.*, body.*, NOT EXISTS (
             SELECT 1 FROM reading JOIN model USING (model)
             WHERE reading.article = article.article AND checksum = ?2 AND version = ?3) AS is_unscored
         FROM article JOIN body USING (article) WHERE hash = ?1",
    )?;
    let stored = |row: &Row<'_>| {
        Ok(Draft {
            article: article_from_row(row)?,
            hash,
            known: Some(row.get("article")?),
            is_completed: false,
            is_unscored: row.get("is_unscored")?,
        })
    };
    let found = query.query_row(params![hash, scoring.model().checksum, VERSION], stored).optional()?;
    Ok(found.unwrap_or_else(|| Draft {
        article: article.clone(),
        hash,
        known: None,
        is_completed: false,
        is_unscored: false,
    }))
}

/// The draft that an added article belongs to, and whether the article completed it.
struct Origin {
    draft: usize,
    has_completed: bool,
}

/// What happened to a draft when it was stored.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Added,
    Scored,
    Known,
}

/// The first article of each draft.
fn first_copies<'a>(origins: &[Origin], articles: &'a [NewArticle]) -> Vec<&'a NewArticle> {
    let mut first = Vec::new();
    for (origin, article) in origins.iter().zip(articles) {
        if origin.draft == first.len() {
            first.push(article);
        }
    }
    first
}

/// Stores a draft and its score.
fn store_draft(
    transaction: &Transaction<'_>,
    draft: &Draft,
    first: &NewArticle,
    scored: Option<&(ScoredArticle, PackedResult)>,
    model: i64,
) -> rusqlite::Result<(i64, State)> {
    let (number, state) = match draft.known {
        None => (insert_article(transaction, draft, first.added())?, State::Added),
        Some(number) => {
            if draft.is_completed {
                update_article(transaction, number, &draft.article)?;
                outdate_other_results(transaction, number, model)?;
            }
            (number, if scored.is_some() { State::Scored } else { State::Known })
        }
    };
    if let Some((scored, packed)) = scored {
        insert_result(transaction, number, model, scored, packed)?;
    }
    Ok((number, state))
}
