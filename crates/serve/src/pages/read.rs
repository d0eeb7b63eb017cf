//! `POST /read`, which reads articles and shows them, and `POST /file`, which files them.

use askama::Template;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use detente::{Article, Day, ExplainedArticle};
use detente_archive::{Outcome, Stored};
use detente_input::InputOptions;
use detente_report::{PagePart, format_score};

use crate::app::{App, SharedApp};
use crate::articles::read_articles;
use crate::pages::draft::Draft;
use crate::pages::form::{FormField, form_bytes, read_form};
use crate::pages::frame::{Frame, encoded, page, part, see_other};
use crate::pages::library::{Library, Row, direction, names};
use crate::problem::Problem;
use crate::settings::Limits;

/// Features shown for each statement.
pub(crate) const MAX_FEATURES: usize = 6;
/// Articles that are shown with all their sentences; more are listed, and can be filed.
const MAX_SHOWN: usize = 20;
/// Characters of the name of a negotiation.
const MAX_NAME: usize = 200;

/// What the form of the start page asks for.
struct ReadRequest {
    articles: Vec<Article>,
    negotiation: Option<String>,
}

pub(crate) async fn post_read(State(app): State<SharedApp>, request: Request) -> Result<Response, Problem> {
    let fields = read_form(&app, request).await?;
    app.run(move |app| {
        let ReadRequest { articles, negotiation } = read_request(app, &fields)?;
        match negotiation {
            Some(name) => file(app, articles, &name),
            None => show(app, &articles),
        }
    })
    .await?
}

pub(crate) async fn post_file(State(app): State<SharedApp>, request: Request) -> Result<Response, Problem> {
    let fields = read_form(&app, request).await?;
    app.run(move |app| {
        let name =
            negotiation_name(&fields)?.ok_or_else(|| refused("the name of a negotiation is missing"))?;
        let json = fields.iter().find(|field| field.name == "articles").map_or(&[][..], |field| &field.bytes);
        let drafts: Vec<Draft> =
            serde_json::from_slice(json).map_err(|_| refused("the articles are missing"))?;
        let date = date_of(&fields)?;
        let articles: Option<Vec<Article>> = drafts.into_iter().map(Draft::into_article).collect();
        let mut articles = articles.ok_or_else(|| refused("an article is damaged"))?;
        for article in &mut articles {
            article.date = article.date.or(date);
        }
        file(app, articles, &name)
    })
    .await?
}

fn refused(message: &str) -> Problem {
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, message)
}

fn negotiation_name(fields: &[FormField]) -> Result<Option<String>, Problem> {
    let name =
        fields.iter().find(|field| field.name == "negotiation").map(FormField::text).unwrap_or_default();
    // line breaks of a crafted form
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.chars().count() > MAX_NAME {
        return Err(refused("the name of the negotiation has more than 200 characters"));
    }
    Ok((!name.is_empty()).then_some(name))
}

/// The date of a form, for articles without one.
fn date_of(fields: &[FormField]) -> Result<Option<Day>, Problem> {
    let date = fields.iter().find(|field| field.name == "date").map(FormField::text).unwrap_or_default();
    if date.is_empty() {
        return Ok(None);
    }
    date.parse().map(Some).map_err(|_| refused("the date is not one: 2033-06-24 is needed"))
}

/// The articles of the text and of all files.
fn read_request(app: &App, fields: &[FormField]) -> Result<ReadRequest, Problem> {
    let text_of =
        |name: &str| fields.iter().find(|field| field.name == name).map(FormField::text).unwrap_or_default();
    let date = date_of(fields)?;
    // a saved page may be longer than its text
    let limits = Limits { body_bytes: form_bytes(&app.limits), ..app.limits };
    let mut read = InputOptions { date, ..InputOptions::default() };
    read.read.max_bytes = limits.body_bytes;
    let mut articles = Vec::new();
    let text = text_of("text");
    if !text.is_empty() {
        articles.extend(read_articles("pasted.txt", Some("the text"), text.into_bytes(), &read, &limits)?);
    }
    let (title, is_single_text) = (text_of("title"), articles.len() == 1);
    if let Some(article) = articles.first_mut().filter(|_| is_single_text && !title.is_empty()) {
        article.title.get_or_insert(title.clone());
    }
    for field in fields.iter().filter(|field| field.name == "files" && !field.bytes.is_empty()) {
        let name = field.file.as_deref().filter(|name| !name.is_empty()).unwrap_or("file.txt");
        articles.extend(read_articles(name, Some(name), field.bytes.clone(), &read, &limits)?);
    }
    match articles.as_mut_slice() {
        [] => return Err(refused("nothing to read: paste a text, or choose a file")),
        [only] if !title.is_empty() => _ = only.title.get_or_insert(title),
        _ => {}
    }
    if articles.len() > app.limits.articles {
        return Err(refused(&format!("more than {} articles at once", app.limits.articles)));
    }
    Ok(ReadRequest { articles, negotiation: negotiation_name(fields)? })
}

