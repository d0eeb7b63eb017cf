//! [`Frame`]: what every page shows around its content, and [`page`], which makes the answer.

use askama::Template;
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::Response;
use detente_report::PagePart;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::app::App;
use crate::problem::Problem;
use crate::reply::{HTML, reply};

/// What every page shows around its content.
pub(crate) struct Frame {
    pub(crate) in_memory: bool,
    pub(crate) model: String,
}

impl Frame {
    pub(crate) fn of(app: &App) -> Self {
        Self { in_memory: app.store.is_in_memory(), model: app.engine.model().id().to_owned() }
    }
}

/// The answer with a page.
pub(crate) fn page(template: &impl Template) -> Result<Response, Problem> {
    let html = template.render().map_err(|error| Problem::cannot_write(std::io::Error::other(error)))?;
    Ok(reply(HTML, html))
}

/// The HTML of a report, which escapes the texts in it.
pub(crate) fn part(part: PagePart<'_>) -> Result<String, Problem> {
    let mut html = Vec::new();
    part.write(&mut html).map_err(Problem::cannot_write)?;
    String::from_utf8(html).map_err(|error| Problem::cannot_write(std::io::Error::other(error)))
}

/// Sends the browser to another page, so that reloading it does not send a form again.
pub(crate) fn see_other(path: &str) -> Result<Response, Problem> {
    let path =
        path.parse().map_err(|_| Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "a page without a path"))?;
    let mut response = Response::new(axum::body::Body::empty());
    *response.status_mut() = StatusCode::SEE_OTHER;
    response.headers_mut().insert(LOCATION, path);
    Ok(response)
}

/// Characters of a path segment and of a parameter that are not escaped.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// `text` as a part of an address.
pub(crate) fn encoded(text: &str) -> String {
    utf8_percent_encode(text, PLAIN).to_string()
}
