//! [`decode_text`]: bytes in an unknown encoding as text, with notes on what was changed.

use std::borrow::Cow;

use detente::{SourceMap, Warning, WarningKind};
use encoding_rs::{DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::input_error::{InputError, InputErrorKind, Result};

/// Decodes `bytes` and returns the text with notes on its encoding.
///
/// UTF-8 is kept byte for byte, including a byte order mark, so offsets are those of the file.
/// UTF-16 and legacy encodings (recognised by a byte order mark, else guessed) are converted to UTF-8:
/// offsets then count bytes of the converted text, and a note says so. In text that is mostly UTF-8, invalid
/// sequences become U+FFFD, and a note gives the position of the first; offsets after it may differ.
///
/// # Errors
/// If the text is empty or blank, or if zero bytes show that the data are binary.
pub fn decode_text(bytes: &[u8]) -> Result<(String, Vec<Warning>)> {
    decode_borrowed(bytes).map(|(text, notes)| (text.into_owned(), notes))
}

/// Same as [`decode_text`], without a copy if `bytes` are valid UTF-8.
pub(crate) fn decode_borrowed(bytes: &[u8]) -> Result<(Cow<'_, str>, Vec<Warning>)> {
    let Decoded { text, mut notes, .. } = decode_with_label(bytes, None)?;
    for note in notes.iter_mut().filter(|note| note.kind == WarningKind::Encoding) {
        note.message.push_str(": offsets count bytes of the text in UTF-8");
    }
    Ok((text, notes))
}

/// A decoded text, with notes on what was changed.
pub(crate) struct Decoded<'a> {
    pub(crate) text: Cow<'a, str>,
    pub(crate) notes: Vec<Warning>,
    /// The encoding that the text was converted from. UTF-8 if only invalid sequences were replaced.
    converted_from: Option<&'static Encoding>,
}

impl Decoded<'_> {
    /// Maps offsets in the text to offsets in the decoded `bytes`. `None` if both are the same.
    pub(crate) fn source_map(&self, bytes: &[u8]) -> Option<SourceMap> {
        self.converted_from.map(|encoding| source_map(bytes, encoding))
    }
}

/// Decodes `bytes` byte by byte and records the width of each character in the text and in `bytes`.
fn source_map(bytes: &[u8], encoding: &'static Encoding) -> SourceMap {
    let start = byte_order_mark(bytes).map_or(0, |(_, length)| length);
    let mut map = SourceMap::new(start as u32);
    // bytes that were read, and the end of those that complete characters came from
    let (mut read_end, mut character_end) = (start, start);
    let mut decoder = encoding.new_decoder_without_bom_handling();
    while let Some(byte) = bytes.get(read_end..=read_end) {
        let (result, read, written) = decoder.decode_to_utf8_without_replacement(byte, &mut [0; 16], false);
        read_end += read;
        if written > 0 {
            map.push(written as u32, (read_end - character_end) as u32);
            character_end = read_end;
        }
        if let DecoderResult::Malformed(_, read_ahead) = result {
            read_end -= usize::from(read_ahead);
            map.push(char::REPLACEMENT_CHARACTER.len_utf8() as u32, (read_end - character_end) as u32);
            character_end = read_end;
            decoder = encoding.new_decoder_without_bom_handling();
        }
    }
    map.finish(bytes.len() as u32);
    map
}

/// The encoding other than UTF-8 that a byte order mark names, and the length of the mark.
fn byte_order_mark(bytes: &[u8]) -> Option<(&'static Encoding, usize)> {
    Encoding::for_bom(bytes).filter(|(encoding, _)| *encoding != UTF_8)
}

/// The text whose UTF-8 was read as Windows-1252 (`â€œNo dealâ€\u{9d}`). `None` for other texts.
pub(crate) fn repair_double_encoding(text: &str) -> Option<String> {
    let has_sign =
        ["â€", "Ã©", "Ã¨", "Ã¼", "Ã¶", "Ã¤", "Ã±", "Ã³", "Ã¡", "Â "].iter().any(|sign| text.contains(sign));
    if !has_sign {
        return None;
    }
    let (bytes, _, has_other) = encoding_rs::WINDOWS_1252.encode(text);
    if has_other { None } else { String::from_utf8(bytes.into_owned()).ok() }
}

/// UTF-16 is recognised by this many of its first units.
const UTF16_SAMPLE: usize = 512;

