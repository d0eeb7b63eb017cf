//! [`Feature`]: the features of an analysed statement and the columns of the linear model that they belong
//! to.

use detente_lang::combine_hash;

use crate::event::features::{Part, composed_values, for_each_event_column};
use crate::feature::analysis::Analysis;
use crate::feature::cue_sums::cue_sums;
use crate::feature::extract::Extractor;
use crate::feature::key::key;
use crate::feature::scope::CueScope;
use crate::lexicon::cue::CueKind;
use crate::token::tokens::WordId;
use crate::token::vocabulary::{NAME, NUMBER, UNKNOWN, YEAR};

/// Largest distance between the stems of a skip pair, in words.
const MAX_SKIP: usize = 4;

/// Scale of each family's values. The squared values of a family of word patterns add up to the square of
/// its scale. Found by `detente train` on out-of-fold figures. Words, stems and their pairs have the same
/// scale, so that scoring can sum their quantised weights.
const WORD_SCALE: f32 = 1.0;
const SKIP_SCALE: f32 = 1.2;
const CUE_SCALE: f32 = 0.6;
const CUE_PAIR_SCALE: f32 = 0.5;
const SUM_SCALE: f32 = 0.5;
const FORM_SCALE: f32 = 0.3;
const EVENT_SCALE: f32 = 0.6;
const EVENT_VALUE_SCALE: f32 = 1.0;

/// Words in a bin of the statement length.
pub(crate) const LENGTH_BIN: usize = 6;
/// Last bin of the statement length, open-ended.
const LAST_LENGTH_BIN: usize = 8;
/// Number of the first length bin among the form features.
pub(crate) const LENGTH_BINS_FROM: usize = 100;

/// Names of the form features, in the order of their numbers.
pub(crate) const FORM_NAMES: [&str; 9] = [
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

/// One feature of a statement.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Feature {
    /// Column of the linear model.
    pub column: Column,
    /// Value in this statement.
    pub value: f32,
    pub(crate) family: Family,
    /// Numbers of the tokens, cues or sums that it consists of, for descriptions.
    pub(crate) a: u16,
    pub(crate) b: u16,
}

/// Column of the linear model. Every column has a stable key; the weights of words and stems are also found
/// by word id, without the key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// A word.
    Word(WordId),
    /// The stem of a word, and whether it is negated.
    Stem(WordId, bool),
    /// Any other column, by its key.
    Key(u64),
}

/// Family of a feature; part of its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(crate) enum Family {
    Sum,
    Form,
    Cue,
    CueKinds,
    CuePair,
    Word,
    Pair,
    Stem,
    StemPair,
    Skip,
    EventValue,
    Event,
}

impl Family {
    /// Returns the name in the model card and in explanations.
    fn as_str(self) -> &'static str {
        match self {
            Self::Sum => "cue sums",
            Self::Form => "form of the statement",
            Self::Cue => "cues with their state",
            Self::CueKinds => "kinds of cues with their state",
            Self::CuePair => "neighbouring cues",
            Self::Word => "words",
            Self::Pair => "word pairs",
            Self::Stem => "stems, negation marked",
            Self::StemPair => "stem pairs, negation marked",
            Self::Skip => "stem pairs at a distance",
            Self::EventValue => "composed values",
            Self::Event => "events",
        }
    }

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

    /// Returns the name of the feature's family.
    #[must_use]
    pub fn family(&self) -> &'static str {
        self.family.as_str()
    }
}

/// Known word of a statement, and the pair that it forms with the word before it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WordStep {
    /// Index of the token.
    at: usize,
    pub(crate) word: WordId,
    pub(crate) negated: bool,
    pub(crate) pair: Option<PairKeys>,
}

/// Keys of a pair of words and of their stems.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PairKeys {
    /// Index of the first token.
    first: usize,
    pub(crate) words: u64,
    pub(crate) stems: u64,
}

impl Analysis {
    /// Returns the value of every word, stem and adjacent pair of the statement.
    #[inline]
    pub(crate) fn word_value(&self) -> f32 {
        WORD_SCALE / (self.words.len() as f32).max(1.0).sqrt()
    }
}

