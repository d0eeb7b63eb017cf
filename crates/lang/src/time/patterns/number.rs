//! Expressions that start with a cardinal number: "two weeks ago", "14 May", "2018".

use crate::time::calendar_word::{CalendarWord, lower_at, sense_at};
use crate::time::meaning::Meaning;
use crate::time::patterns::day_of_month::match_day_of_month;
use crate::time::patterns::distance::match_units_from_today;
use crate::time::patterns::year::{YEARS, match_year};
use crate::word::calendar_class::{CalendarSense, Unit};

/// "two weeks ago", "two Thursdays ago", "two coming weeks", "14 May", "2018" after a preposition.
pub(crate) fn match_number(words: &[CalendarWord<'_>], at: usize, n: i64) -> Option<(Meaning, usize)> {
    let next = at + 1;
    // "a few weeks ago"
    if sense_at(words, next) == CalendarSense::Number(3) && lower_at(words, next) == "few" {
        return match_number(words, next, 3);
    }
    // "a couple of weeks ago"
    let next = next + usize::from(lower_at(words, next) == "of" && lower_at(words, at) == "couple");
    match sense_at(words, next) {
        CalendarSense::Weekday(weekday) if matches!(lower_at(words, next + 1), "ago" | "back") => {
            return Some((Meaning::WeekdaysFromToday(weekday, -n), next + 2));
        }
        CalendarSense::Unit(unit) => return match_units_from_today(words, next, unit, n),
        CalendarSense::Relative(1) => {
            if let CalendarSense::Unit(unit) = sense_at(words, next + 1) {
                let is_long = unit != Unit::Clock;
                return is_long.then_some((Meaning::ConsecutiveUnits(unit, n), next + 2));
            }
        }
        _ => {}
    }
    if YEARS.contains(&n) && lower_at(words, at).len() == 4 {
        return match_year(words, at, n);
    }
    // a day of a month in words opens the sentence ("Fifteen March")
    let is_day = at == 0 || lower_at(words, at).starts_with(|c: char| c.is_ascii_digit());
    is_day.then(|| match_day_of_month(words, at, n)).flatten()
}

#[cfg(test)]
mod tests {
    use crate::time::testing::assert_reads;

    #[test]
    fn weekdays_ago() {
        assert_reads(&[
            ("They met two Tuesdays ago.", "two Tuesdays ago: 2019-12-03"),
            ("They met three Fridays back.", "three Fridays back: 2019-11-22"),
            ("They met a couple of Mondays ago.", "couple of Mondays ago: 2019-12-02"),
            ("They met a few Thursdays ago.", "a few Thursdays ago: 2019-11-21"),
        ]);
        assert_reads(&[
            ("They met on two Tuesdays in Coste.", ""),
            ("They met two times ago.", ""),
            ("Tuesdays ago, nobody met.", ""),
        ]);
    }

    #[test]
    fn number_of_coming_units() {
        assert_reads(&[
            ("It takes two coming weeks.", "two coming weeks: 2019-12-16..2019-12-29"),
            ("It takes the three following years.", "three following years: 2020-01-01..2022-12-31"),
            ("It takes ten coming days.", "ten coming days: 2019-12-13..2019-12-22"),
            ("It takes five next months.", "five next months: 2020-01-01..2020-05-31"),
        ]);
        assert_reads(&[
            ("It took two past weeks.", ""),
            ("It takes two coming rounds.", ""),
            ("It takes two coming hours.", ""),
        ]);
    }

    #[test]
    fn number_as_a_day() {
        assert_reads(&[
            ("They met on 14 May.", "14 May: 2019-05-14"),
            ("Fifteen March is the date.", "Fifteen March: 2020-03-15"),
            ("They meet 3 January 2020.", "3 January 2020: 2020-01-03"),
            ("14 to 16 June are free.", "14 to 16 June: 2020-06-14..2020-06-16"),
        ]);
        assert_reads(&[
            ("They sent fifteen March hares.", "March: 2019-03-01..2019-03-31"),
            ("They sent 14 envoys.", ""),
            ("They sent 32 May flowers.", "May: 2019-05-01..2019-05-31"),
        ]);
    }
}
