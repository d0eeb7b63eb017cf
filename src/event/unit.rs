//! [`Unit`]: noun phrases, verb groups, predicative states and connectives of a statement.

use crate::event::class::{ObjectId, PredicateId};
use crate::event::entries::MAX_CLASSES;
use crate::event::function::Function;

/// Kind of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Noun phrase.
    Noun,
    /// Verb group: auxiliaries, negation, verb and particles.
    Verb,
    /// Predicative phrase ("on hold"), with or without a form of "be".
    State,
    /// Conjunction, relative pronoun or punctuation.
    Mark(Mark),
}

/// Connective between phrases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    Comma,
    /// Semicolon, dash, bracket, full stop within the statement.
    Break,
    Colon,
    Word(Function),
}

/// Form of a verb group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum VerbForm {
    Finite,
    /// Participle without an auxiliary: finite past or reduced relative clause.
    Participle,
    Infinitive,
    Gerund,
}

/// Modality of a verb group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Modality {
    None,
    Will,
    May,
    Can,
    Would,
    Should,
}

/// Phrase or connective of a statement, with its links to others.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a grammatical feature of its own")]
pub(crate) struct Unit {
    pub(crate) kind: Kind,
    /// First and last token.
    pub(crate) first: u16,
    pub(crate) last: u16,
    /// First and last token of the entry that gives the classes.
    pub(crate) head_first: u16,
    pub(crate) head_last: u16,
    pub(crate) classes: [PredicateId; MAX_CLASSES],
    /// The entry of the word list that gives the classes.
    pub(crate) entry: &'static str,
    pub(crate) object: ObjectId,
    pub(crate) form: VerbForm,
    /// Whether it is the bare form of a verb, without auxiliaries ("sign").
    pub(crate) is_bare: bool,
    pub(crate) modality: Modality,
    pub(crate) is_passive: bool,
    pub(crate) is_perfect: bool,
    /// Whether it is an auxiliary without a verb ("the union did not", "was a success").
    pub(crate) is_auxiliary: bool,
    /// Whether it is negated.
    pub(crate) is_negated: bool,
    /// Share of a quantified noun phrase: 1 of "the deal", -0.8 of "no deal".
    pub(crate) quantity: f32,
    /// Preposition before a noun phrase, gerund or infinitive.
    pub(crate) preposition: Option<Function>,
    /// Object and predicate classes of the noun before the head ("strike threat").
    pub(crate) modifier: (ObjectId, PredicateId),
    /// Class of an adjective within the noun phrase ("a hostile session"); 0 is none.
    pub(crate) attribute: PredicateId,
    /// Class of a participle within the noun phrase ("a failed deal"); 0 is none.
    pub(crate) participle: PredicateId,
    /// Whether the noun phrase is a pronoun.
    pub(crate) is_pronoun: bool,
    /// Whether the noun phrase is a time ("on Friday").
    pub(crate) is_time: bool,
    /// Subject of a verb or state; owner of a noun phrase ("the offer's acceptance").
    pub(crate) subject: Option<u16>,
    /// Object of a verb, or noun phrase that completes a noun ("end of the strike").
    pub(crate) argument: Option<u16>,
    /// Clause, infinitive or gerund that completes a verb, state or noun.
    pub(crate) complement: Option<u16>,
    /// Whether its complement holds even if it is negated ("did not say why").
    pub(crate) is_factive: bool,
    /// Whether another unit's link leads here.
    pub(crate) is_governed: bool,
}

impl Unit {
    pub(crate) fn new(kind: Kind, first: usize, last: usize) -> Self {
        let (first, last) = (first as u16, last as u16);
        Self {
            kind,
            first,
            last,
            head_first: first,
            head_last: last,
            classes: [0; MAX_CLASSES],
            entry: "",
            object: 0,
            form: VerbForm::Finite,
            is_bare: false,
            modality: Modality::None,
            is_passive: false,
            is_perfect: false,
            is_auxiliary: false,
            is_negated: false,
            quantity: 1.0,
            preposition: None,
            modifier: (0, 0),
            attribute: 0,
            participle: 0,
            is_pronoun: false,
            is_time: false,
            subject: None,
            argument: None,
            complement: None,
            is_factive: false,
            is_governed: false,
        }
    }

    /// Returns whether it is a verb or a state.
    pub(crate) fn is_predicate(&self) -> bool {
        matches!(self.kind, Kind::Verb | Kind::State)
    }

    /// Returns whether it is the connective `function`.
    pub(crate) fn is_word(&self, function: Function) -> bool {
        self.kind == Kind::Mark(Mark::Word(function))
    }

    /// Returns whether any predicate class is known.
    pub(crate) fn has_class(&self) -> bool {
        self.classes[0] != 0
    }
}
