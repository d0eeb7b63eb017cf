//! [`numeric_date`]: dates in numbers, as `2020-01-15`, `2020.1.15`, `15/01/2020`, `2020-015` and `2020W033`.

use detente::Day;

use super::reading::DateReading;

/// Two-digit years below this are of the 21st century.
const CENTURY_PIVOT: i16 = 70;
/// An earlier year stands for an unknown date (`0001-01-01`).
const FIRST_YEAR: i16 = 1400;
/// A later year stands for no date (`9999-12-31`), or is of another calendar.
const LAST_YEAR: i16 = 2199;
/// The first days of the clocks of Unix, Excel and Windows.
const ZERO_DAYS: [(i16, i8, i8); 5] =
    [(1970, 1, 1), (1900, 1, 1), (1899, 12, 31), (1899, 12, 30), (1601, 1, 1)];

/// The date that `value` starts with.
pub(crate) fn numeric_date(value: &str) -> Option<DateReading> {
    let (first, rest) = leading_number(value)?;
    if first.len() == 8 && rest_is_complete(rest) {
        return calendar_day(first.get(..4)?, first.get(4..6)?, first.get(6..)?, rest)
            .map(DateReading::Certain);
    }
    if first.len() == 4 && rest.starts_with(['W', 'w']) || rest.starts_with("-W") {
        return week_date(first, rest.trim_start_matches('-').get(1..)?);
    }
    let separator = rest.chars().next().filter(|c| matches!(c, '-' | '/' | '.' | ' '))?;
    let (second, rest) = leading_number(rest.get(1..)?)?;
    if first.len() == 4 && second.len() == 3 && separator == '-' && rest_is_complete(rest) {
        return ordinal_date(first, second);
    }
    let (third, rest) = leading_number(rest.strip_prefix(separator)?)?;
    if second.len() > 2 || !rest_is_complete(rest) {
        return None;
    }
    match (first.len(), third.len()) {
        (4, 1 | 2) => calendar_day(first, second, third, rest).map(DateReading::Certain),
        (1 | 2, 4) if separator != ' ' => DateReading::of_numbers(
            first.parse().ok()?,
            second.parse().ok()?,
            known_year(third.parse().ok()?)?,
        ),
        (1 | 2, 2) if matches!(separator, '/' | '.') => {
            DateReading::of_numbers(first.parse().ok()?, second.parse().ok()?, full_year(third.parse().ok()?))
        }
        _ => None,
    }
}

/// The year that a number of two digits stands for.
pub(crate) fn full_year(short: i16) -> i16 {
    if short < CENTURY_PIVOT { 2000 + short } else { 1900 + short }
}

fn known_year(year: i16) -> Option<i16> {
    (FIRST_YEAR..=LAST_YEAR).contains(&year).then_some(year)
}

fn calendar_day(year: &str, month: &str, day: &str, rest: &str) -> Option<Day> {
    let day = Day::new(known_year(year.parse().ok()?)?, month.parse().ok()?, day.parse().ok()?)?;
    // the zero of a clock stands for an unknown date
    let is_zero = ZERO_DAYS.contains(&(day.year(), day.month(), day.day()))
        && rest.get(1..).is_some_and(|time| time.starts_with("00:00"));
    (!is_zero).then_some(day)
}

/// `2020-015`: the 15th day of the year.
fn ordinal_date(year: &str, day: &str) -> Option<DateReading> {
    let year = known_year(year.parse().ok()?)?;
    let number: i64 = day.parse().ok()?;
    let found = Day::new(year, 1, 1)?.plus_days(number - 1);
    (number > 0 && found.year() == year).then_some(DateReading::Certain(found))
}

/// `2020W033` and `2020-W03-3`: Wednesday of the third week.
fn week_date(year: &str, rest: &str) -> Option<DateReading> {
    let (digits, rest) = leading_number(rest)?;
    let (week, weekday) = match (digits.len(), rest) {
        (3, _) => digits.split_at_checked(2)?,
        (2, rest) => (digits, leading_number(rest.strip_prefix('-')?)?.0),
        _ => return None,
    };
    let (week, weekday): (i64, i64) = (week.parse().ok()?, weekday.parse().ok()?);
    if !(1..=53).contains(&week) || !(1..=7).contains(&weekday) {
        return None;
    }
    // the 4th of January is in the first week
    let fourth = Day::new(known_year(year.parse().ok()?)?, 1, 4)?;
    let monday = fourth.plus_days(-i64::from(fourth.weekday()));
    Some(DateReading::Certain(monday.plus_days((week - 1) * 7 + weekday - 1)))
}

/// The digits at the start of `text`, and the rest; `None` if it starts with no digit.
pub(crate) fn leading_number(text: &str) -> Option<(&str, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 { None } else { text.split_at_checked(digits) }
}

/// Whether a date can end before `rest`: a time, a zone, punctuation or words follow.
fn rest_is_complete(rest: &str) -> bool {
    match rest.chars().next() {
        None | Some(' ' | 'T' | 't' | 'Z' | 'z' | ',' | ';' | ')' | ']' | '+' | '"' | '\'') => true,
        Some('.') => rest.len() == 1 || rest.starts_with(". "),
        // the zone of `2020-01-15-05:00`, the time of `2020-01-15:10:00`
        Some('-' | ':') => rest
            .get(1..)
            .and_then(leading_number)
            .is_some_and(|(hour, after)| hour.len() == 2 && after.starts_with(':')),
        Some(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(value: &str) -> Option<String> {
        numeric_date(value).and_then(DateReading::day).map(|day| day.to_string())
    }

    #[test]
    fn dates_with_the_year_first_or_one_possible_order_are_read() {
        for value in [
            "2020-01-15",
            "2020-1-15",
            "2020.01.15",
            "2020/01/15 10:00",
            "20200115",
            "20200115T233000Z",
            "2020-01-15T23:30:00-05:00",
            "2020-01-15+01:00",
            "2020-01-15-05:00",
            "2020-01-15, 10:00",
            "2020-01-15.",
            "2020-015",
            "2020W033",
            "2020-W03-3",
            "01/15/2020",
            "15.01.2020",
            "01-15-2020",
            "1/15/20",
            "15/01/20",
            "2020 01 15",
        ] {
            assert_eq!(day(value).as_deref(), Some("2020-01-15"), "{value}");
        }
    }

    #[test]
    fn other_numbers_are_no_date() {
        for value in [
            "",
            "2020",
            "2020-13-01",
            "2020-02-30",
            "2020-01-151",
            "1900-01-00",
            "20191301",
            "2020-366x",
            "2019-366",
            "2020-W54-1",
            "2020-W03",
            "17-09-22",
            "0001-01-01",
            "1970-01-01T00:00:00Z",
            "1899-12-30 00:00:00",
            "9999-12-31",
            "0000-00-00 00:00:00",
            "2020-01-15-2",
            "10:15:00",
            "1.5.2",
            "192.168.10.20",
            "12/2020",
        ] {
            assert_eq!(day(value), None, "{value}");
        }
        assert_eq!(day("1970-01-01").as_deref(), Some("1970-01-01"));
    }

    #[test]
    fn two_days_are_possible_if_neither_number_exceeds_12() {
        assert!(matches!(numeric_date("01/02/2020"), Some(DateReading::Open { .. })));
        assert_eq!(day("05/05/2020").as_deref(), Some("2020-05-05"));
    }
}
