//! [`Word`]: what the word lists of events know of one word form.

use detente_lang::hash_bytes;

use crate::event::class::{object_id, predicate_id};
use crate::event::entries::{Entries, EntryCollector, WordKeys};
use crate::event::function::{Function, Functions};
use crate::event::morphology::{Form, lemmas};
use crate::event::table::WordList;

pub(crate) static FUNCTION_WORDS: WordList =
    WordList::new(include_str!("../../data/events/function_words.tsv"));
pub(crate) static NOUNS: WordList = WordList::new(include_str!("../../data/events/nouns.tsv"));
pub(crate) static STATES: WordList = WordList::new(include_str!("../../data/events/states.tsv"));
pub(crate) static VERBS: WordList = WordList::new(include_str!("../../data/events/verbs.tsv"));

/// Set of inflected forms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Forms(u8);

impl Forms {
    /// Returns whether the set has `form`.
    #[inline]
    pub(crate) fn has(self, form: Form) -> bool {
        self.0 & 1 << form as u8 != 0
    }

    /// Returns whether the set has a form that ends in "ed" if it is regular.
    #[inline]
    pub(crate) fn is_past(self) -> bool {
        self.has(Form::Past) || self.has(Form::Participle)
    }

    /// Returns whether the set is empty.
    #[inline]
    pub(crate) fn is_empty(self) -> bool {
        self.0 == 0
    }

    fn insert(&mut self, form: Form) {
        self.0 |= 1 << form as u8;
    }
}

/// What the word lists know of one word form.
#[derive(Clone, Debug, Default)]
pub(crate) struct Word {
    /// Grammatical functions.
    pub(crate) functions: Functions,
    /// Forms of verbs that it may be.
    pub(crate) verb: Forms,
    /// Forms of nouns that it may be.
    pub(crate) noun: Forms,
    /// Whether it ends like a comparative.
    pub(crate) ends_in_er: bool,
    /// Whether it ends like a plural.
    pub(crate) ends_in_s: bool,
    /// Hashes of the form and of its possible lemmas.
    pub(crate) keys: WordKeys,
    /// Verbs with their particles and set objects ("walk out of", "bury hatchet").
    pub(crate) verbs: Entries,
    /// Nouns and compounds ("peace talk").
    pub(crate) nouns: Entries,
    /// Predicative phrases ("on hold").
    pub(crate) states: Entries,
}

impl Word {
    /// Looks up a word form in lower case.
    pub(crate) fn new(word: &str) -> Self {
        let mut found =
            Self { ends_in_er: word.ends_with("er"), ends_in_s: word.ends_with('s'), ..Self::default() };
        for [entry, functions] in FUNCTION_WORDS.group::<2>(word) {
            if entry == word {
                found.functions = functions.split(' ').filter_map(Function::from_name).collect();
            }
        }
        let mut keys = vec![hash_bytes(word.as_bytes())];
        let [mut verbs, mut nouns, mut states] = [(); 3].map(|()| EntryCollector::default());
        lemmas(word, |lemma, form| {
            let key = hash_bytes(lemma.as_bytes());
            if !keys.contains(&key) {
                keys.push(key);
            }
            let mut is_verb = false;
            for [entry, classes] in VERBS.group::<2>(lemma) {
                is_verb = true;
                add(&mut verbs, entry, classes, "");
            }
            if is_verb {
                found.verb.insert(form);
            }
            if matches!(form, Form::Base | Form::WithS) {
                for [entry, object, predicate] in NOUNS.group::<3>(lemma) {
                    if entry == lemma {
                        found.noun.insert(form);
                    }
                    add(&mut nouns, entry, predicate, object);
                }
            }
        });
        for [entry, classes] in STATES.group::<2>(word) {
            add(&mut states, entry, classes, "");
        }
        found.keys = WordKeys::new(keys);
        [found.verbs, found.nouns, found.states] = [verbs, nouns, states].map(EntryCollector::finish);
        let is_adverb = word.len() > 4 && word.ends_with("ly") && found.states.single().is_none();
        if is_adverb && found.functions.is_empty() && found.verb.is_empty() && found.noun.is_empty() {
            found.functions = [Function::Adverb].into_iter().collect();
        } else if found.is_unknown() {
            found.verb = guessed_forms(word);
        }
        found
    }

    /// Returns whether the lists know nothing of the word.
    pub(crate) fn is_unknown(&self) -> bool {
        self.functions.is_empty()
            && self.verb.is_empty()
            && self.verbs.is_empty()
            && self.nouns.is_empty()
            && self.states.is_empty()
    }
}

/// Returns the forms that an unknown word is taken for by its ending.
fn guessed_forms(word: &str) -> Forms {
    let mut forms = Forms::default();
    if word.len() > 4 && word.ends_with("ed") {
        forms.insert(Form::Past);
        forms.insert(Form::Participle);
    } else if word.len() > 5 && word.ends_with("ing") {
        forms.insert(Form::Gerund);
    }
    forms
}

/// Adds the entry of a row.
fn add(entries: &mut EntryCollector, text: &'static str, classes: &str, object: &str) {
    let mut ids = classes.split(' ').map(predicate_id);
    let classes = std::array::from_fn(|_| ids.next().unwrap_or_default());
    entries.add(text, classes, object_id(object));
}
