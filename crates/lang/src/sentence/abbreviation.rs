//! What the word table knows of words around a full stop: abbreviations, sentence openers, verbs of speech.

use crate::word::abbreviation_class::Abbreviation;
use crate::word::class::Class;
use crate::word::lexis::Lexis;

/// What may follow the full stop of the abbreviation `word`, given without the stop; `None` if it is none.
pub(crate) fn abbreviation(word: &str) -> Option<Abbreviation> {
    let entry = Lexis::global().lookup_any_case(word);
    if is_capitalised(word) && entry.is(Class::MonthOrWeekday) {
        return Some(Abbreviation::Date);
    }
    if is_capitalised(word) && entry.is(Class::State) {
        return Some(Abbreviation::After);
    }
    entry.abbreviation
}

/// Whether `word` is an abbreviation that stands before a name (`Mr`, `Sen`).
pub(crate) fn is_title(word: &str) -> bool {
    Lexis::global().lookup(&word.to_lowercase()).is(Class::BeforeName)
}

/// Whether `word` is capitalised and more likely to open a sentence than to continue a name.
pub(crate) fn is_opener(word: &str) -> bool {
    is_capitalised(word) && Lexis::global().lookup_any_case(word).is(Class::SentenceOpener)
}

/// Whether `word` is a verb of speech that can follow a quotation and its speaker.
pub(crate) fn is_quote_verb(word: &str) -> bool {
    Lexis::global().lookup(word).is(Class::QuoteVerb)
}

/// Whether `word` can follow such a verb without starting a clause: "asked on Monday", "told reporters".
pub(crate) fn may_follow_quote_verb(word: &str) -> bool {
    Lexis::global().lookup(word).is(Class::AfterQuoteVerb)
}

/// Whether `word` continues a clock time (`p.m. Wednesday`, `a.m. GMT`).
pub(crate) fn continues_clock_time(word: &str) -> bool {
    let entry = Lexis::global().lookup_any_case(word);
    let is_upper_case = word.bytes().all(|byte| byte.is_ascii_uppercase());
    is_upper_case && entry.is(Class::TimeZone) || is_capitalised(word) && entry.is(Class::ClockSuffix)
}

/// Whether no headline ends with `word`: the next line continues it.
pub(crate) fn needs_next_line(word: &str) -> bool {
    Lexis::global().lookup(word).is(Class::NotHeadlineEnd)
}

/// Whether `word` is letters with full stops between them (`U.S`, `a.m`, `Ph.D`), given without the last stop.
pub(crate) fn is_acronym(word: &str) -> bool {
    word.contains('.')
        && word
            .split('.')
            .all(|part| matches!(part.chars().count(), 1..=2) && part.chars().all(char::is_alphabetic))
}

/// Whether `word` has a capital at its start and nowhere else.
fn is_capitalised(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && !letters.any(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_by_what_may_follow() {
        for (kind, words) in [
            (Abbreviation::Before, ["Mr", "MR", "Gov", "vs"]),
            (Abbreviation::Number, ["No", "art", "p", "approx"]),
            (Abbreviation::Date, ["Nov", "Mar", "Sun", "Tues"]),
            (Abbreviation::After, ["Inc", "Ltd", "Calif", "Bros"]),
        ] {
            for word in words {
                assert_eq!(abbreviation(word), Some(kind), "{word}");
            }
        }
        assert_eq!(abbreviation("etc"), Some(Abbreviation::Closing));
        // months, weekdays and states need a capital
        for word in ["mar", "sun", "SUN", "calif", "deal", "Velnor", ""] {
            assert_eq!(abbreviation(word), None, "{word}");
        }
    }

    #[test]
    fn titles() {
        assert!(is_title("Mr") && is_title("Gov") && is_title("sen") && is_title("Dr"));
        assert!(!is_title("Minister") && !is_title("Inc") && !is_title("Velnor"));
    }

    #[test]
    fn sentence_openers_have_a_capital() {
        assert!(is_opener("The") && is_opener("I") && is_opener("But") && is_opener("They"));
        assert!(!is_opener("the") && !is_opener("THE") && !is_opener("Velnor"));
    }

    #[test]
    fn verbs_of_speech_after_a_quotation() {
        assert!(is_quote_verb("asked") && is_quote_verb("said") && is_quote_verb("added"));
        assert!(is_quote_verb("told") && !is_quote_verb("Said") && !is_quote_verb("met"));
        assert!(may_follow_quote_verb("on") && may_follow_quote_verb("reporters"));
        assert!(may_follow_quote_verb("after") && may_follow_quote_verb("of"));
        assert!(
            !may_follow_quote_verb("he") && !may_follow_quote_verb("that") && !may_follow_quote_verb("On")
        );
    }

    #[test]
    fn zones_and_days_continue_a_clock_time() {
        for word in ["GMT", "EST", "Eastern", "Wednesday"] {
            assert!(continues_clock_time(word), "{word}");
        }
        for word in ["gmt", "EASTERN", "wednesday", "Talks"] {
            assert!(!continues_clock_time(word), "{word}");
        }
    }

    #[test]
    fn words_that_no_headline_ends_with() {
        assert!(needs_next_line("of") && needs_next_line("the") && needs_next_line("with"));
        assert!(needs_next_line("and") && !needs_next_line("Of") && !needs_next_line("talks"));
        assert!(!needs_next_line("off") && !needs_next_line(""));
    }

    #[test]
    fn acronyms_are_letters_with_stops() {
        for word in ["U.S", "a.m", "Ph.D", "U.S.A", "E.U"] {
            assert!(is_acronym(word), "{word}");
        }
        for word in ["US", "3.5", "ode.example", "U..S", "U.S.", ""] {
            assert!(!is_acronym(word), "{word}");
        }
    }
}
