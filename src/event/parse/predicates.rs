//! Verbs and states: main verbs, complements, participles.

use crate::event::class::predicate_class;
use crate::event::class_traits::ClassTrait;
use crate::event::function::Function;
use crate::event::parse::parser::{Clause, Parser, Relation};
use crate::event::unit::{Kind, Modality, VerbForm};

impl Parser<'_> {
    pub(crate) fn infinitive(&mut self, at: u16) {
        let previous = at.checked_sub(1);
        let top = *self.top();
        // "a call by the envoy to stop": the noun before the phrases that follow it
        let noun = previous.and_then(|before| {
            (0..=before)
                .rev()
                .take_while(|at| self.unit(*at).kind == Kind::Noun)
                .take(3)
                .find(|at| !self.is_plain_thing(*at) || self.unit(*at).preposition.is_none())
        });
        if let Some(before) = noun.or(previous) {
            let unit = self.unit(before);
            let takes = match unit.kind {
                Kind::Noun => !self.is_plain_thing(before) && unit.complement.is_none(),
                Kind::Verb | Kind::State => unit.complement.is_none(),
                Kind::Mark(_) => false,
            };
            if takes {
                self.complete(before, at, top.subject);
                return;
            }
        }
        if let Some(last) = top.last
            && self.unit(last).complement.is_none()
            && !top.is_broken
        {
            let subject = self.unit(last).argument.or(top.subject);
            self.complete(last, at, subject);
            return;
        }
        // "the agreement to sell the unit has been terminated": the main verb follows
        if let Some(before) = noun.filter(|_| top.verb.is_none() && self.is_followed_by_finite(at))
            && self.unit(before).complement.is_none()
        {
            self.complete(before, at, top.subject);
            return;
        }
        if top.verb.is_none() && top.subject.is_some() {
            // headline: "Union to ballot on offer"
            self.units[usize::from(at)].form = VerbForm::Finite;
            self.units[usize::from(at)].modality = Modality::Will;
            self.finite(at);
            return;
        }
        self.clauses.push(Clause { unit: at, relation: Relation::Purpose });
        self.top().last = Some(at);
    }

    /// Makes a predicate the complement of `governor`.
    fn complete(&mut self, governor: u16, at: u16, subject: Option<u16>) {
        self.units[usize::from(governor)].complement = Some(at);
        self.govern(at, subject);
    }

    /// Returns whether a finite verb follows in the same clause, after noun phrases.
    fn is_followed_by_finite(&self, at: u16) -> bool {
        let later = self.units.get(usize::from(at) + 1..).unwrap_or_default();
        later
            .iter()
            .find(|unit| unit.kind != Kind::Noun)
            .is_some_and(|unit| unit.is_predicate() && unit.form == VerbForm::Finite)
    }

    /// Returns whether "and" joins a bare verb to an infinitive: "a call to stop fighting and seek talks".
    fn continues_infinitive(&self, at: u16) -> bool {
        let joins = at.checked_sub(1).is_some_and(|mark| {
            self.unit(mark).is_word(Function::And) || self.unit(mark).is_word(Function::Or)
        });
        let last = self.stack.last().and_then(|top| top.last);
        joins
            && self.unit(at).is_bare
            && last.is_some_and(|last| self.unit(last).form == VerbForm::Infinitive)
    }

    /// Marks a predicate as governed; what follows belongs to it.
    pub(crate) fn govern(&mut self, at: u16, subject: Option<u16>) {
        self.units[usize::from(at)].is_governed = true;
        self.units[usize::from(at)].subject = subject;
        self.top().last = Some(at);
        if self.top().verb.is_none() && self.top().subject.is_none() {
            self.top().subject = Some(at);
        }
        self.top().is_broken = false;
    }

    pub(crate) fn gerund(&mut self, at: u16) {
        let previous = at.checked_sub(1);
        let top = *self.top();
        let preposition = self.unit(at).preposition;
        if let Some(before) = previous {
            let unit = self.unit(before);
            let takes = match unit.kind {
                Kind::Noun => {
                    preposition.is_some()
                        && unit.has_class()
                        && unit.complement.is_none()
                        && unit.argument.is_none()
                }
                Kind::Verb | Kind::State => {
                    unit.complement.is_none() && unit.argument.is_none() && before_takes_gerund(preposition)
                }
                Kind::Mark(_) => false,
            };
            if takes {
                self.complete(before, at, top.subject);
                return;
            }
            if let Some(last) = top.last
                && preposition.is_some_and(|function| function == Function::From || function == Function::On)
                && self.unit(last).complement.is_none()
            {
                // "stopped the union from signing"
                self.complete(last, at, top.subject);
                return;
            }
        }
        if top.verb.is_none() && top.subject.is_none() && !matches!(top.relation, Relation::Subordinate(_)) {
            // "Signing the accord would help": a subject
            self.top().subject = Some(at);
            self.top().last = Some(at);
            return;
        }
        if top.verb.is_none() && matches!(top.relation, Relation::Subordinate(_)) {
            self.top().verb = Some(at);
            self.top().last = Some(at);
            return;
        }
        // "a law providing for sanctions"
        if let Some(noun) = previous.filter(|before| self.unit(*before).kind == Kind::Noun)
            && preposition.is_none()
            && top.verb.is_some()
            && !top.is_broken
            && self.unit(noun).complement.is_none()
        {
            self.complete(noun, at, Some(noun));
            return;
        }
        let relation = if preposition.is_some() { Relation::Purpose } else { Relation::Participle };
        self.open(relation);
        self.top().verb = Some(at);
        self.top().last = Some(at);
    }

    /// A participle without an auxiliary is a finite past, or it modifies the noun before it.
    pub(crate) fn participle(&mut self, at: u16) {
        let top = *self.top();
        // "the offer rejected by the miners was fair": the main verb follows the phrases of the participle
        let modifies = self.units.get(usize::from(at) + 1..).unwrap_or_default().iter();
        let mut after = modifies
            .skip_while(|unit| unit.kind == Kind::Noun && (unit.preposition.is_some() || unit.is_time));
        let is_followed_by_verb =
            after.next().is_some_and(|unit| {
                unit.is_predicate() && unit.form != VerbForm::Infinitive && unit.form != VerbForm::Gerund
            }) && self.units.get(usize::from(at) + 1).is_some_and(|unit| unit.kind == Kind::Noun);
        let is_said = at.checked_sub(1).is_some_and(|before| self.unit(before).is_pronoun)
            || top.last.is_some_and(|last| {
                predicate_class(self.unit(last).classes[0]).is_some_and(|class| class.is(ClassTrait::Reports))
            });
        let follows_noun = at.checked_sub(1).is_some_and(|before| self.unit(before).kind == Kind::Noun);
        if follows_noun && !is_said && (top.verb.is_some() && !top.is_broken || is_followed_by_verb) {
            // "a deal reached in May", "the offer rejected by the miners was fair"
            self.units[usize::from(at)].is_passive = true;
            let noun = at - 1;
            self.units[usize::from(at)].subject = Some(noun);
            self.clauses.push(Clause { unit: at, relation: Relation::Relative });
            return;
        }
        if top.verb.is_none()
            && top.subject.is_none()
            && !matches!(top.relation, Relation::Subordinate(_))
            && self.stack.len() == 1
            && at == 0
        {
            self.clauses.push(Clause { unit: at, relation: Relation::Participle });
            self.top().last = Some(at);
            return;
        }
        self.finite(at);
    }

    /// A state right after a verb or its object completes it ("called the offer unacceptable").
    pub(crate) fn takes_state(&mut self, at: u16) -> bool {
        let top = *self.top();
        let Some(last) = top.last.filter(|_| !top.is_broken) else { return false };
        let has_copula = self.unit(at).first < self.unit(at).head_first;
        if has_copula || self.unit(last).complement.is_some() {
            return false;
        }
        self.units[usize::from(last)].complement = Some(at);
        let subject = self.unit(last).argument.or(top.subject);
        self.units[usize::from(at)].subject = subject;
        self.units[usize::from(at)].is_governed = true;
        true
    }

    pub(crate) fn finite(&mut self, at: u16) {
        let top = *self.top();
        if top.verb.is_none() {
            self.units[usize::from(at)].subject = top.subject;
            if let Some(subject) = top.subject {
                self.units[usize::from(subject)].is_governed = true;
            }
            self.top().verb = Some(at);
            self.top().last = Some(at);
            self.top().is_broken = false;
            return;
        }
        // an earlier clause still waits for its verb: "The report that they had agreed is false"
        if let Some(depth) = self.stack.iter().rposition(|open| open.verb.is_none() && open.subject.is_some())
            && !top.is_broken
        {
            while self.stack.len() > depth + 1 {
                self.close();
            }
            return self.finite(at);
        }
        let free = top.free.filter(|free| top.last.is_none_or(|last| *free > last));
        if top.is_broken {
            if free.is_none()
                && let Some(depth) =
                    self.stack.iter().rposition(|open| open.verb.is_none() && open.subject.is_some())
            {
                while self.stack.len() > depth + 1 {
                    self.close();
                }
                return self.finite(at);
            }
            if free.is_none() && self.continues_infinitive(at) {
                self.units[usize::from(at)].is_governed = true;
                self.units[usize::from(at)].form = VerbForm::Infinitive;
                self.top().last = Some(at);
                self.top().is_broken = false;
                return;
            }
            // "the union signed and the port stayed shut", "it signed and left"
            let subject = free.or(top.subject);
            let relation = top.relation;
            let governor = top.governor;
            self.close();
            self.open(if governor.is_some() { Relation::Main } else { relation });
            self.top().subject = subject;
            self.units[usize::from(at)].subject = subject;
            self.top().verb = Some(at);
            self.top().last = Some(at);
            return;
        }
        if let Some(last) = top.last {
            let object = self.unit(last).argument.filter(|object| object + 1 == at);
            let subject = object.or(free);
            // "said talks had collapsed": the object is the subject of a clause
            if self.unit(last).complement.is_none() && (subject.is_some() || last + 1 == at) {
                if object.is_some() {
                    self.units[usize::from(last)].argument = None;
                }
                self.units[usize::from(last)].complement = Some(at);
                self.units[usize::from(at)].is_governed = true;
                self.units[usize::from(at)].subject = subject;
                self.top().last = Some(at);
                return;
            }
        }
        let subject = free;
        self.open(Relation::Main);
        self.top().subject = subject;
        self.units[usize::from(at)].subject = subject;
        self.top().verb = Some(at);
        self.top().last = Some(at);
    }
}

/// Returns whether a verb takes a gerund directly or after that preposition.
fn before_takes_gerund(preposition: Option<Function>) -> bool {
    preposition.is_none_or(|function| {
        matches!(
            function,
            Function::Of
                | Function::From
                | Function::On
                | Function::To
                | Function::In
                | Function::Against
                | Function::For
                | Function::Preposition
        )
    })
}
