//! A date with its month, in any order: "14 May", "May 14", "the 14th of May", "2019-05-14".

use crate::time::calendar_word::{CalendarWord, Separator, sense_at};
use crate::time::meaning::{Meaning, Year};
use crate::time::patterns::month::match_month;
use crate::time::patterns::number::match_number;
use crate::time::patterns::ordinal::match_ordinal;
use crate::time::patterns::year::match_following_year;
use crate::word::calendar_class::CalendarSense;

/// Any of the forms of a date, unless punctuation stronger than a comma stands before it.
pub(crate) fn match_date(words: &[CalendarWord<'_>], at: usize) -> Option<(Meaning, usize)> {
    let word = words.get(at).filter(|w| w.separator < Separator::Break)?;
    match word.sense {
        CalendarSense::Month(month) => match_month(words, at, month),
        CalendarSense::Number(n) => match_number(words, at, n),
        CalendarSense::Ordinal(n) => match_ordinal(words, at, n),
        CalendarSense::Date(Some(year), month, Some(day)) => {
            Some((Meaning::Date(Year::Written(year), month, day, day), at + 1))
        }
        _ => None,
    }
}

/// "2019-05-14", "5/14/2019", "2019-05".
pub(crate) fn date_in_digits(year: Option<i16>, month: i8, day: Option<i8>) -> Meaning {
    let year = year.map_or(Year::Open, Year::Written);
    day.map_or(Meaning::Month(year, month, None), |day| Meaning::Date(year, month, day, day))
}

/// "13-15 May 2019".
pub(crate) fn match_day_range(
    words: &[CalendarWord<'_>],
    at: usize,
    from: i8,
    to: i8,
) -> Option<(Meaning, usize)> {
    let CalendarSense::Month(month) = sense_at(words, at + 1) else { return None };
    Some(match_following_year(words, at + 2, |year| Meaning::Date(year, month, from, to)))
}

#[cfg(test)]
mod tests {
    use crate::time::testing::assert_reads;

    #[test]
    fn date_in_digits() {
        assert_reads(&[
            ("It was signed on 2019-05-14.", "2019-05-14: 2019-05-14"),
            ("It was signed on 5/14/2019.", "5/14/2019: 2019-05-14"),
            ("It was signed on 14/5/2019.", "14/5/2019: 2019-05-14"),
            ("It was signed in 2019-05.", "2019-05: 2019-05-01..2019-05-31"),
        ]);
        assert_reads(&[
            ("Version 2019-15-40 was tabled.", ""),
            ("They won 14/20 seats.", ""),
            ("The ratio was 1/2/3/4.", ""),
        ]);
    }

    #[test]
    fn range_of_days() {
        assert_reads(&[
            ("They will meet on 13-15 May.", "13-15 May: 2020-05-13..2020-05-15"),
            ("They met on 13-15 May 2018.", "13-15 May 2018: 2018-05-13..2018-05-15"),
            ("They met on 2-4 December.", "2-4 December: 2019-12-02..2019-12-04"),
            ("They met on 1-3 June of last year.", "1-3 June of last year: 2018-06-01..2018-06-03"),
        ]);
        assert_reads(&[
            ("They won 13-15 votes.", ""),
            ("They won 13-15.", ""),
            ("They won 45-50 May seats.", "May: 2019-05-01..2019-05-31"),
        ]);
    }
}
