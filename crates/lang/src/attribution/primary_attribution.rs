//! Chooses the attribution of a sentence that determines its speaker.

use std::ops::Range;

use crate::attribution::attribution_match::AttributionMatch;
use crate::attribution::phrase_head::head_end;
use crate::word::token::{Token, lower_at, token_at};
use crate::word::word_class;

/// Most attributions of a sentence that are compared with each other. No news sentence has as many; the cap keeps the
/// time linear on adversarial input.
const MAX_COMPARED: usize = 32;
/// Within how many tokens after its cue a clause or quotation must start: "announced on Monday that …".
const CLAUSE_REACH: usize = 6;

/// The attribution that determines the speaker, and the attribution to a news outlet that reports it, if any.
///
/// The first attribution counts that is not nested in another, neither to an outlet nor a trailing participle, and not
/// an aside; if there is none, the conditions are dropped one by one.
pub(crate) fn primary_attribution<'m>(
    tokens: &[Token<'_>],
    found: &'m [AttributionMatch],
) -> Option<(&'m AttributionMatch, Option<&'m AttributionMatch>)> {
    let found = found.get(..found.len().min(MAX_COMPARED)).unwrap_or(found);
    if let Some(reply) = found.iter().find(|m| is_reply(tokens, m)) {
        return Some((reply, None));
    }
    let main = || found.iter().filter(|m| !is_aside(tokens, m));
    let is_outlet = |m: &&AttributionMatch| is_outlet_source(tokens, &m.source);
    let is_candidate = |m: &&AttributionMatch| !is_outlet(m) && !m.is_trailing;
    let primary = main()
        .find(|m| is_candidate(m) && !is_nested(tokens, m, found))
        .or_else(|| main().find(is_candidate));
    match primary {
        Some(primary) => Some((primary, main().find(is_outlet))),
        None => main().find(|m| !m.is_trailing).or_else(|| main().next()).map(|m| (m, None)),
    }
}

/// Whether `source` is a news outlet or a journalist ("Tarn Radio", "a Tarn Times reporter").
pub(crate) fn is_outlet_source(tokens: &[Token<'_>], source: &Range<usize>) -> bool {
    let end = head_end(tokens, source);
    let head = lower_at(tokens, end.saturating_sub(1));
    if matches!(head, "reporter" | "correspondent" | "journalist") {
        return true;
    }
    let is_outlet_name =
        |i: usize| tokens.get(i).is_some_and(|token| token.is_capitalised && word_class::is_outlet(token));
    // "the Press secretary" and "the Times editor" are no outlets
    (source.start..end).any(is_outlet_name)
        && head != "secretary"
        && !(source.start..end).any(|i| word_class::is_role(token_at(tokens, i)))
}

/// Whether the attribution is "to which X said": the reply is the last word of the sentence.
fn is_reply(tokens: &[Token<'_>], matched: &AttributionMatch) -> bool {
    let before = |n: usize| matched.source.start.checked_sub(n).map_or("", |i| lower_at(tokens, i));
    before(1) == "which" && before(2) == "to"
}

/// Whether the attribution is within the content of another one: "Brenn said [the union had denied it]".
fn is_nested(tokens: &[Token<'_>], inner: &AttributionMatch, found: &[AttributionMatch]) -> bool {
    found.iter().any(|outer| {
        let has_cue_in_content =
            outer.content.contains(&inner.cue.start) && !inner.content.contains(&outer.cue.start);
        let follows_content = outer.content.end <= outer.source.start.min(outer.cue.start);
        outer.cue != inner.cue
            && !outer.is_trailing
            && (has_cue_in_content
                || follows_content
                    && outer.content.contains(&inner.source.start)
                    && inner.source != outer.source)
            && !is_outlet_source(tokens, &outer.source)
    })
}

/// Whether the attribution is an aside that does not determine the speaker: without content, by a document, or in a
/// parenthetical clause.
fn is_aside(tokens: &[Token<'_>], matched: &AttributionMatch) -> bool {
    let head = head_end(tokens, &matched.source).saturating_sub(1);
    lacks_clause(tokens, matched)
        || word_class::is_document(token_at(tokens, head))
        || is_parenthetical(tokens, matched)
}

/// Whether the verb needs a clause and has none: "announced a plan", not "announced that …".
fn lacks_clause(tokens: &[Token<'_>], matched: &AttributionMatch) -> bool {
    let (cue, content) = (&matched.cue, &matched.content);
    let after = cue.end..(cue.end + CLAUSE_REACH).min(content.end);
    word_class::is_say_clause(token_at(tokens, cue.end.saturating_sub(1)))
        && content.start >= cue.end
        && !after.clone().any(|i| lower_at(tokens, i) == "that")
        && !tokens.get(after).is_some_and(|after| after.iter().any(|token| token.quote > 0))
}

/// Whether the attribution is in a parenthetical clause: "the offer, which the union rejected, …". Plain verbs of
/// saying count there too unless the clause is relative or a comparison: "when Brenn said no".
fn is_parenthetical(tokens: &[Token<'_>], matched: &AttributionMatch) -> bool {
    let Some(before) = matched.source.start.checked_sub(1) else { return false };
    let is_plain_verb = word_class::is_say_any_subject(token_at(tokens, matched.cue.end.saturating_sub(1)));
    word_class::is_subordinator(token_at(tokens, before))
        && (!is_plain_verb || matches!(lower_at(tokens, before), "which" | "than" | "what"))
}

#[cfg(test)]
#[path = "primary_attribution_tests.rs"]
mod tests;
