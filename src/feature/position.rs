//! [`Place`]: what stands where in a statement, for the weights of pairs that stand near each other.
//!
//! A layer reads the statement as a row of places: its words, or its cues alone. A place is
//! described by a few traits (the stem, the kind of cue, what reaches it), so that a rare word
//! still shares what is known of its kind. All that the traits depend on is two small numbers, the base
//! and the state, so that a model can add up the weights of the traits beforehand.

use detente_lang::combine_hash;

use crate::feature::analysis::Reading;
use crate::feature::extract::Extractor;
use crate::feature::key::key;
use crate::feature::scope::State;
use crate::lexicon::cue::{Cue, CueKind};
use crate::token::vocabulary::UNKNOWN;

/// Most traits of a place.
pub const TRAITS: usize = 3;

/// What the places of a row are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layer {
    /// The words that are known, with the cues that they belong to.
    Words,
    /// The cues in their order, whatever stands between them.
    Cues,
}

impl Layer {
    /// All layers, in order.
    pub const ALL: [Self; 2] = [Self::Words, Self::Cues];

    /// How many places further a pair may reach. Out-of-fold r of pairs of words alone on real
    /// statements (k = 8): .751 at 4, .756 at 8, .756 at 16; on left-out negotiations .530, .556, .556.
    #[must_use]
    pub fn window(self) -> usize {
        match self {
            Self::Words => 8,
            Self::Cues => 6,
        }
    }

    /// The family of features that the layer's pairs are.
    #[must_use]
    pub fn family(self) -> &'static str {
        match self {
            Self::Words => "words near each other",
            Self::Cues => "cues near each other",
        }
    }
}

/// A place: the numbers that its traits follow from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// A word and whether it is negated, or an entry of the lexicon.
    pub base: u32,
    /// What the cue at the place is like and what reaches it; `None` for a word that no cue speaks for.
    pub state: Option<u16>,
    /// Number of the token or cue.
    pub at: u32,
}

/// Families of traits; part of their keys.
#[derive(Clone, Copy)]
enum Trait {
    Stem = 32,
    Kind,
    State,
    Entry,
    Value,
    CueState,
}

impl Trait {
    fn key(self, id: u64) -> u64 {
        key(self as u64, id)
    }
}

impl Extractor {
    /// Puts the places of `layer` in a statement that was read in the place of what `places` held.
    pub fn places(&self, reading: &Reading, layer: Layer, places: &mut Vec<Place>) {
        places.clear();
        match layer {
            Layer::Words => words(reading, places),
            Layer::Cues => places.extend(reading.cues.iter().zip(&reading.scoped.states).enumerate().map(
                |(at, (cue, state))| Place {
                    base: cue.entry,
                    state: Some(number(cue, state)),
                    at: at as u32,
                },
            )),
        }
    }

    /// How many bases there are in a layer.
    #[must_use]
    pub fn bases(&self, layer: Layer) -> u32 {
        match layer {
            Layer::Words => 2 * self.tokenizer().vocabulary().len() as u32,
            Layer::Cues => self.finder().entries().len() as u32,
        }
    }

    /// The keys of the traits that follow from a base and a state; 0 where there are fewer.
    ///
    /// Which traits a state gives does not depend on the base, and the first trait that a base gives
    /// settles the others.
    #[must_use]
    pub fn traits(&self, layer: Layer, base: u32, state: Option<u16>) -> [u64; TRAITS] {
        let state = state.map(Known::from);
        match layer {
            Layer::Words => {
                let stem = self.stem(base / 2);
                let stem = Trait::Stem.key(if base % 2 == 1 { !stem } else { stem });
                match state {
                    Some(state) => [stem, state.kind(), Trait::State.key(state.id())],
                    None => [stem, Trait::Kind.key(0), 0],
                }
            }
            Layer::Cues => {
                let Some((kind, value)) = self.finder().entries().get(base as usize) else {
                    return [0; TRAITS];
                };
                let step = ((value * 2.0).round() as i64).saturating_add(8) as u64;
                [
                    Trait::Entry.key(combine_hash(u64::from(base), *kind as u64)),
                    Trait::Value.key(*kind as u64 | step << 8),
                    state.map_or(0, |state| Trait::CueState.key(state.id())),
                ]
            }
        }
    }
}

fn words(reading: &Reading, places: &mut Vec<Place>) {
    let rows = reading.tokens.iter().zip(&reading.telling).zip(&reading.scoped.negated);
    for (at, ((token, telling), negated)) in rows.enumerate() {
        if token.shape.is_mark() || (token.word == UNKNOWN && telling.is_none()) {
            continue;
        }
        let state = telling.and_then(|cue| {
            let cue = usize::from(cue);
            Some(number(reading.cues.get(cue)?, reading.scoped.states.get(cue)?))
        });
        places.push(Place { base: 2 * token.word + u32::from(*negated), state, at: at as u32 });
    }
}

/// What is known of a cue as a trait: its kind, the step of its value, and the code of what reaches it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Known {
    kind: u16,
    step: u16,
    code: u16,
}

/// Steps of a value: outlook and stance in four from firmly bad to firmly good, then the others, bad and good.
const STEPS: u16 = 6;
/// The step of other cues with a value above 0; the one below is of those without.
const GOOD: u16 = 5;

/// How many states there are, in any layer.
pub(crate) const STATES: u16 = CueKind::ALL.len() as u16 * STEPS * State::CODES;

/// The number of a cue and its state.
fn number(cue: &Cue, state: &State) -> u16 {
    let value = cue.value;
    let step = match cue.kind {
        CueKind::Outlook | CueKind::Speech => {
            u16::from(value > -1.2) + u16::from(value > 0.0) + u16::from(value > 1.2)
        }
        _ => GOOD - u16::from(value <= 0.0),
    };
    (cue.kind as u16 * STEPS + step) * State::CODES + state.code() as u16
}

impl From<u16> for Known {
    fn from(number: u16) -> Self {
        let class = number / State::CODES;
        Self { kind: class / STEPS, step: class % STEPS, code: number % State::CODES }
    }
}

impl Known {
    /// Key of the trait of its kind.
    fn kind(self) -> u64 {
        let step = if self.step < GOOD - 1 { u64::from(self.step) + 1 } else { 0 };
        Trait::Kind.key(1 + u64::from(self.kind) + (step << 8))
    }

    /// Kind, sign and what reaches it, as they stand in the keys of traits.
    fn id(self) -> u64 {
        let is_good = matches!(self.step, 2 | 3 | GOOD);
        u64::from(self.kind) | u64::from(is_good) << 8 | u64::from(self.code) << 9
    }
}
