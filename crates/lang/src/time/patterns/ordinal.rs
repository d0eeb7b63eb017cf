//! Expressions that start with an ordinal number: "the first Monday of October", "the third quarter".

use crate::time::calendar_word::{CalendarWord, lower_at, sense_at};
use crate::time::meaning::Meaning;
use crate::time::patterns::day_of_month::{match_day_of_month, match_relative_month};
use crate::time::patterns::year::match_following_year;
use crate::word::calendar_class::{CalendarSense, Unit};

/// "the first Monday of October", "the second week of May", "the third quarter", "15th of July".
pub(crate) fn match_ordinal(words: &[CalendarWord<'_>], at: usize, n: i64) -> Option<(Meaning, usize)> {
    match sense_at(words, at + 1) {
        CalendarSense::Weekday(weekday) => match_ordinal_weekday(words, at, n, weekday),
        CalendarSense::Unit(Unit::Week) => {
            let (month, end) = match_of_month(words, at + 2)?;
            Some(match_following_year(words, end, |y| Meaning::WeekOfMonth(n, y, month)))
        }
        CalendarSense::Unit(Unit::Quarter) if (1..=4).contains(&n) => {
            Some(match_following_year(words, at + 2, |y| Meaning::Quarter(n, y)))
        }
        _ => match_day_of_month(words, at, n),
    }
}

/// "the first Monday of October", "the first Monday of next month".
fn match_ordinal_weekday(
    words: &[CalendarWord<'_>],
    at: usize,
    n: i64,
    weekday: i8,
) -> Option<(Meaning, usize)> {
    if let Some((months, end)) = match_relative_month(words, at + 2) {
        return Some((Meaning::WeekdayOfRelativeMonth(n, weekday, months), end));
    }
    let (month, end) = match_of_month(words, at + 2)?;
    Some(match_following_year(words, end, |y| Meaning::WeekdayOfMonth(n, weekday, y, month)))
}

/// "of May", "in May", "May": the month, and the index after it.
fn match_of_month(words: &[CalendarWord<'_>], at: usize) -> Option<(i8, usize)> {
    let at = at + usize::from(matches!(lower_at(words, at), "of" | "in"));
    match sense_at(words, at) {
        CalendarSense::Month(month) => Some((month, at + 1)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::time::testing::assert_reads;

    #[test]
    fn ordinal_weekday_of_a_month() {
        assert_reads(&[
            ("The vote is on the first Monday of October.", "first Monday of October: 2020-10-05"),
            ("The vote is on the second Tuesday in March 2021.", "second Tuesday in March 2021: 2021-03-09"),
            ("The vote is on the third Thursday of next month.", "third Thursday of next month: 2020-01-16"),
            (
                "The vote was on the first Sunday of May of last year.",
                "first Sunday of May of last year: 2018-05-06",
            ),
        ]);
        assert_reads(&[
            ("It was the first Monday without talks.", "Monday: 2019-12-09"),
            ("It was the fifth Monday of February 2019.", ""),
            ("They met for a third Tuesday of talks.", "Tuesday: 2019-12-10"),
        ]);
    }

    #[test]
    fn ordinal_week_of_a_month() {
        assert_reads(&[
            (
                "They will meet in the second week of January.",
                "second week of January: 2020-01-13..2020-01-19",
            ),
            ("They met in the first week of December.", "first week of December: 2019-12-02..2019-12-08"),
            ("They met in the third week of May 2018.", "third week of May 2018: 2018-05-21..2018-05-27"),
            ("They meet in the fourth week in March.", "fourth week in March: 2020-03-23..2020-03-29"),
        ]);
        assert_reads(&[
            ("The strike is in its second week.", ""),
            ("It was the third week of talks.", ""),
            ("They met in the second month of the strike.", ""),
        ]);
    }

    #[test]
    fn quarter_of_a_year() {
        assert_reads(&[
            ("Output fell in the third quarter.", "third quarter: 2019-07-01..2019-09-30"),
            ("Output fell in the second quarter of 2018.", "second quarter of 2018: 2018-04-01..2018-06-30"),
            (
                "Output will fall in the first quarter of next year.",
                "first quarter of next year: 2020-01-01..2020-03-31",
            ),
            (
                "Output rose in the fourth quarter of last year.",
                "fourth quarter of last year: 2018-10-01..2018-12-31",
            ),
        ]);
        assert_reads(&[
            ("A quarter of the members voted.", ""),
            ("It was the fifth quarter of losses.", ""),
            ("It was the third of four quarters.", ""),
        ]);
    }
}
