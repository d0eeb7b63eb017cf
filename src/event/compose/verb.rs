//! Values of verbs with their objects, subjects and complements.

use crate::event::class::{Effect, PredicateClass, object_class, predicate_class};
use crate::event::class_traits::ClassTrait;
use crate::event::compose::composer::{Composer, FEW};
use crate::event::compose::polarity::finish;
use crate::event::unit::{Kind, Unit, VerbForm};

/// Value of yielding to a demand.
const CONCESSION: f32 = 0.5;

/// Value of agreeing on a step that the lists do not know: "agreed to establish a joint office".
const AGREED_STEP: f32 = 0.3;
/// Least value of what is agreed on that makes the agreement itself bad: "agreed to suspend the talks".
const BAD_STEP: f32 = -0.3;

impl Composer<'_> {
    pub(crate) fn verb(&mut self, unit: &Unit, depth: usize) -> f32 {
        let inner = self.optional(unit.complement, depth);
        let object = self.thing(unit.argument, depth);
        let theme = if unit.is_passive {
            self.thing(unit.subject, depth)
        } else {
            self.optional(unit.subject, depth)
        };
        let target = if object == 0.0 { unit.subject } else { unit.argument };
        let class = self.class_for(unit, target, object + theme);
        let (object, theme) = match class {
            Some(class) if class.effect == Effect::Create && !class.is(ClassTrait::Intransitive) => {
                let done_to_subject = if unit.is_passive { unit.subject } else { None };
                (
                    self.without_participle(unit.argument, object),
                    self.without_participle(done_to_subject, theme),
                )
            }
            _ => (object, theme),
        };
        let value = match class {
            Some(class) => self.predicate(unit, class, inner, object, theme),
            // "There was no deal", "the talks will be a success", an unknown verb with its object
            None if inner != 0.0 => inner,
            None if self.attribute(unit.argument) != 0.0 && object > 0.0 => {
                0.5 * self.attribute(unit.argument)
            }
            // "there will be no deal" asserts; an unknown verb with an object may not
            None if object != 0.0 && unit.is_auxiliary => object,
            None if object != 0.0 => 0.7 * object,
            None if unit.form == VerbForm::Finite
                && theme.abs() > 0.0
                && (!unit.is_auxiliary || unit.argument.is_some()) =>
            {
                0.3 * theme
            }
            None => 0.0,
        };
        let is_counted = unit.is_passive || object == 0.0;
        // "none are inclined to compromise": the infinitive has the same subject and is denied already
        let is_shared = inner != 0.0
            && unit.subject.is_some()
            && unit.complement.is_some_and(|at| self.units[usize::from(at)].subject == unit.subject);
        let subject_denies = !is_shared && (!is_counted || theme == 0.0) && self.is_denied_by_subject(unit);
        let is_minority = class.is_some_and(|class| !class.is(ClassTrait::Says))
            && unit.subject.is_some_and(|at| {
                let quantity = self.units[usize::from(at)].quantity;
                quantity < 0.0 && quantity > FEW
            });
        // "cannot be ruled out" leaves a possibility, no more
        let is_left_open = unit.is_negated && class.is_some_and(|class| class.is(ClassTrait::LeavesOpen));
        let value = if is_left_open { 0.4 * value } else { value };
        let value = match (subject_denies, is_minority && theme == 0.0) {
            (true, _) => -0.6 * value,
            (false, true) => 0.4 * value,
            (false, false) => value,
        };
        finish(unit, value)
    }

    /// Returns the value of what a verb acts on; a pronoun stands for the nearest thing before it.
    fn thing(&mut self, at: Option<u16>, depth: usize) -> f32 {
        let value = self.optional(at, depth);
        let is_pronoun = at
            .and_then(|at| self.units.get(usize::from(at)))
            .is_some_and(|unit| unit.is_pronoun && unit.quantity == 1.0);
        if value != 0.0 || !is_pronoun {
            return value;
        }
        let before = self.units.iter().take(at.map_or(0, usize::from));
        let antecedent = before.rev().find(|unit| unit.kind == Kind::Noun && unit.object != 0);
        antecedent.and_then(|unit| object_class(unit.object)).map_or(0.0, |class| class.valence)
    }

    /// Returns the class of an ambiguous verb that fits its object: bad things are lifted, deals are cut.
    fn class_for(&self, unit: &Unit, target: Option<u16>, value: f32) -> Option<&'static PredicateClass> {
        let mut classes = unit.classes.iter().filter_map(|id| predicate_class(*id));
        let target = target.and_then(|at| self.units.get(usize::from(at)));
        let is_bad = value * target.map_or(1.0, |target| target.quantity) < 0.0;
        let is_deal = target
            .and_then(|target| object_class(target.object))
            .is_some_and(|class| class.is(ClassTrait::Deal));
        let is_transitive = unit.argument.is_some() || unit.is_passive;
        let fits = |class: &PredicateClass| {
            (is_bad || !class.is(ClassTrait::BadObject))
                && (is_deal || !class.is(ClassTrait::DealObject))
                && (is_bad && !is_transitive || !class.is(ClassTrait::BadSubject))
                && (!is_transitive || !class.is(ClassTrait::NoObject))
        };
        let first = classes.clone().next()?;
        Some(classes.find(|class| fits(class)).unwrap_or(first))
    }

    fn predicate(&self, unit: &Unit, class: &PredicateClass, inner: f32, object: f32, theme: f32) -> f32 {
        let has_thing = matches!(class.effect, Effect::Create | Effect::Destroy)
            && if unit.is_passive { theme != 0.0 } else { object != 0.0 };
        if inner != 0.0 && !has_thing {
            return match class.effect {
                Effect::Create if self.is_agreed_step(unit.complement, class, inner) => AGREED_STEP,
                Effect::Good if unit.is_factive => class.weight,
                Effect::Bad if inner > 0.0 => -class.weight * 0.5,
                Effect::Bad => -class.weight,
                _ => class.operator * inner,
            };
        }
        let target = if unit.is_passive {
            theme
        } else if object != 0.0 {
            object
        } else if unit.argument.is_some_and(|at| self.units[usize::from(at)].preposition.is_none())
            && class.effect != Effect::Fail
        {
            0.0
        } else {
            theme
        };
        match class.effect {
            _ if class.is(ClassTrait::Concedes) && self.is_pressure(unit) => CONCESSION,
            Effect::Create if self.is_agreed_step(unit.argument, class, target) => AGREED_STEP,
            Effect::Create if target != 0.0 => class.weight * target,
            Effect::Destroy if class.is(ClassTrait::Rejects) && self.is_pressure(unit) => -0.4,
            Effect::Destroy if target != 0.0 => -class.weight * target,
            Effect::Fail if theme != 0.0 => -class.weight * theme,
            Effect::Fail if object != 0.0 => -class.weight * object,
            Effect::Good if target < 0.0 && !class.is(ClassTrait::GoodIfBad) => class.weight * target,
            Effect::Good => class.weight,
            Effect::Bad if target < 0.0 && unit.is_passive => class.weight * 0.6,
            Effect::Bad if object < 0.0 && class.is(ClassTrait::MilderOnBad) => class.weight * 0.4 * object,
            Effect::Bad => -class.weight,
            // "no details were revealed"
            Effect::Operator
                if class.is(ClassTrait::Says) && target < 0.0 && self.is_denied_by_subject(unit) =>
            {
                0.0
            }
            Effect::Operator if target != 0.0 => class.operator * target,
            Effect::Create | Effect::Destroy | Effect::Fail | Effect::Operator => class.unknown,
            Effect::Neutral => 0.0,
        }
    }

    /// Returns whether two sides agree on a step that is not clearly bad; "agreed that there was no hope" is none.
    fn is_agreed_step(&self, step: Option<u16>, class: &PredicateClass, value: f32) -> bool {
        class.is(ClassTrait::Concedes)
            && value < 0.0
            && value > BAD_STEP
            && step.and_then(|at| self.units.get(usize::from(at))).is_some_and(|step| {
                !step.is_negated
                    && step.quantity > 0.0
                    && (step.kind == Kind::Noun || step.form == VerbForm::Infinitive)
            })
    }

    /// Returns whether the object is a demand or a threat, which is no step forward to reject.
    fn is_pressure(&self, unit: &Unit) -> bool {
        let target = if unit.is_passive { unit.subject } else { unit.argument };
        target
            .and_then(|at| object_class(self.units[usize::from(at)].object))
            .is_some_and(|class| class.is(ClassTrait::Pressure))
    }
}
