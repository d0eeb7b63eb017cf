//! [`time_stamp`]: times that are counted from 1970, as `1579132800`, `1579132800000` and `/Date(1579132800000)/`.

use detente::Day;

use super::numeric::leading_number;

/// Seconds since 1970 before 1990 are rather another number.
const FIRST_SECOND: i64 = 631_152_000;
/// The same after 2100.
const LAST_SECOND: i64 = 4_102_444_800;
const SECONDS_PER_DAY: i64 = 86_400;

/// The day (in UTC) of seconds, milliseconds, microseconds or nanoseconds since 1970, or of digits without
/// separators (`20200115233000`).
pub(crate) fn time_stamp(value: &str) -> Option<Day> {
    let value = match value.find("Date(") {
        Some(at) => value.get(at + 5..)?,
        None => value,
    };
    let (digits, rest) = leading_number(value)?;
    let is_complete = rest.is_empty() || rest.starts_with([')', '+', '-', 'Z']) || is_fraction(rest);
    if !is_complete {
        return None;
    }
    if matches!(digits.len(), 12 | 14) && digits.starts_with(['1', '2']) {
        let day = Day::new(
            digits.get(..4)?.parse().ok()?,
            digits.get(4..6)?.parse().ok()?,
            digits.get(6..8)?.parse().ok()?,
        );
        let (hour, minute): (u8, u8) = (digits.get(8..10)?.parse().ok()?, digits.get(10..12)?.parse().ok()?);
        if let Some(day) = day.filter(|day| day.year() >= 1900 && hour < 24 && minute < 60) {
            return Some(day);
        }
    }
    let per_second = match digits.len() {
        9 | 10 => 1,
        12 | 13 => 1000,
        16 => 1_000_000,
        19 => 1_000_000_000,
        _ => return None,
    };
    day_of_seconds(digits.parse::<i64>().ok()? / per_second)
}

/// The day of `seconds` since 1970, from 1990 to 2100.
pub(crate) fn day_of_seconds(seconds: i64) -> Option<Day> {
    let is_plausible = (FIRST_SECOND..LAST_SECOND).contains(&seconds);
    is_plausible.then(|| Day::new(1970, 1, 1).map(|zero| zero.plus_days(seconds / SECONDS_PER_DAY)))?
}

/// The day of an Excel serial number: days since 1899-12-30.
pub(crate) fn day_of_serial(value: &str) -> Option<Day> {
    let (digits, rest) = leading_number(value)?;
    let is_day = (rest.is_empty() || is_fraction(rest)) && digits.len() <= 6;
    is_day
        .then(|| Day::new(1899, 12, 30).zip(digits.parse().ok()).map(|(zero, days)| zero.plus_days(days)))?
}

fn is_fraction(rest: &str) -> bool {
    rest.strip_prefix('.').is_some_and(|fraction| fraction.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_and_their_fractions_are_counted_from_1970() {
        for value in [
            "1579132800",
            "1579132800.25",
            "1579132800000",
            "1579132800000000",
            "1579132800000000000",
            "/Date(1579132800000)/",
            "/Date(1579132800000+0100)/",
            "20200116003000",
            "202001160030",
        ] {
            assert_eq!(
                time_stamp(value).map(|day| day.to_string()).as_deref(),
                Some("2020-01-16"),
                "{value}"
            );
        }
        for value in
            ["", "0", "43845", "123456789", "99999999999", "15791328x", "20201301", "/Date(x)/", "7.5"]
        {
            assert_eq!(time_stamp(value), None, "{value}");
        }
    }

    #[test]
    fn serial_numbers_are_days() {
        assert_eq!(day_of_serial("43845.5").map(|day| day.to_string()).as_deref(), Some("2020-01-15"));
        assert_eq!(day_of_serial("x"), None);
    }
}
