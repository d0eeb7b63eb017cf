//! An archive of scored articles in one SQLite file: storage by content, full-text search, queries by negotiation and
//! date, scores of several models side by side.
//!
//! ```
//! use detente::{Article, Engine};
//! use detente_archive::{Archive, ArticleFilter, ModelIdentity, NewArticle, Outcome, Page, Scoring};
//!
//! let folder = tempfile::tempdir()?;
//! let mut archive = Archive::create(folder.path().join("talks.db"))?;
//! let scoring = Scoring::new(Engine::builtin()?, ModelIdentity::builtin()?);
//! let article = Article::new("wire-1", "Velmark said talks would resume on Monday.");
//! let stored = archive.add(&scoring, &[NewArticle::new(article.clone())])?;
//! assert_eq!(stored[0].outcome, Outcome::Added);
//! assert_eq!(archive.add(&scoring, &[NewArticle::new(article)])?[0].outcome, Outcome::Known);
//!
//! let hits = archive.find("talk*", &ArticleFilter::default(), None, Page::default())?;
//! assert_eq!(hits[0].article.id, "wire-1");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Threads
//!
//! An [`Archive`] is one connection to the file. It can be sent to another thread but not shared: open one for each
//! thread, with [`Archive::open`]. Any number of connections read while one writes, and each sees the state at the start
//! of its query. A second writer waits for up to 10 s, then gets an error. Scoring takes place before a write begins, so
//! writes are short. The file must not be on a network disk: SQLite's locks do not work there.

mod add;
mod archive;
mod archive_error;
mod article_columns;
mod article_filter;
mod article_reader;
mod article_rows;
mod article_summary;
mod content_hash;
mod draft;
mod filing;
mod find;
mod keys;
mod listing;
mod model_identity;
mod models;
mod new_article;
mod record;
mod rescore;
mod result_form;
mod result_rows;
mod schema;
mod scoring;
mod search_words;
mod seen_files;
mod series;
mod verify;

pub use add::{Outcome, Stored};
pub use archive::Archive;
pub use article_filter::{ArticleFilter, Filing, Page};
pub use article_reader::ArchiveArticles;
pub use article_summary::{ArticleSummary, OutlookSummary};
pub use find::{Hit, SnippetPart};
pub use keys::{ArticleKey, ModelKey};
pub use listing::NegotiationSummary;
pub use model_identity::ModelIdentity;
pub use models::ModelSummary;
pub use new_article::NewArticle;
pub use record::{ArticleRecord, ArticleSource};
pub use scoring::Scoring;
pub use seen_files::FileStamp;
pub use verify::{VerifyFinding, VerifyReport};

/// Runs the example of the README as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
