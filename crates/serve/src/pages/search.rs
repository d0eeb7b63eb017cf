//! The page that searches filed articles.

use askama::Template;
use axum::extract::State;
use axum::http::Uri;
use axum::response::Response;
use detente_archive::{ArticleFilter, Page, SnippetPart};

use crate::app::{App, SharedApp};
use crate::pages::frame::{Frame, encoded, page};
use crate::pages::library::{Library, Row, names};
use crate::params::Params;
use crate::problem::Problem;

/// Results on a page.
const PAGE: usize = 20;

struct HitRow {
    row: Row,
    filed: String,
    snippet: Vec<SnippetPart>,
}

#[derive(Template)]
#[template(path = "search.html")]
struct SearchPage {
    frame: Frame,
    prefix: &'static str,
    words: String,
    negotiation: String,
    names: Vec<String>,
    /// How many were found; `None` before a search.
    found: Option<String>,
    hits: Vec<HitRow>,
    previous: Option<String>,
    next: Option<String>,
}

pub(crate) async fn get_search(
    State(app): State<SharedApp>,
    library: Library,
    uri: Uri,
) -> Result<Response, Problem> {
    let mut params = Params::of(&uri)?;
    let words = params.text("q").unwrap_or_default();
    let negotiation = params.text("negotiation").unwrap_or_default();
    let offset = params.value::<usize>("from")?.unwrap_or(0);
    params.finish()?;
    app.run(move |app| search(app, library, (words, negotiation), offset)).await?
}

fn search(
    app: &App,
    library: Library,
    (words, negotiation): (String, String),
    offset: usize,
) -> Result<Response, Problem> {
    let store = library.store(app);
    let filter = match negotiation.as_str() {
        "" => ArticleFilter::default(),
        name => ArticleFilter::negotiation(name),
    };
    let (mut hits, mut total, mut found) = (Vec::new(), 0, None);
    if !words.is_empty() {
        // words without a letter or digit find nothing, with the reason
        let result = store.read(|archive| {
            let total = archive.count_found(&words, &filter)?;
            let limit = Page { offset, limit: PAGE };
            Ok((total, archive.find(&words, &filter, store.model(archive)?, limit)?))
        });
        found = Some(match result {
            Ok((count, articles)) => {
                total = count;
                hits = articles;
                match count {
                    0 => "No article has all of these words.".to_owned(),
                    1 => "1 article.".to_owned(),
                    _ => format!("{count} articles, the best match first."),
                }
            }
            Err(error) if error.kind() == detente::ErrorKind::Argument => error.to_string(),
            Err(error) => return Err(error.into()),
        });
    }
    let href = |from: usize| {
        format!(
            "{}/search?q={}&negotiation={}&from={from}",
            library.prefix(),
            encoded(&words),
            encoded(&negotiation)
        )
    };
    let hits = hits.into_iter().map(|hit| HitRow {
        row: Row::of_filed(&hit.article, library),
        filed: hit.article.negotiation.unwrap_or_default(),
        snippet: hit.snippet,
    });
    page(&SearchPage {
        frame: Frame::of(app),
        prefix: library.prefix(),
        previous: (offset > 0).then(|| href(offset.saturating_sub(PAGE))),
        next: (offset + PAGE < total).then(|| href(offset + PAGE)),
        hits: hits.collect(),
        names: names(store)?,
        found,
        words,
        negotiation,
    })
}
