//! Collects what may be a party in an article, with the evidence for each and where it is named.

use std::collections::HashMap;
use std::ops::Range;

use crate::attribution::entities::{Entities, Entity};
use crate::attribution::party_candidate::{CandidateName, Evidence, PartyCandidate};
use crate::attribution::party_frame::{
    PartyVerb, follows_between, follows_negotiation_with, is_addressed, is_coordinated, modified_head,
    phrase_start, precedes_verb, pronoun_after, role_before, verb_of,
};
use crate::attribution::party_kind::PartyKind;
use crate::word::class::Class;
use crate::word::token::{Token, lower_at, token_at};
use crate::word::word_class;

/// Within how many words after "between A" the second party is named.
const BETWEEN_REACH: usize = 10;

/// What may be a party in an article.
#[derive(Default)]
pub(crate) struct PartyCollector {
    pub(crate) candidates: Vec<PartyCandidate>,
    /// The words of each occurrence and the index of its candidate, in text order.
    pub(crate) occurrences: Vec<(Range<usize>, usize)>,
    index: HashMap<CandidateName, usize>,
    /// The candidate last named after "between", and where its name ends.
    between: Option<(usize, usize)>,
    /// The roles that each candidate has been named with ("the A envoy").
    roles: HashMap<String, Vec<usize>>,
}

/// A name of the text that may be that of a party.
struct Named {
    range: Range<usize>,
    name: CandidateName,
    kind: Option<PartyKind>,
}

