//! Noun phrases: subjects, objects, and phrases that complete a noun.

use crate::event::class::{Effect, object_class, predicate_class};
use crate::event::class_traits::ClassTrait;
use crate::event::function::Function;
use crate::event::parse::parser::{Parser, Relation};
use crate::event::unit::{Kind, Unit};

impl Parser<'_> {
    pub(crate) fn noun(&mut self, at: u16) {
        let unit = self.unit(at);
        if unit.is_governed {
            return;
        }
        let (preposition, is_time) = (unit.preposition, unit.is_time);
        // the owner in "of Pelmora's ban" stands between
        let owner = self.unit(at).subject.filter(|owner| owner + 1 == at);
        let previous = owner.unwrap_or(at).checked_sub(1);
        let previous_is_noun = previous.is_some_and(|before| self.unit(before).kind == Kind::Noun);
        if let Some(preposition) = preposition {
            self.prepositional(at, preposition, previous.filter(|_| previous_is_noun));
            return;
        }
        if self.joins(at) {
            return;
        }
        if is_time
            && (self.top().verb.is_some() || self.top().subject.is_some() || self.stack.len() == 1 && at == 0)
        {
            return;
        }
        // "Without that concession there would be no deal"
        let top = *self.top();
        if matches!(top.relation, Relation::Subordinate(_))
            && self.stack.len() > 1
            && top.verb.is_none()
            && top.subject.is_some()
            && !top.is_broken
            && previous_is_noun
            && self.unit(at).is_pronoun
        {
            self.close();
        }
        let top = *self.top();
        if let Some(last) = top.last.filter(|last| last + 1 == at && self.unit(*last).is_governed)
            && self.unit(last).argument.is_none()
            && self.unit(last).is_predicate()
        {
            // "the plan to sign the accord"
            self.units[usize::from(last)].argument = Some(at);
            self.units[usize::from(at)].is_governed = true;
            return;
        }
        if top.verb.is_none() {
            let replaces = match top.subject {
                None => true,
                // "Ada Brenn, the minister, said": the first stays; "Kenya: talks" has a colon between
                Some(subject) => {
                    !top.is_broken && !self.unit(subject).has_class() && self.unit(subject).object == 0
                }
            };
            // "the union, talks over": a thing replaces what is none
            let is_thing = self.unit(at).object != 0
                && top.subject.is_some_and(|subject| self.unit(subject).object == 0);
            if replaces || is_thing {
                self.top().subject = Some(at);
            }
            return;
        }
        if let Some(last) = top.last {
            let follows = previous.is_some_and(|before| before >= last) || !top.is_broken;
            let slot_is_free = self.unit(last).argument.is_none() && self.unit(last).complement.is_none();
            if follows && slot_is_free && !top.is_broken {
                self.units[usize::from(last)].argument = Some(at);
                self.units[usize::from(at)].is_governed = true;
                return;
            }
        }
        self.top().free = Some(at);
    }

    /// Puts a thing in the place of an object before "and" that is none: "steel and aluminium tariffs".
    fn joins(&mut self, at: u16) -> bool {
        let Some(before) = at.checked_sub(2) else { return false };
        let mark = self.unit(at - 1);
        let is_thing = |unit: &Unit| unit.object != 0 || unit.has_class();
        let is_joined = (mark.is_word(Function::And) || mark.is_word(Function::Or))
            && self.unit(before).kind == Kind::Noun
            && self.unit(before).is_governed
            && !is_thing(self.unit(before))
            && is_thing(self.unit(at));
        let Some(last) = self.top().last.filter(|_| is_joined) else { return false };
        if self.unit(last).argument != Some(before) {
            return false;
        }
        self.units[usize::from(last)].argument = Some(at);
        self.units[usize::from(at)].is_governed = true;
        self.top().is_broken = false;
        true
    }

    /// Attaches a noun phrase with a preposition to the noun or verb before it.
    pub(crate) fn prepositional(&mut self, at: u16, preposition: Function, noun: Option<u16>) {
        if self.unit(at).is_time || preposition == Function::By && noun.is_none() {
            return;
        }
        let top = *self.top();
        let completes = |unit: &Unit| {
            unit.argument.is_none()
                && match preposition {
                    Function::Of => true,
                    Function::By | Function::Preposition => false,
                    Function::For | Function::On | Function::To => unit.has_class() || unit.object == 0,
                    // "a fall in tension", but not "a walkout in a row over pay"
                    Function::In => {
                        unit.has_class()
                            && object_class(unit.object).is_none_or(|object| object.valence >= 0.0)
                    }
                    _ => unit.has_class(),
                }
        };
        if let Some(noun) = noun {
            // "talks on the accord with the union": a chain hangs on its first noun
            if completes(self.unit(noun)) {
                self.units[usize::from(noun)].argument = Some(at);
                self.units[usize::from(at)].is_governed = true;
                return;
            }
        }
        let takes = matches!(
            preposition,
            Function::Of
                | Function::To
                | Function::On
                | Function::For
                | Function::With
                | Function::From
                | Function::Against
        );
        if let Some(last) = top.last
            && takes
            && (last + 1 == at || noun.is_some_and(|noun| Some(noun) == self.unit(last).argument))
            && self.unit(last).argument.is_none()
            && self.unit(last).has_class()
            && !self.unit(last).is_passive
        {
            let is_intransitive = predicate_class(self.unit(last).classes[0]).is_some_and(|class| {
                matches!(class.effect, Effect::Fail) || class.is(ClassTrait::Intransitive)
            });
            if !is_intransitive {
                self.units[usize::from(last)].argument = Some(at);
                self.units[usize::from(at)].is_governed = true;
            }
        }
    }
}