/// Files articles and leads to the negotiation's page, which says what became of them.
fn file(app: &App, mut articles: Vec<Article>, name: &str) -> Result<Response, Problem> {
    for article in &mut articles {
        article.negotiation = Some(name.to_owned());
    }
    let undated = articles.iter().filter(|article| article.date.is_none()).count();
    let stored: Vec<Stored> = app.store.add(articles)?;
    // a text that is filed under another negotiation moves here
    let keys: Vec<_> = stored.iter().map(|stored| stored.article).collect();
    app.store.write(|archive| archive.set_negotiation(&keys, Some(name)))?;
    let new = stored.iter().filter(|stored| stored.outcome == Outcome::Added).count();
    let known = stored.len() - new;
    see_other(&format!("{}?new={new}&known={known}&undated={undated}", Library::Own.negotiation(name)))
}

#[derive(Template)]
#[template(path = "read.html")]
struct ReadPage {
    frame: Frame,
    title: String,
    articles: Vec<Row>,
    names: Vec<String>,
    drafts: String,
    undated: usize,
    undated_note: String,
    content: String,
}

/// The page with the articles and all their sentences.
fn show(app: &App, articles: &[Article]) -> Result<Response, Problem> {
    let shown = articles.iter().take(MAX_SHOWN);
    let explained: Vec<ExplainedArticle> = shown.map(|article| app.engine.explain(article)).collect();
    app.metrics.articles.fetch_add(articles.len() as u64, std::sync::atomic::Ordering::Relaxed);
    let undated = articles.iter().filter(|article| article.date.is_none()).count();
    let drafts: Vec<Draft> = articles.iter().map(Draft::from).collect();
    let drafts = serde_json::to_string(&drafts).map_err(Problem::cannot_write)?;
    let rows =
        articles.iter().enumerate().map(|(number, article)| row(app, number, article, explained.get(number)));
    let undated_note = match (undated, articles.len()) {
        (_, 1) => {
            "It has no date. Give it one when you file it, so that it has its place in the chart.".to_owned()
        }
        (undated, all) => format!(
            "{undated} of {all} have no date. Those are not in the chart; each can get one here or on its page."
        ),
    };
    page(&ReadPage {
        frame: Frame::of(app),
        title: articles.first().map(title_of).unwrap_or_default(),
        articles: rows.collect(),
        names: names(&app.store)?,
        drafts,
        undated,
        undated_note,
        content: part(PagePart::Explanation(&explained, MAX_FEATURES))?,
    })
}

fn title_of(article: &Article) -> String {
    article.title.clone().unwrap_or_else(|| article.id.clone())
}

fn row(app: &App, number: usize, article: &Article, explained: Option<&ExplainedArticle>) -> Row {
    let scored = explained.map_or_else(|| app.engine.score(article), |explained| explained.article.clone());
    let score = scored.outlook.as_ref().map(|outlook| outlook.score.get());
    Row {
        href: format!("#s{}-0", encoded(&number.to_string())),
        date: article.date.map_or_else(|| "no date".to_owned(), |day| day.to_string()),
        source: article.source.clone().unwrap_or_default(),
        title: title_of(article),
        reading: scored.outlook.as_ref().map_or_else(String::new, |outlook| outlook.reading.to_string()),
        score: score.map_or_else(|| "·".to_owned(), format_score),
        direction: direction(score),
        why: String::new(),
    }
}
