//! What a negator, hedge, booster or change verb reaches, and which clause counts.

use crate::lexicon::cue::{Cue, CueKind};
use crate::token::tokens::Token;

/// How far a negator reaches, in tokens ("did not, at this stage, agree to …" is cut at the comma).
const NEGATOR_REACH: usize = 8;
/// How far a booster reaches, in tokens.
const BOOSTER_REACH: usize = 4;
/// How far a change verb reaches forward to its object ("lift all of the remaining tariffs").
const OBJECT_AFTER: usize = 6;
/// How far a change verb reaches back to its object ("the tariffs were finally lifted").
const OBJECT_BEFORE: usize = 4;
/// How many cues on either side are looked at: more than real sentences have, so that a text of
/// cues without a stop costs time in proportion to its length.
const NEIGHBOURS: usize = 64;
/// What a negator leaves of a value: "not agreed" is weaker than "refused".
const NEGATED: f32 = -0.7;
/// What the losing side of a contrast keeps of its value.
const CONCEDED: f32 = 0.4;

/// What reaches a cue.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct State {
    /// An odd number of negators reaches it.
    pub negated: bool,
    /// Product of the hedges that reach it, 0.1..1.
    pub hedge: f32,
    /// Product of the boosters that reach it, 1..1.6.
    pub boost: f32,
    /// Direction of the change verb that governs it: +1, -1, or 0 where none does.
    pub change: i8,
    /// It stands on the losing side of a contrast.
    pub conceded: bool,
    /// A cue of the kind outlook covers it.
    pub covered: bool,
}

impl State {
    /// [`code`](Self::code) of a cue that nothing reaches.
    pub const BARE: u64 = 1 << 3;
    /// A bound of all [`code`](Self::code)s.
    pub const CODES: u16 = 1 << 6;

    /// What the state makes of a value of 1.
    #[must_use]
    pub fn factor(&self) -> f32 {
        let turned = if self.negated { NEGATED } else { 1.0 };
        let conceded = if self.conceded { CONCEDED } else { 1.0 };
        turned * self.hedge * self.boost * conceded
    }

    /// The state as a small number for feature columns: negation, hedge level, change, concession.
    #[must_use]
    pub fn code(&self) -> u64 {
        let hedge = u64::from(self.hedge < 0.85) + u64::from(self.hedge < 0.45);
        u64::from(self.negated)
            | (hedge << 1)
            | (((self.change + 1) as u64) << 3)
            | (u64::from(self.conceded) << 5)
    }

    /// The state in words, empty for a bare cue.
    #[must_use]
    pub fn describe(&self) -> String {
        let mut words = Vec::new();
        if self.negated {
            words.push("negated");
        }
        if self.hedge < 0.45 {
            words.push("much hedged");
        } else if self.hedge < 0.85 {
            words.push("hedged");
        }
        match self.change {
            1 => words.push("raised"),
            -1 => words.push("removed"),
            _ => {}
        }
        if self.conceded {
            words.push("conceded");
        }
        words.join(" ")
    }
}

/// Scope of all cues of a statement; reused between statements.
#[derive(Clone, Debug, Default)]
pub struct Scoped {
    /// Number of the clause of every token.
    pub clauses: Vec<u16>,
    /// Whether an odd number of negators reaches the token.
    pub negated: Vec<bool>,
    /// The state of every cue.
    pub states: Vec<State>,
    conceded: Vec<bool>,
    /// Numbers of the cues that may reach others.
    reaching: Vec<usize>,
}

impl Scoped {
    /// Works out the scope of `cues`, which stand in the order of their first token.
    pub fn resolve(
        &mut self,
        tokens: &[Token],
        cues: &[Cue],
        is_comma: impl Fn(&Token) -> bool,
        is_break: impl Fn(&Token) -> bool,
    ) {
        self.clauses.clear();
        self.conceded.clear();
        self.conceded.resize(tokens.len(), false);
        self.negated.clear();
        self.negated.resize(tokens.len(), false);
        self.states.clear();
        self.find_clauses(tokens, cues, &is_comma, &is_break);
        for cue in cues.iter().filter(|cue| cue.kind == CueKind::Negator) {
            let clause = self.clause(cue.last);
            for at in cue.last + 1..tokens.len().min(cue.last + 1 + NEGATOR_REACH) {
                if self.clause(at) != clause || tokens.get(at).is_some_and(&is_comma) {
                    break;
                }
                if let Some(negated) = self.negated.get_mut(at) {
                    *negated = !*negated;
                }
            }
        }
        self.reaching.clear();
        self.reaching.extend((0..cues.len()).filter(|number| {
            matches!(
                cues[*number].kind,
                CueKind::Outlook | CueKind::Hedge | CueKind::Booster | CueKind::Up | CueKind::Down
            )
        }));
        for (number, cue) in cues.iter().enumerate() {
            let state = self.state(number, cue, cues);
            self.states.push(state);
        }
    }

