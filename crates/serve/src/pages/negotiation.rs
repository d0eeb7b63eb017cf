//! The page of a negotiation: its brief as it is now; its timeline, its comparisons, and its export.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::State;
use axum::http::header::CONTENT_DISPOSITION;
use axum::http::{HeaderValue, StatusCode, Uri};
use axum::response::Response;
use detente::Result as CoreResult;
use detente_archive::{ArticleFilter, ArticleSummary, Page};
use detente_report::{
    BriefFormat, CsvReport, PagePart, Report, SeriesFormat, Table, write_brief, write_timeline,
};
use detente_timeline::{
    Brief, BriefReport, Collector, DateLimits, Retain, SeriesArticle, SetSelector, compare, timeline,
};

use crate::api::explain::TEXT_WIDTH;
use crate::app::{App, SharedApp};
use crate::pages::frame::{Frame, page, part};
use crate::pages::library::{Library, MAX_LISTED, Row, Subject, names};
use crate::params::Params;
use crate::problem::Problem;
use crate::reply::{HTML, JSON, JSON_LINES, TEXT, reply};
use crate::series::{BriefParams, TimelineParams, date_limits, sets};
use crate::store::Store;

/// What `export` offers: label and format.
const EXPORTS: [(&str, &str); 6] = [
    ("brief as a page", "html"),
    ("brief as Markdown", "markdown"),
    ("articles as JSON Lines", "jsonl"),
    ("articles as a table (CSV)", "csv"),
    ("statements as a table (CSV)", "statements"),
    ("chart (SVG)", "svg"),
];

/// What a series keeps of the articles that `filter` accepts.
pub(crate) fn read_series(
    store: &Store,
    filter: &ArticleFilter,
    retain: Retain,
) -> CoreResult<Vec<SeriesArticle>> {
    store.read(|archive| match store.model(archive)? {
        Some(model) => archive.series_articles(filter, model, retain),
        None => Ok(Vec::new()),
    })
}

/// The addresses of articles by their ids.
pub(crate) fn article_links(
    store: &Store,
    library: Library,
    filter: &ArticleFilter,
) -> CoreResult<BTreeMap<String, String>> {
    let articles = summaries(store, filter)?;
    let link = |article: &ArticleSummary| {
        (article.id.clone(), format!("{}/articles/{}", library.prefix(), article.key))
    };
    Ok(articles.iter().rev().map(link).collect())
}

fn summaries(store: &Store, filter: &ArticleFilter) -> CoreResult<Vec<ArticleSummary>> {
    let all = Page { offset: 0, limit: MAX_LISTED };
    store.read(|archive| archive.articles(filter, store.model(archive)?, all))
}

/// The articles of a negotiation, for a series.
fn collector(app: &App, subject: &Subject, retain: Retain) -> Result<Collector, Problem> {
    let articles = read_series(subject.library.store(app), &subject.filter(), retain)?;
    if articles.is_empty() {
        return Err(Problem::new(
            StatusCode::NOT_FOUND,
            format!("no article is filed under {:?}", subject.name),
        ));
    }
    let mut collector = Collector::default();
    for article in articles {
        collector.push(article);
    }
    Ok(collector)
}

#[derive(Template)]
#[template(path = "negotiation.html")]
struct NegotiationPage {
    frame: Frame,
    prefix: &'static str,
    base: String,
    name: String,
    notice: Option<String>,
    /// Why there is no brief.
    empty: Option<String>,
    brief: String,
    /// The day that a comparison starts with.
    split: String,
    /// Pairs of sides, with a comma between them.
    sides: Vec<String>,
    exports: [(&'static str, &'static str); 6],
    /// Articles that are not in the chart.
    rest: Vec<Row>,
    names: Vec<String>,
    file_under: String,
}

