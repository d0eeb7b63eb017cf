//! [`PredicateClass`] and [`ObjectClass`]: classes of events and of the things that they are about.

use std::sync::OnceLock;

use detente_lang::hash_bytes;

use crate::event::class_traits::{ClassTrait, ClassTraits};
use crate::event::state::EventState;
use crate::event::table::rows;

/// What a predicate does with the valence of its object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Keeps the sign of the object.
    Create,
    /// Turns the sign of the object.
    Destroy,
    /// Turns the sign of its subject; without one it is bad.
    Fail,
    /// Good whatever the object.
    Good,
    /// Bad whatever the object.
    Bad,
    /// Has a value only through what it embeds.
    Operator,
    /// Has no value of its own.
    Neutral,
}

/// Class of predicates, a row of `data/events/predicate_classes.tsv`.
#[derive(Clone, Debug)]
pub(crate) struct PredicateClass {
    /// Name, such as `SIGN`.
    pub(crate) name: &'static str,
    /// Hash of the name, for keys of columns.
    pub(crate) key: u64,
    /// What it does with the valence of its object.
    pub(crate) effect: Effect,
    /// Strength of the effect, 0..1.
    pub(crate) weight: f32,
    /// Value without a known object, -1..1.
    pub(crate) unknown: f32,
    /// Factor of an embedded predicate: "refuse to sign" is -0.9 times "sign".
    pub(crate) operator: f32,
    /// State of what it governs: a denied event is what "deny" governs.
    pub(crate) state: Option<EventState>,
    traits: ClassTraits,
}

/// Class of objects, a row of `data/events/object_classes.tsv`.
#[derive(Clone, Debug)]
pub(crate) struct ObjectClass {
    /// Name, such as `AGREEMENT`.
    pub(crate) name: &'static str,
    /// Hash of the name, for keys of columns.
    pub(crate) key: u64,
    /// Whether talks succeed if there is more of it, -1..1.
    pub(crate) valence: f32,
    traits: ClassTraits,
}

impl PredicateClass {
    /// Returns whether the class has a trait.
    #[inline]
    pub(crate) fn is(&self, class_trait: ClassTrait) -> bool {
        self.traits.has(class_trait)
    }
}

impl ObjectClass {
    /// Returns whether the class has a trait.
    #[inline]
    pub(crate) fn is(&self, class_trait: ClassTrait) -> bool {
        self.traits.has(class_trait)
    }
}

/// Number of a predicate class; 0 is none.
pub(crate) type PredicateId = u8;
/// Number of an object class; 0 is none.
pub(crate) type ObjectId = u8;

/// Returns the predicate classes in the order of their ids, from 1.
pub(crate) fn predicate_classes() -> &'static [PredicateClass] {
    static CLASSES: OnceLock<Vec<PredicateClass>> = OnceLock::new();
    CLASSES.get_or_init(|| {
        rows::<8>(include_str!("../../data/events/predicate_classes.tsv"))
            .map(|[name, effect, weight, unknown, operator, state, traits, _]| PredicateClass {
                name,
                key: hash_bytes(name.as_bytes()),
                effect: match effect {
                    "create" => Effect::Create,
                    "destroy" => Effect::Destroy,
                    "fail" => Effect::Fail,
                    "good" => Effect::Good,
                    "bad" => Effect::Bad,
                    "operator" => Effect::Operator,
                    _ => Effect::Neutral,
                },
                weight: weight.parse().unwrap_or_default(),
                unknown: unknown.parse().unwrap_or_default(),
                operator: operator.parse().unwrap_or_default(),
                state: EventState::from_name(state),
                traits: ClassTraits::from_names(traits),
            })
            .collect()
    })
}

/// Returns the object classes in the order of their ids, from 1.
pub(crate) fn object_classes() -> &'static [ObjectClass] {
    static CLASSES: OnceLock<Vec<ObjectClass>> = OnceLock::new();
    CLASSES.get_or_init(|| {
        rows::<4>(include_str!("../../data/events/object_classes.tsv"))
            .map(|[name, valence, traits, _]| ObjectClass {
                name,
                key: hash_bytes(name.as_bytes()),
                valence: valence.parse().unwrap_or_default(),
                traits: ClassTraits::from_names(traits),
            })
            .collect()
    })
}

/// Returns the predicate class of an id.
#[inline]
pub(crate) fn predicate_class(id: PredicateId) -> Option<&'static PredicateClass> {
    predicate_classes().get(usize::from(id).wrapping_sub(1))
}

/// Returns the object class of an id.
#[inline]
pub(crate) fn object_class(id: ObjectId) -> Option<&'static ObjectClass> {
    object_classes().get(usize::from(id).wrapping_sub(1))
}

/// Returns the id of the predicate class of that name; 0 if there is none.
pub(crate) fn predicate_id(name: &str) -> PredicateId {
    let found = predicate_classes().binary_search_by_key(&name, |class| class.name);
    found.map_or(0, |at| at as PredicateId + 1)
}

/// Returns the id of the object class of that name; 0 if there is none.
pub(crate) fn object_id(name: &str) -> ObjectId {
    let found = object_classes().binary_search_by_key(&name, |class| class.name);
    found.map_or(0, |at| at as ObjectId + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_have_numbers_in_range() {
        for class in predicate_classes() {
            assert!((0.0..=1.0).contains(&class.weight), "{}", class.name);
            assert!((-1.0..=1.0).contains(&class.unknown), "{}", class.name);
            assert!((-1.0..=1.0).contains(&class.operator), "{}", class.name);
            assert_eq!(class.effect == Effect::Neutral, class.name == "WIN", "{}", class.name);
        }
        assert!(object_classes().iter().all(|class| (-1.0..=1.0).contains(&class.valence)));
    }

    #[test]
    fn classes_are_found_by_name() {
        for (at, class) in (1..).zip(predicate_classes()) {
            assert_eq!(predicate_id(class.name), at, "{} is out of order", class.name);
        }
        for (at, class) in (1..).zip(object_classes()) {
            assert_eq!(object_id(class.name), at, "{} is out of order", class.name);
        }
        assert_eq!((predicate_id("-"), object_id(""), object_id("TALK")), (0, 0, 0));
    }
}
