//! Months: "May", "May 2020", "May 13 to 15".

use crate::time::calendar_word::{
    CalendarWord, Separator, class_before, continued_sense_at, lower_at, sense_at,
};
use crate::time::meaning::{Meaning, Year};
use crate::time::patterns::year::{is_year_number, match_following_year};
use crate::word::calendar_class::CalendarSense;
use crate::word::class::Class;

/// "May 13-15", "May 13 to 15, 2020", "May 2020", "May of last year", "the March after next".
pub(crate) fn match_month(words: &[CalendarWord<'_>], at: usize, month: i8) -> Option<(Meaning, usize)> {
    let next = at + 1;
    if let CalendarSense::DayRange(from, to) = continued_sense_at(words, next) {
        return Some(match_following_year(words, next + 1, |year| Meaning::Date(year, month, from, to)));
    }
    if let Some(date) = match_month_and_day(words, at, month) {
        return Some(date);
    }
    if !is_month_name(words, at) {
        return None;
    }
    if lower_at(words, next) == "after" && lower_at(words, next + 1) == "next" {
        return Some((Meaning::Month(Year::Open, month, Some(2)), next + 2));
    }
    Some(match_following_year(words, next, |year| Meaning::Month(year, month, None)))
}

/// "May 13", "May the 13th, 2020", "May 13 and 14", "May 13 through 15".
fn match_month_and_day(words: &[CalendarWord<'_>], at: usize, month: i8) -> Option<(Meaning, usize)> {
    let day_at = at + 1 + usize::from(lower_at(words, at + 1) == "the");
    let day =
        words.get(day_at).filter(|w| w.separator == Separator::None).and_then(|w| day_number(w.sense))?;
    let next = day_at + 1;
    let is_range = matches!(lower_at(words, next), "to" | "and" | "thru" | "through")
        || words.get(next).is_some_and(|w| w.separator == Separator::Dash);
    let last = is_range.then(|| {
        let is_number = matches!(sense_at(words, next), CalendarSense::Number(_) | CalendarSense::Ordinal(_));
        let last_at = next + usize::from(!is_number);
        day_number(sense_at(words, last_at)).filter(|last| *last > day).map(|last| (last, last_at + 1))
    });
    let (last, end) = last.flatten().unwrap_or((day, next));
    Some(match_following_year(words, end, |year| Meaning::Date(year, month, day, last)))
}

/// The day of a month that a number can be.
pub(crate) fn day_number(sense: CalendarSense) -> Option<i8> {
    match sense {
        CalendarSense::Number(n) | CalendarSense::Ordinal(n) if (1..=31).contains(&n) => Some(n as i8),
        _ => None,
    }
}

/// Whether "May", "March", "Jan" and the like are a month, not a modal verb, a verb or a person.
fn is_month_name(words: &[CalendarWord<'_>], at: usize) -> bool {
    let Some(word) = words.get(at) else { return false };
    let has_year = is_year_number(continued_sense_at(words, at + 1));
    let has_lead = class_before(words, at, Class::BeforeMonth);
    match word.lower {
        "may" | "march" | "august" => {
            word.is_capitalised
                && (has_lead
                    || lower_at(words, at + 1) == "after"
                    || has_year
                    || words.len() == 1
                    || (word.separator != Separator::Break && at > 0))
                || (has_year && has_lead)
        }
        "mar" | "dec" | "jan" | "sep" | "jun" | "jul" => has_year || (word.is_capitalised && has_lead),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use crate::time::testing::assert_reads;

    #[test]
    fn month() {
        assert_reads(&[
            ("The accord was signed in March.", "March: 2019-03-01..2019-03-31"),
            ("The accord will be signed in March.", "March: 2020-03-01..2020-03-31"),
            ("It was signed in May 2018.", "May 2018: 2018-05-01..2018-05-31"),
            ("It was signed in October of last year.", "October of last year: 2018-10-01..2018-10-31"),
            ("It will be signed in the March after next.", "March after next: 2021-03-01..2021-03-31"),
        ]);
        assert_reads(&[
            ("They may sign the accord.", ""),
            ("Workers march on the ministry.", ""),
            ("The august chamber of Velnor sat.", ""),
            ("Mar the mood and they leave.", ""),
        ]);
    }

    #[test]
    fn month_and_day() {
        assert_reads(&[
            ("They met on December 9.", "December 9: 2019-12-09"),
            ("They will meet on May the 13th, 2020.", "May the 13th, 2020: 2020-05-13"),
            ("They meet on January 14 and 15.", "January 14 and 15: 2020-01-14..2020-01-15"),
            ("They meet from Jan. 13 to 15, 2021.", "Jan. 13 to 15, 2021: 2021-01-13..2021-01-15"),
            ("They meet on March 3-5.", "March 3-5: 2020-03-03..2020-03-05"),
        ]);
        assert_reads(&[
            ("In March 40 envoys met.", "March: 2019-03-01..2019-03-31"),
            ("They met in December, 9 of them late.", "December: 2019-12-01..2019-12-31"),
            ("They meet on January 15 and 14 envoys come.", "January 15: 2020-01-15"),
        ]);
    }

    #[test]
    fn ambiguous_month_names() {
        assert_reads(&[
            ("The vote is in May.", "May: 2020-05-01..2020-05-31"),
            ("They hope for August.", "August: 2020-08-01..2020-08-31"),
            ("By March the strike was over.", "March: 2019-03-01..2019-03-31"),
            ("Talks began in Jan 2018.", "Jan 2018: 2018-01-01..2018-01-31"),
        ]);
        assert_reads(&[
            ("May the talks succeed.", ""),
            ("Jan Velde leads the union.", ""),
            ("They may 2020 or not.", ""),
        ]);
    }
}
