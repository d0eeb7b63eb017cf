//! From a lexicon to its [`Finder`].

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use crate::lexicon::cue::CueKind;
use crate::lexicon::matcher::{Finder, ONE, SOME};
use crate::lexicon::parse::{Lexicon, inflections, pieces};
use crate::token::vocabulary::{UNKNOWN, Vocabulary};

impl Finder {
    /// Compiles `lexicon` for the words of `vocabulary`; words that the vocabulary
    /// lacks cannot be found.
    #[must_use]
    pub fn new(lexicon: &Lexicon, vocabulary: &Vocabulary) -> Self {
        let mut lexeme_ids = HashMap::new();
        let mut word_lexemes: Vec<Vec<u32>> = vec![Vec::new(); vocabulary.len()];
        let mut negators = vec![false; vocabulary.len()];
        // nodes are numbered as they come up, the root is 0: what they lead to by lexeme, and the entries that end
        let mut edges: Vec<BTreeMap<u32, usize>> = vec![BTreeMap::new()];
        let mut ends: Vec<Vec<u32>> = vec![Vec::new()];
        for (number, entry) in lexicon.entries().iter().enumerate() {
            let mut node = 0;
            for word in pieces(&entry.phrase) {
                let lexeme = match word.as_ref() {
                    "_" => ONE,
                    "__" => SOME,
                    _ => lexeme(word, vocabulary, &mut lexeme_ids, &mut word_lexemes),
                };
                let new = edges.len();
                node = *edges[node].entry(lexeme).or_insert(new);
                if node == new {
                    edges.push(BTreeMap::new());
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
        let mut finder = Self::of(lexicon.entries().iter().map(|entry| (entry.kind, entry.value)).collect());
        // level by level, as a finder has them
        let mut order = vec![0];
        for at in 0..edges.len() {
            let node = order[at];
            finder.push_node(edges[node].keys().copied(), ends[node].iter().copied());
            order.extend(edges[node].values());
        }
        let starts = finder.starts();
        for (mut lexemes, negator) in word_lexemes.into_iter().zip(negators) {
            lexemes.sort_unstable();
            finder.push_word(negator, &lexemes, &starts);
        }
        finder
    }
}

/// The lexeme of a word or of a word with all its inflections; notes it with its words.
fn lexeme<'a>(
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
