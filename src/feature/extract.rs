//! [`Extractor`]: statement in, tokens, cues and their scope out.

use super::place::telling;
use super::scope::Scoped;
use crate::Span;
use crate::lexicon::{Cue, Finder, Lexicon};
use crate::token::{Token, Tokenizer, WordId, hash_bytes, mask_names, stem};

/// A statement as the extractor reads it; reused between statements.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The tokens, names masked.
    pub tokens: Vec<Token>,
    /// The cues in the order of the text.
    pub cues: Vec<Cue>,
    /// Their scope.
    pub scoped: Scoped,
    /// For every token the number of the cue that speaks for it.
    pub telling: Vec<Option<u16>>,
    pub(super) words: Vec<u16>,
}

/// Reads statements and makes their features.
#[derive(Clone, Debug)]
pub struct Extractor {
    tokenizer: Tokenizer,
    finder: Finder,
    stems: Vec<u64>,
    marks: Marks,
    has_skips: bool,
}

/// Ids of the punctuation that matters.
#[derive(Clone, Copy, Debug)]
pub(super) struct Marks {
    pub(super) comma: u32,
    pub(super) semicolon: u32,
    pub(super) colon: u32,
    pub(super) dash: u32,
    pub(super) question: u32,
    pub(super) exclamation: u32,
    pub(super) quote: u32,
    pub(super) stop: u32,
}

impl Extractor {
    /// Words that every vocabulary must hold for the rules to work.
    pub const MARKS: [&'static str; 8] = [",", ";", ":", "-", "?", "!", "\"", "."];

    /// The extractor for that tokenizer and lexicon.
    #[must_use]
    pub fn new(tokenizer: Tokenizer, lexicon: &Lexicon) -> Self {
        let vocabulary = tokenizer.vocabulary();
        let finder = Finder::new(lexicon, vocabulary);
        let stems =
            (0..vocabulary.len() as u32).map(|id| hash_bytes(stem(vocabulary.word(id)).as_bytes())).collect();
        let [comma, semicolon, colon, dash, question, exclamation, quote, stop] =
            Self::MARKS.map(|mark| vocabulary.id(mark));
        let marks = Marks { comma, semicolon, colon, dash, question, exclamation, quote, stop };
        Self { tokenizer, finder, stems, marks, has_skips: false }
    }

    /// The extractor as models of format 1 were trained with: stem pairs at a distance are features too.
    #[must_use]
    pub fn with_skips(mut self) -> Self {
        self.has_skips = true;
        self
    }

    /// Whether stem pairs at a distance are features.
    #[must_use]
    pub fn has_skips(&self) -> bool {
        self.has_skips
    }

    /// The tokenizer.
    #[must_use]
    pub fn tokenizer(&self) -> &Tokenizer {
        &self.tokenizer
    }

    /// The finder of cues.
    pub(super) fn finder(&self) -> &Finder {
        &self.finder
    }

    /// Ids of the punctuation that matters.
    pub(super) fn marks(&self) -> &Marks {
        &self.marks
    }

    /// Hash of the stem of a word.
    pub(super) fn stem(&self, word: WordId) -> u64 {
        self.stems.get(word as usize).copied().unwrap_or_default()
    }

    /// Reads the statement at `span` of `text`: tokens, cues and scope.
    pub fn read(&self, text: &str, span: Span, reading: &mut Reading) {
        let Reading { tokens, cues, scoped, telling: speaks, words } = reading;
        tokens.clear();
        self.tokenizer.tokenize(text, span, tokens);
        mask_names(text, tokens);
        self.finder.find(tokens, cues);
        let marks = self.marks;
        scoped.resolve(
            tokens,
            cues,
            |token| token.shape.is_mark() && token.word == marks.comma,
            |token| token.shape.is_mark() && [marks.semicolon, marks.colon, marks.dash].contains(&token.word),
        );
        telling(tokens.len(), cues, speaks);
        words.clear();
        words.extend(
            (0..tokens.len().min(usize::from(u16::MAX)))
                .filter(|at| !tokens[*at].shape.is_mark())
                .map(|at| at as u16),
        );
    }
}
