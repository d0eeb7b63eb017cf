//! [`Composer`]: composes the value of a statement from its events, -1..1.

use crate::event::class::{Effect, predicate_class};
use crate::event::function::Function;
use crate::event::parse::parser::{Clause, Relation};
use crate::event::unit::{Kind, Unit, VerbForm};

/// Deepest nesting that is followed; no sentence of news is deeper.
const MAX_DEPTH: usize = 8;
/// Quantity of "few members"; a subject of at most that denies its predicate.
pub(crate) const FEW: f32 = -0.5;
/// Mark of a value that is not composed yet.
const UNKNOWN: f32 = f32::NAN;

/// Composes values of units and clauses.
pub(crate) struct Composer<'u> {
    pub(crate) units: &'u [Unit],
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
        for clause in clauses {
            let mut value = self.unit(clause.unit, 0);
            if let Some(label) = label.take_if(|_| self.is_bare_denial(clause.unit)) {
                // "Deal by Friday: no."
                sum = 0.0;
                value = -0.7 * label;
            }
            // "Hostage crisis: the rebels free all hostages"
            let kept = if label.is_some() { 0.2 } else { 0.6 };
            label = (clause.relation == Relation::Label).then_some(value);
            if value == 0.0 && self.is_ellipsis(clause.unit) {
                value = if self.units[usize::from(clause.unit)].is_negated { -0.7 } else { 0.7 }
                    * f32::abs(previous);
            }
            previous = if value == 0.0 { previous } else { value };
            let side = |share: f32, sum: f32| sum + share * value * (1.0 - 0.5 * sum.abs());
            sum = match clause.relation {
                Relation::Main | Relation::Label | Relation::Embedded if value != 0.0 => kept * sum + value,
                Relation::But if value != 0.0 => 0.15 * sum + value,
                // "proposes a plan which is rejected"
                Relation::Relative if value < 0.0 && sum > 0.0 && self.is_rejection(clause.unit) => {
                    0.15 * sum + value
                }
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

    /// Returns whether a unit is a finite verb that rejects or ends something.
    fn is_rejection(&self, at: u16) -> bool {
        let unit = &self.units[usize::from(at)];
        unit.form == VerbForm::Finite
            && predicate_class(unit.classes[0]).is_some_and(|class| class.effect == Effect::Destroy)
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

    pub(crate) fn optional(&mut self, at: Option<u16>, depth: usize) -> f32 {
        at.map_or(0.0, |at| self.unit(at, depth + 1))
    }

    /// Returns whether the subject denies the predicate: "none of them", "few members".
    pub(crate) fn is_denied_by_subject(&self, unit: &Unit) -> bool {
        unit.subject.is_some_and(|subject| self.units[usize::from(subject)].quantity <= FEW)
    }
}
