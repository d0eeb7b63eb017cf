//! [`router`]: the routes of the pages and of the API.

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{Method, StatusCode, Uri};
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};

use crate::api::archive;
use crate::api::explain::post_explain;
use crate::api::info::{get_health, get_metrics, get_model, get_openapi};
use crate::api::score::post_score;
use crate::api::series::{post_brief, post_compare, post_timeline};
use crate::app::SharedApp;
use crate::layers::surround;
use crate::pages::form::form_bytes;
use crate::pages::{about, article, login, negotiation, read, search, start, static_files};
use crate::problem::Problem;

/// All routes.
pub(crate) fn router(app: &SharedApp) -> Router {
    Router::new()
        .route("/v1/score", post(post_score))
        .route("/v1/explain", post(post_explain))
        .route("/v1/timeline", post(post_timeline))
        .route("/v1/compare", post(post_compare))
        .route("/v1/brief", post(post_brief))
        .route("/v1/archive", get(archive::get_archive))
        .route("/v1/archive/articles", get(archive::get_articles).post(archive::post_articles))
        .route(
            "/v1/archive/articles/{key}",
            get(archive::get_article).patch(archive::patch_article).delete(archive::delete_article),
        )
        .route("/v1/archive/timeline", get(archive::get_timeline))
        .route("/v1/archive/compare", get(archive::get_compare))
        .route("/v1/archive/brief", get(archive::get_brief))
        .route("/v1/archive/export", get(archive::get_export))
        .route("/v1/model", get(get_model))
        .route("/health", get(get_health))
        .route("/metrics", get(get_metrics))
        .route("/openapi.json", get(get_openapi))
        .merge(pages())
        .fallback(not_found)
        .method_not_allowed_fallback(wrong_method)
        .layer(DefaultBodyLimit::max(form_bytes(&app.limits)))
        .layer(from_fn_with_state(Arc::clone(app), surround))
        .with_state(Arc::clone(app))
}

/// The pages of own negotiations, and those of the example, which cannot be changed.
fn pages() -> Router<SharedApp> {
    Router::new()
        .route("/", get(start::get_start))
        .route("/read", post(read::post_read))
        .route("/file", post(read::post_file))
        .route("/negotiations", get(start::get_negotiations))
        .route("/unfiled", get(start::get_unfiled))
        .route("/search", get(search::get_search))
        .route("/negotiations/{name}", get(negotiation::get_negotiation))
        .route("/negotiations/{name}/timeline", get(negotiation::get_timeline))
        .route("/negotiations/{name}/compare", get(negotiation::get_compare))
        .route("/negotiations/{name}/export", get(negotiation::get_export))
        .route("/articles/{key}", get(article::get_article).post(article::post_article))
        .route("/example", get(negotiation::get_negotiation))
        .route("/example/timeline", get(negotiation::get_timeline))
        .route("/example/compare", get(negotiation::get_compare))
        .route("/example/export", get(negotiation::get_export))
        .route("/example/search", get(search::get_search))
        .route("/example/articles/{key}", get(article::get_article))
        .route("/api", get(about::get_api))
        .route("/login", get(login::get_login).post(login::post_login))
        .route("/static/{file}", get(static_files::get_static))
}

async fn not_found(uri: Uri) -> Problem {
    Problem::new(StatusCode::NOT_FOUND, format!("no page {:?}; /openapi.json lists the API", uri.path()))
}

async fn wrong_method(method: Method, uri: Uri) -> Problem {
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, format!("{} does not take {method}", uri.path()))
}
