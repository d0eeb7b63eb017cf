//! Values of predicative phrases.

use crate::event::class::{Effect, predicate_class};
use crate::event::class_traits::ClassTrait;
use crate::event::compose::composer::Composer;
use crate::event::compose::polarity::finish;
use crate::event::unit::Unit;

impl Composer<'_> {
    /// A predicative phrase: "the strike is off", "she is optimistic".
    pub(crate) fn state(&mut self, unit: &Unit, depth: usize) -> f32 {
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
}
