//! [`router`]: the routes of the pages and of the API.

use std::sync::Arc;

use axum::Router;
use axum::http::{Method, StatusCode, Uri};
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};

use crate::api::explain::post_explain;
use crate::api::info::{get_health, get_metrics, get_model, get_openapi};
use crate::api::score::post_score;
use crate::api::series::{post_brief, post_compare, post_timeline};
use crate::app::SharedApp;
use crate::layers::surround;
use crate::problem::Problem;

/// All routes.
pub(crate) fn router(app: &SharedApp) -> Router {
    Router::new()
        .route("/v1/score", post(post_score))
        .route("/v1/explain", post(post_explain))
        .route("/v1/timeline", post(post_timeline))
        .route("/v1/compare", post(post_compare))
        .route("/v1/brief", post(post_brief))
        .route("/v1/model", get(get_model))
        .route("/health", get(get_health))
        .route("/metrics", get(get_metrics))
        .route("/openapi.json", get(get_openapi))
        .fallback(not_found)
        .method_not_allowed_fallback(wrong_method)
        // the limit is in `read_body`, which answers with a problem
        .layer(axum::extract::DefaultBodyLimit::disable())
        .layer(from_fn_with_state(Arc::clone(app), surround))
        .with_state(Arc::clone(app))
}

async fn not_found(uri: Uri) -> Problem {
    Problem::new(StatusCode::NOT_FOUND, format!("no page {:?}; /openapi.json lists the API", uri.path()))
}

async fn wrong_method(method: Method, uri: Uri) -> Problem {
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, format!("{} does not take {method}", uri.path()))
}
