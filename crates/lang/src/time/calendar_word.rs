//! [`CalendarWord`]: a word of a sentence with its meaning in dates.

use crate::span::Span;
use crate::time::numeral::numeral_sense;
use crate::word::calendar_class::CalendarSense;
use crate::word::class::Class;
use crate::word::entry::WordEntry;
use crate::word::lexis::Lexis;
use crate::word::segments::{Segment, SegmentCursor, Segments};

/// A word of a sentence with its meaning in dates.
#[derive(Clone, Debug)]
pub(crate) struct CalendarWord<'t> {
    /// In lower case, without a possessive ending.
    pub(crate) lower: &'t str,
    pub(crate) span: Span,
    pub(crate) entry: &'static WordEntry,
    pub(crate) sense: CalendarSense,
    pub(crate) is_capitalised: bool,
    /// Whether "'s" was removed from `lower`.
    pub(crate) is_possessive: bool,
    /// Whether it is within quotation marks that open in the sentence.
    pub(crate) is_quoted: bool,
    /// The punctuation between the word before and this one.
    pub(crate) separator: Separator,
}

/// The punctuation between two words, from the weakest to the strongest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Separator {
    /// No punctuation that matters here.
    None,
    /// A dash after digits.
    Dash,
    Comma,
    /// A full stop, semicolon, colon, quotation mark, bracket, currency sign or wide dash.
    Break,
}

/// Splits the sentence at `span` into words.
pub(crate) fn calendar_words<'t>(segments: &'t Segments<'_>, span: Span) -> Vec<CalendarWord<'t>> {
    let sentence = span.slice(segments.text());
    let mut words: Vec<CalendarWord<'t>> = Vec::with_capacity(sentence.len() / 5);
    let Some(text) = segments.text().get(..span.start as usize + sentence.len()) else { return words };
    let lower_text = segments.lower();
    let mut cursor = SegmentCursor::new(segments.within(span).unwrap_or_default());
    let mut separator = Separator::Break;
    let mut is_quoted = false;
    let mut at = span.start as usize;
    while let Some(first) = text.as_bytes().get(at) {
        if *first == b' ' {
            at += 1;
        } else if let Some(segment) =
            cursor.segment_at(at).filter(|segment| is_whole_word(text, segment.end()))
        {
            let (lower, entry) = (segment.slice(lower_text), segments.entry(segment));
            let is_capitalised = first.is_ascii_uppercase();
            let sense = sense_of_word(lower, is_capitalised, entry);
            words.push(CalendarWord {
                lower,
                span: segment.span,
                entry,
                sense,
                is_capitalised,
                is_possessive: false,
                is_quoted,
                separator,
            });
            at = segment.end();
            separator = Separator::None;
        } else {
            let Some(first) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
            if first.is_alphanumeric() {
                let start = at;
                at = word_end(text, start);
                let raw = text.get(start..at).unwrap_or("");
                let stem = raw.strip_suffix('s').and_then(|stem| stem.strip_suffix(['\'', '’']));
                let lower = lower_text.get(start..start + stem.unwrap_or(raw).len()).unwrap_or("");
                let (is_capitalised, is_possessive) = (first.is_uppercase(), stem.is_some());
                let entry = Lexis::global().lookup(lower);
                words.push(CalendarWord {
                    lower,
                    span: Span::new(start, at),
                    entry,
                    sense: sense_of_word(lower, is_capitalised, entry),
                    is_capitalised,
                    is_possessive,
                    is_quoted,
                    separator,
                });
                separator = Separator::None;
            } else {
                is_quoted = match first {
                    '“' => true,
                    '”' => false,
                    '"' => !is_quoted,
                    _ => is_quoted,
                };
                separator = separator.max(separator_of(first, words.last()));
                at += first.len_utf8();
            }
        }
    }
    words
}

/// Whether the sentence at `span` can have a date or recall an old event. Spares most sentences the search.
pub(crate) fn may_have_date(segments: &Segments<'_>, span: Span) -> bool {
    let Some(own) = segments.within(span) else {
        let sentence = span.slice(segments.text());
        return may_have_date(&Segments::new(sentence), Span::new(0, sentence.len()));
    };
    // "may" in lower case is a modal verb
    let is_modal = |segment: &Segment| segment.slice(segments.text()) == "may";
    own.iter()
        .any(|segment| segment.has_digit || segments.entry(segment).is(Class::DateCue) && !is_modal(segment))
}

