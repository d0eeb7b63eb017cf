//! Calendar units: "the week of 14 June", "over the weekend", "the end of the year", "the rest of the week".

use crate::time::calendar_word::{CalendarWord, lower_at, lower_before, sense_at};
use crate::time::meaning::{Meaning, Part};
use crate::time::patterns::date::match_date;
use crate::word::calendar_class::{CalendarSense, Unit};

/// Saturday, counted from Monday as 0: the weekend is dated by it.
const SATURDAY: i8 = 5;

/// "the week of 14 June", "over the weekend", "the week before last", "the end of the year".
pub(crate) fn match_unit(
    words: &[CalendarWord<'_>],
    at: usize,
    unit: Unit,
    part: Part,
) -> Option<(Meaning, usize)> {
    let is_plural = lower_at(words, at).ends_with('s');
    if unit == Unit::Week
        && lower_at(words, at + 1) == "of"
        && let Some((Meaning::Date(year, month, day, _), end)) = match_date(words, at + 2)
    {
        return Some((Meaning::WeekContaining(year, month, day), end));
    }
    if !is_plural && lower_at(words, at + 1) == "before" && lower_at(words, at + 2) == "last" {
        return Some((Meaning::CalendarUnit(unit, -2), at + 3));
    }
    if unit == Unit::Weekend && is_the_weekend(words, at) {
        return Some((Meaning::Weekday(SATURDAY, None), at + 1));
    }
    // "the end of the year", "by the end of month"
    let is_whole = !is_plural
        && part != Part::Whole
        && matches!(unit, Unit::Week | Unit::Month | Unit::Quarter | Unit::Year);
    is_whole.then_some((Meaning::CalendarUnit(unit, 0), at + 1))
}

/// Whether a preposition and "the" stand before the weekend at `at`: "over the weekend".
fn is_the_weekend(words: &[CalendarWord<'_>], at: usize) -> bool {
    let preposition = at.checked_sub(1).map_or("", |the| lower_before(words, the));
    lower_before(words, at) == "the"
        && matches!(preposition, "over" | "at" | "before" | "by" | "after" | "during" | "for")
}

/// "the rest of the week", "the rest of this month"; "rest" is at `at`.
pub(crate) fn match_rest_of_unit(words: &[CalendarWord<'_>], at: usize) -> Option<(Meaning, usize)> {
    if lower_at(words, at + 1) != "of" {
        return None;
    }
    let unit_at = at + 2 + usize::from(matches!(lower_at(words, at + 2), "the" | "this"));
    match sense_at(words, unit_at) {
        CalendarSense::Unit(unit) if unit != Unit::Clock => Some((Meaning::RestOfUnit(unit), unit_at + 1)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::time::testing::assert_reads;

    #[test]
    fn week_containing_a_date() {
        assert_reads(&[
            ("They meet in the week of 14 January.", "week of 14 January: 2020-01-13..2020-01-19"),
            ("They met in the week of December 2.", "week of December 2: 2019-12-02..2019-12-08"),
            ("They met in the week of 2018-06-14.", "week of 2018-06-14: 2018-06-11..2018-06-17"),
            ("They meet the week of 20 May 2020.", "week of 20 May 2020: 2020-05-18..2020-05-24"),
        ]);
        assert_reads(&[
            ("They met in a week of rain.", "in a week: 2019-12-19"),
            ("They meet in the week of the 20th of May.", "20th of May: 2019-05-20"),
            ("It was a week of May storms.", "May: 2019-05-01..2019-05-31"),
            ("They met for weeks in the hall.", ""),
        ]);
    }

    #[test]
    fn unit_before_last() {
        assert_reads(&[
            ("They met the week before last.", "week before last: 2019-11-25..2019-12-01"),
            ("They met the month before last.", "month before last: 2019-10-01..2019-10-31"),
            ("It was signed the year before last.", "year before last: 2017-01-01..2017-12-31"),
            ("They met the weekend before last.", "weekend before last: 2019-11-30..2019-12-01"),
        ]);
        assert_reads(&[
            ("They met the week before the vote.", ""),
            ("They met weeks before last summer.", "last summer: 2019-06-01..2019-08-31"),
            ("They met the round before last.", ""),
        ]);
    }

    #[test]
    fn the_weekend() {
        assert_reads(&[
            ("They met over the weekend.", "weekend: 2019-12-07"),
            ("They will meet at the weekend.", "weekend: 2019-12-14"),
            ("They will meet after the weekend.", "weekend: 2019-12-14"),
            ("They met during the weekend in Coste.", "weekend: 2019-12-07"),
        ]);
        assert_reads(&[
            ("They spent a weekend in Coste.", ""),
            ("They spent the weekend in Coste.", ""),
            ("They work on weekends.", ""),
        ]);
    }

    #[test]
    fn end_of_the_unit() {
        assert_reads(&[
            ("They must sign by the end of the year.", "end of the year: 2019-12-31"),
            ("They met at the beginning of the month.", "beginning of the month: 2019-12-01..2019-12-10"),
            ("They will meet at the end of the week.", "end of the week: 2019-12-13..2019-12-15"),
            ("They will sign before the close of the quarter.", "close of the quarter: 2019-12-31"),
        ]);
        assert_reads(&[
            ("They must sign within the year.", ""),
            ("It is the end of the day.", ""),
            ("It is the end of years of talks.", ""),
        ]);
    }

    #[test]
    fn rest_of_the_unit() {
        assert_reads(&[
            ("Talks are off for the rest of the week.", "rest of the week: 2019-12-12..2019-12-15"),
            ("Talks are off for the rest of this month.", "rest of this month: 2019-12-12..2019-12-31"),
            ("Talks are off for the rest of the year.", "rest of the year: 2019-12-12..2019-12-31"),
            ("The rest of the day was quiet.", "rest of the day: 2019-12-12"),
        ]);
        assert_reads(&[
            ("The rest of the envoys left.", ""),
            ("The rest of the hour was quiet.", ""),
            ("They rest this week.", "this week: 2019-12-09..2019-12-15"),
        ]);
    }
}
