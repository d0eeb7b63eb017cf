//! Compiles a [`Lexicon`] to a [`LexiconMatcher`].

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use crate::lexicon::cue::CueKind;
use crate::lexicon::matcher::{GAP_ONE, GAP_SOME, LexiconMatcher};
use crate::lexicon::parse::{Lexicon, inflections, phrase_words};
use crate::token::vocabulary::{UNKNOWN, Vocabulary};

impl LexiconMatcher {
    /// Compiles `lexicon` for the words of `vocabulary`; words that the vocabulary lacks are never matched.
    #[must_use]
    pub(crate) fn new(lexicon: &Lexicon, vocabulary: &Vocabulary) -> Self {
        let mut lexeme_ids = HashMap::new();
        let mut word_lexemes: Vec<Vec<u32>> = vec![Vec::new(); vocabulary.len()];
        let mut negators = vec![false; vocabulary.len()];
        // nodes are numbered in the order of creation; for each, its children by lexeme and the entries that
        // end there
        let mut children: Vec<BTreeMap<u32, usize>> = vec![BTreeMap::new()];
        let mut ends: Vec<Vec<u32>> = vec![Vec::new()];
        for (number, entry) in lexicon.entries().iter().enumerate() {
            let mut node = 0;
            for word in phrase_words(&entry.phrase) {
                let lexeme = match word.as_ref() {
                    "_" => GAP_ONE,
                    "__" => GAP_SOME,
                    _ => lexeme_id(word, vocabulary, &mut lexeme_ids, &mut word_lexemes),
                };
                let new = children.len();
                node = *children[node].entry(lexeme).or_insert(new);
                if node == new {
                    children.push(BTreeMap::new());
                    ends.push(Vec::new());
                }
            }
            ends[node].push(number as u32);
            if entry.kind == CueKind::Negator && !entry.phrase.contains([' ', '*']) {
                let id = vocabulary.id(&entry.phrase);
                if id != UNKNOWN {
                    negators[id as usize] = true;
                }
            }
        }
        let entries = lexicon.entries().iter().map(|entry| (entry.kind, entry.value)).collect();
        let mut matcher = Self::with_entries(entries);
        // the matcher stores nodes level by level
        let mut order = vec![0];
        for at in 0..children.len() {
            let node = order[at];
            matcher.push_node(children[node].keys().copied(), ends[node].iter().copied());
            order.extend(children[node].values());
        }
        let roots = matcher.root_children();
        for (mut lexemes, negator) in word_lexemes.into_iter().zip(negators) {
            lexemes.sort_unstable();
            matcher.push_word(negator, &lexemes, &roots);
        }
        matcher
    }
}

/// Returns the id of a lexeme, a word or a word with all its inflections, and adds it to the lexemes of
/// these words.
fn lexeme_id<'a>(
    word: Cow<'a, str>,
    vocabulary: &Vocabulary,
    ids: &mut HashMap<Cow<'a, str>, u32>,
    word_lexemes: &mut [Vec<u32>],
) -> u32 {
    if let Some(id) = ids.get(&word) {
        return *id;
    }
    let id = ids.len() as u32;
    let forms = word.strip_suffix('*').map_or_else(|| vec![word.to_string()], inflections);
    ids.insert(word, id);
    for form in forms {
        let word = vocabulary.id(&form);
        if word != UNKNOWN
            && let Some(lexemes) = word_lexemes.get_mut(word as usize)
            && !lexemes.contains(&id)
        {
            lexemes.push(id);
        }
    }
    id
}
