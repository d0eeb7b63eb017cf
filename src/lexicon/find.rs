//! [`Finder`]: all kinds of cues in one pass over the tokens.
//!
//! The entries stand in a trie whose edges are lexemes: a literal word, or a word with
//! all its inflections. A gap `_` is one word, `__` zero to three; a gap never crosses
//! punctuation or a negator, and a literal word beats a gap. Within a kind the longest
//! match wins; different kinds may overlap.

use std::borrow::Cow;
use std::collections::HashMap;

use super::cue::{Cue, CueKind};
use super::parse::{Lexicon, inflections, pieces};
use crate::token::{Token, UNKNOWN, Vocabulary, WordId};

/// Longest gap of `__`, in words.
const GAP: u32 = 3;
/// Lexeme of a gap of exactly one word.
const ONE: u32 = u32::MAX;
/// Lexeme of a gap of up to three words.
const SOME: u32 = u32::MAX - 1;

/// The compiled lexicon.
#[derive(Clone, Debug)]
pub struct Finder {
    /// For every word id the range of its lexemes in `lexemes`.
    word_lexemes: Vec<(u32, u32)>,
    lexemes: Vec<u32>,
    negators: Vec<bool>,
    /// For every word id the range in `roots` of the nodes that an entry starting with it leads to.
    word_roots: Vec<(u32, u32)>,
    roots: Vec<u32>,
    nodes: Vec<Node>,
    edges: Vec<(u32, u32)>,
    ends: Vec<u32>,
    entries: Vec<(CueKind, f32)>,
}

/// A node's edges (sorted by lexeme) and the entries that end there.
#[derive(Clone, Copy, Debug, Default)]
struct Node {
    edges: (u32, u32),
    ends: (u32, u32),
    gap_one: u32,
    gap_some: u32,
}

impl Finder {
    /// Compiles `lexicon` for the words of `vocabulary`; words that the vocabulary
    /// lacks cannot be found.
    #[must_use]
    pub fn new(lexicon: &Lexicon, vocabulary: &Vocabulary) -> Self {
        let mut lexeme_ids = HashMap::new();
        let mut word_lexemes: Vec<Vec<u32>> = vec![Vec::new(); vocabulary.len()];
        let mut negators = vec![false; vocabulary.len()];
        // from a node by a lexeme to a node; nodes are numbered as they come up, the root is 0
        let mut steps: HashMap<(u32, u32), u32> = HashMap::new();
        let mut ends_at: Vec<(u32, u32)> = Vec::with_capacity(lexicon.entries().len());
        for (number, entry) in lexicon.entries().iter().enumerate() {
            let mut node = 0;
            for word in pieces(&entry.phrase) {
                let lexeme = match word.as_ref() {
                    "_" => ONE,
                    "__" => SOME,
                    _ => lexeme(word, vocabulary, &mut lexeme_ids, &mut word_lexemes),
                };
                let new = steps.len() as u32 + 1;
                node = *steps.entry((node, lexeme)).or_insert(new);
            }
            ends_at.push((node, number as u32));
            if entry.kind == CueKind::Negator && !entry.phrase.contains([' ', '*']) {
                let id = vocabulary.id(&entry.phrase);
                if id != UNKNOWN {
                    negators[id as usize] = true;
                }
            }
        }
        let count = steps.len() + 1;
        let mut steps: Vec<((u32, u32), u32)> = steps.into_iter().collect();
        steps.sort_unstable();
        ends_at.sort_unstable();
        let mut finder = Self {
            word_lexemes: Vec::with_capacity(word_lexemes.len()),
            lexemes: Vec::new(),
            negators,
            word_roots: Vec::with_capacity(vocabulary.len()),
            roots: Vec::new(),
            nodes: Vec::with_capacity(count),
            edges: Vec::new(),
            ends: Vec::with_capacity(ends_at.len()),
            entries: lexicon.entries().iter().map(|entry| (entry.kind, entry.value)).collect(),
        };
        let mut starts = vec![0; lexeme_ids.len()];
        let (mut steps, mut ends_at) = (steps.into_iter().peekable(), ends_at.into_iter().peekable());
        for number in 0..count as u32 {
            let mut node = Node::default();
            let (edges, ends) = (finder.edges.len() as u32, finder.ends.len() as u32);
            while let Some(((_, lexeme), next)) = steps.next_if(|((from, _), _)| *from == number) {
                match lexeme {
                    ONE => node.gap_one = next,
                    SOME => node.gap_some = next,
                    _ => finder.edges.push((lexeme, next)),
                }
                if let Some(start) = starts.get_mut(lexeme as usize).filter(|_| number == 0) {
                    *start = next;
                }
            }
            while let Some((_, entry)) = ends_at.next_if(|(at, _)| *at == number) {
                finder.ends.push(entry);
            }
            node.edges = (edges, finder.edges.len() as u32);
            node.ends = (ends, finder.ends.len() as u32);
            finder.nodes.push(node);
        }
        for lexemes in word_lexemes {
            let (first, first_root) = (finder.lexemes.len() as u32, finder.roots.len() as u32);
            finder
                .roots
                .extend(lexemes.iter().map(|lexeme| starts[*lexeme as usize]).filter(|node| *node != 0));
            finder.lexemes.extend(lexemes);
            finder.word_lexemes.push((first, finder.lexemes.len() as u32));
            finder.word_roots.push((first_root, finder.roots.len() as u32));
        }
        finder
    }

