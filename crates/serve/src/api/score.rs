//! `POST /v1/score`: scores one article, several, or a stream of JSON Lines.

use axum::extract::{Request, State};
use axum::response::Response;

use crate::api::stream::stream_lines;
use crate::app::{App, SharedApp};
use crate::articles::{articles_of_body, read_options};
use crate::body::{ReadBody, media_type, read_body};
use crate::params::Params;
use crate::problem::Problem;
use crate::reply::{JSON, reply};
use crate::scoring::{LineWriter, ScoreOptions};

/// Bodies of at most so many bytes are scored on the thread that read them: a millisecond at most, less than it costs
/// to hand them over and back.
const INLINE_BYTES: usize = 8 << 10;

pub(crate) async fn post_score(State(app): State<SharedApp>, request: Request) -> Result<Response, Problem> {
    let mut params = Params::of(request.uri())?;
    let read = read_options(&mut params, &app.limits)?;
    let options = ScoreOptions::of(&mut params)?;
    params.finish()?;
    if is_lines(&media_type(request.headers())) {
        return stream_lines(&app, request, read, options);
    }
    let body = read_body(&app, request).await?;
    let is_small = body.bytes.len() <= INLINE_BYTES;
    let work = move |app: &App| score_body(app, &body, &read, options);
    Ok(reply(JSON, if is_small { work(&app)? } else { app.run(work).await?? }))
}

/// Whether a body has one record on each line.
pub(crate) fn is_lines(media_type: &str) -> bool {
    matches!(media_type, "application/x-ndjson" | "application/ndjson" | "application/jsonl")
}

/// The line of one article, or an array with the lines of several.
fn score_body(
    app: &App,
    body: &ReadBody,
    read: &detente_input::InputOptions,
    options: ScoreOptions,
) -> Result<Vec<u8>, Problem> {
    let is_array = body.bytes.trim_ascii_start().starts_with(b"[");
    let articles = articles_of_body(body, read, &app.limits)?;
    let is_one = articles.len() == 1 && !is_array;
    app.with_scorer(|scorer| {
        let mut writer = LineWriter::new(app, options);
        let mut written = Vec::with_capacity(4 * body.bytes.len());
        for article in articles {
            if !is_one {
                written.extend_from_slice(if written.is_empty() { b"[\n" } else { b",\n" });
            }
            writer.write(scorer, article, &mut written)?;
            if !is_one {
                written.pop_if(|last| *last == b'\n');
            }
        }
        if !is_one {
            written.extend_from_slice(b"\n]\n");
        }
        Ok(written)
    })
}
