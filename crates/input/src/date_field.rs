//! [`parse_date`]: the date at the start of a date field or time stamp.

use detente::Day;

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
/// `September`; longer words that start like a month are not one.
const LONGEST_MONTH: usize = 9;
/// A date with its month in words is looked for in this many words: enough for
/// `Published: Friday 09 May 2031 at 10:15 GMT`.
const MAX_WORDS: usize = 12;

/// The date that `value` starts with: `2031-05-09` or `2031/05/09`, also with a time after it,
/// `20310509`, or with the month in English words (`9 May 2031`, `May 9, 2031`,
/// `Fri, 09 May 2031 10:00:00 GMT`). The date is taken as written, whatever the time zone.
/// Returns `None` for other forms, for dates that do not exist, and for ambiguous ones (`05/09/2031`).
pub(crate) fn parse_date(value: &str) -> Option<Day> {
    let value = value.trim();
    numeric_date(value).or_else(|| date_in_words(value))
}

fn numeric_date(value: &str) -> Option<Day> {
    let digits = value.bytes().take_while(u8::is_ascii_digit).count();
    let number = |from: usize, to: usize| value.get(from..to)?.parse::<i16>().ok();
    let (month, day, end) = match (digits, value.as_bytes().get(4)) {
        (8, _) => (number(4, 6)?, number(6, 8)?, 8),
        (4, Some(separator @ (b'-' | b'/'))) if value.as_bytes().get(7) == Some(separator) => {
            (number(5, 7)?, number(8, 10)?, 10)
        }
        _ => return None,
    };
    let is_complete = value.get(end..)?.chars().next().is_none_or(|c| matches!(c, 'T' | 't' | ' '));
    Day::new(number(0, 4)?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).filter(|_| is_complete)
}

/// A date with its month in words: the first number of one or two digits is the day, the first of four the year.
fn date_in_words(value: &str) -> Option<Day> {
    let (mut year, mut month, mut day) = (None, None, None);
    let words = value.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    for word in words.take(MAX_WORDS) {
        let number = word.trim_end_matches(['s', 't', 'n', 'd', 'r', 'h']);
        if let Ok(number) = number.parse::<i16>() {
            match word.len() {
                1 | 2 if day.is_none() => day = i8::try_from(number).ok(),
                // 1st, 22nd
                3 | 4 if day.is_none() && number < 32 => day = i8::try_from(number).ok(),
                4 if year.is_none() && number.to_string() == word => year = Some(number),
                _ => {}
            }
        } else if month.is_none() && word.len() <= LONGEST_MONTH {
            let prefix = word.get(..3).unwrap_or("").to_ascii_lowercase();
            let index = MONTHS.iter().position(|name| *name == prefix);
            month = index.and_then(|index| i8::try_from(index + 1).ok());
        }
    }
    Day::new(year?, month?, day?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_feeds_and_pages_are_parsed() {
        for value in [
            "2031-05-09",
            "2031-05-09T23:59:00+02:00",
            "2031/05/09 10:00",
            "20310509",
            "20310509T101500Z",
            "9 May 2031",
            "May 9, 2031",
            "May 9th, 2031 at 10:15 a.m.",
            "Fri, 09 May 2031 10:15:00 GMT",
            "Published: Friday 09 May 2031",
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
            "31 February 2031",
            "2031",
            "May 2031",
            "2031-05-091",
            "soon",
            "May 9",
        ] {
            assert_eq!(parse_date(value), None, "{value}");
        }
    }
}
