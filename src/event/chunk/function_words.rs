//! Auxiliaries, negation, prepositions and conjunctions.

use crate::event::chunk::chunker::{Auxiliaries, Chunker};
use crate::event::function::{Function, Functions};
use crate::event::morphology::Form;
use crate::event::tag::Tag;
use crate::event::unit::{Kind, Mark, Modality, Unit};

impl Chunker<'_, '_> {
    /// Handles a closed-class word; returns false if a noun phrase starts with it.
    pub(crate) fn function(&mut self) -> bool {
        let at = self.at;
        let functions = self.items[at].word.functions;
        if self.auxiliary(functions) {
            return true;
        }
        if functions.has(Function::To) {
            self.to();
        } else if let Some(preposition) = functions.first_in(Functions::PREPOSITION) {
            self.flush_copula(at);
            // "ahead of the deadline" is no owner
            let is_compound = preposition == Function::Of
                && self
                    .preposition
                    .is_some_and(|(first, before)| first == Function::Preposition && before + 1 == at);
            if !is_compound {
                self.preposition = Some((preposition, at));
            }
            self.at += 1;
        } else if let Some(mark) = self.connective(functions) {
            self.flush_copula(at);
            self.preposition = None;
            self.units.push(Unit::new(Kind::Mark(Mark::Word(mark)), at, at));
            self.at += 1;
        } else if functions.has(Function::Adverb) {
            self.preposition = None;
            self.at += 1;
        } else {
            return false;
        }
        true
    }

    /// Handles a modal, an auxiliary or a negator; returns whether the word is one.
    fn auxiliary(&mut self, functions: Functions) -> bool {
        let at = self.at;
        let is_no_longer = functions.has(Function::No) && self.next_is_longer(at);
        let is_auxiliary = functions.meets(Functions::MODAL)
            || functions.meets(Functions::AUXILIARY)
            || functions.meets(Functions::NEGATION)
            || is_no_longer;
        if !is_auxiliary {
            return false;
        }
        let all = &mut self.auxiliaries;
        all.first.get_or_insert(at);
        self.at += if is_no_longer { 2 } else { 1 };
        if let Some(modal) = functions.first_in(Functions::MODAL) {
            all.modality = match modal {
                Function::Will => Modality::Will,
                Function::May => Modality::May,
                Function::Can => Modality::Can,
                Function::Would => Modality::Would,
                _ => Modality::Should,
            };
            all.is_negated ^= functions.has(Function::Not);
        } else if let Some(verb) = functions.first_in(Functions::AUXILIARY) {
            match verb {
                Function::Be => all.has_be = true,
                Function::Become => all.has_become = true,
                Function::Have => all.has_have = true,
                _ => all.has_do = true,
            }
        } else {
            all.is_negated = !all.is_negated;
            all.has_never |= functions.has(Function::Never);
            // "did not" alone may be all that is left of a clause
            all.has_do |= functions.has(Function::Not) && all.first == Some(at);
        }
        true
    }

    /// Handles "to": an infinitive follows, or a noun phrase.
    fn to(&mut self) {
        let at = self.at;
        let ahead = self.items.get(at + 1..).unwrap_or_default().iter().take(3);
        let is_infinitive = ahead
            .into_iter()
            .find(|item| !item.is(Function::Adverb) || item.tag == Tag::Verb)
            .is_some_and(|item| {
                item.tag == Tag::Verb && item.word.verb.has(Form::Base) || item.is_any(Functions::AUXILIARY)
            });
        self.flush_copula(at);
        if is_infinitive {
            self.auxiliaries = Auxiliaries { first: Some(at), has_to: true, ..Auxiliaries::NONE };
        } else {
            self.preposition = Some((Function::To, at));
        }
        self.at += 1;
    }

    /// Returns the connective that the word is; "yet" and "however" are adverbs within a clause.
    fn connective(&self, functions: Functions) -> Option<Function> {
        const CONNECTIVES: [Function; 7] = [
            Function::Relative,
            Function::That,
            Function::Whether,
            Function::Question,
            Function::And,
            Function::Or,
            Function::But,
        ];
        let starts_clause = self.at == 0 || self.items[self.at - 1].is_punctuation();
        if functions.has(Function::Adverb) && !starts_clause {
            return None;
        }
        CONNECTIVES
            .into_iter()
            .find(|function| functions.has(*function))
            .or_else(|| functions.first_in(Functions::SUBORDINATOR))
    }

    pub(crate) fn next_is_longer(&self, at: usize) -> bool {
        self.items.get(at + 1).is_some_and(|item| item.is(Function::Longer))
    }
}
