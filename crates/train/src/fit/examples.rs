//! [`Example`]: a statement with its weight, and its targets for each head.

use detente::internals::{ComposedValue, HEADS, gate};

use crate::corpus::labelled::LabelledStatement;
use crate::fit::params::TrainParams;

/// Head of the outlook.
pub(crate) const OUTLOOK: usize = 0;
/// Head of the bearing.
pub(crate) const BEARING: usize = 1;
/// Head of the hedge.
pub(crate) const HEDGE: usize = 2;
/// All heads.
pub(crate) const ALL_HEADS: [usize; HEADS] = [OUTLOOK, BEARING, HEDGE];

/// Largest absolute target of the outlook head. A soft label divided by its gate may exceed the scale.
const MAX_TARGET: f64 = 1.2;

/// A statement with its weight in the fit.
#[derive(Clone, Copy)]
pub(crate) struct Example<'a> {
    pub(crate) statement: &'a LabelledStatement,
    /// Whether the text is real, not authored.
    pub(crate) is_real: bool,
    pub(crate) weight: f64,
    /// What the events of the statement compose.
    pub(crate) composed: ComposedValue,
}

/// Target value of an example for one head.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Target {
    /// Index of the example.
    pub(crate) example: usize,
    pub(crate) value: f64,
    pub(crate) weight: f64,
}

impl<'a> Example<'a> {
    pub(crate) fn new(statement: &'a LabelledStatement, is_real: bool, params: &TrainParams) -> Self {
        let weight = match statement {
            LabelledStatement { label: None, .. } => params.soft_weight,
            _ if is_real => 1.0,
            _ => params.authored_weight,
        };
        let weight = weight * statement.weight;
        Self { statement, is_real, weight, composed: ComposedValue::default() }
    }

    pub(crate) fn is_labelled(&self) -> bool {
        self.statement.label.is_some()
    }

    /// Value and weight of the target for a head; `None` if the label says nothing about it.
    ///
    /// Scores are the outlook margin times the gate, so the outlook head learns score / gate with weight
    /// gate².
    fn target(&self, head: usize, gate_floor: f64) -> Option<(f64, f64)> {
        let weight = self.weight;
        if weight <= 0.0 {
            return None;
        }
        let gated = |score: f64, bearing: f64| {
            let gate = gate(gate_floor, bearing);
            Some(((score / gate).clamp(-MAX_TARGET, MAX_TARGET), weight * gate * gate))
        };
        let number = |yes: bool| f64::from(u8::from(yes));
        match (&self.statement.label, &self.statement.soft_label, head) {
            (Some(label), _, OUTLOOK) => gated(label.score(), number(label.bears())),
            (Some(label), _, BEARING) => Some((number(label.bears()), weight)),
            (Some(label), _, _) => Some((number(label.hedged()?), weight)),
            (None, Some(soft), OUTLOOK) => gated(soft.outlook / 3.0, soft.bearing),
            (None, Some(soft), BEARING) => Some((soft.bearing, weight)),
            (None, Some(soft), _) => Some((soft.hedge, weight * soft.bearing)),
            (None, None, _) => None,
        }
    }
}

/// Whether the examples say something about a head: some do not bear on the prospects, or some are hedged.
pub(crate) fn is_learned(examples: &[Example], head: usize) -> bool {
    let says = |example: &Example| match (&example.statement.label, head) {
        (_, OUTLOOK) => true,
        (Some(label), BEARING) => !label.bears(),
        (Some(label), _) => label.hedged() == Some(true),
        (None, _) => example.statement.is_soft(),
    };
    examples.iter().any(says)
}

/// Targets of `rows` for a head, without the examples that say nothing about it; none for a head that is not learned.
pub(crate) fn targets(examples: &[Example], rows: &[usize], head: usize, gate_floor: f64) -> Vec<Target> {
    if !is_learned(examples, head) {
        return Vec::new();
    }
    rows.iter()
        .filter_map(|row| {
            let (value, weight) = examples[*row].target(head, gate_floor)?;
            Some(Target { example: *row, value, weight })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::jsonl::read_jsonl;

    #[test]
    fn labels_give_the_targets_they_determine() {
        let records = read_jsonl(
            r#"{"id":"a","text":"x","outlook":3,"hedge":1}
{"id":"b","text":"x","outlook":null,"hedge":null}
{"id":"c","text":"x","outlook_soft":3,"bearing_soft":0.5,"hedge_soft":0.25}"#,
        )
        .expect("reads");
        let params = TrainParams { soft_weight: 0.5, ..TrainParams::default() };
        let examples: Vec<Example> =
            records.statements.iter().map(|s| Example::new(s, true, &params)).collect();
        let found = |head| -> Vec<(usize, f64, f64)> {
            let targets = targets(&examples, &[0, 1, 2], head, 0.5);
            targets.into_iter().map(|t| (t.example, t.value, t.weight)).collect()
        };
        // the gate is 1, .5 and .75
        assert_eq!(found(OUTLOOK), [(0, 1.0, 1.0), (1, 0.0, 0.25), (2, MAX_TARGET, 0.28125)]);
        assert_eq!(found(BEARING), [(0, 1.0, 1.0), (1, 0.0, 1.0), (2, 0.5, 0.5)]);
        assert_eq!(found(HEDGE), [(0, 1.0, 1.0), (2, 0.25, 0.25)]);
    }
}
