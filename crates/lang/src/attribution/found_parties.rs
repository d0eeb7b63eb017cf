//! [`FoundParties`]: the parties of an article for which none are given, from how the text uses their names.

use std::collections::HashMap;
use std::ops::Range;

use crate::attribution::entities::Entities;
use crate::attribution::party_candidate::{CandidateName, Evidence, PartyCandidate};
use crate::attribution::party_collector::{PartyCollector, singular};
use crate::attribution::party_kind::PartyKind;
use crate::span::Span;
use crate::word::token::{Token, TokenKind, lower_at, span_of, token_at};
use crate::word::word_class;

/// Evidence that makes a candidate a party.
const MIN_POINTS: u32 = 2;
/// Evidence that makes a name of the title a party of the negotiation itself.
const MIN_PRINCIPAL_POINTS: u32 = 3;
/// Evidence that makes a body the party of "the rebels", and "the committee" a party without a name.
const MIN_BODY_POINTS: u32 = 4;
/// Letters that a country and its demonym share ("Arland", "Arlandian").
const SHARED_PREFIX: usize = 4;
/// Most letters that a demonym drops from the name of its country ("Ostavia", "Ostavian" drops none).
const MAX_DROPPED: usize = 2;

/// The title of an article.
pub(crate) struct Title<'t> {
    pub(crate) tokens: &'t [Token<'t>],
    /// The mentions of countries in it.
    pub(crate) countries: Vec<(Range<usize>, usize)>,
}

/// The parties of an article and where it names them.
#[derive(Default)]
pub(crate) struct FoundParties {
    /// The name of each party as the article uses it; for countries their plain name.
    pub(crate) ids: Vec<String>,
    /// Whether each is a party of the negotiation itself rather than a body that only speaks.
    pub(crate) is_principal: Vec<bool>,
    /// Whether each is a country of the gazetteer.
    pub(crate) is_country: Vec<bool>,
    /// The kind of each, if the text shows it.
    pub(crate) kinds: Vec<Option<PartyKind>>,
    /// The words of each mention and its party, in text order.
    pub(crate) mentions: Vec<(Range<usize>, usize)>,
}

impl FoundParties {
    /// Finds the parties of an article with the given title; `countries` has the mentions of countries, whose plain
    /// names are `country_name`.
    pub(crate) fn find<'c>(
        text: &str,
        tokens: &[Token<'_>],
        entities: &Entities,
        countries: &[(Range<usize>, usize)],
        title: Option<&Title<'_>>,
        country_name: impl Fn(usize) -> Option<&'c str>,
    ) -> Self {
        let PartyCollector { mut candidates, occurrences, .. } =
            PartyCollector::collect(tokens, entities, countries);
        for candidate in &mut candidates {
            if let CandidateName::Entity(index) = candidate.name
                && let Some(entity) = entities.get(index)
            {
                candidate.label = entity.name.clone();
            }
        }
        mark_title(&mut candidates, tokens, title);
        let groups = Groups::merge(&candidates, tokens);
        let kinds: Vec<PartyKind> =
            candidates.iter().filter(|c| c.evidence.points() > 0).filter_map(|c| c.kind).collect();
        let mut party_of_group: HashMap<usize, usize> = HashMap::new();
        let mut found = Self::default();
        for (group, members) in groups.members() {
            let evidence = members
                .iter()
                .filter_map(|at| candidates.get(*at))
                .fold(Evidence::default(), |sum, candidate| sum.and(candidate.evidence));
            let Some(label) =
                members.iter().filter_map(|at| candidates.get(*at)).min_by_key(|c| label_rank(c))
            else {
                continue;
            };
            let is_faced = members
                .iter()
                .filter_map(|at| candidates.get(*at)?.kind)
                .any(|kind| kinds.iter().any(|other| kind.faces(*other)));
            if !is_party(label, evidence, is_faced) || members.iter().any(|at| groups.is_ambiguous(*at)) {
                continue;
            }
            let id = match label.name {
                CandidateName::Country(country) => country_name(country).unwrap_or_default().to_owned(),
                _ => text_of(text, tokens, &label.label).to_owned(),
            };
            party_of_group.insert(group, found.ids.len());
            found.is_principal.push(is_principal(evidence));
            found.is_country.push(matches!(label.name, CandidateName::Country(_)));
            found.ids.push(id);
            let kinds = members.iter().filter_map(|at| candidates.get(*at)?.kind);
            found.kinds.push(kinds.clone().find(|kind| *kind != PartyKind::Bloc).or(kinds.clone().next()));
        }
        found.mentions = occurrences
            .into_iter()
            .filter_map(|(range, candidate)| Some((range, *party_of_group.get(&groups.group_of(candidate))?)))
            .collect();
        found
    }
}

