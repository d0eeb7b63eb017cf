//! [`Composer`]: composes the value of a statement from its events, -1..1.

use crate::event::class::{Effect, PredicateClass, object_class, predicate_class};
use crate::event::class_traits::ClassTrait;
use crate::event::function::Function;
use crate::event::parse::parser::{Clause, Relation};
use crate::event::unit::{Kind, Modality, Unit, VerbForm};

/// Deepest nesting that is followed; no sentence of news is deeper.
const MAX_DEPTH: usize = 8;
/// Value of yielding to a demand.
const CONCESSION: f32 = 0.5;
/// Quantity of "few members"; a subject of at most that denies its predicate.
const FEW: f32 = -0.5;

/// Mark of a value that is not composed yet.
const UNKNOWN: f32 = f32::NAN;

/// Composes values of units and clauses.
pub(crate) struct Composer<'u> {
    units: &'u [Unit],
    /// Value of each unit; [`UNKNOWN`] until it is composed.
    values: &'u mut Vec<f32>,
}

impl<'u> Composer<'u> {
    /// Creates a composer for the linked units of a statement, which fills `values`.
    pub(crate) fn new(units: &'u [Unit], values: &'u mut Vec<f32>) -> Self {
        values.clear();
        values.resize(units.len(), UNKNOWN);
        Self { units, values }
    }

    /// Composes the values of all units that have none yet.
    pub(crate) fn complete(&mut self) {
        for at in 0..self.units.len() {
            self.unit(at as u16, 0);
        }
    }

    /// Returns the value of a statement.
    pub(crate) fn statement(&mut self, clauses: &[Clause], is_question: bool) -> f32 {
        let mut sum = 0.0_f32;
        let mut previous = 0.0;
        let mut label: Option<f32> = None;
        let mut after_label = false;
        for clause in clauses {
            let mut value = self.unit(clause.unit, 0);
            if let Some(label) = label.take_if(|_| self.is_bare_denial(clause.unit)) {
                // "Deal by Friday: no."
                sum = 0.0;
                value = -0.7 * label;
            }
            label = (clause.relation == Relation::Label).then_some(value);
            if value == 0.0 && self.is_ellipsis(clause.unit) {
                value = if self.units[usize::from(clause.unit)].is_negated { -0.7 } else { 0.7 }
                    * f32::abs(previous);
            }
            previous = if value == 0.0 { previous } else { value };
            let side = |share: f32, sum: f32| sum + share * value * (1.0 - 0.5 * sum.abs());
            // "Hostage crisis: the rebels free all hostages"
            let kept = if after_label { 0.2 } else { 0.6 };
            after_label = clause.relation == Relation::Label;
            sum = match clause.relation {
                Relation::Main | Relation::Label | Relation::Embedded if value != 0.0 => kept * sum + value,
                Relation::But if value != 0.0 => 0.15 * sum + value,
                Relation::Participle => side(0.7, sum),
                Relation::Purpose | Relation::Relative => side(0.3, sum),
                Relation::Subordinate(function) => match function {
                    Function::Although | Function::If | Function::Until | Function::Before => side(0.15, sum),
                    Function::Unless => sum,
                    Function::Without => side(-0.4, sum),
                    _ => side(0.5, sum),
                },
                _ => sum,
            };
            sum = sum.clamp(-1.0, 1.0);
        }
        if is_question { 0.4 * sum } else { sum }
    }

    /// Returns whether a unit says no and nothing else: "none", "nil".
    fn is_bare_denial(&self, at: u16) -> bool {
        let unit = &self.units[usize::from(at)];
        unit.kind == Kind::Noun && unit.quantity < 0.0 && !unit.has_class() && unit.object == 0
    }

    /// Returns whether a unit is an auxiliary alone: "the union did not".
    fn is_ellipsis(&self, at: u16) -> bool {
        let unit = &self.units[usize::from(at)];
        unit.is_auxiliary && unit.subject.is_some() && unit.argument.is_none() && unit.complement.is_none()
    }

