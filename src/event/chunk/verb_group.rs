//! Verb groups: auxiliaries, verb and particles.

use crate::event::chunk::chunker::{Auxiliaries, Chunker};
use crate::event::entries::{Entries, Entry, MatchedTokens};
use crate::event::function::{Function, Functions};
use crate::event::morphology::Form;
use crate::event::tag::{Item, Tag};
use crate::event::unit::{Kind, Unit, VerbForm};

/// Most words between a verb and its particle ("called the strike off").
const MAX_GAP: usize = 4;
/// Most determiners and adverbs that are skipped within an entry ("pulled the plug on").
const MAX_SKIPPED: usize = 2;

impl<'w> Chunker<'_, 'w> {
    pub(crate) fn verb(&mut self) {
        let at = self.at;
        let item = self.items[at];
        let auxiliaries = std::mem::replace(&mut self.auxiliaries, Auxiliaries::NONE);
        let first = auxiliaries.first.unwrap_or(at);
        let matched = self.longest_verb(at);
        let forms = item.word.verb;
        let mut unit = Unit::new(Kind::Verb, first, at);
        unit.head_first = at as u16;
        unit.head_last = at as u16;
        unit.modality = auxiliaries.modality;
        unit.is_negated = auxiliaries.is_negated;
        unit.is_perfect = auxiliaries.has_have;
        let is_participle = forms.has(Form::Participle);
        unit.is_passive = is_participle && auxiliaries.has_copula();
        unit.form = if auxiliaries.has_to {
            VerbForm::Infinitive
        } else if forms.has(Form::Gerund) && !auxiliaries.has_copula() {
            VerbForm::Gerund
        } else if is_participle && !auxiliaries.is_finite() && !auxiliaries.has_copula() {
            VerbForm::Participle
        } else {
            VerbForm::Finite
        };
        unit.is_bare = auxiliaries.first.is_none() && forms.has(Form::Base) && !forms.is_past();
        if unit.form == VerbForm::Gerund {
            unit.preposition = self.preposition.map(|(preposition, _)| preposition);
        }
        self.preposition = None;
        self.at = at + 1;
        if let Some((entry, mut tokens)) = matched {
            if entry.text.ends_with(" that") {
                // the conjunction starts a clause of its own
                tokens.pop();
            }
            unit.classes = entry.classes;
            unit.entry = entry.text;
            let mut end = at;
            for token in tokens.iter() {
                if token == end + 1 || token <= end + 1 + MAX_SKIPPED && self.only_skipped(end + 1, token) {
                    end = token;
                } else {
                    self.taken[token] = true;
                }
            }
            unit.head_last = end as u16;
            unit.last = end as u16;
            self.at = end + 1;
        }
        self.units.push(unit);
    }

    /// Returns whether the tokens from `first` to before `end` are words that entries skip.
    pub(crate) fn only_skipped(&self, first: usize, end: usize) -> bool {
        self.items.get(first..end).unwrap_or_default().iter().all(is_skipped)
    }

    /// Returns the longest verb entry of the word at `at` whose words follow, with the tokens that they match.
    fn longest_verb(&self, at: usize) -> Option<(&'w Entry, MatchedTokens)> {
        let verbs: &'w Entries = &self.items[at].word.verbs;
        let mut best = None;
        for item in self.items.get(at + 1..).unwrap_or_default().iter().take(MAX_GAP + 1) {
            let is_quotation = matches!(item.tag, Tag::Quotation | Tag::Skip);
            if item.is_punctuation() && !is_quotation {
                break;
            }
            if !is_quotation {
                verbs.longest(&item.word.keys, &mut best, |entry, rest| self.match_verb(entry, rest, at));
                if !is_skipped(item) && !is_gap(item) {
                    break;
                }
            }
        }
        best.map(|(_, entry, tokens)| (entry, tokens)).or_else(|| verbs.single_match())
    }

    /// Matches the words after the first of a verb entry; returns their tokens.
    fn match_verb(&self, entry: &Entry, rest: &[u64], at: usize) -> Option<MatchedTokens> {
        let mut tokens = MatchedTokens::default();
        let mut next = at + 1;
        for (number, key) in rest.iter().enumerate() {
            let is_last = number + 1 == rest.len();
            // "called the strike off", but not "ends talks with"
            let takes_gap = number == 0 && !(is_last && entry.ends_in_preposition);
            let limit = if takes_gap { MAX_GAP } else { MAX_SKIPPED };
            let mut found = None;
            for token in next..=next + limit {
                let Some(item) = self.items.get(token) else { break };
                if item.is_punctuation() {
                    if matches!(item.tag, Tag::Quotation | Tag::Skip) {
                        continue;
                    }
                    break;
                }
                if item.word.keys.contains(*key) {
                    found = Some(token);
                    break;
                }
                let is_gap = takes_gap && is_gap(item);
                if !is_skipped(item) && !is_gap {
                    break;
                }
            }
            let token = found?;
            // "will walk out on Saturday" is not "walk out on"
            if is_last
                && self.items[token].is(Function::On)
                && self.items.get(token + 1).is_some_and(|next| {
                    next.is(Function::Adverb) || next.is(Function::Time) || next.is_number
                })
            {
                return None;
            }
            tokens.push(token);
            next = token + 1;
        }
        // "announces new tariff exemptions" announces no tariff
        let continues = tokens.last().is_some_and(|last| {
            self.items[last].tag == Tag::Noun && self.items.get(last + 1).is_some_and(Item::is_plain_noun)
        });
        (!continues).then_some(tokens)
    }

    /// Returns whether a participle after "be" is listed as a state ("is gone", "are divided").
    pub(crate) fn is_participial_state(&self, at: usize) -> bool {
        let word = self.items[at].word;
        let next = self.items.get(at + 1);
        let may_be = if word.verb.has(Form::Gerund) {
            // "is threatening the deal" has an object
            next.is_none_or(|next| next.is_punctuation() || next.is_any(Functions::COORDINATOR))
        } else {
            word.verb.has(Form::Participle)
                && !next.is_some_and(|next| next.is(Function::By) || next.is(Function::To))
        };
        // "Disappointed with the offer, the union …"
        let opens = self.units.is_empty()
            && self.auxiliaries.first.is_none()
            && next.is_some_and(|next| {
                next.is_any(Functions::PREPOSITION) && word.states.has_second(&next.word.keys)
            });
        opens || self.auxiliaries.has_copula() && may_be && word.states.single().is_some()
    }
}

/// Returns whether a word may stand within an entry without being part of it.
pub(crate) fn is_skipped(item: &Item<'_>) -> bool {
    item.is(Function::Determiner)
        || item.is(Function::Possessive)
        || item.is(Function::Adverb)
        || item.is(Function::Adjective)
        || item.tag == Tag::Quotation
}

/// Returns whether a word may stand between a verb and its particle.
fn is_gap(item: &Item<'_>) -> bool {
    item.tag == Tag::Noun
        || item.is(Function::Pronoun)
        || item.is(Function::Time)
        || item.is_any(Functions::DETERMINER)
}
