//! Picks the time expression of a sentence that dates its event, and resolves it.

use crate::day::Day;
use crate::time::calendar_word::{CalendarWord, Separator, class_before, lower_at};
use crate::time::clause::OpenedClauses;
use crate::time::exclusion::{is_excluded, is_relative_clause_date};
use crate::time::expression_type::{Expression, Relation};
use crate::time::meaning::{Days, Meaning, Part, Tense, Year};
use crate::time::resolution::part_of;
use crate::time::tense::{is_past_form, tense};
use crate::word::calendar_class::CalendarSense;
use crate::word::class::Class;

/// Most expressions of a sentence that are compared: keeps the work on a sentence linear.
const MAX_EXPRESSIONS: usize = 16;

/// Distance from the main clause from which an expression dates something other than the event.
const MAX_DISTANCE: u32 = 7;

/// The expression that dates the event, the one closest to the main clause, and its distance from it.
pub(crate) fn choose<'e>(
    words: &[CalendarWord<'_>],
    expressions: &'e [Expression],
) -> Option<(u32, &'e Expression)> {
    expressions
        .iter()
        .take(MAX_EXPRESSIONS)
        .filter_map(|expression| Some((clause_distance(words, expression)?, expression)))
        .min_by_key(|(distance, expression)| (*distance, expression.start))
}

