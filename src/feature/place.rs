//! [`Place`]: what stands where in a statement, for the weights of pairs that stand near each other.
//!
//! A layer reads the statement as a row of places: its words, or its cues alone. A place is
//! described by a few traits (the stem, the kind of cue, what reaches it), so that a rare word
//! still shares what is known of its kind.

use super::extract::{Extractor, Reading};
use super::scope::State;
use crate::lexicon::{Cue, CueKind};
use crate::token::{UNKNOWN, combine};

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

/// A place and its traits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Keys of the traits; 0 where there are fewer.
    pub traits: [u64; TRAITS],
    /// Number of the token or cue.
    pub at: usize,
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
        combine(combine(0x6465_7465_6e74_6531, self as u64), id)
    }
}

impl Extractor {
    /// Puts the places of `layer` in a statement that was read in the place of what `places` held.
    pub fn places(&self, reading: &Reading, layer: Layer, places: &mut Vec<Place>) {
        places.clear();
        match layer {
            Layer::Words => places.extend(self.words(reading)),
            Layer::Cues => places.extend(cues(reading)),
        }
    }

    fn words(&self, reading: &Reading) -> impl Iterator<Item = Place> {
        let rows = reading.tokens.iter().zip(&reading.telling).zip(&reading.scoped.negated).enumerate();
        rows.filter(|(_, ((token, telling), _))| {
            !token.shape.is_mark() && (token.word != UNKNOWN || telling.is_some())
        })
        .map(|(at, ((token, telling), negated))| {
            let stem = self.stem(token.word);
            let stem = Trait::Stem.key(if *negated { !stem } else { stem });
            let cue = telling.and_then(|number| {
                let number = usize::from(number);
                Some((reading.cues.get(number)?, reading.scoped.states.get(number)?))
            });
            let traits = match cue {
                Some((cue, state)) => [stem, kind(cue), Trait::State.key(sign_and_state(cue, state))],
                None => [stem, Trait::Kind.key(0), 0],
            };
            Place { traits, at }
        })
    }
}

/// For every token the number of the cue that speaks for it: the most telling kind, else the first.
pub(super) fn telling(tokens: usize, cues: &[Cue], telling: &mut Vec<Option<u16>>) {
    telling.clear();
    telling.resize(tokens, None);
    for (number, cue) in cues.iter().enumerate().take(usize::from(u16::MAX)) {
        for slot in telling.iter_mut().take(cue.last + 1).skip(cue.first) {
            let before = slot.and_then(|number| cues.get(usize::from(number)));
            if before.is_none_or(|before| rank(before.kind) < rank(cue.kind)) {
                *slot = Some(number as u16);
            }
        }
    }
}

fn rank(kind: CueKind) -> u8 {
    match kind {
        CueKind::Outlook => 4,
        CueKind::Delay | CueKind::Negator | CueKind::Hedge => 3,
        CueKind::GoodThing | CueKind::BadThing | CueKind::Up | CueKind::Down => 2,
        CueKind::Booster | CueKind::Contrast | CueKind::Speech => 1,
        CueKind::TimePast | CueKind::TimeNow | CueKind::TimeFuture => 0,
    }
}

/// Kind of a cue; outlook and stance in four steps from firmly bad to firmly good.
fn kind(cue: &Cue) -> u64 {
    let step = match cue.kind {
        CueKind::Outlook | CueKind::Speech => {
            1 + u64::from(cue.value > -1.2) + u64::from(cue.value > 0.0) + u64::from(cue.value > 1.2)
        }
        _ => 0,
    };
    Trait::Kind.key(1 + cue.kind as u64 + (step << 8))
}

fn sign_and_state(cue: &Cue, state: &State) -> u64 {
    cue.kind as u64 | u64::from(cue.value > 0.0) << 8 | state.code() << 9
}

fn cues(reading: &Reading) -> impl Iterator<Item = Place> {
    reading.cues.iter().zip(&reading.scoped.states).enumerate().map(|(at, (cue, state))| {
        let kind = cue.kind as u64;
        let step = ((cue.value * 2.0).round() as i64 + 8) as u64;
        let traits = [
            Trait::Entry.key(combine(u64::from(cue.entry), kind)),
            Trait::Value.key(kind | step << 8),
            Trait::CueState.key(sign_and_state(cue, state)),
        ];
        Place { traits, at }
    })
}
