//! Years: "in 2018", and the year that belongs to another expression ("May of last year").

use crate::time::calendar_word::{
    CalendarWord, Separator, class_before, continued_sense_at, lower_at, sense_at,
};
use crate::time::meaning::{Meaning, Year};
use crate::word::calendar_class::{CalendarSense, Unit};
use crate::word::class::Class;

/// The years that a number of four digits can denote.
pub(crate) const YEARS: std::ops::Range<i64> = 1500..2200;

/// "since 2018": a year by itself needs a word before it that leads to a year.
pub(crate) fn match_year(words: &[CalendarWord<'_>], at: usize, n: i64) -> Option<(Meaning, usize)> {
    let is_free = words.get(at)?.separator == Separator::None && !is_count(words, at + 1);
    (class_before(words, at, Class::BeforeYear) && is_free)
        .then_some((Meaning::WholeYear(Year::Written(n as i16)), at + 1))
}

/// The year of an expression that ends before `at`: "2020", ", 2020", "of 2020", "of last year", "next year",
/// "of the year". Returns what `meaning` makes of the year, and the index after it.
pub(crate) fn match_following_year(
    words: &[CalendarWord<'_>],
    at: usize,
    meaning: impl Fn(Year) -> Meaning,
) -> (Meaning, usize) {
    let from = if matches!(lower_at(words, at), "of" | "in" | "the") { at + 1 } else { at };
    let from = if lower_at(words, at) == "of" && lower_at(words, from) == "the" { from + 1 } else { from };
    match continued_sense_at(words, from) {
        CalendarSense::Number(n) if YEARS.contains(&n) && !is_count(words, from + 1) => {
            (meaning(Year::Written(n as i16)), from + 1)
        }
        CalendarSense::Relative(n) if sense_at(words, from + 1) == CalendarSense::Unit(Unit::Year) => {
            (meaning(Year::Relative(n)), from + 2)
        }
        CalendarSense::Unit(Unit::Year) if from > at && lower_at(words, at) == "of" => {
            (meaning(Year::Relative(0)), from + 1)
        }
        _ => (meaning(Year::Open), at),
    }
}

/// Whether the word at `at` makes the number before it a count: "2000 tonnes".
fn is_count(words: &[CalendarWord<'_>], at: usize) -> bool {
    words.get(at).is_some_and(|w| w.separator == Separator::None && w.entry.is(Class::CountedNoun))
}

/// Whether the word at `at` is a number that can be a year.
pub(crate) fn is_year_number(sense: CalendarSense) -> bool {
    matches!(sense, CalendarSense::Number(n) if YEARS.contains(&n))
}

#[cfg(test)]
mod tests {
    use crate::time::testing::assert_reads;

    #[test]
    fn year() {
        assert_reads(&[
            ("The accord was signed in 2016.", "2016: 2016-01-01..2016-12-31"),
            ("Nothing has changed since 1998.", "1998: 1998-01-01..1998-12-31"),
            ("It runs until 2030.", "2030: 2030-01-01..2030-12-31"),
            ("It was the strike of 2012.", "2012: 2012-01-01..2012-12-31"),
        ]);
        assert_reads(&[
            ("The contract covers 2019 workers.", ""),
            ("It was cut to 2000 tonnes.", ""),
            ("They lost in 2300 cases.", ""),
            ("They met in room 2019.", ""),
        ]);
    }

    #[test]
    fn year_after_an_expression() {
        assert_reads(&[
            ("They met in May 2018.", "May 2018: 2018-05-01..2018-05-31"),
            ("They met on May 3, 2018.", "May 3, 2018: 2018-05-03"),
            ("They met in May of last year.", "May of last year: 2018-05-01..2018-05-31"),
            ("They meet in May next year.", "May next year: 2020-05-01..2020-05-31"),
            ("They meet in December of the year.", "December of the year: 2019-12-01..2019-12-31"),
        ]);
        assert_reads(&[
            ("They meet in May with 2018 members.", "May: 2020-05-01..2020-05-31"),
            ("They sold in May 2000 tonnes.", "May: 2019-05-01..2019-05-31"),
            ("They meet in May next to the hall.", "May: 2020-05-01..2020-05-31"),
        ]);
    }
}