/// The UTF-16 encoding of a text that starts with `head`, if it is one: it has a byte order mark, or more than
/// three quarters of its units have a zero byte on the same side, as Latin letters do.
pub(crate) fn detect_utf16(head: &[u8]) -> Option<&'static Encoding> {
    if let Some((encoding, _)) = byte_order_mark(head) {
        return Some(encoding);
    }
    let units = head.as_chunks::<2>().0;
    let units = units.get(..units.len().min(UTF16_SAMPLE)).unwrap_or_default();
    let zeros = |side: usize| units.iter().filter(|unit| unit[side] == 0).count();
    let threshold = units.len() * 3 / 4;
    match (zeros(0), zeros(1)) {
        (0, low) if low > threshold => Some(UTF_16LE),
        (high, 0) if high > threshold => Some(UTF_16BE),
        _ => None,
    }
}

/// Decodes `bytes`. `label` is the encoding that the document itself declares; it is used if the bytes are neither
/// UTF-16 nor valid UTF-8.
pub(crate) fn decode_with_label<'a>(bytes: &'a [u8], label: Option<&[u8]>) -> Result<Decoded<'a>> {
    let decoded = decode(bytes, label)?;
    if decoded.text.chars().all(char::is_whitespace) {
        return Err(InputError::new(InputErrorKind::Empty, "empty: no text"));
    }
    Ok(decoded)
}

fn decode<'a>(bytes: &'a [u8], label: Option<&[u8]>) -> Result<Decoded<'a>> {
    let binary = |at| {
        let message = format!("binary data, not text: zero byte at offset {at}");
        Err(InputError::new(InputErrorKind::Binary, message))
    };
    let zero = memchr::memchr(0, bytes);
    let utf8 = std::str::from_utf8(bytes);
    if let (None, Ok(text)) = (zero, utf8) {
        return Ok(Decoded { text: text.into(), notes: Vec::new(), converted_from: None });
    }
    if let Some(encoding) = detect_utf16(bytes) {
        let mark = byte_order_mark(bytes).map_or(0, |(_, length)| length);
        let decoded = convert(bytes.get(mark..).unwrap_or(&[]), encoding);
        return memchr::memchr(0, decoded.text.as_bytes()).map_or(Ok(decoded), binary);
    }
    if let Some(at) = zero {
        return binary(at);
    }
    let valid_len = utf8.map_or_else(|error| error.valid_up_to(), str::len);
    let declared = label.and_then(Encoding::for_label).filter(|encoding| *encoding != UTF_8);
    if let Some(encoding) = declared {
        return Ok(convert(bytes, encoding));
    }
    let text = String::from_utf8_lossy(bytes);
    let (mut invalid, mut valid) = (0_usize, 0_usize);
    for c in text.chars() {
        invalid += usize::from(c == char::REPLACEMENT_CHARACTER);
        valid += usize::from(!c.is_ascii() && c != char::REPLACEMENT_CHARACTER);
    }
    // more valid multi-byte characters than invalid sequences: damaged UTF-8, not a legacy encoding
    if valid > invalid {
        let line = memchr::memchr_iter(b'\n', bytes.get(..valid_len).unwrap_or(&[])).count() + 1;
        let message = format!(
            "{invalid} invalid UTF-8 sequences replaced, the first on line {line} at byte {valid_len}"
        );
        let notes = vec![Warning::new(WarningKind::InvalidBytes, message).with_line(line)];
        return Ok(Decoded { text, notes, converted_from: Some(UTF_8) });
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    Ok(convert(bytes, detector.guess(None, chardetng::Utf8Detection::Deny)))
}

