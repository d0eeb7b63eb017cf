//! Predicative phrases: "is on hold", "Truce off", "more pleased".

use crate::event::chunk::chunker::{Auxiliaries, Chunker};
use crate::event::class::predicate_class;
use crate::event::class_traits::ClassTrait;
use crate::event::entries::Entry;
use crate::event::function::{Function, Functions};
use crate::event::lexicon::Word;
use crate::event::tag::Tag;
use crate::event::unit::{Kind, Mark, Modality, Unit, VerbForm};

impl<'w> Chunker<'_, 'w> {
    /// Finds a predicative phrase at `at`, if one can stand there.
    pub(crate) fn state_at(&self, at: usize) -> Option<(&'w Entry, usize)> {
        let mut at = at;
        let mut item = self.items[at];
        if item.is(Function::Determiner) && self.auxiliaries.has_copula() {
            at += 1;
            item = *self.items.get(at)?;
        }
        let word: &'w Word = item.word;
        if word.states.is_empty() {
            return None;
        }
        let phrase = self.phrase_close(&word.states, at, |_| true);
        let (entry, tokens) = phrase.or_else(|| word.states.single_match())?;
        let last = tokens.last().unwrap_or(at);
        let next = self.items.get(last + 1);
        let is_attributive = next.is_some_and(|item| {
            item.tag == Tag::Noun && !item.is_number && !item.is(Function::Time) && !item.word.is_unknown()
        });
        if self.auxiliaries.has_copula() {
            return (!is_attributive || self.auxiliaries.has_become).then_some((entry, last));
        }
        if self.preposition.is_some() || self.auxiliaries.first.is_some() {
            return None;
        }
        // without a form of "be": "Truce off: rebels", "Talks on hold"
        let follows_noun = self.units.last().is_none_or(|unit| {
            unit.kind == Kind::Noun && unit.last as usize + 1 == at
                || matches!(unit.kind, Kind::Mark(Mark::Colon | Mark::Comma))
                || unit.is_word(Function::And)
        });
        let ends = next.is_none_or(|item| {
            item.is_punctuation()
                || item.is(Function::To)
                || item.is_any(Functions::SUBORDINATOR)
                || item.is_any(Functions::COORDINATOR)
                || item.is_any(Functions::PREPOSITION)
        });
        let is_preposition = item.is_any(Functions::PREPOSITION);
        let is_weak =
            entry.more_words() == 0 && is_preposition && next.is_some_and(|item| !item.is_punctuation());
        let has_verb = self
            .units
            .iter()
            .rev()
            .take_while(|unit| !matches!(unit.kind, Kind::Mark(_)))
            .any(Unit::is_predicate);
        let may_be_single = !has_verb || self.follows_object_of_cause();
        (follows_noun && ends && !(is_weak && has_verb) && (may_be_single || entry.more_words() > 0))
            .then_some((entry, last))
    }

    /// Returns whether the last phrase is the object of a verb that says what becomes of it: "made the pact
    /// meaningless", "called the offer unacceptable".
    fn follows_object_of_cause(&self) -> bool {
        let [.., verb, object] = self.units.as_slice() else { return false };
        let says_state =
            predicate_class(verb.classes[0]).is_some_and(|class| class.is(ClassTrait::ClauseAfterObject));
        verb.kind == Kind::Verb && says_state && object.kind == Kind::Noun && object.preposition.is_none()
    }

    /// Returns whether "less" or "least" stands before a predicative phrase.
    pub(crate) fn is_less_before_state(&self, at: usize) -> bool {
        self.items[at].is(Function::Few)
            && self.items.get(at + 1).is_some_and(|next| !next.word.states.is_empty())
    }

    /// Returns whether a predicative phrase is a comparative: "nearer", "more pleased".
    pub(crate) fn is_comparative(&self, at: usize) -> bool {
        let is_more = |at: usize| self.items[at].is(Function::More);
        self.items[at].word.ends_in_er || is_more(at) || at.checked_sub(1).is_some_and(is_more)
    }

    pub(crate) fn state(&mut self, entry: &Entry, last: usize) {
        let at = self.at;
        let auxiliaries = std::mem::replace(&mut self.auxiliaries, Auxiliaries::NONE);
        let mut unit = Unit::new(Kind::State, auxiliaries.first.unwrap_or(at), last);
        unit.head_first = at as u16;
        unit.classes = entry.classes;
        unit.entry = entry.text;
        unit.modality = auxiliaries.modality;
        // "has never been nearer", "could not be more pleased", "could not be less pleased"
        let has_less = auxiliaries.has_less;
        let is_superlative = (has_less || self.is_comparative(at))
            && auxiliaries.is_negated
            && (auxiliaries.has_never || auxiliaries.modality == Modality::Can);
        unit.is_negated = if is_superlative { has_less } else { auxiliaries.is_negated != has_less };
        if is_superlative {
            unit.modality = Modality::None;
        }
        unit.is_perfect = auxiliaries.has_have;
        unit.form = if auxiliaries.has_to { VerbForm::Infinitive } else { VerbForm::Finite };
        self.at = last + 1;
        self.preposition = None;
        self.units.push(unit);
    }

    /// Returns whether a verbless predicative phrase starts within what looks like a noun phrase.
    pub(crate) fn state_after_noun(&self, at: usize, has_noun: bool) -> bool {
        let states = &self.items[at].word.states;
        let ends = |last: usize| {
            self.items.get(last + 1).is_none_or(|next| {
                next.is_punctuation() || next.is_any(Functions::SUBORDINATOR) || next.is(Function::To)
            })
        };
        has_noun
            && !states.is_empty()
            && (states.single().is_some() && ends(at)
                || self.phrase_close(states, at, |tokens| tokens.last().is_some_and(ends)).is_some())
    }
}
