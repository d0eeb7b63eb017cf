//! Compatibility of role phrases: "the Arlandian envoy" and "the Tarnish envoy" are two people.

use std::ops::Range;

use crate::attribution::party::PartyMentions;
use crate::word::token::{Token, lower_at};
use crate::word::word_class;

/// Letters that a country and its demonym share ("Arland", "Arlandian").
const SHARED_PREFIX: usize = 4;

/// Whether the phrase `later` can refer to the same source as `earlier`; both have the head noun `role`.
///
/// Phrases with parties need a party in common, phrases with names a name. Of phrases with other modifiers ("the union
/// leader", "the company leader") at least one must be the same, in any case: "the prime minister" can be "Prime
/// Minister Brenn". A phrase without modifiers can refer to any.
pub(crate) fn can_corefer(
    tokens: &[Token<'_>],
    parties: &PartyMentions,
    later: &Range<usize>,
    earlier: &Range<usize>,
    role: &str,
) -> bool {
    let (later_parties, earlier_parties) = (parties.within(later), parties.within(earlier));
    if !later_parties.is_empty() && !earlier_parties.is_empty() {
        return later_parties
            .iter()
            .any(|(_, party)| earlier_parties.iter().any(|(_, other)| party == other));
    }
    let (later, earlier) = (Modifiers::of(tokens, later, role), Modifiers::of(tokens, earlier, role));
    if !later.names.is_empty() && !earlier.names.is_empty() {
        return later.names.iter().any(|name| earlier.names.iter().any(|other| is_same_name(name, other)));
    }
    later.words.is_empty()
        || earlier.words.is_empty()
        || later.words.iter().any(|word| earlier.has(word))
        || earlier.words.iter().any(|word| later.has(word))
}

/// Whether `phrase` has a name or party before its head noun `role` ("the Arlandian envoy").
pub(crate) fn has_name_modifier(
    tokens: &[Token<'_>],
    parties: &PartyMentions,
    phrase: &Range<usize>,
    role: &str,
) -> bool {
    !parties.within(phrase).is_empty() || !Modifiers::of(tokens, phrase, role).names.is_empty()
}

/// The words between the determiner and the head noun of a phrase, in lower case.
struct Modifiers<'t> {
    /// The capitalised ones.
    names: Vec<&'t str>,
    /// All others.
    words: Vec<&'t str>,
}

impl<'t> Modifiers<'t> {
    /// Whether `word` is one of the modifiers.
    fn has(&self, word: &str) -> bool {
        self.words.contains(&word) || self.names.contains(&word)
    }

    fn of(tokens: &'t [Token<'_>], phrase: &Range<usize>, role: &str) -> Self {
        let head = phrase.clone().find(|&i| lower_at(tokens, i) == role).unwrap_or(phrase.end);
        let mut modifiers = Self { names: Vec::new(), words: Vec::new() };
        let before_head = tokens.get(phrase.start..head).unwrap_or_default();
        for token in
            before_head.iter().filter(|token| token.is_word() && !word_class::is_determiner(Some(*token)))
        {
            let list = if token.is_capitalised { &mut modifiers.names } else { &mut modifiers.words };
            list.push(&token.lower);
        }
        modifiers
    }
}

fn is_same_name(name: &str, other: &str) -> bool {
    let shared = name.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    name == other || shared >= SHARED_PREFIX
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::attribution::entities::Entities;
    use crate::attribution::test_tokens::with_tokens;

    /// Whether two phrases, which end in their head noun, can have the same referent, with `arland` as a given party.
    fn corefer(earlier: &str, later: &str) -> bool {
        let text = format!("{earlier} {later}");
        let given = BTreeMap::from([
            ("arland".to_owned(), vec!["Arland".to_owned(), "Harbourside".to_owned()]),
            ("tarn".to_owned(), vec!["Tarn".to_owned()]),
        ]);
        with_tokens(&text, |tokens| {
            let parties = PartyMentions::find(&text, tokens, &Entities::collect(tokens), None, &given);
            let split = earlier.split_whitespace().count();
            let role = lower_at(tokens, tokens.len() - 1).to_owned();
            can_corefer(tokens, &parties, &(split..tokens.len()), &(0..split), &role)
        })
    }

    #[test]
    fn phrases_with_agreeing_modifiers_can_corefer() {
        for (earlier, later) in [
            ("the Arlandian envoy", "the envoy"),
            ("the envoy", "the trade envoy"),
            ("the Arlandian trade envoy", "the trade envoy"),
            ("the Arlandian envoy", "the Arlandian envoy"),
            ("the Arlandian envoy", "the Harbourside envoy"),
            ("the Ostravian envoy", "Ostravia’s envoy"),
            ("the deputy trade minister", "the trade minister"),
            ("the Ostravian envoy", "the trade envoy"),
            ("urge Prime Minister", "the prime minister"),
        ] {
            assert!(corefer(earlier, later), "{earlier}; {later}");
        }
    }

    #[test]
    fn phrases_with_other_modifiers_cannot() {
        for (earlier, later) in [
            ("the Arlandian envoy", "the Tarn envoy"),
            ("the Ostravian envoy", "the Velmoran envoy"),
            ("Ostravia’s envoy", "the Velmoran envoy"),
            ("the union leader", "the company leader"),
            ("the foreign minister", "the trade minister"),
            ("the Ostravian foreign minister", "the trade minister"),
        ] {
            assert!(!corefer(earlier, later), "{earlier}; {later}");
        }
    }
}
