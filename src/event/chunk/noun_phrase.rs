//! Noun phrases: head, modifier, quantity, owner.

use crate::event::chunk::chunker::{Auxiliaries, Chunker};
use crate::event::entries::{Entry, MAX_CLASSES};
use crate::event::function::{Function, Functions};
use crate::event::tag::{Item, Tag};
use crate::event::unit::{Kind, Modality, Unit};

/// Quantity of "only one chapter".
const MINORITY: f32 = -0.3;
/// Quantity of "all but one chapter".
const ALL_BUT_ONE: f32 = 0.8;

impl Chunker<'_, '_> {
    /// Returns whether "one" counts few of many: "only one chapter", "one of the ten".
    pub(crate) fn is_minority(&self, at: usize) -> bool {
        at.checked_sub(1).is_some_and(|before| self.items[before].is(Function::Only))
            || self.items.get(at + 1).is_some_and(|item| item.is(Function::Of))
    }

    /// Returns whether "but" follows "all", and a number follows it.
    pub(crate) fn follows_all(&self, at: usize) -> bool {
        at.checked_sub(1).is_some_and(|before| self.items[before].is(Function::All))
    }

    /// Reads a noun phrase, with the preposition before it.
    pub(crate) fn noun_phrase(&mut self) {
        let first = self.at;
        let denied = self.auxiliaries.is_negated
            && !self.auxiliaries.has_copula()
            && !self.auxiliaries.has_have
            && self.auxiliaries.modality == Modality::None;
        if denied {
            self.auxiliaries = Auxiliaries::NONE;
        }
        self.flush_copula(first);
        let mut unit = Unit::new(Kind::Noun, self.preposition.map_or(first, |(_, token)| token), first);
        unit.preposition = self.preposition.map(|(preposition, _)| preposition);
        self.preposition = None;
        let mut phrase = Phrase { unit, head: None, end: first, has_noun: false, is_time: false };
        while self.extend(&mut phrase, first) {}
        let Phrase { mut unit, head, end, is_time, .. } = phrase;
        if end == first {
            // an adverb that nothing else took
            self.at += 1;
            return;
        }
        unit.last = (end - 1) as u16;
        let (head_first, head_last) = head.unwrap_or((first, end - 1));
        (unit.head_first, unit.head_last) = (head_first as u16, head_last as u16);
        if denied {
            unit.quantity *= -0.6;
        }
        unit.is_time = is_time && head.is_none();
        self.at = end;
        if self.items.get(end).is_some_and(|item| item.is(Function::Possessive)) {
            self.owned_phrase(unit);
        } else {
            self.units.push(unit);
        }
    }

    /// Adds the next word or entry to a noun phrase; returns false where the phrase ends.
    fn extend(&self, phrase: &mut Phrase, first: usize) -> bool {
        let at = phrase.end;
        let Some(item) = self.items.get(at).filter(|_| self.taken.get(at) == Some(&false)) else {
            return false;
        };
        let functions = item.word.functions;
        if matches!(item.tag, Tag::Quotation | Tag::Skip) {
            phrase.end += 1;
            return true;
        }
        if functions.has(Function::One) && self.is_minority(at) {
            phrase.unit.quantity = MINORITY;
            phrase.has_noun = true;
            phrase.end += 1;
            return true;
        }
        // "one-week blocks"
        if functions.has(Function::One) && self.items.get(at + 1).is_some_and(Item::is_plain_noun) {
            phrase.end += 1;
            return true;
        }
        if functions.has(Function::But) && self.follows_all(at) {
            // "all but one of the chapters"
            phrase.unit.quantity = ALL_BUT_ONE;
            phrase.end += 2;
            return true;
        }
        if item.is_punctuation() || item.tag == Tag::Verb || !phrase.accepts(functions, item.tag, at > first)
        {
            return false;
        }
        if at > first && self.state_after_noun(at, phrase.head.is_some() || phrase.has_noun) {
            return false;
        }
        if let Some(entry) = item.word.states.single() {
            phrase.unit.attribute = entry.classes[0];
        } else if item.word.verb.is_past()
            && let Some(entry) = item.word.verbs.single()
        {
            phrase.unit.participle = entry.classes[0];
        }
        phrase.is_time |= functions.has(Function::Time);
        quantify(&mut phrase.unit, functions);
        if is_pronoun(functions) {
            phrase.unit.is_pronoun = true;
            phrase.end += 1;
            return false;
        }
        if let Some((entry, tokens)) = self.longest_noun(&item.word.nouns, at) {
            phrase.set_head(entry, at, tokens.last().unwrap_or(at));
            return true;
        }
        if functions.is_empty() {
            phrase.has_noun = true;
            // a later noun that is no object takes the place of the head: "deal terms sheet"
            if phrase.head.is_some() && !item.is_name && !item.is_number && item.word.verb.is_empty() {
                phrase.drop_head();
            }
        }
        phrase.end += 1;
        true
    }

