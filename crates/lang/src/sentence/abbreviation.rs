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

/// Whether `word` has a capital at its start and nowhere else.
fn is_capitalised(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && !letters.any(char::is_uppercase)
}
