//! Sums over the cues of a statement: the lexicon's own judgement, in a few numbers.

use crate::feature::scope::State;
use crate::lexicon::cue::{Cue, CueKind};

/// Names of the sums, in the order of [`sums`].
pub(crate) const NAMES: [&str; 26] = [
    "lexicon sum",
    "positive cues",
    "negative cues",
    "first outlook cue",
    "last outlook cue",
    "strongest outlook cue",
    "weakest outlook cue",
    "negated outlook",
    "hedged outlook",
    "conceded outlook",
    "main clause",
    "change of things",
    "bare things",
    "delay",
    "speech stance",
    "hedge strength",
    "number of hedges",
    "number of boosters",
    "number of negators",
    "number of contrasts",
    "number of outlook cues",
    "number of good things",
    "number of bad things",
    "past frame",
    "now frame",
    "future frame",
];

/// Weight of a thing that a change verb governs, on the outlook scale.
const GOVERNED: f32 = 1.5;
/// Weight of a thing by itself, on the outlook scale.
const BARE: f32 = 0.2;

/// Adds what a cue says to the overall sums.
fn add(s: &mut [f32; NAMES.len()], conceded: bool, amount: f32) {
    s[0] += amount;
    s[if amount > 0.0 { 1 } else { 2 }] += amount;
    if !conceded {
        s[10] += amount;
    }
}

/// The sums over `cues`, on scales of about -1..+1 each.
pub(crate) fn sums(cues: &[Cue], states: &[State]) -> [f32; NAMES.len()] {
    let mut s = [0.0_f32; NAMES.len()];
    let mut first = None;
    let mut hedge = 1.0_f32;
    for (cue, state) in cues.iter().zip(states) {
        let value = cue.value * state.factor();
        let conceded = state.conceded;
        match cue.kind {
            CueKind::Outlook => {
                add(&mut s, conceded, value);
                first.get_or_insert(value);
                s[4] = value;
                s[5] = s[5].max(value);
                s[6] = s[6].min(value);
                s[7] += if state.negated { cue.value } else { 0.0 };
                s[8] += if state.hedge < 0.85 { cue.value } else { 0.0 };
                s[9] += if state.conceded { cue.value } else { 0.0 };
                s[20] += 1.0;
            }
            CueKind::GoodThing | CueKind::BadThing => {
                if !state.covered {
                    if state.change == 0 {
                        s[12] += cue.value;
                        add(&mut s, conceded, BARE * value);
                    } else {
                        let changed = f32::from(state.change) * value * GOVERNED;
                        s[11] += changed;
                        add(&mut s, conceded, changed);
                    }
                }
                s[if cue.kind == CueKind::GoodThing { 21 } else { 22 }] += 1.0;
            }
            CueKind::Delay => {
                s[13] += value;
                if !state.covered {
                    add(&mut s, conceded, value);
                }
            }
            CueKind::Speech => {
                s[14] += cue.value;
                add(&mut s, conceded, 0.5 * cue.value);
            }
            CueKind::Hedge => {
                hedge = (hedge * cue.value).max(0.1);
                s[16] += 1.0;
            }
            CueKind::Booster => s[17] += 1.0,
            CueKind::Negator => s[18] += 1.0,
            CueKind::Contrast => s[19] += 1.0,
            CueKind::TimePast => s[23] = 1.0,
            CueKind::TimeNow => s[24] = 1.0,
            CueKind::TimeFuture => s[25] = 1.0,
            CueKind::Up | CueKind::Down => {}
        }
    }
    s[3] = first.unwrap_or(0.0);
    s[15] = 1.0 - hedge;
    for (i, sum) in s.iter_mut().enumerate() {
        *sum = match i {
            15 | 23.. => *sum,
            _ if *sum == 0.0 => 0.0,
            16..=22 => (1.0 + *sum).ln(),
            _ => (*sum / 3.0).tanh() * 1.5,
        };
    }
    s
}
