//! Decides which party a source speaks for, and what kind of speaker it is.

use std::ops::Range;

use crate::attribution::entities::Entity;
use crate::attribution::party::PartyMentions;
use crate::attribution::phrase_head::{head_end, name_in};
use crate::attribution::types::SpeakerKind;
use crate::word::token::{Token, lower_at, token_at};
use crate::word::word_class;

/// What is needed to decide the party of a source.
#[derive(Clone, Copy)]
pub(crate) struct Affiliations<'a> {
    pub(crate) tokens: &'a [Token<'a>],
    pub(crate) sentences: &'a [Range<usize>],
    pub(crate) parties: &'a PartyMentions,
}

impl Affiliations<'_> {
    /// The id of the party that a source speaks for, and the kind of the speaker. `name` is the full name of the
    /// source, `entity` the entity that it refers to.
    pub(crate) fn side_and_kind(
        self,
        name: &str,
        source: &Range<usize>,
        apposition: Option<&Range<usize>>,
        entity: Option<&Entity>,
    ) -> (Option<String>, SpeakerKind) {
        let tokens = self.tokens;
        let is_named = entity.is_some() || name_in(tokens, source).is_some();
        let head = token_at(tokens, head_end(tokens, source).saturating_sub(1));
        let is_unnamed_source = !is_named && word_class::is_unnamed_source(head);
        let descriptions = || {
            let of_entity = entity.map_or(&[][..], |entity| entity.descriptions.as_slice());
            [source].into_iter().chain(apposition).chain(of_entity)
        };
        let own_party = is_named
            .then(|| self.parties.party_of_name(name))
            .flatten()
            .or_else(|| self.party_in_head(source));
        if own_party.is_none() {
            let is_outsider = word_class::is_interest_group(head)
                || self.has_outsider(&(source.start..head_end(tokens, source)))
                || is_named && descriptions().any(|phrase| self.has_outsider(phrase));
            if is_outsider {
                let kind = if is_unnamed_source { SpeakerKind::Unnamed } else { SpeakerKind::Outsider };
                return (None, kind);
            }
        }
        let party = own_party
            .or_else(|| descriptions().find_map(|phrase| self.parties.party_of_phrase(tokens, phrase)))
            .or_else(|| descriptions().find_map(|phrase| self.possessive_party(phrase)))
            .or_else(|| descriptions().find_map(|phrase| self.parties.party_of_office(tokens, phrase)))
            .or_else(|| {
                let person = entity.filter(|entity| entity.is_person)?;
                let surname = lower_at(tokens, person.name.end.saturating_sub(1));
                self.parties.infer_from_counterpart(surname)
            });
        let side = party.and_then(|party| self.parties.id(party)).map(str::to_owned);
        let kind = if is_unnamed_source {
            SpeakerKind::Unnamed
        } else if side.is_some() {
            SpeakerKind::Party
        } else {
            SpeakerKind::Other
        };
        (side, kind)
    }

    /// The party that the head of a source names ("Arland", "the Harbour Guild") or that owns it ("Arland’s
    /// ministry", but not "Arland’s lobby").
    fn party_in_head(self, source: &Range<usize>) -> Option<usize> {
        let end = head_end(self.tokens, source);
        let is_interest_group = word_class::is_interest_group(token_at(self.tokens, end.saturating_sub(1)));
        let is_head_or_owner = |mention: &Range<usize>| {
            let is_possessive = self.tokens.get(mention.end - 1).is_some_and(|token| token.is_possessive);
            mention.contains(&(end - 1)) || is_possessive && !is_interest_group && mention.end < end
        };
        let mut mentions = self.parties.within(source).iter();
        mentions.find(|(mention, _)| is_head_or_owner(mention)).map(|(_, party)| *party)
    }

    /// The party that "its ministry", "their leader" or "the government" belongs to: the first that the sentence names
    /// before the source, else the first that the sentence before names.
    fn possessive_party(self, source: &Range<usize>) -> Option<usize> {
        let first = lower_at(self.tokens, source.start);
        let head = lower_at(self.tokens, head_end(self.tokens, source).saturating_sub(1));
        let has_owner = match first {
            "its" | "their" | "his" | "her" => true,
            "the" => matches!(
                head,
                "government" | "ministry" | "presidency" | "cabinet" | "army" | "board" | "company"
            ),
            _ => false,
        };
        if !has_owner {
            return None;
        }
        let at = self.sentences.partition_point(|sentence| sentence.end <= source.start);
        let sentence = self.sentences.get(at)?;
        let before = self.parties.within(&(sentence.start..source.start));
        let owner =
            before.first().or_else(|| self.parties.within(self.sentences.get(at.checked_sub(1)?)?).first());
        owner.map(|(_, party)| *party)
    }

    /// Whether `phrase` has a role or body that speaks for no party.
    fn has_outsider(self, phrase: &Range<usize>) -> bool {
        phrase.clone().any(|i| word_class::is_outsider(token_at(self.tokens, i)))
    }
}

#[cfg(test)]
#[path = "affiliation_tests.rs"]
mod tests;