    /// Kind and value of every entry, by its number.
    #[must_use]
    pub fn entries(&self) -> &[(CueKind, f32)] {
        &self.entries
    }

    /// Puts the cues among `tokens` into `cues`, in the order of their first token.
    pub fn find(&self, tokens: &[Token], cues: &mut Vec<Cue>) {
        cues.clear();
        let may_start_with_a_gap = self.nodes.first().is_some_and(|root| root.gap_one != 0);
        for (first, token) in tokens.iter().enumerate() {
            if may_start_with_a_gap {
                self.walk(tokens, first, first, 0, 0, cues);
                continue;
            }
            let (start, end) = self.word_roots.get(token.word as usize).copied().unwrap_or_default();
            for node in self.roots.get(start as usize..end as usize).unwrap_or_default() {
                self.arrive(tokens, first, first, *node, cues);
            }
        }
        Self::keep_longest(tokens.len(), cues);
    }

    /// Follows the trie from `node` with the token `at`; `gap` words of a gap may still be skipped.
    fn walk(&self, tokens: &[Token], first: usize, at: usize, node: u32, gap: u32, cues: &mut Vec<Cue>) {
        let Some(token) = tokens.get(at) else { return };
        let Some(here) = self.nodes.get(node as usize) else { return };
        for lexeme in self.lexemes_of(token.word) {
            let edges = self.edges.get(here.edges.0 as usize..here.edges.1 as usize).unwrap_or_default();
            if let Ok(found) = edges.binary_search_by_key(lexeme, |edge| edge.0)
                && let Some((_, next)) = edges.get(found)
            {
                self.arrive(tokens, first, at, *next, cues);
            }
        }
        if gap > 0 && self.may_skip(token) {
            self.walk(tokens, first, at + 1, node, gap - 1, cues);
        }
        if here.gap_one != 0 && self.may_skip(token) {
            self.arrive(tokens, first, at, here.gap_one, cues);
        }
    }

    /// Notes the entries that end at `node`, whose last token is `at`, and goes on.
    fn arrive(&self, tokens: &[Token], first: usize, at: usize, node: u32, cues: &mut Vec<Cue>) {
        let Some(here) = self.nodes.get(node as usize) else { return };
        for entry in self.ends.get(here.ends.0 as usize..here.ends.1 as usize).unwrap_or_default() {
            if let Some((kind, value)) = self.entries.get(*entry as usize) {
                cues.push(Cue { kind: *kind, value: *value, entry: *entry, first, last: at });
            }
        }
        if here.edges.0 < here.edges.1 || here.gap_one != 0 {
            self.walk(tokens, first, at + 1, node, 0, cues);
        }
        if here.gap_some != 0 {
            self.walk(tokens, first, at + 1, here.gap_some, GAP, cues);
        }
    }

