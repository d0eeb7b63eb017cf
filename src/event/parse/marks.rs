//! Conjunctions, relative pronouns and punctuation: where clauses start and end.

use crate::event::class::{Effect, object_class, predicate_class};
use crate::event::class_traits::ClassTrait;
use crate::event::function::Function;
use crate::event::parse::parser::{Parser, Relation};
use crate::event::unit::{Kind, Mark, Unit, VerbForm};

impl Parser<'_> {
    pub(crate) fn mark(&mut self, mark: Mark, at: usize) {
        match mark {
            Mark::Comma => self.comma(at),
            Mark::Break => self.restart(Relation::Main),
            Mark::Colon => {
                let has_verb = self.stack.iter().any(|open| open.verb.is_some());
                if !has_verb {
                    for open in self.stack.iter_mut() {
                        open.relation = Relation::Label;
                    }
                }
                let label =
                    self.stack.first().filter(|open| open.verb.is_none()).and_then(|open| open.subject);
                self.restart(Relation::Main);
                // "Rail strike: off"
                let is_state = self.units.get(at + 1).is_some_and(|unit| {
                    unit.kind == Kind::State || unit.kind == Kind::Verb && unit.form == VerbForm::Participle
                });
                if is_state {
                    self.top().subject = label;
                }
            }
            Mark::Word(Function::But) => self.restart(Relation::But),
            Mark::Word(Function::And | Function::Or) => self.top().is_broken = true,
            Mark::Word(Function::That | Function::Whether | Function::Question) => self.that(mark, at),
            Mark::Word(Function::Relative) => self.relative(at),
            Mark::Word(function) => self.open(Relation::Subordinate(function)),
        }
    }

    /// Closes all clauses and starts a new one.
    pub(crate) fn restart(&mut self, relation: Relation) {
        while !self.stack.is_empty() {
            self.close();
        }
        self.open(relation);
    }

    /// A comma ends a subordinate clause that came first, and a relative clause.
    pub(crate) fn comma(&mut self, at: usize) {
        let is_first = self.stack.len() == 1;
        let top = *self.top();
        if !is_first && top.verb.is_some() {
            let below = self.stack[self.stack.len() - 2];
            let next_is_verb = self.units.get(at + 1).is_some_and(Unit::is_predicate);
            let ends = match top.relation {
                Relation::Subordinate(_) => below.verb.is_none() || next_is_verb,
                Relation::Relative => true,
                _ => below.subject.is_some() && below.verb.is_none() && next_is_verb,
            };
            if ends {
                self.close();
                return;
            }
        } else if !is_first && matches!(top.relation, Relation::Subordinate(_)) && top.subject.is_some() {
            // "After the vote, the union signed"
            self.close();
            return;
        }
        self.top().is_broken = true;
    }

    /// "that", "whether", "why": a clause completes the noun, verb or state before it.
    pub(crate) fn that(&mut self, mark: Mark, at: usize) {
        let previous = at.checked_sub(1).map(|before| before as u16);
        let governor = previous.filter(|before| match self.unit(*before).kind {
            Kind::Noun => self.unit(*before).has_class() && !self.is_plain_thing(*before),
            Kind::Verb | Kind::State => true,
            Kind::Mark(_) => false,
        });
        let governor = governor.or_else(|| {
            self.top().last.filter(|_| {
                !matches!(previous.map(|p| self.unit(p).kind), Some(Kind::Noun))
                    || self.takes_clause_after_object()
            })
        });
        match (governor, previous.map(|before| self.unit(before).kind)) {
            (Some(governor), _) if self.unit(governor).complement.is_none() => {
                self.open(Relation::Embedded);
                self.top().governor = Some(governor);
                self.units[usize::from(governor)].is_factive = mark == Mark::Word(Function::Question);
            }
            (_, Some(Kind::Noun)) if mark == Mark::Word(Function::That) => self.relative(at),
            (_, None | Some(Kind::Mark(_))) if mark == Mark::Word(Function::Question) => {}
            _ => self.open(Relation::Embedded),
        }
    }

    /// "told her that …", "warned the union that …"
    pub(crate) fn takes_clause_after_object(&mut self) -> bool {
        let Some(last) = self.top().last else { return false };
        predicate_class(self.unit(last).classes[0])
            .is_some_and(|class| class.is(ClassTrait::ClauseAfterObject))
    }

    /// Returns whether a noun phrase names a thing that no clause completes ("the deal that …").
    pub(crate) fn is_plain_thing(&self, at: u16) -> bool {
        let unit = self.unit(at);
        if object_class(unit.object).is_some_and(|class| class.is(ClassTrait::Transparent)) {
            return false;
        }
        let class = predicate_class(unit.classes[0]);
        class.is_none_or(|class| {
            !(matches!(class.effect, Effect::Operator | Effect::Good | Effect::Bad)
                || class.is(ClassTrait::ClauseNoun))
        })
    }

    /// "who", "which": the noun phrase before it is the subject of a clause.
    pub(crate) fn relative(&mut self, at: usize) {
        let noun = (0..at)
            .rev()
            .take(3)
            .map(|before| before as u16)
            .find(|before| self.unit(*before).kind == Kind::Noun);
        self.open(Relation::Relative);
        self.top().subject = noun;
    }
}
