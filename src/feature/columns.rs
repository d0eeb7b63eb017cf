//! The features of a statement that was read; the one path for training, scoring and explaining.

use detente_lang::combine_hash;

use crate::feature::analysis::Reading;
use crate::feature::cue_sums::sums;
use crate::feature::extract::Extractor;
use crate::feature::key::key;
use crate::feature::scope::State;
use crate::lexicon::cue::CueKind;
use crate::token::tokens::WordId;
use crate::token::vocabulary::{NAME, NUMBER, UNKNOWN, YEAR};

/// Reach of stem pairs with words between them, in words.
const SKIP: usize = 4;

/// Weight of each family's values before the model's own weights. The squared values of
/// a pattern family add up to its square; found by `detente train` on out-of-fold figures.
/// Words, stems and pairs of both have the same, so that scoring can add their weights as they are stored.
const WORDS: f32 = 1.0;
const SKIPS: f32 = 1.2;
const CUES: f32 = 0.6;
const CUE_PAIRS: f32 = 0.5;
const SUMS: f32 = 0.5;
const SHAPES: f32 = 0.3;

/// One feature of a statement.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Feature {
    /// The column of the linear model that it stands in.
    pub column: Column,
    /// Value in this statement.
    pub value: f32,
    pub(crate) family: Family,
    pub(crate) a: u16,
    pub(crate) b: u16,
}

/// What the weights of a feature are found by. Every column has a stable key; a model that has laid out the
/// weights of its words beforehand needs none for those.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// A word.
    Word(WordId),
    /// The stem of a word, where negated apart from where not.
    Stem(WordId, bool),
    /// Anything else: its key.
    Key(u64),
}

/// What a feature is made of; part of its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(crate) enum Family {
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

/// A known word on the way through a statement, and the pair that it makes with the word before.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Step {
    /// Number of the token.
    at: usize,
    pub(crate) word: WordId,
    pub(crate) negated: bool,
    pub(crate) pair: Option<StepPair>,
}

/// Keys of a pair of words and of their stems.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StepPair {
    /// Number of the first token.
    first: usize,
    pub(crate) words: u64,
    pub(crate) stems: u64,
}

impl Family {
    #[inline]
    fn key(self, id: u64) -> u64 {
        key(self as u64, id)
    }

    #[inline]
    fn column(self, id: u64) -> Column {
        Column::Key(self.key(id))
    }
}

impl Feature {
    #[inline]
    fn new(family: Family, value: f32, column: Column, a: usize, b: usize) -> Self {
        Self { column, value, family, a: a.min(0xffff) as u16, b: b.min(0xffff) as u16 }
    }

    /// The family that the feature belongs to.
    #[must_use]
    pub fn family(&self) -> &'static str {
        FAMILIES.iter().find(|(family, _)| *family == self.family).map_or("", |(_, name)| name)
    }
}

