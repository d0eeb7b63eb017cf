//! [`PartyCandidate`]: what may be a party to the negotiation of an article, with the evidence for it.

use std::ops::Range;

use crate::attribution::party_kind::PartyKind;

/// What a candidate is named by.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum CandidateName {
    /// A country or body of the gazetteer.
    Country(usize),
    /// An entity of the article.
    Entity(usize),
    /// A capitalised word before a role ("the Ostavian envoy"), in lower case.
    Modifier(String),
    /// A common noun, in the singular ("union", "striker").
    Noun(String),
}

/// What may be a party, and how often the article uses it as one.
#[derive(Clone, Debug)]
pub(crate) struct PartyCandidate {
    pub(crate) name: CandidateName,
    /// The words that name it best.
    pub(crate) label: Range<usize>,
    pub(crate) kind: Option<PartyKind>,
    pub(crate) evidence: Evidence,
}

/// How often an article uses a name in the ways that parties are used.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Evidence {
    /// Its occurrences other than as a place ("in Arland").
    pub(crate) occurrences: u32,
    /// "talks between A and B", "the truce with A", "A and B signed".
    pub(crate) frames: u32,
    /// "A said".
    pub(crate) speech: u32,
    /// "A’s envoy", "the A delegation", "a spokesman for A".
    pub(crate) roles: u32,
    /// "A rejected the offer", "A signed".
    pub(crate) acts: u32,
    /// "A’s offer".
    pub(crate) possessions: u32,
    /// "A said it would": no person.
    pub(crate) as_it: u32,
    /// "A said he would": a person.
    pub(crate) as_person: u32,
    /// The title names it.
    pub(crate) in_title: bool,
    /// "the A envoy … the B envoy": the article contrasts it with another.
    pub(crate) contrasts: bool,
}

impl Evidence {
    /// The sum of the evidence; [`Self::is_enough`] is a threshold on it.
    pub(crate) fn points(self) -> u32 {
        3 * self.frames.min(1)
            + self.speech.min(2)
            + self.roles.min(2)
            + self.acts.min(2)
            + u32::from(self.in_title)
            + 2 * u32::from(self.contrasts)
            + self.as_it.min(1)
            + self.possessions.min(1)
            + u32::from(self.occurrences > 2)
            + u32::from(self.occurrences > 4)
    }

    /// The evidence of two names of one party.
    pub(crate) fn and(self, other: Self) -> Self {
        Self {
            occurrences: self.occurrences + other.occurrences,
            frames: self.frames + other.frames,
            speech: self.speech + other.speech,
            roles: self.roles + other.roles,
            acts: self.acts + other.acts,
            possessions: self.possessions + other.possessions,
            as_it: self.as_it + other.as_it,
            as_person: self.as_person + other.as_person,
            in_title: self.in_title || other.in_title,
            contrasts: self.contrasts || other.contrasts,
        }
    }
}
