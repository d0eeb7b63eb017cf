//! Values of noun phrases: things, events that nouns name, modifiers and quantities.

use crate::event::class::{Effect, PredicateClass, object_class, predicate_class};
use crate::event::class_traits::ClassTrait;
use crate::event::compose::composer::Composer;
use crate::event::function::Function;
use crate::event::unit::Unit;

impl Composer<'_> {
    /// A noun phrase: valence of a thing, or the event that a noun names.
    pub(crate) fn noun(&mut self, unit: &Unit, depth: usize) -> f32 {
        let object = object_class(unit.object);
        let valence = object.map_or(0.0, |class| class.valence);
        let (modifier_object, modifier_class) = unit.modifier;
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
            // talks are good, whatever they are about; a package is what it is about
            None if is_transparent && is_named && inner != 0.0 => inner,
            None if valence != 0.0 => valence,
            None => inner,
        };
        value * Self::participle_factor(unit) * unit.quantity
    }

    /// Returns the factor of a participle within a noun phrase: "a failed deal", "a suspended strike".
    fn participle_factor(unit: &Unit) -> f32 {
        predicate_class(unit.participle)
            .filter(|class| matches!(class.effect, Effect::Destroy | Effect::Fail))
            .map_or(1.0, |class| -class.weight)
    }

    /// Returns the value of a noun phrase without its participle: "revived the stalled talks" undoes what the
    /// participle says.
    pub(crate) fn without_participle(&self, at: Option<u16>, value: f32) -> f32 {
        at.and_then(|at| self.units.get(usize::from(at)))
            .map_or(value, |unit| value / Self::participle_factor(unit))
    }

    /// Returns the value of an adjective within a noun phrase: "a hostile session".
    pub(crate) fn attribute(&self, at: Option<u16>) -> f32 {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::class::{object_id, predicate_id};
    use crate::event::unit::Kind;

    /// Value of a noun phrase with that object class and changes.
    fn value(object: &str, change: impl Fn(&mut Unit)) -> f32 {
        let mut unit = Unit::new(Kind::Noun, 0, 0);
        unit.object = object_id(object);
        change(&mut unit);
        let (units, mut values) = ([unit], Vec::new());
        Composer::new(&units, &mut values).unit(0, 0)
    }

    #[test]
    fn a_modifier_counts_in_a_package_and_not_in_a_deal() {
        let barrier = |unit: &mut Unit| unit.modifier = (object_id("BARRIER"), 0);
        assert!(value("LAW", barrier) < 0.0, "a sanctions package");
        assert!(value("AGREEMENT", barrier) > 0.0, "a tariff deal");
        assert!(value("LAW", |_| {}) > 0.0, "a package");
    }

    #[test]
    fn participles_and_quantities_turn_a_thing() {
        assert!(value("AGREEMENT", |unit| unit.participle = predicate_id("FAIL")) < 0.0, "a failed deal");
        assert!(value("AGREEMENT", |unit| unit.participle = predicate_id("SIGN")) > 0.0, "a signed deal");
        assert!(value("HOSTILITY", |unit| unit.quantity = -0.8) > 0.0, "no strike");
        assert!(value("HOSTILITY", |_| {}) < 0.0, "a strike");
    }

    #[test]
    fn an_adjective_judges_a_report_and_no_deal() {
        let judged = |unit: &mut Unit| unit.attribute = predicate_id("WARN");
        assert!(value("NEWS", judged) < 0.0, "alarming news");
        assert!(value("AGREEMENT", judged) > 0.0, "an alarming deal is still one");
    }
}
