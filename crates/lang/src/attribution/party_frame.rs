//! Constructions that show that a name is that of a party: "talks between A and B", "A’s envoy", "A and B signed".

use std::ops::Range;

use crate::word::token::{Token, TokenKind, lower_at, token_at};
use crate::word::word_class;

/// Most words between a determiner and the name of a party ("the three striking dockers’ unions").
const MAX_PREMODIFIERS: usize = 4;
/// Within how many words before "with" the noun of the negotiation stands ("talks on wages with the union").
const WITH_REACH: usize = 6;
/// Most words before a verb that belong to its group ("has since also").
const MAX_BEFORE_VERB: usize = 3;

/// Where the noun phrase starts whose name is at `name`: at its determiner, if any.
pub(crate) fn phrase_start(tokens: &[Token<'_>], name: &Range<usize>) -> usize {
    let mut start = name.start;
    while let Some(before) = start.checked_sub(1).and_then(|i| tokens.get(i)) {
        if name.start - start >= MAX_PREMODIFIERS {
            break;
        }
        if word_class::is_determiner(before) {
            return start - 1;
        }
        if !can_premodify(before) {
            break;
        }
        start -= 1;
    }
    start
}

/// Whether a word can stand between the determiner and the name of a party.
fn can_premodify(token: &Token<'_>) -> bool {
    token.is_word()
        && !word_class::is_noun_phrase_end(token)
        && !word_class::is_name_link(token)
        && !word_class::is_be(token)
        && !word_class::is_tensed(token)
        && !word_class::is_clause_start(token)
        && !word_class::is_before_subject(token)
        && !word_class::is_deal_verb(token)
        && word_class::speech_verb(token).is_none()
        && !matches!(&*token.lower, "and" | "or" | "but")
}

/// Whether the phrase that starts at `start` follows "with" after talks, a deal or the like: "talks with A", "the
/// truce with A".
pub(crate) fn follows_negotiation_with(tokens: &[Token<'_>], start: usize) -> bool {
    let Some(with) = start.checked_sub(1).filter(|&i| matches!(lower_at(tokens, i), "with" | "against"))
    else {
        return false;
    };
    let reach = with.saturating_sub(WITH_REACH)..with;
    reach
        .rev()
        .take_while(|&i| tokens.get(i).is_some_and(Token::is_word))
        .any(|i| word_class::is_negotiation_noun(token_at(tokens, i)))
}

/// Whether the phrase that starts at `start` is met, urged or accused: "met A", "called on A to return", "accused A".
pub(crate) fn is_addressed(tokens: &[Token<'_>], start: usize) -> bool {
    let before = |n: usize| start.checked_sub(n).map_or("", |i| lower_at(tokens, i));
    match before(1) {
        "met" | "meet" | "meets" | "urged" | "urges" | "urge" | "accused" | "accuses" => true,
        "on" => matches!(before(2), "call" | "called" | "calls"),
        _ => false,
    }
}

/// Whether the phrase that starts at `start` follows "between": "between A and B".
pub(crate) fn follows_between(tokens: &[Token<'_>], start: usize) -> bool {
    start.checked_sub(1).is_some_and(|i| lower_at(tokens, i) == "between")
}

/// Whether the phrase that starts at `start` is coordinated with the name that ends at `end`: "A and B", "A leaders
/// and B".
pub(crate) fn is_coordinated(tokens: &[Token<'_>], end: usize, start: usize) -> bool {
    let Some(and) = start.checked_sub(1).filter(|&i| matches!(lower_at(tokens, i), "and" | "&")) else {
        return false;
    };
    and >= end
        && and - end <= 2
        && (end..and).all(|i| {
            tokens.get(i).is_some_and(|token| token.is_word() && !word_class::is_noun_phrase_end(token))
        })
}

/// What the party named by a phrase does in the clause that the phrase starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PartyVerb {
    /// "A said", "said A".
    Speech,
    /// "A signed".
    Act,
}

/// The verb of which the name at `name`, in a phrase that starts at `start`, is the subject; and where it ends.
pub(crate) fn verb_of(tokens: &[Token<'_>], start: usize, name: &Range<usize>) -> Option<(PartyVerb, usize)> {
    let is_possessive = name.end.checked_sub(1).and_then(|i| tokens.get(i)).is_some_and(|t| t.is_possessive);
    if is_possessive {
        return None;
    }
    let mut at = name.end;
    while at < name.end + MAX_BEFORE_VERB
        && tokens
            .get(at)
            .is_some_and(|token| token.kind == TokenKind::Word && word_class::is_before_verb(token))
    {
        at += 1;
    }
    let verb = tokens.get(at).filter(|token| token.kind == TokenKind::Word && !token.is_capitalised);
    if verb.is_some_and(|verb| word_class::speech_verb(verb).is_some()) {
        return Some((PartyVerb::Speech, at + 1));
    }
    if verb.is_some_and(word_class::is_deal_verb) {
        return Some((PartyVerb::Act, at + 1));
    }
    let before = start.checked_sub(1).and_then(|i| tokens.get(i))?;
    let is_inverted = word_class::is_say(before) && !tokens.get(name.end).is_some_and(Token::is_word);
    is_inverted.then_some((PartyVerb::Speech, name.end))
}

/// Whether the name at `name` is the subject of a verb, whichever it is: "A and B today adopted the text".
pub(crate) fn precedes_verb(tokens: &[Token<'_>], start: usize, name: &Range<usize>) -> bool {
    let at = name.end + usize::from(word_class::is_before_subject(token_at(tokens, name.end)));
    let is_past = |token: &Token<'_>| {
        token.kind == TokenKind::Word
            && !token.is_capitalised
            && (token.lower.ends_with("ed") || word_class::is_be(token) || word_class::is_tensed(token))
    };
    verb_of(tokens, start, name).is_some() || tokens.get(at).is_some_and(is_past)
}

/// Whether the subject of a verb of saying that ends at `end` is taken up as a person (`Some(true)`) or as a body
/// right after it: "said he would", "said that it would", but not "denied it".
pub(crate) fn pronoun_after(tokens: &[Token<'_>], end: usize) -> Option<bool> {
    let at = if lower_at(tokens, end) == "that" { end + 1 } else { end };
    let is_say = end.checked_sub(1).is_some_and(|i| word_class::is_say(token_at(tokens, i)));
    if !is_say || !tokens.get(at + 1).is_some_and(Token::is_word) {
        return None;
    }
    match lower_at(tokens, at) {
        "it" | "its" => Some(false),
        "he" | "she" | "his" | "her" => Some(true),
        _ => None,
    }
}

/// The head that the name at `name` modifies or owns: "A’s chief envoy", "the A delegation". Names of offices before a
/// role are skipped ("the A foreign minister").
pub(crate) fn modified_head(tokens: &[Token<'_>], name: &Range<usize>) -> Option<usize> {
    let mut at = name.end;
    while at < name.end + MAX_PREMODIFIERS {
        let token = tokens.get(at).filter(|token| token.kind == TokenKind::Word && token.quote == 0)?;
        if word_class::is_role(token) || word_class::is_delegation(token) {
            // "the A prime minister", "the A deputy foreign minister"
            let is_title = |i: usize| {
                tokens.get(i).is_some_and(|next| {
                    next.kind == TokenKind::Word
                        && (word_class::is_role(next)
                            || word_class::is_delegation(next)
                            || word_class::is_portfolio(next))
                })
            };
            while is_title(at + 1) && at + 1 < name.end + MAX_PREMODIFIERS {
                at += 1;
            }
            return Some(at);
        }
        if !can_premodify(token) && !word_class::is_portfolio(token) {
            return None;
        }
        at += 1;
    }
    None
}

/// The role that is "for", "of" or "at" the phrase that starts at `start`: "a spokesman for A", "the leader of A".
pub(crate) fn role_before(tokens: &[Token<'_>], start: usize) -> Option<usize> {
    let link =
        start.checked_sub(1).filter(|&i| matches!(lower_at(tokens, i), "of" | "for" | "from" | "at"))?;
    let role = link.checked_sub(1)?;
    let token = tokens.get(role)?;
    (word_class::is_role(token) || word_class::is_delegation(token)).then_some(role)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attribution::test_tokens::{assert_hits, assert_misses, with_marked, words};

    /// Applies a rule to the one-word name that is marked.
    fn on_name<R>(text: &str, rule: impl FnOnce(&[Token<'_>], usize, Range<usize>) -> R) -> R {
        with_marked(text, |tokens, at| {
            let name = at..at + 1;
            rule(tokens, phrase_start(tokens, &name), name)
        })
    }

    #[test]
    fn negotiations_are_with_a_party() {
        let rule = |text: &str| {
            on_name(text, |tokens, start, _| follows_negotiation_with(tokens, start).then_some(()))
        };
        assert_hits(
            &[
                ("Talks with the ^union failed.", ()),
                ("A truce on land with the armed ^rebels held.", ()),
                ("The war against ^Arland ended.", ()),
            ],
            rule,
        );
        assert_misses(&["She left with ^Brenn.", "Talks on the ^union failed.", "A bag with ^Arland."], rule);
    }

    #[test]
    fn parties_are_addressed() {
        let rule = |text: &str| on_name(text, |tokens, start, _| is_addressed(tokens, start).then_some(()));
        assert_hits(
            &[
                ("Arland met the ^union.", ()),
                ("They called on ^Arland to stop.", ()),
                ("He accused ^Arland of it.", ()),
            ],
            rule,
        );
        assert_misses(&["They called ^Arland late.", "They insist on ^Arland.", "It told ^Arland so."], rule);
    }

    #[test]
    fn parties_own_or_lead_a_delegation() {
        let rule = |text: &str| {
            on_name(text, |tokens, _, name| {
                modified_head(tokens, &name).map(|at| lower_at(tokens, at).to_owned())
            })
        };
        assert_hits(
            &[
                ("the ^Arlandian envoy", "envoy".to_owned()),
                ("^Arland’s deputy foreign minister", "minister".to_owned()),
                ("the ^union delegation", "delegation".to_owned()),
                ("the ^Tarnish side", "side".to_owned()),
            ],
            rule,
        );
        assert_misses(&["^Arland said the envoy", "^Arland and the envoy", "^Arland’s offer to"], rule);
    }

    #[test]
    fn roles_are_for_a_party() {
        let rule = |text: &str| {
            on_name(text, |tokens, start, _| {
                role_before(tokens, start).map(|at| words(tokens, &(at..at + 1)))
            })
        };
        assert_hits(
            &[
                ("a spokesman for the ^union", "spokesman".to_owned()),
                ("the chief negotiator of ^Arland", "negotiator".to_owned()),
                ("the government of ^Arland", "government".to_owned()),
            ],
            rule,
        );
        assert_misses(&["the port of ^Arland", "a plan for the ^union", "said the ^union"], rule);
    }

    #[test]
    fn coordinated_parties_do_anything() {
        let rule = |text: &str| {
            on_name(text, |tokens, start, name| precedes_verb(tokens, start, &name).then_some(()))
        };
        assert_hits(
            &[
                ("Arland and ^Tarn today adopted it.", ()),
                ("Arland and ^Tarn have a deal.", ()),
                ("Arland and ^Tarn met.", ()),
            ],
            rule,
        );
        assert_misses(&["Arland and ^Tarn, too", "Arland and ^Tarn coal"], rule);
    }

    #[test]
    fn parties_speak_and_act() {
        let rule = |text: &str| {
            on_name(text, |tokens, start, name| verb_of(tokens, start, &name).map(|found| found.0))
        };
        assert_hits(
            &[
                ("The ^union said no.", PartyVerb::Speech),
                ("^Arland has also rejected it.", PartyVerb::Speech),
                ("“No,” said the ^union.", PartyVerb::Speech),
                ("^Arland signed.", PartyVerb::Act),
            ],
            rule,
        );
        assert_misses(&["The ^union’s said no.", "In ^Arland it rained.", "They told the ^union so."], rule);
    }
}