    /// Returns the value of a unit with all that it governs, -1..1.
    pub(crate) fn unit(&mut self, at: u16, depth: usize) -> f32 {
        let units = self.units;
        let (Some(unit), Some(known)) = (units.get(usize::from(at)), self.values.get_mut(usize::from(at)))
        else {
            return 0.0;
        };
        if !known.is_nan() {
            return *known;
        }
        if depth > MAX_DEPTH {
            return 0.0;
        }
        // a unit that is reached from itself counts as 0 there
        *known = 0.0;
        let value = match unit.kind {
            Kind::Noun => self.noun(unit, depth),
            Kind::Verb => self.verb(unit, depth),
            Kind::State => self.state(unit, depth),
            Kind::Mark(_) => 0.0,
        };
        if let Some(known) = self.values.get_mut(usize::from(at)) {
            *known = value;
        }
        value
    }

    fn optional(&mut self, at: Option<u16>, depth: usize) -> f32 {
        at.map_or(0.0, |at| self.unit(at, depth + 1))
    }

    /// A noun phrase: valence of a thing, or the event that a noun names.
    fn noun(&mut self, unit: &Unit, depth: usize) -> f32 {
        let valence = object_class(unit.object).map_or(0.0, |class| class.valence);
        let (modifier_object, modifier_class) = unit.modifier;
        let object = object_class(unit.object);
        let is_deal = object.is_some_and(|class| class.is(ClassTrait::Deal));
        let is_transparent = object.is_some_and(|class| class.is(ClassTrait::Transparent));
        // "a tariff deal" is no tariff, but a sanctions package is what it says
        let modifier = object_class(modifier_object).map_or(0.0, |class| {
            if is_deal && !is_transparent { class.valence.max(0.0) } else { class.valence }
        });
        let inner = [unit.complement, unit.argument, unit.subject.filter(|_| unit.has_class())]
            .into_iter()
            .map(|link| {
                let value = self.optional(link, depth);
                let is_against =
                    link.is_some_and(|at| self.units[usize::from(at)].preposition == Some(Function::Against));
                if is_against && unit.has_class() { -value } else { value }
            })
            .find(|value| *value != 0.0)
            .unwrap_or(if modifier == 0.0 {
                predicate_class(modifier_class).map_or(0.0, |class| class.unknown)
            } else {
                modifier
            });
        let is_named = unit.complement.is_some()
            || modifier < 0.0
            || unit.argument.is_some_and(|at| self.units[usize::from(at)].preposition == Some(Function::Of));
        let attribute = Self::attribute_of(unit);
        let value = match predicate_class(unit.classes[0]) {
            // "positive news"
            _ if attribute != 0.0 && object.is_some() && valence == 0.0 => 0.6 * attribute,
            Some(class) => nominal(class, valence, inner),
            None if is_transparent && is_named && inner != 0.0 => inner,
            None if valence != 0.0 => valence,
            None => inner,
        };
        let value = match predicate_class(unit.participle) {
            // "a failed deal", "a suspended strike"
            Some(class) if matches!(class.effect, Effect::Destroy | Effect::Fail) => -class.weight * value,
            _ => value,
        };
        value * unit.quantity
    }

    /// A predicative phrase: "the strike is off", "she is optimistic".
    fn state(&mut self, unit: &Unit, depth: usize) -> f32 {
        let Some(class) = predicate_class(unit.classes[0]) else { return 0.0 };
        let inner = self.optional(unit.complement.or(unit.argument), depth);
        let theme = self.optional(unit.subject, depth);
        let is_embedding = unit.complement.is_some() || class.effect == Effect::Operator;
        let value = if class.effect == Effect::Bad && inner < 0.0 {
            // "a red line that the fund will not cross"
            -class.weight
        } else if inner != 0.0 && is_embedding {
            class.operator * inner
        } else {
            match class.effect {
                Effect::Create => class.weight * if theme == 0.0 { class.unknown.max(0.3) } else { theme },
                Effect::Destroy | Effect::Fail if theme != 0.0 => -class.weight * theme,
                Effect::Good if inner != 0.0 => class.operator * inner,
                Effect::Good if class.is(ClassTrait::BadIfBad) && theme < 0.0 => class.weight * theme,
                Effect::Good => class.weight,
                Effect::Bad => -class.weight,
                Effect::Operator if theme != 0.0 => class.operator * theme,
                Effect::Destroy | Effect::Fail | Effect::Operator => class.unknown,
                Effect::Neutral => 0.0,
            }
        };
        let value = if theme == 0.0 && self.is_denied_by_subject(unit) { -0.6 * value } else { value };
        finish(unit, value)
    }

