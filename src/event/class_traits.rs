//! [`ClassTrait`]: what sets a class apart in the rules of composition and parsing.

/// Trait of predicate and object classes; named as in `data/events`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum ClassTrait {
    /// Of the meanings of a verb, the one with a bad object: tariffs are lifted.
    BadObject,
    /// Of the meanings of a verb, the one with an agreement as its object: a deal is struck.
    DealObject,
    /// Of the meanings of a verb, the one of a bad subject without an object: tensions ease.
    BadSubject,
    /// Of the meanings of a verb, the one without an object: dockers strike.
    NoObject,
    /// Passes on words as they are.
    Says,
    /// Reports, so that a participle after it is a finite verb ("said rejected the offer").
    Reports,
    /// Takes a clause after its object: "told the union that".
    ClauseAfterObject,
    /// As a noun, takes a clause: "the offer to sign".
    ClauseNoun,
    /// Takes no object after a preposition: "fell to a new low".
    Intransitive,
    /// Bad if its subject is bad: "the strike gathers pace".
    BadIfBad,
    /// Good even if its object is bad: "gave in to demands".
    GoodIfBad,
    /// Leaves a possibility if negated: "did not rule out".
    LeavesOpen,
    /// Turns something down; to reject a demand is no step forward.
    Rejects,
    /// Milder if its object is bad: "criticised the strike".
    MilderOnBad,
    /// Yields to a demand if that is its object: "accepted the demands".
    Concedes,
    /// Agreement of some kind.
    Deal,
    /// Means of pressure.
    Pressure,
    /// Is what its complement says: "a round of sanctions", "the process to raise tariffs".
    Transparent,
}

impl ClassTrait {
    const NAMES: [(&'static str, Self); 18] = [
        ("bad-object", Self::BadObject),
        ("deal-object", Self::DealObject),
        ("bad-subject", Self::BadSubject),
        ("no-object", Self::NoObject),
        ("says", Self::Says),
        ("reports", Self::Reports),
        ("clause-after-object", Self::ClauseAfterObject),
        ("clause-noun", Self::ClauseNoun),
        ("intransitive", Self::Intransitive),
        ("bad-if-bad", Self::BadIfBad),
        ("good-if-bad", Self::GoodIfBad),
        ("leaves-open", Self::LeavesOpen),
        ("rejects", Self::Rejects),
        ("milder-on-bad", Self::MilderOnBad),
        ("concedes", Self::Concedes),
        ("deal", Self::Deal),
        ("pressure", Self::Pressure),
        ("transparent", Self::Transparent),
    ];
}

/// Set of class traits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ClassTraits(u32);

impl ClassTraits {
    /// Returns the set of the traits whose names `names` lists, separated by spaces; skips other names.
    pub(crate) fn from_names(names: &str) -> Self {
        let bit = |name| {
            let known = ClassTrait::NAMES.into_iter().find(|(known, _)| *known == name);
            known.map_or(0, |(_, class_trait)| 1 << class_trait as u32)
        };
        Self(names.split(' ').fold(0, |bits, name| bits | bit(name)))
    }

    /// Returns whether the set has `class_trait`.
    #[inline]
    pub(crate) fn has(self, class_trait: ClassTrait) -> bool {
        self.0 & 1 << class_trait as u32 != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::state::EventState;
    use crate::event::table::rows;

    #[test]
    fn names_are_in_the_order_of_the_enum() {
        for (number, (name, class_trait)) in ClassTrait::NAMES.into_iter().enumerate() {
            assert_eq!(class_trait as usize, number, "{name}");
        }
    }

    #[test]
    fn the_lists_have_known_traits_and_states_only() {
        let is_known = |name: &str| ClassTrait::NAMES.into_iter().any(|(known, _)| known == name);
        let predicates = rows::<8>(include_str!("../../data/events/predicate_classes.tsv"));
        let objects = rows::<4>(include_str!("../../data/events/object_classes.tsv"));
        let traits = predicates.map(|row| row[6]).chain(objects.map(|row| row[2]));
        for name in traits.flat_map(|traits| traits.split(' ')).filter(|name| !name.is_empty()) {
            assert!(is_known(name), "{name}");
        }
        for row in rows::<8>(include_str!("../../data/events/predicate_classes.tsv")) {
            assert!(row[5].is_empty() || EventState::from_name(row[5]).is_some(), "{}", row[5]);
        }
    }
}