impl Extractor {
    /// Fills `features` with those of an analysed statement, always in the same order.
    pub fn extract(&self, analysis: &Analysis, features: &mut Vec<Feature>) {
        features.clear();
        let mut found = |feature| features.push(feature);
        self.for_each_cue_and_form(analysis, &mut found);
        let value = analysis.word_value();
        self.for_each_word(analysis, |step| {
            let WordStep { at, word, negated, pair } = step;
            found(Feature::new(Family::Word, value, Column::Word(word), at, 0));
            found(Feature::new(Family::Stem, value, Column::Stem(word, negated), at, 0));
            if let Some(PairKeys { first, words, stems }) = pair {
                found(Feature::new(Family::Pair, value, Column::Key(words), first, at));
                found(Feature::new(Family::StemPair, value, Column::Key(stems), first, at));
            }
        });
        if self.has_skips() {
            self.for_each_skip(analysis, &mut found);
        }
    }

    /// Calls `found` for every feature of cues and of form.
    pub(crate) fn for_each_cue_and_form(&self, analysis: &Analysis, found: &mut dyn FnMut(Feature)) {
        for_each_cue(analysis, found);
        self.for_each_form(analysis, found);
        if self.has_events() {
            for_each_event(analysis, found);
        }
    }

    /// Calls `found` for every known word of an analysed statement.
    #[inline]
    pub(crate) fn for_each_word(&self, analysis: &Analysis, mut found: impl FnMut(WordStep)) {
        let mut previous: Option<(usize, WordId, u64)> = None;
        for at in analysis.words.iter().map(|at| usize::from(*at)) {
            let (Some(token), Some(negated)) = (analysis.tokens.get(at), analysis.scopes.negated.get(at))
            else {
                continue;
            };
            let (word, negated) = (token.word, *negated);
            if word == UNKNOWN {
                previous = None;
                continue;
            }
            let stem = self.stem_id(word, negated);
            let pair = previous.map(|(first, previous_word, previous_stem)| PairKeys {
                first,
                words: Family::Pair.key(combine_hash(u64::from(previous_word), u64::from(word))),
                stems: Family::StemPair.key(combine_hash(previous_stem, stem)),
            });
            found(WordStep { at, word, negated, pair });
            previous = Some((at, word, stem));
        }
    }

    /// Calls `found` for every stem pair at a distance.
    pub(crate) fn for_each_skip(&self, analysis: &Analysis, found: &mut dyn FnMut(Feature)) {
        let words = &analysis.words;
        let value = SKIP_SCALE / (3.0 * words.len() as f32).max(1.0).sqrt();
        let stem = |at: &u16| {
            let at = usize::from(*at);
            let (token, negated) = (analysis.tokens.get(at)?, analysis.scopes.negated.get(at)?);
            (token.word != UNKNOWN).then(|| (at, self.stem_id(token.word, *negated)))
        };
        for (number, first) in words.iter().enumerate() {
            let Some((first, stem_first)) = stem(first) else { continue };
            for (second, stem_second) in words.iter().skip(number + 2).take(MAX_SKIP - 1).filter_map(stem) {
                let column = Family::Skip.column(combine_hash(stem_first, stem_second));
                found(Feature::new(Family::Skip, value, column, first, second));
            }
        }
    }

    /// Returns the stable key of a column.
    #[inline]
    #[must_use]
    pub fn key(&self, column: Column) -> u64 {
        match column {
            Column::Word(word) => Family::Word.key(u64::from(word)),
            Column::Stem(word, negated) => Family::Stem.key(self.stem_id(word, negated)),
            Column::Key(key) => key,
        }
    }

    /// Returns the id of a stem or of its negation.
    #[inline]
    fn stem_id(&self, word: WordId, negated: bool) -> u64 {
        self.stem_hash(word) ^ if negated { u64::MAX } else { 0 }
    }

