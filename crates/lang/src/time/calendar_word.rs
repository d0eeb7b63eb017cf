//! Words of a sentence with what the calendar knows of them.

use crate::span::Span;
use crate::word::calendar_class::Kind;
use crate::word::class::Class;
use crate::word::entry::WordEntry;
use crate::word::lexis::Lexis;
use crate::word::segments::{Segment, SegmentCursor, Segments};

/// A word in lower case, without its possessive ending.
#[derive(Clone, Debug)]
pub(crate) struct Word<'t> {
    pub(crate) lower: &'t str,
    pub(crate) span: Span,
    pub(crate) entry: &'static WordEntry,
    pub(crate) kind: Kind,
    /// Whether the word begins with a capital.
    pub(crate) capital: bool,
    /// Whether "'s" was cut off.
    pub(crate) possessive: bool,
    /// Whether it stands within quotation marks that open in the sentence.
    pub(crate) quoted: bool,
    /// Whether a mark parts it from the word before.
    pub(crate) parted: Parted,
}

/// What stands between a word and the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Parted {
    Not,
    /// A dash between figures.
    Dash,
    Comma,
    /// A full stop, semicolon, colon, quotation mark, bracket or wide dash.
    Mark,
}

/// The words of the sentence at `span`.
pub(crate) fn words<'t>(runs: &'t Segments<'_>, span: Span) -> Vec<Word<'t>> {
    let sentence = span.slice(runs.text());
    let mut found: Vec<Word<'t>> = Vec::with_capacity(sentence.len() / 5);
    let Some(text) = runs.text().get(..span.start as usize + sentence.len()) else { return found };
    let lowered = runs.lower();
    let mut walk = SegmentCursor::new(runs.within(span).unwrap_or_default());
    let mut parted = Parted::Mark;
    let mut quoted = false;
    let mut at = span.start as usize;
    while let Some(first) = text.as_bytes().get(at) {
        if *first == b' ' {
            at += 1;
        } else if let Some(run) = walk.segment_at(at).filter(|run| is_plain(text, run.end())) {
            let (lower, entry) = (run.slice(lowered), runs.entry(run));
            let capital = first.is_ascii_uppercase();
            let kind = kind_of_word(lower, capital, entry);
            found.push(Word {
                lower,
                span: run.span,
                entry,
                kind,
                capital,
                possessive: false,
                quoted,
                parted,
            });
            at = run.end();
            parted = Parted::Not;
        } else {
            let Some(first) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
            if first.is_alphanumeric() {
                let start = at;
                at = end_of_word(text, start);
                let raw = text.get(start..at).unwrap_or("");
                let cut = raw.strip_suffix('s').and_then(|stem| stem.strip_suffix(['\'', '’']));
                let lower = lowered.get(start..start + cut.unwrap_or(raw).len()).unwrap_or("");
                let (capital, possessive) = (first.is_uppercase(), cut.is_some());
                let entry = Lexis::global().lookup(lower);
                let (span, kind) = (Span::new(start, at), kind_of_word(lower, capital, entry));
                found.push(Word { lower, span, entry, kind, capital, possessive, quoted, parted });
                parted = Parted::Not;
            } else {
                quoted = match first {
                    '“' => true,
                    '”' => false,
                    '"' => !quoted,
                    _ => quoted,
                };
                parted = parted.max(parting(first, found.last()));
                at += first.len_utf8();
            }
        }
    }
    found
}

/// What the word is to the calendar, written so.
#[inline]
fn kind_of_word(lower: &str, capital: bool, entry: &WordEntry) -> Kind {
    if lower.as_bytes().first().is_some_and(u8::is_ascii_digit) {
        figures(lower)
    } else if entry.calendar == Kind::Weekday(2) && lower == "wed" && !capital {
        Kind::Other
    } else {
        entry.calendar
    }
}

/// Whether a run that ends at `end` is a word that does not go on there.
fn is_plain(text: &str, end: usize) -> bool {
    let next = |at: usize| text.as_bytes().get(at);
    match next(end) {
        Some(b'.' | b',' | b':') => !next(end + 1).is_some_and(u8::is_ascii_digit),
        Some(b'-' | b'/' | b'\'' | b'%') => false,
        Some(other) => other.is_ascii(),
        None => true,
    }
}

