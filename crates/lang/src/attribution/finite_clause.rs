//! Attributions whose cue is a finite verb: "X said …", "…, X said", "…, said X", "X, the minister, said …".

use std::ops::Range;

use crate::attribution::apposition::{apposition_after, source_before_comma};
use crate::attribution::attribution_match::{AttributionMatch, reach_after, reach_before};
use crate::attribution::source_phrase::{source_ending_at, source_starting_at};
use crate::attribution::subject::subject_with_apposition;
use crate::word::token::{Token, TokenKind, lower_at, token_at};
use crate::word::word_class::{self, SpeechVerb};

/// Most words between a subject and its verb that belong to the cue ("has since also repeatedly").
const MAX_BEFORE_VERB: usize = 5;
/// How many tokens after the cue the content may start with "that" or a quotation mark: "Brenn told reporters in
/// Tarn on Monday that …".
const CONTENT_REACH: usize = 14;

/// A source with its apposition, if any.
type Source = (Range<usize>, Option<Range<usize>>);

/// The attribution of the clause whose verb, with a particle if any, is at `verb_range`; `earlier` is the last
/// attribution before it that is not trailing.
pub(crate) fn finite_clause(
    tokens: &[Token<'_>],
    sentence: &Range<usize>,
    verb_range: Range<usize>,
    verb: SpeechVerb,
    earlier: Option<&AttributionMatch>,
) -> Option<AttributionMatch> {
    let at = verb_range.start;
    let group_start = verb_group_start(tokens, sentence, at)?;
    if group_start == sentence.start {
        return inverted(tokens, sentence, at, verb);
    }
    let before = tokens.get(group_start - 1)?;
    if is_not_finite(before) {
        return None;
    }
    let cue = group_start..verb_range.end;
    let follows_punctuation = !before.is_word();
    if follows_punctuation
        && group_start == at
        && let Some(inversion) = inverted(tokens, sentence, at, verb)
    {
        return Some(match source_before_inversion(tokens, sentence, before, at, &inversion) {
            Some(source) => with_content(tokens, sentence, source, cue),
            None => inversion,
        });
    }
    let source = if matches!(&*before.lower, "and" | "but" | "or" | "then") {
        coordinated_source(tokens, sentence, earlier)?
    } else if before.is(',') {
        source_before_comma(tokens, reach_before(sentence, group_start).start..group_start - 1)?
    } else if before.lower == "who" {
        relative_source(tokens, sentence, group_start - 1, at)?
    } else if follows_punctuation {
        return None;
    } else {
        let any_noun = word_class::is_say_any_subject(token_at(tokens, at));
        (source_ending_at(tokens, reach_before(sentence, group_start), any_noun)?, None)
    };
    Some(with_content(tokens, sentence, source, cue))
}

/// The start of the verb group that ends with the verb at `at`: the auxiliaries and adverbs before it included.
fn verb_group_start(tokens: &[Token<'_>], sentence: &Range<usize>, at: usize) -> Option<usize> {
    let mut start = at;
    while start > sentence.start && at - start < MAX_BEFORE_VERB {
        let before = tokens.get(start - 1)?;
        let is_part = before.kind == TokenKind::Word
            && before.quote == 0
            && !before.is_capitalised
            && word_class::is_before_verb(before);
        if !is_part {
            break;
        }
        start -= 1;
    }
    Some(start)
}

/// Whether the verb group after `before` is no finite verb: a passive ("was told"), an infinitive ("to say"), a
/// reduced clause ("as said") or a noun ("the call", "Brenn’s call").
fn is_not_finite(before: &Token<'_>) -> bool {
    word_class::is_be(before)
        || before.lower == "to"
        || before.lower == "as"
        || before.is_possessive
        || (word_class::is_determiner(before) && !matches!(&*before.lower, "both" | "all" | "others"))
}

/// "…, said X": the verb at `at` before its subject.
fn inverted(
    tokens: &[Token<'_>],
    sentence: &Range<usize>,
    at: usize,
    verb: SpeechVerb,
) -> Option<AttributionMatch> {
    // "told X" has X as its object
    let takes_addressee = matches!(
        lower_at(tokens, at),
        "tell" | "tells" | "told" | "assured" | "informed" | "assures" | "informs"
    );
    if verb != SpeechVerb::Say || at == sentence.start || takes_addressee {
        return None;
    }
    let source = source_starting_at(tokens, reach_after(sentence, at + 1), false)?;
    let next = tokens.get(source.end).filter(|_| source.end < sentence.end);
    let ends_clause = next.is_none_or(|token| {
        !token.is_word()
            || word_class::is_noun_phrase_end(token)
            || (word_class::is_before_subject(token) && !word_class::is_tensed(token))
            || word_class::is_clause_start(token)
    });
    // "Brenn, who leads the union, said he …" is not an inversion; "“No,” said he" is
    let follows_quotation = tokens.get(at - 1).is_some_and(|token| token.kind == TokenKind::CloseQuote);
    let is_pronoun = word_class::is_pronoun(lower_at(tokens, source.start));
    if !ends_clause || is_pronoun && (source.len() > 1 || !follows_quotation) {
        return None;
    }
    let apposition = apposition_after(tokens, source.end, sentence.end);
    let content = sentence.start..at;
    Some(AttributionMatch { source, apposition, cue: at..at + 1, content, is_trailing: false })
}

/// The source before the comma `before` of a verb at `at` that could also be an `inversion`: "Brenn, the minister,
/// said prices in Tarn rose" has a clause, not a subject, after the verb.
fn source_before_inversion(
    tokens: &[Token<'_>],
    sentence: &Range<usize>,
    before: &Token<'_>,
    at: usize,
    inversion: &AttributionMatch,
) -> Option<Source> {
    let next = tokens.get(inversion.source.end).filter(|_| inversion.source.end < sentence.end);
    // "Brenn, the minister, said officials in Tarn knew."
    let ends_in_verb = inversion.source.len() > 1
        && tokens.get(inversion.source.end - 1).is_some_and(|token| {
            token.kind == TokenKind::Word && !token.is_capitalised && !word_class::is_speaker_noun(token)
        })
        && tokens.get(inversion.source.end - 2).is_some_and(|token| token.is_capitalised);
    let is_certain = !ends_in_verb
        && next.is_none_or(|token| {
            matches!(token.kind, TokenKind::Punctuation('.' | ',' | ';' | ':' | '!' | '?'))
        });
    if is_certain || !before.is(',') {
        return None;
    }
    source_before_comma(tokens, reach_before(sentence, at).start..at - 1)
}

/// "X said … and warned …": the source of the earlier attribution, or else the subject of the sentence.
fn coordinated_source(
    tokens: &[Token<'_>],
    sentence: &Range<usize>,
    earlier: Option<&AttributionMatch>,
) -> Option<Source> {
    match earlier {
        Some(earlier) => Some((earlier.source.clone(), earlier.apposition.clone())),
        None => subject_with_apposition(tokens, sentence),
    }
}

/// "X, who said …": the source before the comma before the "who" at `who`, of the verb at `verb`.
fn relative_source(tokens: &[Token<'_>], sentence: &Range<usize>, who: usize, verb: usize) -> Option<Source> {
    let comma = who.checked_sub(1).filter(|&i| tokens.get(i).is_some_and(|token| token.is(',')))?;
    let start = reach_before(sentence, who + 1).start;
    // "Ada Brenn, who said no,", but not "the investors, who had vowed it,"
    let is_plain = who + 1 == verb && word_class::is_say_any_subject(token_at(tokens, verb));
    source_before_comma(tokens, start..comma)
        .or_else(|| Some((source_ending_at(tokens, start..comma, false).filter(|_| is_plain)?, None)))
}

fn with_content(
    tokens: &[Token<'_>],
    sentence: &Range<usize>,
    (source, apposition): Source,
    cue: Range<usize>,
) -> AttributionMatch {
    let content = content(tokens, sentence, &source, &cue);
    AttributionMatch { source, apposition, cue, content, is_trailing: false }
}

/// The reported content: what precedes the source if the clause ends after the cue ("…, X said."), else what
/// follows the cue.
fn content(
    tokens: &[Token<'_>],
    sentence: &Range<usize>,
    source: &Range<usize>,
    cue: &Range<usize>,
) -> Range<usize> {
    let start = source.start.min(cue.start);
    let is_close_quote = |i: usize| tokens.get(i).is_some_and(|token| token.kind == TokenKind::CloseQuote);
    let follows_clause = start > sentence.start + 1
        && (tokens.get(start - 1).is_some_and(|token| token.is(',')) || is_close_quote(start - 1));
    let next = tokens.get(cue.end).filter(|_| cue.end < sentence.end);
    // "…, X said on Monday"
    let precedes_circumstance = next.is_some_and(|token| {
        matches!(&*token.lower, "on" | "in" | "at" | "after" | "to" | "during")
            || word_class::is_day_name(token)
    });
    let ends_clause =
        next.is_none_or(|token| !token.is_word() && !token.is(':') && token.kind != TokenKind::OpenQuote);
    let starts_content = |&i: &usize| {
        lower_at(tokens, i) == "that" || tokens.get(i).is_some_and(|t| t.kind == TokenKind::OpenQuote)
    };
    let content_start = (cue.end..sentence.end.min(cue.end + CONTENT_REACH)).find(starts_content);
    let follows_quotation = follows_clause && (1..3).any(|n| start >= n && is_close_quote(start - n));
    if follows_clause && (ends_clause || precedes_circumstance)
        || follows_quotation && content_start.is_none()
    {
        return sentence.start..start;
    }
    match content_start {
        Some(i) if lower_at(tokens, i) == "that" => i + 1..sentence.end,
        Some(i) => i..sentence.end,
        None => cue.end..sentence.end,
    }
}

#[cfg(test)]
#[path = "finite_clause_tests.rs"]
mod tests;