    /// Calls `found` for every feature of form: length, punctuation, names, figures.
    fn for_each_form(&self, analysis: &Analysis, found: &mut dyn FnMut(Feature)) {
        let ids = self.punctuation();
        let (mut names, mut figures, mut unknown) = (0_u32, 0_u32, 0_u32);
        let (mut question, mut quotation, mut exclamation, mut colon) = (false, false, false, false);
        for token in &analysis.tokens {
            if token.shape.is_punctuation() {
                question |= token.word == ids.question_mark;
                quotation |= token.word == ids.quotation_mark;
                exclamation |= token.word == ids.exclamation_mark;
                colon |= token.word == ids.colon;
            } else {
                names += u32::from(token.word == NAME);
                figures += u32::from(token.word == NUMBER || token.word == YEAR);
                unknown += u32::from(token.word == UNKNOWN);
            }
        }
        let last = analysis.tokens.iter().rev().find(|token| token.word != ids.quotation_mark);
        let ends_without_full_stop = last.is_none_or(|token| token.word != ids.full_stop);
        let words = analysis.words.len() as f32;
        let indicator = |condition: bool| f32::from(u8::from(condition));
        let forms = [
            (1.0 + words).ln() / 2.0,
            indicator(question),
            indicator(quotation),
            (1.0 + names as f32).ln(),
            (1.0 + figures as f32).ln(),
            unknown as f32 / words.max(1.0),
            indicator(exclamation),
            indicator(ends_without_full_stop),
            indicator(colon),
        ];
        for (number, value) in forms.into_iter().enumerate() {
            if value != 0.0 {
                let column = Family::Form.column(number as u64);
                found(Feature::new(Family::Form, FORM_SCALE * value, column, number, 0));
            }
        }
        let bin = (analysis.words.len() / LENGTH_BIN).min(LAST_LENGTH_BIN);
        let column = Family::Form.column((LENGTH_BINS_FROM + bin) as u64);
        found(Feature::new(Family::Form, FORM_SCALE, column, LENGTH_BINS_FROM, bin));
    }
}

/// Calls `found` for the composed values and every column of an event.
fn for_each_event(analysis: &Analysis, found: &mut dyn FnMut(Feature)) {
    for (number, value) in composed_values(&analysis.events).into_iter().enumerate() {
        if value != 0.0 {
            let column = Family::EventValue.column(number as u64);
            found(Feature::new(Family::EventValue, EVENT_VALUE_SCALE * value, column, number, 0));
        }
    }
    for_each_event_column(&analysis.events, &mut |part: Part, unit, id| {
        found(Feature::new(Family::Event, EVENT_SCALE, Family::Event.column(id), unit, part as usize));
    });
}

/// Calls `found` for every feature of cues: their sums, each cue with and without its scope, its kind, and
/// pairs of neighbours.
fn for_each_cue(analysis: &Analysis, found: &mut dyn FnMut(Feature)) {
    let (cues, scopes) = (&analysis.cues, &analysis.scopes.scopes);
    for (number, value) in cue_sums(cues, scopes).into_iter().enumerate() {
        if value != 0.0 {
            let column = Family::Sum.column(number as u64);
            found(Feature::new(Family::Sum, SUM_SCALE * value, column, number, 0));
        }
    }
    let mut previous: Option<(usize, u64)> = None;
    for (number, (cue, scope)) in cues.iter().zip(scopes).enumerate() {
        let kind = cue.kind as u64;
        let is_time = matches!(cue.kind, CueKind::TimePast | CueKind::TimeNow | CueKind::TimeFuture);
        let id = combine_hash(u64::from(cue.entry), kind);
        found(Feature::new(Family::Cue, CUE_SCALE, Family::Cue.column(id), number, 0));
        let code = scope.code();
        if code != CueScope::UNAFFECTED && !is_time {
            let column = Family::Cue.column(combine_hash(id, code + 1));
            found(Feature::new(Family::Cue, CUE_SCALE, column, number, 1));
        }
        let kind_and_value = kind | (((cue.value * 2.0).round() as i64).saturating_add(8) as u64) << 8;
        let kinds = Family::CueKinds.column(combine_hash(kind_and_value, code));
        found(Feature::new(Family::CueKinds, CUE_SCALE, kinds, number, 0));
        if let Some((other, other_id)) = previous {
            let pair = Family::CuePair.column(combine_hash(other_id, combine_hash(kind_and_value, 1)));
            found(Feature::new(Family::CuePair, CUE_PAIR_SCALE, pair, other, number));
        }
        previous = Some((number, combine_hash(kind_and_value, u64::from(scope.negated))));
    }
}