pub(crate) async fn get_negotiation(
    State(app): State<SharedApp>,
    subject: Subject,
    uri: Uri,
) -> Result<Response, Problem> {
    let mut params = Params::of(&uri)?;
    let notice = filed_notice(&mut params)?;
    let wanted = BriefParams::of(&mut params)?;
    params.finish()?;
    app.run(move |app| {
        let store = subject.library.store(app);
        let collector = collector(app, &subject, BriefParams::RETAIN)?;
        let links = article_links(store, subject.library, &subject.filter())?;
        let report = wanted.report(collector, app.news_until);
        let (brief_html, found, empty) = if let Ok(report) = &report {
            (part(PagePart::Brief(report, &links))?, report.briefs.first(), None)
        } else {
            let message = "None of its articles has both a date and a sentence that bears on the negotiation, so \
                           there is no chart yet. Open an article to give it a date, or add more.";
            (String::new(), None, Some(message.to_owned()))
        };
        let rows = summaries(store, &subject.filter())?;
        let rows = rows.iter().map(|article| Row::of_filed(article, subject.library));
        page(&NegotiationPage {
            frame: Frame::of(app),
            prefix: subject.library.prefix(),
            base: subject.href(),
            notice,
            empty,
            brief: brief_html,
            split: found.map_or_else(String::new, |brief| brief.change.since.to_string()),
            sides: found.map(side_pairs).unwrap_or_default(),
            exports: EXPORTS,
            rest: rows.filter(|row| !row.why.is_empty()).collect(),
            names: names(&app.store)?,
            file_under: subject.name.clone(),
            name: subject.name,
        })
    })
    .await?
}

/// What became of articles that were filed just now.
fn filed_notice(params: &mut Params) -> Result<Option<String>, Problem> {
    let mut number = |name: &str| params.value::<usize>(name);
    let (new, known, undated) = (number("new")?, number("known")?, number("undated")?.unwrap_or(0));
    let (Some(new), Some(known)) = (new, known) else { return Ok(None) };
    let count = |number: usize| format!("{number} {}", if number == 1 { "article" } else { "articles" });
    let mut notice = format!("{} filed", count(new));
    if known > 0 {
        notice += &[", ", &count(known), " known before and kept once"].concat();
    }
    if undated > 0 {
        notice += &["; ", &count(undated), " without a date, listed below"].concat();
    }
    Ok(Some(notice + "."))
}

/// Pairs of the sides of a negotiation.
fn side_pairs(brief: &Brief) -> Vec<String> {
    // a name with a comma cannot be a parameter
    let names: Vec<&String> = brief.parties.iter().filter(|name| !name.contains(',')).collect();
    let pairs = names
        .iter()
        .enumerate()
        .flat_map(|(at, first)| names.iter().skip(at + 1).map(move |other| (first, other)));
    pairs.map(|(first, other)| format!("{first}, {other}")).collect()
}

#[derive(Template)]
#[template(path = "part.html")]
struct PartPage {
    frame: Frame,
    title: String,
    back: String,
    back_name: String,
    content: String,
}

impl PartPage {
    fn of(app: &App, subject: &Subject, title: &str, content: String) -> Self {
        Self {
            frame: Frame::of(app),
            title: format!("{title}: {}", subject.name),
            back: subject.href(),
            back_name: subject.name.clone(),
            content,
        }
    }
}

pub(crate) async fn get_timeline(
    State(app): State<SharedApp>,
    subject: Subject,
    uri: Uri,
) -> Result<Response, Problem> {
    let mut params = Params::of(&uri)?;
    let wanted = TimelineParams::of(&mut params)?;
    let limits = DateLimits { first_prints: wanted.settings.causal, ..date_limits(&mut params)? };
    params.finish()?;
    app.run(move |app| {
        let retain = Retain { statements: wanted.needs_statements(), ..Retain::default() };
        let articles = collector(app, &subject, retain)?.finish(&limits)?;
        let found = timeline(&articles, &wanted.settings(app.news_until))?;
        let content = part(PagePart::Timeline(&found))?;
        page(&PartPage::of(app, &subject, "Timeline", content))
    })
    .await?
}

