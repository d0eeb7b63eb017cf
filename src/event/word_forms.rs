//! [`event_word_forms`]: the word forms that the event lists know, for the vocabulary of a model.

use crate::event::lexicon::{FUNCTION_WORDS, NOUNS, STATES, VERBS};
use crate::event::morphology::IRREGULAR;
use crate::event::table::WordList;

/// Returns every word of the event lists with its inflected forms, sorted.
#[doc(hidden)]
#[must_use]
pub fn event_word_forms() -> Vec<String> {
    let mut forms = Vec::new();
    let entries = |list: &WordList| list.rows::<1>().map(|[entry]| entry);
    forms.extend(entries(&FUNCTION_WORDS).map(str::to_owned));
    forms.extend(entries(&IRREGULAR).map(str::to_owned));
    for entry in entries(&STATES) {
        forms.extend(entry.split(' ').map(str::to_owned));
    }
    for entry in entries(&VERBS) {
        let mut words = entry.split(' ');
        if let Some(verb) = words.next() {
            add_verb_forms(verb, &mut forms);
        }
        words.for_each(|word| add_noun_forms(word, &mut forms));
    }
    for entry in entries(&NOUNS) {
        entry.split(' ').for_each(|word| add_noun_forms(word, &mut forms));
    }
    forms.sort_unstable();
    forms.dedup();
    forms
}

fn add_noun_forms(word: &str, forms: &mut Vec<String>) {
    forms.push(word.to_owned());
    forms.push(with_s(word));
}

fn add_verb_forms(verb: &str, forms: &mut Vec<String>) {
    add_noun_forms(verb, forms);
    let is_vowel = |letter: char| "aeiou".contains(letter);
    let mut last = verb.chars().rev();
    let ends_in = (last.next(), last.next().is_some_and(is_vowel));
    match ends_in {
        (Some('e'), _) => {
            forms.push(format!("{verb}d"));
            forms.push(format!("{}ing", &verb[..verb.len() - 1]));
        }
        (Some('y'), false) => {
            forms.push(format!("{}ied", &verb[..verb.len() - 1]));
            forms.push(format!("{verb}ing"));
        }
        (Some(letter), is_after_vowel) => {
            forms.extend(["ed", "ing"].map(|ending| format!("{verb}{ending}")));
            // which verbs double their consonant depends on stress; both spellings are harmless
            if is_after_vowel && !is_vowel(letter) && !"wxy".contains(letter) {
                forms.extend(["ed", "ing"].map(|ending| format!("{verb}{letter}{ending}")));
            }
        }
        (None, _) => {}
    }
}

/// Returns a word with the ending of the plural and of the third person.
fn with_s(word: &str) -> String {
    let before_last = word.chars().rev().nth(1);
    if word.ends_with('y') && before_last.is_some_and(|letter| !"aeiou".contains(letter)) {
        format!("{}ies", &word[..word.len() - 1])
    } else if ["s", "x", "z", "ch", "sh", "o"].iter().any(|ending| word.ends_with(ending)) {
        format!("{word}es")
    } else {
        format!("{word}s")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_verbs_nouns_and_states_are_listed() {
        let forms = event_word_forms();
        for form in
            ["scrapped", "ratifies", "ratified", "shelving", "broke", "accords", "hold", "unless", "tatters"]
        {
            assert!(forms.binary_search(&form.to_owned()).is_ok(), "{form}");
        }
        assert!(!forms.iter().any(|form| form.contains(' ') || form.is_empty()));
    }
}
