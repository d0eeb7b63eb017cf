//! The reasons why a time expression dates no event.

use crate::time::calendar_word::{CalendarWord, lower_at, lower_before};
use crate::time::clause::{OpenedClauses, clause_before};
use crate::time::expression_type::Expression;
use crate::time::label::is_label;
use crate::time::meaning::{Meaning, Tense};
use crate::time::tense::{tense, tense_cue_at};
use crate::word::calendar_class::TenseCue;
use crate::word::class::Class;

/// Words before an expression in which the other term of a comparison is sought.
const COMPARISON_WORDS: usize = 10;
/// Words before an expression in which a "since" opens a period that it belongs to.
const SINCE_WORDS: usize = 8;

/// Whether the expression dates no event.
pub(crate) fn is_excluded(words: &[CalendarWord<'_>], expression: &Expression) -> bool {
    is_period(expression)
        || is_distance_without_future(words, expression)
        || is_upper_bound(words, expression)
        || is_comparison(words, expression)
        || is_range_of_years(words, expression)
        || is_vague_deadline(words, expression)
        || is_lasting_state(words, expression)
        || is_attribute(words, expression)
        || is_measured_value(words, expression)
        || is_within_since(words, expression)
        || is_label(words, expression)
        || is_quoted_deixis(words, expression)
        || is_day_of_noun(words, expression)
}

/// "the next three years", "the rest of the week": a period, not a date.
fn is_period(expression: &Expression) -> bool {
    matches!(expression.meaning, Meaning::ConsecutiveUnits(..) | Meaning::RestOfUnit(_))
}

/// "in a fortnight" is ahead only in a sentence with a verb in the future: not "it fell 3% in a fortnight", nor
/// "in ten days of talks".
fn is_distance_without_future(words: &[CalendarWord<'_>], expression: &Expression) -> bool {
    matches!(expression.meaning, Meaning::UnitsFromToday(_, n) if n > 0)
        && (!(0..words.len()).any(|at| tense_cue_at(words, at) == TenseCue::Future)
            || lower_at(words, expression.end) == "of"
            || tense(words, expression) == Tense::Past)
}

/// "within ten days" bounds the date and does not name it.
fn is_upper_bound(words: &[CalendarWord<'_>], expression: &Expression) -> bool {
    lower_at(words, expression.start) == "within"
}

/// The other term of a comparison: "more hopeful than in May", "half as many as in 2005", "the lowest price
/// since March", "up from a quarter a month ago".
fn is_comparison(words: &[CalendarWord<'_>], expression: &Expression) -> bool {
    let before: Vec<&CalendarWord<'_>> =
        clause_before(words, expression.start).take(COMPARISON_WORDS).collect();
    let is_ago = matches!(expression.meaning, Meaning::UnitsFromToday(_, n) if n < 0);
    is_after_than(words, expression, &before, is_ago)
        || expression.governor(words) == "as"
        || is_record(words, expression, &before)
        || is_ago && is_change_from(&before)
}

/// "more hopeful than in May"; "more than two weeks ago" and "no later than Friday" compare nothing. The words of
/// the clause are `before`, from right to left.
fn is_after_than(
    words: &[CalendarWord<'_>],
    expression: &Expression,
    before: &[&CalendarWord<'_>],
    is_ago: bool,
) -> bool {
    let Some(than) = before.iter().position(|w| w.lower == "than") else { return false };
    let is_bound =
        before.get(than + 1).is_some_and(|w| matches!(w.lower, "later" | "earlier" | "sooner" | "further"));
    let is_amount = is_ago && expression.lead_word(words) == "than";
    !is_bound && !is_amount
}

/// "the lowest price since March", "the worst result this year".
fn is_record(words: &[CalendarWord<'_>], expression: &Expression, before: &[&CalendarWord<'_>]) -> bool {
    (expression.lead_word(words) == "since" || lower_at(words, expression.start) == "this")
        && before.iter().any(|w| w.entry.is(Class::Superlative))
}

/// "up from a quarter a month ago".
fn is_change_from(before: &[&CalendarWord<'_>]) -> bool {
    before.windows(2).any(|pair| {
        matches!(pair, [from, change] if from.lower == "from" && matches!(change.lower, "up" | "down"))
    })
}

/// "from 2001 to 2004": neither end dates the event.
fn is_range_of_years(words: &[CalendarWord<'_>], expression: &Expression) -> bool {
    expression.lead_word(words) == "from"
        && expression.meaning.is_year()
        && matches!(lower_at(words, expression.end), "to" | "until" | "till")
}

/// "before the summer", "by Easter" and "by 2040" bound what is still to come.
fn is_vague_deadline(words: &[CalendarWord<'_>], expression: &Expression) -> bool {
    let is_vague = match expression.lead_word(words) {
        "before" => matches!(expression.meaning, Meaning::Season(..) | Meaning::Holiday(..)),
        "by" => matches!(expression.meaning, Meaning::WholeYear(_) | Meaning::Holiday(..)),
        _ => false,
    };
    is_vague && tense(words, expression) == Tense::Future
}

/// "since 2016", "until an hour ago": a state that continues.
fn is_lasting_state(words: &[CalendarWord<'_>], expression: &Expression) -> bool {
    match expression.lead_word(words) {
        "since" => {
            expression.meaning.is_year()
                || matches!(expression.meaning, Meaning::Season(..) | Meaning::Holiday(..))
        }
        "until" => matches!(expression.meaning, Meaning::UnitsFromToday(..)),
        _ => false,
    }
}

/// "the law of 1954", "the budget for next year", "a Sunday cellist": the attribute of a noun.
fn is_attribute(words: &[CalendarWord<'_>], expression: &Expression) -> bool {
    match expression.lead_word(words) {
        "of" | "for" => expression.meaning.is_year(),
        "a" | "an" | "every" | "each" => true,
        _ => false,
    }
}

/// "from 47% in September": the date of a figure.
fn is_measured_value(words: &[CalendarWord<'_>], expression: &Expression) -> bool {
    let before_figure =
        expression.lead.and_then(|lead| lead.checked_sub(2)).map_or("", |at| lower_at(words, at));
    matches!(before_figure, "from" | "with")
        && expression.governor(words).starts_with(|c: char| c.is_ascii_digit())
}

/// "the lowest since the talks of May": within a period that "since" opens. "has since resigned" opens none.
fn is_within_since(words: &[CalendarWord<'_>], expression: &Expression) -> bool {
    let from = expression.lead.unwrap_or(expression.start);
    let opens_period = |at: usize| {
        lower_at(words, at) == "since" && !matches!(lower_before(words, at), "has" | "have" | "had")
    };
    expression.lead_word(words) != "since" && (from.saturating_sub(SINCE_WORDS)..from).any(opens_period)
}

/// "I could live with a ban tomorrow", "A year ago nobody thought so", where the whole sentence is a quotation:
/// the day it is spoken on, or one counted from it, carries weight rather than a date. Of such days 1 was right
/// for 14 that had no label.
fn is_quoted_deixis(words: &[CalendarWord<'_>], expression: &Expression) -> bool {
    let is_quoted = |at: usize| words.get(at).is_some_and(|w| w.is_quoted);
    let is_vague = matches!(
        expression.meaning,
        Meaning::DaysFromToday(_) | Meaning::UnitsFromToday(..) | Meaning::Holiday(..) | Meaning::Season(..)
    );
    is_vague && is_quoted(0) && is_quoted(expression.start)
}

/// "today's prices", "tonight's agenda": the day of a noun, unless the event is "on" it.
fn is_day_of_noun(words: &[CalendarWord<'_>], expression: &Expression) -> bool {
    expression.is_possessive(words)
        && matches!(expression.meaning, Meaning::DaysFromToday(_))
        && expression.lead_word(words) != "on"
}

/// ", which was founded in 1934," and ", who has led it since May," date a noun; ", who took office in December,"
/// and ", whose party won in the spring," say who somebody is.
pub(crate) fn is_relative_clause_date(
    words: &[CalendarWord<'_>],
    expression: &Expression,
    opened: OpenedClauses,
) -> bool {
    let is_history = expression.meaning.is_year() || expression.lead_word(words) == "since";
    let is_loose = matches!(
        expression.meaning,
        Meaning::Month(..) | Meaning::Season(..) | Meaning::Date(..) | Meaning::UnitsFromToday(..)
    );
    (is_history && opened.relative) || (is_loose && opened.personal)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::testing::{any_expression, assert_rule};

    #[test]
    fn period() {
        assert_rule(
            |text| any_expression(text, |_, expression| is_period(expression)),
            &[
                "Talks go on over the next three weeks.",
                "Prices fell in the past two months.",
                "Talks are off for the rest of the week.",
                "It takes two coming weeks.",
            ],
            &[
                "They meet next week.",
                "They met two months ago.",
                "They met last year.",
                "They will meet in ten days.",
            ],
        );
    }

    #[test]
    fn distance_without_future() {
        assert_rule(
            |text| any_expression(text, is_distance_without_future),
            &[
                "The crown fell three points in a fortnight.",
                "They signed in ten days of talks.",
                "Nobody slept in two weeks.",
                "They may sign in ten days of talks.",
            ],
            &[
                "The withdrawal will take effect in ninety days.",
                "They plan to meet in two weeks.",
                "They met two weeks ago.",
                "They meet next week.",
            ],
        );
    }

    #[test]
    fn upper_bound() {
        assert_rule(
            |text| any_expression(text, is_upper_bound),
            &[
                "The prisoners are to be released within ten days.",
                "They must sign within two weeks.",
                "Within a month they met.",
                "The law expires within three years.",
            ],
            &[
                "They are to be released in ten days.",
                "They were released within the hall.",
                "They must sign by Monday.",
            ],
        );
    }

    #[test]
    fn comparison() {
        assert_rule(
            |text| any_expression(text, is_comparison),
            &[
                "The mood is better than in May.",
                "The offer is worse than the one they turned down in April.",
                "Barges carry half as many tonnes as in 2005.",
                "Shares rose to their highest since March.",
                "The chance of a deal is a half, up from a third a month ago.",
                "It is the worst result this year.",
            ],
            &[
                "Work on it began more than two weeks ago.",
                "They will sign no later than 15 January.",
                "They have talked since March.",
                "Rather than wait, they met on Monday.",
                "They came from Coste a month ago.",
            ],
        );
    }

    #[test]
    fn range_of_years() {
        assert_rule(
            |text| any_expression(text, is_range_of_years),
            &[
                "The two parties governed together from 2001 to 2004.",
                "The mine was shut from 1998 until the war.",
                "The pact ran from 1990 till 1994.",
                "From 2001 to 2004 they governed.",
            ],
            &[
                "The pact dates from 2001.",
                "They talked from Monday to Friday.",
                "In 2001 to their surprise they won.",
            ],
        );
    }

    #[test]
    fn vague_deadline() {
        assert_rule(
            |text| any_expression(text, is_vague_deadline),
            &[
                "They hope for a deal before the summer.",
                "A deal may be signed by Easter.",
                "The mine is to start up by 2024.",
                "They will meet before Christmas.",
            ],
            &[
                "They met before Christmas.",
                "A deal may be signed by Monday.",
                "They will meet in the summer.",
                "The mine was dry by 2014.",
            ],
        );
    }

    #[test]
    fn lasting_state() {
        assert_rule(
            |text| any_expression(text, is_lasting_state),
            &[
                "Nothing has changed since 2016.",
                "They have been apart since last year.",
                "They have talked since Easter.",
                "On wages there was none until an hour ago.",
                "It has been shut since the autumn.",
            ],
            &[
                "They have talked since Monday.",
                "They have talked since March.",
                "They talk until Monday.",
                "They met in 2016.",
            ],
        );
    }

    #[test]
    fn attribute_of_a_noun() {
        assert_rule(
            |text| any_expression(text, is_attribute),
            &[
                "They cite the law of 1954.",
                "The budget for next year is open.",
                "She was a Sunday cellist.",
                "They meet every Monday.",
                "They meet each March.",
            ],
            &[
                "They meet on Monday.",
                "They cite the letter of 3 May.",
                "The vote is set for Monday.",
                "The law was passed in 1954.",
            ],
        );
    }

    #[test]
    fn value_of_a_measure() {
        assert_rule(
            |text| any_expression(text, is_measured_value),
            &[
                "Support fell from 47% in September.",
                "It compares with 12 in May.",
                "Output rose from 300 in 2018.",
                "That is down from 3.5% in July.",
            ],
            &[
                "Support fell in September.",
                "They came from Coste in September.",
                "They won with 47% of votes in May.",
            ],
        );
    }

    #[test]
    fn within_a_period_since() {
        assert_rule(
            |text| any_expression(text, is_within_since),
            &[
                "It is the lowest since the talks of May.",
                "Nothing moved since they met on Monday.",
                "Since the vote on Monday they have talked.",
                "They have been apart since the strike last year.",
            ],
            &[
                "They have talked since Monday.",
                "She has since resigned, on Monday.",
                "They met on Monday.",
                "Since then, as all the guild and both its old rivals know, they met on Monday.",
            ],
        );
    }

    #[test]
    fn quoted_deixis() {
        assert_rule(
            |text| any_expression(text, is_quoted_deixis),
            &[
                "“We could live with a ban tomorrow,” he said.",
                "“A year ago nobody in this hall thought it possible,” he said.",
                "\"We were apart at Easter,\" Ode said.",
                "“In the spring we had no offer,” she said.",
            ],
            &[
                "“The guns fell silent on Monday,” she said.",
                "He said “we could live with a ban tomorrow”.",
                "They could live with a ban tomorrow.",
                "“We are close,” she said today.",
            ],
        );
    }

    #[test]
    fn day_of_a_noun() {
        assert_rule(
            |text| any_expression(text, is_day_of_noun),
            &[
                "The factory does not pay at today’s prices.",
                "Tonight’s agenda is short.",
                "Yesterday’s offer stands.",
                "They await tomorrow's vote.",
            ],
            &[
                "They voted on today’s offer.",
                "They vote today.",
                "Monday’s offer stands.",
                "Last week’s offer stands.",
            ],
        );
    }

    #[test]
    fn date_in_a_relative_clause() {
        let rule = |text: &str| {
            any_expression(text, |words, expression| {
                let from = expression.lead.unwrap_or(expression.start);
                is_relative_clause_date(words, expression, OpenedClauses::before(words, from))
            })
        };
        assert_rule(
            rule,
            &[
                "The guild, which was founded in 1948, has ten thousand members.",
                "Ada Brenn, who has led the union since October, is doubtful.",
                "Ada Brenn, who took over as minister in December, refused.",
                "He accused Brenn, whose party won the election in January, of delay.",
            ],
            &[
                "The guild was founded in 1948.",
                "The hall, where they met in May, is shut.",
                "Ada Brenn, who met them on Monday, refused.",
                "Ada Brenn, who is doubtful, refused in December.",
            ],
        );
    }
}
