//! [`Position`]: a word or cue of a statement, for the weights of pairs near each other.
//!
//! A layer represents the statement as a sequence of positions: its known words, or its cues alone. A
//! position is described by a few traits (the stem, the kind of cue, its scope), so that a rare word shares
//! the weights of its class. All traits follow from two small numbers, the base and the state, so that a
//! model can sum the weights of the traits beforehand.

use detente_lang::combine_hash;

use crate::event::features::trait_ids;
use crate::feature::analysis::Analysis;
use crate::feature::extract::Extractor;
use crate::feature::key::key;
use crate::feature::scope::CueScope;
use crate::lexicon::cue::{Cue, CueKind};
use crate::token::vocabulary::UNKNOWN;

/// Most traits of a position.
pub const MAX_TRAITS: usize = 5;

/// Position in a layer's sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// Twice the word id, plus 1 if negated; or the number of a lexicon entry.
    pub base: u32,
    /// Kind, value step and scope of the cue at the position; `None` for a word outside all cues.
    pub state: Option<u16>,
    /// Code of the event at the position; 0 is none.
    pub event: u16,
    /// Index of the token or cue.
    pub(crate) at: u32,
}

/// What the positions of a sequence are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layer {
    /// Known words, with the cues that cover them.
    Words,
    /// Cues, with any distance between them.
    Cues,
}

impl Layer {
    /// All layers, in order.
    pub const ALL: [Self; 2] = [Self::Words, Self::Cues];

    /// Returns how many positions apart a pair may be. Out-of-fold r of word pairs alone on real statements
    /// (8 factors): .751 at 4, .756 at 8, .756 at 16; on held-out negotiations .530, .556, .556.
    #[must_use]
    pub fn window(self) -> usize {
        match self {
            Self::Words => 8,
            Self::Cues => 6,
        }
    }

    /// Returns the feature family of the layer's pairs.
    #[must_use]
    pub fn family(self) -> &'static str {
        match self {
            Self::Words => "words near each other",
            Self::Cues => "cues near each other",
        }
    }
}

/// Families of traits; part of their keys.
#[derive(Clone, Copy)]
enum Trait {
    Stem = 32,
    Kind,
    Scope,
    Entry,
    Value,
    CueScope,
    Event,
}

impl Trait {
    fn key(self, id: u64) -> u64 {
        key(self as u64, id)
    }
}

impl Extractor {
    /// Fills `positions` with those of an analysed statement in `layer`.
    pub fn positions(&self, analysis: &Analysis, layer: Layer, positions: &mut Vec<Position>) {
        positions.clear();
        match layer {
            Layer::Words => add_words(analysis, positions),
            Layer::Cues => {
                let cues = analysis.cues.iter().zip(&analysis.scopes.scopes).enumerate();
                positions.extend(cues.map(|(at, (cue, scope))| Position {
                    base: cue.entry,
                    state: Some(cue_state(cue, scope)),
                    event: 0,
                    at: at as u32,
                }));
            }
        }
    }

    /// Returns the number of bases in a layer.
    #[must_use]
    pub(crate) fn base_count(&self, layer: Layer) -> u32 {
        match layer {
            Layer::Words => 2 * self.tokenizer().vocabulary().len() as u32,
            Layer::Cues => self.matcher().entries().len() as u32,
        }
    }

    /// Returns the keys of the traits of a base and a state, padded with 0.
    ///
    /// The traits of a state do not depend on the base, and the first trait of a base determines its others.
    #[must_use]
    pub fn trait_keys(&self, layer: Layer, base: u32, state: Option<u16>, event: u16) -> [u64; MAX_TRAITS] {
        let [of_class, of_value] = event_keys(event);
        let cue = state.map(CueTraits::from);
        match layer {
            Layer::Words => {
                let stem = self.stem_hash(base / 2);
                let stem = Trait::Stem.key(if base % 2 == 1 { !stem } else { stem });
                match cue {
                    Some(cue) => [stem, cue.kind_key(), Trait::Scope.key(cue.id()), of_class, of_value],
                    None => [stem, Trait::Kind.key(0), 0, of_class, of_value],
                }
            }
            Layer::Cues => {
                let Some((kind, value)) = self.matcher().entries().get(base as usize) else {
                    return [0; MAX_TRAITS];
                };
                let step = ((value * 2.0).round() as i64).saturating_add(8) as u64;
                [
                    Trait::Entry.key(combine_hash(u64::from(base), *kind as u64)),
                    Trait::Value.key(*kind as u64 | step << 8),
                    cue.map_or(0, |cue| Trait::CueScope.key(cue.id())),
                    0,
                    0,
                ]
            }
        }
    }
}