/// Names of the features of form, in the order of their numbers.
pub(crate) const FORMS: [&str; 9] = [
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

impl Reading {
    /// The value of every feature that is made of words next to each other.
    #[inline]
    pub(crate) fn word_value(&self) -> f32 {
        WORDS / (self.words.len() as f32).max(1.0).sqrt()
    }
}

impl Extractor {
    /// Puts the features of a statement that was read, always in the same order, in the place of what `features` held.
    pub fn extract(&self, reading: &Reading, features: &mut Vec<Feature>) {
        features.clear();
        let mut found = |feature| features.push(feature);
        self.each_other(reading, &mut found);
        let value = reading.word_value();
        self.each_word(reading, |step| {
            let Step { at, word, negated, pair } = step;
            found(Feature::new(Family::Word, value, Column::Word(word), at, 0));
            found(Feature::new(Family::Stem, value, Column::Stem(word, negated), at, 0));
            if let Some(StepPair { first, words, stems }) = pair {
                found(Feature::new(Family::Pair, value, Column::Key(words), first, at));
                found(Feature::new(Family::StemPair, value, Column::Key(stems), first, at));
            }
        });
        if self.has_skips() {
            self.skip_features(reading, &mut found);
        }
    }

    /// Calls `found` for every feature that is not made of words.
    pub(crate) fn each_other(&self, reading: &Reading, found: &mut dyn FnMut(Feature)) {
        cue_features(reading, found);
        self.form_features(reading, found);
    }

    /// Calls `found` for every known word of a statement that was read.
    #[inline]
    pub(crate) fn each_word(&self, reading: &Reading, mut found: impl FnMut(Step)) {
        let mut before: Option<(usize, WordId, u64)> = None;
        for at in reading.words.iter().map(|at| usize::from(*at)) {
            let (Some(token), Some(negated)) = (reading.tokens.get(at), reading.scoped.negated.get(at))
            else {
                continue;
            };
            let (word, negated) = (token.word, *negated);
            if word == UNKNOWN {
                before = None;
                continue;
            }
            let stem = self.stem_or_not(word, negated);
            let pair = before.map(|(first, last, last_stem)| StepPair {
                first,
                words: Family::Pair.key(combine_hash(u64::from(last), u64::from(word))),
                stems: Family::StemPair.key(combine_hash(last_stem, stem)),
            });
            found(Step { at, word, negated, pair });
            before = Some((at, word, stem));
        }
    }

    /// The stable name of a column.
    #[inline]
    #[must_use]
    pub fn key(&self, column: Column) -> u64 {
        match column {
            Column::Word(word) => Family::Word.key(u64::from(word)),
            Column::Stem(word, negated) => Family::Stem.key(self.stem_or_not(word, negated)),
            Column::Key(key) => key,
        }
    }

    #[inline]
    fn stem_or_not(&self, word: WordId, negated: bool) -> u64 {
        self.stem(word) ^ if negated { u64::MAX } else { 0 }
    }

    fn form_features(&self, reading: &Reading, found: &mut dyn FnMut(Feature)) {
        let marks = self.marks();
        let (mut names, mut figures, mut unknown) = (0_u32, 0_u32, 0_u32);
        let (mut question, mut quote, mut exclamation, mut colon) = (false, false, false, false);
        for token in &reading.tokens {
            if token.shape.is_mark() {
                question |= token.word == marks.question;
                quote |= token.word == marks.quote;
                exclamation |= token.word == marks.exclamation;
                colon |= token.word == marks.colon;
            } else {
                names += u32::from(token.word == NAME);
                figures += u32::from(token.word == NUMBER || token.word == YEAR);
                unknown += u32::from(token.word == UNKNOWN);
            }
        }
        let ends =
            reading.tokens.iter().rev().find(|t| t.word != marks.quote).is_none_or(|t| t.word != marks.stop);
        let words = reading.words.len() as f32;
        let has = |mark: bool| f32::from(u8::from(mark));
        let forms = [
            (1.0 + words).ln() / 2.0,
            has(question),
            has(quote),
            (1.0 + names as f32).ln(),
            (1.0 + figures as f32).ln(),
            unknown as f32 / words.max(1.0),
            has(exclamation),
            has(ends),
            has(colon),
        ];
        for (number, value) in forms.into_iter().enumerate() {
            if value != 0.0 {
                let column = Family::Shape.column(number as u64);
                found(Feature::new(Family::Shape, SHAPES * value, column, number, 0));
            }
        }
        let length = (reading.words.len() as u64 / 6).min(8);
        let column = Family::Shape.column(100 + length);
        found(Feature::new(Family::Shape, SHAPES, column, 100, length as usize));
    }

    /// Calls `found` for every stem pair at a distance.
    pub(crate) fn skip_features(&self, reading: &Reading, found: &mut dyn FnMut(Feature)) {
        let words = &reading.words;
        let value = SKIPS / (3.0 * words.len() as f32).max(1.0).sqrt();
        let stem = |at: &u16| {
            let at = usize::from(*at);
            let (token, negated) = (reading.tokens.get(at)?, reading.scoped.negated.get(at)?);
            (token.word != UNKNOWN).then(|| (at, self.stem_or_not(token.word, *negated)))
        };
        for (number, first) in words.iter().enumerate() {
            let Some((first, stem_first)) = stem(first) else { continue };
            for (second, stem_second) in words.iter().skip(number + 2).take(SKIP - 1).filter_map(stem) {
                let column = Family::Skip.column(combine_hash(stem_first, stem_second));
                found(Feature::new(Family::Skip, value, column, first, second));
            }
        }
    }
}

fn cue_features(reading: &Reading, found: &mut dyn FnMut(Feature)) {
    let (cues, states) = (&reading.cues, &reading.scoped.states);
    for (number, value) in sums(cues, states).into_iter().enumerate() {
        if value != 0.0 {
            let column = Family::Sum.column(number as u64);
            found(Feature::new(Family::Sum, SUMS * value, column, number, 0));
        }
    }
    let mut before: Option<(usize, u64)> = None;
    for (number, (cue, state)) in cues.iter().zip(states).enumerate() {
        let kind = cue.kind as u64;
        let timeless = !matches!(cue.kind, CueKind::TimePast | CueKind::TimeNow | CueKind::TimeFuture);
        let id = combine_hash(u64::from(cue.entry), kind);
        found(Feature::new(Family::Cue, CUES, Family::Cue.column(id), number, 0));
        let code = state.code();
        if code != State::BARE && timeless {
            let column = Family::Cue.column(combine_hash(id, code + 1));
            found(Feature::new(Family::Cue, CUES, column, number, 1));
        }
        let bin = kind | (((cue.value * 2.0).round() as i64).saturating_add(8) as u64) << 8;
        let kinds = Family::CueKinds.column(combine_hash(bin, code));
        found(Feature::new(Family::CueKinds, CUES, kinds, number, 0));
        if let Some((other, other_bin)) = before {
            let pair = Family::CuePair.column(combine_hash(other_bin, combine_hash(bin, 1)));
            found(Feature::new(Family::CuePair, CUE_PAIRS, pair, other, number));
        }
        before = Some((number, combine_hash(bin, u64::from(state.negated))));
    }
}
