//! [`read_body`]: the body of a request, whole, within its limits.

use std::future::poll_fn;
use std::io::Read;
use std::pin::Pin;
use std::sync::atomic::Ordering;

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use axum::http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderName, StatusCode};

use crate::app::App;
use crate::problem::Problem;

/// A body with the type that the client gives it.
pub(crate) struct ReadBody {
    pub(crate) bytes: Bytes,
    /// Lower case, without parameters; empty if there is none.
    pub(crate) media_type: String,
}

/// Reads a body whole and decompresses it.
///
/// # Errors
/// If it is too long, arrives too slowly, is cut, or is compressed in a way that is not known.
pub(crate) async fn read_body(app: &App, request: Request) -> Result<ReadBody, Problem> {
    let (head, body) = request.into_parts();
    let limit = app.limits.body_bytes;
    let declared: Option<usize> = text_of(&head.headers, &CONTENT_LENGTH).parse().ok();
    if declared.is_some_and(|declared| declared > limit) {
        return Err(Problem::too_large("a body", limit));
    }
    let reading = collect(body, declared.unwrap_or(0), limit);
    let slow = || Problem::new(StatusCode::REQUEST_TIMEOUT, "the body did not arrive in time");
    let bytes = tokio::time::timeout(app.limits.patience, reading).await.map_err(|_| slow())??;
    app.metrics.body_bytes.fetch_add(bytes.len() as u64, Ordering::Relaxed);
    let bytes = match text_of(&head.headers, &CONTENT_ENCODING).as_str() {
        "" | "identity" => bytes,
        "gzip" | "x-gzip" => decompress(&bytes, limit)?,
        other => {
            let message = format!("content-encoding {other}: only gzip is known");
            return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, message));
        }
    };
    Ok(ReadBody { bytes, media_type: media_type(&head.headers) })
}

/// The media type in lower case, without parameters; empty if there is none.
pub(crate) fn media_type(headers: &HeaderMap) -> String {
    text_of(headers, &CONTENT_TYPE).split(';').next().unwrap_or("").trim().to_owned()
}

fn text_of(headers: &HeaderMap, name: &HeaderName) -> String {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or("").trim().to_ascii_lowercase()
}

async fn collect(mut body: Body, expected: usize, limit: usize) -> Result<Bytes, Problem> {
    let mut all = Vec::with_capacity(expected.min(limit));
    while let Some(piece) = next_piece(&mut body).await? {
        if all.is_empty() && expected == piece.len() {
            return Ok(piece);
        }
        if all.len() + piece.len() > limit {
            return Err(Problem::too_large("a body", limit));
        }
        all.extend_from_slice(&piece);
    }
    Ok(all.into())
}

/// The next piece of a body; `None` at its end.
///
/// # Errors
/// If the client goes away or breaks the protocol.
pub(crate) async fn next_piece(body: &mut Body) -> Result<Option<Bytes>, Problem> {
    loop {
        let Some(frame) = poll_fn(|context| Pin::new(&mut *body).poll_frame(context)).await else {
            return Ok(None);
        };
        let frame = frame.map_err(|_| Problem::new(StatusCode::BAD_REQUEST, "the body was cut"))?;
        // others are trailers
        if let Ok(bytes) = frame.into_data() {
            return Ok(Some(bytes));
        }
    }
}

fn decompress(bytes: &[u8], limit: usize) -> Result<Bytes, Problem> {
    let mut text = Vec::new();
    let mut decoder = flate2::bufread::MultiGzDecoder::new(bytes).take(limit as u64 + 1);
    decoder
        .read_to_end(&mut text)
        .map_err(|error| Problem::new(StatusCode::BAD_REQUEST, format!("not gzip: {error}")))?;
    if text.len() > limit {
        return Err(Problem::too_large("a decompressed body", limit));
    }
    Ok(text.into())
}
