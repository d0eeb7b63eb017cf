//! Whether a sentence recalls an old event rather than reporting a new one.

use crate::day::Day;
use crate::time::calendar_word::{CalendarWord, lower_before};
use crate::time::meaning::Days;
use crate::time::tense::{is_past_form, tense_cue_at};
use crate::word::calendar_class::TenseCue;
use crate::word::class::Class;

/// Days before the article from which an event is background: news recalls about a month of developments,
/// and what is older is history.
const OLD_DAYS: i64 = 45;

/// Distance from the main clause from which an expression is in a subordinate one.
const SUBORDINATE: u32 = 3;

/// Words after "had" in which its participle stands: "had not yet fully agreed".
const PARTICIPLE_WORDS: usize = 4;

/// Whether the sentence recalls an old event: by the past perfect of its main clause, by how a known dispute
/// began, or by days (`when`) well before `today`. The expression of these days is `distance` from the main clause.
pub(crate) fn is_background(
    words: &[CalendarWord<'_>],
    distance: Option<u32>,
    when: Option<Days>,
    today: Option<Day>,
) -> bool {
    let is_main = distance.is_some_and(|distance| distance < SUBORDINATE);
    let age = when.zip(today).map(|((_, to), today)| today.days_since(to));
    let is_old = is_main && age.is_some_and(|age| age > OLD_DAYS) && !looks_ahead(words);
    let is_recent = age.is_some_and(|age| age <= OLD_DAYS);
    is_old || (!is_recent && (has_past_perfect(words) || states_dispute_origin(words)))
}

/// Whether the sentence is about what is to come or is now: "The accord signed in March will be extended", "The levies
/// of last year are now on the table".
fn looks_ahead(words: &[CalendarWord<'_>]) -> bool {
    words.iter().any(|word| !word.is_quoted && matches!(word.lower, "will" | "won't" | "now" | "currently"))
}

/// Whether the first verb of the sentence is a past perfect: "had imposed", "had not yet agreed". A verb of
/// saying in another tense after it makes the sentence a report: "The union had hoped for more, she said".
fn has_past_perfect(words: &[CalendarWord<'_>]) -> bool {
    let first = (0..words.len()).find(|at| tense_cue_at(words, *at) != TenseCue::None);
    let Some(had) = first.filter(|at| tense_cue_at(words, *at) == TenseCue::Had) else { return false };
    let follows = words.get(had + 1..).unwrap_or_default();
    let has_participle = follows
        .iter()
        .take(PARTICIPLE_WORDS)
        .find(|w| !w.entry.is(Class::BeforeParticiple))
        .is_some_and(is_participle);
    let is_report = (had + 2..words.len()).any(|at| {
        words
            .get(at)
            .is_some_and(|w| matches!(w.lower, "said" | "says" | "told" | "added" | "adds" | "reported"))
            && !matches!(lower_before(words, at), "had" | "has" | "have")
    });
    has_participle && !is_report
}

fn is_participle(word: &CalendarWord<'_>) -> bool {
    is_past_form(word) || word.entry.is(Class::Participle)
}

/// Whether the sentence states how a dispute began that the article takes as known: "launched the trade war".
fn states_dispute_origin(words: &[CalendarWord<'_>]) -> bool {
    words.iter().enumerate().any(|(at, word)| {
        let has_the = words.get(at + 1).is_some_and(|w| w.lower == "the");
        let has_dispute = || words.iter().skip(at + 2).take(3).any(|w| w.entry.is(Class::Dispute));
        // "has launched", "if it launched": news or none at all
        let is_new = matches!(lower_before(words, at), "has" | "have" | "be" | "if");
        word.entry.is(Class::DisputeStart) && has_the && !is_new && has_dispute()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Span;
    use crate::time::dating::sentence_dates;
    use crate::time::testing::{TODAY, assert_rule, day, with_words};

    #[test]
    fn past_perfect() {
        assert_rule(
            |text| with_words(text, has_past_perfect),
            &[
                "The union had called for higher pay.",
                "The two sides had not yet agreed.",
                "Envoys had already broken off talks.",
                "Velnor had put tariffs on steel.",
            ],
            &[
                "The minister said the union had called for higher pay.",
                "The union had called for higher pay, the minister said.",
                "Talks had a good start.",
                "The union called for higher pay.",
                "The union called after it had waited.",
            ],
        );
    }

    #[test]
    fn origin_of_a_dispute() {
        assert_rule(
            |text| with_words(text, states_dispute_origin),
            &[
                "The premier launched the trade war to please his voters.",
                "Velnor started the long standoff in the strait.",
                "A fallen wall began the border dispute.",
                "Her letter sparked the row.",
            ],
            &[
                "The premier launched the offensive.",
                "The premier launched a trade war.",
                "The premier has launched the trade war.",
                "The premier would have started the war.",
                "He launched the book about an old trade war.",
            ],
        );
    }

    #[test]
    fn old_events() {
        let rule =
            |text: &str| sentence_dates(text, &[Span::new(0, text.len())], Some(day(TODAY)))[0].background;
        assert_rule(
            rule,
            &[
                "In March the two sides imposed tariffs.",
                "They signed it on Nov. 5, 2018.",
                "They met in September.",
                "They broke off talks last year.",
            ],
            &[
                "They signed it on Monday.",
                "They met in November.",
                "They will meet in March.",
                "On Tuesday the premier launched the trade war.",
                "They signed what was agreed after the talks of March.",
                "The truce agreed in March will be extended.",
                "What they agreed last year is now on the table.",
            ],
        );
    }

    #[test]
    fn old_events_need_the_date_of_the_article() {
        let text = "They signed it on Nov. 5, 2018.";
        let dates = sentence_dates(text, &[Span::new(0, text.len())], None);
        assert!(dates[0].when.is_some() && !dates[0].background);
    }
}
