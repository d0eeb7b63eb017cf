//! [`for_each_event_feature`]: the features that events add to the linear model.

use detente_lang::combine_hash;

use crate::event::class::{object_class, predicate_class};
use crate::event::finder::Events;
use crate::event::parse::parser::Relation;
use crate::event::unit::{Kind, Modality, Unit, VerbForm};

/// Names of the composed values, in the order of their numbers.
pub(crate) const VALUE_NAMES: [&str; 12] = [
    "composed value",
    "good part of the composed value",
    "bad part of the composed value",
    "value of the first clause",
    "value of the last clause",
    "best event",
    "worst event",
    "no event",
    "composed value of a statement that the word lists cover",
    "composed value of a statement of up to 8 words",
    "composed value of a statement of up to 14 words",
    "square root of the composed value",
];

/// Words of a short statement, such as a headline.
const SHORT: u16 = 8;
/// Words of a statement with one clause.
const MEDIUM: u16 = 14;

/// Number of codes of [`trait_code`], and 0 for no event.
pub(crate) const TRAIT_CODES: usize = 1 + 64 * 5 * 3 + 32 * 5;

/// Returns the composed values that are features.
pub(crate) fn composed_values(events: &Events) -> [f32; VALUE_NAMES.len()] {
    let value_of = |clause: Option<&crate::event::parse::parser::Clause>| {
        clause.and_then(|clause| events.values.get(usize::from(clause.unit))).copied().unwrap_or_default()
    };
    let in_context = || {
        events
            .values
            .iter()
            .zip(&events.contexts)
            .zip(&events.units)
            .filter(|(_, unit)| unit.has_class())
            .map(|((value, context), _)| value * context.signum())
    };
    let value = events.value;
    let best = in_context().fold(0.0_f32, f32::max);
    let worst = in_context().fold(0.0_f32, f32::min);
    let is_empty = f32::from(u8::from(best == 0.0 && worst == 0.0 && value == 0.0));
    [
        value,
        value.max(0.0),
        value.min(0.0),
        value_of(events.clauses.first()),
        value_of(events.clauses.last()),
        best,
        worst,
        is_empty,
        value * events.coverage * events.coverage,
        if events.words <= SHORT { value } else { 0.0 },
        if events.words <= MEDIUM { value } else { 0.0 },
        value.abs().sqrt().copysign(value),
    ]
}

/// What a column of an event consists of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Part {
    /// Class, object, negation and mood.
    Frame,
    /// Class and negation.
    Class,
    /// Class and form of the verb.
    Form,
    /// Step of the composed value, in context, and kind of unit.
    Step,
    /// Class of the governing predicate and class of what it governs.
    Governed,
    /// Object class, negated or not.
    Object,
    /// Class and relation of a clause.
    Clause,
}

/// Calls `found` with part, unit and key of every event column.
pub(crate) fn for_each_event_column(events: &Events, found: &mut dyn FnMut(Part, usize, u64)) {
    for (at, unit) in events.units.iter().enumerate() {
        if matches!(unit.kind, Kind::Mark(_)) {
            continue;
        }
        let (value, context) = (events.values[at], events.contexts[at]);
        let object = events.object_of(unit);
        if let Some(class) = predicate_class(unit.classes[0]) {
            let class = class.key;
            let object = object_class(object).map_or(0, |object| object.key);
            let turned = u64::from(unit.is_negated) | u64::from(context < 0.0) << 1;
            let mood = mood(unit, context);
            let kind = u64::from(unit.kind == Kind::Noun);
            found(Part::Frame, at, hash([class, object, turned, mood << 1 | kind]));
            found(Part::Frame, at, hash([class, object, turned, 99]));
            found(Part::Class, at, hash([class, turned, kind, 98]));
            found(Part::Form, at, hash([class, form(unit), u64::from(unit.is_perfect), 97]));
            found(Part::Step, at, hash([step(value * context.signum()), kind, mood, 96]));
            for child in [unit.complement, unit.argument].into_iter().flatten() {
                let child = events.units.get(usize::from(child));
                if let Some(governed) = child.and_then(|child| predicate_class(child.classes[0])) {
                    let governed = governed.key;
                    found(Part::Governed, at, hash([class, governed, u64::from(unit.is_negated), 95]));
                }
            }
        }
        if let Some(object) = object_class(unit.object) {
            let turned = u64::from(unit.quantity < 0.0) | u64::from(context < 0.0) << 1;
            found(Part::Object, at, hash([object.key, turned, 94, 0]));
        }
    }
    for clause in &events.clauses {
        let at = usize::from(clause.unit);
        let value = events.values.get(at).copied().unwrap_or_default();
        let relation = match clause.relation {
            Relation::Main => 0,
            Relation::But => 1,
            Relation::Participle => 2,
            Relation::Purpose => 3,
            Relation::Relative => 4,
            Relation::Label => 5,
            Relation::Embedded => 6,
            Relation::Subordinate(function) => 8 + function as u64,
        };
        found(Part::Clause, at, hash([relation, step(value), 93, 0]));
    }
}

