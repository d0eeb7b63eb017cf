//! Distances from today: "two weeks ago", "in ten days", "the day after tomorrow".

use crate::time::calendar_word::{CalendarWord, lower_at, sense_at};
use crate::time::expression_type::CONTEXT_WORDS;
use crate::time::meaning::Meaning;
use crate::word::calendar_class::{CalendarSense, Unit};
use crate::word::class::Class;

/// "two weeks ago", "ten days hence", "three months from now", "a year ago today"; `unit_at` is the index of the
/// unit after the number `n`.
pub(crate) fn match_units_from_today(
    words: &[CalendarWord<'_>],
    unit_at: usize,
    unit: Unit,
    n: i64,
) -> Option<(Meaning, usize)> {
    let n = if lower_at(words, unit_at) == "fortnight" { n.saturating_mul(2) } else { n };
    let next = lower_at(words, unit_at + 2);
    // "a week ago on Monday": a week before last Monday
    if unit == Unit::Week
        && lower_at(words, unit_at + 1) == "ago"
        && matches!(next, "on" | "last")
        && let CalendarSense::Weekday(weekday) = sense_at(words, unit_at + 3)
    {
        return Some((
            Meaning::WeekdaysFromToday(weekday, n.saturating_add(1).saturating_neg()),
            unit_at + 4,
        ));
    }
    match lower_at(words, unit_at + 1) {
        // to the day
        "ago" if unit == Unit::Year && next == "today" => {
            Some((Meaning::UnitsFromToday(Unit::Month, n.saturating_mul(-12)), unit_at + 3))
        }
        "ago" => Some((Meaning::UnitsFromToday(unit, -n), unit_at + 2)),
        "hence" => Some((Meaning::UnitsFromToday(unit, n), unit_at + 2)),
        "from" if matches!(next, "now" | "today") => Some((Meaning::UnitsFromToday(unit, n), unit_at + 3)),
        _ => None,
    }
}

/// "in two weeks", "within ten days", "in two weeks' time"; the preposition is at `at`.
pub(crate) fn match_in_units(words: &[CalendarWord<'_>], at: usize) -> Option<(Meaning, usize)> {
    let CalendarSense::Number(n) = sense_at(words, at + 1) else { return None };
    let CalendarSense::Unit(unit) = sense_at(words, at + 2) else { return None };
    let n = if lower_at(words, at + 2) == "fortnight" { n.saturating_mul(2) } else { n };
    // "in a year and two months"
    let more = at + 3 + usize::from(lower_at(words, at + 3) == "and");
    if unit == Unit::Year
        && let CalendarSense::Number(months) = sense_at(words, more)
        && sense_at(words, more + 1) == CalendarSense::Unit(Unit::Month)
    {
        let months = n.saturating_mul(12).saturating_add(months);
        return Some((Meaning::UnitsFromToday(Unit::Month, months), more + 2));
    }
    let end = at + 3 + usize::from(lower_at(words, at + 3) == "time");
    let is_ahead = lower_at(words, at) == "within" || !is_elapsed(words, at);
    is_ahead.then_some((Meaning::UnitsFromToday(unit, n), end))
}

/// Whether "in two weeks" at `at` are weeks up to now: "the first time in two weeks", "the worst in two weeks".
fn is_elapsed(words: &[CalendarWord<'_>], at: usize) -> bool {
    words.get(..at).unwrap_or_default().iter().rev().take(CONTEXT_WORDS).any(|w| {
        w.entry.is(Class::ElapsedTimeCue)
            || matches!(w.sense, CalendarSense::Ordinal(_))
            || w.lower.ends_with("est")
    })
}

/// "the day after tomorrow", "the day before yesterday".
pub(crate) fn match_second_day(words: &[CalendarWord<'_>], at: usize) -> Option<(Meaning, usize)> {
    if lower_at(words, at + 1) != "day" {
        return None;
    }
    match (lower_at(words, at + 2), lower_at(words, at + 3)) {
        ("after", "tomorrow") => Some((Meaning::DaysFromToday(2), at + 4)),
        ("before", "yesterday") => Some((Meaning::DaysFromToday(-2), at + 4)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::time::testing::assert_reads;

    #[test]
    fn units_from_today() {
        assert_reads(&[
            ("Talks broke down two weeks ago.", "two weeks ago: 2019-11-28"),
            ("It lapses ten days hence.", "ten days hence: 2019-12-22"),
            ("It lapses three months from now.", "three months from now: 2020-03-12"),
            ("A year ago today the guns fell silent.", "A year ago today: 2018-12-12"),
            ("The strike began a fortnight ago.", "a fortnight ago: 2019-11-28"),
            ("They met a week ago on Monday.", "a week ago on Monday: 2019-12-02"),
            ("They met two weeks ago on Friday.", "two weeks ago on Friday: 2019-11-22"),
            ("They met a week ago on board.", "a week ago: 2019-12-05"),
            ("It was signed ten years ago.", "ten years ago: 2009-12-01..2009-12-31"),
        ]);
        assert_reads(&[
            ("Talks took two weeks.", ""),
            ("They met two weeks from the vote.", ""),
            ("They met two rounds ago.", ""),
        ]);
    }

    #[test]
    fn in_units() {
        assert_reads(&[
            ("The withdrawal will take effect in ninety days.", "in ninety days: 2020-03-11"),
            ("They must sign within ten days.", "within ten days: 2019-12-22"),
            ("They meet in two weeks' time.", "in two weeks' time: 2019-12-26"),
            ("They may agree in a month.", "in a month: 2020-01-12"),
            ("They may sign in a year and two months.", "in a year and two months: 2021-02-12"),
            ("They may agree in a fortnight.", "in a fortnight: 2019-12-26"),
        ]);
        assert_reads(&[
            ("It is the first meeting in two years.", ""),
            ("It was the harshest offer in ten days.", ""),
            ("They met twice, the only times in two weeks.", ""),
            ("They meet in two rounds.", ""),
        ]);
    }

    #[test]
    fn second_day() {
        assert_reads(&[
            ("They meet the day after tomorrow.", "the day after tomorrow: 2019-12-14"),
            ("They met the day before yesterday.", "the day before yesterday: 2019-12-10"),
            ("The day after tomorrow they vote.", "The day after tomorrow: 2019-12-14"),
            ("By the day after tomorrow all is signed.", "the day after tomorrow: 2019-12-14"),
        ]);
        assert_reads(&[
            ("They meet the day after.", ""),
            ("They met the day before the vote.", ""),
            ("They met the week before yesterday.", "yesterday: 2019-12-11"),
        ]);
    }
}
