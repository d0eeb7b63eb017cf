//! [`read_date`]: the date in a field, a header or a meta tag.

use std::borrow::Cow;

use detente::Day;

use super::numeric::{leading_number, numeric_date};
use super::reading::DateReading;
use super::time_stamp::time_stamp;
use super::words::date_in_words;

/// A date in numbers is looked for in this many words: `Published on 2020-01-15 at 10:00`.
const MAX_WORDS: usize = 8;
/// `2020-1-5`.
const MIN_DATE_LEN: usize = 8;

/// The date in `value`, as written whatever the time zone: ISO 8601 and its relatives, time stamps, and dates with
/// the month in words. `None` for other texts and for days that do not exist.
pub(crate) fn read_date(value: &str) -> Option<DateReading> {
    let value = plain(value);
    let value = value.trim().trim_start_matches(['"', '\'', '(', '[', '*', '_', '#', ' ']);
    numeric_date(value)
        .or_else(|| time_stamp(value).map(DateReading::Certain))
        .or_else(|| date_in_words(value).map(DateReading::Certain))
        .or_else(|| {
            let words = value.split_whitespace().take(MAX_WORDS).filter(|word| word.len() >= MIN_DATE_LEN);
            words.map(|word| word.trim_start_matches(['(', '"'])).find_map(numeric_date)
        })
}

/// The date in `value`; `None` also where day and month cannot be told apart (`01/02/2020`).
pub(crate) fn parse_date(value: &str) -> Option<Day> {
    read_date(value).and_then(DateReading::day)
}

/// The date at the start or the end of a file name: `2025-04-29_talks`, `talks-20250429`.
pub(crate) fn date_in_file_name(stem: &str) -> Option<Day> {
    let is_separator = |c: char| matches!(c, '_' | '-' | ' ' | '.');
    let at_start = |part: &str| {
        let end = part
            .char_indices()
            .find(|(at, c)| *at >= MIN_DATE_LEN && !c.is_ascii_digit())
            .map_or(part.len(), |(at, _)| at);
        let (head, rest) = part.split_at_checked(end)?;
        let is_complete = rest.is_empty() || rest.starts_with(is_separator) || rest.starts_with('T');
        let (year, _) = leading_number(head)?;
        let is_year_first =
            matches!(year.len(), 4 | 8) && (1900..2100).contains(&year.get(..4)?.parse::<i16>().ok()?);
        let head = head.replace('_', "-");
        if is_complete && is_year_first { numeric_date(&head).and_then(DateReading::day) } else { None }
    };
    at_start(stem).or_else(|| {
        let ends = [10, MIN_DATE_LEN].into_iter().filter_map(|len| {
            let from = stem.len().checked_sub(len)?;
            let (before, date) = stem.split_at_checked(from)?;
            before.ends_with(is_separator).then_some(date)
        });
        ends.into_iter().find_map(at_start)
    })
}

/// `value` with hyphens, spaces and digits of one kind, and without invisible characters.
fn plain(value: &str) -> Cow<'_, str> {
    if value.is_ascii() {
        return Cow::Borrowed(value);
    }
    let plain = |c| match c {
        '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{ad}' => None,
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '年' | '月' => Some('-'),
        '日' => Some(' '),
        '\u{2044}' => Some('/'),
        c if c.is_whitespace() => Some(' '),
        c => Some(c),
    };
    Cow::Owned(value.chars().filter_map(plain).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_feeds_pages_and_files_are_parsed() {
        for value in [
            " 2031-05-09 ",
            "\u{feff}2031-05-09",
            "2031\u{2011}05\u{2011}09",
            "2031-05-09\u{a0}10:00",
            "2031年5月9日",
            "Published on 2031-05-09 at 10:00",
            "(2031-05-09)",
            "9 May 2031",
            "May 9th, 2031 at 10:15 a.m.",
            "Fri, 09 May 2031 10:15:00 GMT",
            "1936051200",
            "2031-05-09T23:59:00+02:00",
        ] {
            assert_eq!(parse_date(value).map(|d| d.to_string()).as_deref(), Some("2031-05-09"), "{value}");
        }
    }

    #[test]
    fn ambiguous_incomplete_and_impossible_dates_are_none() {
        for value in [
            "",
            "05/09/2031",
            "2031-02-30",
            "2031",
            "May 2031",
            "soon",
            "May 9",
            "None",
            "3 days ago",
            "12345678",
        ] {
            assert_eq!(parse_date(value), None, "{value}");
        }
    }

    #[test]
    fn a_file_name_starts_or_ends_with_its_date() {
        for stem in [
            "2025-04-29_x",
            "2025-04-29",
            "20250429-talks",
            "talks_2025-04-29",
            "talks-20250429",
            "2025_04_29 talks",
            "2025-04-29T10-15",
        ] {
            assert_eq!(
                date_in_file_name(stem).map(|d| d.to_string()).as_deref(),
                Some("2025-04-29"),
                "{stem}"
            );
        }
        for stem in [
            "a",
            "talks20250429",
            "12345678",
            "2025",
            "report-12-3",
            "2025-13-29_x",
            "2025-04-291",
            "é2025-04-2",
        ] {
            assert_eq!(date_in_file_name(stem), None, "{stem}");
        }
    }
}