fn convert<'a>(bytes: &'a [u8], encoding: &'static Encoding) -> Decoded<'a> {
    let (text, has_errors) = encoding.decode_without_bom_handling(bytes);
    let name = encoding.name();
    tracing::debug!(from = name, "converted to UTF-8");
    let mut notes =
        vec![Warning::new(WarningKind::Encoding, format!("converted from {name}")).with_value(name)];
    if has_errors {
        let at = text.find(char::REPLACEMENT_CHARACTER).unwrap_or(0);
        let message = format!("bytes that are not {name} replaced, the first at byte {at} of the text");
        notes.push(Warning::new(WarningKind::InvalidBytes, message));
    }
    Decoded { text, notes, converted_from: Some(encoding) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_that_was_encoded_twice_is_repaired() {
        let twice = "â€œNo dealâ€\u{9d} said the union. It isnâ€™t close.";
        assert_eq!(
            repair_double_encoding(twice).as_deref(),
            Some("“No deal” said the union. It isn’t close.")
        );
        for text in ["", "“No deal”", "Ã la carte “x”", "café", "â€ and “x”"] {
            assert_eq!(repair_double_encoding(text), None, "{text}");
        }
    }
    use proptest::prelude::*;

    #[test]
    fn utf8_is_unchanged_and_other_encodings_are_converted_with_a_note() {
        assert_eq!(
            decode_text("\u{feff}tálks".as_bytes()).expect("text"),
            ("\u{feff}tálks".to_owned(), Vec::new())
        );
        let wide: Vec<u8> =
            [0xFF, 0xFE].into_iter().chain("a “deal”".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let (text, notes) = decode_text(&wide).expect("text");
        assert_eq!((text.as_str(), notes[0].kind.as_str()), ("a “deal”", "encoding"));
        let (text, notes) = decode_text(b"a \x93phase one\x94 deal isn\x92t near").expect("text");
        assert_eq!((text.as_str(), notes[0].kind.as_str()), ("a “phase one” deal isn’t near", "encoding"));
    }

    #[test]
    fn an_invalid_sequence_is_replaced_and_its_line_noted() {
        let mut bytes = "one\n“two” ".as_bytes().to_vec();
        bytes.push(0xFF);
        let (text, notes) = decode_text(&bytes).expect("text");
        assert!(text.ends_with('\u{fffd}'));
        assert!(notes[0].message.contains("line 2"), "{notes:?}");
    }

    #[test]
    fn offsets_map_back_to_the_source_bytes() {
        let text = "A “deal”: not 𝄞 yet.\r\nTalks, señor.";
        let wide = |unit: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
        let (little, big) = (wide(u16::to_le_bytes), wide(u16::to_be_bytes));
        let narrow = encoding_rs::WINDOWS_1252.encode(text).0.into_owned();
        let broken = [text.as_bytes(), b" \xFF\xE2\x82 on \xFF"].concat();
        for bytes in [[&[0xFF, 0xFE], &*little].concat(), little, big, narrow, broken] {
            let decoded = decode_with_label(&bytes, None).expect("text");
            let map = decoded.source_map(&bytes).expect("a converted text");
            for word in ["not", "Talks", "or.", "ñ"] {
                let at = decoded.text.find(word).expect("a word");
                let place = |at: usize| map.source_offset(at as u32) as usize;
                let given = &bytes[place(at)..place(at + word.len())];
                let encoding = decoded.converted_from.expect("an encoding");
                assert_eq!(encoding.decode_without_bom_handling(given).0, word, "{bytes:?}");
            }
        }
        assert_eq!(decode_with_label(text.as_bytes(), None).expect("text").source_map(text.as_bytes()), None);
    }

    proptest! {
        #[test]
        fn every_character_maps_to_its_source_bytes(
            bytes in prop::collection::vec(prop_oneof![any::<u8>(), Just(0xD8), Just(0xE2), Just(b' ')], 1..60),
        ) {
            for encoding in [UTF_8, UTF_16LE, UTF_16BE, encoding_rs::WINDOWS_1252, encoding_rs::SHIFT_JIS, encoding_rs::GB18030] {
                let (text, _) = encoding.decode_without_bom_handling(&bytes);
                let map = source_map(&bytes, encoding);
                if byte_order_mark(&bytes).is_some() {
                    continue;
                }
                let ends = text.char_indices().map(|(at, _)| at as u32).chain([text.len() as u32]);
                let places: Vec<u32> = ends.map(|at| map.source_offset(at)).collect();
                prop_assert_eq!(places.len(), text.chars().count() + 1);
                for (c, place) in text.chars().zip(places.windows(2)) {
                    let given = &bytes[place[0] as usize..place[1] as usize];
                    let found = encoding.decode_without_bom_handling(given).0;
                    prop_assert_eq!(found, c.to_string(), "{:?} as {}", bytes, encoding.name());
                }
            }
        }
    }

    #[test]
    fn blank_and_binary_data_are_errors() {
        // spaces in ASCII, UTF-8, UTF-16 and Windows-1252
        for blank in [&b" \n"[..], "\u{a0}\u{2003}".as_bytes(), b"\xFF\xFE \0", b"\xA0"] {
            assert!(decode_text(blank).expect_err("empty").to_string().contains("empty"), "{blank:?}");
        }
        assert!(
            decode_text(b"PK\x03\x00\x01").expect_err("binary").to_string().contains("zero byte at offset 3")
        );
        // UTF-32: its byte order mark starts with that of UTF-16
        let wide: Vec<u8> = "\u{feff}talks".chars().flat_map(|c| u32::from(c).to_le_bytes()).collect();
        assert!(decode_text(&wide).expect_err("binary").to_string().contains("zero byte"));
    }
}
