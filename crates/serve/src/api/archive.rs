//! `/v1/archive…`: what is filed: negotiations, articles, search, timeline, comparison, brief, export.

use axum::extract::{Path, Request, State};
use axum::http::{StatusCode, Uri};
use axum::response::Response;
use detente_archive::{ArticleFilter, ArticleKey, ArticleSummary, Filing, Hit, NegotiationSummary, Page};
use detente_report::{
    BriefFormat, JsonLinesReport, Report, SeriesFormat, write_brief, write_comparison, write_timeline,
};
use detente_timeline::{Collector, DateLimits, Retain, compare, timeline};
use serde::Serialize;

use crate::api::explain::TEXT_WIDTH;
use crate::api::series::{brief_type, series_type};
use crate::app::{App, SharedApp};
use crate::articles::{articles_of_body, read_options};
use crate::body::read_body;
use crate::pages::article::{article_key, no_article};
use crate::pages::negotiation::read_series;
use crate::params::Params;
use crate::problem::Problem;
use crate::reply::{JSON, JSON_LINES, reply};
use crate::series::{BriefParams, TimelineParams, date_limits, sets};

/// Articles in an answer, unless another number is asked for; and at most.
const DEFAULT_LIMIT: usize = 20;
const MAX_LIMIT: usize = 1000;

#[derive(Serialize)]
struct Negotiations {
    schema: u32,
    negotiations: Vec<NegotiationSummary>,
}

pub(crate) async fn get_archive(State(app): State<SharedApp>, uri: Uri) -> Result<Response, Problem> {
    Params::of(&uri)?.finish()?;
    let negotiations = app.run(|app| app.store.read(detente_archive::Archive::negotiations)).await??;
    json(&Negotiations { schema: 1, negotiations })
}

#[derive(Serialize)]
struct Listing {
    schema: u32,
    /// Articles that the filter accepts.
    total: usize,
    articles: Vec<ArticleSummary>,
}

#[derive(Serialize)]
struct Hits {
    schema: u32,
    total: usize,
    articles: Vec<Hit>,
}

pub(crate) async fn get_articles(State(app): State<SharedApp>, uri: Uri) -> Result<Response, Problem> {
    let mut params = Params::of(&uri)?;
    let filter = filter_of(&mut params)?;
    let words = params.text("q");
    let offset = params.value("offset")?.unwrap_or(0);
    let limit = params.value("limit")?.unwrap_or(DEFAULT_LIMIT);
    params.finish()?;
    if limit > MAX_LIMIT {
        return Err(Problem::parameter("limit", format_args!("at most {MAX_LIMIT}")));
    }
    let page = Page { offset, limit };
    app.run(move |app| {
        let store = &app.store;
        match &words {
            None => {
                let (total, articles) = store.read(|archive| {
                    Ok((archive.count(&filter)?, archive.articles(&filter, store.model(archive)?, page)?))
                })?;
                json(&Listing { schema: 1, total, articles })
            }
            Some(words) => {
                let (total, articles) = store.read(|archive| {
                    let total = archive.count_found(words, &filter)?;
                    Ok((total, archive.find(words, &filter, store.model(archive)?, page)?))
                })?;
                json(&Hits { schema: 1, total, articles })
            }
        }
    })
    .await?
}

#[derive(Serialize)]
struct Added {
    schema: u32,
    stored: Vec<StoredRow>,
}

#[derive(Serialize)]
struct StoredRow {
    article: ArticleKey,
    id: String,
    outcome: &'static str,
}

pub(crate) async fn post_articles(
    State(app): State<SharedApp>,
    request: Request,
) -> Result<Response, Problem> {
    let mut params = Params::of(request.uri())?;
    let read = read_options(&mut params, &app.limits)?;
    let negotiation = params.text("negotiation");
    params.finish()?;
    let body = read_body(&app, request).await?;
    app.run(move |app| {
        let mut articles = articles_of_body(&body, &read, &app.limits)?;
        if let Some(name) = &negotiation {
            for article in &mut articles {
                article.negotiation = Some(name.clone());
            }
        }
        let ids: Vec<String> = articles.iter().map(|article| article.id.clone()).collect();
        let stored = app.store.add(articles)?;
        if let Some(name) = &negotiation {
            let keys: Vec<ArticleKey> = stored.iter().map(|stored| stored.article).collect();
            app.store.write(|archive| archive.set_negotiation(&keys, Some(name)))?;
        }
        let row = |(id, stored): (String, detente_archive::Stored)| StoredRow {
            article: stored.article,
            id,
            outcome: stored.outcome.as_str(),
        };
        json(&Added { schema: 1, stored: ids.into_iter().zip(stored).map(row).collect() })
    })
    .await?
}

/// The line of `score --format jsonl`.
pub(crate) async fn get_article(
    State(app): State<SharedApp>,
    Path(key): Path<String>,
) -> Result<Response, Problem> {
    let number = article_key(&key)?;
    let line = app.run(move |app| {
        app.store.read(|archive| match app.store.model(archive)? {
            Some(model) => archive.result_json(number, model),
            None => Ok(None),
        })
    });
    let mut line = line.await??.ok_or_else(|| no_article(&key))?;
    line.push(b'\n');
    Ok(reply(JSON, line))
}

