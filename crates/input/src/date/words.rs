//! [`date_in_words`]: dates with the month in words, as `Wed, 15 Jan 2020 10:00:00 GMT` or `15 de enero de 2020`.

use std::collections::HashMap;
use std::ops::RangeInclusive;
use std::sync::LazyLock;

use detente::Day;

use super::numeric::full_year;

/// A date is looked for in this many words and numbers: enough for
/// `Published 9:03 PM ET, Wed January 15, 2020 | Updated …`.
const MAX_TOKENS: usize = 24;
/// Between the days of a span.
const JOINERS: [&str; 6] = ["and", "to", "through", "until", "bis", "&"];
/// Between day and month, or month and year: `15 de enero de 2020`, `2nd of Aug`.
const FILLERS: [&str; 6] = ["of", "de", "del", "the", "den", "d"];
/// Numbers that can be a year, unlike the zone of `+0300`.
const YEARS: RangeInclusive<i16> = 1400..=2199;
/// A zone between the time and the year of `Wed Jan 15 10:00:00 GMT 2020` has at most so many letters.
const MAX_ZONE: usize = 5;

static MONTHS: LazyLock<HashMap<&'static str, i8>> = LazyLock::new(|| {
    let rows = include_str!("../../data/months.tsv").lines().skip(1);
    let row = |line: &'static str| {
        let mut cells = line.split('\t');
        Some((cells.next()?, cells.next()?.parse().ok()?))
    };
    rows.filter_map(row).collect()
});

/// The first date in `value` of the form day month year, month day year or year month day.
pub(crate) fn date_in_words(value: &str) -> Option<Day> {
    let tokens: Vec<Token> = tokens(value).take(MAX_TOKENS).collect();
    (0..tokens.len()).find_map(|at| match tokens.get(at)? {
        Token::Month(month) => date_around(&tokens, at, *month),
        _ => None,
    })
}

/// The number of the month that `word` names, in any case.
pub(crate) fn month_number(word: &str) -> Option<i8> {
    MONTHS.get(word.to_lowercase().as_str()).copied()
}