/// Whether the article shows a party to be one of those that negotiate: it is listed even if it is silent.
fn is_principal(evidence: Evidence) -> bool {
    evidence.frames > 0 || evidence.acts > 1 || evidence.in_title && evidence.points() >= MIN_PRINCIPAL_POINTS
}

/// Whether the evidence makes `candidate` a party; `is_faced` if the article has the kind of party that it deals with.
fn is_party(candidate: &PartyCandidate, evidence: Evidence, is_faced: bool) -> bool {
    let is_only_quoted = evidence.points() == evidence.speech.min(2);
    let is_name = matches!(candidate.name, CandidateName::Entity(_) | CandidateName::Modifier(_));
    // "Kerr said": without more, a surname
    let may_be_person = is_name
        && candidate.kind.is_none()
        && (is_only_quoted || evidence.as_person > 0 && evidence.as_it == 0);
    let is_place = matches!(candidate.name, CandidateName::Country(_))
        && evidence.frames + evidence.roles + evidence.speech + evidence.acts == 0
        && !evidence.in_title;
    let is_bare_body =
        matches!(candidate.name, CandidateName::Noun(_)) && candidate.kind == Some(PartyKind::Bloc);
    let enough = match candidate.name {
        _ if is_bare_body => MIN_BODY_POINTS,
        // "the union leader … the company"
        CandidateName::Noun(_) if is_faced => 1,
        // "the Arlandian minister" needs no more
        CandidateName::Country(_) if evidence.roles > 0 || evidence.occurrences > 1 => 1,
        _ => MIN_POINTS,
    };
    !may_be_person && !is_place && evidence.points() >= enough
}

/// The order in which the names of a party are preferred: countries, long names, short names, common nouns.
fn label_rank(candidate: &PartyCandidate) -> (u8, std::cmp::Reverse<usize>, usize) {
    let kind = match candidate.name {
        CandidateName::Country(_) => 0,
        CandidateName::Entity(_) => 1,
        CandidateName::Modifier(_) => 2,
        CandidateName::Noun(_) => 3,
    };
    (kind, std::cmp::Reverse(candidate.label.len()), candidate.label.start)
}