    /// Adds the owner and reads the noun phrase that it owns: "the offer's acceptance".
    fn owned_phrase(&mut self, mut owner: Unit) {
        let end = self.at;
        let number = self.units.len();
        owner.is_governed = true;
        // "the government of France's offer": the whole phrase owns the offer
        let mut preposition = owner.preposition.take();
        if preposition == Some(Function::Of)
            && let Some(before) = self.units.last_mut()
            && before.kind == Kind::Noun
            && before.object == 0
            && !before.has_class()
        {
            before.is_governed = true;
            preposition = before.preposition;
        }
        self.units.push(owner);
        self.at = end + 1;
        self.preposition = preposition.map(|function| (function, end));
        let before = self.units.len();
        self.noun_phrase();
        if let Some(owned) = self.units.get_mut(before).filter(|unit| unit.kind == Kind::Noun) {
            owned.subject = Some(number as u16);
        }
    }
}

/// Noun phrase that is being read.
struct Phrase {
    unit: Unit,
    /// First and last token of the head, if an entry gives it.
    head: Option<(usize, usize)>,
    end: usize,
    /// Whether a noun or another content word was read.
    has_noun: bool,
    is_time: bool,
}

impl Phrase {
    /// Returns whether a word with these functions belongs to the phrase.
    fn accepts(&self, functions: Functions, tag: Tag, is_later: bool) -> bool {
        let is_open = functions.is_empty()
            || functions.has(Function::Adjective)
            || functions.has(Function::Time)
            || functions.has(Function::Adverb) && is_later && tag == Tag::Noun;
        let is_determiner = functions.meets(Functions::DETERMINER);
        if functions.has(Function::Possessive) && is_later && self.head.is_some() {
            return false;
        }
        (is_open || is_determiner || is_pronoun(functions)) && !(is_determiner && is_later && self.has_noun)
    }

    fn set_head(&mut self, entry: &Entry, first: usize, last: usize) {
        if self.unit.object != 0 || self.unit.has_class() {
            self.unit.modifier = (self.unit.object, self.unit.classes[0]);
        }
        (self.unit.object, self.unit.classes, self.unit.entry) = (entry.object, entry.classes, entry.text);
        self.head = Some((first, last));
        self.end = last + 1;
        self.has_noun = true;
    }

    fn drop_head(&mut self) {
        self.unit.modifier = (self.unit.object, self.unit.classes[0]);
        (self.unit.object, self.unit.classes, self.unit.entry) = (0, [0; MAX_CLASSES], "");
        self.head = None;
    }
}

fn is_pronoun(functions: Functions) -> bool {
    functions.has(Function::Pronoun) || functions.has(Function::None)
}

/// Sets the quantity of a noun phrase from a quantifier.
fn quantify(unit: &mut Unit, functions: Functions) {
    if functions.has(Function::No) || functions.has(Function::None) {
        unit.quantity = -0.8;
    } else if functions.has(Function::Few) {
        unit.quantity = -0.5;
    }
}
