//! Abbreviations and sentence openers: what a full stop after a word can mean.

use crate::word::abbreviation_class::Abbreviation;
use crate::word::class::Class;
use crate::word::lexis::Lexis;

/// What may follow the full stop of the abbreviation `word` (given without the stop); `None` if it is none.
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

/// Whether `word`, written with a capital, is likely to open a sentence.
pub(crate) fn is_opener(word: &str) -> bool {
    is_capitalised(word) && Lexis::global().lookup_any_case(word).is(Class::SentenceOpener)
}

/// Whether `word` is a verb of speech.
pub(crate) fn is_speech(word: &str) -> bool {
    Lexis::global().lookup(word).is(Class::QuoteVerb)
}

/// Whether `word` continues a clock time (`p.m. Wednesday`, `a.m. GMT`).
pub(crate) fn is_clock(word: &str) -> bool {
    let entry = Lexis::global().lookup_any_case(word);
    let is_upper_case = word.bytes().all(|byte| byte.is_ascii_uppercase());
    is_upper_case && entry.is(Class::TimeZone) || is_capitalised(word) && entry.is(Class::ClockSuffix)
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
    fn zones_and_days_continue_a_clock_time() {
        assert!(is_clock("GMT") && is_clock("Eastern") && is_clock("Wednesday"));
        assert!(!is_clock("gmt") && !is_clock("EASTERN") && !is_clock("Talks"));
    }

    #[test]
    fn openers_have_a_capital() {
        assert!(is_opener("The") && is_opener("I"));
        assert!(!is_opener("the") && !is_opener("THE") && !is_opener("Velnor"));
    }

    #[test]
    fn case_tells_months_from_words() {
        assert_eq!(abbreviation("Mar"), Some(Abbreviation::Date));
        assert_eq!(abbreviation("mar"), None);
        assert_eq!(abbreviation("Sun"), Some(Abbreviation::Date));
        assert_eq!(abbreviation("sun"), None);
        assert_eq!(abbreviation("MR"), Some(Abbreviation::Before));
        assert_eq!(abbreviation("deal"), None);
    }
}