    fn lexemes_of(&self, word: WordId) -> &[u32] {
        let (start, end) = self.word_lexemes.get(word as usize).copied().unwrap_or_default();
        self.lexemes.get(start as usize..end as usize).unwrap_or_default()
    }

    fn may_skip(&self, token: &Token) -> bool {
        !token.shape.is_mark() && !self.negators.get(token.word as usize).copied().unwrap_or(false)
    }

    /// Of overlapping cues of one kind keeps the longest, of equally long ones the first.
    fn keep_longest(tokens: usize, cues: &mut Vec<Cue>) {
        // they come in the order of their first tokens
        let mut ends = [None; CueKind::ALL.len()];
        let overlap = cues.iter().any(|cue| {
            let before = ends[cue.kind as usize].replace(cue.last);
            before.is_some_and(|before| before >= cue.first)
        });
        if overlap {
            Self::drop_shorter(tokens, cues);
        }
        cues.sort_unstable_by_key(|cue| (cue.first, cue.last, cue.kind, cue.entry));
    }

    /// Drops those that overlap a longer or earlier one of their kind.
    fn drop_shorter(tokens: usize, cues: &mut Vec<Cue>) {
        cues.sort_unstable_by_key(|cue| {
            (std::cmp::Reverse(cue.last - cue.first), cue.first, cue.kind, cue.entry)
        });
        let mut taken = vec![0_u16; tokens];
        cues.retain(|cue| {
            let bit = 1_u16 << cue.kind as u8;
            let Some(range) = taken.get_mut(cue.first..=cue.last) else { return false };
            let free = range.iter().all(|kinds| kinds & bit == 0);
            if free {
                for kinds in range.iter_mut() {
                    *kinds |= bit;
                }
            }
            free
        });
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Span;
    use crate::token::Tokenizer;

    fn cues(lexicon: &str, text: &str) -> Vec<String> {
        let lexicon =
            Lexicon::read(&[("test", &format!("entry\tkind\tvalue\n{lexicon}"))]).expect("a lexicon");
        let words = text.split([' ', '-', ',']).map(str::to_lowercase).chain(lexicon.word_forms());
        let tokenizer = Tokenizer::new(Vocabulary::new(words));
        let finder = Finder::new(&lexicon, tokenizer.vocabulary());
        let (mut tokens, mut cues) = (Vec::new(), Vec::new());
        tokenizer.tokenize(text, Span::new(0, text.len()), &mut tokens);
        finder.find(&tokens, &mut cues);
        let words = |c: &Cue| {
            Span { start: tokens[c.first].span.start, end: tokens[c.last].span.end }.slice(text).to_owned()
        };
        cues.iter().map(|c| format!("{}: {}", c.kind.as_str(), words(c))).collect()
    }

    #[test]
    fn longest_wins_within_a_kind_and_kinds_overlap() {
        let lexicon = "agree*\toutlook\t2\nagree* to disagree\toutlook\t-1\nto\thedge\t.5\n";
        assert_eq!(cues(lexicon, "they agreed to disagree"), ["outlook: agreed to disagree", "hedge: to"]);
    }

    #[test]
    fn gaps_reach_three_words_but_not_over_marks_or_negators() {
        let lexicon = "walk* __ table\toutlook\t-2\nnot\tnegator\t-1\nlift* _ tariff*\toutlook\t2\n";
        assert_eq!(cues(lexicon, "walked away from the table"), ["outlook: walked away from the table"]);
        assert_eq!(cues(lexicon, "walk table"), ["outlook: walk table"]);
        assert!(cues(lexicon, "walked away from the big table").is_empty());
        assert!(cues(lexicon, "walked, table").is_empty());
        assert_eq!(cues(lexicon, "walked not table"), ["negator: not"]);
        assert_eq!(cues(lexicon, "lifting all tariffs"), ["outlook: lifting all tariffs"]);
        assert!(cues(lexicon, "lifting tariffs").is_empty());
    }

    #[test]
    fn hyphens_and_capitals_do_not_matter() {
        assert_eq!(cues("cease-fire\tgood_thing\t1\n", "A Cease-Fire"), ["good_thing: Cease-Fire"]);
    }
}
