//! [`LexiconMatcher`]: finds cues of all kinds in one pass over the tokens.
//!
//! The entries form a trie whose edges are lexemes: a literal word, or a word with all its inflections. The
//! gap `_` matches one word, `__` zero to three; gaps do not match punctuation or negators, and a literal
//! word takes precedence over a gap. Within a kind, the longest match wins; cues of different kinds may
//! overlap.

use crate::lexicon::cue::{Cue, CueKind};
use crate::token::tokens::{Token, WordId};

/// Most words that `__` matches.
const MAX_GAP: u32 = 3;
/// Lexeme of a gap of exactly one word.
pub(crate) const GAP_ONE: u32 = u32::MAX - 1;
/// Lexeme of a gap of up to [`MAX_GAP`] words.
pub(crate) const GAP_SOME: u32 = u32::MAX;

/// Compiled lexicon.
#[derive(Clone, Debug, PartialEq)]
pub struct LexiconMatcher {
    /// By word id.
    words: Vec<WordLexemes>,
    lexemes: Vec<u32>,
    /// Children of the root, by word.
    word_roots: Vec<u32>,
    /// Level by level; the children of a node are adjacent.
    nodes: Vec<TrieNode>,
    /// Literal lexemes of all nodes.
    edges: Vec<u32>,
    /// Entries that end at each node.
    ends: Vec<u32>,
    /// Kind and value of each entry.
    entries: Vec<(CueKind, f32)>,
    /// Number of the node that the next edge leads to.
    next: u32,
}

/// Lexemes of a word.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct WordLexemes {
    /// Range in `word_roots` of the nodes for entries that start with the word.
    roots: (u32, u32),
    /// Range in `lexemes`, ascending.
    lexemes: (u32, u32),
    is_negator: bool,
}

/// Node of the trie: its edges, sorted by lexeme, and the entries that end there.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct TrieNode {
    edges: (u32, u32),
    /// Target of the first edge; the others lead to the nodes after it.
    first_child: u32,
    ends: (u32, u32),
    /// Target of the gap of one word; 0 for none.
    pub(crate) gap_one: u32,
    /// Target of the gap of several words; 0 for none.
    pub(crate) gap_some: u32,
}

impl LexiconMatcher {
    /// Finds the cues among `tokens`; fills `cues` in the order of their first token.
    pub(crate) fn find(&self, tokens: &[Token], cues: &mut Vec<Cue>) {
        cues.clear();
        let may_start_with_gap = self.nodes.first().is_some_and(|root| root.gap_one != 0);
        for (first, token) in tokens.iter().enumerate() {
            if may_start_with_gap {
                self.follow(tokens, first, first, 0, 0, cues);
                continue;
            }
            let (start, end) = self.words.get(token.word as usize).map_or((0, 0), |of_word| of_word.roots);
            for node in self.word_roots.get(start as usize..end as usize).unwrap_or_default() {
                self.visit(tokens, first, first, *node, cues);
            }
        }
        Self::keep_longest(tokens.len(), cues);
    }

    /// Follows the edges of `node` with the token `at`; up to `gap` words may still be skipped.
    fn follow(&self, tokens: &[Token], first: usize, at: usize, node: u32, gap: u32, cues: &mut Vec<Cue>) {
        let Some(token) = tokens.get(at) else { return };
        let Some(here) = self.nodes.get(node as usize) else { return };
        for lexeme in self.lexemes_of(token.word) {
            if let Ok(found) = self.edges_of(here).binary_search(lexeme) {
                self.visit(tokens, first, at, here.first_child + found as u32, cues);
            }
        }
        if gap > 0 && self.may_skip(token) {
            self.follow(tokens, first, at + 1, node, gap - 1, cues);
        }
        if here.gap_one != 0 && self.may_skip(token) {
            self.visit(tokens, first, at, here.gap_one, cues);
        }
    }

