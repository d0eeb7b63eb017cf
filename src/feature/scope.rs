//! [`CueScopes`]: which cues a negator, hedge, booster, change verb or contrast affects.

use crate::lexicon::cue::{Cue, CueKind};
use crate::token::tokens::Token;

/// Tokens after a negator that it negates ("did not, at this stage, agree to …" ends at the comma).
const NEGATOR_REACH: usize = 8;
/// Tokens between a booster and the cue that it strengthens.
const BOOSTER_REACH: usize = 4;
/// Tokens from a change verb to an object after it ("lift all of the remaining tariffs").
const OBJECT_AFTER: usize = 6;
/// Tokens from a change verb back to an object before it ("the tariffs were finally lifted").
const OBJECT_BEFORE: usize = 4;
/// Cues on each side that are examined. Real sentences have fewer; the limit keeps the time linear for a
/// text of cues without a full stop.
const NEIGHBOURS: usize = 64;
/// Factor of a negated value: "not agreed" is weaker than "refused".
const NEGATION_FACTOR: f32 = -0.7;
/// Factor of a value on the conceded side of a contrast.
const CONCESSION_FACTOR: f32 = 0.4;
/// Hedge factor below which a cue is hedged.
pub(crate) const HEDGED_BELOW: f32 = 0.85;
/// Hedge factor below which a cue is strongly hedged.
const STRONGLY_HEDGED_BELOW: f32 = 0.45;
/// Least product of hedges.
pub(crate) const MIN_HEDGE: f32 = 0.1;
/// Largest product of boosters.
const MAX_BOOST: f32 = 1.6;

/// Scopes of all cues of a statement; reused from statement to statement.
#[derive(Clone, Debug, Default)]
pub(crate) struct CueScopes {
    /// For each token, whether an odd number of negators precedes it within reach.
    pub(crate) negated: Vec<bool>,
    /// Scope of each cue.
    pub(crate) scopes: Vec<CueScope>,
    /// Clause number of each token.
    clauses: Vec<u16>,
    /// For each token, whether it is on the conceded side of a contrast.
    in_concession: Vec<bool>,
    /// Indices of the cues that can affect others.
    modifiers: Vec<usize>,
}

/// What affects a cue.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct CueScope {
    /// Whether it is negated, an odd number of times.
    pub(crate) negated: bool,
    /// Product of the hedges in its clause, 0.1..1.
    pub(crate) hedge: f32,
    /// Product of the boosters near it, 1..1.6.
    pub(crate) boost: f32,
    /// Direction of the change verb that governs it: +1, -1, or 0 for none.
    pub(crate) change: i8,
    /// Whether it is on the conceded side of a contrast.
    pub(crate) in_concession: bool,
    /// Whether it lies inside a cue of kind outlook.
    pub(crate) inside_outlook_cue: bool,
}

impl CueScopes {
    /// Resolves the scopes of `cues`, which are sorted by their first token.
    pub(crate) fn resolve(
        &mut self,
        tokens: &[Token],
        cues: &[Cue],
        is_comma: impl Fn(&Token) -> bool,
        is_clause_break: impl Fn(&Token) -> bool,
    ) {
        self.clauses.clear();
        self.in_concession.clear();
        self.in_concession.resize(tokens.len(), false);
        self.negated.clear();
        self.negated.resize(tokens.len(), false);
        self.scopes.clear();
        self.number_clauses(tokens, cues, &is_clause_break);
        self.mark_concessions(tokens, cues, &is_comma);
        self.mark_negations(tokens, cues, &is_comma);
        self.modifiers.clear();
        self.modifiers.extend((0..cues.len()).filter(|number| {
            matches!(
                cues[*number].kind,
                CueKind::Outlook | CueKind::Hedge | CueKind::Booster | CueKind::Up | CueKind::Down
            )
        }));
        for (number, cue) in cues.iter().enumerate() {
            let scope = self.scope_of(number, cue, cues);
            self.scopes.push(scope);
        }
    }

    /// Numbers the clauses; a contrast or a clause break starts a new one.
    fn number_clauses(&mut self, tokens: &[Token], cues: &[Cue], is_clause_break: &impl Fn(&Token) -> bool) {
        let mut contrasts =
            cues.iter().filter(|cue| cue.kind == CueKind::Contrast).map(|cue| cue.first).peekable();
        let mut clause = 0_u16;
        for (at, token) in tokens.iter().enumerate() {
            if contrasts.next_if_eq(&at).is_some() && at > 0 || is_clause_break(token) {
                clause = clause.saturating_add(1);
            }
            self.clauses.push(clause);
        }
    }

