//! The start page, and the lists of negotiations and of articles that are filed under none.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use detente_archive::{ArticleFilter, Filing, Page};
use detente_report::PagePart;
use detente_timeline::Collector;

use crate::app::{App, SharedApp};
use crate::example::EXAMPLE_NAME;
use crate::pages::frame::{Frame, page, part};
use crate::pages::library::{Card, Library, Row, cards};
use crate::pages::negotiation::{article_links, read_series};
use crate::params::Params;
use crate::problem::Problem;
use crate::series::BriefParams;

#[derive(Template)]
#[template(path = "start.html")]
struct StartPage<'a> {
    frame: Frame,
    names: Vec<String>,
    file_under: String,
    negotiations: Vec<Card>,
    example_name: &'static str,
    example: &'a str,
}

pub(crate) async fn get_start(State(app): State<SharedApp>) -> Result<Response, Problem> {
    app.run(|app| {
        let negotiations = app.store.read(|archive| cards(&app.store, archive))?;
        // whoever has negotiations of their own knows what the page of one shows
        let example = if negotiations.is_empty() { example_brief(app)? } else { "" };
        page(&StartPage {
            frame: Frame::of(app),
            names: negotiations
                .iter()
                .filter(|card| card.href != "/unfiled")
                .map(|card| card.name.clone())
                .collect(),
            file_under: String::new(),
            negotiations,
            example_name: EXAMPLE_NAME,
            example,
        })
    })
    .await?
}

/// The brief of the example, which never changes.
fn example_brief(app: &App) -> Result<&str, Problem> {
    if let Some(html) = app.example_brief.get() {
        return Ok(html);
    }
    let filter = ArticleFilter::negotiation(EXAMPLE_NAME);
    let mut collector = Collector::default();
    let articles = read_series(&app.example, &filter, BriefParams::RETAIN)?;
    for article in articles {
        collector.push(article);
    }
    let report = BriefParams::of(&mut Params::default())?.report(collector, app.news_until)?;
    let links = article_links(&app.example, Library::Example, &filter)?;
    let html = part(PagePart::Brief(&report, &links))?;
    Ok(app.example_brief.get_or_init(|| html))
}

#[derive(Template)]
#[template(path = "negotiations.html")]
struct NegotiationsPage {
    frame: Frame,
    negotiations: Vec<Card>,
}

pub(crate) async fn get_negotiations(State(app): State<SharedApp>) -> Result<Response, Problem> {
    app.run(|app| {
        let negotiations = app.store.read(|archive| cards(&app.store, archive))?;
        page(&NegotiationsPage { frame: Frame::of(app), negotiations })
    })
    .await?
}

#[derive(Template)]
#[template(path = "unfiled.html")]
struct UnfiledPage {
    frame: Frame,
    articles: Vec<Row>,
}

/// Articles that are listed at most.
const MAX_UNFILED: usize = 500;

pub(crate) async fn get_unfiled(State(app): State<SharedApp>) -> Result<Response, Problem> {
    app.run(|app| {
        let filter = ArticleFilter { filing: Filing::Unfiled, ..ArticleFilter::default() };
        let articles = app.store.read(|archive| {
            archive.articles(&filter, app.store.model(archive)?, Page { offset: 0, limit: MAX_UNFILED })
        })?;
        let articles = articles.iter().map(|article| Row::of_filed(article, Library::Own)).collect();
        page(&UnfiledPage { frame: Frame::of(app), articles })
    })
    .await?
}
