//! Sums over the cues of a statement: the lexicon's own score and its components.

use crate::feature::scope::{CueScope, HEDGED_BELOW, MIN_HEDGE};
use crate::lexicon::cue::{Cue, CueKind};

/// Names of the sums, in the order of [`cue_sums`].
pub(crate) const SUM_NAMES: [&str; 26] = [
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
const GOVERNED_THING: f32 = 1.5;
/// Weight of a thing without a change verb, on the outlook scale.
const BARE_THING: f32 = 0.2;
/// Weight of a speech verb's stance, on the outlook scale.
const SPEECH_STANCE: f32 = 0.5;

/// Returns the sums over `cues`, each on a scale of about -1..+1.
pub(crate) fn cue_sums(cues: &[Cue], scopes: &[CueScope]) -> [f32; SUM_NAMES.len()] {
    let mut s = [0.0_f32; SUM_NAMES.len()];
    let mut first = None;
    let mut hedge = 1.0_f32;
    for (cue, scope) in cues.iter().zip(scopes) {
        let value = cue.value * scope.factor();
        let conceded = scope.in_concession;
        match cue.kind {
            CueKind::Outlook => {
                add_to_overall(&mut s, conceded, value);
                first.get_or_insert(value);
                s[4] = value;
                s[5] = s[5].max(value);
                s[6] = s[6].min(value);
                s[7] += if scope.negated { cue.value } else { 0.0 };
                s[8] += if scope.hedge < HEDGED_BELOW { cue.value } else { 0.0 };
                s[9] += if scope.in_concession { cue.value } else { 0.0 };
                s[20] += 1.0;
            }
            CueKind::GoodThing | CueKind::BadThing => {
                if !scope.inside_outlook_cue {
                    if scope.change == 0 {
                        s[12] += cue.value;
                        add_to_overall(&mut s, conceded, BARE_THING * value);
                    } else {
                        let changed = f32::from(scope.change) * value * GOVERNED_THING;
                        s[11] += changed;
                        add_to_overall(&mut s, conceded, changed);
                    }
                }
                s[if cue.kind == CueKind::GoodThing { 21 } else { 22 }] += 1.0;
            }
            CueKind::Delay => {
                s[13] += value;
                if !scope.inside_outlook_cue {
                    add_to_overall(&mut s, conceded, value);
                }
            }
            CueKind::Speech => {
                s[14] += cue.value;
                add_to_overall(&mut s, conceded, SPEECH_STANCE * cue.value);
            }
            CueKind::Hedge => {
                hedge = (hedge * cue.value).max(MIN_HEDGE);
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

/// Adds the contribution of a cue to the lexicon sum, to its sign's sum and, unless conceded, to the main
/// clause's.
fn add_to_overall(s: &mut [f32; SUM_NAMES.len()], conceded: bool, amount: f32) {
    s[0] += amount;
    s[if amount > 0.0 { 1 } else { 2 }] += amount;
    if !conceded {
        s[10] += amount;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_count_more_under_a_change_verb() {
        let cues = [Cue { kind: CueKind::BadThing, value: -1.0, entry: 0, first: 0, last: 0 }];
        let scope = CueScope { hedge: 1.0, boost: 1.0, ..CueScope::default() };
        let lexicon_sum = |scope| cue_sums(&cues, &[scope])[0];
        assert!(lexicon_sum(scope) < 0.0, "tariffs");
        assert!(lexicon_sum(CueScope { change: -1, ..scope }) > 0.0, "lift the tariffs");
        assert!(lexicon_sum(CueScope { change: 1, ..scope }) < lexicon_sum(scope), "impose tariffs");
        assert_eq!(lexicon_sum(CueScope { inside_outlook_cue: true, ..scope }), 0.0);
    }
}
