//! Days of a month: "15 February", "17 and 18 August", "the 20th of next month", "the 15th".

use crate::time::calendar_word::{
    CalendarWord, Separator, continued_sense_at, lower_at, lower_before, sense_at,
};
use crate::time::meaning::Meaning;
use crate::time::patterns::month::day_number;
use crate::time::patterns::year::match_following_year;
use crate::word::calendar_class::{CalendarSense, Unit};

/// "15 February", "13 to 15 of July", "17 and 18 August 2020", "the 20th of next month", "on the 15th".
pub(crate) fn match_day_of_month(words: &[CalendarWord<'_>], at: usize, n: i64) -> Option<(Meaning, usize)> {
    let day = i8::try_from(n).ok().filter(|d| (1..=31).contains(d))?;
    let next = at + 1;
    let of_at = next + usize::from(lower_at(words, next) == "day");
    if let Some((months, end)) = match_relative_month(words, of_at) {
        return Some((Meaning::DayOfRelativeMonth(day, months), end));
    }
    let (last, end) = match_last_day(words, next, day).unwrap_or((day, next));
    let month_at = end + usize::from(lower_at(words, end) == "of");
    if let CalendarSense::Month(month) = continued_sense_at(words, month_at) {
        return Some(match_following_year(words, month_at + 1, |y| Meaning::Date(y, month, day, last)));
    }
    is_bare_ordinal_day(words, at, day, last)
        .then_some((Meaning::DayOfMonth(day), if last == day { next } else { month_at }))
}

/// The last day of "13 to 15", "13-15", "13 or the 15th", and the index after it.
fn match_last_day(words: &[CalendarWord<'_>], at: usize, first: i8) -> Option<(i8, usize)> {
    let is_dash = words.get(at).is_some_and(|w| w.separator == Separator::Dash);
    if !is_dash && !matches!(lower_at(words, at), "to" | "and" | "thru" | "or") {
        return None;
    }
    let mut last_at = at + usize::from(!is_dash);
    last_at += usize::from(lower_at(words, last_at) == "the");
    let last = day_number(sense_at(words, last_at)).filter(|last| *last > first)?;
    Some((last, last_at + 1))
}

/// Whether an ordinal number without a month is a day: "on the 15th", not "the 15th round".
fn is_bare_ordinal_day(words: &[CalendarWord<'_>], at: usize, day: i8, last: i8) -> bool {
    let ends_phrase = last != day
        || words.get(at + 1).is_none_or(|w| {
            w.separator != Separator::None
                || matches!(w.lower, "as" | "and" | "or" | "but" | "to" | "with" | "when")
        });
    // "the third" is a rank, "the 3rd" and "the twentieth" are days
    let is_digit = lower_at(words, at).starts_with(|c: char| c.is_ascii_digit());
    let is_ordinal = matches!(sense_at(words, at), CalendarSense::Ordinal(_)) && (is_digit || day > 9);
    let preposition = at.checked_sub(1).map_or("", |the| lower_before(words, the));
    let has_preposition =
        matches!(preposition, "on" | "by" | "until" | "before" | "from" | "since" | "of" | "for");
    is_ordinal && lower_before(words, at) == "the" && ends_phrase && (has_preposition || at == 1)
}

/// "of this month", "in next month": months from this one, and the index after it.
pub(crate) fn match_relative_month(words: &[CalendarWord<'_>], at: usize) -> Option<(i64, usize)> {
    let CalendarSense::Relative(n) = sense_at(words, at + 1) else { return None };
    let is_month = matches!(lower_at(words, at), "of" | "in")
        && sense_at(words, at + 2) == CalendarSense::Unit(Unit::Month);
    is_month.then_some((n, at + 3))
}

#[cfg(test)]
mod tests {
    use crate::time::testing::assert_reads;

    #[test]
    fn day_and_month() {
        assert_reads(&[
            ("They met on 9 December.", "9 December: 2019-12-09"),
            ("They will meet on the 3rd of March 2020.", "3rd of March 2020: 2020-03-03"),
            ("They meet on 14 and 15 January.", "14 and 15 January: 2020-01-14..2020-01-15"),
            ("They met from 13 to the 15 of July.", "13 to the 15 of July: 2020-07-13..2020-07-15"),
            ("They meet on 17-18 August.", "17-18 August: 2020-08-17..2020-08-18"),
        ]);
        assert_reads(&[
            ("They met on 45 December evenings.", "December: 2019-12-01..2019-12-31"),
            ("They sent 9 envoys in all.", ""),
            ("They met 9 (December was cold).", "December: 2019-12-01..2019-12-31"),
        ]);
    }

    #[test]
    fn day_of_a_relative_month() {
        assert_reads(&[
            ("They meet on the 20th of next month.", "20th of next month: 2020-01-20"),
            ("They met on the 5th of this month.", "5th of this month: 2019-12-05"),
            ("They met on the third day of last month.", "third day of last month: 2019-11-03"),
            ("They met on the 20th in last month.", "20th in last month: 2019-11-20"),
        ]);
        assert_reads(&[
            ("They met on the 20th of the month.", ""),
            ("They met on the 31st of last month.", ""),
            ("It was the 20th of next to no rounds.", ""),
        ]);
    }

    #[test]
    fn bare_ordinal_day() {
        assert_reads(&[
            ("They will meet on the 15th.", "15th: 2019-12-15"),
            ("They met on the 3rd, in Coste.", "3rd: 2019-12-03"),
            ("They must sign by the twentieth.", "twentieth: 2019-12-20"),
            ("They will meet on the 15th and vote.", "15th: 2019-12-15"),
        ]);
        assert_reads(&[
            ("They will meet for the 15th round.", ""),
            ("They won on the third.", ""),
            ("They saw the 15th.", ""),
        ]);
    }
}
