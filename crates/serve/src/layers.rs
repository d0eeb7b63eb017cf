//! What happens around every request: access, admission, headers of the answer, log and counters.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Instant;

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use hyper::body::{Frame, SizeHint};

use crate::app::SharedApp;
use crate::gate::Admission;
use crate::pages::problem_page::{problem_page, wants_page};
use crate::problem::Problem;

/// Scripts and forms only of this server, nothing from outside. The tints and the scales of the reports are style
/// attributes.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
     connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

const ANSWER_HEADERS: [(HeaderName, HeaderValue); 6] = [
    (CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
    (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    // with no-referrer browsers would send `Origin: null` with the forms of the pages
    (REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
];
const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");

/// Checks, admits, answers, logs and counts a request. The log has no texts and no parameters.
pub(crate) async fn surround(State(app): State<SharedApp>, request: Request, next: Next) -> Response {
    let start = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map_or("other", MatchedPath::as_str).to_owned();
    let is_page = wants_page(&request);
    let response = match admit(&app, &request, &route) {
        Ok(admission) => {
            let response = next.run(request).await;
            match admission {
                Some(admission) => {
                    response.map(|body| Body::new(GuardedBody { body, _admission: admission }))
                }
                None => response,
            }
        }
        Err(problem) => problem.into_response(),
    };
    let mut response = if is_page { problem_page(&app, response) } else { response };
    let headers = response.headers_mut();
    for (name, value) in ANSWER_HEADERS {
        headers.insert(name, value);
    }
    headers.entry(CACHE_CONTROL).or_insert(NO_STORE);
    let took = start.elapsed();
    let status = response.status().as_u16();
    let known = if is_usual(&method) { method.as_str() } else { "other" };
    app.metrics.count(known, &route, status, took);
    tracing::info!(method = known, route, status, micros = took.as_micros() as u64, "answered");
    response
}

/// Checks host, origin and token, and admits a request that costs work.
fn admit(app: &SharedApp, request: &Request, route: &str) -> Result<Option<Admission>, Problem> {
    let headers: &HeaderMap = request.headers();
    app.access.check_source(request.method(), request.uri(), headers)?;
    if !is_open(route) {
        app.access.check_token(headers)?;
    }
    if is_cheap(route) {
        return Ok(None);
    }
    app.gate.admit().map(Some).ok_or_else(|| {
        app.metrics.refused.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        Problem::busy()
    })
}

/// Routes without a token: the page that asks for it, and what it needs; `/metrics` checks for itself.
fn is_open(route: &str) -> bool {
    matches!(route, "/health" | "/metrics" | "/login" | "/static/{file}")
}

/// Routes that are answered also when the server is busy.
fn is_cheap(route: &str) -> bool {
    is_open(route) || matches!(route, "/openapi.json" | "/v1/model" | "other")
}

fn is_usual(method: &Method) -> bool {
    matches!(
        *method,
        Method::GET | Method::HEAD | Method::POST | Method::OPTIONS | Method::DELETE | Method::PUT
    )
}

/// A body that keeps its request admitted until it is sent or the client has gone.
struct GuardedBody {
    body: Body,
    _admission: Admission,
}

impl HttpBody for GuardedBody {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
