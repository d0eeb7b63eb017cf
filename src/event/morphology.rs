//! [`lemmas`]: possible lemmas of an English word form.

use crate::event::table::WordList;

/// Inflected form of a verb or noun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// Infinitive and present.
    Base,
    /// Third person singular, and plural of a noun.
    WithS,
    /// Past tense.
    Past,
    /// Past participle.
    Participle,
    /// Present participle and gerund.
    Gerund,
}

pub(crate) static IRREGULAR: WordList = WordList::new(include_str!("../../data/events/irregular_forms.tsv"));

/// Calls `found` with every lemma that `word`, in lower case, may be a form of; not all of them exist.
pub(crate) fn lemmas(word: &str, mut found: impl FnMut(&str, Form)) {
    found(word, Form::Base);
    for [entry, lemma, forms] in IRREGULAR.group::<3>(word) {
        if entry == word {
            for form in forms.split(' ') {
                match form {
                    "past" => found(lemma, Form::Past),
                    "participle" => found(lemma, Form::Participle),
                    "gerund" => found(lemma, Form::Gerund),
                    _ => found(lemma, Form::WithS),
                }
            }
        }
    }
    if let Some(stem) = word.strip_suffix('s').filter(|stem| stem.len() > 1 && !stem.ends_with('s')) {
        found(stem, Form::WithS);
        if let Some(stem) = stem.strip_suffix("ie") {
            found(&format!("{stem}y"), Form::WithS);
        }
        // "reaches", "taxes", "goes", but not "planes"
        if let Some(stem) = stem.strip_suffix('e').filter(|stem| stem.ends_with(['h', 'o', 's', 'x', 'z'])) {
            found(stem, Form::WithS);
        }
    } else if let Some(stem) = word.strip_suffix("sses") {
        found(&format!("{stem}ss"), Form::WithS);
    }
    if let Some(stem) = word.strip_suffix("ed").filter(|stem| stem.len() > 1) {
        inflected(stem, &mut |lemma| {
            found(lemma, Form::Past);
            found(lemma, Form::Participle);
        });
    }
    if let Some(stem) = word.strip_suffix("ing").filter(|stem| stem.len() > 1) {
        inflected(stem, &mut |lemma| found(lemma, Form::Gerund));
    }
}

/// Calls `found` with the verbs that have `stem` before "ed" or "ing".
fn inflected(stem: &str, found: &mut dyn FnMut(&str)) {
    found(stem);
    found(&format!("{stem}e"));
    if let Some(stem) = stem.strip_suffix('i') {
        found(&format!("{stem}y"));
    }
    let mut last = stem.chars().rev();
    if let (Some(a), Some(b)) = (last.next(), last.next())
        && a == b
    {
        found(&stem[..stem.len() - a.len_utf8()]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn has(word: &str, lemma: &str, form: Form) -> bool {
        let mut hit = false;
        lemmas(word, |found, as_form| hit |= found == lemma && as_form == form);
        hit
    }

    #[test]
    fn regular_forms_lead_to_their_lemma() {
        for (word, lemma, form) in [
            ("signs", "sign", Form::WithS),
            ("ratifies", "ratify", Form::WithS),
            ("reaches", "reach", Form::WithS),
            ("passes", "pass", Form::WithS),
            ("scrapped", "scrap", Form::Past),
            ("ratified", "ratify", Form::Participle),
            ("agreed", "agree", Form::Past),
            ("shelving", "shelve", Form::Gerund),
            ("dropping", "drop", Form::Gerund),
        ] {
            assert!(has(word, lemma, form), "{word}");
        }
    }

    #[test]
    fn irregular_forms_lead_to_their_lemma() {
        assert!(has("broke", "break", Form::Past));
        assert!(has("broken", "break", Form::Participle));
        assert!(!has("broken", "break", Form::Past));
        assert!(has("struck", "strike", Form::Participle));
    }

    #[test]
    fn words_that_only_look_inflected_keep_their_own_form() {
        assert!(!has("crisis", "crisi", Form::WithS) || has("crisis", "crisis", Form::Base));
        assert!(!has("pass", "pas", Form::WithS));
        assert!(!has("planes", "plan", Form::WithS) && has("planes", "plane", Form::WithS));
        assert!(!has("red", "r", Form::Past));
    }
}
