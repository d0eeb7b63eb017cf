//! [`Segments`]: a text split once into ASCII alphanumeric segments that all word-based analyses share.

use std::slice;

use crate::span::Span;
use crate::word::entry::WordEntry;
use crate::word::lexis::{Key, Lexis};
use crate::word::swar::{HIGH_BITS, bytes_at_least};

/// A text, its copy with ASCII letters in lower case, and its maximal runs of ASCII letters and digits, each
/// looked up in the word table.
///
/// Each analysis decides for itself how segments and the characters between them form words ("U.S.", "O’Brien").
pub struct Segments<'t> {
    text: &'t str,
    /// The lower-case copy, followed by [`PADDING`].
    lower: String,
    /// In text order.
    all: Vec<Segment>,
    lexis: &'static Lexis,
}

/// Zeros after the text, so that eight bytes can be loaded at the start of the last segment.
const PADDING: &str = "\0\0\0\0\0\0\0\0";

/// English text has rarely fewer bytes per segment; determines the capacity that is reserved.
const BYTES_PER_SEGMENT: usize = 5;

/// A maximal run of ASCII letters and digits.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Segment {
    pub(crate) span: Span,
    /// The number of its entry in the word table.
    entry: u16,
    /// Whether it contains a digit.
    pub(crate) has_digit: bool,
}

impl Segment {
    /// Its letters and digits in `text`.
    #[inline]
    pub(crate) fn slice<'t>(&self, text: &'t str) -> &'t str {
        self.span.slice(text)
    }

    /// Offset after its last byte.
    #[inline]
    pub(crate) fn end(&self) -> usize {
        self.span.end as usize
    }

    /// Length in bytes.
    #[inline]
    pub(crate) fn len(&self) -> usize {
        self.span.len()
    }
}

impl<'t> Segments<'t> {
    /// Splits `text` into segments.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        let lexis = Lexis::global();
        let mut lower = String::with_capacity(text.len() + PADDING.len());
        lower.push_str(text);
        lower.make_ascii_lowercase();
        lower.push_str(PADDING);
        let mut all = Vec::with_capacity(text.len() / BYTES_PER_SEGMENT);
        let bytes = lower.as_bytes();
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            if !byte.is_ascii_alphanumeric() {
                at += 1;
                continue;
            }
            let (len, key, has_digit) = read_segment(bytes.get(at..).unwrap_or_default());
            let entry = key.map_or(0, |key| lexis.number(key));
            all.push(Segment { span: Span::new(at, at + len), entry, has_digit });
            at += len;
        }
        Self { text, lower, all, lexis }
    }

    /// The text.
    #[inline]
    pub(crate) fn text(&self) -> &'t str {
        self.text
    }

    /// The text with its ASCII letters in lower case.
    #[inline]
    pub(crate) fn lower(&self) -> &str {
        self.lower.get(..self.text.len()).unwrap_or("")
    }

    /// The word table's entry for `segment`.
    #[inline]
    pub(crate) fn entry(&self, segment: &Segment) -> &'static WordEntry {
        self.lexis.entry(segment.entry)
    }

    /// The segments within `span`; `None` if `span` starts or ends inside a segment.
    pub(crate) fn within(&self, span: Span) -> Option<&[Segment]> {
        let from = self.all.partition_point(|segment| segment.span.end <= span.start);
        let rest = self.all.get(from..)?;
        let count = rest.partition_point(|segment| segment.span.start < span.end);
        let found = rest.get(..count)?;
        let is_whole = |segment: &Segment| span.contains(segment.span);
        (found.first().is_none_or(is_whole) && found.last().is_none_or(is_whole)).then_some(found)
    }

    /// A cursor before the first segment that ends after the offset `from`.
    pub(crate) fn cursor(&self, from: usize) -> SegmentCursor<'_> {
        let from = self.all.partition_point(|segment| segment.end() <= from);
        SegmentCursor::new(self.all.get(from..).unwrap_or_default())
    }
}

/// Finds segments by their start offset; the offsets asked for must ascend.
pub(crate) struct SegmentCursor<'s> {
    rest: slice::Iter<'s, Segment>,
}

impl<'s> SegmentCursor<'s> {
    /// A cursor before the first of `segments`.
    pub(crate) fn new(segments: &'s [Segment]) -> Self {
        Self { rest: segments.iter() }
    }

