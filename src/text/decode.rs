//! [`decode`]: bytes of unknown encoding to text, with a note of what had to be changed.

use crate::{Error, Result};

/// Something about a text that its reader should know; the engine hands it on as a warning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// What sort of note, in kebab case (`invalid-bytes`, `encoding`).
    pub kind: &'static str,
    /// The note in words.
    pub message: String,
}

/// The text of `bytes`, and notes on its encoding.
///
/// UTF-8 is kept byte for byte, a byte order mark included, so that offsets are
/// those of the file. UTF-16 and older encodings (known by their mark, else
/// guessed) are converted: offsets then are bytes of the UTF-8 text, and a note
/// says so. Bytes that break UTF-8 in a text that is otherwise UTF-8 become
/// U+FFFD, and a note names the first place; offsets after it may differ.
///
/// # Errors
/// If there is nothing but blanks, or zero bytes show that it is no text.
pub fn decode(bytes: &[u8]) -> Result<(String, Vec<Note>)> {
    decode_as(bytes, None)
}

/// The same as [`decode`]; `label` is what the bytes themselves say their encoding is,
/// believed where they are neither marked nor sound UTF-8.
pub(super) fn decode_as(bytes: &[u8], label: Option<&[u8]>) -> Result<(String, Vec<Note>)> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Error::data("empty: no text in it").because_of("empty"));
    }
    if let Some((encoding, mark)) =
        encoding_rs::Encoding::for_bom(bytes).filter(|(e, _)| *e != encoding_rs::UTF_8)
    {
        return Ok(convert(bytes.get(mark..).unwrap_or(&[]), encoding));
    }
    if let Some(at) = memchr::memchr(0, bytes) {
        let message = format!("binary, not text: a zero byte at offset {at}");
        return Err(Error::data(message).because_of("binary"));
    }
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => return Ok((text.to_owned(), Vec::new())),
        Err(error) => error,
    };
    let named = label.and_then(encoding_rs::Encoding::for_label).filter(|e| *e != encoding_rs::UTF_8);
    if let Some(encoding) = named {
        return Ok(convert(bytes, encoding));
    }
    let text = String::from_utf8_lossy(bytes);
    let (mut broken, mut sound) = (0_usize, 0_usize);
    for c in text.chars() {
        broken += usize::from(c == char::REPLACEMENT_CHARACTER);
        sound += usize::from(!c.is_ascii() && c != char::REPLACEMENT_CHARACTER);
    }
    if sound > broken {
        let at = error.valid_up_to();
        let line = memchr::memchr_iter(b'\n', bytes.get(..at).unwrap_or(&[])).count() + 1;
        let message =
            format!("{broken} invalid UTF-8 sequences replaced, the first in line {line} at byte {at}");
        return Ok((text.into_owned(), vec![Note { kind: "invalid-bytes", message }]));
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    Ok(convert(bytes, detector.guess(None, chardetng::Utf8Detection::Deny)))
}

fn convert(bytes: &[u8], encoding: &'static encoding_rs::Encoding) -> (String, Vec<Note>) {
    let (text, is_broken) = encoding.decode_without_bom_handling(bytes);
    let name = encoding.name();
    tracing::debug!(from = name, "converted to UTF-8");
    let message = format!("converted from {name}: offsets are bytes of the text as UTF-8");
    let mut notes = vec![Note { kind: "encoding", message }];
    if is_broken {
        let at = text.find(char::REPLACEMENT_CHARACTER).unwrap_or(0);
        let message = format!("bytes that are no {name} replaced, the first at byte {at} of the text");
        notes.push(Note { kind: "invalid-bytes", message });
    }
    (text.into_owned(), notes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf8_stays_and_others_are_converted_with_a_note() {
        assert_eq!(
            decode("\u{feff}tálks".as_bytes()).expect("text"),
            ("\u{feff}tálks".to_owned(), Vec::new())
        );
        let wide: Vec<u8> =
            [0xFF, 0xFE].into_iter().chain("a “deal”".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let (text, notes) = decode(&wide).expect("text");
        assert_eq!((text.as_str(), notes[0].kind), ("a “deal”", "encoding"));
        let (text, notes) = decode(b"a \x93phase one\x94 deal isn\x92t near").expect("text");
        assert_eq!((text.as_str(), notes[0].kind), ("a “phase one” deal isn’t near", "encoding"));
    }

    #[test]
    fn a_broken_sequence_is_replaced_and_named() {
        let mut bytes = "one\n“two” ".as_bytes().to_vec();
        bytes.push(0xFF);
        let (text, notes) = decode(&bytes).expect("text");
        assert!(text.ends_with('\u{fffd}'));
        assert!(notes[0].message.contains("line 2"), "{notes:?}");
    }

    #[test]
    fn nothing_and_binary_are_errors() {
        assert!(decode(b" \n").expect_err("empty").to_string().contains("empty"));
        assert!(decode(b"PK\x03\x00\x01").expect_err("binary").to_string().contains("zero byte at offset 3"));
    }
}
