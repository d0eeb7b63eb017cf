//! [`PartyMentions`]: where an article names its parties, and which party a name or phrase belongs to.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::{Arc, LazyLock};

use crate::attribution::entities::Entities;
use crate::attribution::found_parties::{FoundParties, Title};
use crate::attribution::gazetteer_table::COUNTRIES;
use crate::attribution::party_kind::PartyKind;
use crate::attribution::party_names::PartyNames;
use crate::word::annotate::annotate;
use crate::word::segments::Segments;
use crate::word::token::{Token, TokenKind, lower_at, token_at};
use crate::word::word_class;

/// The parties of an article and where it names them.
pub(crate) struct PartyMentions {
    names: Arc<PartyNames>,
    /// The parties found in the text, if none are given.
    found: FoundParties,
    /// The tokens of each mention and its party, in text order.
    mentions: Vec<(Range<usize>, usize)>,
    /// Whether the parties were given; else they were found in the text.
    are_given: bool,
    /// The party inferred for each capitalised word that occurs in a sentence with "with" and the other party; `None`
    /// if it occurs with both.
    counterpart_of: HashMap<String, Option<usize>>,
}

impl PartyMentions {
    /// Finds the mentions of the given parties or, if none are given, of the parties that the text and its title show.
    pub(crate) fn find(
        text: &str,
        tokens: &[Token<'_>],
        entities: &Entities,
        title: Option<&str>,
        parties: &BTreeMap<String, Vec<String>>,
    ) -> Self {
        static COUNTRY_NAMES: LazyLock<Arc<PartyNames>> =
            LazyLock::new(|| Arc::new(PartyNames::of_countries(&COUNTRIES)));
        let are_given = !parties.is_empty();
        let names =
            if are_given { Arc::new(PartyNames::of_given(parties)) } else { Arc::clone(&COUNTRY_NAMES) };
        let mut mentions = mentions_of(&names, text, tokens, !are_given);
        let mut found = FoundParties::default();
        if !are_given {
            let segments = Segments::new(title.unwrap_or_default());
            let title_tokens = annotate(&segments);
            let title = title.map(|title| Title {
                tokens: &title_tokens,
                countries: mentions_of(&names, title, &title_tokens, true),
            });
            found = FoundParties::find(text, tokens, entities, &mentions, title.as_ref(), |at| names.id(at));
            mentions = std::mem::take(&mut found.mentions);
        }
        Self { names, found, mentions, are_given, counterpart_of: HashMap::new() }
    }

    /// The id of a party.
    pub(crate) fn id(&self, party: usize) -> Option<&str> {
        if self.are_given { self.names.id(party) } else { self.found.ids.get(party).map(String::as_str) }
    }

    /// The names of the parties found in the text that negotiate themselves.
    pub(crate) fn found_principals(&self) -> impl Iterator<Item = &str> {
        let found = self.found.ids.iter().zip(&self.found.is_principal);
        found.filter(|(_, is_principal)| **is_principal).map(|(name, _)| name.as_str())
    }

    /// The only party found in the text that people with the role in `phrase` can speak for: the state for a minister,
    /// the firm for a chief executive.
    pub(crate) fn party_of_office(&self, tokens: &[Token<'_>], phrase: &Range<usize>) -> Option<usize> {
        let kind = phrase.clone().find_map(|i| kind_of_office(tokens, i))?;
        let mut fitting =
            (0..).zip(&self.found.kinds).filter(|(_, own)| **own == Some(kind)).map(|(party, _)| party);
        let party = fitting.next()?;
        fitting.next().is_none().then_some(party)
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
        if !self.are_given {
            return named;
        }
        named.or_else(|| {
            affiliation.clone().find_map(|i| {
                let token = tokens.get(i).filter(|token| token.is_capitalised)?;
                self.names.with_last_word(&token.lower)
            })
        })
    }

    /// Records for each capitalised word which of the two countries found it stands for: a person who deals
    /// "with Brenia" in a sentence is of the other country.
    pub(crate) fn infer_counterparts(&mut self, tokens: &[Token<'_>], sentences: &[Range<usize>]) {
        let is_country = |party: &usize| self.found.is_country.get(*party).is_some_and(|is| *is);
        let mut parties: Vec<usize> =
            self.mentions.iter().map(|(_, party)| *party).filter(is_country).collect();
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

/// The names in a text and their owners. With `capitalised`, names start with a capital.
fn mentions_of(
    names: &PartyNames,
    text: &str,
    tokens: &[Token<'_>],
    capitalised: bool,
) -> Vec<(Range<usize>, usize)> {
    let mut mentions = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match names.name_at(text, tokens, at, capitalised) {
            Some((len, party)) => {
                mentions.push((at..at + len, party));
                at += len;
            }
            None => at += 1,
        }
    }
    mentions
}

/// The kind of party that an office belongs to.
fn kind_of_office(tokens: &[Token<'_>], at: usize) -> Option<PartyKind> {
    let before = at.checked_sub(1).map_or("", |i| lower_at(tokens, i));
    match (before, lower_at(tokens, at)) {
        (_, "minister" | "premier" | "chancellor" | "ambassador") => Some(PartyKind::State),
        ("chief", "executive") | ("managing", "director") | (_, "ceo" | "cfo") => Some(PartyKind::Employer),
        ("general", "secretary") | ("shop", "steward") => Some(PartyKind::Labour),
        _ => None,
    }
}

/// Whether a party named after the token at `at` is the topic or place of a source's work and not its affiliation:
/// "familiar with", "briefed on", "diplomats in", but "close to" and "an aide to".
fn starts_topic(tokens: &[Token<'_>], at: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |i| lower_at(tokens, i));
    match lower_at(tokens, at) {
        "to" => !matches!(before, "close" | "aide" | "aides" | "adviser" | "advisers"),
        "in" => matches!(before, "diplomats" | "diplomat") || lower_at(tokens, at + 1) == "touch",
        _ => word_class::is_topic_start(token_at(tokens, at)),
    }
}

#[cfg(test)]
#[path = "party_tests.rs"]
mod tests;