/// Where the word from `start` on ends.
fn end_of_word(text: &str, start: usize) -> usize {
    let rest = text.get(start..).unwrap_or("");
    for (at, c) in rest.char_indices() {
        let after = rest.get(at + c.len_utf8()..).unwrap_or("");
        let goes_on = match c {
            '\'' | '’' | '/' => after.starts_with(char::is_alphanumeric),
            // "mid-July" is two words
            '-' => {
                let led =
                    ["mid", "late", "early", "end"].iter().any(|part| rest[..at].eq_ignore_ascii_case(part));
                !led && after.starts_with(char::is_alphanumeric)
            }
            '.' | ',' | ':' => after.starts_with(|c: char| c.is_ascii_digit()),
            _ => c.is_alphanumeric() || c == '%',
        };
        if !goes_on {
            return start + at;
        }
    }
    text.len()
}

/// How far `mark` parts what follows it from the word `before`.
fn parting(mark: char, before: Option<&Word<'_>>) -> Parted {
    match mark {
        '-' | '–' if before.is_some_and(|w| w.lower.starts_with(|c: char| c.is_ascii_digit())) => {
            Parted::Dash
        }
        ',' => Parted::Comma,
        '.' if before.is_some_and(|w| w.entry.is(Class::DateAbbreviation)) => Parted::Not,
        '.' | ';' | ':' | '—' | '–' | '"' | '“' | '”' | '(' | ')' | '$' | '€' | '£' => {
            Parted::Mark
        }
        _ => Parted::Not,
    }
}

/// Whether the sentence at `span` may have a date or tell old news: a cheap look before it is cut into words.
pub(crate) fn telling(runs: &Segments<'_>, span: Span) -> bool {
    let Some(own) = runs.within(span) else {
        let sentence = span.slice(runs.text());
        return telling(&Segments::new(sentence), Span::new(0, sentence.len()));
    };
    // "may" without a capital is a modal
    let modal = |run: &Segment| run.slice(runs.text()) == "may";
    own.iter().any(|run| run.has_digit || runs.entry(run).is(Class::Dated) && !modal(run))
}

/// What a word of figures is.
fn figures(word: &str) -> Kind {
    if let Ok(number) = word.parse::<i64>() {
        return Kind::Number(number);
    }
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    if digits.len() + 2 == word.len() && matches!(word.get(digits.len()..), Some("st" | "nd" | "rd" | "th")) {
        return digits.parse().map_or(Kind::Other, Kind::Ordinal);
    }
    let mut parts: [i64; 3] = [0; 3];
    for mark in ['-', '/'] {
        let mut count = 0;
        for part in word.split(mark) {
            let (Some(slot), Ok(number)) = (parts.get_mut(count), part.trim_end_matches("th").parse()) else {
                count = 0;
                break;
            };
            *slot = number;
            count += 1;
        }
        let [a, b, c] = parts;
        let small = |n: i64, most: i64| i8::try_from(n).ok().filter(|_| (1..=most).contains(&n));
        let year = |n: i64| i16::try_from(n).ok().filter(|y| (1000..3000).contains(y));
        let date = |y, m, d| Some(Kind::Date(Some(year(y)?), small(m, 12)?, Some(small(d, 31)?)));
        let found = match (count, mark) {
            (3, _) if a > 99 => date(a, b, c),
            (3, '/') if c > 99 => date(c, a, b).or_else(|| date(c, b, a)),
            (3, '/') => date(2000 + c, a, b),
            (2, _) if a > 99 => year(a).zip(small(b, 12)).map(|(y, m)| Kind::Date(Some(y), m, None)),
            (2, '/') if b > 99 => year(b).zip(small(a, 12)).map(|(y, m)| Kind::Date(Some(y), m, None)),
            (2, '-') => small(a, 31).zip(small(b, 31)).map(|(a, b)| Kind::Range(a, b)),
            _ => None,
        };
        if let Some(found) = found {
            return found;
        }
    }
    Kind::Other
}
pub(crate) fn lower<'w>(words: &'w [Word<'_>], at: usize) -> &'w str {
    words.get(at).map_or("", |w| w.lower)
}

pub(crate) fn kind(words: &[Word<'_>], at: usize) -> Kind {
    words.get(at).map_or(Kind::Other, |w| w.kind)
}

/// The word at `at`, unless a mark parts it from the one before.
pub(crate) fn joined(words: &[Word<'_>], at: usize) -> Kind {
    words.get(at).filter(|w| w.parted < Parted::Mark).map_or(Kind::Other, |w| w.kind)
}
