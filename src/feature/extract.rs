//! [`Extractor`]: statement in, features out; the one path for training and scoring.

use super::place::telling;
use super::scope::{Scoped, State};
use super::sums::sums;
use crate::Span;
use crate::lexicon::{Cue, CueKind, Finder, Lexicon};
use crate::token::{
    NAME, NUMBER, Token, Tokenizer, UNKNOWN, WordId, YEAR, combine, hash_bytes, mask_names, stem,
};

/// Reach of stem pairs with words between them, in words.
const SKIP: usize = 4;

/// Weight of each family's values before the model's own weights. The squared values of
/// a pattern family add up to its square; found by `detente train` on out-of-fold figures.
const WORDS: f32 = 1.0;
const PAIRS: f32 = 1.0;
const STEMS: f32 = 1.0;
const STEM_PAIRS: f32 = 1.0;
const SKIPS: f32 = 1.2;
const CUES: f32 = 0.6;
const CUE_PAIRS: f32 = 0.5;
const SUMS: f32 = 0.5;
const SHAPES: f32 = 0.3;

/// One feature of a statement.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Feature {
    /// Stable name of the column.
    pub key: u64,
    /// Value in this statement.
    pub value: f32,
    pub(super) family: Family,
    pub(super) a: u16,
    pub(super) b: u16,
}

/// What a feature is made of; part of its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(super) enum Family {
    Sum,
    Shape,
    Cue,
    CueKinds,
    CuePair,
    Word,
    Pair,
    Stem,
    StemPair,
    Skip,
}

/// Names of the families, for the model card.
const FAMILIES: [(Family, &str); 10] = [
    (Family::Sum, "cue sums"),
    (Family::Shape, "form of the statement"),
    (Family::Cue, "cues with their state"),
    (Family::CueKinds, "kinds of cues with their state"),
    (Family::CuePair, "neighbouring cues"),
    (Family::Word, "words"),
    (Family::Pair, "word pairs"),
    (Family::Stem, "stems, negation marked"),
    (Family::StemPair, "stem pairs, negation marked"),
    (Family::Skip, "stem pairs at a distance"),
];

impl Feature {
    /// The family that the feature belongs to.
    #[must_use]
    pub fn family(&self) -> &'static str {
        FAMILIES.iter().find(|(family, _)| *family == self.family).map_or("", |(_, name)| name)
    }
}

/// Names of the features of form, in the order of their numbers.
pub(super) const FORMS: [&str; 9] = [
    "length",
    "question mark",
    "quotation mark",
    "number of names",
    "number of figures",
    "share of unknown words",
    "exclamation mark",
    "ends without a full stop",
    "colon",
];

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
    words: Vec<u16>,
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
struct Marks {
    comma: u32,
    semicolon: u32,
    colon: u32,
    dash: u32,
    question: u32,
    exclamation: u32,
    quote: u32,
    stop: u32,
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

    /// Hash of the stem of a word.
    pub(super) fn stem(&self, word: WordId) -> u64 {
        self.stems.get(word as usize).copied().unwrap_or_default()
    }

    /// Reads the statement at `span` of `text`: tokens, cues and scope.
    pub fn read(&self, text: &str, span: Span, reading: &mut Reading) {
        let Reading { tokens, cues, scoped, telling: speaks, words } = reading;
        tokens.clear();
        self.tokenizer.tokenize(text, span, tokens);
        mask_names(text, self.tokenizer.vocabulary(), tokens);
        self.finder.find(tokens, cues);
        let marks = self.marks;
        scoped.resolve(
            tokens,
            cues,
            |token| token.word == marks.comma,
            |token| token.word == marks.semicolon || token.word == marks.colon || token.word == marks.dash,
        );
        telling(tokens.len(), cues, speaks);
        words.clear();
        words.extend(
            (0..tokens.len().min(usize::from(u16::MAX)))
                .filter(|at| !tokens[*at].shape.is_mark())
                .map(|at| at as u16),
        );
    }

    /// Appends the features of a statement that was read.
    pub fn extract(&self, reading: &Reading, features: &mut Vec<Feature>) {
        features.clear();
        Self::cue_features(reading, features);
        self.form_features(reading, features);
        self.word_features(reading, features);
    }

