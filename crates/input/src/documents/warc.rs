//! [`WarcReader`]: the pages of a web archive, one at a time.

use std::io::{self, BufRead, Read};

use detente::Article;
use flate2::read::MultiGzDecoder;

use crate::encoding::decode_text;
use crate::html::article_from_bytes;
use crate::input_error::{InputError, InputErrorKind, Result};

/// A longer line of a header is cut.
const MAX_HEADER_LINE: u64 = 64 << 10;

/// Reads the records of a WARC file and gives the articles of pages and of extracted texts.
pub(crate) struct WarcReader<R> {
    reader: R,
    limit: usize,
    number: usize,
    is_at_end: bool,
}

/// The header of a record.
#[derive(Default)]
struct RecordHeader {
    kind: String,
    address: String,
    content_type: String,
    length: u64,
}

impl<R: BufRead> WarcReader<R> {
    /// The pages in `reader`, of at most `limit` bytes each.
    pub(crate) fn new(reader: R, limit: usize) -> Self {
        Self { reader, limit, number: 0, is_at_end: false }
    }

    /// The next page, with the number of its record. Records of other kinds (requests, images) are passed over.
    pub(crate) fn next_page(&mut self) -> Option<Result<(usize, Article)>> {
        while !self.is_at_end {
            let found = self.read_record();
            let number = self.number;
            match found {
                Ok(None) => {}
                Ok(Some(article)) => return Some(Ok((number, article))),
                Err(error) => {
                    self.is_at_end = error.kind() == InputErrorKind::Unreadable;
                    return Some(Err(error.in_record(number)));
                }
            }
        }
        None
    }

    fn read_record(&mut self) -> Result<Option<Article>> {
        let Some(header) = self.read_header().map_err(InputError::read_failed)? else { return Ok(None) };
        self.number += 1;
        let has_text = matches!(header.kind.as_str(), "response" | "resource" | "conversion");
        if !has_text || header.length > self.limit as u64 {
            io::copy(&mut self.reader.by_ref().take(header.length), &mut io::sink())
                .map_err(InputError::read_failed)?;
            return if has_text { Err(InputError::too_long("record", self.limit)) } else { Ok(None) };
        }
        let mut content = Vec::new();
        self.reader
            .by_ref()
            .take(header.length)
            .read_to_end(&mut content)
            .map_err(InputError::read_failed)?;
        let (content, content_type) = match header.kind.as_str() {
            "response" => match http_body(&content, self.limit)? {
                Some(found) => found,
                None => return Ok(None),
            },
            _ => (content, header.content_type),
        };
        let article = if content_type.contains("html") {
            Some(article_from_bytes(&header.address, &content)?)
        } else if content_type.starts_with("text/plain") {
            let (text, notes) = decode_text(&content)?;
            let mut article = Article::new(header.address, text);
            article.warnings = notes;
            Some(article)
        } else {
            None
        };
        Ok(article)
    }

    /// Reads up to the end of the next header; `None` at the end of the file.
    fn read_header(&mut self) -> io::Result<Option<RecordHeader>> {
        let mut header = RecordHeader::default();
        let mut is_open = false;
        loop {
            let mut line = Vec::new();
            if self.reader.by_ref().take(MAX_HEADER_LINE).read_until(b'\n', &mut line)? == 0 {
                self.is_at_end = true;
                return Ok(None);
            }
            let line = String::from_utf8_lossy(&line);
            let line = line.trim_end();
            if line.starts_with("WARC/") {
                is_open = true;
            } else if line.is_empty() && is_open {
                return Ok(Some(header));
            } else if let Some((name, value)) = line.split_once(':').filter(|_| is_open) {
                let value = value.trim();
                match name.to_ascii_lowercase().as_str() {
                    "warc-type" => header.kind = value.to_ascii_lowercase(),
                    "warc-target-uri" => value.trim_matches(['<', '>']).clone_into(&mut header.address),
                    "content-type" => header.content_type = value.to_ascii_lowercase(),
                    "content-length" => header.length = value.parse().unwrap_or(0),
                    _ => {}
                }
            }
        }
    }
}

