//! The start page, and the lists of negotiations and of articles that are filed under none.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use detente_archive::{ArticleFilter, Filing, Page};
use detente_report::PagePart;
use detente_timeline::Collector;

use crate::app::SharedApp;
use crate::example::EXAMPLE_NAME;
use crate::pages::frame::{Frame, page, part};
use crate::pages::library::{Card, Library, Row, cards};
use crate::pages::negotiation::{article_links, read_series};
use crate::params::Params;
use crate::problem::Problem;
use crate::series::BriefParams;

#[derive(Template)]
#[template(path = "start.html")]
struct StartPage {
    frame: Frame,
    names: Vec<String>,
    file_under: String,
    negotiations: Vec<Card>,
    example_name: &'static str,
    example_count: usize,
    example: String,
}

pub(crate) async fn get_start(State(app): State<SharedApp>) -> Result<Response, Problem> {
    app.run(|app| {
        let negotiations = app.store.read(|archive| cards(&app.store, archive))?;
        let filter = ArticleFilter::negotiation(EXAMPLE_NAME);
        let articles = read_series(&app.example, &filter, BriefParams::RETAIN)?;
        let example_count = articles.len();
        let mut collector = Collector::default();
        articles.into_iter().for_each(|article| collector.push(article));
        let report = BriefParams::of(&mut Params::default())?.report(collector, app.news_until)?;
        let links = article_links(&app.example, Library::Example, &filter)?;
        page(&StartPage {
            frame: Frame::of(app),
            names: negotiations.iter().filter(|card| card.href != "/unfiled").map(|card| card.name.clone()).collect(),
            file_under: String::new(),
            negotiations,
            example_name: EXAMPLE_NAME,
            example_count,
            example: part(PagePart::Brief(&report, &links))?,
        })
    })
    .await?
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
