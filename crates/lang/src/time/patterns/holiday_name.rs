//! Names of holidays: "Christmas Eve", "Thanksgiving Day", "Easter 2020".

use crate::time::calendar_word::CalendarWord;
use crate::time::holiday_table::HOLIDAYS;
use crate::time::holiday_type::Holiday;
use crate::time::meaning::Meaning;
use crate::time::patterns::year::match_following_year;
use crate::word::calendar_class::ExpressionStart;

/// "Christmas", "Easter 2020", "Thanksgiving of last year".
pub(crate) fn match_holiday(words: &[CalendarWord<'_>], at: usize) -> Option<(Meaning, usize)> {
    let (holiday, end) = match_holiday_name(words, at)?;
    Some(match_following_year(words, end, |year| Meaning::Holiday(holiday, year, None)))
}

/// The holiday whose name starts at `at`, and the index after it. The longest name wins: "Christmas Eve" is not
/// "Christmas".
pub(crate) fn match_holiday_name(words: &[CalendarWord<'_>], at: usize) -> Option<(Holiday, usize)> {
    let rest = words.get(at..)?;
    if rest.first()?.entry.starts() != ExpressionStart::Holiday {
        return None;
    }
    let is_here =
        |name: &[&str]| rest.len() >= name.len() && name.iter().zip(rest).all(|(n, w)| *n == w.lower);
    let (name, holiday) =
        HOLIDAYS.iter().filter(|(name, _)| is_here(name)).max_by_key(|(name, _)| name.len())?;
    // "Thanksgiving Day", "Easter Sunday"
    let has_more = rest.get(name.len()).is_some_and(|w| matches!(w.lower, "day" | "sunday"));
    Some((*holiday, at + name.len() + usize::from(has_more)))
}

#[cfg(test)]
mod tests {
    use crate::time::testing::assert_reads;

    #[test]
    fn holiday() {
        assert_reads(&[
            ("They will meet before Christmas.", "Christmas: 2019-12-25"),
            ("They will meet on Christmas Eve.", "Christmas Eve: 2019-12-24"),
            ("They met at Easter 2018.", "Easter 2018: 2018-04-01"),
            ("They met on Thanksgiving Day.", "Thanksgiving Day: 2019-11-28"),
            ("They met before Lunar New Year.", "Lunar New Year: 2019-02-05"),
            ("They met on Good Friday.", "Good Friday: 2019-04-19"),
        ]);
        assert_reads(&[
            ("They had a good year.", ""),
            ("They signed a new lease.", ""),
            ("It was a black day.", ""),
            ("The labor minister resigned.", ""),
        ]);
    }
}
