//! Auxiliaries, negation, prepositions and conjunctions.

use crate::event::chunk::chunker::{Auxiliaries, Chunker};
use crate::event::function::{Function, Functions};
use crate::event::morphology::Form;
use crate::event::tag::Tag;
use crate::event::unit::{Kind, Mark, Modality, Unit};

impl<'w> Chunker<'_, 'w> {
    /// Handles a closed-class word; returns false if a noun phrase starts with it.
    pub(crate) fn function(&mut self) -> bool {
        let at = self.at;
        let item = self.items[at];
        let functions = item.word.functions;
        let mut auxiliary = |change: &dyn Fn(&mut Auxiliaries)| {
            self.auxiliaries.first.get_or_insert(at);
            change(&mut self.auxiliaries);
            self.at += 1;
        };
        if let Some(modal) = functions.first_in(Functions::MODAL) {
            let is_negated = functions.has(Function::Not);
            auxiliary(&|all| {
                all.modality = match modal {
                    Function::Will => Modality::Will,
                    Function::May => Modality::May,
                    Function::Can => Modality::Can,
                    Function::Would => Modality::Would,
                    _ => Modality::Should,
                };
                all.is_negated ^= is_negated;
            });
            return true;
        }
        if let Some(verb) = functions.first_in(Functions::AUXILIARY) {
            auxiliary(&|all| match verb {
                Function::Be => all.has_be = true,
                Function::Become => all.has_become = true,
                Function::Have => all.has_have = true,
                _ => all.has_do = true,
            });
            return true;
        }
        if functions.meets(Functions::NEGATION) {
            let spelling_has_do = !functions.has(Function::Never) && !functions.has(Function::Hardly);
            auxiliary(&|all| {
                all.is_negated = !all.is_negated;
                all.has_never |= functions.has(Function::Never);
                all.has_do |= spelling_has_do && all.first == Some(at);
            });
            return true;
        }
        if functions.has(Function::No) && self.next_is_longer(at) {
            self.auxiliaries.first.get_or_insert(at);
            self.auxiliaries.is_negated ^= true;
            self.at += 2;
            return true;
        }
        if functions.has(Function::To) {
            let follows = |ahead: usize| self.items.get(at + ahead);
            let is_infinitive = (1..=3)
                .map_while(|ahead| follows(ahead).map(|item| (ahead, item)))
                .find(|(_, item)| !item.is(Function::Adverb) || item.tag == Tag::Verb)
                .is_some_and(|(_, item)| {
                    item.tag == Tag::Verb && item.word.verb.has(Form::Base)
                        || item.is_any(Functions::AUXILIARY)
                });
            if is_infinitive {
                self.flush_copula(at);
                self.auxiliaries = Auxiliaries { first: Some(at), has_to: true, ..Auxiliaries::NONE };
            } else {
                self.flush_copula(at);
                self.preposition = Some((Function::To, at));
            }
            self.at += 1;
            return true;
        }
        if let Some(preposition) = functions.first_in(Functions::PREPOSITION) {
            self.flush_copula(at);
            self.preposition = Some((preposition, at));
            self.at += 1;
            return true;
        }
        let connectives = [
            Function::Relative,
            Function::That,
            Function::Whether,
            Function::Question,
            Function::And,
            Function::Or,
            Function::But,
        ];
        let subordinator = functions.first_in(Functions::SUBORDINATOR);
        let starts_clause = at == 0 || self.items[at - 1].is_punctuation();
        let is_adverb = functions.has(Function::Adverb) && !starts_clause;
        if let Some(mark) = connectives.into_iter().find(|function| functions.has(*function)).or(subordinator)
            && !is_adverb
        {
            self.flush_copula(at);
            self.preposition = None;
            self.units.push(Unit::new(Kind::Mark(Mark::Word(mark)), at, at));
            self.at += 1;
            return true;
        }
        if functions.has(Function::Adverb) {
            if self.auxiliaries.first.is_none() && self.preposition.is_none() {
                self.at += 1;
            } else if self.preposition.is_some() {
                self.preposition = None;
                self.at += 1;
            } else {
                self.at += 1;
            }
            return true;
        }
        false
    }

    pub(crate) fn next_is_longer(&self, at: usize) -> bool {
        let longer = detente_lang::hash_bytes(b"longer");
        self.items.get(at + 1).is_some_and(|item| item.word.keys.first() == Some(&longer))
    }
}