    fn clause(&self, token: usize) -> u16 {
        self.clauses.get(token).copied().unwrap_or_default()
    }

    /// Numbers the clauses and marks the losing side of each contrast.
    fn find_clauses(
        &mut self,
        tokens: &[Token],
        cues: &[Cue],
        is_comma: &impl Fn(&Token) -> bool,
        is_break: &impl Fn(&Token) -> bool,
    ) {
        let mut starts =
            cues.iter().filter(|cue| cue.kind == CueKind::Contrast).map(|cue| cue.first).peekable();
        let mut clause = 0_u16;
        for (at, token) in tokens.iter().enumerate() {
            if starts.next_if_eq(&at).is_some() && at > 0 || is_break(token) {
                clause = clause.saturating_add(1);
            }
            self.clauses.push(clause);
        }
        for cue in cues.iter().filter(|cue| cue.kind == CueKind::Contrast) {
            if cue.value > 0.0 {
                // "…, but …": what stands before loses, back to the last break
                let before = self.clause(cue.first).saturating_sub(1);
                for at in (0..cue.first).rev() {
                    if self.clause(at) < before {
                        break;
                    }
                    self.conceded[at] = true;
                }
            } else {
                // "Despite …, …": what it heads loses, up to the comma
                let clause = self.clause(cue.last);
                for at in cue.first..tokens.len() {
                    if self.clause(at) != clause || tokens.get(at).is_some_and(is_comma) {
                        break;
                    }
                    self.conceded[at] = true;
                }
            }
        }
    }

    fn state(&self, number: usize, cue: &Cue, cues: &[Cue]) -> State {
        let mut state = State {
            negated: self.negated.get(cue.first).copied().unwrap_or(false),
            hedge: 1.0,
            boost: 1.0,
            change: 0,
            conceded: self.conceded.get(cue.first).copied().unwrap_or(false),
            covered: false,
        };
        let clause = self.clause(cue.first);
        let mut nearest = usize::MAX;
        let near = number.saturating_sub(NEIGHBOURS)..number.saturating_add(NEIGHBOURS + 1);
        let first = if near.start == 0 { 0 } else { self.reaching.partition_point(|at| *at < near.start) };
        for at in self.reaching.iter().skip(first).take_while(|at| **at < near.end) {
            let Some(other) = cues.get(*at).filter(|other| other.kind != cue.kind) else { continue };
            let overlaps = other.first <= cue.last && cue.first <= other.last;
            if overlaps {
                state.covered |= other.kind == CueKind::Outlook;
                continue;
            }
            let same = self.clause(other.first) == clause;
            let distance =
                if other.first > cue.last { other.first - cue.last } else { cue.first - other.last };
            match other.kind {
                CueKind::Hedge if same => state.hedge = (state.hedge * other.value).max(0.1),
                CueKind::Booster if same && distance <= BOOSTER_REACH => {
                    state.boost = (state.boost * other.value).min(1.6);
                }
                CueKind::Up | CueKind::Down if same && is_thing(cue.kind) && distance < nearest => {
                    let reach = if other.last < cue.first { OBJECT_AFTER } else { OBJECT_BEFORE };
                    if distance <= reach {
                        nearest = distance;
                        state.change = if other.kind == CueKind::Up { 1 } else { -1 };
                        state.negated = self.negated.get(other.first).copied().unwrap_or(false);
                    }
                }
                _ => {}
            }
        }
        state
    }
}

fn is_thing(kind: CueKind) -> bool {
    matches!(kind, CueKind::GoodThing | CueKind::BadThing)
}
