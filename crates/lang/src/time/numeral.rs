//! The calendar sense of words that start with a digit.

use crate::word::calendar_class::CalendarSense;

/// The calendar sense of a word in lower case that starts with a digit.
pub(crate) fn numeral_sense(word: &str) -> CalendarSense {
    if let Ok(number) = word.parse::<i64>() {
        return CalendarSense::Number(number);
    }
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    if digits.len() + 2 == word.len() && matches!(word.get(digits.len()..), Some("st" | "nd" | "rd" | "th")) {
        return digits.parse().map_or(CalendarSense::Other, CalendarSense::Ordinal);
    }
    ['-', '/'].into_iter().find_map(|separator| date_in_digits(word, separator)).unwrap_or_default()
}

/// A date or a range of days in two or three numbers with `separator` between them. Slashes separate the
/// American order: month, day, year.
fn date_in_digits(word: &str, separator: char) -> Option<CalendarSense> {
    let mut parts: [i64; 3] = [0; 3];
    let mut count = 0;
    for part in word.split(separator) {
        *parts.get_mut(count)? = part.trim_end_matches("th").parse().ok()?;
        count += 1;
    }
    let [a, b, c] = parts;
    let up_to = |n: i64, limit: i64| i8::try_from(n).ok().filter(|_| (1..=limit).contains(&n));
    let year = |n: i64| i16::try_from(n).ok().filter(|y| (1000..3000).contains(y));
    let date = |y, m, d| Some(CalendarSense::Date(Some(year(y)?), up_to(m, 12)?, Some(up_to(d, 31)?)));
    let month = |y, m| Some(CalendarSense::Date(Some(year(y)?), up_to(m, 12)?, None));
    match (count, separator) {
        (3, _) if a > 99 => date(a, b, c),
        (3, '/') if c > 99 => date(c, a, b).or_else(|| date(c, b, a)),
        (3, '/') => date(2000 + c, a, b),
        (2, _) if a > 99 => month(a, b),
        (2, '/') if b > 99 => month(b, a),
        (2, '-') => Some(CalendarSense::DayRange(up_to(a, 31)?, up_to(b, 31)?)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_senses(cases: &[(&str, CalendarSense)]) {
        for (word, sense) in cases {
            assert_eq!(numeral_sense(word), *sense, "{word}");
        }
    }

    #[test]
    fn cardinal_number() {
        assert_senses(&[
            ("0", CalendarSense::Number(0)),
            ("14", CalendarSense::Number(14)),
            ("2019", CalendarSense::Number(2019)),
            ("007", CalendarSense::Number(7)),
        ]);
        assert_senses(&[
            ("1,200", CalendarSense::Other),
            ("3.5", CalendarSense::Other),
            ("47%", CalendarSense::Other),
            ("4g", CalendarSense::Other),
        ]);
    }

    #[test]
    fn ordinal_number() {
        assert_senses(&[
            ("1st", CalendarSense::Ordinal(1)),
            ("22nd", CalendarSense::Ordinal(22)),
            ("3rd", CalendarSense::Ordinal(3)),
            ("15th", CalendarSense::Ordinal(15)),
        ]);
        assert_senses(&[
            ("15ths", CalendarSense::Other),
            ("15to", CalendarSense::Other),
            ("10am", CalendarSense::Other),
        ]);
    }

    #[test]
    fn date() {
        let date = |year, month, day| CalendarSense::Date(Some(year), month, Some(day));
        assert_senses(&[
            ("2019-05-14", date(2019, 5, 14)),
            ("2019/5/14", date(2019, 5, 14)),
            ("5/14/2019", date(2019, 5, 14)),
            ("14/5/2019", date(2019, 5, 14)),
            ("5/14/19", date(2019, 5, 14)),
        ]);
        assert_senses(&[
            ("2019-14-05", CalendarSense::Other),
            ("14-5-2019", CalendarSense::Other),
            ("31/31/2019", CalendarSense::Other),
            ("1/2/3/4", CalendarSense::Other),
        ]);
    }

    #[test]
    fn month_of_a_year() {
        let month = |year, month| CalendarSense::Date(Some(year), month, None);
        assert_senses(&[
            ("2019-05", month(2019, 5)),
            ("2019/12", month(2019, 12)),
            ("5/2019", month(2019, 5)),
            ("12/1999", month(1999, 12)),
        ]);
        assert_senses(&[
            ("2019-13", CalendarSense::Other),
            ("2018-2020", CalendarSense::Other),
            ("12-2019", CalendarSense::Other),
            ("14/20", CalendarSense::Other),
        ]);
    }

    #[test]
    fn range_of_days() {
        assert_senses(&[
            ("13-15", CalendarSense::DayRange(13, 15)),
            ("1-31", CalendarSense::DayRange(1, 31)),
            ("13th-15", CalendarSense::DayRange(13, 15)),
            ("15-13", CalendarSense::DayRange(15, 13)),
        ]);
        assert_senses(&[
            ("13-32", CalendarSense::Other),
            ("0-3", CalendarSense::Other),
            ("13/15", CalendarSense::Other),
            ("3-a", CalendarSense::Other),
        ]);
    }
}