/// The meaning of a word in dates, written as it is.
#[inline]
fn sense_of_word(lower: &str, is_capitalised: bool, entry: &WordEntry) -> CalendarSense {
    if lower.as_bytes().first().is_some_and(u8::is_ascii_digit) {
        numeral_sense(lower)
    } else if entry.calendar == CalendarSense::Weekday(2) && lower == "wed" && !is_capitalised {
        CalendarSense::Other
    } else {
        entry.calendar
    }
}

/// Whether a word ends where its segment ends, at `end`: no character there continues it.
fn is_whole_word(text: &str, end: usize) -> bool {
    let byte = |at: usize| text.as_bytes().get(at);
    match byte(end) {
        Some(b'.' | b',' | b':') => !byte(end + 1).is_some_and(u8::is_ascii_digit),
        Some(b'-' | b'/' | b'\'' | b'%') => false,
        Some(other) => other.is_ascii(),
        None => true,
    }
}

/// Offset after the word that starts at `start`.
fn word_end(text: &str, start: usize) -> usize {
    let rest = text.get(start..).unwrap_or("");
    for (at, c) in rest.char_indices() {
        let after = rest.get(at + c.len_utf8()..).unwrap_or("");
        let continues = match c {
            '\'' | '’' | '/' => after.starts_with(char::is_alphanumeric),
            // "mid-July" is two words
            '-' => {
                let is_part =
                    ["mid", "late", "early", "end"].iter().any(|part| rest[..at].eq_ignore_ascii_case(part));
                !is_part && after.starts_with(char::is_alphanumeric)
            }
            '.' | ',' | ':' => after.starts_with(|c: char| c.is_ascii_digit()),
            _ => c.is_alphanumeric() || c == '%',
        };
        if !continues {
            return start + at;
        }
    }
    text.len()
}

/// How strongly `punctuation` separates the word `before` it from the next.
fn separator_of(punctuation: char, before: Option<&CalendarWord<'_>>) -> Separator {
    match punctuation {
        '-' | '–' if before.is_some_and(|w| w.lower.starts_with(|c: char| c.is_ascii_digit())) => {
            Separator::Dash
        }
        ',' => Separator::Comma,
        '.' if before.is_some_and(|w| w.entry.is(Class::DateAbbreviation)) => Separator::None,
        '.' | ';' | ':' | '—' | '–' | '"' | '“' | '”' | '(' | ')' | '$' | '€' | '£' => {
            Separator::Break
        }
        _ => Separator::None,
    }
}

