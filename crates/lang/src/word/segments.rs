//! [`Runs`]: a text cut into runs of letters and digits once, for all stages that read for words.

use std::slice;

use crate::span::Span;
use crate::word::entry::WordEntry;
use crate::word::lexis::{Key, Lexis};
use crate::word::swar::{HIGH, at_least};

/// A text, a copy of it with ASCII letters in lower case, and its runs of ASCII letters and digits, each looked
/// up in the dictionary. What makes a word of runs and of what stands between them is for each stage to say.
pub struct Runs<'t> {
    text: &'t str,
    /// Eight zeros longer than the text.
    lower: String,
    /// In order.
    all: Vec<Run>,
    dictionary: &'static Lexis,
}

/// As many ASCII letters and digits as stand together.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Run {
    pub(crate) span: Span,
    /// The number of its entry in the dictionary.
    entry: u16,
    /// Whether any of it is a digit.
    pub(crate) digits: bool,
}

impl Run {
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

impl<'t> Runs<'t> {
    /// Cuts `text`.
    pub fn of(text: &'t str) -> Self {
        let dictionary = Lexis::global();
        let mut lower = String::with_capacity(text.len() + 8);
        lower.push_str(text);
        lower.make_ascii_lowercase();
        lower.push_str("\0\0\0\0\0\0\0\0");
        let mut all = Vec::with_capacity(text.len() / 5);
        let bytes = lower.as_bytes();
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            if !byte.is_ascii_alphanumeric() {
                at += 1;
                continue;
            }
            let (len, key, digits) = run(bytes.get(at..).unwrap_or_default());
            let entry = key.map_or(0, |key| dictionary.number(key));
            all.push(Run { span: Span::new(at, at + len), entry, digits });
            at += len;
        }
        Self { text, lower, all, dictionary }
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

    /// What the dictionary has of `run`.
    #[inline]
    pub(crate) fn entry(&self, run: &Run) -> &'static WordEntry {
        self.dictionary.entry(run.entry)
    }

    /// The runs of `span`; `None` where one of its ends is within a run.
    pub(crate) fn within(&self, span: Span) -> Option<&[Run]> {
        let from = self.all.partition_point(|run| run.span.end <= span.start);
        let rest = self.all.get(from..)?;
        let count = rest.partition_point(|run| run.span.start < span.end);
        let runs = rest.get(..count)?;
        let whole = |run: &Run| run.span.start >= span.start && run.span.end <= span.end;
        (runs.first().is_none_or(whole) && runs.last().is_none_or(whole)).then_some(runs)
    }

    /// A walk along the runs that end behind `from`.
    pub(crate) fn walk(&self, from: usize) -> Walk<'_> {
        let from = self.all.partition_point(|run| run.end() <= from);
        Walk::along(self.all.get(from..).unwrap_or_default())
    }
}

/// Runs on the way through a text, from left to right.
pub(crate) struct Walk<'r> {
    rest: slice::Iter<'r, Run>,
}

impl<'r> Walk<'r> {
    /// Along `runs`.
    pub(crate) fn along(runs: &'r [Run]) -> Self {
        Self { rest: runs.iter() }
    }

    /// The run that begins at the offset `at`, which is behind those asked for before.
    #[inline]
    pub(crate) fn at(&mut self, at: usize) -> Option<&'r Run> {
        while let Some(run) = self.rest.as_slice().first() {
            if run.span.start as usize >= at {
                return (run.span.start as usize == at).then_some(run);
            }
            self.rest.next();
        }
        None
    }
}

/// The length of the run at the beginning of `bytes`, in lower case; its key, unless it is too long for one;
/// whether it has digits.
#[inline]
fn run(bytes: &[u8]) -> (usize, Option<Key>, bool) {
    let (len, first, digits) = eight(bytes);
    if len < 8 {
        return (len, Some([first, 0]), digits);
    }
    let (more, second, more_digits) = eight(bytes.get(8..).unwrap_or_default());
    let rest = bytes.get(16..).filter(|_| more == 8).unwrap_or_default();
    let rest =
        rest.get(..rest.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count()).unwrap_or_default();
    let digits = digits || more_digits || rest.iter().any(u8::is_ascii_digit);
    (8 + more + rest.len(), rest.is_empty().then_some([first, second]), digits)
}

/// Of the eight bytes at the beginning of `bytes`: how many are letters or digits before the first other, those,
/// and whether they have digits. None where there are fewer than eight, as nowhere before the last run's end.
#[inline]
fn eight(bytes: &[u8]) -> (usize, u64, bool) {
    let eight = bytes.first_chunk().map_or(0, |eight| u64::from_le_bytes(*eight));
    let low = eight & !HIGH;
    let letters = at_least(low, b'a') & !at_least(low, b'z' + 1);
    let digits = at_least(low, b'0') & !at_least(low, b'9' + 1) & HIGH;
    let others = !(letters | digits) & HIGH | eight & HIGH;
    if others == 0 {
        return (8, eight, digits != 0);
    }
    // the bits of all bytes before the first that is neither letter nor digit
    let own = (others & others.wrapping_neg()).wrapping_sub(1) >> 7;
    (others.trailing_zeros() as usize / 8, eight & own, digits & own != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Letters, whether it has digits and whether it is in a list, of each run.
    fn runs(text: &str) -> Vec<(&str, bool, bool)> {
        let runs = Runs::of(text);
        let known = |run: &Run| run.entry != 0;
        runs.all.iter().map(|run| (run.slice(text), run.digits, known(run))).collect()
    }

    #[test]
    fn letters_and_digits_that_stand_together_are_a_run() {
        assert_eq!(
            runs("SAID on the 15th, naïve: representatives’ a1B2"),
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
        assert_eq!(runs(""), []);
        assert_eq!(runs("—"), []);
    }

    proptest::proptest! {
        #[test]
        fn runs_are_what_a_look_at_each_byte_finds(text in "[a-zA-Z0-9 .'éÀ÷{`@/:\\[\\x00]{0,60}") {
            let found = Runs::of(&text);
            let plain: Vec<&str> =
                text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|run| !run.is_empty()).collect();
            proptest::prop_assert_eq!(runs(&text).iter().map(|run| run.0).collect::<Vec<_>>(), plain);
            for run in &found.all {
                let lower = run.slice(found.lower());
                proptest::prop_assert_eq!(run.digits, lower.contains(|c: char| c.is_ascii_digit()));
                proptest::prop_assert!(std::ptr::eq(found.entry(run), Lexis::global().lookup(lower)));
            }
        }
    }

    #[test]
    fn a_span_has_its_runs_unless_it_parts_one() {
        let runs = Runs::of("the two sides");
        let count = |start, end| runs.within(Span::new(start, end)).map(<[Run]>::len);
        assert_eq!(
            (count(0, 13), count(3, 8), count(4, 4), count(7, 40)),
            (Some(3), Some(1), Some(0), Some(1))
        );
        assert_eq!((count(1, 7), count(0, 6), count(5, 6)), (None, None, None));
    }
}