    /// Returns whether the subject denies the predicate: "none of them", "few members".
    fn is_denied_by_subject(&self, unit: &Unit) -> bool {
        unit.subject.is_some_and(|subject| self.units[usize::from(subject)].quantity <= FEW)
    }

    fn verb(&mut self, unit: &Unit, depth: usize) -> f32 {
        let inner = self.optional(unit.complement, depth);
        let object = self.thing(unit.argument, depth);
        let theme = if unit.is_passive {
            self.thing(unit.subject, depth)
        } else {
            self.optional(unit.subject, depth)
        };
        let target = if object == 0.0 { unit.subject } else { unit.argument };
        let class = self.class_for(unit, target, object + theme);
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

    /// Returns the value of an adjective within a noun phrase: "a hostile session".
    fn attribute(&self, at: Option<u16>) -> f32 {
        at.map_or(0.0, |at| Self::attribute_of(&self.units[usize::from(at)]))
    }

    fn attribute_of(unit: &Unit) -> f32 {
        match predicate_class(unit.attribute) {
            Some(class) if class.effect == Effect::Good => 1.0,
            Some(class)
                if class.effect == Effect::Bad
                    || class.effect == Effect::Fail
                    || class.is(ClassTrait::Rejects) =>
            {
                -1.0
            }
            _ => 0.0,
        }
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

    /// Returns whether the object is a demand or a threat, which is no step forward to reject.
    fn is_pressure(&self, unit: &Unit) -> bool {
        let target = if unit.is_passive { unit.subject } else { unit.argument };
        target
            .and_then(|at| object_class(self.units[usize::from(at)].object))
            .is_some_and(|class| class.is(ClassTrait::Pressure))
    }
}

/// Returns the value of the negation: what did not happen is worth less than what did.
fn negate(value: f32) -> f32 {
    if value > 0.0 { -0.8 * value } else { -0.6 * value }
}

/// Applies negation and modality.
fn finish(unit: &Unit, value: f32) -> f32 {
    let value = if unit.is_negated && !unit.is_factive { negate(value) } else { value };
    value
        * match unit.modality {
            Modality::None => 1.0,
            Modality::Will => 0.8,
            Modality::Should => 0.4,
            Modality::Can if unit.is_negated => 1.0,
            Modality::May | Modality::Can => 0.5,
            Modality::Would if unit.is_perfect => -0.4,
            Modality::Would => 0.6,
        }
}

/// "end of the embargo", "refusal to sign", "fear of a walkout".
fn nominal(class: &PredicateClass, valence: f32, inner: f32) -> f32 {
    match class.effect {
        Effect::Operator if inner != 0.0 => class.operator * inner,
        Effect::Operator if valence != 0.0 => valence,
        Effect::Operator => class.unknown,
        Effect::Good if inner < 0.0 => inner * class.operator,
        Effect::Good if valence != 0.0 => valence * class.weight.max(0.6),
        Effect::Good => class.weight,
        Effect::Bad => -class.weight,
        Effect::Create if inner != 0.0 => class.weight * inner,
        Effect::Destroy | Effect::Fail if inner != 0.0 => -class.weight * inner,
        _ if valence != 0.0 => valence,
        _ => class.unknown,
    }
}