/// Returns the keys of the traits of an event code, 0 for none.
pub(crate) fn event_keys(event: u16) -> [u64; 2] {
    trait_ids(event).map(|id| if id == 0 { 0 } else { Trait::Event.key(id) })
}

/// Adds the positions of known words and of words in cues.
fn add_words(analysis: &Analysis, positions: &mut Vec<Position>) {
    let tokens = analysis.tokens.iter().zip(&analysis.cue_of_token).zip(&analysis.scopes.negated);
    for (at, (((token, cue), negated), event)) in tokens.zip(&analysis.event_codes).enumerate() {
        if token.shape.is_punctuation() || (token.word == UNKNOWN && cue.is_none()) {
            continue;
        }
        let state = cue.and_then(|cue| {
            let cue = usize::from(cue);
            Some(cue_state(analysis.cues.get(cue)?, analysis.scopes.scopes.get(cue)?))
        });
        let base = 2 * token.word + u32::from(*negated);
        positions.push(Position { base, state, event: *event, at: at as u32 });
    }
}

/// Kind, value step and scope code of a cue, as a state encodes them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct CueTraits {
    kind: u16,
    step: u16,
    code: u16,
}

/// Steps of a value: four for outlook and stance, from firmly bad to firmly good, then bad and good for
/// other kinds.
const VALUE_STEPS: u16 = 6;
/// Step of other kinds with a positive value; the step before it is for the rest.
const POSITIVE_STEP: u16 = 5;

/// Number of states in each layer.
pub(crate) const STATES: u16 = CueKind::ALL.len() as u16 * VALUE_STEPS * CueScope::CODES;

/// Encodes a cue and its scope as a state.
fn cue_state(cue: &Cue, scope: &CueScope) -> u16 {
    let value = cue.value;
    let step = match cue.kind {
        CueKind::Outlook | CueKind::Speech => {
            u16::from(value > -1.2) + u16::from(value > 0.0) + u16::from(value > 1.2)
        }
        _ => POSITIVE_STEP - u16::from(value <= 0.0),
    };
    (cue.kind as u16 * VALUE_STEPS + step) * CueScope::CODES + scope.code() as u16
}

impl From<u16> for CueTraits {
    fn from(state: u16) -> Self {
        let class = state / CueScope::CODES;
        Self { kind: class / VALUE_STEPS, step: class % VALUE_STEPS, code: state % CueScope::CODES }
    }
}

impl CueTraits {
    /// Returns the key of the trait for kind and value.
    fn kind_key(self) -> u64 {
        let step = if self.step < POSITIVE_STEP - 1 { u64::from(self.step) + 1 } else { 0 };
        Trait::Kind.key(1 + u64::from(self.kind) + (step << 8))
    }

    /// Returns kind, sign and scope as part of a trait's key.
    fn id(self) -> u64 {
        let is_positive = matches!(self.step, 2 | 3 | POSITIVE_STEP);
        u64::from(self.kind) | u64::from(is_positive) << 8 | u64::from(self.code) << 9
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_encodes_kind_value_and_scope() {
        let scope = CueScope { negated: true, hedge: 1.0, ..CueScope::default() };
        for (kind, value, step) in [
            (CueKind::Outlook, -2.0, 0),
            (CueKind::Outlook, -1.0, 1),
            (CueKind::Speech, 1.0, 2),
            (CueKind::Outlook, 2.0, 3),
            (CueKind::BadThing, -1.0, 4),
            (CueKind::TimeFuture, 1.0, 5),
        ] {
            let state = cue_state(&Cue { kind, value, entry: 0, first: 0, last: 0 }, &scope);
            assert!(state < STATES);
            let expected = CueTraits { kind: kind as u16, step, code: scope.code() as u16 };
            assert_eq!(CueTraits::from(state), expected);
        }
    }
}