/// Returns the code of the event that a token starts (a predicate) or ends (an object); 0 is none.
pub(crate) fn trait_codes(events: &Events, codes: &mut Vec<u16>, tokens: usize) {
    codes.clear();
    codes.resize(tokens, 0);
    for ((unit, value), context) in events.units.iter().zip(&events.values).zip(&events.contexts) {
        if matches!(unit.kind, Kind::Mark(_)) {
            continue;
        }
        if unit.object != 0
            && let Some(code) = codes.get_mut(usize::from(unit.head_last))
        {
            let turned = context * unit.quantity;
            *code = (1 + 64 * 5 * 3 + usize::from(unit.object.min(31)) * 5 + step(turned) as usize) as u16;
        }
        if unit.classes[0] != 0
            && let Some(code) = codes.get_mut(usize::from(unit.head_first))
        {
            let step = step(value * context.signum()) as usize;
            *code = (1
                + (usize::from(unit.classes[0].min(63)) * 5 + step) * 3
                + mood(unit, *context).min(2) as usize) as u16;
        }
    }
}

/// Returns the keys of the two traits of a code.
pub(crate) fn trait_ids(code: u16) -> [u64; 2] {
    let code = usize::from(code);
    if code == 0 {
        return [0, 0];
    }
    let predicates = 64 * 5 * 3;
    if code <= predicates {
        let rest = code - 1;
        let (class, step, mood) = (rest / 15, rest / 3 % 5, rest % 3);
        let name = predicate_class(class as u8).map_or(0, |class| class.key);
        let is_bad = u64::from(step < 2) | u64::from(step == 2) << 1;
        [hash([name, is_bad, 1, 0]), hash([step as u64, mood as u64, 2, 0])]
    } else {
        let rest = code - 1 - predicates;
        let (class, step) = (rest / 5, rest % 5);
        let name = object_class(class as u8).map_or(0, |class| class.key);
        [hash([name, 3, 0, 0]), hash([step as u64, 4, 0, 0])]
    }
}

/// Returns the step of a value, 0..4: bad, slightly bad, none, slightly good, good.
fn step(value: f32) -> u64 {
    match value {
        value if value < -0.4 => 0,
        value if value < -0.03 => 1,
        value if value <= 0.03 => 2,
        value if value <= 0.4 => 3,
        _ => 4,
    }
}

/// Returns the mood of a predicate: 0 a fact, 1 the future or a possibility, 2 embedded.
fn mood(unit: &Unit, context: f32) -> u64 {
    if unit.modality != Modality::None {
        1
    } else if unit.form == VerbForm::Infinitive || context.abs() < 0.5 {
        2
    } else {
        0
    }
}

/// Returns the form of a verb as a number.
fn form(unit: &Unit) -> u64 {
    (unit.form as u64) << 3
        | (unit.modality as u64) << 6
        | u64::from(unit.is_passive) << 1
        | u64::from(unit.kind == Kind::State)
}

fn hash(parts: [u64; 4]) -> u64 {
    parts.into_iter().fold(0x0e7e_4750, combine_hash)
}

impl Events {
    /// Describes the column of `unit` with the number of its part.
    pub(crate) fn describe(&self, unit: usize, part: usize) -> String {
        let Some(found) = self.units.get(unit) else { return String::new() };
        let class = predicate_class(found.classes[0]).map(|class| class.name);
        let object = object_class(self.object_of(found)).map(|class| class.name);
        let name = match (class, object) {
            (Some(class), Some(object)) if part == Part::Frame as usize => format!("{class} {object}"),
            (Some(class), _) if part != Part::Object as usize => class.to_owned(),
            (_, Some(object)) => object.to_owned(),
            _ => "clause".to_owned(),
        };
        let negated = if found.is_negated || found.quantity < 0.0 { "not " } else { "" };
        let context =
            if self.contexts.get(unit).is_some_and(|context| *context < 0.0) { " (turned)" } else { "" };
        format!("{negated}{name}{context}")
    }
}
