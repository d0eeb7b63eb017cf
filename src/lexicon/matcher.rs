//! [`Finder`]: all kinds of cues in one pass over the tokens.
//!
//! The entries stand in a trie whose edges are lexemes: a literal word, or a word with
//! all its inflections. A gap `_` is one word, `__` zero to three; a gap never crosses
//! punctuation or a negator, and a literal word beats a gap. Within a kind the longest
//! match wins; different kinds may overlap.

use crate::lexicon::cue::{Cue, CueKind};
use crate::token::tokens::{Token, WordId};

/// Longest gap of `__`, in words.
const GAP: u32 = 3;
/// Lexeme of a gap of exactly one word.
pub(crate) const ONE: u32 = u32::MAX - 1;
/// Lexeme of a gap of up to three words.
pub(crate) const SOME: u32 = u32::MAX;

/// The compiled lexicon.
#[derive(Clone, Debug, PartialEq)]
pub struct Finder {
    /// By word id.
    words: Vec<OfWord>,
    lexemes: Vec<u32>,
    roots: Vec<u32>,
    /// Level by level; where the edges of a node lead to stands side by side.
    nodes: Vec<Node>,
    /// Literal lexemes.
    edges: Vec<u32>,
    ends: Vec<u32>,
    entries: Vec<(CueKind, f32)>,
    /// The number of the node that the next edge leads to.
    next: u32,
}

/// What a word is to the finder.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct OfWord {
    /// The range in `roots` of the nodes that an entry starting with it leads to.
    roots: (u32, u32),
    /// The range of its lexemes in `lexemes`, ascending.
    lexemes: (u32, u32),
    is_negator: bool,
}

/// A node's edges (sorted by lexeme), where they lead to, and the entries that end there.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Node {
    edges: (u32, u32),
    /// Where the first edge leads to; the others to those after it.
    first: u32,
    ends: (u32, u32),
    /// Where gaps lead to; 0 where there is none.
    pub(crate) gap_one: u32,
    pub(crate) gap_some: u32,
}

impl Finder {
    /// A finder of these entries, still without nodes and words.
    pub(crate) fn of(entries: Vec<(CueKind, f32)>) -> Self {
        Self {
            words: Vec::new(),
            lexemes: Vec::new(),
            roots: Vec::new(),
            nodes: Vec::new(),
            edges: Vec::new(),
            ends: Vec::new(),
            entries,
            next: 1,
        }
    }

    /// Appends a node with its edges, ascending, those of gaps last, and the entries that end there. Nodes must come
    /// level by level, in the order of the edges that lead to them, the root first.
    pub(crate) fn push_node(&mut self, lexemes: impl Iterator<Item = u32>, ends: impl Iterator<Item = u32>) {
        let (edges, first_end) = (self.edges.len() as u32, self.ends.len() as u32);
        let mut node = Node { first: self.next, ..Node::default() };
        for lexeme in lexemes {
            match lexeme {
                ONE => node.gap_one = self.next,
                SOME => node.gap_some = self.next,
                _ => self.edges.push(lexeme),
            }
            self.next += 1;
        }
        self.ends.extend(ends);
        node.edges = (edges, self.edges.len() as u32);
        node.ends = (first_end, self.ends.len() as u32);
        self.nodes.push(node);
    }

    /// The node that each lexeme leads to from the root; 0 where it leads nowhere.
    pub(crate) fn starts(&self) -> Vec<u32> {
        let Some(root) = self.nodes.first() else { return Vec::new() };
        let lexemes = self.lexemes_from(root);
        let mut starts = vec![0; lexemes.last().map_or(0, |last| *last as usize + 1)];
        for (lexeme, node) in lexemes.iter().zip(root.first..) {
            starts[*lexeme as usize] = node;
        }
        starts
    }

    /// Makes room for that many words and nodes.
    pub(crate) fn reserve(&mut self, words: usize, nodes: usize) {
        self.words.reserve(words);
        self.nodes.reserve(nodes);
        self.edges.reserve(nodes);
        self.ends.reserve(self.entries.len());
    }

    /// Appends the next word with its lexemes, ascending; `starts` is where they lead to from the root.
    #[inline]
    pub(crate) fn push_word(&mut self, is_negator: bool, lexemes: &[u32], starts: &[u32]) {
        let (first, first_root) = (self.lexemes.len() as u32, self.roots.len() as u32);
        for lexeme in lexemes {
            self.lexemes.push(*lexeme);
            self.roots.extend(starts.get(*lexeme as usize).filter(|node| **node != 0));
        }
        let (last, last_root) = (self.lexemes.len() as u32, self.roots.len() as u32);
        self.words.push(OfWord { roots: (first_root, last_root), lexemes: (first, last), is_negator });
    }

    /// The nodes, level by level.
    pub(crate) fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The literal lexemes that lead from a node.
    pub(crate) fn lexemes_from(&self, node: &Node) -> &[u32] {
        self.edges.get(node.edges.0 as usize..node.edges.1 as usize).unwrap_or_default()
    }

    /// The entries that end at a node.
    pub(crate) fn ends_at(&self, node: &Node) -> &[u32] {
        self.ends.get(node.ends.0 as usize..node.ends.1 as usize).unwrap_or_default()
    }

    /// For every word its lexemes and whether it is a negator.
    pub(crate) fn words(&self) -> impl Iterator<Item = (&[u32], bool)> {
        (0..).zip(&self.words).map(|(word, of_word)| (self.lexemes_of(word), of_word.is_negator))
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
            let (start, end) = self.words.get(token.word as usize).map_or((0, 0), |of_word| of_word.roots);
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
            if let Ok(found) = self.lexemes_from(here).binary_search(lexeme) {
                self.arrive(tokens, first, at, here.first + found as u32, cues);
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
        for entry in self.ends_at(here) {
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
        let (start, end) = self.words.get(word as usize).map_or((0, 0), |of_word| of_word.lexemes);
        self.lexemes.get(start as usize..end as usize).unwrap_or_default()
    }

    fn may_skip(&self, token: &Token) -> bool {
        !token.shape.is_mark()
            && !self.words.get(token.word as usize).is_some_and(|of_word| of_word.is_negator)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::parse::Lexicon;
    use crate::token::tokenizer::Tokenizer;
    use crate::token::vocabulary::Vocabulary;
    use detente_lang::Span;

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
