//! Seasons: "in the spring", "the summer of 2018".

use crate::time::calendar_word::{CalendarWord, class_before, lower_at, lower_before, sense_at};
use crate::time::meaning::Meaning;
use crate::time::patterns::year::{is_year_number, match_following_year};
use crate::word::calendar_class::Season;
use crate::word::class::Class;

/// "in the spring", "by autumn", "the summer of 2018", "late summer".
pub(crate) fn match_season(
    words: &[CalendarWord<'_>],
    at: usize,
    season: Season,
) -> Option<(Meaning, usize)> {
    is_season_name(words, at)
        .then(|| match_following_year(words, at + 1, |year| Meaning::Season(season, year, None)))
}

/// Whether "spring" or "fall" is a season, not a jump or a collapse.
fn is_season_name(words: &[CalendarWord<'_>], at: usize) -> bool {
    let before = lower_before(words, at);
    let next = lower_at(words, at + 1);
    let is_of_year = next == "of" && is_year_number(sense_at(words, at + 2));
    let has_lead = class_before(words, at, Class::BeforeSeason)
        || before == "the" && class_before(words, at - 1, Class::BeforeSeason);
    // "the fall of the government", "spring in prices"
    let has_complement = matches!(next, "in" | "of" | "season");
    is_year_number(sense_at(words, at + 1))
        || is_of_year
        || (!has_complement && has_lead && before != "of")
        || matches!(before, "late" | "early" | "mid")
}

#[cfg(test)]
mod tests {
    use crate::time::testing::assert_reads;

    #[test]
    fn season() {
        assert_reads(&[
            ("They will vote in the spring.", "spring: 2020-03-01..2020-05-31"),
            ("They met in the summer of 2018.", "summer of 2018: 2018-06-01..2018-08-31"),
            ("They hope to sign by autumn.", "autumn: 2020-09-01..2020-11-30"),
            ("They will meet in late winter.", "late winter: 2020-02-01..2020-02-29"),
            ("They met in spring 2018.", "spring 2018: 2018-03-01..2018-05-31"),
        ]);
        assert_reads(&[
            ("Prices fall when talks fail.", ""),
            ("It led to the fall of the cabinet.", ""),
            ("They spring a surprise.", ""),
            ("It is the summer season.", ""),
        ]);
    }
}