    fn cue_features(reading: &Reading, out: &mut Vec<Feature>) {
        let (cues, states) = (&reading.cues, &reading.scoped.states);
        for (number, value) in sums(cues, states).into_iter().enumerate() {
            if value != 0.0 {
                push(out, Family::Sum, SUMS * value, number as u64, number, 0);
            }
        }
        let mut before: Option<(usize, u64)> = None;
        for (number, (cue, state)) in cues.iter().zip(states).enumerate() {
            let kind = cue.kind as u64;
            let timeless = !matches!(cue.kind, CueKind::TimePast | CueKind::TimeNow | CueKind::TimeFuture);
            let id = combine(u64::from(cue.entry), kind);
            push(out, Family::Cue, CUES, id, number, 0);
            let code = state.code();
            if code != State::BARE && timeless {
                push(out, Family::Cue, CUES, combine(id, code + 1), number, 1);
            }
            let bin = kind | (((cue.value * 2.0).round() as i64 + 8) as u64) << 8;
            push(out, Family::CueKinds, CUES, combine(bin, code), number, 0);
            if let Some((other, other_bin)) = before {
                push(out, Family::CuePair, CUE_PAIRS, combine(other_bin, combine(bin, 1)), other, number);
            }
            before = Some((number, combine(bin, u64::from(state.negated))));
        }
    }

    fn form_features(&self, reading: &Reading, out: &mut Vec<Feature>) {
        let marks = &self.marks;
        let words = reading.words.len() as f32;
        let count = |wanted: &dyn Fn(&Token) -> bool| {
            reading.tokens.iter().filter(|token| wanted(token)).count() as f32
        };
        let unknown = count(&|t| t.word == UNKNOWN && !t.shape.is_mark());
        let has = |word: u32| f32::from(u8::from(reading.tokens.iter().any(|t| t.word == word)));
        let ends =
            reading.tokens.iter().rev().find(|t| t.word != marks.quote).is_none_or(|t| t.word != marks.stop);
        let forms = [
            (1.0 + words).ln() / 2.0,
            has(marks.question),
            has(marks.quote),
            (1.0 + count(&|t| t.word == NAME)).ln(),
            (1.0 + count(&|t| t.word == NUMBER || t.word == YEAR)).ln(),
            unknown / words.max(1.0),
            has(marks.exclamation),
            f32::from(u8::from(ends)),
            has(marks.colon),
        ];
        for (number, value) in forms.into_iter().enumerate() {
            if value != 0.0 {
                push(out, Family::Shape, SHAPES * value, number as u64, number, 0);
            }
        }
        let length = (words as u64 / 6).min(8);
        push(out, Family::Shape, SHAPES, 100 + length, 100, length as usize);
    }

    fn word_features(&self, reading: &Reading, out: &mut Vec<Feature>) {
        let words = &reading.words;
        let n = words.len() as f32;
        if words.is_empty() {
            return;
        }
        let per = |family: f32, count: f32| family / count.max(1.0).sqrt();
        let id = |at: u16| u64::from(reading.tokens[usize::from(at)].word);
        let stem = |at: u16| {
            let stem = self.stem(reading.tokens[usize::from(at)].word);
            if reading.scoped.negated[usize::from(at)] { !stem } else { stem }
        };
        let known = |at: u16| reading.tokens[usize::from(at)].word != UNKNOWN;
        let mut before = None;
        for &at in words {
            if !known(at) {
                before = None;
                continue;
            }
            let place = usize::from(at);
            push(out, Family::Word, per(WORDS, n), id(at), place, 0);
            push(out, Family::Stem, per(STEMS, n), stem(at), place, 0);
            if let Some(last) = before.replace(at) {
                let (first, pair, stems) =
                    (usize::from(last), combine(id(last), id(at)), combine(stem(last), stem(at)));
                push(out, Family::Pair, per(PAIRS, n), pair, first, place);
                push(out, Family::StemPair, per(STEM_PAIRS, n), stems, first, place);
            }
        }
        if self.has_skips {
            for (i, &first) in words.iter().enumerate().filter(|(_, at)| known(**at)) {
                for &second in words.iter().skip(i + 2).take(SKIP - 1).filter(|at| known(**at)) {
                    let (id, at) = (combine(stem(first), stem(second)), usize::from(second));
                    push(out, Family::Skip, per(SKIPS, 3.0 * n), id, usize::from(first), at);
                }
            }
        }
    }
}

fn push(out: &mut Vec<Feature>, family: Family, value: f32, id: u64, a: usize, b: usize) {
    let key = combine(combine(0x6465_7465_6e74_6531, family as u64), id);
    out.push(Feature { key, value, family, a: a.min(0xffff) as u16, b: b.min(0xffff) as u16 });
}
