//! [`stream_lines`]: JSON Lines are scored and answered as they arrive, in constant memory.

use std::cell::RefCell;
use std::io::{self, BufRead, Read};
use std::path::PathBuf;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::header::CONTENT_ENCODING;
use axum::response::Response;
use detente_input::{FileArticles, InputFormat, InputOptions};
use hyper::body::Frame;
use serde::Serialize;
use tokio::sync::mpsc;

use crate::app::{App, SharedApp};
use crate::articles::LINES_NAME;
use crate::body::next_piece;
use crate::problem::{Fault, Problem};
use crate::reply::{JSON_LINES, reply};
use crate::scoring::{LineWriter, ScoreOptions};

/// Pieces of a body, or of an answer, that wait for the other side.
const WAITING_PIECES: usize = 16;
/// Lines of an answer are sent together up to so many bytes.
const PIECE_BYTES: usize = 32 << 10;

/// Scores the lines of a body on a thread of its own. A line that cannot be read is answered by a line
/// `{"error":{…}}` with its place.
pub(crate) fn stream_lines(
    app: &SharedApp,
    request: Request,
    read: InputOptions,
    options: ScoreOptions,
) -> Result<Response, Problem> {
    if request.headers().contains_key(CONTENT_ENCODING) {
        let message = "JSON Lines are read as they come, without content-encoding";
        return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, message));
    }
    let (to_reader, pieces) = mpsc::channel(WAITING_PIECES);
    let (lines, answer) = mpsc::channel(WAITING_PIECES);
    let patience = app.limits.patience;
    tokio::spawn(async move {
        let mut body = request.into_body();
        loop {
            let next = match tokio::time::timeout(patience, next_piece(&mut body)).await {
                Ok(Ok(Some(piece))) => Ok(piece),
                Ok(Ok(None)) => break,
                Ok(Err(problem)) => Err(io::Error::new(io::ErrorKind::UnexpectedEof, problem.detail)),
                Err(_) => Err(io::Error::new(io::ErrorKind::TimedOut, "no more lines arrived in time")),
            };
            let is_end = next.is_err();
            // the thread ends early if nobody takes the answer
            if to_reader.send(next).await.is_err() || is_end {
                break;
            }
        }
    });
    let app = Arc::clone(app);
    tokio::task::spawn_blocking(move || score_lines(&app, pieces, (&read, options), lines));
    Ok(reply(JSON_LINES, Body::new(ChannelBody(answer))))
}

/// The line for a record that cannot be read.
#[derive(Serialize)]
struct ErrorLine {
    error: Fault,
}

fn score_lines(
    app: &App,
    pieces: mpsc::Receiver<io::Result<Bytes>>,
    (read, options): (&InputOptions, ScoreOptions),
    lines: mpsc::Sender<Bytes>,
) {
    let output = Rc::new(RefCell::new(Output { lines, written: Vec::new() }));
    let reader = PieceReader { pieces, piece: Bytes::new(), output: Rc::clone(&output) };
    let read = InputOptions { format: Some(InputFormat::JsonLines), ..read.clone() };
    let articles = FileArticles::new(PathBuf::from(LINES_NAME), Box::new(reader), &read);
    app.with_scorer(|scorer| {
        let mut writer = LineWriter::new(app, options);
        for article in articles {
            let output = &mut *output.borrow_mut();
            let failed = match article {
                Ok(article) => {
                    let _core = app.wait_for_core();
                    let written = writer.write(scorer, article, &mut output.written);
                    written.err().map(|problem| Fault { detail: problem.detail, place: *problem.place })
                }
                Err(error) => Some(Fault::of_input(&error, None)),
            };
            if let Some(error) = failed
                && serde_json::to_writer(&mut output.written, &ErrorLine { error }).is_ok()
            {
                output.written.push(b'\n');
            }
            if output.written.len() >= PIECE_BYTES && output.send().is_err() {
                return;
            }
        }
        // if the client has gone there is nobody to tell
        let _ = output.borrow_mut().send();
    });
}

/// Lines that are written and not sent yet.
struct Output {
    lines: mpsc::Sender<Bytes>,
    written: Vec<u8>,
}

impl Output {
    /// Sends the lines, as soon as the client has taken those before.
    fn send(&mut self) -> io::Result<()> {
        if self.written.is_empty() {
            return Ok(());
        }
        let lines = Bytes::from(std::mem::take(&mut self.written));
        self.lines.blocking_send(lines).map_err(|_| io::Error::from(io::ErrorKind::BrokenPipe))
    }
}

/// Reads a body piece by piece. Sends the lines so far before it waits, so that a client gets the answer to one line
/// before it sends the next.
struct PieceReader {
    pieces: mpsc::Receiver<io::Result<Bytes>>,
    piece: Bytes,
    output: Rc<RefCell<Output>>,
}

impl BufRead for PieceReader {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.piece.is_empty() {
            let next = if let Ok(next) = self.pieces.try_recv() {
                Some(next)
            } else {
                self.output.borrow_mut().send()?;
                self.pieces.blocking_recv()
            };
            match next {
                Some(piece) => self.piece = piece?,
                None => break,
            }
        }
        Ok(&self.piece)
    }

    fn consume(&mut self, count: usize) {
        let _ = self.piece.split_to(count.min(self.piece.len()));
    }
}

impl Read for PieceReader {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let from = self.fill_buf()?;
        let count = from.len().min(to.len());
        if let (Some(to), Some(from)) = (to.get_mut(..count), from.get(..count)) {
            to.copy_from_slice(from);
        }
        self.consume(count);
        Ok(count)
    }
}

/// The body of an answer whose pieces another thread writes.
struct ChannelBody(mpsc::Receiver<Bytes>);

impl HttpBody for ChannelBody {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        self.0.poll_recv(context).map(|piece| piece.map(|bytes| Ok(Frame::data(bytes))))
    }
}
