//! [`decode`]: bytes of unknown encoding to text, with a note of what had to be changed; [`Origin`]: the way back.

use std::borrow::Cow;

use detente::{Error, ErrorKind, Result, SourceMap, Warning, WarningKind};
use encoding_rs::{DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};

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
pub fn decode(bytes: &[u8]) -> Result<(String, Vec<Warning>)> {
    decode_line(bytes).map(|(text, notes)| (text.into_owned(), notes))
}

/// The same, of which the text is borrowed where it is the bytes themselves.
pub(crate) fn decode_line(bytes: &[u8]) -> Result<(Cow<'_, str>, Vec<Warning>)> {
    let Decoded { text, mut notes, .. } = decode_as(bytes, None)?;
    for note in notes.iter_mut().filter(|note| note.kind == WarningKind::Encoding) {
        note.message.push_str(": offsets are bytes of the text as UTF-8");
    }
    Ok((text, notes))
}

/// A text, what had to be changed to get it, and the encoding that it was changed from.
pub(crate) struct Decoded<'a> {
    pub(crate) text: Cow<'a, str>,
    pub(crate) notes: Vec<Warning>,
    from: Option<&'static Encoding>,
}

impl Decoded<'_> {
    /// The same with a text of its own.
    pub(crate) fn into_owned(self) -> Decoded<'static> {
        Decoded { text: Cow::Owned(self.text.into_owned()), notes: self.notes, from: self.from }
    }

    /// Maps offsets in the text to offsets in `bytes`, which were decoded; `None` where both are the same.
    pub(crate) fn source_map(&self, bytes: &[u8]) -> Option<SourceMap> {
        self.from.map(|encoding| source_map(bytes, encoding))
    }
}

/// Decodes `bytes` one by one and records the width of each character in the text and in `bytes`.
fn source_map(bytes: &[u8], encoding: &'static Encoding) -> SourceMap {
    let start = marked(bytes).map_or(0, |(_, mark)| mark);
    let mut map = SourceMap::new(start as u32);
    // bytes read, and of them those that the characters so far came from
    let (mut at, mut place) = (start, start);
    let mut decoder = encoding.new_decoder_without_bom_handling();
    while let Some(byte) = bytes.get(at..=at) {
        let (result, read, written) = decoder.decode_to_utf8_without_replacement(byte, &mut [0; 16], false);
        at += read;
        if written > 0 {
            map.push(written as u32, (at - place) as u32);
            place = at;
        }
        if let DecoderResult::Malformed(_, beyond) = result {
            at -= usize::from(beyond);
            map.push(char::REPLACEMENT_CHARACTER.len_utf8() as u32, (at - place) as u32);
            place = at;
            decoder = encoding.new_decoder_without_bom_handling();
        }
    }
    map.finish(bytes.len() as u32);
    map
}

/// The encoding other than UTF-8 that a mark at the start names, and the length of the mark.
fn marked(bytes: &[u8]) -> Option<(&'static Encoding, usize)> {
    Encoding::for_bom(bytes).filter(|(encoding, _)| *encoding != UTF_8)
}

/// Whether the text that starts so is UTF-16, marked or not: Latin text has a zero in each of its units then.
pub(crate) fn utf16(head: &[u8]) -> Option<&'static Encoding> {
    if let Some((encoding, _)) = marked(head) {
        return Some(encoding);
    }
    let units = head.as_chunks::<2>().0;
    let units = units.get(..units.len().min(512)).unwrap_or_default();
    let zeros = |side: usize| units.iter().filter(|unit| unit[side] == 0).count();
    let most = units.len() * 3 / 4;
    match (zeros(0), zeros(1)) {
        (0, low) if low > most => Some(UTF_16LE),
        (high, 0) if high > most => Some(UTF_16BE),
        _ => None,
    }
}

/// The same as [`decode`], with the way back; `label` is what the bytes themselves say their encoding is,
/// believed where they are neither UTF-16 nor sound UTF-8.
pub(crate) fn decode_as<'a>(bytes: &'a [u8], label: Option<&[u8]>) -> Result<Decoded<'a>> {
    let decoded = decode_any(bytes, label)?;
    if decoded.text.chars().all(char::is_whitespace) {
        return Err(Error::new(ErrorKind::Empty, "empty: no text in it"));
    }
    Ok(decoded)
}