impl PartyCollector {
    /// Collects the candidates of an article; `countries` has the mentions of countries, in text order.
    pub(crate) fn collect(
        tokens: &[Token<'_>],
        entities: &Entities,
        countries: &[(Range<usize>, usize)],
    ) -> Self {
        let mut collector = Self::default();
        let mut countries = countries.iter().peekable();
        let mut names = entities.mentions().peekable();
        let mut at = 0;
        while at < tokens.len() {
            while countries.next_if(|(range, _)| range.start < at).is_some() {}
            while names.next_if(|(range, _)| range.start < at).is_some() {}
            let country = countries.peek().filter(|(range, _)| range.start == at);
            let entity = names.peek().filter(|(range, _)| range.start == at);
            let named = named_at(tokens, entities, at, country.copied(), entity);
            let Some(named) = named else {
                at += 1;
                continue;
            };
            at = named.range.end.max(at + 1);
            collector.add(tokens, named);
        }
        collector.mark_contrasts();
        collector
    }

    /// Records an occurrence with the evidence around it.
    fn add(&mut self, tokens: &[Token<'_>], named: Named) {
        let Named { range, name, kind } = named;
        let start = phrase_start(tokens, &range);
        let role = modified_head(tokens, &range).or_else(|| role_before(tokens, start));
        // "the Ostavian government" is the party that its modifier names
        let is_modified = kind.is_some()
            && self.occurrences.last().is_some_and(|(last, owner)| {
                last.end <= range.start
                    && range.start - last.end < 3
                    && last.start >= start.saturating_sub(1)
                    && self.candidates.get(*owner).is_some_and(|owner| {
                        lends_its_name(owner, kind) && modified_head(tokens, last) == Some(range.end - 1)
                    })
            });
        if is_modified {
            if let Some((_, owner)) = self.occurrences.last()
                && let Some(owner) = self.candidates.get_mut(*owner)
                && kind != Some(PartyKind::Bloc)
            {
                owner.kind = owner.kind.or(kind);
            }
            return;
        }
        let candidate = *self.index.entry(name.clone()).or_insert_with(|| {
            let evidence = Evidence::default();
            self.candidates.push(PartyCandidate { name, label: range.clone(), kind, evidence });
            self.candidates.len() - 1
        });
        let is_framed = self.frame(tokens, &range, start, candidate);
        let verb = verb_of(tokens, start, &range);
        if let Some(own) = self.candidates.get_mut(candidate) {
            let evidence = &mut own.evidence;
            let is_place =
                start > 0 && matches!(lower_at(tokens, start - 1), "in" | "at" | "near" | "from" | "outside");
            evidence.occurrences += u32::from(!is_place);
            let is_owner =
                range.end > 0 && tokens.get(range.end - 1).is_some_and(|token| token.is_possessive);
            evidence.possessions += u32::from(is_owner);
            evidence.frames += u32::from(is_framed);
            evidence.roles += u32::from(role.is_some());
            evidence.acts += u32::from(is_addressed(tokens, start));
            if let Some((verb, end)) = verb {
                // "rebel" of "the rebel envoy" is no name of the party, "rebels" is
                if matches!(own.name, CandidateName::Noun(_)) && evidence.speech + evidence.acts == 0 {
                    own.label = range.clone();
                }
                match verb {
                    PartyVerb::Speech => evidence.speech += 1,
                    PartyVerb::Act => evidence.acts += 1,
                }
                let pronoun = pronoun_after(tokens, end);
                evidence.as_it += u32::from(pronoun == Some(false));
                evidence.as_person += u32::from(pronoun == Some(true));
            }
        }
        if let Some(role) = role {
            let role = lower_at(tokens, role);
            let named = self.roles.entry(role.strip_suffix('s').unwrap_or(role).to_owned()).or_default();
            if !named.contains(&candidate) {
                named.push(candidate);
            }
        }
        self.occurrences.push((range, candidate));
    }

    /// Whether the name is one of "talks between A and B", "talks with A" or "A and B signed"; the first of two gets its
    /// evidence when the second is met.
    fn frame(&mut self, tokens: &[Token<'_>], range: &Range<usize>, start: usize, candidate: usize) -> bool {
        if follows_between(tokens, start) {
            self.between = Some((candidate, range.end));
            return false;
        }
        let second_of_between = self
            .between
            .take_if(|(_, end)| range.start < *end || range.start - *end < BETWEEN_REACH)
            .filter(|_| start > 0 && lower_at(tokens, start - 1) == "and");
        let coordinated = || {
            let (last, owner) = self.occurrences.last()?;
            let is_subject = is_coordinated(tokens, last.end, start) && precedes_verb(tokens, start, range);
            is_subject.then_some(*owner)
        };
        let first = second_of_between.map(|(first, _)| first).or_else(coordinated);
        if let Some(first) = first.filter(|first| *first != candidate)
            && let Some(first) = self.candidates.get_mut(first)
        {
            first.evidence.frames += 1;
            return true;
        }
        follows_negotiation_with(tokens, start)
    }

    /// Marks the candidates that share a role with another ("the A envoy … the B envoy").
    fn mark_contrasts(&mut self) {
        for named in self.roles.values().filter(|named| named.len() > 1) {
            for index in named {
                if let Some(candidate) = self.candidates.get_mut(*index) {
                    candidate.evidence.contrasts = true;
                }
            }
        }
    }
}

/// Whether a body of the given kind is named by the party that modifies it: "the Ostavian army", "Tarn Coal’s board",
/// but not "the Ostavian union".
fn lends_its_name(owner: &PartyCandidate, kind: Option<PartyKind>) -> bool {
    let is_name = !matches!(owner.name, CandidateName::Noun(_));
    match kind {
        Some(PartyKind::State | PartyKind::Bloc) => true,
        Some(PartyKind::Employer) => is_name && !matches!(owner.name, CandidateName::Country(_)),
        _ => false,
    }
}

/// The name at `at`, if it may be that of a party.
fn named_at(
    tokens: &[Token<'_>],
    entities: &Entities,
    at: usize,
    country: Option<&(Range<usize>, usize)>,
    entity: Option<&(Range<usize>, usize)>,
) -> Option<Named> {
    let token = tokens.get(at)?;
    if let Some((range, index)) = entity
        && let Some(named) = entities.get(*index)
        && country.is_none_or(|(country, _)| range.end > country.end && names_interest(tokens, range))
    {
        // "Creditors said": a common noun at the start of a sentence
        let is_noun = range.len() == 1 && PartyKind::of(token).is_some();
        return if is_noun { noun_at(tokens, at) } else { named_entity(tokens, named, range, *index) };
    }
    if let Some((range, country)) = country {
        return Some(Named {
            range: range.clone(),
            name: CandidateName::Country(*country),
            kind: Some(PartyKind::State),
        });
    }
    if token.is_capitalised && PartyKind::of(token).is_none() {
        let name = modifier_of_title(tokens, entities, at)?;
        return Some(Named { range: at..at + 1, name, kind: None });
    }
    noun_at(tokens, at)
}

/// The common noun at `at`, if it may name a party.
fn noun_at(tokens: &[Token<'_>], at: usize) -> Option<Named> {
    let token = tokens.get(at)?;
    let kind = PartyKind::of(token)?;
    let name = CandidateName::Noun(singular(&token.lower).to_owned());
    Some(Named { range: at..at + 1, name, kind: Some(kind) })
}

/// The candidate for an entity: no person, outlet or outsider.
fn named_entity(tokens: &[Token<'_>], entity: &Entity, range: &Range<usize>, index: usize) -> Option<Named> {
    let last = token_at(tokens, range.end.checked_sub(1)?);
    let is_other = entity.is_person
        || word_class::is_day_name(last)
        || range.len() == 1 && (entity.name.len() == 1 && is_opener(last) || word_class::is_title(last))
        || range.len() == 1 && word_class::is_portfolio(last)
        || range.clone().any(|i| word_class::is_outlet(token_at(tokens, i)));
    let kind = range.clone().rev().find_map(|i| PartyKind::of(token_at(tokens, i)));
    let is_outsider = kind.is_none() && word_class::is_outsider(last);
    if is_other || is_outsider {
        return None;
    }
    let kind = kind.or_else(|| word_class::is_firm_word(last).then_some(PartyKind::Employer));
    Some(Named { range: range.clone(), name: CandidateName::Entity(index), kind })
}

/// Whether the word more often opens a sentence than it is a name ("We", "Talks").
fn is_opener(token: Option<&Token<'_>>) -> bool {
    token
        .is_some_and(|token| token.classes.has(Class::SentenceOpener) || word_class::is_before_subject(token))
}

/// Whether a name that contains a country’s is that of a firm or a union ("Arland Airways").
fn names_interest(tokens: &[Token<'_>], name: &Range<usize>) -> bool {
    let last = token_at(tokens, name.end.saturating_sub(1));
    word_class::is_firm_word(last) || word_class::is_interest_group(last)
}

/// The capitalised word at `at` before a title: "Ostavian President Pavel Orlo".
fn modifier_of_title(tokens: &[Token<'_>], entities: &Entities, at: usize) -> Option<CandidateName> {
    let token = tokens.get(at)?;
    let is_plain = |token: &Token<'_>| {
        !word_class::is_portfolio(token)
            && !word_class::is_title(token)
            && !word_class::is_role(token)
            && !word_class::is_determiner(token)
            && !word_class::is_before_subject(token)
            && !word_class::is_clause_start(token)
            && !word_class::is_day_name(token)
            && !word_class::is_outsider(token)
            && !word_class::is_speaker_noun(token)
            && !word_class::is_pronoun(&token.lower)
            && !word_class::is_tensed(token)
            && token.is_word()
    };
    if !is_plain(token) {
        return None;
    }
    let head = modified_head(tokens, &(at..at + 1))?;
    let is_title = |i: usize| {
        tokens.get(i).is_some_and(|token| {
            token.is_capitalised || word_class::is_role(token) || word_class::is_portfolio(token)
        })
    };
    (at + 1..=head).all(is_title).then(|| match entities.with_last_word(&token.lower) {
        Some(entity) if entities.get(entity).is_some_and(|e| !e.is_person) => CandidateName::Entity(entity),
        _ => CandidateName::Modifier(token.lower.to_string()),
    })
}

/// The singular of a noun: "committee" of "committees".
pub(crate) fn singular(noun: &str) -> &str {
    noun.strip_suffix('s').filter(|short| !short.ends_with('s')).unwrap_or(noun)
}
