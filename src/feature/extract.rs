//! [`Extractor`]: analyses a statement into tokens, cues and scopes.

use std::sync::OnceLock;

use detente_lang::{Span, hash_bytes, stem};

use crate::event::features::trait_codes;
use crate::event::finder::EventFinder;
use crate::feature::analysis::{Analysis, assign_cues};
use crate::feature::locks::empty_locks;
use crate::lexicon::matcher::LexiconMatcher;
use crate::lexicon::parse::Lexicon;
use crate::token::name_mask::mask_names;
use crate::token::tokenizer::Tokenizer;
use crate::token::tokens::{Token, WordId};

/// Analyses statements and extracts their features; the one path for training, scoring and explaining.
#[derive(Clone, Debug)]
pub struct Extractor {
    tokenizer: Tokenizer,
    matcher: LexiconMatcher,
    /// Hash of each word's stem, computed when the word first occurs.
    stems: Vec<OnceLock<u64>>,
    punctuation: PunctuationIds,
    has_skips: bool,
    finder: EventFinder,
    has_events: bool,
}

/// Word ids of the punctuation that rules refer to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PunctuationIds {
    pub(crate) comma: WordId,
    pub(crate) semicolon: WordId,
    pub(crate) colon: WordId,
    pub(crate) dash: WordId,
    pub(crate) question_mark: WordId,
    pub(crate) exclamation_mark: WordId,
    pub(crate) quotation_mark: WordId,
    pub(crate) full_stop: WordId,
}

impl Extractor {
    /// Punctuation that every vocabulary must contain, in the order of the fields of the ids.
    pub const PUNCTUATION: [&'static str; 8] = [",", ";", ":", "-", "?", "!", "\"", "."];

    /// Creates an extractor; compiles `lexicon` for the tokenizer's vocabulary.
    #[must_use]
    pub fn new(tokenizer: Tokenizer, lexicon: &Lexicon) -> Self {
        let matcher = LexiconMatcher::new(lexicon, tokenizer.vocabulary());
        Self::with_matcher(tokenizer, matcher)
    }

    /// Creates an extractor with a lexicon that is already compiled for the tokenizer's vocabulary.
    #[must_use]
    pub(crate) fn with_matcher(tokenizer: Tokenizer, matcher: LexiconMatcher) -> Self {
        let vocabulary = tokenizer.vocabulary();
        let stems = empty_locks(vocabulary.len());
        let [comma, semicolon, colon, dash, question_mark, exclamation_mark, quotation_mark, full_stop] =
            Self::PUNCTUATION.map(|mark| vocabulary.id(mark));
        let punctuation = PunctuationIds {
            comma,
            semicolon,
            colon,
            dash,
            question_mark,
            exclamation_mark,
            quotation_mark,
            full_stop,
        };
        let finder = EventFinder::new(vocabulary);
        Self { tokenizer, matcher, stems, punctuation, has_skips: false, finder, has_events: true }
    }

    /// Adds stem pairs at a distance to the features, as models of format 1 need them.
    #[must_use]
    pub(crate) fn with_skips(mut self) -> Self {
        self.has_skips = true;
        self
    }

    /// Returns whether stem pairs at a distance are features.
    #[must_use]
    pub(crate) fn has_skips(&self) -> bool {
        self.has_skips
    }

    /// Sets whether events are features; models before format 5 have none.
    #[must_use]
    pub(crate) fn with_events(mut self, has_events: bool) -> Self {
        self.has_events = has_events;
        self
    }

    /// Returns whether events are features.
    #[must_use]
    pub(crate) fn has_events(&self) -> bool {
        self.has_events
    }

    /// Returns the tokenizer.
    #[must_use]
    pub fn tokenizer(&self) -> &Tokenizer {
        &self.tokenizer
    }

    /// Returns the compiled lexicon.
    #[must_use]
    pub fn matcher(&self) -> &LexiconMatcher {
        &self.matcher
    }

    /// Returns the ids of punctuation.
    pub(crate) fn punctuation(&self) -> &PunctuationIds {
        &self.punctuation
    }

    /// Analyses the statement at `span` of `text` into `analysis`.
    pub fn analyze(&self, text: &str, span: Span, analysis: &mut Analysis) {
        let Analysis { tokens, cues, scopes, cue_of_token, events, event_codes, words } = analysis;
        tokens.clear();
        self.tokenizer.tokenize(text, span, tokens);
        mask_names(text, tokens);
        self.matcher.find(tokens, cues);
        let PunctuationIds { comma, semicolon, colon, dash, .. } = self.punctuation;
        let is_comma = |token: &Token| token.shape.is_punctuation() && token.word == comma;
        let is_clause_break =
            |token: &Token| token.shape.is_punctuation() && [semicolon, colon, dash].contains(&token.word);
        scopes.resolve(tokens, cues, is_comma, is_clause_break);
        assign_cues(tokens.len(), cues, cue_of_token);
        if self.has_events {
            self.finder.find(text, tokens, self.tokenizer.vocabulary(), events);
        } else {
            events.clear();
        }
        trait_codes(events, event_codes, tokens.len());
        words.clear();
        words.extend(
            (0..tokens.len().min(usize::from(u16::MAX)))
                .filter(|at| !tokens[*at].shape.is_punctuation())
                .map(|at| at as u16),
        );
    }

    /// Finds the events of an analysed statement if the model has no event features.
    pub(crate) fn complete_events(&self, text: &str, analysis: &mut Analysis) {
        if !self.has_events {
            self.finder.find(text, &analysis.tokens, self.tokenizer.vocabulary(), &mut analysis.events);
        }
    }

    /// Returns the hash of a word's stem.
    #[inline]
    pub(crate) fn stem_hash(&self, word: WordId) -> u64 {
        match self.stems.get(word as usize).and_then(OnceLock::get) {
            Some(hash) => *hash,
            None => self.compute_stem_hash(word),
        }
    }

    /// Computes the hash of the stem of a word that occurs for the first time.
    #[cold]
    #[inline(never)]
    fn compute_stem_hash(&self, word: WordId) -> u64 {
        let hash = || hash_bytes(stem(self.tokenizer.vocabulary().word(word)).as_bytes());
        self.stems.get(word as usize).map_or(0, |stem| *stem.get_or_init(hash))
    }
}
