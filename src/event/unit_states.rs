//! [`states`]: the state of every unit, from its verb group and the predicates above it.

use crate::event::class::predicate_class;
use crate::event::finder::Events;
use crate::event::function::Function;
use crate::event::parse::parser::Relation;
use crate::event::state::EventState;
use crate::event::unit::{Modality, Unit};

/// Returns the state of every unit.
pub(crate) fn states(events: &Events) -> Vec<EventState> {
    let mut states: Vec<Option<EventState>> = vec![None; events.units.len()];
    let mut queue: Vec<(u16, Option<EventState>)> = Vec::new();
    for clause in &events.clauses {
        let state = match clause.relation {
            Relation::Subordinate(Function::If | Function::Unless) => Some(EventState::Conditional),
            Relation::Purpose => Some(EventState::Planned),
            _ => None,
        };
        queue.push((clause.unit, state));
    }
    let mut next = 0;
    while let Some((at, from_above)) = queue.get(next).copied().filter(|_| next <= 2 * events.units.len()) {
        next += 1;
        let Some(unit) = events.units.get(usize::from(at)) else { continue };
        let Some(slot) = states.get_mut(usize::from(at)).filter(|state| state.is_none()) else { continue };
        let own = own_state(unit).or(from_above);
        *slot = Some(own.unwrap_or(EventState::Asserted));
        let below = state_below(unit).or(own);
        queue.extend([unit.complement, unit.argument].into_iter().flatten().map(|child| (child, below)));
        // the subject of a passive or of a verb without an object is what the verb is about
        queue.extend(
            unit.subject.filter(|_| unit.is_passive || unit.argument.is_none()).map(|child| (child, below)),
        );
    }
    states.into_iter().map(|state| state.unwrap_or(EventState::Asserted)).collect()
}

/// Returns the state that a verb group gives to its own event.
fn own_state(unit: &Unit) -> Option<EventState> {
    match unit.modality {
        Modality::Would if unit.is_perfect => Some(EventState::Counterfactual),
        _ if unit.is_negated || unit.quantity < 0.0 => Some(EventState::Negated),
        Modality::Would => Some(EventState::Conditional),
        Modality::Will => Some(EventState::Planned),
        Modality::May | Modality::Can => Some(EventState::Possible),
        Modality::Should => Some(EventState::Urged),
        Modality::None => None,
    }
}

/// Returns the state that a predicate gives to what it governs.
fn state_below(unit: &Unit) -> Option<EventState> {
    let class = predicate_class(unit.classes[0])?;
    let state = class.state.or((class.operator < 0.0).then_some(EventState::Negated))?;
    // "did not refuse to sign" says nothing certain of the signature
    Some(if unit.is_negated { EventState::Possible } else { state })
}
