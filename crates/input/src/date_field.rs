//! [`written_day`]: the day that a date or time stamp names.

use detente::Day;

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The day that `value` names: `2031-05-09` or `2031/05/09`, also with a time after it,
/// `20310509`, or with the month in English words (`9 May 2031`, `May 9, 2031`,
/// `Fri, 09 May 2031 10:00:00 GMT`). The day is taken as written, whatever the time zone.
/// `None` where it is another form, no day of the calendar, or may be read two ways (`05/09/2031`).
pub(crate) fn written_day(value: &str) -> Option<Day> {
    let value = value.trim();
    iso(value).or_else(|| in_words(value))
}

fn iso(value: &str) -> Option<Day> {
    let digits = value.bytes().take_while(u8::is_ascii_digit).count();
    let part = |from: usize, to: usize| value.get(from..to)?.parse::<i16>().ok();
    let (month, day, end) = match (digits, value.as_bytes().get(4)) {
        (8, _) => (part(4, 6)?, part(6, 8)?, 8),
        (4, Some(mark @ (b'-' | b'/'))) if value.as_bytes().get(7) == Some(mark) => {
            (part(5, 7)?, part(8, 10)?, 10)
        }
        _ => return None,
    };
    let is_whole = value.get(end..)?.chars().next().is_none_or(|c| matches!(c, 'T' | 't' | ' '));
    Day::new(part(0, 4)?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).filter(|_| is_whole)
}

/// A day with its month in words: the first number of one or two digits, the first of four.
fn in_words(value: &str) -> Option<Day> {
    let (mut year, mut month, mut day) = (None, None, None);
    let words = value.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    for word in words.take(12) {
        let number = word.trim_end_matches(['s', 't', 'n', 'd', 'r', 'h']);
        if let Ok(number) = number.parse::<i16>() {
            match word.len() {
                1 | 2 if day.is_none() => day = i8::try_from(number).ok(),
                3 | 4 if day.is_none() && number < 32 => day = i8::try_from(number).ok(),
                4 if year.is_none() && number.to_string() == word => year = Some(number),
                _ => {}
            }
        } else if month.is_none() {
            let head = word.get(..3).unwrap_or("").to_ascii_lowercase();
            let at = MONTHS.iter().position(|name| *name == head);
            month = at.filter(|_| word.len() <= 9).and_then(|at| i8::try_from(at + 1).ok());
        }
    }
    Day::new(year?, month?, day?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_of_files_and_pages_are_read() {
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
            assert_eq!(written_day(value).map(|d| d.to_string()).as_deref(), Some("2031-05-09"), "{value}");
        }
    }

    #[test]
    fn what_may_be_read_two_ways_or_is_no_day_is_none() {
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
            assert_eq!(written_day(value), None, "{value}");
        }
    }
}
