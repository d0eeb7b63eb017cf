//! The page with examples of the API.

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use crate::app::SharedApp;
use crate::pages::frame::{Frame, page};
use crate::problem::Problem;

/// Commands of `docs/server.md`, which a test runs.
const EXAMPLES: [(&str, &str); 4] = [
    (
        "Score an article",
        "curl http://localhost:8733/v1/score -d '{\"text\":\"Talks collapsed on Sunday.\"}'",
    ),
    (
        "Score many, as they come",
        "curl http://localhost:8733/v1/score -H 'content-type: application/x-ndjson' -T articles.jsonl",
    ),
    (
        "Explain a text, as a page",
        "curl 'http://localhost:8733/v1/explain?format=html' -H 'content-type: text/plain' --data-binary @article.txt",
    ),
    (
        "File an article, then the brief",
        "curl 'http://localhost:8733/v1/archive/articles?negotiation=steel' -d @article.json\ncurl 'http://localhost:8733/v1/archive/brief?negotiation=steel&format=text'",
    ),
];

#[derive(Template)]
#[template(path = "api.html")]
struct ApiPage {
    frame: Frame,
    examples: [(&'static str, &'static str); 4],
}

pub(crate) async fn get_api(State(app): State<SharedApp>) -> Result<Response, Problem> {
    page(&ApiPage { frame: Frame::of(&app), examples: EXAMPLES })
}