pub(crate) async fn get_compare(
    State(app): State<SharedApp>,
    subject: Subject,
    uri: Uri,
) -> Result<Response, Problem> {
    let mut params = Params::of(&uri)?;
    let selected = sets(&mut params)?;
    let limits = date_limits(&mut params)?;
    params.finish()?;
    let selected: SetSelector = selected
        .ok_or_else(|| Problem::parameter("split", "a day, or the names of two sides, are needed"))?;
    app.run(move |app| {
        let retain = Retain { statements: true, texts: true, ..Retain::default() };
        let articles = collector(app, &subject, retain)?.finish(&limits)?;
        let content = part(PagePart::Comparison(&compare(&articles, &selected)?))?;
        page(&PartPage::of(app, &subject, "Comparison", content))
    })
    .await?
}

pub(crate) async fn get_export(
    State(app): State<SharedApp>,
    subject: Subject,
    uri: Uri,
) -> Result<Response, Problem> {
    let mut params = Params::of(&uri)?;
    let format = params.text("format").unwrap_or_else(|| "jsonl".to_owned());
    params.finish()?;
    let file = file_name(&subject.name, &format);
    let (media_type, bytes) = app.run(move |app| export(app, &subject, &format)).await??;
    let mut response = reply(media_type, bytes);
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{file}\"")) {
        response.headers_mut().insert(CONTENT_DISPOSITION, value);
    }
    Ok(response)
}

/// The name of a saved file: letters and digits of the negotiation's name.
fn file_name(name: &str, format: &str) -> String {
    let stem: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
    let stem = stem.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
    let ending = match format {
        "markdown" => "md",
        "statements" => "statements.csv",
        other => other,
    };
    format!("{}.{ending}", if stem.is_empty() { "negotiation" } else { &stem })
}

fn export(app: &App, subject: &Subject, format: &str) -> Result<(&'static str, Vec<u8>), Problem> {
    let mut written = Vec::new();
    let brief = |format: BriefFormat, written: &mut Vec<u8>| {
        let collector = collector(app, subject, BriefParams::RETAIN)?;
        let report: BriefReport =
            BriefParams::of(&mut Params::default())?.report(collector, app.news_until)?;
        write_brief(&report, format, TEXT_WIDTH, written).map_err(Problem::cannot_write)
    };
    let media_type = match format {
        "html" => brief(BriefFormat::Html, &mut written).map(|()| HTML)?,
        "markdown" => brief(BriefFormat::Markdown, &mut written).map(|()| TEXT)?,
        "json" => brief(BriefFormat::Json, &mut written).map(|()| JSON)?,
        "svg" => {
            let articles = collector(app, subject, Retain::default())?.finish(&DateLimits::default())?;
            let settings = TimelineParams::of(&mut Params::default())?.settings(app.news_until);
            let found = timeline(&articles, &settings)?;
            write_timeline(&found, SeriesFormat::Svg, TEXT_WIDTH, &mut written)
                .map_err(Problem::cannot_write)?;
            "image/svg+xml"
        }
        "jsonl" => {
            let mut report = detente_report::JsonLinesReport::default();
            write_articles(app, subject, &mut report, &mut written).map(|()| JSON_LINES)?
        }
        "csv" => {
            let mut report = CsvReport::new(Table::Articles);
            write_articles(app, subject, &mut report, &mut written).map(|()| "text/csv; charset=utf-8")?
        }
        "statements" => {
            let mut report = CsvReport::new(Table::Statements);
            write_articles(app, subject, &mut report, &mut written).map(|()| "text/csv; charset=utf-8")?
        }
        other => return Err(Problem::parameter("format", format_args!("{other:?} is not known"))),
    };
    Ok((media_type, written))
}

/// Writes the filed results of a negotiation.
fn write_articles(
    app: &App,
    subject: &Subject,
    report: &mut dyn Report,
    written: &mut Vec<u8>,
) -> Result<(), Problem> {
    let store = subject.library.store(app);
    let written_all = store.read(|archive| {
        let Some(model) = store.model(archive)? else { return Ok(Ok(())) };
        let mut write = || {
            report.begin(written)?;
            let result = archive.for_each_result(&subject.filter(), model, |scored| {
                report.article(&scored, written).map_err(|error| detente::Error::io("cannot write", error))
            });
            result.map_err(std::io::Error::other)?;
            report.end(written)
        };
        Ok(write())
    })?;
    written_all.map_err(Problem::cannot_write)
}
