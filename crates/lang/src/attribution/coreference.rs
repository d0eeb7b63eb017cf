//! Coreference: resolves pronouns and role nouns to entities.

use std::ops::Range;

use crate::attribution::entities::{Entities, Entity, Gender};
use crate::word::token::{Token, lower_at};
use crate::word::word_class;

/// How many sentences back a pronoun can refer.
const PRONOUN_REACH: usize = 8;
/// Within how many sentences the last speaker is preferred to other people.
const SPEAKER_REACH: usize = 2;
/// How many mentions back a role noun can refer ("the minister said").
const ROLE_REACH: usize = 24;

/// The person that "he" or "she" in sentence `at` refers to, and the sentence of the antecedent: the last speaker of
/// the two sentences before, else the last speaker or person named. Records the gender of the person.
///
/// `speakers` has the entity that speaks in each sentence so far.
pub(crate) fn pronoun_antecedent(
    entities: &mut Entities,
    tokens: &[Token<'_>],
    sentences: &[Range<usize>],
    at: usize,
    speakers: &[Option<usize>],
    pronoun: &str,
) -> Option<(usize, usize)> {
    let can_refer = |index: &usize| entities.get(*index).is_some_and(|e| can_refer_to(e, pronoun));
    let speaker_of = |s: usize| speakers.get(s).copied().flatten().filter(can_refer);
    let person_in = |s: usize| {
        let mentions = entities.mentions_in(sentences.get(s)?).iter();
        mentions.filter(|(start, _)| is_unquoted(tokens, *start)).map(|(_, index)| *index).find(can_refer)
    };
    let last_speaker =
        (at.saturating_sub(SPEAKER_REACH)..at).rev().find_map(|s| speaker_of(s).map(|index| (index, s)));
    let found = last_speaker.or_else(|| {
        (at.saturating_sub(PRONOUN_REACH)..at)
            .rev()
            .find_map(|s| speaker_of(s).or_else(|| person_in(s)).map(|index| (index, s)))
    })?;
    if let Some(entity) = entities.get_mut(found.0) {
        entity.gender = Some(gender_of_pronoun(pronoun));
    }
    Some(found)
}

/// Whether "he" or "she" can refer to the entity.
pub(crate) fn can_refer_to(entity: &Entity, pronoun: &str) -> bool {
    entity.is_person && entity.gender.is_none_or(|gender| gender == gender_of_pronoun(pronoun))
}

/// The entity that "the `role`" at `at` refers to: the last one named before it that was described so ("the
/// minister") or has the role noun in its name ("the ministry").
pub(crate) fn role_antecedent(
    entities: &Entities,
    tokens: &[Token<'_>],
    at: usize,
    role: &str,
) -> Option<usize> {
    let mentions = entities.mentions_in(&(0..at));
    let recent = mentions.get(mentions.len().saturating_sub(ROLE_REACH)..)?;
    let is_body = word_class::is_body(role) && !word_class::is_role(role);
    let has_role = |range: &Range<usize>| range.clone().any(|i| lower_at(tokens, i) == role);
    recent.iter().rev().map(|(_, index)| *index).find(|index| {
        entities.get(*index).is_some_and(|entity| {
            let is_described_so = || entity.descriptions.iter().any(|d| d.start < at && has_role(d));
            let ends_in_role = lower_at(tokens, entity.name.end.saturating_sub(1)) == role;
            entity.first_mention < at
                && (ends_in_role
                    || if entity.is_person { !is_body && is_described_so() } else { has_role(&entity.name) })
        })
    })
}

/// The first person named before `end`, outside quotations.
pub(crate) fn first_person(entities: &Entities, tokens: &[Token<'_>], end: usize) -> Option<usize> {
    let mentions = entities.mentions_in(&(0..end)).iter();
    mentions
        .filter(|(start, _)| is_unquoted(tokens, *start))
        .map(|(_, index)| *index)
        .find(|index| entities.get(*index).is_some_and(|entity| entity.is_person))
}

/// Records the gender of the entity from the pronouns in a sentence of which it is the speaker, if they agree.
pub(crate) fn learn_gender(
    entities: &mut Entities,
    tokens: &[Token<'_>],
    index: usize,
    sentence: &Range<usize>,
) {
    let has_any = |pronouns: &[&str]| {
        sentence.clone().any(|i| pronouns.contains(&lower_at(tokens, i)) && is_unquoted(tokens, i))
    };
    let (has_male, has_female) = (has_any(&["he", "his", "him"]), has_any(&["she", "her"]));
    if has_male != has_female
        && let Some(entity) = entities.get_mut(index)
        && entity.gender.is_none()
    {
        entity.gender = Some(if has_female { Gender::Female } else { Gender::Male });
    }
}

fn gender_of_pronoun(pronoun: &str) -> Gender {
    if pronoun == "she" { Gender::Female } else { Gender::Male }
}

/// Whether the token at `at` is outside quotations.
fn is_unquoted(tokens: &[Token<'_>], at: usize) -> bool {
    tokens.get(at).is_some_and(|token| token.quote == 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attribution::test_tokens::{assert_hits, assert_misses, with_marked, words};
    use crate::word::token::TokenKind;

    /// Sentences end with a full stop.
    fn sentences(tokens: &[Token<'_>]) -> Vec<Range<usize>> {
        let ends = (1..=tokens.len())
            .filter(|&end| end == tokens.len() || tokens[end - 1].kind == TokenKind::Punctuation('.'));
        let ends: Vec<usize> = [0].into_iter().chain(ends).collect();
        ends.windows(2).map(|pair| pair[0]..pair[1]).collect()
    }

    /// The name that the marked "he" or "she" refers to; the first entity of a sentence with "said" is its speaker.
    fn antecedent(text: &str) -> Option<String> {
        with_marked(text, |tokens, at| {
            let mut entities = Entities::collect(tokens);
            let sentences = sentences(tokens);
            let speakers: Vec<Option<usize>> = sentences
                .iter()
                .map(|sentence| {
                    let has_said = sentence.clone().any(|i| lower_at(tokens, i) == "said");
                    entities.mentions_in(sentence).first().filter(|_| has_said).map(|(_, index)| *index)
                })
                .collect();
            let own = sentences.partition_point(|sentence| sentence.end <= at);
            let pronoun = lower_at(tokens, at);
            let (index, _) =
                pronoun_antecedent(&mut entities, tokens, &sentences, own, speakers.get(..own)?, pronoun)?;
            Some(words(tokens, &entities.get(index)?.name))
        })
    }

    #[test]
    fn pronouns_refer_to_the_last_speaker() {
        assert_hits(
            &[
                ("Ada Brenn said no. ^She left.", "ada brenn"),
                ("Ada Brenn said no. Ulla Kerr was late. ^She left.", "ada brenn"),
                ("Mr. Brenn said no. Ms. Kerr said yes. ^He left.", "brenn"),
                ("Ada Brenn said no. It rained. It snowed. ^She left.", "ada brenn"),
            ],
            antecedent,
        );
    }

    #[test]
    fn pronouns_refer_to_the_last_person_named() {
        assert_hits(
            &[
                ("Talks with Ada Brenn failed. ^She left.", "ada brenn"),
                ("Ada Brenn met Ulla Kerr. It rained. ^She left.", "ada brenn"),
                ("Ms. Brenn met with Mr. Kerr. ^He left.", "kerr"),
                ("Ada Brenn came. It snowed. Ulla Kerr came. ^She left.", "ulla kerr"),
            ],
            antecedent,
        );
        assert_misses(
            &[
                "Talks failed. ^She left.",
                "The Harbour Guild said no. ^She left.",
                "Mr. Brenn said no. ^She left.",
                "It read “Ada Brenn”. ^She left.",
                "Ada Brenn came. A. A. A. A. A. A. A. A. ^She left.",
            ],
            antecedent,
        );
    }

    #[test]
    fn a_pronoun_sets_the_gender_of_its_antecedent() {
        with_marked("Ada Brenn said no. ^She left.", |tokens, _| {
            let mut entities = Entities::collect(tokens);
            let sentences = sentences(tokens);
            pronoun_antecedent(&mut entities, tokens, &sentences, 1, &[Some(0)], "she");
            assert_eq!(entities.get(0).map(|entity| entity.gender), Some(Some(Gender::Female)));
        });
    }

    /// The name that "the …" refers to, with the role marked.
    fn role(text: &str) -> Option<String> {
        with_marked(text, |tokens, at| {
            let entities = Entities::collect(tokens);
            let index = role_antecedent(&entities, tokens, at - 1, lower_at(tokens, at))?;
            Some(words(tokens, &entities.get(index)?.name))
        })
    }

    #[test]
    fn roles_refer_to_who_was_described_so() {
        assert_hits(
            &[
                ("The trade minister Ada Brenn came. The ^minister left.", "ada brenn"),
                ("Ada Brenn, an analyst at Tarn Coal, came. The ^analyst left.", "ada brenn"),
                ("The Harbour Guild came. The ^guild left.", "harbour guild"),
                ("The Bank of Tarn closed. The ^bank left.", "bank of tarn"),
                ("Minister Ada Brenn met minister Ulla Kerr. The ^minister left.", "ulla kerr"),
            ],
            role,
        );
        assert_misses(
            &[
                "Ada Brenn came. The ^minister left.",
                "The ^minister left. The minister Ada Brenn came.",
                "The minister Ada Brenn came. The ^analyst left.",
                "The union leader Ada Brenn came. The ^union left.",
            ],
            role,
        );
    }

    /// The gender learned for the first entity from the text.
    fn learned(text: &str) -> Option<Gender> {
        with_marked(text, |tokens, _| {
            let mut entities = Entities::collect(tokens);
            learn_gender(&mut entities, tokens, 0, &(0..tokens.len()));
            entities.get(0)?.gender
        })
    }

    #[test]
    fn the_pronouns_of_a_sentence_give_the_gender_of_its_speaker() {
        assert_hits(
            &[
                ("Ada Brenn said ^she was late.", Gender::Female),
                ("Ulf Brenn said ^his ship was late.", Gender::Male),
                ("Ada Brenn, in ^her letter, said no.", Gender::Female),
                ("Ms. Brenn said ^he was late.", Gender::Female),
            ],
            learned,
        );
        assert_misses(
            &[
                "Ada Brenn said ^he met her.",
                "Ada Brenn said ^it was late.",
                "Ada Brenn said “^she was late”.",
            ],
            learned,
        );
    }

    #[test]
    fn the_first_person_named_is_found() {
        let first = |text: &str| {
            with_marked(text, |tokens, end| {
                let entities = Entities::collect(tokens);
                let index = first_person(&entities, tokens, end)?;
                Some(words(tokens, &entities.get(index)?.name))
            })
        };
        assert_hits(
            &[
                ("The Harbour Guild is led by Ada Brenn. ^Why?", "ada brenn"),
                ("Ada Brenn met Ulla Kerr. ^Why?", "ada brenn"),
                ("Minister Brenn came. ^Why?", "brenn"),
                ("It said “Ada Brenn” to Ulla Kerr. ^Why?", "ulla kerr"),
            ],
            first,
        );
        assert_misses(&["Tarn Radio came. ^Why?", "^Ada Brenn came.", "“Ada Brenn” came. ^Why?"], first);
    }
}