    /// Adds the entries that end at `node`, whose last token is `at`, and follows its edges.
    fn visit(&self, tokens: &[Token], first: usize, at: usize, node: u32, cues: &mut Vec<Cue>) {
        let Some(here) = self.nodes.get(node as usize) else { return };
        for entry in self.ends_of(here) {
            if let Some((kind, value)) = self.entries.get(*entry as usize) {
                cues.push(Cue { kind: *kind, value: *value, entry: *entry, first, last: at });
            }
        }
        if here.edges.0 < here.edges.1 || here.gap_one != 0 {
            self.follow(tokens, first, at + 1, node, 0, cues);
        }
        if here.gap_some != 0 {
            self.follow(tokens, first, at + 1, here.gap_some, MAX_GAP, cues);
        }
    }

    fn may_skip(&self, token: &Token) -> bool {
        !token.shape.is_punctuation()
            && !self.words.get(token.word as usize).is_some_and(|of_word| of_word.is_negator)
    }

    /// Of overlapping cues of one kind, keeps the longest, and of equally long ones the first.
    fn keep_longest(tokens: usize, cues: &mut Vec<Cue>) {
        // the cues are sorted by their first token
        let mut last_of_kind = [None; CueKind::ALL.len()];
        let has_overlap = cues.iter().any(|cue| {
            let previous = last_of_kind[cue.kind as usize].replace(cue.last);
            previous.is_some_and(|previous| previous >= cue.first)
        });
        if has_overlap {
            Self::drop_shorter(tokens, cues);
        }
        cues.sort_unstable_by_key(|cue| (cue.first, cue.last, cue.kind, cue.entry));
    }

    /// Drops the cues that overlap a longer or earlier one of their kind.
    fn drop_shorter(tokens: usize, cues: &mut Vec<Cue>) {
        cues.sort_unstable_by_key(|cue| {
            (std::cmp::Reverse(cue.last - cue.first), cue.first, cue.kind, cue.entry)
        });
        // for each token, the set of kinds that cover it
        let mut covered = vec![0_u16; tokens];
        cues.retain(|cue| {
            let bit = 1_u16 << cue.kind as u8;
            let Some(range) = covered.get_mut(cue.first..=cue.last) else { return false };
            let is_free = range.iter().all(|kinds| kinds & bit == 0);
            if is_free {
                for kinds in range.iter_mut() {
                    *kinds |= bit;
                }
            }
            is_free
        });
    }

    /// Creates a matcher with these entries, without nodes and words.
    pub(crate) fn with_entries(entries: Vec<(CueKind, f32)>) -> Self {
        Self {
            words: Vec::new(),
            lexemes: Vec::new(),
            word_roots: Vec::new(),
            nodes: Vec::new(),
            edges: Vec::new(),
            ends: Vec::new(),
            entries,
            next: 1,
        }
    }

    /// Reserves space for that many words and nodes.
    pub(crate) fn reserve(&mut self, words: usize, nodes: usize) {
        self.words.reserve(words);
        self.nodes.reserve(nodes);
        self.edges.reserve(nodes);
        self.ends.reserve(self.entries.len());
    }

    /// Appends a node with the lexemes of its edges, ascending, gaps last, and the entries that end there.
    /// Nodes must be appended level by level, in the order of the edges that lead to them, the root first.
    pub(crate) fn push_node(&mut self, lexemes: impl Iterator<Item = u32>, ends: impl Iterator<Item = u32>) {
        let (edges, first_end) = (self.edges.len() as u32, self.ends.len() as u32);
        let mut node = TrieNode { first_child: self.next, ..TrieNode::default() };
        for lexeme in lexemes {
            match lexeme {
                GAP_ONE => node.gap_one = self.next,
                GAP_SOME => node.gap_some = self.next,
                _ => self.edges.push(lexeme),
            }
            self.next += 1;
        }
        self.ends.extend(ends);
        node.edges = (edges, self.edges.len() as u32);
        node.ends = (first_end, self.ends.len() as u32);
        self.nodes.push(node);
    }

