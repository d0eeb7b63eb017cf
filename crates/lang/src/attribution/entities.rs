//! [`Entities`]: the people and bodies that an article names, with the phrases that describe them.

use std::collections::HashMap;
use std::ops::Range;

use crate::attribution::apposition::apposition_after;
use crate::attribution::phrase_head::name_in;
use crate::word::token::{Token, TokenKind, lower_at, token_at};
use crate::word::word_class;

/// Most tokens of a name: "the Office of the United Nations High Commissioner for …".
const MAX_NAME: usize = 24;
/// Most tokens before a name that describe its bearer: "the Arlandian deputy trade minister Ada Brenn".
const MAX_TITLE: usize = 5;
/// Most tokens between the start of a description before a comma and the name after the comma: "the dockers’ union's
/// acting secretary, Ada Brenn".
const MAX_DESCRIPTION: usize = 11;
/// Most tokens after a name that are searched for an apposition.
const MAX_APPOSITION: usize = 30;
/// Most descriptions that are kept for an entity.
const MAX_DESCRIPTIONS: usize = 12;

/// A person or body.
#[derive(Clone, Debug)]
pub(crate) struct Entity {
    /// Its fullest name in the article.
    pub(crate) name: Range<usize>,
    /// Phrases that describe it, in text order.
    pub(crate) descriptions: Vec<Range<usize>>,
    /// Where it is first named.
    pub(crate) first_mention: usize,
    pub(crate) is_person: bool,
    pub(crate) gender: Option<Gender>,
}

/// The gender of a person, from titles and pronouns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gender {
    Male,
    Female,
}

/// The entities of an article, in order of their first mention.
pub(crate) struct Entities {
    all: Vec<Entity>,
    /// Index of the entity by the last word of its name.
    by_last_word: HashMap<String, usize>,
    /// Start of each name in the text and the index of its entity, in text order.
    mentions: Vec<(usize, usize)>,
    /// Where each name of `mentions` ends.
    ends: Vec<usize>,
}

