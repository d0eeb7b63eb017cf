//! [`read_header_line`]: lines at the start of a text that give its date, title or source.

use detente::Day;

use crate::date::{is_date_word, parse_date};
use crate::record::{Role, role_of};

/// A longer line is text.
const MAX_DATE_LINE: usize = 60;
/// A label has at most so many bytes: `Publication date`.
const MAX_LABEL: usize = 24;
/// Labels of lines that are neither text nor metadata of an article.
const OTHER_LABELS: [&str; 17] = [
    "author",
    "authors",
    "by",
    "byline",
    "section",
    "length",
    "language",
    "copyright",
    "edition",
    "words",
    "word count",
    "tags",
    "category",
    "dateline",
    "load-date",
    "keywords",
    "publication-type",
];

/// What a line before the text says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum HeaderLine {
    Date(Day),
    /// A line labelled as a date, with a value that is none.
    BadDate(String),
    Title(String),
    Source(String),
    Id(String),
    /// A line that is no part of the text.
    Other,
}

/// Reads a line as metadata: a date alone, or a label with its value. `None` for a line of text.
pub(crate) fn read_header_line(line: &str) -> Option<HeaderLine> {
    let line =
        line.trim().trim_start_matches(['(', '[', '*', '_']).trim_end_matches([')', ']', '*', '_']).trim();
    if let Some((label, value)) = labelled(line) {
        let value = value.trim_matches(['*', '_', ' ', '"']).to_owned();
        if OTHER_LABELS.iter().any(|other| label.eq_ignore_ascii_case(other)) {
            return Some(HeaderLine::Other);
        }
        return match role_of(label)? {
            (Role::Date, _) => match parse_date(&value) {
                Some(day) => Some(HeaderLine::Date(day)),
                // `Time: we met` is text
                None => label.to_ascii_lowercase().contains("date").then_some(HeaderLine::BadDate(value)),
            },
            (Role::Title, _) => Some(HeaderLine::Title(value)),
            (Role::Source, _) => Some(HeaderLine::Source(value)),
            (Role::Id, _) => Some(HeaderLine::Id(value)),
            (Role::Text, _) => None,
        };
    }
    date_line(line).map(HeaderLine::Date)
}

/// The day of a line that is a date and nothing else, also after `date` or `published`.
pub(crate) fn date_line(line: &str) -> Option<Day> {
    let line = line.trim().trim_end_matches('.');
    if line.len() > MAX_DATE_LINE {
        return None;
    }
    let words = line.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let is_only_date = words.into_iter().all(|word| is_date_word(word) || is_date_label(word));
    is_only_date.then(|| parse_date(line))?
}

fn is_date_label(word: &str) -> bool {
    ["date", "dated", "published", "posted", "on", "publication", "updated"]
        .iter()
        .any(|label| word.eq_ignore_ascii_case(label))
}

/// The label and the value of `Label: value` and `Label = value`.
fn labelled(line: &str) -> Option<(&str, &str)> {
    let at = line.find([':', '=', '\t'])?;
    let (label, value) = (line.get(..at)?.trim().trim_matches(['*', '_']), line.get(at + 1..)?.trim());
    let is_label = !label.is_empty()
        && label.len() <= MAX_LABEL
        && label.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '_'));
    (is_label && !value.is_empty()).then_some((label, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_stand_alone_or_after_a_label() {
        for line in [
            "DATE: 15 Jan 2020",
            "date 2020-1-15",
            "Date: 2020/01/15",
            "Date: 2020-01-15T10:00:00Z",
            "2020-01-15",
            "January 15, 2020",
            "Date : 2020-01-15",
            "date 2020-01-15.",
            "(date 2020-01-15)",
            "date\t2020-01-15",
            "Published: Wed January 15, 2020, 9:03 PM ET",
            "Published January 15 2020",
            "**Date:** 2020-01-15",
            "January 15, 2020 Wednesday",
            "Publication date: Jan 15, 2020",
        ] {
            assert_eq!(read_header_line(line), Day::new(2020, 1, 15).map(HeaderLine::Date), "{line}");
        }
        for line in [
            "January 15, 2020 was the day of the talks",
            "On 2020-01-15 the sides met",
            "The date: 2020",
            "",
            "Talks resume",
            "BRUSSELS, Jan 15, 2020 (Wire)",
            "He said: we met",
            "Minister: \"No deal\"",
        ] {
            assert_eq!(read_header_line(line), None, "{line}");
        }
    }

    #[test]
    fn labels_give_title_and_source() {
        assert_eq!(read_header_line("Title: Talks resume"), Some(HeaderLine::Title("Talks resume".into())));
        assert_eq!(read_header_line("Source: The Lantern"), Some(HeaderLine::Source("The Lantern".into())));
        assert_eq!(read_header_line("Byline: A. Ode"), Some(HeaderLine::Other));
        assert_eq!(read_header_line("Date: soon"), Some(HeaderLine::BadDate("soon".into())));
    }
}
