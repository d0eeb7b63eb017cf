//! [`Extractor`]: statement in, tokens, cues and their scope out.

use std::iter;
use std::sync::OnceLock;

use detente_lang::{Span, hash_bytes, stem};

use crate::feature::analysis::{Reading, telling};
use crate::lexicon::matcher::Finder;
use crate::lexicon::parse::Lexicon;
use crate::token::name_mask::mask_names;
use crate::token::tokenizer::Tokenizer;
use crate::token::tokens::WordId;

/// Reads statements and makes their features.
#[derive(Clone, Debug)]
pub struct Extractor {
    tokenizer: Tokenizer,
    finder: Finder,
    /// Hash of the stem of every word, once it is met.
    stems: Vec<OnceLock<u64>>,
    marks: Marks,
    has_skips: bool,
}

/// Ids of the punctuation that matters.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Marks {
    pub(crate) comma: u32,
    pub(crate) semicolon: u32,
    pub(crate) colon: u32,
    pub(crate) dash: u32,
    pub(crate) question: u32,
    pub(crate) exclamation: u32,
    pub(crate) quote: u32,
    pub(crate) stop: u32,
}

/// So many values that are worked out when they are first asked for.
pub(crate) fn fresh<T>(count: usize) -> Vec<OnceLock<T>> {
    iter::repeat_with(OnceLock::new).take(count).collect()
}

impl Extractor {
    /// Words that every vocabulary must hold for the rules to work.
    pub const MARKS: [&'static str; 8] = [",", ";", ":", "-", "?", "!", "\"", "."];

    /// The extractor for that tokenizer and lexicon.
    #[must_use]
    pub fn new(tokenizer: Tokenizer, lexicon: &Lexicon) -> Self {
        let finder = Finder::new(lexicon, tokenizer.vocabulary());
        Self::with(tokenizer, finder)
    }

    /// The extractor for that tokenizer and a finder for its vocabulary.
    #[must_use]
    pub fn with(tokenizer: Tokenizer, finder: Finder) -> Self {
        let vocabulary = tokenizer.vocabulary();
        let stems = fresh(vocabulary.len());
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
    #[must_use]
    pub fn finder(&self) -> &Finder {
        &self.finder
    }

    /// Ids of the punctuation that matters.
    pub(crate) fn marks(&self) -> &Marks {
        &self.marks
    }

    /// Hash of the stem of a word.
    #[inline]
    pub(crate) fn stem(&self, word: WordId) -> u64 {
        match self.stems.get(word as usize).and_then(OnceLock::get) {
            Some(hash) => *hash,
            None => self.first_stem(word),
        }
    }

    /// Hash of the stem of a word that is met for the first time.
    #[cold]
    #[inline(never)]
    fn first_stem(&self, word: WordId) -> u64 {
        let hash = || hash_bytes(stem(self.tokenizer.vocabulary().word(word)).as_bytes());
        self.stems.get(word as usize).map_or(0, |stem| *stem.get_or_init(hash))
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