impl Entities {
    /// Collects everyone and everything that the text names by capitalised words.
    pub(crate) fn collect(tokens: &[Token<'_>]) -> Self {
        let mut entities =
            Self { all: Vec::new(), by_last_word: HashMap::new(), mentions: Vec::new(), ends: Vec::new() };
        let mut at = 0;
        while at < tokens.len() {
            let end = capitalised_end(tokens, at);
            if let Some(name) = proper_name(tokens, at..end) {
                entities.add_mention(tokens, &name);
            }
            at = end.max(at + 1);
        }
        entities
    }

    /// The entity with the given index.
    pub(crate) fn get(&self, index: usize) -> Option<&Entity> {
        self.all.get(index)
    }

    /// The entity with the given index, mutable.
    pub(crate) fn get_mut(&mut self, index: usize) -> Option<&mut Entity> {
        self.all.get_mut(index)
    }

    /// All entities, mutable.
    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Entity> {
        self.all.iter_mut()
    }

    /// The entity that `name` refers to, in full or short: the one whose name ends in the same word.
    pub(crate) fn named(&self, tokens: &[Token<'_>], name: &Range<usize>) -> Option<usize> {
        self.with_last_word(lower_at(tokens, name.end.checked_sub(1)?))
    }

    /// The entity whose name ends in `last`, which is in lower case.
    pub(crate) fn with_last_word(&self, last: &str) -> Option<usize> {
        self.by_last_word.get(last).copied()
    }

    /// The start of each mention within `range` and the index of its entity, in text order.
    pub(crate) fn mentions_in(&self, range: &Range<usize>) -> &[(usize, usize)] {
        let from = self.mentions.partition_point(|(start, _)| *start < range.start);
        let to = self.mentions.partition_point(|(start, _)| *start < range.end);
        self.mentions.get(from..to).unwrap_or(&[])
    }

    /// The words of all mentions and the indices of their entities, in text order.
    pub(crate) fn mentions(&self) -> impl Iterator<Item = (Range<usize>, usize)> {
        self.mentions.iter().zip(&self.ends).map(|(&(start, index), &end)| (start..end, index))
    }

    /// Records the mention of an entity by `name`.
    fn add_mention(&mut self, tokens: &[Token<'_>], name: &Range<usize>) {
        let Description { before, after, is_titled, is_person, gender } = Description::of(tokens, name);
        let last = lower_at(tokens, name.end - 1);
        let index = *self.by_last_word.entry(last.to_owned()).or_insert_with(|| {
            self.all.push(Entity {
                name: name.clone(),
                descriptions: Vec::new(),
                first_mention: name.start,
                is_person,
                gender,
            });
            self.all.len() - 1
        });
        if let Some(entity) = self.all.get_mut(index) {
            if name.len() > entity.name.len() {
                entity.name = name.clone();
            }
            entity.is_person |= is_person;
            entity.gender = entity.gender.or(gender);
            if entity.descriptions.len() < MAX_DESCRIPTIONS {
                entity.descriptions.extend((!before.is_empty() && is_titled).then_some(before));
                entity.descriptions.extend(after);
            }
            self.mentions.push((name.start, index));
            self.ends.push(name.end);
        }
    }
}

/// Where the run of capitalised words that starts at `at` ends, with the small words inside a name ("Bank of Tarn",
/// "Ministry of Ports and Fisheries"); `at` if none starts there.
fn capitalised_end(tokens: &[Token<'_>], at: usize) -> usize {
    let is_link = |end: usize, token: &Token<'_>| {
        let joins_fields = || {
            let first = if word_class::is_determiner(token_at(tokens, at)) { at + 1 } else { at };
            (first + 1..end).any(|i| lower_at(tokens, i) == "of")
                && word_class::is_body(token_at(tokens, first))
        };
        end > at
            && word_class::is_name_link(token)
            && (token.lower != "and" || joins_fields())
            && token.lower != "for"
            && tokens.get(end + 1).is_some_and(|next| next.is_capitalised && next.kind == TokenKind::Word)
    };
    let follows_possessive =
        |end: usize| end > at && tokens.get(end - 1).is_some_and(|previous| previous.is_possessive);
    // "Source: Harbour Wire", an empty line, "Estmar said …": a name ends with its paragraph
    let paragraph = tokens.get(at).map(|token| token.paragraph);
    let mut end = at;
    while end - at < MAX_NAME
        && tokens.get(end).is_some_and(|token| {
            token.kind == TokenKind::Word
                && Some(token.paragraph) == paragraph
                && (token.is_capitalised || is_link(end, token))
                && !follows_possessive(end)
        })
    {
        end += 1;
    }
    end
}

/// The name in a run of capitalised words, without the function words before it ("On Monday", "The").
fn proper_name(tokens: &[Token<'_>], mut run: Range<usize>) -> Option<Range<usize>> {
    let is_function_word = |token: Option<&Token<'_>>| {
        word_class::is_before_subject(token)
            || word_class::is_determiner(token)
            || word_class::is_clause_start(token)
    };
    while run.start < run.end && is_function_word(token_at(tokens, run.start)) {
        run.start += 1;
    }
    if run.is_empty() {
        return None;
    }
    let name = name_in(tokens, &run)?;
    let last = name.end - 1;
    let is_name =
        !word_class::is_day_name(token_at(tokens, last)) && !word_class::is_pronoun(lower_at(tokens, last));
    is_name.then_some(name)
}

/// What the text around a name says about its bearer.
struct Description {
    before: Range<usize>,
    /// The apposition after the name, if it has a role.
    after: Option<Range<usize>>,
    /// Whether a title or role precedes the name.
    is_titled: bool,
    is_person: bool,
    gender: Option<Gender>,
}

impl Description {
    fn of(tokens: &[Token<'_>], name: &Range<usize>) -> Self {
        let before = description_start(tokens, name)..name.start;
        let after = apposition_after(tokens, name.end, tokens.len().min(name.end + MAX_APPOSITION));
        let any = |range: &Range<usize>, is: fn(Option<&Token<'_>>) -> bool| {
            range.clone().any(|i| is(token_at(tokens, i)))
        };
        let is_titled = any(&before, |t| word_class::is_title(t) || word_class::is_role(t));
        let after = after
            .filter(|after| any(after, |t| word_class::is_role(t)) && !any(after, |t| word_class::is_say(t)));
        let is_firm = name.len() > 1 && word_class::is_firm_word(token_at(tokens, name.end - 1));
        let is_body = is_firm || any(name, |t| word_class::is_body(t) || word_class::is_outlet(t));
        let is_full_name = name.len() >= 2 && lower_at(tokens, name.start.saturating_sub(1)) != "the";
        let is_person = !is_body && (is_full_name || is_titled || after.is_some());
        // the nearest title: "Ms. Kerr met Mr. Tarn"
        let gender = before.clone().rev().find_map(|i| gender_of_title(token_at(tokens, i)));
        Self { before, after, is_titled, is_person, gender }
    }
}

/// Where the description before a name starts: "the Arlandian minister Ada Brenn", and before a comma "the union's
/// secretary, Ada Brenn,".
fn description_start(tokens: &[Token<'_>], name: &Range<usize>) -> usize {
    let can_describe = |token: &Token<'_>| {
        token.is_word() && !word_class::is_clause_start(token) && word_class::speech_verb(token).is_none()
    };
    let mut start = name.start;
    while start > 0
        && name.start - start < MAX_TITLE
        && tokens
            .get(start - 1)
            .is_some_and(|token| can_describe(token) && !word_class::is_noun_phrase_end(token))
    {
        start -= 1;
    }
    let follows_comma = start > 1
        && tokens.get(start - 1).is_some_and(|token| token.is(','))
        && (start..name.start).all(|i| word_class::is_title(token_at(tokens, i)));
    if !follows_comma {
        return start;
    }
    let comma = start - 1;
    let mut from = comma;
    while from > 0 && name.start - from < MAX_DESCRIPTION && tokens.get(from - 1).is_some_and(can_describe) {
        from -= 1;
    }
    if (from..comma).any(|i| word_class::is_role(token_at(tokens, i))) { from } else { start }
}

/// The gender that a title or role implies ("Mr", "spokeswoman").
fn gender_of_title(token: Option<&Token<'_>>) -> Option<Gender> {
    if word_class::is_masculine(token) {
        Some(Gender::Male)
    } else if word_class::is_feminine(token) {
        Some(Gender::Female)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attribution::test_tokens::{assert_hits, assert_misses, with_tokens, words};

    /// The names of the entities of `text` with their properties: "p" for a person, "m" or "f" for the gender.
    fn names(text: &str) -> Option<String> {
        with_tokens(text, |tokens| {
            let entities = Entities::collect(tokens).all;
            let shown = entities.iter().map(|entity| {
                let gender = match entity.gender {
                    Some(Gender::Male) => "m",
                    Some(Gender::Female) => "f",
                    None => "",
                };
                let person = if entity.is_person { "p" } else { "" };
                format!("{} {person}{gender}", words(tokens, &entity.name)).trim().to_owned()
            });
            let shown: Vec<String> = shown.collect();
            (!shown.is_empty()).then(|| shown.join(", "))
        })
    }

    /// The descriptions of the first entity of `text`.
    fn descriptions(text: &str) -> Option<String> {
        with_tokens(text, |tokens| {
            let entities = Entities::collect(tokens).all;
            let shown: Vec<String> =
                entities.first()?.descriptions.iter().map(|d| words(tokens, d)).collect();
            (!shown.is_empty()).then(|| shown.join(", "))
        })
    }

    #[test]
    fn name_ends_with_its_paragraph() {
        assert_eq!(names("Source: Harbour Wire\n\nEstmar said so.").as_deref(), Some("harbour wire, estmar"));
    }

    #[test]
    fn capitalised_words_are_names() {
        assert_hits(
            &[
                ("On Monday Ada Brenn left.", "ada brenn p"),
                ("The Bank of Tarn closed.", "bank of tarn"),
                ("Later the Ministry of Ports and Fisheries moved.", "ministry of ports and fisheries"),
                ("The Ministry of Ports and Fisheries moved.", "ministry of ports and fisheries"),
                ("Vera van Holm and Ulla Kerr met.", "vera van holm p, ulla kerr p"),
                ("Arland’s Harbour Guild struck.", "arland, harbour guild"),
            ],
            names,
        );
        assert_misses(&["The talks ended.", "On Monday it rained.", "She left.", "In May they met."], names);
    }

    #[test]
    fn full_names_titles_and_roles_make_a_person() {
        assert_hits(
            &[
                ("Then Ada Brenn left.", "ada brenn p"),
                ("Then minister Brenn left.", "brenn p"),
                ("Then Brenn, the trade minister, left.", "brenn p"),
                ("It was President Kerr.", "kerr p"),
            ],
            names,
        );
        assert_hits(
            &[
                ("Then Brenn left.", "brenn"),
                ("Then Tarn Radio left.", "tarn radio"),
                ("Then Tarn Steel left.", "tarn steel"),
                ("It was the Tarn Hall.", "tarn hall"),
                ("Then the Harbour Guild left.", "harbour guild"),
            ],
            names,
        );
    }

    #[test]
    fn titles_have_a_gender() {
        assert_hits(
            &[
                ("Then Mr. Brenn left.", "brenn pm"),
                ("Then Ms Brenn left.", "brenn pf"),
                ("The spokeswoman Ada Brenn left.", "ada brenn pf"),
                ("The union’s chairman, Ulf Kerr, left.", "ulf kerr pm"),
                ("Then Ms. Kerr met Mr. Tarn.", "kerr pf, tarn pm"),
                ("Then Dr. Brenn left.", "brenn p"),
                ("The minister Ada Brenn left.", "ada brenn p"),
            ],
            names,
        );
    }

    #[test]
    fn short_and_full_names_are_one_entity() {
        assert_hits(
            &[
                ("Ada Brenn left. Brenn was late.", "ada brenn p"),
                ("Then Brenn left. It was Ada Brenn.", "ada brenn p"),
                ("Minister Brenn left. Ms Brenn was late.", "brenn pf"),
                ("Ada Brenn met Ulla Kerr. Kerr and Brenn left.", "ada brenn p, ulla kerr p"),
            ],
            names,
        );
        assert_hits(
            &[
                ("Ada Brenn left. Ada Kerr was late.", "ada brenn p, ada kerr p"),
                ("Then Brenner left. Brenn was late.", "brenner, brenn"),
                ("Tarn Bank closed. Tarn Radio said so.", "tarn bank, tarn radio"),
            ],
            names,
        );
    }

    #[test]
    fn descriptions_precede_or_follow_a_name() {
        assert_hits(
            &[
                ("With the trade minister Brenn it ended.", "the trade minister"),
                ("Then Brenn, the trade minister, left.", "the trade minister"),
                ("The dockers’ acting secretary, Ada Brenn, left.", "the dockers acting secretary"),
                (
                    "Deputy minister Brenn, a lawyer and head of the port, left.",
                    "deputy minister, a lawyer and head of the port",
                ),
            ],
            descriptions,
        );
        assert_misses(
            &[
                "Then Brenn left.",
                "Then Brenn, a friend of the port, left.",
                "It said Brenn left.",
                "Then Brenn, the minister said, left.",
            ],
            descriptions,
        );
    }
}
