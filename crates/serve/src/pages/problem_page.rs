//! [`problem_page`]: a problem as a page, for browsers.

use askama::Template;
use axum::extract::Request;
use axum::http::header::{ACCEPT, RETRY_AFTER};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;

use crate::app::App;
use crate::pages::frame::{Frame, page};
use crate::pages::login::login_page;
use crate::problem::Problem;

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage<'a> {
    frame: Frame,
    problem: &'a Problem,
    heading: &'static str,
    advice: &'static str,
}

/// Whether a problem with this request is shown as a page: to browsers, outside the API.
pub(crate) fn wants_page(request: &Request) -> bool {
    !request.uri().path().starts_with("/v1/") && accepts_pages(request.headers())
}

/// The page of a problem, with the status and the headers of the answer that has it.
pub(crate) fn problem_page(app: &App, response: Response) -> Response {
    let Some(problem) = response.extensions().get::<Problem>() else { return response };
    let status = problem.status();
    let shown = if status == StatusCode::UNAUTHORIZED {
        login_page(app, false)
    } else {
        let (heading, advice) = words(status);
        page(&ProblemPage { frame: Frame::of(app), problem, heading, advice })
    };
    let Ok(mut shown) = shown else { return response };
    *shown.status_mut() = status;
    if let Some(seconds) = response.headers().get(RETRY_AFTER) {
        shown.headers_mut().insert(RETRY_AFTER, seconds.clone());
    }
    shown
}

fn accepts_pages(headers: &HeaderMap) -> bool {
    headers.get(ACCEPT).and_then(|value| value.to_str().ok()).is_some_and(|value| value.contains("text/html"))
}

/// A heading and what may help.
fn words(status: StatusCode) -> (&'static str, &'static str) {
    match status {
        StatusCode::NOT_FOUND => {
            ("Not here", "It may have been removed or renamed; the list of negotiations has all names.")
        }
        StatusCode::UNPROCESSABLE_ENTITY | StatusCode::UNSUPPORTED_MEDIA_TYPE => (
            "This could not be read",
            "Nothing was filed. Go back to change the form; what you typed is still there.",
        ),
        StatusCode::PAYLOAD_TOO_LARGE => {
            ("Too much at once", "Send fewer or shorter files, or use detente score for large ones.")
        }
        StatusCode::SERVICE_UNAVAILABLE => ("Busy", "Go back and try again in a moment."),
        StatusCode::FORBIDDEN | StatusCode::MISDIRECTED_REQUEST => {
            ("Refused", "The server answers only requests to its own name and from its own pages.")
        }
        StatusCode::BAD_REQUEST => {
            ("Not understood", "The address or the form has something that is not known.")
        }
        _ => (
            "Something went wrong",
            "If it happens again, the log of the server (detente serve -v) has more.",
        ),
    }
}