/// Files an article under the parameter `negotiation`, or under none.
pub(crate) async fn patch_article(
    State(app): State<SharedApp>,
    Path(key): Path<String>,
    uri: Uri,
) -> Result<Response, Problem> {
    let number = article_key(&key)?;
    let mut params = Params::of(&uri)?;
    let name = params.text("negotiation");
    params.finish()?;
    app.run(move |app| {
        app.store.read(|archive| archive.article(number))?.ok_or_else(|| no_article(&key))?;
        app.store.write(|archive| archive.set_negotiation(&[number], name.as_deref()))?;
        Ok(no_content())
    })
    .await?
}

pub(crate) async fn delete_article(
    State(app): State<SharedApp>,
    Path(key): Path<String>,
) -> Result<Response, Problem> {
    let number = article_key(&key)?;
    let removed = app.run(move |app| app.store.write(|archive| archive.remove(number))).await??;
    if removed { Ok(no_content()) } else { Err(no_article(&key)) }
}

pub(crate) async fn get_timeline(State(app): State<SharedApp>, uri: Uri) -> Result<Response, Problem> {
    let mut params = Params::of(&uri)?;
    let wanted = TimelineParams::of(&mut params)?;
    let limits = DateLimits { first_prints: wanted.settings.causal, ..date_limits(&mut params)? };
    let filter = filing_of(&mut params);
    let format = params.value("format")?.unwrap_or(SeriesFormat::Json);
    params.finish()?;
    app.run(move |app| {
        let retain = Retain { statements: wanted.needs_statements(), ..Retain::default() };
        let articles = collected(app, &filter, retain)?.finish(&limits)?;
        let found = timeline(&articles, &wanted.settings(app.news_until))?;
        let mut written = Vec::new();
        write_timeline(&found, format, TEXT_WIDTH, &mut written).map_err(Problem::cannot_write)?;
        Ok(reply(series_type(format), written))
    })
    .await?
}

pub(crate) async fn get_compare(State(app): State<SharedApp>, uri: Uri) -> Result<Response, Problem> {
    let mut params = Params::of(&uri)?;
    let selected = sets(&mut params)?;
    let selected = selected
        .ok_or_else(|| Problem::parameter("split", "one of split, before with after, and sides is needed"))?;
    let limits = date_limits(&mut params)?;
    let filter = filing_of(&mut params);
    let format = params.value("format")?.unwrap_or(SeriesFormat::Json);
    params.finish()?;
    app.run(move |app| {
        let retain = Retain { statements: true, texts: true, ..Retain::default() };
        let found = compare(&collected(app, &filter, retain)?.finish(&limits)?, &selected)?;
        let mut written = Vec::new();
        write_comparison(&found, format, TEXT_WIDTH, &mut written).map_err(Problem::cannot_write)?;
        Ok(reply(series_type(format), written))
    })
    .await?
}

pub(crate) async fn get_brief(State(app): State<SharedApp>, uri: Uri) -> Result<Response, Problem> {
    let mut params = Params::of(&uri)?;
    let wanted = BriefParams::of(&mut params)?;
    let filter = filing_of(&mut params);
    let format = params.value("format")?.unwrap_or(BriefFormat::Json);
    params.finish()?;
    app.run(move |app| {
        let report = wanted.report(collected(app, &filter, BriefParams::RETAIN)?, app.news_until)?;
        let mut written = Vec::new();
        write_brief(&report, format, TEXT_WIDTH, &mut written).map_err(Problem::cannot_write)?;
        Ok(reply(brief_type(format), written))
    })
    .await?
}

/// All results of a filter as JSON Lines.
pub(crate) async fn get_export(State(app): State<SharedApp>, uri: Uri) -> Result<Response, Problem> {
    let mut params = Params::of(&uri)?;
    let filter = filter_of(&mut params)?;
    params.finish()?;
    app.run(move |app| {
        let (mut report, mut lines) = (JsonLinesReport::default(), Vec::new());
        app.store.read(|archive| {
            let Some(model) = app.store.model(archive)? else { return Ok(()) };
            archive.for_each_result(&filter, model, |scored| {
                report.article(&scored, &mut lines).map_err(|error| detente::Error::io("cannot write", error))
            })
        })?;
        Ok(reply(JSON_LINES, lines))
    })
    .await?
}

/// The articles of a filter, for a series.
fn collected(app: &App, filter: &ArticleFilter, retain: Retain) -> Result<Collector, Problem> {
    let mut collector = Collector::default();
    read_series(&app.store, filter, retain)?.into_iter().for_each(|article| collector.push(article));
    Ok(collector)
}

fn filing_of(params: &mut Params) -> ArticleFilter {
    let filing = params.text("negotiation").map_or(Filing::Any, Filing::Under);
    ArticleFilter { filing, ..ArticleFilter::default() }
}

fn filter_of(params: &mut Params) -> Result<ArticleFilter, Problem> {
    Ok(ArticleFilter { since: params.value("since")?, until: params.value("until")?, ..filing_of(params) })
}

fn json(value: &impl Serialize) -> Result<Response, Problem> {
    let mut json = serde_json::to_vec(value).map_err(Problem::cannot_write)?;
    json.push(b'\n');
    Ok(reply(JSON, json))
}

fn no_content() -> Response {
    let mut response = Response::new(axum::body::Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    response
}