    /// The segment that starts at `offset`, which is not below the offsets asked for before.
    #[inline]
    pub(crate) fn segment_at(&mut self, offset: usize) -> Option<&'s Segment> {
        while let Some(segment) = self.rest.as_slice().first() {
            if segment.span.start as usize >= offset {
                return (segment.span.start as usize == offset).then_some(segment);
            }
            self.rest.next();
        }
        None
    }
}

/// Reads the segment at the start of `bytes`, which are in lower case: its length, its key unless it is too long
/// for one, and whether it contains a digit.
#[inline]
fn read_segment(bytes: &[u8]) -> (usize, Option<Key>, bool) {
    let (len, first, has_digit) = read_eight_bytes(bytes);
    if len < 8 {
        return (len, Some([first, 0]), has_digit);
    }
    let (more, second, more_digits) = read_eight_bytes(bytes.get(8..).unwrap_or_default());
    let rest = bytes.get(16..).filter(|_| more == 8).unwrap_or_default();
    let rest =
        rest.get(..rest.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count()).unwrap_or_default();
    let has_digit = has_digit || more_digits || rest.iter().any(u8::is_ascii_digit);
    (8 + more + rest.len(), rest.is_empty().then_some([first, second]), has_digit)
}

/// Reads the letters and digits at the start of the first eight bytes: how many they are, their bytes, and whether
/// one is a digit. Nothing is read from fewer than eight bytes; [`PADDING`] provides them.
#[inline]
fn read_eight_bytes(bytes: &[u8]) -> (usize, u64, bool) {
    let eight = bytes.first_chunk().map_or(0, |eight| u64::from_le_bytes(*eight));
    let low_bits = eight & !HIGH_BITS;
    let letters = bytes_at_least(low_bits, b'a') & !bytes_at_least(low_bits, b'z' + 1);
    let digits = bytes_at_least(low_bits, b'0') & !bytes_at_least(low_bits, b'9' + 1) & HIGH_BITS;
    let others = !(letters | digits) & HIGH_BITS | eight & HIGH_BITS;
    if others == 0 {
        return (8, eight, digits != 0);
    }
    // all bits of the bytes before the first that is neither letter nor digit
    let mask = (others & others.wrapping_neg()).wrapping_sub(1) >> 7;
    (others.trailing_zeros() as usize / 8, eight & mask, digits & mask != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Text, whether it contains a digit and whether it is in the word table, of each segment.
    fn segments(text: &str) -> Vec<(&str, bool, bool)> {
        let segments = Segments::new(text);
        let is_known = |segment: &Segment| segment.entry != 0;
        segments.all.iter().map(|s| (s.slice(text), s.has_digit, is_known(s))).collect()
    }

    #[test]
    fn a_segment_is_a_maximal_run_of_letters_and_digits() {
        assert_eq!(
            segments("SAID on the 15th, naïve: representatives’ a1B2"),
            [
                ("SAID", false, true),
                ("on", false, true),
                ("the", false, true),
                ("15th", true, false),
                ("na", false, true),
                ("ve", false, true),
                ("representatives", false, true),
                ("a1B2", true, false),
            ]
        );
        assert_eq!(segments(""), []);
        assert_eq!(segments("—"), []);
    }

    proptest::proptest! {
        #[test]
        fn segments_equal_those_of_a_split_by_character(text in "[a-zA-Z0-9 .'éÀ÷{`@/:\\[\\x00]{0,60}") {
            let found = Segments::new(&text);
            let expected: Vec<&str> =
                text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty()).collect();
            proptest::prop_assert_eq!(segments(&text).iter().map(|s| s.0).collect::<Vec<_>>(), expected);
            for segment in &found.all {
                let lower = segment.slice(found.lower());
                proptest::prop_assert_eq!(segment.has_digit, lower.contains(|c: char| c.is_ascii_digit()));
                proptest::prop_assert!(std::ptr::eq(found.entry(segment), Lexis::global().lookup(lower)));
            }
        }
    }

    #[test]
    fn a_span_has_segments_unless_it_splits_one() {
        let segments = Segments::new("the two sides");
        let count = |start, end| segments.within(Span::new(start, end)).map(<[Segment]>::len);
        assert_eq!(
            (count(0, 13), count(3, 8), count(4, 4), count(7, 40)),
            (Some(3), Some(1), Some(0), Some(1))
        );
        assert_eq!((count(1, 7), count(0, 6), count(5, 6)), (None, None, None));
    }
}
