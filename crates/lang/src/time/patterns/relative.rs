//! Expressions that start with "last", "this" or "next".

use crate::time::calendar_word::{CalendarWord, Separator, lower_at, sense_at};
use crate::time::meaning::{Meaning, Part, Year};
use crate::time::patterns::holiday_name::match_holiday_name;
use crate::time::patterns::year::match_following_year;
use crate::word::calendar_class::{CalendarSense, Unit};

/// Most units of "the next 1000 years": what is beyond is no date.
const MAX_UNITS: i64 = 999;

/// "last week", "next May", "this spring", "the past two years", "the last Monday of May".
pub(crate) fn match_relative(
    words: &[CalendarWord<'_>],
    at: usize,
    n: i64,
    part: Part,
) -> Option<(Meaning, usize)> {
    let next = at + 1;
    let word = words.get(next).filter(|w| w.separator == Separator::None)?;
    let relative = lower_at(words, at);
    if let Some((holiday, end)) = match_holiday_name(words, next) {
        return Some((Meaning::Holiday(holiday, Year::Open, Some(n)), end));
    }
    match word.sense {
        CalendarSense::Weekday(weekday) => Some(match_relative_weekday(words, at, n, weekday)),
        // "this may be the last"
        CalendarSense::Month(month)
            if relative != "following" && relative != "past" && word.is_capitalised =>
        {
            Some((Meaning::Month(Year::Open, month, Some(n)), next + 1))
        }
        CalendarSense::Season(season) => Some((Meaning::Season(season, Year::Open, Some(n)), next + 1)),
        // "this morning"
        CalendarSense::DayPart if n == 0 => Some((Meaning::DaysFromToday(0), next + 1)),
        CalendarSense::DayPart if relative == "last" && word.lower == "night" => {
            Some((Meaning::DaysFromToday(-1), next + 1))
        }
        CalendarSense::Unit(unit) if unit != Unit::Clock => match_relative_unit(words, at, n, unit, part),
        CalendarSense::Number(count) if n != 0 && count > 0 => match_relative_units(words, at, n, count),
        _ => None,
    }
}

/// "last Monday", "next Tuesday evening", "the last Monday of May".
fn match_relative_weekday(words: &[CalendarWord<'_>], at: usize, n: i64, weekday: i8) -> (Meaning, usize) {
    if let Some((month, end)) = match_month_after_last(words, at) {
        return match_following_year(words, end, |y| Meaning::WeekdayOfMonth(-1, weekday, y, month));
    }
    let end = at + 2 + usize::from(sense_at(words, at + 2) == CalendarSense::DayPart);
    (Meaning::Weekday(weekday, Some(n)), end)
}

/// "last week", "this quarter", "the last week of May".
fn match_relative_unit(
    words: &[CalendarWord<'_>],
    at: usize,
    n: i64,
    unit: Unit,
    part: Part,
) -> Option<(Meaning, usize)> {
    if let Some((month, end)) = match_month_after_last(words, at) {
        return match unit {
            Unit::Week => Some(match_following_year(words, end, |y| Meaning::WeekOfMonth(-1, y, month))),
            Unit::Weekend => {
                Some(match_following_year(words, end, |y| Meaning::WeekdayOfMonth(-1, 5, y, month)))
            }
            _ => None,
        };
    }
    let is_plural = lower_at(words, at + 1).ends_with('s');
    // "the past year" is the time up to now, "the last day" the end of something
    let is_other = (lower_at(words, at) == "past" && part == Part::Whole) || unit == Unit::Day;
    (!is_plural && !is_other).then_some((Meaning::CalendarUnit(unit, n), at + 2))
}

/// "the next three years", "the past two weeks".
fn match_relative_units(
    words: &[CalendarWord<'_>],
    at: usize,
    n: i64,
    count: i64,
) -> Option<(Meaning, usize)> {
    let CalendarSense::Unit(unit) = sense_at(words, at + 2) else { return None };
    (unit != Unit::Clock).then_some((Meaning::ConsecutiveUnits(unit, n * count.min(MAX_UNITS)), at + 3))
}

/// The month in "the last Monday of May", where "last" is at `at`, and the index after it.
fn match_month_after_last(words: &[CalendarWord<'_>], at: usize) -> Option<(i8, usize)> {
    let is_last_of = lower_at(words, at) == "last" && matches!(lower_at(words, at + 2), "of" | "in");
    match sense_at(words, at + 3) {
        CalendarSense::Month(month) if is_last_of => Some((month, at + 4)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::time::testing::assert_reads;

    #[test]
    fn relative_weekday() {
        assert_reads(&[
            ("They met last Tuesday.", "last Tuesday: 2019-12-10"),
            ("They meet next Tuesday evening.", "next Tuesday evening: 2019-12-17"),
            ("They meet this Friday.", "this Friday: 2019-12-13"),
            ("The vote is on the last Monday of May.", "last Monday of May: 2020-05-25"),
        ]);
        assert_reads(&[
            ("The last of Tuesday went by.", "Tuesday: 2019-12-10"),
            ("The last, Tuesday, was hard.", "Tuesday: 2019-12-10"),
            ("They meet next to Tuesday House.", "Tuesday: 2019-12-17"),
        ]);
    }

    #[test]
    fn relative_month_season_and_holiday() {
        assert_reads(&[
            ("They meet next May.", "next May: 2020-05-01..2020-05-31"),
            ("They met last autumn.", "last autumn: 2019-09-01..2019-11-30"),
            ("They met last Christmas.", "last Christmas: 2018-12-25"),
            ("They meet this spring.", "this spring: 2019-03-01..2019-05-31"),
        ]);
        assert_reads(&[
            ("This may be the last round.", ""),
            ("The past March was cold.", "March: 2019-03-01..2019-03-31"),
            ("The next spring-loaded clause failed.", ""),
        ]);
    }

    #[test]
    fn relative_part_of_the_day() {
        assert_reads(&[
            ("They met this morning.", "this morning: 2019-12-12"),
            ("They meet this evening in Coste.", "this evening: 2019-12-12"),
            ("They met last night.", "last night: 2019-12-11"),
            ("Talks resume this afternoon.", "this afternoon: 2019-12-12"),
        ]);
        assert_reads(&[
            ("The next morning they left.", ""),
            ("The last evening was long.", ""),
            ("They met that morning.", ""),
        ]);
    }

    #[test]
    fn relative_unit() {
        assert_reads(&[
            ("They met last week.", "last week: 2019-12-02..2019-12-08"),
            ("They meet next month.", "next month: 2020-01-01..2020-01-31"),
            ("The deficit grew this quarter.", "this quarter: 2019-10-01..2019-12-31"),
            ("The vote is in the last week of May.", "last week of May: 2020-05-25..2020-05-31"),
            ("The vote was on the last weekend of May 2018.", "last weekend of May 2018: 2018-05-26"),
        ]);
        assert_reads(&[
            ("The past year was hard.", ""),
            ("The last day of talks was hard.", ""),
            ("The last weeks were hard.", ""),
            ("The next hour decides.", ""),
        ]);
    }

    #[test]
    fn relative_units() {
        assert_reads(&[
            ("Talks go on over the next three weeks.", "next three weeks: 2019-12-16..2020-01-05"),
            ("Prices fell in the past two months.", "past two months: 2019-10-01..2019-11-30"),
            ("The levy falls in the coming five years.", "coming five years: 2020-01-01..2024-12-31"),
            ("Talks stalled in the last ten days.", "last ten days: 2019-12-02..2019-12-11"),
        ]);
        assert_reads(&[
            ("The next three rounds decide.", ""),
            ("These three weeks decide.", ""),
            ("The next three hours decide.", ""),
        ]);
    }
}
