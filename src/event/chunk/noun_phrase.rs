//! Noun phrases: head, modifier, quantity, owner.

use crate::event::chunk::chunker::{Auxiliaries, Chunker};
use crate::event::chunk::entry_match::longest;
use crate::event::function::{Function, Functions};
use crate::event::lexicon::EntryKind;
use crate::event::tag::Tag;
use crate::event::unit::{Kind, Modality, Unit};

impl<'w> Chunker<'_, 'w> {
    /// Returns whether "one" counts few of many: "only one chapter", "one of the ten".
    pub(crate) fn is_minority(&self, at: usize) -> bool {
        let is = |at: usize, words: [&[u8]; 2]| {
            self.items.get(at).is_some_and(|item| {
                words.into_iter().any(|word| item.word.keys.first() == Some(&detente_lang::hash_bytes(word)))
            })
        };
        at.checked_sub(1).is_some_and(|before| is(before, [b"only", b"just"])) || is(at + 1, [b"of", b"of"])
    }

    /// Returns whether "but" follows "all", and a number follows it.
    pub(crate) fn follows_all(&self, at: usize) -> bool {
        let all = detente_lang::hash_bytes(b"all");
        at.checked_sub(1).is_some_and(|before| self.items[before].word.keys.first() == Some(&all))
    }

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
        let mut head: Option<(usize, usize)> = None;
        let mut end = first;
        let mut is_time = false;
        let mut has_other = false;
        while let Some(item) = self.items.get(end) {
            if self.taken.get(end) == Some(&true) {
                break;
            }
            if matches!(item.tag, Tag::Quotation | Tag::Skip) {
                unit.is_quoted |= item.tag == Tag::Quotation;
                end += 1;
                continue;
            }
            let functions = item.word.functions;
            let is_open = functions.is_empty()
                || functions.has(Function::Adjective)
                || functions.has(Function::Time)
                || functions.has(Function::Adverb) && end > first && item.tag == Tag::Noun;
            let is_determiner = functions.meets(Functions::DETERMINER);
            let is_possessive = functions.has(Function::Possessive) && end > first;
            let is_one = item.word.keys.first() == Some(&detente_lang::hash_bytes(b"one"));
            if is_one && self.is_minority(end) {
                unit.quantity = -0.3;
                end += 1;
                has_other = true;
                continue;
            }
            if functions.has(Function::But) && self.follows_all(end) {
                // "all but one of the chapters"
                unit.quantity = 0.8;
                end += 2;
                continue;
            }
            let is_pronoun = functions.has(Function::Pronoun) || functions.has(Function::None);
            if is_possessive && head.is_some() {
                break;
            }
            if item.is_punctuation() || item.tag == Tag::Verb {
                break;
            }
            if !(is_open || is_determiner || is_pronoun) || is_determiner && end > first && has_other {
                break;
            }
            if end > first && self.state_after_noun(end, head.is_some() || has_other) {
                break;
            }
            if let Some(entry) =
                item.word.entries.iter().find(|entry| entry.kind == EntryKind::State && entry.rest.is_empty())
            {
                unit.attribute = entry.classes[0];
            }
            is_time |= functions.has(Function::Time);
            quantify(&mut unit, functions);
            if is_pronoun {
                unit.is_pronoun = true;
                end += 1;
                break;
            }
            let matched =
                longest(item.word.entries.iter().filter(|entry| entry.kind == EntryKind::Noun), |entry| {
                    self.match_close(entry, end)
                });
            if let Some((entry, tokens)) = matched {
                let last = tokens.last().copied().unwrap_or(end);
                if unit.object != 0 || unit.has_class() {
                    unit.modifier = (unit.object, unit.classes[0]);
                }
                (unit.object, unit.classes, unit.entry) = (entry.object, entry.classes, entry.text);
                head = Some((end, last));
                end = last + 1;
                has_other = true;
                continue;
            }
            if functions.is_empty() {
                has_other = true;
                // a later noun that is no object takes the place of the head: "deal terms sheet"
                if head.is_some() && !item.is_name && !item.is_number && item.word.verb.is_empty() {
                    unit.modifier = (unit.object, unit.classes[0]);
                    (unit.object, unit.classes, unit.entry) = (0, [0; 3], "");
                    head = None;
                }
            }
            end += 1;
        }
        if end == first {
            // an auxiliary or adverb that nothing else took
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
        // "the offer's acceptance"
        if self.items.get(end).is_some_and(|item| item.is(Function::Possessive)) {
            let owner = self.units.len();
            unit.is_governed = true;
            // "the government of France's offer": the whole phrase owns the offer
            let mut preposition = unit.preposition.take();
            if preposition == Some(Function::Of)
                && let Some(before) = self.units.last_mut()
                && before.kind == Kind::Noun
                && before.object == 0
                && !before.has_class()
            {
                before.is_governed = true;
                preposition = before.preposition;
            }
            self.units.push(unit);
            self.at = end + 1;
            self.preposition = preposition.map(|function| (function, end));
            let before = self.units.len();
            self.noun_phrase();
            if let Some(owned) = self.units.get_mut(before).filter(|unit| unit.kind == Kind::Noun) {
                owned.subject = Some(owner as u16);
            }
            return;
        }
        self.units.push(unit);
    }
}

/// Sets the quantity of a noun phrase from a quantifier.
fn quantify(unit: &mut Unit, functions: Functions) {
    if functions.has(Function::No) || functions.has(Function::None) {
        unit.quantity = -0.8;
    } else if functions.has(Function::Few) {
        unit.quantity = -0.5;
    }
}
