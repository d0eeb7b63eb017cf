//! Abbreviations and sentence openers: what a full stop after a word can mean.

use crate::word::abbreviation_class::Abbreviation;
use crate::word::lexis::Dictionary;

/// Lower-case, without the stop, sorted.
const BEFORE: &[&str] = &[
    "adm", "al", "amb", "asst", "atty", "brig", "btw", "capt", "cf", "cmdr", "col", "comdr", "cpl", "det",
    "dir", "dr", "ed", "eds", "est", "excl", "ft", "gen", "gov", "govs", "hon", "incl", "insp", "lt", "m",
    "maj", "messrs", "mlle", "mme", "mr", "mrs", "ms", "msgr", "mt", "mx", "pfc", "pres", "prof", "profs",
    "pvt", "rep", "reps", "resp", "rev", "sen", "sens", "sgt", "st", "supt", "viz", "vs",
];

/// Lower-case, without the stop, sorted. Words among these (`no`, `art`, `fig`) need the number.
const NUMBER: &[&str] = &[
    "approx", "art", "arts", "c", "ca", "ch", "cl", "eq", "fig", "figs", "fol", "no", "nos", "nr", "n°",
    "nº", "p", "par", "para", "paras", "pp", "pt", "rs", "sec", "secs", "v", "ver", "vol", "vols",
];

/// Written with a capital, without the stop, sorted.
const DATE: &[&str] = &[
    "Apr", "Aug", "Dec", "Feb", "Fri", "Jan", "Jul", "Jun", "Mar", "Mon", "Nov", "Oct", "Sat", "Sep", "Sept",
    "Sun", "Thu", "Thur", "Thurs", "Tue", "Tues", "Wed",
];

/// Lower-case, without the stop, sorted.
const AFTER: &[&str] = &[
    "assn", "assoc", "ave", "avg", "bhd", "bldg", "blvd", "bn", "bros", "co", "corp", "cos", "dept", "dist",
    "div", "esq", "govt", "hwy", "inc", "intl", "jr", "llc", "lp", "ltd", "med", "mfg", "mgmt", "min", "mln",
    "natl", "plc", "pty", "rd", "rt", "sa", "spa", "sq", "sr", "trln", "tsp", "univ",
];

/// States of the United States as wire style shortens them; with a capital, sorted.
const STATE: &[&str] = &[
    "Ala", "Ariz", "Ark", "Calif", "Colo", "Conn", "Del", "Fla", "Ga", "Ill", "Ind", "Kan", "Ky", "La",
    "Mass", "Md", "Mich", "Minn", "Miss", "Mo", "Mont", "Neb", "Nev", "Okla", "Ont", "Ore", "Pa", "Penn",
    "Que", "Tenn", "Tex", "Va", "Vt", "Wash", "Wis", "Wyo",
];

/// Lower-case, without the stop, sorted.
const CLOSING: &[&str] = &["etc", "seq"];

/// With inner stops; lower-case, without the last stop, sorted: never end a sentence.
const DOTTED_BEFORE: &[&str] = &["e.g", "f.e", "i.e", "lt.col", "lt.gen", "maj.gen"];

/// Words that open a sentence far more often than they carry on a name; sorted.
const OPENERS: &[&str] = &[
    "A",
    "About",
    "According",
    "After",
    "All",
    "Also",
    "Although",
    "Among",
    "An",
    "And",
    "Another",
    "Any",
    "Are",
    "As",
    "At",
    "Because",
    "Before",
    "Both",
    "But",
    "By",
    "Can",
    "Critics",
    "Despite",
    "Did",
    "Do",
    "Does",
    "During",
    "Each",
    "Earlier",
    "Even",
    "Every",
    "Few",
    "For",
    "From",
    "Had",
    "Has",
    "Have",
    "He",
    "Her",
    "Here",
    "His",
    "How",
    "However",
    "I",
    "If",
    "In",
    "Instead",
    "Is",
    "It",
    "Its",
    "Just",
    "Last",
    "Later",
    "Many",
    "Meanwhile",
    "Moreover",
    "Most",
    "Much",
    "My",
    "Neither",
    "Never",
    "Nevertheless",
    "No",
    "Nobody",
    "Nor",
    "Not",
    "Nothing",
    "Now",
    "Of",
    "Officials",
    "On",
    "Once",
    "One",
    "Only",
    "Or",
    "Other",
    "Others",
    "Our",
    "Over",
    "Perhaps",
    "Please",
    "Several",
    "She",
    "Since",
    "So",
    "Some",
    "Still",
    "Such",
    "Talks",
    "That",
    "The",
    "Their",
    "Then",
    "There",
    "These",
    "They",
    "This",
    "Those",
    "Though",
    "Through",
    "Thus",
    "To",
    "Today",
    "Together",
    "Under",
    "Unless",
    "Until",
    "We",
    "What",
    "When",
    "Where",
    "Whether",
    "Which",
    "While",
    "Who",
    "Why",
    "Will",
    "With",
    "Without",
    "Yet",
    "You",
    "Your",
];