/// Whether `word` is the name of a month or weekday, or belongs to a time.
pub(crate) fn is_date_word(word: &str) -> bool {
    const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let lower = word.to_lowercase();
    let is_day =
        || DAYS.iter().any(|day| lower.starts_with(day) && (lower.len() <= 5 || lower.ends_with("day")));
    let is_part = || {
        matches!(lower.as_str(), "am" | "pm" | "a" | "p" | "m" | "at" | "st" | "nd" | "rd" | "th" | "t" | "z")
    };
    let is_zone = || word.len() <= MAX_ZONE && word.bytes().all(|b| b.is_ascii_uppercase());
    month_number(word).is_some() || is_day() || is_part() || FILLERS.contains(&lower.as_str()) || is_zone()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token {
    Month(i8),
    /// One digit or two (then it may be a short year), with or without `st`, `nd`, `rd`, `th`.
    Day(i8),
    TwoDigits(i8),
    /// Two digits behind a hyphen or an apostrophe, or the same after a day and a month.
    ShortYear(i16),
    Year(i16),
    Zone,
    /// Joins the first and the last day of a span: `15 and 16 January 2020`.
    Joiner,
    Word,
}

impl Token {
    fn day(self) -> Option<i8> {
        match self {
            Self::Day(day) | Self::TwoDigits(day) => Some(day),
            _ => None,
        }
    }
}

/// The words and numbers of `value`. Fillers and times are left out.
fn tokens(value: &str) -> impl Iterator<Item = Token> {
    let is_separator =
        |c: char| c.is_whitespace() || matches!(c, ',' | '/' | '|' | '(' | ')' | '[' | ']' | ';');
    value.split(is_separator).flat_map(|piece| {
        // `15-17 January` is a span, `15-Jan-20` a day
        let is_number = |part: &str| part.len() <= 2 && part.parse::<u8>().is_ok();
        let is_span = piece.split_once('-').is_some_and(|(from, to)| is_number(from) && is_number(to));
        let parts = if is_span { None } else { Some(piece.split('-').filter_map(token_of_part)) };
        parts.into_iter().flatten().chain(is_span.then_some(Token::Word))
    })
}

fn token_of_part(word: &str) -> Option<Token> {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’' | '&'));
    let is_filler = || FILLERS.contains(&word.to_lowercase().as_str());
    if word.is_empty() || word.contains(':') || is_filler() { None } else { Some(token(word)) }
}

fn token(word: &str) -> Token {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let (number, ending) = word.split_at_checked(digits).unwrap_or((word, ""));
    let value = || number.parse::<i16>().ok();
    match (digits, ending) {
        (4, "") => value().filter(|year| YEARS.contains(year)).map_or(Token::Word, Token::Year),
        (2, "") => number.parse().map_or(Token::Word, Token::TwoDigits),
        (1 | 2, "" | "st" | "nd" | "rd" | "th" | "ST" | "ND" | "RD" | "TH" | "er" | "º" | "°") => {
            number.parse().map_or(Token::Word, Token::Day)
        }
        (0, _) => {
            if let Some(month) = month_number(word) {
                return Token::Month(month);
            }
            if let Some(year) = word.strip_prefix(['\'', '’']).filter(|year| year.len() == 2) {
                return year.parse().map_or(Token::Word, |year| Token::ShortYear(full_year(year)));
            }
            if JOINERS.iter().any(|joiner| word.eq_ignore_ascii_case(joiner)) {
                return Token::Joiner;
            }
            let is_zone = word.len() <= MAX_ZONE && word.bytes().all(|b| b.is_ascii_uppercase());
            if is_zone { Token::Zone } else { Token::Word }
        }
        _ => Token::Word,
    }
}

fn date_around(tokens: &[Token], at: usize, month: i8) -> Option<Day> {
    let before = |steps: usize| at.checked_sub(steps).and_then(|at| tokens.get(at)).copied();
    let after = |steps: usize| tokens.get(at + steps).copied();
    let is_day = |token: Option<Token>| token.and_then(Token::day);
    // a span of days has no one date
    let ends_span = [1, 2].into_iter().any(|steps| {
        let start = before(steps + 1);
        before(steps) == Some(Token::Joiner)
            && (is_day(start).is_some() || matches!(start, Some(Token::Month(_))))
    });
    if ends_span {
        return None;
    }
    // 15 January 2020, 15-Jan-20
    if let (Some(day), Some(year)) = (is_day(before(1)), after(1)) {
        let year = match year {
            Token::Year(year) | Token::ShortYear(year) => Some(year),
            Token::TwoDigits(short) if !matches!(after(2), Some(Token::Year(_))) => {
                Some(full_year(i16::from(short)))
            }
            _ => None,
        };
        if let Some(found) = year.and_then(|year| Day::new(year, month, day)) {
            return Some(found);
        }
    }
    let day = is_day(after(1))?;
    // 2020 January 15
    if let Some(Token::Year(year)) = before(1)
        && let Some(found) = Day::new(year, month, day)
    {
        return Some(found);
    }
    // January 15, 2020; Jan 15 10:00:00 GMT 2020
    let year = match after(2) {
        Some(Token::Zone) => after(3),
        other => other,
    };
    let Some(Token::Year(year) | Token::ShortYear(year)) = year else { return None };
    Day::new(year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(value: &str) -> Option<String> {
        date_in_words(value).map(|day| day.to_string())
    }

    #[test]
    fn a_date_is_three_neighbouring_parts() {
        for value in [
            "15 January 2020",
            "January 15, 2020",
            "Jan 15 2020",
            "2020 January 15",
            "15th of January, 2020",
            "JANUARY 15, 2020 WEDNESDAY",
            "Wed, 15 Jan 2020 23:30:00 -0500",
            "Wed Jan 15 10:00:00 GMT 2020",
            "15-Jan-2020",
            "15-Jan-20",
            "15 Jan '20",
            "Fri, 15 Jan 20 22:05:03 +0300",
            "15 de enero de 2020",
            "15 janvier 2020",
            "15. Januar 2020",
            "15 gennaio 2020",
            "15 janeiro 2020",
            "15 januari 2020",
            "9:03 PM ET, Wed January 15, 2020",
            "Published January 15 2020 | 2 min read",
            "2 min read · Jan. 15, 2020",
            "By Jan Ode, 15 January 2020",
            "Marseille, 15 January 2020",
            "Covid-19, part 1, January 15, 2020",
            "Fri, 15 Jan 20 22:05:03 +0300",
            "Mar, 15 Jan 2020 11:41:36",
            "15 Jan 2020 16th February 2021",
            "January 15th, 2020 at 10:15 a.m.",
            "Section: Decisions, 15 January 2020",
            "15-JAN-2020 15:01:01.79",
        ] {
            assert_eq!(day(value).as_deref(), Some("2020-01-15"), "{value}");
        }
    }

    #[test]
    fn parts_that_stand_apart_are_no_date() {
        for value in [
            "",
            "May 1, 2, and 3 2020",
            "May 2031",
            "May 9",
            "31 February 2031",
            "3 days ago",
            "Marseille 3 2020",
            "Augsburg, 12 2019",
            "soon",
            "2020",
            "Monday",
            "Section 4, 2 min read, 2020",
            "15-17 January 2020",
            "15 and 16 January 2020",
            "January 15-17, 2020",
            "15 January to 2 February 2020",
            "15 June 3",
        ] {
            assert_eq!(day(value), None, "{value}");
        }
    }

    #[test]
    fn the_table_of_months_is_canonical() {
        let text = include_str!("../../data/months.tsv");
        let mut rows: Vec<&str> = text.lines().skip(1).collect();
        let given = rows.clone();
        rows.sort_unstable();
        rows.dedup_by_key(|row| row.split('\t').next().map(str::to_owned));
        assert_eq!(rows, given);
        assert_eq!(MONTHS.len(), rows.len());
        assert!(MONTHS.values().all(|month| (1..=12).contains(month)));
    }
}
