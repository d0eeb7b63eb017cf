//! [`PartyMentions`]: where an article names its parties, and which party a name or phrase belongs to.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::{Arc, LazyLock};

use crate::attribution::gazetteer_table::COUNTRIES;
use crate::attribution::party_names::PartyNames;
use crate::word::annotate::annotate;
use crate::word::segments::Segments;
use crate::word::token::{Token, TokenKind, lower_at, token_at};
use crate::word::word_class;

/// How often an article without given parties must name a country for it to count as a party.
const MIN_MENTIONS: usize = 2;

/// The parties of an article and where it names them.
pub(crate) struct PartyMentions {
    names: Arc<PartyNames>,
    /// The tokens of each mention and its party, in text order.
    mentions: Vec<(Range<usize>, usize)>,
    /// Whether the parties were given; else they are the countries that recur.
    are_given: bool,
    /// The party inferred for each capitalised word that occurs in a sentence with "with" and the other party; `None`
    /// if it occurs with both.
    counterpart_of: HashMap<String, Option<usize>>,
}

impl PartyMentions {
    /// Finds the mentions of the given parties or, if none are given, of the countries that recur.
    pub(crate) fn find(text: &str, tokens: &[Token<'_>], parties: &BTreeMap<String, Vec<String>>) -> Self {
        static COUNTRY_NAMES: LazyLock<Arc<PartyNames>> =
            LazyLock::new(|| Arc::new(PartyNames::of_countries(&COUNTRIES)));
        let are_given = !parties.is_empty();
        let names =
            if are_given { Arc::new(PartyNames::of_given(parties)) } else { Arc::clone(&COUNTRY_NAMES) };
        let mut mentions = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            if let Some((len, party)) = names.name_at(text, tokens, at, !are_given) {
                mentions.push((at..at + len, party));
                at += len;
            } else {
                at += 1;
            }
        }
        if !are_given {
            keep_recurring(&mut mentions, names.party_count());
        }
        Self { names, mentions, are_given, counterpart_of: HashMap::new() }
    }

    /// The id of a party.
    pub(crate) fn id(&self, party: usize) -> Option<&str> {
        self.names.id(party)
    }

    /// The mentions that start within `range`.
    pub(crate) fn within(&self, range: &Range<usize>) -> &[(Range<usize>, usize)] {
        let from = self.mentions.partition_point(|(mention, _)| mention.start < range.start);
        let to = self.mentions.partition_point(|(mention, _)| mention.start < range.end);
        self.mentions.get(from..to.max(from)).unwrap_or(&[])
    }

    /// The given party that a name belongs to by its last word: "Ada Brenn" if "Minister Brenn" is given.
    pub(crate) fn party_of_name(&self, name: &str) -> Option<usize> {
        if !self.are_given {
            return None;
        }
        let segments = Segments::new(name);
        let tokens = annotate(&segments);
        let last = tokens.iter().rev().find(|token| token.is_word())?;
        self.names.with_last_word(&last.lower)
    }

    /// The party that a description of a source belongs to: the first that it names other than as the topic
    /// ("an Arlandian official familiar with the Brenian offer"). A former role belongs to none.
    pub(crate) fn party_of_phrase(&self, tokens: &[Token<'_>], phrase: &Range<usize>) -> Option<usize> {
        let is_former = |i: usize| matches!(lower_at(tokens, i), "former" | "retired" | "until" | "once");
        if phrase.clone().any(is_former) {
            return None;
        }
        let topic = phrase.clone().find(|&i| starts_topic(tokens, i));
        let affiliation = phrase.start..topic.unwrap_or(phrase.end);
        let named = self.within(&affiliation).first().map(|(_, party)| *party);
        named.or_else(|| {
            affiliation.clone().find_map(|i| {
                let token = tokens.get(i).filter(|token| token.is_capitalised)?;
                self.names.with_last_word(&token.lower)
            })
        })
    }

    /// Records for each capitalised word which of the two countries that recur it stands for: a person who deals
    /// "with Brenia" in a sentence is of the other country.
    pub(crate) fn infer_counterparts(&mut self, tokens: &[Token<'_>], sentences: &[Range<usize>]) {
        let mut parties: Vec<usize> = self.mentions.iter().map(|(_, party)| *party).collect();
        parties.sort_unstable();
        parties.dedup();
        let &[first, second] = parties.as_slice() else { return };
        if self.are_given {
            return;
        }
        for sentence in sentences {
            let deals_with = |party: usize| {
                self.within(sentence).iter().any(|(mention, owner)| {
                    *owner == party && mention.start > 0 && lower_at(tokens, mention.start - 1) == "with"
                })
            };
            let inferred = match (deals_with(first), deals_with(second)) {
                (false, false) => continue,
                (true, true) => None,
                (true, false) => Some(second),
                (false, true) => Some(first),
            };
            let is_name = |token: &&Token<'_>| token.is_capitalised && token.kind == TokenKind::Word;
            for token in tokens.get(sentence.clone()).unwrap_or(&[]).iter().filter(is_name) {
                match self.counterpart_of.get_mut(&*token.lower) {
                    Some(party) => *party = party.filter(|party| Some(*party) == inferred),
                    None => drop(self.counterpart_of.insert(token.lower.to_string(), inferred)),
                }
            }
        }
    }

    /// The party inferred for a person by [`Self::infer_counterparts`]; `surname` is in lower case.
    pub(crate) fn infer_from_counterpart(&self, surname: &str) -> Option<usize> {
        self.counterpart_of.get(surname).copied().flatten()
    }
}

/// Removes the mentions of parties with fewer than [`MIN_MENTIONS`].
fn keep_recurring(mentions: &mut Vec<(Range<usize>, usize)>, party_count: usize) {
    let mut counts = vec![0_usize; party_count];
    for (_, party) in mentions.iter() {
        if let Some(count) = counts.get_mut(*party) {
            *count += 1;
        }
    }
    mentions.retain(|(_, party)| counts.get(*party).is_some_and(|&count| count >= MIN_MENTIONS));
}

/// Whether a party named after the token at `at` is the topic or place of a source's work and not its affiliation:
/// "familiar with", "briefed on", "diplomats in", but "close to" and "an aide to".
fn starts_topic(tokens: &[Token<'_>], at: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |i| lower_at(tokens, i));
    match lower_at(tokens, at) {
        "to" => !matches!(before, "close" | "aide" | "aides" | "adviser" | "advisers"),
        "in" => matches!(before, "diplomats" | "diplomat" | "touch"),
        _ => word_class::is_topic_start(token_at(tokens, at)),
    }
}

#[cfg(test)]
#[path = "party_tests.rs"]
mod tests;