    /// Marks the conceded side of each contrast.
    fn mark_concessions(&mut self, tokens: &[Token], cues: &[Cue], is_comma: &impl Fn(&Token) -> bool) {
        for cue in cues.iter().filter(|cue| cue.kind == CueKind::Contrast) {
            if cue.value > 0.0 {
                // "…, but …": the clause before the contrast
                let before = self.clause(cue.first).saturating_sub(1);
                for at in (0..cue.first).rev() {
                    if self.clause(at) < before {
                        break;
                    }
                    self.in_concession[at] = true;
                }
            } else {
                // "Despite …, …": from the contrast to the comma
                let clause = self.clause(cue.last);
                for at in cue.first..tokens.len() {
                    if self.clause(at) != clause || tokens.get(at).is_some_and(is_comma) {
                        break;
                    }
                    self.in_concession[at] = true;
                }
            }
        }
    }

    /// Toggles the negation of the tokens after each negator, up to the next comma or clause.
    fn mark_negations(&mut self, tokens: &[Token], cues: &[Cue], is_comma: &impl Fn(&Token) -> bool) {
        for cue in cues.iter().filter(|cue| cue.kind == CueKind::Negator) {
            let clause = self.clause(cue.last);
            for at in cue.last + 1..tokens.len().min(cue.last + 1 + NEGATOR_REACH) {
                if self.clause(at) != clause || tokens.get(at).is_some_and(is_comma) {
                    break;
                }
                if let Some(negated) = self.negated.get_mut(at) {
                    *negated = !*negated;
                }
            }
        }
    }

    fn clause(&self, token: usize) -> u16 {
        self.clauses.get(token).copied().unwrap_or_default()
    }

    fn scope_of(&self, number: usize, cue: &Cue, cues: &[Cue]) -> CueScope {
        let mut scope = CueScope {
            negated: self.negated.get(cue.first).copied().unwrap_or(false),
            hedge: 1.0,
            boost: 1.0,
            change: 0,
            in_concession: self.in_concession.get(cue.first).copied().unwrap_or(false),
            inside_outlook_cue: false,
        };
        let clause = self.clause(cue.first);
        let mut nearest_verb = usize::MAX;
        let near = number.saturating_sub(NEIGHBOURS)..number.saturating_add(NEIGHBOURS + 1);
        let first = if near.start == 0 { 0 } else { self.modifiers.partition_point(|at| *at < near.start) };
        for at in self.modifiers.iter().skip(first).take_while(|at| **at < near.end) {
            let Some(other) = cues.get(*at).filter(|other| other.kind != cue.kind) else { continue };
            let overlaps = other.first <= cue.last && cue.first <= other.last;
            if overlaps {
                scope.inside_outlook_cue |= other.kind == CueKind::Outlook;
                continue;
            }
            let same_clause = self.clause(other.first) == clause;
            let distance =
                if other.first > cue.last { other.first - cue.last } else { cue.first - other.last };
            match other.kind {
                CueKind::Hedge if same_clause => scope.hedge = (scope.hedge * other.value).max(MIN_HEDGE),
                CueKind::Booster if same_clause && distance <= BOOSTER_REACH => {
                    scope.boost = (scope.boost * other.value).min(MAX_BOOST);
                }
                CueKind::Up | CueKind::Down
                    if same_clause && is_thing(cue.kind) && distance < nearest_verb =>
                {
                    let reach = if other.last < cue.first { OBJECT_AFTER } else { OBJECT_BEFORE };
                    if distance <= reach {
                        nearest_verb = distance;
                        scope.change = if other.kind == CueKind::Up { 1 } else { -1 };
                        scope.negated = self.negated.get(other.first).copied().unwrap_or(false);
                    }
                }
                _ => {}
            }
        }
        scope
    }
}

impl CueScope {
    /// [`code`](Self::code) of a cue that nothing affects.
    pub(crate) const UNAFFECTED: u64 = 1 << 3;
    /// Upper bound of all [`code`](Self::code)s, exclusive.
    pub(crate) const CODES: u16 = 1 << 6;

