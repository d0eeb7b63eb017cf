//! [`detect_format`]: the format of a file by its first bytes and its name.

use serde_json::{Deserializer, Value};

use crate::encoding::{decode_text, detect_utf16};
use crate::input_error::{InputError, InputErrorKind, Result};
use crate::options::InputFormat;
use crate::record::{names_text, role_of};
use crate::table::count_cells;

/// So many bytes at the start of a file are enough to recognise it.
pub(crate) const HEAD_BYTES: usize = 64 << 10;
/// XML names its kind in so many bytes.
const XML_HEAD: usize = 2000;
/// A column name is shorter than this.
const MAX_COLUMN_NAME: usize = 40;
/// Delimiters of tables, most usual first.
const DELIMITERS: [u8; 3] = [b',', b'\t', b';'];

/// The format of a file that starts with `head` and has the format `by_name` according to its name; `text_field` is the
/// name that the user gives for the field of the text.
///
/// # Errors
/// If the format is known and not supported, as PDF.
pub(crate) fn detect_format(
    head: &[u8],
    by_name: Option<InputFormat>,
    text_field: Option<&str>,
) -> Result<InputFormat> {
    if let Some(format) = binary_format(head)? {
        return Ok(format);
    }
    let decoded = if detect_utf16(head).is_some() { decode_text(head).ok() } else { None };
    let text = decoded.map_or_else(|| String::from_utf8_lossy(head).into_owned(), |(text, _)| text);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let by_content = match text.as_bytes().first() {
        Some(b'<') => markup_format(text, by_name)?,
        Some(b'{' | b'[' | b'\x1e') => json_format(text, by_name),
        Some(_) if text.starts_with("WARC/") => Some(InputFormat::Warc),
        Some(_) if text.starts_with("WEBVTT") => Some(InputFormat::Subtitles),
        Some(_)
            if text.starts_with("From ")
                && has_mail_headers(text.split_once('\n').map_or("", |(_, rest)| rest)) =>
        {
            Some(InputFormat::Mbox)
        }
        Some(_) if matches!(by_name, None | Some(InputFormat::Text)) => {
            if has_mail_headers(text) {
                Some(InputFormat::Mail)
            } else {
                table_format(text, text_field)
            }
        }
        _ => None,
    };
    Ok(by_content.or(by_name).unwrap_or(InputFormat::Text))
}

fn binary_format(head: &[u8]) -> Result<Option<InputFormat>> {
    let advice = match head {
        [b'P', b'K', 3, 4, ..] if memchr::memmem::find(head, b"application/epub+zip").is_some() => {
            "an EPUB book: convert it to text or HTML"
        }
        [b'P', b'K', 3, 4, ..] => return Ok(Some(InputFormat::Docx)),
        [b'%', b'P', b'D', b'F', ..] => {
            "PDF: convert it to text first, for example with pdftotext -layout FILE.pdf"
        }
        [b'{', b'\\', b'r', b't', b'f', ..] => "RTF: save it as DOCX or text",
        [0xD0, 0xCF, 0x11, 0xE0, ..] => "an old Office file: save it as DOCX, CSV or text",
        [0x1F, 0x8B, ..] => "gzip: name the file .gz, or unpack it",
        [0x28, 0xB5, 0x2F, 0xFD, ..] => "zstd: name the file .zst, or unpack it",
        [b'B', b'Z', b'h', ..] => "bzip2: unpack it",
        [0xFD, b'7', b'z', b'X', b'Z', ..] => "xz: unpack it",
        [b'P', b'A', b'R', b'1', ..] => "Parquet: name the file .parquet",
        _ => return Ok(None),
    };
    Err(InputError::new(InputErrorKind::Unsupported, format!("not supported: {advice}")))
}

