//! `GET /v1/model`, `/health`, `/metrics` and `/openapi.json`.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Serialize;

use crate::app::SharedApp;
use crate::problem::Problem;
use crate::reply::{JSON, reply};

/// The description of the API; its version is that of the program.
const OPENAPI: &str = include_str!("../../assets/openapi.json");
const PROMETHEUS: &str = "text/plain; version=0.0.4; charset=utf-8";

/// What `/v1/model` says of the model.
#[derive(Serialize)]
struct ModelSummary<'a> {
    schema: u32,
    /// Version of the program.
    version: &'static str,
    model: &'a str,
    blake3: &'a str,
    classes: &'a [String],
    bearing: bool,
    hedge: bool,
    news_until: Option<detente::Day>,
}

pub(crate) async fn get_model(State(app): State<SharedApp>) -> Result<Response, Problem> {
    let model = app.engine.model();
    let (bearing, hedge) = model.learned_heads();
    let summary = ModelSummary {
        schema: 1,
        version: env!("CARGO_PKG_VERSION"),
        model: model.id(),
        blake3: &app.scoring.model().checksum,
        classes: model.classes(),
        bearing,
        hedge,
        news_until: app.news_until,
    };
    let mut json = serde_json::to_vec(&summary).map_err(Problem::cannot_write)?;
    json.push(b'\n');
    Ok(reply(JSON, json))
}

pub(crate) async fn get_health() -> Response {
    reply(JSON, "{\"status\":\"ok\"}\n")
}

pub(crate) async fn get_metrics(
    State(app): State<SharedApp>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    if !app.open_metrics {
        app.access.check_token(&headers)?;
    }
    Ok(reply(PROMETHEUS, app.metrics.text(&app.gauges())))
}

pub(crate) async fn get_openapi() -> Response {
    reply(JSON, OPENAPI.replace("{{version}}", env!("CARGO_PKG_VERSION")))
}
