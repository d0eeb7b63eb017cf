//! Time expressions that only name something: "the June text", "Sunday work".

use crate::time::calendar_word::{CalendarWord, Separator, lower_before};
use crate::time::expression_type::{Expression, Relation};
use crate::time::meaning::{Meaning, Part, Year};
use crate::time::tense::tense_cue_at;
use crate::word::calendar_class::{CalendarSense, TenseCue};
use crate::word::class::Class;

/// Word index up to which a date with a comma before it can be that of a dateline.
const DATELINE_WORDS: usize = 4;
/// Length in bytes of the longest words after a date that are taken for function words ("but", "and").
const LONGEST_FUNCTION_WORD: usize = 3;

/// Whether the expression only names something: "the June text", "Sunday work", "in summer".
pub(crate) fn is_label(words: &[CalendarWord<'_>], expression: &Expression) -> bool {
    match expression.meaning {
        Meaning::Weekday(_, None) => is_weekday_label(words, expression),
        Meaning::Date(Year::Open, ..) => is_dateline(words, expression),
        Meaning::Month(Year::Open, _, None) => is_month_label(words, expression),
        Meaning::Season(_, Year::Open, None) => is_season_label(words, expression),
        // "bonds due in 2033"
        Meaning::WholeYear(_) => expression.governor(words) == "due" || is_plan_for_year(words, expression),
        Meaning::Holiday(_, Year::Open, None) => {
            !has_date_lead(words, expression) || expression.relation == Relation::After
        }
        _ => false,
    }
}

/// "the budget for 2021": the year is what a noun is about; "is set for 2021" dates an event.
fn is_plan_for_year(words: &[CalendarWord<'_>], expression: &Expression) -> bool {
    let governor = expression.governor(words);
    expression.lead_word(words) == "for"
        && !governor.is_empty()
        && !governor.ends_with("ed")
        && !matches!(governor, "set" | "due")
}

/// "an end to Sunday work", "Sunday opening hours are".
fn is_weekday_label(words: &[CalendarWord<'_>], expression: &Expression) -> bool {
    let before = expression.start.checked_sub(1).map(|at| tense_cue_at(words, at));
    let has_day_part = expression.end > expression.start + 1;
    let is_led = has_date_lead(words, expression) || matches!(before, None | Some(TenseCue::Past));
    !expression.is_possessive(words)
        && modifies_noun(words, expression)
        && !has_day_part
        && (expression.lead_word(words) == "to" || expression.start == 0 || !is_led)
}

/// "GENEVA, Feb. 15 - Talks …": the place and date before the text.
fn is_dateline(words: &[CalendarWord<'_>], expression: &Expression) -> bool {
    let separator = |at: usize| words.get(at).map(|w| w.separator);
    expression.start <= DATELINE_WORDS
        && separator(expression.start) == Some(Separator::Comma)
        && matches!(separator(expression.end), Some(Separator::Dash | Separator::Break))
}

/// "the June text", "another July", "a cold January".
fn is_month_label(words: &[CalendarWord<'_>], expression: &Expression) -> bool {
    let is_separated = words.get(expression.start).is_some_and(|w| w.separator > Separator::None);
    let before = expression.start.checked_sub(1).map(|at| tense_cue_at(words, at));
    let is_free = is_separated
        || expression.lead.is_none()
        || has_date_lead(words, expression)
        || before != Some(TenseCue::None);
    is_definite_modifier(words, expression) || !is_free
}

/// "the summer recess", "in summer" for each summer.
fn is_season_label(words: &[CalendarWord<'_>], expression: &Expression) -> bool {
    is_definite_modifier(words, expression)
        || (expression.part == Part::Whole
            && expression.lead_word(words) == "in"
            && lower_before(words, expression.start) != "the")
}

/// "the June text": between "the" and a noun.
fn is_definite_modifier(words: &[CalendarWord<'_>], expression: &Expression) -> bool {
    lower_before(words, expression.start) == "the"
        && modifies_noun(words, expression)
        && !expression.is_possessive(words)
}

/// Whether a word in lower case that is no function word follows the expression without punctuation.
fn modifies_noun(words: &[CalendarWord<'_>], expression: &Expression) -> bool {
    words.get(expression.end).is_some_and(|w| {
        w.separator == Separator::None
            && w.sense == CalendarSense::Other
            && !w.is_capitalised
            && w.lower.len() > LONGEST_FUNCTION_WORD
            && !w.entry.is(Class::AfterDate)
    })
}

/// Whether the word that introduces the expression leads to the date of an event ("on", "in").
fn has_date_lead(words: &[CalendarWord<'_>], expression: &Expression) -> bool {
    expression.lead.and_then(|lead| words.get(lead)).is_some_and(|w| w.entry.is(Class::DateLead))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::testing::{any_expression, assert_rule};

    #[test]
    fn label_with_a_weekday() {
        assert_rule(
            |text| any_expression(text, is_weekday_label),
            &[
                "The union wants an end to Sunday work.",
                "Sunday opening hours are at stake.",
                "Stricter Friday closing is planned.",
                "It needs stricter Friday closing.",
            ],
            &[
                "The minister resigned Monday evening.",
                "They met on Monday amid protests.",
                "They met on Monday’s terms.",
                "They signed Monday with Velnor.",
            ],
        );
    }

    #[test]
    fn dateline() {
        assert_rule(
            |text| any_expression(text, is_dateline),
            &[
                "GENEVA, Feb. 15 - Envoys met.",
                "COSTE, 15 May (VNA) Envoys met.",
                "COSTE, May 15 — Envoys met.",
                "New Coste, June 3: envoys met.",
            ],
            &[
                "They met on Feb. 15 - in Geneva.",
                "COSTE, 15 May envoys met.",
                "After a long night in Coste, on 15 May, they met.",
                "Envoys of Velnor met in Coste, May 15 - at last.",
            ],
        );
    }

    #[test]
    fn label_with_a_month() {
        assert_rule(
            |text| any_expression(text, is_month_label),
            &[
                "They cite the June text.",
                "It was another July.",
                "It was cold, a cold January.",
                "They defend the March ceasefire.",
            ],
            &[
                "They met in June.",
                "They signed June’s text.",
                "June was cold.",
                "The strike could continue into January.",
            ],
        );
    }

    #[test]
    fn label_with_a_season() {
        assert_rule(
            |text| any_expression(text, is_season_label),
            &[
                "Demand is low in summer.",
                "Before the summer recess they met.",
                "Prices rise in winter.",
                "During the autumn session they met.",
            ],
            &[
                "They will meet in the summer.",
                "They met in the spring of 2018.",
                "They hope to sign by autumn.",
                "They met last summer.",
            ],
        );
    }

    #[test]
    fn year_that_something_is_due_in_and_holidays_as_names() {
        assert_rule(
            |text| any_expression(text, is_label),
            &[
                "They sold bonds due in 2033.",
                "The loan is due by 2030.",
                "They gave a Christmas party.",
                "They met after Easter.",
                "They signed an Easter peace.",
            ],
            &[
                "They sold bonds in 2033.",
                "They met on Easter Monday.",
                "They met at Christmas.",
                "They met at Easter 2018.",
            ],
        );
    }
}