fn markup_format(text: &str, by_name: Option<InputFormat>) -> Result<Option<InputFormat>> {
    let end = (0..=XML_HEAD.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let head = text.get(..end).unwrap_or("").to_ascii_lowercase();
    let has = |names: &[&str]| names.iter().any(|name| head.contains(name));
    if has(&["<rss", "<rdf:rdf", "<feed", "<atom:feed"]) {
        return Ok(Some(InputFormat::Feed));
    }
    if has(&["<!doctype lewis", "<reuters"]) {
        return Ok(Some(InputFormat::Sgml));
    }
    let is_html = has(&["<html", "<!doctype html", "<head", "<body"])
        || ["<p", "<div", "<article", "<h1", "<h2", "<span", "<table", "<ul", "<br", "<img", "<b>", "<i>"]
            .iter()
            .any(|tag| head.starts_with(tag));
    if is_html {
        return Ok(Some(InputFormat::Html));
    }
    let is_xml = head.starts_with("<?xml") || matches!(by_name, Some(InputFormat::Feed | InputFormat::Sgml));
    if is_xml && by_name != Some(InputFormat::Html) {
        let message =
            "not supported: XML that is not a feed (RSS, Atom) or a page: convert it to JSON, CSV or HTML";
        return Err(InputError::new(InputErrorKind::Unsupported, message));
    }
    Ok(None)
}

/// JSON or JSON Lines, by what follows the first value. `None` for text that only starts as JSON does.
fn json_format(text: &str, by_name: Option<InputFormat>) -> Option<InputFormat> {
    if text.starts_with('\u{1e}') {
        return Some(InputFormat::JsonLines);
    }
    let mut values = Deserializer::from_str(text).into_iter::<Value>();
    match values.next() {
        Some(Ok(Value::Object(_))) => {
            let rest = text.get(values.byte_offset()..).unwrap_or("").trim_start();
            let first_line = text.lines().next().unwrap_or("");
            match rest.as_bytes().first() {
                Some(b'{') => Some(InputFormat::JsonLines),
                // metadata before a text
                Some(_) => None,
                None if by_name == Some(InputFormat::JsonLines) && !text.trim_end().contains('\n') => by_name,
                None if by_name == Some(InputFormat::JsonLines) && first_line.ends_with('}') => by_name,
                None => Some(InputFormat::Json),
            }
        }
        Some(Ok(Value::Array(values))) => {
            values.first().is_none_or(Value::is_object).then_some(InputFormat::Json)
        }
        // longer than the head
        Some(Err(error)) if error.is_eof() => match by_name {
            Some(InputFormat::Json | InputFormat::JsonLines) => by_name,
            _ => Some(if text.starts_with('[') { InputFormat::Json } else { InputFormat::JsonLines }).filter(
                |_| text.get(1..).is_some_and(|rest| rest.trim_start().starts_with(['{', '"', '}', ']'])),
            ),
        },
        _ => None,
    }
}

/// Whether `text` starts with the headers of a mail.
fn has_mail_headers(text: &str) -> bool {
    let mut known = 0;
    for line in text.lines() {
        if line.starts_with([' ', '\t']) && known > 0 {
            continue;
        }
        let Some((name, _)) = line.split_once(':') else { break };
        if name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
            break;
        }
        let name = name.to_ascii_lowercase();
        let is_known = [
            "from",
            "to",
            "subject",
            "date",
            "mime-version",
            "message-id",
            "received",
            "return-path",
            "content-type",
            "delivered-to",
        ]
        .contains(&name.as_str());
        known += usize::from(is_known);
    }
    let is_mail = ["message-id:", "mime-version:", "received:", "return-path:", "content-type:"];
    let head = text.split("\n\n").next().unwrap_or("").to_ascii_lowercase();
    known >= 3
        || known >= 2 && is_mail.iter().any(|name| head.contains(name))
        || known >= 2 && head.contains("from:") && head.contains("subject:")
}

