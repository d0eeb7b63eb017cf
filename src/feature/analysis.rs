//! [`Analysis`]: tokens, cues and scopes of one statement.

use crate::event::finder::Events;
use crate::feature::scope::CueScopes;
use crate::lexicon::cue::{Cue, CueKind};
use crate::model::composition::ComposedValue;
use crate::token::tokens::Token;

/// Tokens, cues and scopes of one statement; reused from statement to statement.
#[derive(Clone, Debug, Default)]
pub struct Analysis {
    /// Tokens, names masked.
    pub tokens: Vec<Token>,
    /// Cues in text order.
    pub cues: Vec<Cue>,
    /// Scopes of the cues.
    pub(crate) scopes: CueScopes,
    /// For each token, the index of the highest-priority cue that covers it, if any.
    pub(crate) cue_of_token: Vec<Option<u16>>,
    /// Events; empty for a model without event features.
    pub(crate) events: Events,
    /// For each token, the code of the event that starts or ends there; see
    /// [`trait_codes`](crate::event::features::trait_codes).
    pub(crate) event_codes: Vec<u16>,
    /// Indices of the tokens that are words.
    pub(crate) words: Vec<u16>,
}

impl Analysis {
    /// Returns what the events compose.
    #[must_use]
    pub fn composed(&self) -> ComposedValue {
        ComposedValue {
            value: f64::from(self.events.value),
            coverage: f64::from(self.events.coverage),
            words: f64::from(self.events.words),
        }
    }
}

/// Fills `cue_of_token` for `tokens` tokens; of cues with equal priority, the first wins.
pub(crate) fn assign_cues(tokens: usize, cues: &[Cue], cue_of_token: &mut Vec<Option<u16>>) {
    cue_of_token.clear();
    cue_of_token.resize(tokens, None);
    for (number, cue) in cues.iter().enumerate().take(usize::from(u16::MAX)) {
        for slot in cue_of_token.iter_mut().take(cue.last + 1).skip(cue.first) {
            let current = slot.and_then(|number| cues.get(usize::from(number)));
            if current.is_none_or(|current| priority(current.kind) < priority(cue.kind)) {
                *slot = Some(number as u16);
            }
        }
    }
}

fn priority(kind: CueKind) -> u8 {
    match kind {
        CueKind::Outlook => 4,
        CueKind::Delay | CueKind::Negator | CueKind::Hedge => 3,
        CueKind::GoodThing | CueKind::BadThing | CueKind::Up | CueKind::Down => 2,
        CueKind::Booster | CueKind::Contrast | CueKind::Speech => 1,
        CueKind::TimePast | CueKind::TimeNow | CueKind::TimeFuture => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlapping_cues_are_resolved_by_priority() {
        let cue = |kind, first, last| Cue { kind, value: 1.0, entry: 0, first, last };
        let cues = [cue(CueKind::Speech, 0, 1), cue(CueKind::Outlook, 1, 2), cue(CueKind::Hedge, 2, 2)];
        let mut cue_of_token = Vec::new();
        assign_cues(4, &cues, &mut cue_of_token);
        assert_eq!(cue_of_token, [Some(0), Some(1), Some(1), None]);
    }
}
