//! [`Library`]: filed articles, own or those of the example, and [`Subject`], the negotiation that a page is about.

use axum::extract::{FromRequestParts, MatchedPath, Path};
use axum::http::StatusCode;
use axum::http::request::Parts;
use detente::Result;
use detente_archive::{Archive, ArticleFilter, ArticleSummary, Filing, Page};
use detente_report::format_score;

use crate::app::App;
use crate::example::EXAMPLE_NAME;
use crate::pages::frame::encoded;
use crate::problem::Problem;
use crate::store::Store;

/// Most articles of a negotiation that a page lists.
pub(crate) const MAX_LISTED: usize = 20_000;

/// Filed articles: own, or those of the example.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Library {
    Own,
    Example,
}

impl Library {
    pub(crate) fn store(self, app: &App) -> &Store {
        match self {
            Self::Own => &app.store,
            Self::Example => &app.example,
        }
    }

    /// What the addresses of its pages start with.
    pub(crate) fn prefix(self) -> &'static str {
        match self {
            Self::Own => "",
            Self::Example => "/example",
        }
    }

    /// The address of a negotiation's page.
    pub(crate) fn negotiation(self, name: &str) -> String {
        match self {
            Self::Own => format!("/negotiations/{}", encoded(name)),
            Self::Example => "/example".to_owned(),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Library {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let is_example =
            parts.extensions.get::<MatchedPath>().is_some_and(|route| route.as_str().starts_with("/example"));
        Ok(if is_example { Self::Example } else { Self::Own })
    }
}

/// The negotiation that a page is about.
#[derive(Clone, Debug)]
pub(crate) struct Subject {
    pub(crate) library: Library,
    pub(crate) name: String,
}

impl Subject {
    pub(crate) fn filter(&self) -> ArticleFilter {
        ArticleFilter::negotiation(&self.name)
    }

    /// The address of its page.
    pub(crate) fn href(&self) -> String {
        self.library.negotiation(&self.name)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Subject {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let library = Library::from_request_parts(parts, state).await?;
        let name = match library {
            Library::Example => EXAMPLE_NAME.to_owned(),
            Library::Own => {
                let name = Path::<String>::from_request_parts(parts, state).await;
                name.map_err(|_| Problem::new(StatusCode::NOT_FOUND, "no negotiation with this name"))?.0
            }
        };
        Ok(Self { library, name })
    }
}

/// An article in a list.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) href: String,
    pub(crate) date: String,
    pub(crate) source: String,
    pub(crate) title: String,
    pub(crate) reading: String,
    pub(crate) score: String,
    /// The class of the score: coloured by its sign.
    pub(crate) direction: &'static str,
    /// Why it is not in the chart; empty if it is.
    pub(crate) why: String,
}

impl Row {
    pub(crate) fn of_filed(article: &ArticleSummary, library: Library) -> Self {
        let score = article.outlook.as_ref().map(|outlook| outlook.score);
        let reading = article.outlook.as_ref().and_then(|outlook| outlook.reading);
        let why = match (article.date, &article.outlook) {
            (_, None) => article.reason.clone().unwrap_or_else(|| "not scored by this model".to_owned()),
            (None, _) => "no date".to_owned(),
            _ => String::new(),
        };
        Self {
            href: format!("{}/articles/{}", library.prefix(), article.key),
            date: article.date.map_or_else(|| "no date".to_owned(), |day| day.to_string()),
            source: article.source.clone().unwrap_or_default(),
            title: article.title.clone().unwrap_or_else(|| article.id.clone()),
            reading: reading.map_or_else(String::new, |reading| reading.to_string()),
            score: score.map_or_else(|| "·".to_owned(), format_score),
            direction: direction(score),
            why,
        }
    }
}

/// The class of a score: coloured by its sign.
pub(crate) fn direction(score: Option<f64>) -> &'static str {
    match score {
        None => "quiet",
        Some(score) if score < 0.0 => "down",
        Some(_) => "up",
    }
}

/// A negotiation in a list.
pub(crate) struct Card {
    pub(crate) name: String,
    pub(crate) href: String,
    pub(crate) counts: String,
    /// Its newest article.
    pub(crate) latest: Option<Row>,
}

/// The negotiations of an archive, the one with the newest article first.
pub(crate) fn cards(store: &Store, archive: &Archive) -> Result<Vec<Card>> {
    let model = store.model(archive)?;
    let mut cards = Vec::new();
    for found in archive.negotiations()? {
        let filing = found.name.clone().map_or(Filing::Unfiled, Filing::Under);
        let filter = ArticleFilter { filing, ..ArticleFilter::default() };
        let latest = archive.articles(&filter, model, Page { offset: 0, limit: 1 })?;
        let noun = if found.articles == 1 { "article" } else { "articles" };
        let days = match (found.first, found.last) {
            (Some(first), Some(last)) if first == last => format!(", {first}"),
            (Some(first), Some(last)) => format!(", {first} – {last}"),
            _ => String::new(),
        };
        cards.push(Card {
            href: found
                .name
                .as_ref()
                .map_or_else(|| "/unfiled".to_owned(), |name| Library::Own.negotiation(name)),
            name: found.name.unwrap_or_else(|| "Not filed".to_owned()),
            counts: format!("{} {noun}{days}", found.articles),
            latest: latest.first().map(|article| Row::of_filed(article, Library::Own)),
        });
    }
    Ok(cards)
}

/// The names of the own negotiations.
pub(crate) fn names(store: &Store) -> Result<Vec<String>> {
    let found = store.read(Archive::negotiations)?;
    Ok(found.into_iter().filter_map(|negotiation| negotiation.name).collect())
}