/// A table whose header names the text and another field, if its first rows have the same number of cells.
fn table_format(text: &str, text_field: Option<&str>) -> Option<InputFormat> {
    let mut lines = text.lines();
    let header = lines.next()?;
    let second = lines.next()?;
    let delimiter = DELIMITERS.into_iter().find(|delimiter| {
        let names: Vec<&str> =
            header.split(char::from(*delimiter)).map(|name| name.trim().trim_matches('"')).collect();
        let is_named = text_field.is_some_and(|field| names.contains(&field));
        let is_usual = names.iter().any(|name| names_text(name))
            && names.iter().filter(|name| role_of(name).is_some()).count() > 1;
        let is_header = names.len() > 1
            && names.iter().all(|name| name.len() <= MAX_COLUMN_NAME && !name.ends_with('.'))
            && (is_named || is_usual);
        is_header && (count_cells(second.as_bytes(), *delimiter) >= names.len() || second.contains('"'))
    })?;
    Some(if delimiter == b'\t' { InputFormat::Tsv } else { InputFormat::Csv })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn detect(text: &str, by_name: Option<InputFormat>) -> InputFormat {
        detect_format(text.as_bytes(), by_name, None).expect("a known format")
    }

    #[test]
    fn formats_are_recognised_by_content() {
        for (text, format) in [
            ("[{\"text\":\"x\"}]", InputFormat::Json),
            ("{\"text\":\"x\"}\n{\"text\":\"y\"}\n", InputFormat::JsonLines),
            ("\u{feff}{\n  \"text\": \"x\"\n}", InputFormat::Json),
            ("<!doctype html><p>x", InputFormat::Html),
            ("<p>The union agreed.</p>", InputFormat::Html),
            ("<?xml version=\"1.0\"?><rss version=\"2.0\">", InputFormat::Feed),
            ("<!DOCTYPE lewis SYSTEM \"lewis.dtd\">", InputFormat::Sgml),
            ("id,text\n1,The union agreed.\n", InputFormat::Csv),
            ("id\ttext\n1\tThe union agreed.\n", InputFormat::Tsv),
            ("date;title;text\n2020-01-15;a;b\n", InputFormat::Csv),
            ("From: a@a.example\nSubject: Talks\nDate: x\n\nThey met.", InputFormat::Mail),
            ("From a@a.example Wed\nFrom: a\nSubject: b\nDate: c\n\nx", InputFormat::Mbox),
            ("WARC/1.0\r\n", InputFormat::Warc),
            ("WEBVTT\n\n", InputFormat::Subtitles),
            ("The union agreed, and text followed.\nThey met.", InputFormat::Text),
            ("Text, date and place\nwere not known.", InputFormat::Text),
            ("[Applause] He said yes.", InputFormat::Text),
            ("{\"title\":\"x\"}\n\nTalks went on.", InputFormat::Text),
            ("Date: 2020-01-15\nTitle: x\n\nThey met.", InputFormat::Text),
            ("", InputFormat::Text),
        ] {
            assert_eq!(detect(text, None), format, "{text}");
        }
    }

    #[test]
    fn a_table_is_recognised_by_the_field_that_the_user_names() {
        let table = "id,when,words\n1,2033-01-01,The two sides signed the accord.\n";
        let of = |field| detect_format(table.as_bytes(), None, field).expect("a known format");
        assert_eq!(of(Some("words")), InputFormat::Csv);
        assert_eq!((of(Some("other")), of(None)), (InputFormat::Text, InputFormat::Text));
    }

    #[test]
    fn content_corrects_a_misleading_name() {
        for (text, name, format) in [
            ("{\"text\":\"x\"}\n{\"text\":\"y\"}\n", InputFormat::Json, InputFormat::JsonLines),
            ("[{\"text\":\"x\"}]", InputFormat::JsonLines, InputFormat::Json),
            ("{\"text\":\"x\"}\n", InputFormat::JsonLines, InputFormat::JsonLines),
            ("{oops}\n", InputFormat::JsonLines, InputFormat::JsonLines),
            ("<html><p>x", InputFormat::Text, InputFormat::Html),
            ("id,text\n1,x\n", InputFormat::Text, InputFormat::Csv),
            ("id,text\n1,x\n", InputFormat::Tsv, InputFormat::Tsv),
            ("Talks went on.", InputFormat::Html, InputFormat::Html),
        ] {
            assert_eq!(detect(text, Some(name)), format, "{text}");
        }
    }

    #[test]
    fn formats_that_are_not_read_are_errors_with_advice() {
        for (head, advice) in [
            ("%PDF-1.4\n", "pdftotext"),
            ("{\\rtf1", "DOCX"),
            ("PK\u{3}\u{4}mimetypeapplication/epub+zip", "EPUB"),
            ("<?xml version=\"1.0\"?><nitf>", "XML"),
            ("PAR1", ".parquet"),
        ] {
            let error = detect_format(head.as_bytes(), None, None).expect_err(head);
            assert_eq!(error.kind(), InputErrorKind::Unsupported);
            assert!(error.message().contains(advice), "{error}");
        }
    }
}
