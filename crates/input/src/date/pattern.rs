//! [`DatePattern`]: the form of dates that the option `--date-format` gives.

use std::fmt;
use std::str::FromStr;

use detente::Day;

use super::numeric::{full_year, leading_number, numeric_date};
use super::reading::FieldOrder;
use super::time_stamp::{day_of_seconds, day_of_serial};
use super::words::month_number;

/// The form of a date field.
///
/// | form | meaning |
/// |---|---|
/// | `dmy`, `mdy`, `ymd` | the order of the numbers |
/// | `unix`, `unix-ms` | seconds or milliseconds since 1970 |
/// | `excel` | days since 1899-12-30 |
/// | `%d/%m/%Y` … | `%Y`, `%y`, `%m`, `%d`, `%b` or `%B` (a month in words), `%j` (day of the year); other letters (`%H`, `%z`) match any word |
///
/// ```
/// use detente_input::DatePattern;
/// let pattern: DatePattern = "%d.%m.%y".parse()?;
/// assert_eq!(pattern.read("15.01.20").map(|day| day.to_string()).as_deref(), Some("2020-01-15"));
/// # Ok::<(), detente_input::InputError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatePattern(Form);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Form {
    Order(FieldOrder),
    YearFirst,
    Seconds(i64),
    Serial,
    Fields(String),
}

impl FromStr for DatePattern {
    type Err = crate::InputError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self(match text.to_ascii_lowercase().as_str() {
            "dmy" => Form::Order(FieldOrder::DayFirst),
            "mdy" => Form::Order(FieldOrder::MonthFirst),
            "ymd" => Form::YearFirst,
            "unix" => Form::Seconds(1),
            "unix-ms" => Form::Seconds(1000),
            "excel" => Form::Serial,
            _ if has_date(text) => Form::Fields(text.to_owned()),
            _ => return Err(crate::InputError::invalid_date_pattern(text)),
        }))
    }
}

/// Whether a pattern has the fields of a day.
fn has_date(text: &str) -> bool {
    let has = |letters: &[&str]| letters.iter().any(|letter| text.contains(letter));
    has(&["%F", "%D"])
        || has(&["%Y", "%y"]) && (has(&["%j"]) || has(&["%m", "%b", "%B", "%h"]) && has(&["%d", "%e"]))
}

impl DatePattern {
    /// The day that `value` gives in this form.
    #[must_use]
    pub fn read(&self, value: &str) -> Option<Day> {
        let value = value.trim();
        match &self.0 {
            Form::Order(order) => numeric_date(value)?.day_in(*order),
            Form::YearFirst => numeric_date(value)?.day(),
            Form::Seconds(per_second) => {
                day_of_seconds(leading_number(value)?.0.parse::<i64>().ok()? / per_second)
            }
            Form::Serial => day_of_serial(value),
            Form::Fields(pattern) => read_fields(pattern, value),
        }
    }
}

impl fmt::Display for DatePattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match &self.0 {
            Form::Order(FieldOrder::DayFirst) => "dmy",
            Form::Order(FieldOrder::MonthFirst) => "mdy",
            Form::YearFirst => "ymd",
            Form::Seconds(1) => "unix",
            Form::Seconds(_) => "unix-ms",
            Form::Serial => "excel",
            Form::Fields(pattern) => pattern,
        })
    }
}

/// Reads `value` letter by letter. What follows the end of the pattern is not read.
fn read_fields(pattern: &str, value: &str) -> Option<Day> {
    let pattern = pattern.replace("%F", "%Y-%m-%d").replace("%D", "%m/%d/%y");
    let (mut year, mut month, mut day, mut of_year) = (None, None, None, None);
    let mut rest = value;
    let mut letters = pattern.chars();
    while let Some(letter) = letters.next() {
        if letter != '%' {
            rest = if letter == ' ' { rest.trim_start() } else { rest.strip_prefix(letter)? };
            continue;
        }
        let number = |width: usize| {
            let digits = leading_number(rest.trim_start())?.0;
            let digits = digits.get(..digits.len().min(width))?;
            Some((digits.parse::<i16>().ok()?, rest.trim_start().get(digits.len()..)?))
        };
        let word_end = rest.find(|c: char| !c.is_alphanumeric() && c != '+').unwrap_or(rest.len());
        match letters.next()? {
            'Y' => (year, rest) = number(4).map(|(n, rest)| (Some(n), rest))?,
            'y' => (year, rest) = number(2).map(|(n, rest)| (Some(full_year(n)), rest))?,
            'm' => (month, rest) = number(2).map(|(n, rest)| (i8::try_from(n).ok(), rest))?,
            'd' | 'e' => (day, rest) = number(2).map(|(n, rest)| (i8::try_from(n).ok(), rest))?,
            'j' => (of_year, rest) = number(3).map(|(n, rest)| (Some(n), rest))?,
            'b' | 'B' | 'h' => (month, rest) = (month_number(rest.get(..word_end)?), rest.get(word_end..)?),
            'H' | 'I' | 'M' | 'S' => rest = number(2)?.1,
            '%' => rest = rest.strip_prefix('%')?,
            _ => rest = rest.get(word_end..)?,
        }
    }
    match (of_year, month, day) {
        (Some(of_year), ..) => Some(Day::new(year?, 1, 1)?.plus_days(i64::from(of_year) - 1)),
        (None, month, day) => Day::new(year?, month?, day?),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_in_the_given_form_only() {
        for (pattern, value) in [
            ("dmy", "15/1/2020"),
            ("mdy", "1/15/2020"),
            ("ymd", "2020-01-15"),
            ("unix", "1579132799"),
            ("unix-ms", "1579132799000"),
            ("excel", "43845"),
            ("%d/%m/%Y", "15/01/2020 10:00"),
            ("%d %b %Y", "15 Jan 2020"),
            ("%a, %d %B %y %H:%M", "Wed, 15 January 20 10:15"),
            ("%Y%m%d", "20200115"),
            ("%Y-%j", "2020-015"),
            ("%F", "2020-01-15"),
        ] {
            let read = pattern.parse::<DatePattern>().expect(pattern).read(value);
            assert_eq!(read.map(|day| day.to_string()).as_deref(), Some("2020-01-15"), "{pattern}");
        }
        for (pattern, value) in [
            ("dmy", "1/15/2020"),
            ("mdy", "15/1/2020"),
            ("%d/%m/%Y", "2020-01-15"),
            ("%d %b %Y", "15 1 2020"),
            ("excel", "x"),
        ] {
            assert_eq!(pattern.parse::<DatePattern>().expect(pattern).read(value), None, "{pattern} {value}");
        }
    }

    #[test]
    fn a_pattern_without_a_day_is_an_error() {
        for pattern in ["", "soon", "%Y", "%H:%M", "yyyy-mm-dd", "%m %d"] {
            assert!(pattern.parse::<DatePattern>().is_err(), "{pattern}");
        }
        for pattern in ["dmy", "unix-ms", "%d/%m/%Y"] {
            assert_eq!(pattern.parse::<DatePattern>().expect(pattern).to_string(), pattern);
        }
    }
}
