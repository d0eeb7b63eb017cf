//! The page of a filed article, and what can be done with it.

use askama::Template;
use axum::extract::{Path, Request, State};
use axum::http::{StatusCode, Uri};
use axum::response::Response;
use detente::Day;
use detente_archive::{ArticleKey, ArticleRecord};
use detente_report::PagePart;

use crate::app::SharedApp;
use crate::body::read_body;
use crate::pages::frame::{Frame, page, part, see_other};
use crate::pages::library::{Library, names};
use crate::pages::read::MAX_FEATURES;
use crate::params::Params;
use crate::problem::Problem;

#[derive(Template)]
#[template(path = "article.html")]
struct ArticlePage {
    frame: Frame,
    prefix: &'static str,
    key: ArticleKey,
    title: String,
    back: String,
    back_name: String,
    notice: Option<&'static str>,
    content: String,
    filed: String,
    undated: bool,
    /// Ids and outlets that the text was found under.
    sources: String,
    names: Vec<String>,
}

/// The number in an address.
pub(crate) fn article_key(text: &str) -> Result<ArticleKey, Problem> {
    text.parse().map_err(|_| no_article(text))
}

pub(crate) fn no_article(key: &str) -> Problem {
    Problem::new(StatusCode::NOT_FOUND, format!("no article {key} in the archive"))
}

pub(crate) async fn get_article(
    State(app): State<SharedApp>,
    library: Library,
    Path(key): Path<String>,
    uri: Uri,
) -> Result<Response, Problem> {
    let mut params = Params::of(&uri)?;
    let notice = match params.text("done").as_deref() {
        Some("date") => Some("The date is set, and the article was read again with it."),
        Some("file") => Some("Filed."),
        _ => None,
    };
    params.finish()?;
    let number = article_key(&key)?;
    app.run(move |app| {
        let record = library.store(app).read(|archive| archive.article(number))?;
        let ArticleRecord { article, sources, .. } = record.ok_or_else(|| no_article(&key))?;
        let found = |source: &detente_archive::ArticleSource| match &source.source {
            Some(outlet) => format!("{} ({outlet})", source.id),
            None => source.id.clone(),
        };
        let filed = article.negotiation.clone().unwrap_or_default();
        let explained = [app.engine.explain(&article)];
        page(&ArticlePage {
            frame: Frame::of(app),
            prefix: library.prefix(),
            key: number,
            title: article.title.clone().unwrap_or_else(|| article.id.clone()),
            back: if filed.is_empty() { "/unfiled".to_owned() } else { library.negotiation(&filed) },
            back_name: if filed.is_empty() { "Not filed".to_owned() } else { filed.clone() },
            notice,
            content: part(PagePart::Explanation(&explained, MAX_FEATURES))?,
            filed,
            undated: article.date.is_none(),
            sources: sources.iter().map(found).collect::<Vec<_>>().join("; "),
            names: names(&app.store)?,
        })
    })
    .await?
}

pub(crate) async fn post_article(
    State(app): State<SharedApp>,
    Path(key): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let number = article_key(&key)?;
    let body = read_body(&app, request).await?;
    let mut form = Params::of_form(&body.bytes)?;
    let action = form.text("action").unwrap_or_default();
    let (negotiation, date) = (form.text("negotiation"), form.value::<Day>("date")?);
    form.finish()?;
    app.run(move |app| {
        let record = app.store.read(|archive| archive.article(number))?.ok_or_else(|| no_article(&key))?;
        match (action.as_str(), date) {
            ("file", _) => {
                app.store.write(|archive| archive.set_negotiation(&[number], negotiation.as_deref()))?;
                see_other(&format!("/articles/{key}?done=file"))
            }
            ("date", Some(date)) => {
                // the same text with a date completes what is stored
                let article = detente::Article { date: Some(date), ..record.article };
                app.store.add(vec![article])?;
                see_other(&format!("/articles/{key}?done=date"))
            }
            ("remove", _) => {
                app.store.write(|archive| archive.remove(number))?;
                let back = record
                    .article
                    .negotiation
                    .filter(|name| names(&app.store).is_ok_and(|all| all.contains(name)));
                see_other(
                    &back.map_or_else(|| "/negotiations".to_owned(), |name| Library::Own.negotiation(&name)),
                )
            }
            _ => Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "nothing to do: an action is missing")),
        }
    })
    .await?
}