    /// Appends the next word with its lexemes, ascending; `roots` is what
    /// [`root_children`](Self::root_children) returns.
    #[inline]
    pub(crate) fn push_word(&mut self, is_negator: bool, lexemes: &[u32], roots: &[u32]) {
        let (first, first_root) = (self.lexemes.len() as u32, self.word_roots.len() as u32);
        for lexeme in lexemes {
            self.lexemes.push(*lexeme);
            self.word_roots.extend(roots.get(*lexeme as usize).filter(|node| **node != 0));
        }
        let (last, last_root) = (self.lexemes.len() as u32, self.word_roots.len() as u32);
        self.words.push(WordLexemes { roots: (first_root, last_root), lexemes: (first, last), is_negator });
    }

    /// Returns the root's child by lexeme; 0 for none.
    pub(crate) fn root_children(&self) -> Vec<u32> {
        let Some(root) = self.nodes.first() else { return Vec::new() };
        let lexemes = self.edges_of(root);
        let mut children = vec![0; lexemes.last().map_or(0, |last| *last as usize + 1)];
        for (lexeme, node) in lexemes.iter().zip(root.first_child..) {
            children[*lexeme as usize] = node;
        }
        children
    }

    /// Returns kind and value of each entry.
    #[must_use]
    pub fn entries(&self) -> &[(CueKind, f32)] {
        &self.entries
    }

    /// Returns the nodes, level by level.
    pub(crate) fn nodes(&self) -> &[TrieNode] {
        &self.nodes
    }

    /// Returns the literal lexemes of a node's edges.
    pub(crate) fn edges_of(&self, node: &TrieNode) -> &[u32] {
        self.edges.get(node.edges.0 as usize..node.edges.1 as usize).unwrap_or_default()
    }

    /// Returns the entries that end at a node.
    pub(crate) fn ends_of(&self, node: &TrieNode) -> &[u32] {
        self.ends.get(node.ends.0 as usize..node.ends.1 as usize).unwrap_or_default()
    }

    /// Returns, for each word, its lexemes and whether it is a negator.
    pub(crate) fn words(&self) -> impl Iterator<Item = (&[u32], bool)> {
        (0..).zip(&self.words).map(|(word, of_word)| (self.lexemes_of(word), of_word.is_negator))
    }

    fn lexemes_of(&self, word: WordId) -> &[u32] {
        let (start, end) = self.words.get(word as usize).map_or((0, 0), |of_word| of_word.lexemes);
        self.lexemes.get(start as usize..end as usize).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::parse::Lexicon;
    use crate::token::tokenizer::Tokenizer;
    use crate::token::vocabulary::Vocabulary;
    use detente_lang::Span;

    fn cues(lexicon: &str, text: &str) -> Vec<String> {
        let lexicon =
            Lexicon::parse(&[("test", &format!("entry\tkind\tvalue\n{lexicon}"))]).expect("a lexicon");
        let words = text.split([' ', '-', ',']).map(str::to_lowercase).chain(lexicon.word_forms());
        let tokenizer = Tokenizer::new(Vocabulary::new(words));
        let matcher = LexiconMatcher::new(&lexicon, tokenizer.vocabulary());
        let (mut tokens, mut cues) = (Vec::new(), Vec::new());
        tokenizer.tokenize(text, Span::new(0, text.len()), &mut tokens);
        matcher.find(&tokens, &mut cues);
        let words = |c: &Cue| {
            Span { start: tokens[c.first].span.start, end: tokens[c.last].span.end }.slice(text).to_owned()
        };
        cues.iter().map(|c| format!("{}: {}", c.kind.as_str(), words(c))).collect()
    }

    #[test]
    fn the_longest_match_wins_within_a_kind() {
        let lexicon = "agree*\toutlook\t2\nagree* to disagree\toutlook\t-1\nto\thedge\t.5\n";
        assert_eq!(cues(lexicon, "they agreed to disagree"), ["outlook: agreed to disagree", "hedge: to"]);
    }

    #[test]
    fn gaps_match_up_to_three_words_but_no_punctuation_or_negator() {
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
    fn hyphens_and_case_are_ignored() {
        assert_eq!(cues("cease-fire\tgood_thing\t1\n", "A Cease-Fire"), ["good_thing: Cease-Fire"]);
    }
}
