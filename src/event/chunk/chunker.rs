//! [`Chunker`]: groups tagged tokens into units.

use crate::event::function::Function;
use crate::event::tag::{Item, Tag};
use crate::event::unit::{Kind, Mark, Modality, Unit, VerbForm};

/// Auxiliaries and negation seen before a verb.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a word that was seen")]
pub(crate) struct Auxiliaries {
    pub(crate) first: Option<usize>,
    pub(crate) has_to: bool,
    pub(crate) has_be: bool,
    pub(crate) has_become: bool,
    pub(crate) has_have: bool,
    pub(crate) has_do: bool,
    pub(crate) modality: Modality,
    pub(crate) is_negated: bool,
    /// "never"
    pub(crate) has_never: bool,
    /// "less" before a state
    pub(crate) has_less: bool,
}

impl Auxiliaries {
    pub(crate) const NONE: Self = Self {
        first: None,
        has_to: false,
        has_be: false,
        has_become: false,
        has_have: false,
        has_do: false,
        modality: Modality::None,
        is_negated: false,
        has_never: false,
        has_less: false,
    };

    pub(crate) fn has_copula(&self) -> bool {
        self.has_be || self.has_become
    }

    pub(crate) fn is_finite(&self) -> bool {
        !self.has_to && (self.has_copula() || self.has_have || self.has_do || self.modality != Modality::None)
    }
}

/// Groups tagged tokens into units, left to right.
pub(crate) struct Chunker<'i, 'w> {
    pub(crate) items: &'i [Item<'w>],
    pub(crate) at: usize,
    /// Tokens that belong to a verb before them ("off" in "called it off").
    pub(crate) taken: &'i mut Vec<bool>,
    pub(crate) auxiliaries: Auxiliaries,
    /// Preposition that waits for its noun phrase, with its token.
    pub(crate) preposition: Option<(Function, usize)>,
    pub(crate) units: &'i mut Vec<Unit>,
}

impl<'i, 'w> Chunker<'i, 'w> {
    /// Fills `units` with the units of a statement; `taken` is a buffer.
    pub(crate) fn fill(items: &'i [Item<'w>], units: &'i mut Vec<Unit>, taken: &'i mut Vec<bool>) {
        units.clear();
        taken.clear();
        taken.resize(items.len(), false);
        let mut chunker =
            Self { items, at: 0, taken, auxiliaries: Auxiliaries::NONE, preposition: None, units };
        while chunker.at < items.len() {
            let before = chunker.at;
            chunker.step();
            debug_assert!(chunker.at > before);
        }
        chunker.flush_copula(items.len());
    }

    pub(crate) fn step(&mut self) {
        let at = self.at;
        let item = self.items[at];
        if self.taken[at] {
            self.at += 1;
            return;
        }
        if item.is_punctuation() {
            return self.punctuation(item.tag);
        }
        if item.tag == Tag::Verb && !item.word.verbs.is_empty() && !self.is_participial_state(at) {
            return self.verb();
        }
        if let Some((entry, last)) = self.state_at(at) {
            return self.state(entry, last);
        }
        if item.tag == Tag::Verb {
            return self.verb();
        }
        if self.auxiliaries.has_copula() && self.is_less_before_state(at) {
            self.auxiliaries.has_less = true;
            self.at += 1;
            return;
        }
        if item.tag == Tag::Function && self.function() {
            return;
        }
        self.noun_phrase();
    }

    pub(crate) fn punctuation(&mut self, tag: Tag) {
        let at = self.at;
        self.at += 1;
        let mark = match tag {
            Tag::Comma => Mark::Comma,
            Tag::Colon => Mark::Colon,
            Tag::Quotation | Tag::Skip => return,
            _ => Mark::Break,
        };
        self.flush_copula(at);
        self.preposition = None;
        self.units.push(Unit::new(Kind::Mark(mark), at, at));
    }

    /// Emits a verb unit for auxiliaries that no verb followed ("the union did not", "was a success").
    pub(crate) fn flush_copula(&mut self, end: usize) {
        let auxiliaries = std::mem::replace(&mut self.auxiliaries, Auxiliaries::NONE);
        let Some(first) = auxiliaries.first else { return };
        if !auxiliaries.is_finite() && !auxiliaries.has_copula() {
            return;
        }
        let mut unit = Unit::new(Kind::Verb, first, end.saturating_sub(1).max(first));
        unit.form = if auxiliaries.has_to { VerbForm::Infinitive } else { VerbForm::Finite };
        unit.modality = auxiliaries.modality;
        unit.is_negated = auxiliaries.is_negated;
        unit.is_perfect = auxiliaries.has_have;
        unit.is_auxiliary = true;
        if auxiliaries.has_become {
            unit.classes[0] = crate::event::class::predicate_id("EXIST");
            unit.entry = "remain";
        }
        self.units.push(unit);
    }
}