fn decode_any<'a>(bytes: &'a [u8], label: Option<&[u8]>) -> Result<Decoded<'a>> {
    let binary =
        |at| Err(Error::new(ErrorKind::Binary, format!("binary, not text: a zero byte at offset {at}")));
    let zero = memchr::memchr(0, bytes);
    let utf8 = std::str::from_utf8(bytes);
    if let (None, Ok(text)) = (zero, utf8) {
        return Ok(Decoded { text: text.into(), notes: Vec::new(), from: None });
    }
    if let Some(encoding) = utf16(bytes) {
        let mark = marked(bytes).map_or(0, |(_, mark)| mark);
        let decoded = convert(bytes.get(mark..).unwrap_or(&[]), encoding);
        return memchr::memchr(0, decoded.text.as_bytes()).map_or(Ok(decoded), binary);
    }
    if let Some(at) = zero {
        return binary(at);
    }
    let valid = utf8.map_or_else(|error| error.valid_up_to(), str::len);
    let named = label.and_then(Encoding::for_label).filter(|encoding| *encoding != UTF_8);
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
        let line = memchr::memchr_iter(b'\n', bytes.get(..valid).unwrap_or(&[])).count() + 1;
        let message =
            format!("{broken} invalid UTF-8 sequences replaced, the first in line {line} at byte {valid}");
        let notes = vec![Warning::new(WarningKind::InvalidBytes, message).with_line(line)];
        return Ok(Decoded { text, notes, from: Some(UTF_8) });
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    Ok(convert(bytes, detector.guess(None, chardetng::Utf8Detection::Deny)))
}

fn convert<'a>(bytes: &'a [u8], encoding: &'static Encoding) -> Decoded<'a> {
    let (text, is_broken) = encoding.decode_without_bom_handling(bytes);
    let name = encoding.name();
    tracing::debug!(from = name, "converted to UTF-8");
    let message = format!("converted from {name}");
    let mut notes = vec![Warning::new(WarningKind::Encoding, message).with_value(name)];
    if is_broken {
        let at = text.find(char::REPLACEMENT_CHARACTER).unwrap_or(0);
        let message = format!("bytes that are no {name} replaced, the first at byte {at} of the text");
        notes.push(Warning::new(WarningKind::InvalidBytes, message));
    }
    Decoded { text, notes, from: Some(encoding) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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
    fn offsets_lead_back_into_the_bytes_given() {
        let text = "A “deal”: not 𝄞 yet.\r\nTalks, señor.";
        let wide = |unit: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
        let (little, big) = (wide(u16::to_le_bytes), wide(u16::to_be_bytes));
        let narrow = encoding_rs::WINDOWS_1252.encode(text).0.into_owned();
        let broken = [text.as_bytes(), b" \xFF\xE2\x82 on \xFF"].concat();
        for bytes in [[&[0xFF, 0xFE], &*little].concat(), little, big, narrow, broken] {
            let decoded = decode_as(&bytes, None).expect("text");
            let map = decoded.source_map(&bytes).expect("it was converted");
            for word in ["not", "Talks", "or.", "ñ"] {
                let at = decoded.text.find(word).expect("a word");
                let place = |at: usize| map.source_offset(at as u32) as usize;
                let given = &bytes[place(at)..place(at + word.len())];
                let encoding = decoded.from.expect("an encoding");
                assert_eq!(encoding.decode_without_bom_handling(given).0, word, "{bytes:?}");
            }
        }
        assert_eq!(decode_as(text.as_bytes(), None).expect("text").source_map(text.as_bytes()), None);
    }

    proptest! {
        #[test]
        fn every_character_is_found_in_the_bytes_given(
            bytes in prop::collection::vec(prop_oneof![any::<u8>(), Just(0xD8), Just(0xE2), Just(b' ')], 1..60),
        ) {
            for encoding in [UTF_8, UTF_16LE, UTF_16BE, encoding_rs::WINDOWS_1252, encoding_rs::SHIFT_JIS, encoding_rs::GB18030] {
                let (text, _) = encoding.decode_without_bom_handling(&bytes);
                let map = source_map(&bytes, encoding);
                if marked(&bytes).is_some() {
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
    fn nothing_and_binary_are_errors() {
        // blank in ASCII, as UTF-8, as UTF-16, and as Windows-1252
        for blank in [&b" \n"[..], "\u{a0}\u{2003}".as_bytes(), b"\xFF\xFE \0", b"\xA0"] {
            assert!(decode(blank).expect_err("empty").to_string().contains("empty"), "{blank:?}");
        }
        assert!(decode(b"PK\x03\x00\x01").expect_err("binary").to_string().contains("zero byte at offset 3"));
        // UTF-32, whose mark starts as that of UTF-16
        let wide: Vec<u8> = "\u{feff}talks".chars().flat_map(|c| u32::from(c).to_le_bytes()).collect();
        assert!(decode(&wide).expect_err("binary").to_string().contains("zero byte"));
    }
}