/// The body of an HTTP response with status 200 and its type; `None` for other responses.
fn http_body(response: &[u8], limit: usize) -> Result<Option<(Vec<u8>, String)>> {
    let (head_end, gap) = match memchr::memmem::find(response, b"\r\n\r\n") {
        Some(at) => (at, 4),
        None => (memchr::memmem::find(response, b"\n\n").unwrap_or(response.len()), 2),
    };
    let head = String::from_utf8_lossy(response.get(..head_end).unwrap_or(&[])).to_ascii_lowercase();
    let body = response.get(head_end + gap..).unwrap_or(&[]);
    let field = |name: &str| {
        head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':')).map_or("", str::trim)
    };
    if head.split_whitespace().nth(1) != Some("200") {
        return Ok(None);
    }
    let mut body =
        if field("transfer-encoding").contains("chunked") { unchunked(body) } else { body.to_vec() };
    match field("content-encoding") {
        "" | "identity" => {}
        "gzip" | "x-gzip" => {
            let mut unpacked = Vec::new();
            let unpack =
                MultiGzDecoder::new(body.as_slice()).take(limit as u64 + 1).read_to_end(&mut unpacked);
            unpack
                .map_err(|error| InputError::new(InputErrorKind::Binary, format!("damaged page: {error}")))?;
            if unpacked.len() > limit {
                return Err(InputError::too_long("page", limit));
            }
            body = unpacked;
        }
        other => {
            let message = format!("a page packed with {other} is not supported");
            return Err(InputError::new(InputErrorKind::Unsupported, message));
        }
    }
    Ok(Some((body, field("content-type").to_owned())))
}

/// A body without the lengths of its chunks; as it is if it has none.
fn unchunked(body: &[u8]) -> Vec<u8> {
    let mut whole = Vec::new();
    let mut rest = body;
    while let Some(end) = memchr::memchr(b'\n', rest) {
        let line = String::from_utf8_lossy(rest.get(..end).unwrap_or(&[])).into_owned();
        let size = line.trim().split(';').next().and_then(|size| usize::from_str_radix(size, 16).ok());
        let Some(size) = size else { return if whole.is_empty() { body.to_vec() } else { whole } };
        let from = end + 1;
        let Some(chunk) = rest.get(from..from.saturating_add(size)) else {
            whole.extend(rest.get(from..).unwrap_or(&[]));
            return whole;
        };
        if size == 0 {
            break;
        }
        whole.extend(chunk);
        rest = rest.get(from + size..).unwrap_or(&[]);
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<html><body><p>The union agreed to a deal, and the strike is off.</p></body></html>";

    fn record(kind: &str, content: &str) -> String {
        format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://a.example/1\r\nContent-Type: text/plain\r\n\
             Content-Length: {}\r\n\r\n{content}\r\n\r\n",
            content.len()
        )
    }

    fn read(text: &str, limit: usize) -> Vec<Result<(usize, Article)>> {
        let mut reader = WarcReader::new(text.as_bytes(), limit);
        std::iter::from_fn(|| reader.next_page()).collect()
    }

    #[test]
    fn pages_and_texts_are_read_and_other_records_passed_over() {
        let response = |head: &str, body: &str| {
            record("response", &format!("HTTP/1.1 {head}\r\nContent-Type: text/html\r\n\r\n{body}"))
        };
        let chunked = format!("{:x}\r\n{PAGE}\r\n0\r\n\r\n", PAGE.len());
        let text = [
            record("warcinfo", "software: x"),
            response("200 OK", PAGE),
            record("request", "GET / HTTP/1.1"),
            response("404 Not Found", PAGE),
            response("200 OK\r\nTransfer-Encoding: chunked", &chunked),
            record("conversion", "Talks went on."),
        ]
        .concat();
        let found: Vec<_> = read(&text, 1000).into_iter().map(|page| page.expect("a page")).collect();
        assert_eq!(found.iter().map(|page| page.0).collect::<Vec<_>>(), [2, 5, 6]);
        assert_eq!(found[0].1.text, "The union agreed to a deal, and the strike is off.");
        assert_eq!(found[0].1.text, found[1].1.text);
        assert_eq!(
            (found[2].1.id.as_str(), found[2].1.text.as_str()),
            ("https://a.example/1", "Talks went on.")
        );
    }

    #[test]
    fn faults_are_errors_with_the_number_of_the_record() {
        let long = record("conversion", &"x".repeat(300));
        let found = read(&format!("{long}{}", record("conversion", "Talks went on.")), 200);
        assert!(found[0].is_err() && found[1].is_ok(), "{}", found.len());
        assert_eq!(found[0].as_ref().expect_err("long").record(), Some(1));
        assert!(read("", 100).is_empty() && read("no archive\n", 100).is_empty());
        assert!(
            read(
                "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 999\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
                1000
            )
            .is_empty()
        );
    }
}
