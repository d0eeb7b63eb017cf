//! `POST /v1/explain`: why articles have their outlooks.

use axum::extract::{Request, State};
use axum::http::HeaderMap;
use axum::http::header::ACCEPT;
use axum::response::Response;
use detente::ExplainedArticle;
use detente::internals::map_offsets;
use detente_input::InputOptions;
use detente_report::{ExplainFormat, write_explained};

use crate::app::{App, SharedApp};
use crate::articles::{articles_of_body, read_options};
use crate::body::{ReadBody, read_body};
use crate::params::Params;
use crate::problem::Problem;
use crate::reply::{HTML, JSON, JSON_LINES, TEXT, reply};
use crate::scoring::ScoreOptions;

/// Features shown for each statement in formats for people.
const MAX_FEATURES: usize = 8;
/// Columns of text.
pub(crate) const TEXT_WIDTH: usize = 100;

pub(crate) async fn post_explain(
    State(app): State<SharedApp>,
    request: Request,
) -> Result<Response, Problem> {
    let mut params = Params::of(request.uri())?;
    let read = read_options(&mut params, &app.limits)?;
    let options = ScoreOptions::of(&mut params)?;
    let format = params.value("format")?.unwrap_or_else(|| accepted_format(request.headers()));
    let max_features = params.value("top")?.unwrap_or(MAX_FEATURES);
    params.finish()?;
    let body = read_body(&app, request).await?;
    let explained =
        app.run(move |app| explain_body(app, &body, &read, options, (format, max_features))).await??;
    let media_type = match format {
        ExplainFormat::Json => JSON,
        ExplainFormat::Jsonl => JSON_LINES,
        ExplainFormat::Html => HTML,
        ExplainFormat::Markdown | ExplainFormat::Text => TEXT,
    };
    Ok(reply(media_type, explained))
}

/// A page for a browser, else JSON.
fn accepted_format(headers: &HeaderMap) -> ExplainFormat {
    let accepted = headers.get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or("");
    match accepted.split([',', ';']).next().map(str::trim) {
        Some("text/html") => ExplainFormat::Html,
        Some("text/markdown") => ExplainFormat::Markdown,
        Some("application/x-ndjson") => ExplainFormat::Jsonl,
        _ => ExplainFormat::Json,
    }
}

fn explain_body(
    app: &App,
    body: &ReadBody,
    read: &InputOptions,
    options: ScoreOptions,
    (format, max_features): (ExplainFormat, usize),
) -> Result<Vec<u8>, Problem> {
    let is_array = body.bytes.trim_ascii_start().starts_with(b"[");
    let engine = options.engine(&app.engine);
    let is_machine_readable = matches!(format, ExplainFormat::Json | ExplainFormat::Jsonl);
    let explain = |mut article| {
        options.prepare(&mut article);
        let mut explained = engine.explain(&article);
        if let Some(map) = article.source_map.as_ref().filter(|_| is_machine_readable) {
            map_offsets(&mut explained.article.statements, map);
        }
        explained
    };
    let articles = articles_of_body(body, read, &app.limits)?;
    let explained: Vec<ExplainedArticle> = articles.into_iter().map(explain).collect();
    let mut written = Vec::new();
    let result = match explained.as_slice() {
        [only] if format == ExplainFormat::Json && !is_array => {
            let result = serde_json::to_writer(&mut written, only).map_err(std::io::Error::from);
            written.push(b'\n');
            result
        }
        all => write_explained(all, format, (max_features, TEXT_WIDTH), &mut written),
    };
    result.map_err(Problem::cannot_write)?;
    Ok(written)
}
