//! [`finish`]: negation and modality of a predicate.

use crate::event::unit::{Modality, Unit};

/// Returns the value of the negation: what did not happen is worth less than what did.
fn negate(value: f32) -> f32 {
    if value > 0.0 { -0.8 * value } else { -0.6 * value }
}

/// Applies negation and modality.
pub(crate) fn finish(unit: &Unit, value: f32) -> f32 {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::unit::Kind;

    fn finished(change: impl Fn(&mut Unit)) -> f32 {
        let mut unit = Unit::new(Kind::Verb, 0, 0);
        change(&mut unit);
        finish(&unit, 1.0)
    }

    #[test]
    fn negation_turns_a_value_but_not_that_of_a_fact() {
        assert_eq!(finished(|_| {}), 1.0, "signed");
        assert!(finished(|unit| unit.is_negated = true) < 0.0, "did not sign");
        assert_eq!(
            finished(|unit| (unit.is_negated, unit.is_factive) = (true, true)),
            1.0,
            "did not say why"
        );
    }

    #[test]
    fn modality_weakens_and_an_unreal_past_turns() {
        let of = |modality| finished(|unit| unit.modality = modality);
        assert!(
            of(Modality::Will) < 1.0 && of(Modality::May) < of(Modality::Will) && of(Modality::May) > 0.0
        );
        let would_have = finished(|unit| (unit.modality, unit.is_perfect) = (Modality::Would, true));
        assert!(would_have < 0.0 && of(Modality::Would) > 0.0);
    }
}