    /// Returns the factor that the scope applies to the cue's value.
    #[must_use]
    pub(crate) fn factor(&self) -> f32 {
        let negation = if self.negated { NEGATION_FACTOR } else { 1.0 };
        let concession = if self.in_concession { CONCESSION_FACTOR } else { 1.0 };
        negation * self.hedge * self.boost * concession
    }

    /// Returns negation, hedge level, change and concession as a small number for feature keys.
    #[must_use]
    pub(crate) fn code(&self) -> u64 {
        let hedge = u64::from(self.hedge < HEDGED_BELOW) + u64::from(self.hedge < STRONGLY_HEDGED_BELOW);
        u64::from(self.negated)
            | (hedge << 1)
            | (((self.change + 1) as u64) << 3)
            | (u64::from(self.in_concession) << 5)
    }

    /// Describes the scope; empty for a cue that nothing affects.
    #[must_use]
    pub(crate) fn describe(&self) -> String {
        let mut words = Vec::new();
        if self.negated {
            words.push("negated");
        }
        if self.hedge < STRONGLY_HEDGED_BELOW {
            words.push("much hedged");
        } else if self.hedge < HEDGED_BELOW {
            words.push("hedged");
        }
        match self.change {
            1 => words.push("raised"),
            -1 => words.push("removed"),
            _ => {}
        }
        if self.in_concession {
            words.push("conceded");
        }
        words.join(" ")
    }
}

fn is_thing(kind: CueKind) -> bool {
    matches!(kind, CueKind::GoodThing | CueKind::BadThing)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feature::analysis::Analysis;
    use crate::feature::extract::Extractor;
    use crate::lexicon::parse::Lexicon;
    use crate::token::tokenizer::Tokenizer;
    use crate::token::vocabulary::Vocabulary;
    use detente_lang::Span;

    const LEXICON: &str = "entry\tkind\tvalue\tnote\nagree*\toutlook\t2\nbut\tcontrast\t0\ndespite\tcontrast\t0\tmain\n\
        lift*\tdown\t1\nmay\thedge\t.5\nnot\tnegator\t-1\ntariff*\tbad_thing\t-1\nvery\tbooster\t1.3\n";

    /// The scope of the first outlook cue or thing in `text`.
    fn scope(text: &str) -> CueScope {
        let lexicon = Lexicon::parse(&[("test", LEXICON)]).expect("a lexicon");
        let words = text.split([' ', ',']).map(str::to_lowercase).chain(lexicon.word_forms());
        let words = words.chain(Extractor::PUNCTUATION.map(String::from));
        let extractor = Extractor::new(Tokenizer::new(Vocabulary::new(words)), &lexicon);
        let mut analysis = Analysis::default();
        extractor.analyze(text, Span::new(0, text.len()), &mut analysis);
        let affected = |cue: &Cue| cue.kind == CueKind::Outlook || is_thing(cue.kind);
        let at = analysis.cues.iter().position(affected).expect("a cue");
        analysis.scopes.scopes[at]
    }

    #[test]
    fn negation_ends_at_a_comma_and_after_eight_tokens() {
        assert!(scope("they did not yet agree").negated);
        assert!(!scope("they did not, at this stage, agree").negated);
        assert!(!scope("they did not a b c d e f g h agree").negated);
        assert!(!scope("not that they did not agree").negated, "two negations cancel");
    }

    #[test]
    fn hedges_affect_their_clause_and_boosters_their_neighbours() {
        assert_eq!(scope("they may agree").hedge, 0.5);
        assert_eq!(scope("they may go; they agree").hedge, 1.0);
        assert_eq!(scope("they very soon agree").boost, 1.3);
        assert_eq!(scope("very late they all came to agree").boost, 1.0);
    }

    #[test]
    fn change_verbs_govern_objects_on_both_sides() {
        assert_eq!(scope("they lift all of the remaining tariffs").change, -1);
        assert_eq!(scope("the tariffs were finally lifted").change, -1);
        assert_eq!(scope("the tariffs that they all had once lifted").change, 0, "too far");
        assert!(scope("they did not lift the tariffs").negated);
    }

    #[test]
    fn contrasts_concede_the_other_side() {
        assert!(scope("they agree but it rains").in_concession);
        assert!(!scope("it rains but they agree").in_concession);
        assert!(scope("despite tariffs, they go").in_concession);
        assert!(!scope("despite rain, they agree").in_concession);
    }
}
