//! Weekdays: "Tuesday", "Friday of last week", "Tuesday, 14 May".

use crate::time::calendar_word::{CalendarWord, continued_sense_at, lower_at, sense_at};
use crate::time::meaning::Meaning;
use crate::time::patterns::date::match_date;
use crate::word::calendar_class::{CalendarSense, Unit};

/// "Tuesday", "Tuesday night", "Friday of last week", "the Tuesday after next", "Tuesday, 14 May". For a weekday
/// beside a date, the last item of the result is the weekday.
pub(crate) fn match_weekday(
    words: &[CalendarWord<'_>],
    at: usize,
    weekday: i8,
) -> Option<(Meaning, usize, Option<i8>)> {
    // "Tuesday night"
    let end = at + 1 + usize::from(sense_at(words, at + 1) == CalendarSense::DayPart);
    let beside = end + usize::from(matches!(lower_at(words, end), "of" | "from" | "in" | "on" | "the"));
    if let CalendarSense::Relative(n) = continued_sense_at(words, beside)
        && sense_at(words, beside + 1) == CalendarSense::Unit(Unit::Week)
    {
        return Some((Meaning::WeekdayOfWeek(weekday, n), beside + 2, None));
    }
    // "Friday of last month": which of its Fridays is not said
    if lower_at(words, end) == "of"
        && let CalendarSense::Relative(n) = sense_at(words, beside)
        && sense_at(words, beside + 1) == CalendarSense::Unit(Unit::Month)
    {
        return Some((Meaning::CalendarUnit(Unit::Month, n), beside + 2, None));
    }
    if lower_at(words, end) == "after" && lower_at(words, end + 1) == "next" {
        return Some((Meaning::Weekday(weekday, Some(2)), end + 2, None));
    }
    if let Some((date @ Meaning::Date(..), date_end)) = match_date(words, beside) {
        return Some((date, date_end, Some(weekday)));
    }
    // "two Thursdays ago" starts with its number, "on Tuesdays" is a habit
    let is_plural = lower_at(words, at).ends_with('s') && !matches!(lower_at(words, at), "tues" | "thurs");
    (!is_plural).then_some((Meaning::Weekday(weekday, None), end, None))
}

#[cfg(test)]
mod tests {
    use crate::time::testing::assert_reads;

    #[test]
    fn weekday() {
        assert_reads(&[
            ("Envoys of Velnor met on Tuesday.", "Tuesday: 2019-12-10"),
            ("Envoys of Velnor will meet on Tuesday.", "Tuesday: 2019-12-17"),
            ("They met on Tuesday night.", "Tuesday night: 2019-12-10"),
            ("They will meet again Fri. in Coste.", "Fri: 2019-12-13"),
        ]);
        // habits, and names written like a weekday
        assert_reads(&[
            ("The board meets on Tuesdays.", ""),
            ("Envoys of Velnor wed in Coste.", ""),
            ("The envoys sat in Coste.", ""),
        ]);
    }

    #[test]
    fn weekday_of_a_week() {
        assert_reads(&[
            ("They met on Friday of last week.", "Friday of last week: 2019-12-06"),
            ("They meet on Monday next week.", "Monday next week: 2019-12-16"),
            ("They met on Wednesday, last week in Coste.", "Wednesday, last week: 2019-12-04"),
            ("They meet Thursday morning of next week.", "Thursday morning of next week: 2019-12-19"),
        ]);
        assert_reads(&[
            ("They met on Friday of last month.", "Friday of last month: 2019-11-01..2019-11-30"),
            ("They met on Friday. Last week was lost.", "Friday: 2019-12-06"),
            ("They met on Friday for a week.", "Friday: 2019-12-06"),
        ]);
    }

    #[test]
    fn weekday_after_next() {
        assert_reads(&[
            ("The vote is on the Tuesday after next.", "Tuesday after next: 2019-12-24"),
            ("The vote is on the Friday after next.", "Friday after next: 2019-12-20"),
            ("The vote is the Thursday after next.", "Thursday after next: 2019-12-26"),
            ("The vote is on Monday night after next.", "Monday night after next: 2019-12-23"),
        ]);
        assert_reads(&[
            ("The vote is on the Tuesday after the talks.", "Tuesday: 2019-12-17"),
            ("The vote is on the Tuesday before next.", "Tuesday: 2019-12-17"),
            ("The vote is on Tuesday, next to the hall.", "Tuesday: 2019-12-17"),
        ]);
    }

    #[test]
    fn weekday_beside_a_date() {
        assert_reads(&[
            ("They will meet on Tuesday, 14 May.", "Tuesday, 14 May: 2019-05-14"),
            ("They met on Monday, December 9, 2019.", "Monday, December 9, 2019: 2019-12-09"),
            ("They meet on Friday the 13th of December.", "Friday the 13th of December: 2019-12-13"),
            ("They met on Sunday 3 November in Coste.", "Sunday 3 November: 2019-11-03"),
        ]);
        assert_reads(&[
            ("They met on Tuesday, 14 envoys in all.", "Tuesday: 2019-12-10"),
            ("They met on Tuesday (14 May was too early).", "Tuesday: 2019-12-10"),
            ("They met on Tuesday and 14 May is next.", "Tuesday: 2019-12-10"),
        ]);
    }
}
