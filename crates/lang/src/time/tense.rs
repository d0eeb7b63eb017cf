//! The tense of the clause of a time expression.

use crate::time::calendar_word::{CalendarWord, Separator, lower_at, lower_before};
use crate::time::expression_type::{CONTEXT_WORDS, Expression, Relation};
use crate::time::meaning::{Meaning, Tense};
use crate::word::calendar_class::{CalendarSense, TenseCue};
use crate::word::class::Class;

/// The tense of the expression's clause: that of the nearest verb before it in the sentence, else of the nearest
/// after it.
pub(crate) fn tense(words: &[CalendarWord<'_>], expression: &Expression) -> Tense {
    let lead = expression.lead_word(words);
    let governor = expression.governor(words);
    if lead == "of" && matches!(expression.meaning, Meaning::Date(..)) {
        return tense_of_noun_date(governor);
    }
    if lead == "since" {
        return Tense::Past;
    }
    if expression.start == 0 && expression.end == words.len() {
        return Tense::Listed;
    }
    let is_cue = |at: &usize| tense_cue_at(words, *at) != TenseCue::None;
    let verb_before = (0..expression.start).rev().take(CONTEXT_WORDS).find(is_cue);
    let before = verb_before.map(|at| tense_cue_at(words, at));
    let after =
        (expression.end..words.len()).take(CONTEXT_WORDS).find(is_cue).map(|at| tense_cue_at(words, at));
    let opens = before.is_none() || opens_clause(words, expression, governor);
    if is_possessive_weekday(words, expression) {
        return tense_of_possessive_weekday(expression, before, after);
    }
    if is_deadline(expression, lead) && !is_past_deadline(words, expression, lead, verb_before, after, opens)
    {
        return Tense::Future;
    }
    match if opens { after.or(before) } else { before.or(after) } {
        Some(TenseCue::Past | TenseCue::Had) => Tense::Past,
        Some(_) => Tense::Future,
        None => Tense::Open,
    }
}

/// "a deadline of 30 November" is ahead, "the letter of 3 February" past.
fn tense_of_noun_date(governor: &str) -> Tense {
    if matches!(governor, "deadline" | "date") { Tense::Future } else { Tense::Past }
}

/// "that in May he was certain", ", and by Monday they left": the clause begins with the expression, so that its
/// verb stands after it.
fn opens_clause(words: &[CalendarWord<'_>], expression: &Expression, governor: &str) -> bool {
    let Some(lead) = expression.lead.filter(|lead| tense_cue_at(words, *lead) == TenseCue::None) else {
        return false;
    };
    words.get(lead).is_some_and(|w| w.separator >= Separator::Comma)
        || matches!(governor, "that" | "but" | "and" | "who" | "for" | "because" | "when" | "if")
}

/// "Monday's", without "last" or "next".
fn is_possessive_weekday(words: &[CalendarWord<'_>], expression: &Expression) -> bool {
    matches!(expression.meaning, Meaning::Weekday(_, None)) && expression.is_possessive(words)
}

/// "by Thursday's deadline" is ahead, "Monday's close" past. In "said after Wednesday's session that it would go
/// on" the session is past.
fn tense_of_possessive_weekday(
    expression: &Expression,
    before: Option<TenseCue>,
    after: Option<TenseCue>,
) -> Tense {
    let is_followed = expression.relation == Relation::After && before == Some(TenseCue::Past);
    let is_ahead = expression.relation == Relation::By
        || after == Some(TenseCue::Future)
        || before == Some(TenseCue::Future);
    if is_ahead && !is_followed { Tense::Future } else { Tense::Past }
}

/// "by Friday", "until May", "for Monday", "from Tuesday", "to Friday".
fn is_deadline(expression: &Expression, lead: &str) -> bool {
    matches!(expression.relation, Relation::By | Relation::Until)
        || matches!(lead, "for" | "from")
        || (lead == "to" && expression.lead.is_some_and(|lead| lead + 1 == expression.start))
}

/// Whether a deadline has passed: "Until Monday they were apart", "there were talks until Monday", "met before
/// Christmas".
fn is_past_deadline(
    words: &[CalendarWord<'_>],
    expression: &Expression,
    lead: &str,
    verb_before: Option<usize>,
    after: Option<TenseCue>,
    opens: bool,
) -> bool {
    let opens_in_past = opens && matches!(after, Some(TenseCue::Past | TenseCue::Had));
    // "was", or "was shut"
    let is_state = |at: usize| matches!(lower_at(words, at), "was" | "were" | "had");
    let was_state = verb_before.is_some_and(|at| is_state(at) || lead == "by" && at > 0 && is_state(at - 1))
        && !words.iter().take(CONTEXT_WORDS).any(|w| tense_cue(w) == TenseCue::Future);
    let has_lasted = verb_before.is_some_and(|at| {
        matches!(
            lower_at(words, at),
            "worked" | "talked" | "lasted" | "negotiated" | "sat" | "ran" | "dragged" | "bargained"
        )
    });
    let is_right_after_verb = (lead == "before"
        || has_lasted && matches!(lead, "until" | "till" | "through"))
        && verb_before
            .is_some_and(|at| Some(at + 1) == expression.lead && tense_cue_at(words, at) == TenseCue::Past);
    opens_in_past || was_state || is_right_after_verb
}

/// The tense that the word at `at` gives its clause, read with its neighbours.
pub(crate) fn tense_cue_at(words: &[CalendarWord<'_>], at: usize) -> TenseCue {
    let Some(word) = words.get(at) else { return TenseCue::None };
    match tense_cue(word) {
        TenseCue::None if is_planned_infinitive(words, at) => TenseCue::Future,
        // "will have left"
        TenseCue::Future
            if lower_at(words, at + 1) == "have"
                && (word.lower != "will" || has_participle(words, at + 2)) =>
        {
            TenseCue::Past
        }
        // "will be announced", "to be held"
        TenseCue::Past if lower_before(words, at) == "be" => TenseCue::Future,
        // "to put", "to cut"
        TenseCue::Past if lower_before(words, at) == "to" => TenseCue::None,
        TenseCue::Past if is_perfect_arrangement(words, at) => TenseCue::Future,
        // "may cut", "will stay shut"
        TenseCue::Past if (1..=2).any(|back| is_after_modal(words, at, back)) => TenseCue::Future,
        cue => cue,
    }
}

/// Whether a participle stands at `at`, after at most one adverb: "left", "already left".
fn has_participle(words: &[CalendarWord<'_>], at: usize) -> bool {
    let is_participle =
        |at: usize| words.get(at).is_some_and(|w| is_past_form(w) || w.entry.is(Class::Participle));
    is_participle(at)
        || words.get(at).is_some_and(|w| w.entry.is(Class::BeforeParticiple)) && is_participle(at + 1)
}

/// "is to meet", "plans to meet", "agreed to meet", where "to" is at `at`.
fn is_planned_infinitive(words: &[CalendarWord<'_>], at: usize) -> bool {
    lower_at(words, at) == "to"
        && is_infinitive(words, at + 1)
        && at.checked_sub(1).and_then(|before| words.get(before)).is_some_and(|w| w.entry.is(Class::Plans))
}

/// Whether the word at `at`, after "to", is an infinitive.
fn is_infinitive(words: &[CalendarWord<'_>], at: usize) -> bool {
    words.get(at).is_some_and(|w| {
        w.sense == CalendarSense::Other && !w.is_capitalised && !w.entry.is(Class::NotInfinitive)
            || w.lower == "be"
    })
}

/// "has invited both to dinner on Sunday": what is arranged is ahead. At most one word stands before the verb.
fn is_perfect_arrangement(words: &[CalendarWord<'_>], at: usize) -> bool {
    let is_perfect =
        |back: usize| at.checked_sub(back).is_some_and(|at| matches!(lower_at(words, at), "has" | "have"));
    words.get(at).is_some_and(|w| w.entry.is(Class::Arranges)) && (1..=2).any(is_perfect)
}

/// Whether a modal verb stands `back` words before `at`: "may", not "May"; "would have" does not look ahead.
fn is_after_modal(words: &[CalendarWord<'_>], at: usize, back: usize) -> bool {
    let is_perfect = back > 1 && lower_before(words, at) == "have";
    // "that vote, readers will recall, held up the rest"
    let is_separated = words.get(at).is_some_and(|w| w.separator >= Separator::Comma);
    !is_perfect
        && !is_separated
        && at
            .checked_sub(back)
            .and_then(|at| words.get(at))
            .is_some_and(|w| w.entry.is(Class::Modal) && !(w.is_capitalised && w.lower == "may"))
}

/// The tense that a word by itself gives its clause. Past forms with a capital are names.
fn tense_cue(word: &CalendarWord<'_>) -> TenseCue {
    match word.entry.tense_cue() {
        TenseCue::Future if word.lower != "may" || !word.is_capitalised => TenseCue::Future,
        TenseCue::Had => TenseCue::Had,
        TenseCue::Past if !word.is_capitalised => TenseCue::Past,
        TenseCue::None if ends_like_past(word) && !word.is_capitalised => TenseCue::Past,
        _ => TenseCue::None,
    }
}

/// Whether the word is a past form: by its ending, or an irregular one.
pub(crate) fn is_past_form(word: &CalendarWord<'_>) -> bool {
    ends_like_past(word) || word.entry.tense_cue() == TenseCue::Past
}

/// Whether the word is a past form by its ending: "signed", not "need" or "united".
fn ends_like_past(word: &CalendarWord<'_>) -> bool {
    word.lower.len() > 4 && word.lower.ends_with("ed") && !word.entry.is(Class::NotPast)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::expression::find_expressions;
    use crate::time::testing::{any_expression, any_word, assert_rule, with_words};

    /// Whether the first expression of the text is in the past.
    fn is_past(text: &str) -> bool {
        with_words(text, |words| tense(words, &find_expressions(words)[0]) == Tense::Past)
    }

    fn has_cue(text: &str, cue: TenseCue) -> bool {
        any_word(text, |words, at| tense_cue_at(words, at) == cue)
    }

    #[test]
    fn nearest_verb_before_the_expression() {
        assert_rule(
            is_past,
            &[
                "The minister resigned on Wednesday.",
                "They will vote on what they signed in March.",
                "She said it had begun in May.",
                "They broke off talks in March.",
            ],
            &[
                "The two sides will meet on Wednesday.",
                "They agreed to meet on Monday.",
                "They signed what will end in May.",
                "The strike could continue into January.",
            ],
        );
    }

    #[test]
    fn nearest_verb_after_an_opening_expression() {
        assert_rule(
            is_past,
            &[
                "On Wednesday the minister resigned.",
                "He recalled that in May she was sure.",
                "They will pay, and in March they signed.",
                "He will not say who in May signed it.",
            ],
            &[
                "On Wednesday the minister will resign.",
                "They signed, and in May they will vote.",
                "He said that in May she will vote.",
                "In May, talks.",
            ],
        );
    }

    #[test]
    fn since_is_past() {
        assert_rule(
            is_past,
            &[
                "They will have talked since Monday.",
                "Talks will go on as since May.",
                "Since Friday they may talk.",
                "They plan, since March, to meet.",
            ],
            &["They will talk on Monday.", "They may talk in May.", "They plan for March."],
        );
    }

    #[test]
    fn date_of_a_noun() {
        assert_rule(
            is_past,
            &[
                "They will cite the letter of 3 February.",
                "They will obey the order of 30 November.",
                "The accord of 5 May will end.",
                "The offer of 9 January may lapse.",
            ],
            &[
                "They missed the deadline of 30 January.",
                "They agreed on a date of 3 February.",
                "They will meet on 3 February.",
            ],
        );
    }

    #[test]
    fn possessive_weekday() {
        assert_rule(
            is_past,
            &[
                "Shares rose after Monday’s close.",
                "Monday’s session was short.",
                "She said after Monday’s session that the bridge would stay shut.",
                "They left before it, at Monday’s lunch.",
            ],
            &[
                "They must sign by Thursday’s deadline.",
                "They will meet at Thursday’s session.",
                "At Thursday’s session they will vote.",
            ],
        );
    }

    #[test]
    fn deadline() {
        let rule = |text: &str| any_expression(text, |words, e| is_deadline(e, e.lead_word(words)));
        assert_rule(
            rule,
            &[
                "They agreed a truce until Friday.",
                "They signed it by May.",
                "They kept it for Monday.",
                "They moved it to Friday.",
                "They start from Tuesday.",
            ],
            &[
                "They met on Friday.",
                "They came to the Friday vote.",
                "They left after May.",
                "They met in May.",
            ],
        );
    }

    #[test]
    fn past_deadline() {
        assert_rule(
            is_past,
            &[
                "Until Monday they were apart.",
                "There were talks until Monday.",
                "They met before Christmas.",
                "By March the strike was over.",
            ],
            &[
                "They agreed a truce until Friday.",
                "The vote was set for Monday.",
                "They agreed it before Christmas.",
                "By March they will sign.",
            ],
        );
    }

    #[test]
    fn planned_infinitive() {
        assert_rule(
            |text| any_word(text, is_planned_infinitive),
            &[
                "They agreed to meet.",
                "Velnor plans to sign.",
                "The strike is to end.",
                "They hope to be heard.",
            ],
            &["They agreed to the text.", "They came to meet.", "They plan to May.", "They go to Coste."],
        );
    }

    #[test]
    fn future_passive() {
        assert_rule(
            |text| has_cue(text, TenseCue::Past),
            &["It was announced.", "The hall was held.", "It was put off.", "They announced it."],
            &[
                "It will be announced.",
                "The vote, to be held.",
                "It has to be put off.",
                "It may be announced.",
            ],
        );
    }

    #[test]
    fn future_perfect_is_past() {
        assert_rule(
            |text| has_cue(text, TenseCue::Past),
            &["They will have gone.", "They would have it.", "They may have it.", "It could have been."],
            &["They will go.", "They may go.", "It could be."],
        );
    }

    #[test]
    fn infinitive_of_an_irregular_verb() {
        assert_rule(
            |text| has_cue(text, TenseCue::Past),
            &["They met in Coste.", "They broke it off.", "They kept it.", "They left."],
            &["The door to left and right.", "They go to met.", "It is hard to found."],
        );
    }

    #[test]
    fn arrangement_in_the_perfect() {
        assert_rule(
            |text| any_word(text, is_perfect_arrangement),
            &[
                "The mayor has invited both sides.",
                "The governor has since summoned them.",
                "They have postponed a vote.",
                "The court has now invited it.",
            ],
            &[
                "The mayor invited both sides.",
                "The mayor has met both sides.",
                "The mayor has at long last invited them.",
            ],
        );
    }

    #[test]
    fn past_form_after_a_modal() {
        assert_rule(
            |text| {
                any_word(text, |words, at| {
                    tense_cue(&words[at]) == TenseCue::Past
                        && (1..=2).any(|back| is_after_modal(words, at, back))
                })
            },
            &["They may cut it.", "It will stay shut.", "They should put it off.", "It can be hit."],
            &[
                "That vote, as all will, held up the rest.",
                "They would have cut it.",
                "In May cut prices.",
                "They cut it.",
            ],
        );
    }

    #[test]
    fn past_form() {
        assert_rule(
            |text| with_words(text, |words| words.first().is_some_and(is_past_form)),
            &["broke", "signed", "used", "met", "agreed"],
            &["need", "united", "signs", "speed", "bed", "exceed"],
        );
    }

    #[test]
    fn names_have_no_tense() {
        assert_rule(
            |text| with_words(text, |words| words.iter().any(|w| tense_cue(w) != TenseCue::None)),
            &["signed", "will", "had", "Had", "may"],
            &["May", "Alfred", "Left", "Velnor", "United"],
        );
    }
}