/// The word at `at` in lower case; empty where there is none.
pub(crate) fn lower_at<'w>(words: &'w [CalendarWord<'_>], at: usize) -> &'w str {
    words.get(at).map_or("", |w| w.lower)
}

/// The word before `at` in lower case; empty where there is none.
pub(crate) fn lower_before<'w>(words: &'w [CalendarWord<'_>], at: usize) -> &'w str {
    at.checked_sub(1).map_or("", |before| lower_at(words, before))
}

/// Whether the word before `at` is in `class`.
pub(crate) fn class_before(words: &[CalendarWord<'_>], at: usize, class: Class) -> bool {
    at.checked_sub(1).and_then(|before| words.get(before)).is_some_and(|w| w.entry.is(class))
}

/// The calendar sense of the word at `at`.
pub(crate) fn sense_at(words: &[CalendarWord<'_>], at: usize) -> CalendarSense {
    words.get(at).map_or(CalendarSense::Other, |w| w.sense)
}

/// The calendar sense of the word at `at`, unless a [`Separator::Break`] stands before it.
pub(crate) fn continued_sense_at(words: &[CalendarWord<'_>], at: usize) -> CalendarSense {
    words.get(at).filter(|w| w.separator < Separator::Break).map_or(CalendarSense::Other, |w| w.sense)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::testing::{assert_rule, with_words};

    fn words_of<T>(text: &str, property: impl Fn(&CalendarWord<'_>) -> T) -> Vec<(String, T)> {
        with_words(text, |words| words.iter().map(|w| (w.lower.to_owned(), property(w))).collect())
    }

    fn lower(text: &str) -> Vec<String> {
        words_of(text, |_| ()).into_iter().map(|(lower, ())| lower).collect()
    }

    #[test]
    fn words_keep_inner_punctuation() {
        assert_eq!(lower("Velnor’s ten-year plan"), ["velnor", "ten-year", "plan"]);
        assert_eq!(lower("at 10:30, 3.5% or 1,200"), ["at", "10:30", "3.5%", "or", "1,200"]);
        assert_eq!(lower("on 14/5/2019 or 2019-05-14."), ["on", "14/5/2019", "or", "2019-05-14"]);
        assert_eq!(lower("the Ébré accord"), ["the", "Ébré", "accord"]);
        // a part of a month is a word of its own
        assert_eq!(lower("mid-July, late-May"), ["mid", "july", "late", "may"]);
        assert_eq!(lower("end-March but weekend-long"), ["end", "march", "but", "weekend-long"]);
    }

    #[test]
    fn possessive_endings_are_removed() {
        let possessive = |text: &str| words_of(text, |w| w.is_possessive).pop().expect("a word");
        assert_eq!(possessive("Monday's"), ("monday".to_owned(), true));
        assert_eq!(possessive("Monday’s"), ("monday".to_owned(), true));
        assert_eq!(possessive("workers’"), ("workers".to_owned(), false));
        assert_eq!(possessive("didn’t"), ("didn’t".to_owned(), false));
        assert_eq!(possessive("talks"), ("talks".to_owned(), false));
    }

    #[test]
    fn words_in_quotation_marks_are_quoted() {
        let quoted = |text: &str| -> Vec<String> {
            words_of(text, |w| w.is_quoted).into_iter().filter(|(_, q)| *q).map(|(lower, _)| lower).collect()
        };
        assert_eq!(quoted("“No deal today,” Ode said."), ["no", "deal", "today"]);
        assert_eq!(quoted("Ode said \"no deal\" twice."), ["no", "deal"]);
        assert_eq!(quoted("He said: “No deal"), ["no", "deal"]);
        assert!(quoted("No deal today,” Ode said.").is_empty());
        assert!(quoted("Ode’s union said ‘no deal’.").is_empty());
    }

    #[test]
    fn separators_have_ranks() {
        let last = |text: &str| words_of(text, |w| w.separator).pop().expect("a word").1;
        for (text, separator) in [
            ("they met", Separator::None),
            ("Dec. 12", Separator::None),
            ("the so-called 'truce", Separator::None),
            ("3 - 5", Separator::Dash),
            ("3–5", Separator::Dash),
            ("Tuesday, May", Separator::Comma),
            ("talks; May", Separator::Break),
            ("talks (May", Separator::Break),
            ("talks – May", Separator::Break),
            ("talks. May", Separator::Break),
            ("a cut of $2018", Separator::Break),
            ("talks, “May", Separator::Break),
        ] {
            assert_eq!(last(text), separator, "{text}");
        }
    }

    #[test]
    fn sentences_that_may_have_a_date() {
        let rule = |text: &str| may_have_date(&Segments::new(text), Span::new(0, text.len()));
        assert_rule(
            rule,
            &[
                "They met on Monday.",
                "They met in May.",
                "They met at 9.",
                "They had agreed.",
                "They met two weeks ago.",
            ],
            &["They met in Coste.", "They may agree.", "They signed the accord.", "Nobody answered."],
        );
    }

    #[test]
    fn a_span_may_cut_a_word() {
        let text = "Mondays in Maybury";
        let segments = Segments::new(text);
        assert!(may_have_date(&segments, Span::new(0, 6)));
        assert!(may_have_date(&segments, Span::new(8, 14)));
        assert!(!may_have_date(&segments, Span::new(8, 18)));
    }

    proptest::proptest! {
        #[test]
        fn no_date_is_found_where_none_may_be(
            words in proptest::collection::vec(proptest::sample::select(NO_DATE), 1..12),
        ) {
            let text = words.join(" ");
            let span = Span::new(0, text.len());
            proptest::prop_assert!(!may_have_date(&Segments::new(&text), span));
            proptest::prop_assert_eq!(crate::time::testing::first_expression(&text), "");
            let found = crate::time::dating::sentence_dates(&text, &[span], crate::day::Day::new(2019, 12, 12));
            proptest::prop_assert_eq!(found, [crate::time::types::SentenceDate::default()]);
        }
    }

    /// Words that are no date however they are combined, most of them parts of dates.
    const NO_DATE: &[&str] = &[
        "the", "a", "an", "one", "two", "ten", "twenty", "few", "couple", "first", "third", "second",
        "final", "last", "this", "next", "past", "coming", "current", "end", "close", "start", "middle",
        "early", "late", "mid", "earlier", "later", "rest", "in", "within", "by", "since", "until", "ago",
        "of", "on", "from", "now", "new", "lunar", "chinese", "boxing", "black", "good", "palm", "ash",
        "martin", "luther", "king", "half", "and", "to", "has", "was", "is", "will", "war", "signed", "they",
        "The", "Last", "before", "after", "time", "eve",
    ];
}
