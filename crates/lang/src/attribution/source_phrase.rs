//! Noun phrases that can be sources, found without a parser: names, roles, bodies and pronouns.

use std::ops::Range;

use crate::attribution::phrase_head::head_end;
use crate::word::token::{Token, TokenKind, lower_at, token_at};
use crate::word::word_class;

/// Most tokens of a source phrase ("an official of the ministry that oversees the ports of …").
const MAX_SOURCE: usize = 24;
/// Most tokens of a source phrase whose head need not be able to speak ("the latest figures").
const MAX_ANY_NOUN: usize = 12;

/// The source that ends where `within` ends. With `any_noun`, its head need not be able to speak.
pub(crate) fn source_ending_at(
    tokens: &[Token<'_>],
    within: Range<usize>,
    any_noun: bool,
) -> Option<Range<usize>> {
    let mut start = within.end;
    while start > within.start {
        let token = tokens.get(start - 1)?;
        let can_be_part = (token.is_word() || token.is('&')) && token.quote == 0;
        if !can_be_part || is_left_boundary(tokens, start - 1, within.end) {
            break;
        }
        start -= 1;
    }
    // "No one in the hall said a word"
    if matches!(lower_at(tokens, start), "no" | "few" | "neither" | "either" | "nobody" | "none")
        && start + 1 < within.end
    {
        return None;
    }
    let can_start = |s: usize| {
        s == start
            || (s - 1 == start || !word_class::is_name_link(token_at(tokens, s - 1)))
                && !is_prepositional_object(tokens, s)
    };
    (start..within.end)
        .find(|&s| can_start(s) && is_source_phrase(tokens, &(s..within.end)))
        .or_else(|| (any_noun && is_any_noun_phrase(tokens, &(start..within.end))).then_some(start))
        .map(|s| s..within.end)
}

/// The source that starts where `within` starts. With `any_noun`, its head need not be able to speak.
pub(crate) fn source_starting_at(
    tokens: &[Token<'_>],
    within: Range<usize>,
    any_noun: bool,
) -> Option<Range<usize>> {
    let start = within.start;
    if !can_start_source(tokens, start) || within.is_empty() {
        return None;
    }
    if word_class::is_pronoun(lower_at(tokens, start)) {
        return Some(start..start + 1);
    }
    let mut end = start;
    let mut has_name = false;
    for i in within {
        let Some(token) = tokens.get(i).filter(|token| token.is_word() && token.quote == 0) else { break };
        if is_right_boundary(tokens, i, start, has_name) {
            break;
        }
        has_name |= token.is_capitalised && i > start;
        end = i + 1;
    }
    let is_dangling = |token: &Token<'_>| {
        word_class::is_noun_phrase_end(token)
            || word_class::is_name_link(token)
            || word_class::is_before_verb(token)
    };
    while end > start && tokens.get(end - 1).is_some_and(is_dangling) {
        end -= 1;
    }
    let phrase = start..end;
    (is_source_phrase(tokens, &phrase) || any_noun && is_any_noun_phrase(tokens, &phrase)).then_some(phrase)
}

/// Whether `phrase` can be a source: its head can speak or is a name, and it contains no verb.
pub(crate) fn is_source_phrase(tokens: &[Token<'_>], phrase: &Range<usize>) -> bool {
    if phrase.is_empty() || phrase.len() > MAX_SOURCE || !can_start_source(tokens, phrase.start) {
        return false;
    }
    let first = lower_at(tokens, phrase.start);
    let names_nobody = matches!(first, "i" | "we" | "you" | "nobody" | "everyone")
        || matches!(first, "no" | "few" | "either" | "neither") && phrase.len() > 1;
    if names_nobody || word_class::is_tensed(token_at(tokens, phrase.start)) {
        return false;
    }
    if word_class::is_pronoun(first) {
        return phrase.len() == 1;
    }
    let end = head_end(tokens, phrase);
    if !(phrase.start..end).all(|i| can_be_in_head(tokens, i, phrase.start)) {
        return false;
    }
    let last = tokens.get(end - 1);
    last.is_some_and(word_class::is_speaker_noun)
        || matches!(lower_at(tokens, end - 1), "others" | "both" | "one" | "some" | "many")
        || last.is_some_and(|token| {
            token.is_capitalised
                && token.kind == TokenKind::Word
                && !word_class::is_day_name(token)
                && !token.is_possessive
                && !word_class::is_determiner(token)
        })
}

/// Whether the token is a clock time, with which entries of live reports start.
pub(crate) fn is_clock_time(token: &Token<'_>) -> bool {
    token.kind == TokenKind::Number && token.lower.contains([':', '.'])
}

/// Whether a source can start with the token at `at`.
fn can_start_source(tokens: &[Token<'_>], at: usize) -> bool {
    let Some(token) = tokens.get(at).filter(|token| token.quote == 0) else { return false };
    match token.kind {
        TokenKind::Number => !is_clock_time(token),
        TokenKind::Word if word_class::is_day_name(token) || word_class::is_clause_start(token) => false,
        TokenKind::Word => {
            word_class::is_determiner(token)
                || word_class::is_pronoun(&token.lower)
                || (!word_class::is_before_subject(token)
                    && !word_class::is_noun_phrase_end(token)
                    && (token.is_capitalised
                        || word_class::is_speaker_noun(token)
                        || !word_class::is_before_verb(token)))
        }
        _ => false,
    }
}

/// Whether the token at `i` can be part of the head of a phrase that starts at `start`.
fn can_be_in_head(tokens: &[Token<'_>], i: usize, start: usize) -> bool {
    let Some(token) = tokens.get(i) else { return false };
    let is_nominal = match token.kind {
        TokenKind::Word => {
            token.is_capitalised
                || !(word_class::is_clause_start(token)
                    || word_class::is_be(token)
                    || word_class::is_tensed(token)
                    || (word_class::is_pronoun(&token.lower) && i > start))
        }
        TokenKind::Number => true,
        TokenKind::Punctuation(c) => matches!(c, '&' | '/' | '’' | '\''),
        TokenKind::OpenQuote | TokenKind::CloseQuote => false,
    };
    // "the ports the ministry" is two phrases, "all the ministers" is one
    let starts_phrase = i > start
        && word_class::is_determiner(token)
        && !token.is_capitalised
        && !word_class::is_before_determiner(token_at(tokens, i - 1));
    is_nominal && !starts_phrase
}

/// Whether `phrase` is a noun phrase that can be the subject of a verb of saying, whatever its head ("the figures
/// showed").
fn is_any_noun_phrase(tokens: &[Token<'_>], phrase: &Range<usize>) -> bool {
    let head = phrase.start..head_end(tokens, phrase);
    let is_nominal = |i: usize| {
        tokens.get(i).is_some_and(|token| {
            token.kind == TokenKind::Word
                && !word_class::is_clause_start(token)
                && !word_class::is_be(token)
                && !word_class::is_pronoun(&token.lower)
                && !word_class::is_day_name(token)
                && !matches!(&*token.lower, "i" | "we" | "you" | "who" | "nobody" | "everyone")
                && !word_class::is_tensed(token)
        })
    };
    !phrase.is_empty()
        && phrase.len() <= MAX_ANY_NOUN
        && can_start_source(tokens, phrase.start)
        && head.clone().all(is_nominal)
        && !word_class::is_before_verb(token_at(tokens, phrase.start))
        && (head.len() > 1 || lower_at(tokens, phrase.start).len() > 3)
}

/// Whether the token at `i` cannot be part of a source that ends at `end`: a verb of speech, the start of a clause,
/// "but" or "or".
fn is_left_boundary(tokens: &[Token<'_>], i: usize, end: usize) -> bool {
    let Some(token) = tokens.get(i) else { return true };
    let is_verb = word_class::speech_verb(token).is_some()
        && !token.is_capitalised
        && !word_class::is_speaker_noun(token)
        && !word_class::is_noun_or_verb(token);
    // "more than 40 economists said"
    let is_comparison =
        token.lower == "than" && i > 0 && matches!(lower_at(tokens, i - 1), "more" | "fewer" | "less");
    // "officials who follow the talks said"
    let is_relative = matches!(&*token.lower, "who" | "whose" | "which") && i + 1 < end;
    is_verb
        || word_class::is_clause_start(token) && !is_comparison && !is_relative
        || matches!(&*token.lower, "but" | "or") && !token.is_capitalised
}

/// Whether the source that starts at `start` ends before the token at `i`.
fn is_right_boundary(tokens: &[Token<'_>], i: usize, start: usize, has_name: bool) -> bool {
    let Some(token) = tokens.get(i) else { return true };
    // "said an official who follows the talks", but "said Ada Brenn, who …"
    let is_relative = token.lower == "who" && !has_name && i > start;
    if word_class::is_clause_start(token) && !is_relative {
        return true;
    }
    if i == start {
        return false;
    }
    match &*token.lower {
        "on" | "after" | "before" | "during" | "as" | "by" | "yesterday" | "today" => true,
        // "said the minister in Tarn" is a place of the source, "said Ada Brenn in a letter" is not
        "in" | "at" | "from" => {
            let precedes_place =
                tokens.get(i + 1).is_some_and(|next| next.is_capitalised || word_class::is_determiner(next));
            (has_name || !precedes_place) && lower_at(tokens, i - 1) != "people"
        }
        _ => word_class::is_day_name(token),
    }
}

/// Whether the token at `at` is the object of a preposition within a phrase that starts earlier ("the head of the
/// union", "a letter by officials").
fn is_prepositional_object(tokens: &[Token<'_>], at: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |i| lower_at(tokens, i));
    before == "by"
        || matches!(before, "of" | "for" | "to" | "with" | "about")
            && at > 1
            && word_class::is_speaker_noun(token_at(tokens, at - 2))
}

#[cfg(test)]
#[path = "source_phrase_tests.rs"]
mod tests;