/// Marks the candidates that the title names.
fn mark_title(candidates: &mut [PartyCandidate], tokens: &[Token<'_>], title: Option<&Title<'_>>) {
    let Some(Title { tokens: title, countries }) = title else { return };
    let between = title.iter().position(|token| token.lower == "between");
    for candidate in candidates {
        let at = match &candidate.name {
            CandidateName::Country(country) => {
                countries.iter().find(|(_, other)| other == country).map(|(range, _)| range.start)
            }
            CandidateName::Noun(word) | CandidateName::Modifier(word) => position(title, word),
            CandidateName::Entity(_) => position(title, lower_at(tokens, candidate.label.start))
                .or_else(|| position(title, lower_at(tokens, candidate.label.end.saturating_sub(1)))),
        };
        let Some(at) = at else { continue };
        candidate.evidence.in_title = true;
        candidate.evidence.frames += u32::from(between.is_some_and(|between| between < at));
    }
}

/// Where the title has a form of `word`, which is in lower case.
fn position(title: &[Token<'_>], word: &str) -> Option<usize> {
    title.iter().position(|token| token.is_word() && is_form_of(&token.lower, word))
}

/// Whether two words in lower case are forms of one name: a place and its demonym, a noun and its plural.
fn is_form_of(word: &str, other: &str) -> bool {
    let (short, long) = if word.len() <= other.len() { (word, other) } else { (other, word) };
    if short == long || singular(long) == short {
        return true;
    }
    let shared = short.chars().zip(long.chars()).take_while(|(a, b)| a == b).count();
    let is_demonym =
        ["n", "i", "ese", "ish", "er", "ic", "ans", "ns", "ers"].iter().any(|suffix| long.ends_with(suffix));
    shared >= SHARED_PREFIX.max(short.chars().count().saturating_sub(MAX_DROPPED)) && is_demonym
}

/// The named candidates that a common noun can stand for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Namesake {
    Nobody,
    One(usize),
    Several,
}

/// Candidates that name the same party.
struct Groups {
    /// The common nouns that stand for more than one name, each.
    ambiguous: Vec<usize>,
    /// The first candidate of the group of each candidate.
    first: Vec<usize>,
}

impl Groups {
    fn merge(candidates: &[PartyCandidate], tokens: &[Token<'_>]) -> Self {
        let mut groups = Self { ambiguous: Vec::new(), first: (0..candidates.len()).collect() };
        let names: Vec<usize> = (0..candidates.len()).filter(|&at| is_name(candidates, at)).collect();
        for (position, &at) in names.iter().enumerate() {
            for &other in names.get(..position).unwrap_or_default() {
                if let (Some(a), Some(b)) = (candidates.get(at), candidates.get(other))
                    && is_same_name(tokens, a, b)
                {
                    groups.join(at, other);
                }
            }
        }
        let nouns: Vec<usize> = (0..candidates.len()).filter(|&at| !is_name(candidates, at)).collect();
        for &at in &nouns {
            match groups.name_for_noun(candidates, tokens, &names, at) {
                Namesake::One(named) => groups.join(at, named),
                Namesake::Several => groups.ambiguous.push(at),
                Namesake::Nobody => {}
            }
        }
        // "the union", "the strikers"
        let mut by_kind: HashMap<PartyKind, usize> = HashMap::new();
        for &at in &nouns {
            let kind = candidates.get(at).and_then(|candidate| candidate.kind);
            let Some(kind) = kind.filter(|kind| *kind != PartyKind::Bloc && !groups.is_ambiguous(at)) else {
                continue;
            };
            match by_kind.get(&kind) {
                Some(&other) => groups.join(at, other),
                None => drop(by_kind.insert(kind, at)),
            }
        }
        groups
    }

    /// The named candidate that a common noun stands for: the only one with the noun in its name ("the Guild"), else
    /// the only one of its kind, else for rebels, workers and creditors the only body ("the guerrillas" of a "Front").
    fn name_for_noun(
        &self,
        candidates: &[PartyCandidate],
        tokens: &[Token<'_>],
        names: &[usize],
        at: usize,
    ) -> Namesake {
        let Some(candidate) = candidates.get(at) else { return Namesake::Nobody };
        let CandidateName::Noun(noun) = &candidate.name else { return Namesake::Nobody };
        let only = |fits: &dyn Fn(&PartyCandidate) -> bool| {
            let mut fitting: Vec<usize> = names
                .iter()
                .filter(|&&name| candidates.get(name).is_some_and(fits))
                .map(|&name| self.group_of(name))
                .collect();
            fitting.sort_unstable();
            fitting.dedup();
            match fitting.as_slice() {
                [one] => Namesake::One(*one),
                [] => Namesake::Nobody,
                _ => Namesake::Several,
            }
        };
        let by_word = only(&|name: &PartyCandidate| {
            matches!(name.name, CandidateName::Entity(_))
                && name.label.clone().any(|i| singular(lower_at(tokens, i)) == noun)
        });
        if by_word != Namesake::Nobody {
            return by_word;
        }
        let by_kind = only(&|name: &PartyCandidate| {
            name.kind == candidate.kind && name.kind != Some(PartyKind::Bloc) && is_used(name)
        });
        if by_kind != Namesake::Nobody {
            return by_kind;
        }
        let has_body =
            matches!(candidate.kind, Some(PartyKind::Rebel | PartyKind::Labour | PartyKind::Creditor));
        let by_body = only(&|name: &PartyCandidate| {
            has_body && name.kind == Some(PartyKind::Bloc) && name.evidence.points() >= MIN_BODY_POINTS
        });
        if by_body == Namesake::Several { Namesake::Nobody } else { by_body }
    }

    fn is_ambiguous(&self, candidate: usize) -> bool {
        self.ambiguous.contains(&candidate)
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.group_of(a), self.group_of(b));
        let (low, high) = (a.min(b), a.max(b));
        for first in &mut self.first {
            if *first == high {
                *first = low;
            }
        }
    }

    fn group_of(&self, candidate: usize) -> usize {
        self.first.get(candidate).copied().unwrap_or(candidate)
    }

    /// Each group and its members, in order of first mention.
    fn members(&self) -> Vec<(usize, Vec<usize>)> {
        let mut members: Vec<(usize, Vec<usize>)> = Vec::new();
        for (at, &first) in self.first.iter().enumerate() {
            match members.iter_mut().find(|(group, _)| *group == first) {
                Some((_, list)) => list.push(at),
                None => members.push((first, vec![at])),
            }
        }
        members
    }
}

fn is_name(candidates: &[PartyCandidate], at: usize) -> bool {
    candidates.get(at).is_some_and(|candidate| !matches!(candidate.name, CandidateName::Noun(_)))
}

/// Whether the article uses a candidate as a party at all.
fn is_used(candidate: &PartyCandidate) -> bool {
    candidate.evidence.points() >= MIN_POINTS
}

/// Whether two names are of one party: a place and its demonym, an acronym and its long form, a short and a long name.
fn is_same_name(tokens: &[Token<'_>], a: &PartyCandidate, b: &PartyCandidate) -> bool {
    let is_country = |candidate: &PartyCandidate| matches!(candidate.name, CandidateName::Country(_));
    if is_country(a) || is_country(b) {
        return false;
    }
    let (long, short) = if a.label.len() >= b.label.len() { (a, b) } else { (b, a) };
    let (first, word) = (lower_at(tokens, long.label.start), lower_at(tokens, short.label.start));
    if short.label.len() > 1 {
        return false;
    }
    if long.label.len() == 1 {
        return is_form_of(first, word);
    }
    is_form_of(first, word) || is_acronym(tokens, &long.label, &short.label)
}

/// Whether the one word `short` is the acronym of `long`: by its letters, or in brackets after it.
fn is_acronym(tokens: &[Token<'_>], long: &Range<usize>, short: &Range<usize>) -> bool {
    let Some(word) = token_at(tokens, short.start).filter(|token| token.kind == TokenKind::Word) else {
        return false;
    };
    let follows_in_brackets =
        long.end + 1 == short.start && tokens.get(long.end).is_some_and(|token| token.is('('));
    let initials = long
        .clone()
        .filter_map(|i| tokens.get(i))
        .filter(|token| !word_class::is_name_link(*token) && !word_class::is_determiner(*token))
        .filter_map(|token| token.lower.chars().next());
    follows_in_brackets || word.lower.len() > 1 && initials.eq(word.lower.chars())
}

/// The characters of the words `range`.
fn text_of<'t>(text: &'t str, tokens: &[Token<'_>], range: &Range<usize>) -> &'t str {
    let span: Span = span_of(tokens, range);
    span.slice(text)
}

#[cfg(test)]
#[path = "found_parties_tests.rs"]
mod tests;
