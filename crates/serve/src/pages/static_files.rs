//! `/static/…`: the style and the script of the pages.

use axum::extract::Path;
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use detente_report::STYLE;

use crate::problem::Problem;
use crate::reply::reply;

const OWN_STYLE: &str = include_str!("../../assets/style.css");
const SCRIPT: &str = include_str!("../../assets/pages.js");

pub(crate) async fn get_static(Path(file): Path<String>) -> Result<Response, Problem> {
    let mut response = match file.as_str() {
        // that of the static reports first, so that pages and files look alike
        "style.css" => reply("text/css; charset=utf-8", format!("{STYLE}{OWN_STYLE}")),
        "pages.js" => reply("text/javascript; charset=utf-8", SCRIPT),
        _ => return Err(Problem::new(StatusCode::NOT_FOUND, "no such file")),
    };
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    Ok(response)
}