/// The distance of the expression from the main clause; `None` where it dates no event.
fn clause_distance(words: &[CalendarWord<'_>], expression: &Expression) -> Option<u32> {
    if is_excluded(words, expression) {
        return None;
    }
    let opened = OpenedClauses::before(words, expression.lead.unwrap_or(expression.start));
    if is_relative_clause_date(words, expression, opened) {
        return None;
    }
    let is_year = expression.meaning.is_year();
    let is_in_quotation = |at: usize| words.get(at).is_some_and(|w| w.is_quoted);
    let mut distance = match expression.relation {
        Relation::On => 1,
        Relation::By => 3,
        Relation::Until | Relation::Since | Relation::After => 4,
    };
    if dates_speech(words, expression) {
        distance -= 1;
    }
    if opened.relative || opened.adverbial {
        distance += 2;
    }
    if is_year && follows_comma_participle(words, expression) {
        distance += 5;
    }
    // a quotation within the sentence is further from its event than a sentence that starts as one
    if is_in_quotation(expression.start) {
        distance += if is_in_quotation(0) { 2 } else { 3 };
    }
    if expression.lead_word(words) == "for" {
        distance += 2;
    }
    if expression.is_possessive(words) {
        distance += if is_year { 4 } else { 1 };
    }
    distance += u32::from(is_year);
    Some(distance).filter(|distance| *distance < MAX_DISTANCE)
}

/// "said on Monday", "told staff on Monday": the day of the statement is that of the event.
fn dates_speech(words: &[CalendarWord<'_>], expression: &Expression) -> bool {
    let Some(lead) = expression.lead else { return false };
    // "said Monday it was over"
    let is_said =
        lead + 1 == expression.start && words.get(lead).is_some_and(|w| w.entry.is(Class::DatesSpeech));
    let is_told = lead.checked_sub(2).is_some_and(|at| lower_at(words, at) == "told");
    is_said || is_told || class_before(words, lead, Class::DatesSpeech)
}

/// ", founded in 1934," and ", first proposed in 1934," date a noun.
fn follows_comma_participle(words: &[CalendarWord<'_>], expression: &Expression) -> bool {
    let Some(at) = expression.lead.and_then(|lead| lead.checked_sub(1)) else { return false };
    let is_after_comma = |at: usize| words.get(at).is_some_and(|w| w.separator == Separator::Comma);
    let is_ordinal = |at: usize| words.get(at).is_some_and(|w| matches!(w.sense, CalendarSense::Ordinal(_)));
    words.get(at).is_some_and(is_past_form)
        && (is_after_comma(at)
            || at.checked_sub(1).is_some_and(|before| is_after_comma(before) && is_ordinal(before)))
}

/// The days of `expression`, relative to `today` where it depends on a reference day.
pub(crate) fn resolve(
    words: &[CalendarWord<'_>],
    expression: &Expression,
    today: Option<Day>,
) -> Option<Days> {
    let reference = match today {
        Some(today) => today,
        // any day will do
        None if expression.meaning.is_absolute() => Day::new(2000, 1, 1)?,
        None => return None,
    };
    let by_weekday = match (expression.meaning, expression.weekday) {
        (Meaning::Date(Year::Open, month, day, _), Some(weekday)) => {
            nearest_on_weekday(reference, month, day, weekday).map(|day| (day, day))
        }
        _ => None,
    };
    let tense = tense(words, expression);
    let days = by_weekday.or_else(|| expression.meaning.days(reference, tense))?;
    let (mut from, mut to) = part_of(days, expression.part);
    // "they signed in late winter", said in December: that of the winter before
    let is_of_other_year = expression.part != Part::Whole
        && matches!(
            expression.meaning,
            Meaning::Season(_, Year::Open, None) | Meaning::Month(Year::Open, _, None)
        );
    let months = match tense {
        Tense::Past if from > reference => -12,
        Tense::Future if to < reference => 12,
        _ => 0,
    };
    if is_of_other_year && months != 0 {
        let days = expression.meaning.days(reference.plus_months(months), tense)?;
        (from, to) = part_of(days, expression.part);
    }
    (from <= to).then_some((from, to))
}

/// "Tuesday, 14 May": the date nearest to `today` that falls on the weekday. It does so within six years.
fn nearest_on_weekday(today: Day, month: i8, day: i8, weekday: i8) -> Option<Day> {
    (-6..=6)
        .filter_map(|n| Day::new(today.year().saturating_add(n), month, day))
        .filter(|day| day.weekday() == weekday)
        .min_by_key(|day| day.days_since(today).abs())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::expression::find_expressions;
    use crate::time::testing::{any_expression, assert_dates, assert_rule, with_words};

    fn chosen(text: &str) -> Option<(u32, usize)> {
        with_words(text, |words| choose(words, &find_expressions(words)).map(|(far, e)| (far, e.start)))
    }

    #[test]
    fn expression_of_the_main_clause() {
        assert_dates(&[
            ("They met on Monday after the vote of last week.", "2019-12-09"),
            ("After the strike of last week they met on Monday.", "2019-12-02..2019-12-08"),
            ("They met on Monday to prepare the vote on 20 January.", "2019-12-09"),
            ("When the strike ended on Tuesday, they met on Monday.", "2019-12-10"),
            ("By Friday they must sign what they agreed on Monday.", "2019-12-09"),
        ]);
        // the first of two at the same distance
        assert_dates(&[
            ("They met on Monday and on Tuesday.", "2019-12-09"),
            ("They signed in late winter.", "2019-02-01..2019-02-28"),
            ("They will sign in late winter.", "2020-02-01..2020-02-29"),
            ("Ode said Monday that the talks of Tuesday had failed.", "2019-12-09"),
            ("They met in Coste on Tuesday, in Velnor on Monday.", "2019-12-10"),
            ("Last week they met on Monday.", "2019-12-02..2019-12-08"),
        ]);
    }

    #[test]
    fn distance_by_relation() {
        assert_eq!(chosen("They met on Monday."), Some((1, 3)));
        assert_eq!(chosen("They must sign by Monday."), Some((3, 4)));
        assert_eq!(chosen("They talked until Monday."), Some((4, 3)));
        assert_eq!(chosen("They left after Monday."), Some((4, 3)));
        assert_eq!(chosen("They prepared for Monday."), Some((3, 3)));
        assert_eq!(chosen("They met in Monday’s heat."), Some((2, 3)));
        assert_eq!(chosen("They met in 2018."), Some((2, 3)));
        assert_eq!(chosen("They met."), None);
    }

    #[test]
    fn day_of_a_statement() {
        let rule = |text: &str| any_expression(text, dates_speech);
        assert_rule(
            rule,
            &[
                "Ode said on Monday it was over.",
                "Ode told staff on Monday it was over.",
                "Velnor announced on Friday a truce.",
                "The bank warned in May of losses.",
                "Ode said Monday it was over.",
            ],
            &[
                "Ode met them on Monday.",
                "Ode said nothing on Monday.",
                "Ode heard Monday it was over.",
                "Monday was quiet.",
                "They told of it at length on Monday.",
            ],
        );
    }

    #[test]
    fn participle_after_a_comma() {
        let rule = |text: &str| any_expression(text, follows_comma_participle);
        assert_rule(
            rule,
            &[
                "The guild, founded in 1934, met.",
                "The dam, first proposed in 1934, is dry.",
                "The accord, signed in May, holds.",
                "The levy, raised in 2018, stays.",
            ],
            &[
                "The guild was founded in 1934.",
                "The guild, twice founded in 1934, met.",
                "The guild, a body of 1934, met.",
                "They met, in 1934.",
            ],
        );
    }

    #[test]
    fn date_beside_a_weekday() {
        // 12 December is a Thursday in 2019, a Tuesday in 2017, a Saturday in 2020
        assert_dates(&[
            ("They met on Thursday, 12 December.", "2019-12-12"),
            ("They met on Tuesday, 12 December.", "2017-12-12"),
            ("They met on Saturday, December 12.", "2020-12-12"),
            ("They met on Thursday, 12 December 2019.", "2019-12-12"),
        ]);
        // a written year wins, and no weekday is wrong
        assert_dates(&[
            ("They met on Monday, 12 December 2019.", "2019-12-12"),
            ("They met on Thursday and 12 December is near.", "2019-12-12"),
            ("They met on Thursday in December.", "2019-12-12"),
        ]);
    }

    #[test]
    fn absolute_dates_need_no_reference() {
        let resolved = |text: &str| {
            with_words(text, |words| {
                let found = find_expressions(words);
                resolve(words, &found[0], None).map(crate::time::testing::shown)
            })
        };
        for (text, days) in [
            ("They met on 3 May 2018.", "2018-05-03"),
            ("They met in May 2018.", "2018-05-01..2018-05-31"),
            ("They met in 2018.", "2018-01-01..2018-12-31"),
            ("They met at Easter 2018.", "2018-04-01"),
        ] {
            assert_eq!(resolved(text).as_deref(), Some(days), "{text}");
        }
        for text in ["They met on 3 May.", "They met in May.", "They met last year.", "They met on Monday."] {
            assert_eq!(resolved(text), None, "{text}");
        }
    }
}