/// Verbs of speech that follow a quotation and its speaker; sorted.
const SPEECH: &[&str] = &[
    "added",
    "admitted",
    "announced",
    "answered",
    "argued",
    "asked",
    "called",
    "commented",
    "complained",
    "concluded",
    "continued",
    "cried",
    "declared",
    "demanded",
    "exclaimed",
    "insisted",
    "joked",
    "noted",
    "posted",
    "quipped",
    "recalled",
    "remarked",
    "replied",
    "reported",
    "responded",
    "said",
    "says",
    "shouted",
    "snapped",
    "told",
    "tweeted",
    "urged",
    "warned",
    "wondered",
    "wrote",
    "yelled",
];

/// What follows a clock time without starting a sentence; sorted.
const CLOCK: &[&str] = &[
    "BST",
    "CDT",
    "CEST",
    "CET",
    "CST",
    "Central",
    "EDT",
    "EST",
    "ET",
    "Eastern",
    "Friday",
    "GMT",
    "IST",
    "JST",
    "MDT",
    "MST",
    "Monday",
    "Mountain",
    "PDT",
    "PST",
    "PT",
    "Pacific",
    "Saturday",
    "Sunday",
    "Thursday",
    "Tuesday",
    "UTC",
    "Wednesday",
];

fn has(table: &[&str], word: &str) -> bool {
    table.binary_search(&word).is_ok()
}

/// The kind of abbreviation that `word` (without its stop) is, if it is one.
pub(crate) fn abbreviation(word: &str) -> Option<Abbreviation> {
    let capital = word.chars().next().is_some_and(char::is_uppercase);
    if capital && has(DATE, word) {
        return Some(Abbreviation::Date);
    }
    if capital && has(STATE, word) {
        return Some(Abbreviation::After);
    }
    Dictionary::get().of_any_case(word).abbreviation
}

/// Enters the tables in small letters; of a word of several, the kind of the first stands.
pub(crate) fn enter(dictionary: &mut Dictionary) {
    let tables = [
        (BEFORE, Abbreviation::Before),
        (DOTTED_BEFORE, Abbreviation::Before),
        (NUMBER, Abbreviation::Number),
        (AFTER, Abbreviation::After),
        (CLOSING, Abbreviation::Closing),
    ];
    for (table, kind) in tables {
        for word in table {
            dictionary.enter(word, |entry| entry.abbreviation = entry.abbreviation.or(Some(kind)));
        }
    }
}

/// Whether `word` is a title that stands before a name (`Mr`, `Sen`).
pub(crate) fn is_title(word: &str) -> bool {
    has(BEFORE, &word.to_lowercase())
}

/// Whether `word`, written with a capital, is likely to open a sentence.
pub(crate) fn is_opener(word: &str) -> bool {
    has(OPENERS, word)
}

/// Whether `word` is a verb of speech.
pub(crate) fn is_speech(word: &str) -> bool {
    has(SPEECH, word)
}

/// Whether `word` carries on a clock time (`p.m. Wednesday`, `a.m. GMT`).
pub(crate) fn is_clock(word: &str) -> bool {
    has(CLOCK, word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted_so_that_search_finds_every_entry() {
        for table in [BEFORE, NUMBER, DATE, AFTER, STATE, CLOSING, DOTTED_BEFORE, OPENERS, SPEECH, CLOCK] {
            assert!(table.windows(2).all(|pair| pair[0] < pair[1]), "{table:?}");
        }
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
