//! A statement as the feature extractor sees it.

use crate::feature::scope::Scoped;
use crate::lexicon::cue::{Cue, CueKind};
use crate::token::tokens::Token;

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
    pub(crate) words: Vec<u16>,
}

/// For every token the number of the cue that speaks for it: the most telling kind, else the first.
pub(crate) fn telling(tokens: usize, cues: &[Cue], telling: &mut Vec<Option<u16>>) {
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
