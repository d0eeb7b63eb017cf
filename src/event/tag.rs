//! [`tag`]: separates verbs from nouns by the words around them.

use crate::event::class::{Effect, predicate_class};
use crate::event::function::{Function, Functions};
use crate::event::lexicon::Word;
use crate::event::morphology::Form;

/// Part of speech of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tag {
    /// Comma.
    Comma,
    /// Semicolon, dash, bracket or full stop.
    Break,
    /// Colon.
    Colon,
    /// Quotation mark.
    Quotation,
    /// Symbol or word in brackets, which is skipped.
    Skip,
    /// Word of a closed class.
    Function,
    /// Verb that carries an event.
    Verb,
    /// Noun, or any other word within a noun phrase.
    Noun,
}

/// Token as the event finder sees it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Item<'w> {
    pub(crate) word: &'w Word,
    pub(crate) tag: Tag,
    /// Whether the token is a masked name.
    pub(crate) is_name: bool,
    /// Whether the token is a number.
    pub(crate) is_number: bool,
}

impl Item<'_> {
    #[inline]
    pub(crate) fn is(&self, function: Function) -> bool {
        self.word.functions.has(function)
    }

    #[inline]
    pub(crate) fn is_any(&self, functions: Functions) -> bool {
        self.word.functions.meets(functions)
    }

    /// Returns whether the word is a noun outside the closed classes, and no name.
    pub(crate) fn is_plain_noun(&self) -> bool {
        self.tag == Tag::Noun && self.word.functions.is_empty() && !self.is_name
    }

    #[inline]
    pub(crate) fn is_punctuation(&self) -> bool {
        matches!(self.tag, Tag::Comma | Tag::Break | Tag::Colon | Tag::Quotation | Tag::Skip)
    }
}

/// Decides for every token that may be a verb whether it is one.
pub(crate) fn tag(items: &mut [Item<'_>]) {
    for at in 0..items.len() {
        if !items[at].is_punctuation() {
            items[at].tag = tag_of(items, at);
        }
    }
    promote(items);
}

fn tag_of(items: &[Item<'_>], at: usize) -> Tag {
    let Item { word, is_name, is_number, .. } = items[at];
    if is_name || is_number {
        return Tag::Noun;
    }
    let is_weak = word.functions.has(Function::Adjective) || word.functions.has(Function::Adverb);
    if !word.functions.is_empty() && !is_weak {
        let may_be_verb = word.functions.has(Function::May) || word.functions.has(Function::Be);
        return if may_be_verb || word.verb.is_empty() || !has_verb_entry(word, items, at) {
            Tag::Function
        } else {
            Tag::Verb
        };
    }
    let otherwise = if word.functions.has(Function::Adverb) { Tag::Function } else { Tag::Noun };
    if word.verb.is_empty() {
        return otherwise;
    }
    if verb_evidence(items, at, is_weak) > 0 { Tag::Verb } else { otherwise }
}

/// Returns whether a closed-class word ("do", "have", "get") starts a verb phrase of several words here.
fn has_verb_entry(word: &Word, items: &[Item<'_>], at: usize) -> bool {
    let next = items.get(at + 1..).unwrap_or_default().iter().take(3);
    next.into_iter().any(|next| word.verbs.has_second(&next.word.keys))
}

/// Returns how much the neighbours of a word that may be a verb suggest that it is one; above 0 it is.
fn verb_evidence(items: &[Item<'_>], at: usize, is_weak: bool) -> i32 {
    let word = items[at].word;
    let previous = at.checked_sub(1).and_then(|before| items.get(before));
    let next = items.get(at + 1);
    let is_noun = !word.noun.is_empty() || is_weak;
    let (is_past, is_gerund) = (word.verb.is_past(), word.verb.has(Form::Gerund));
    let starts_phrase = |item: &Item<'_>| {
        item.is_name
            || item.is_any(Functions::DETERMINER)
            || item.is(Function::Pronoun)
            || item.is(Function::Adjective)
    };
    let mut evidence = if is_past {
        2
    } else if is_noun {
        -1
    } else {
        1
    };
    if let Some(previous) = previous {
        let earlier = at.checked_sub(2).and_then(|before| items.get(before));
        if previous.is(Function::To) && earlier.is_some_and(|item| item.is(Function::Near)) {
            evidence -= 4;
        } else if previous.is(Function::To) {
            evidence += if word.verb.has(Form::Base) { 3 } else { -3 };
        } else if previous.is_any(Functions::MODAL) || previous.is(Function::Do) {
            evidence += if word.verb.has(Form::Base) { 4 } else { 0 };
        } else if previous.is(Function::Pronoun) && !previous.is_any(Functions::DETERMINER)
            || previous.is(Function::Relative)
            || previous.is(Function::Not)
            || previous.is(Function::Never)
        {
            evidence += 3;
        } else if previous.is(Function::Be) || previous.is(Function::Have) {
            evidence += if is_past || is_gerund { 3 } else { -1 };
        } else if previous.is_any(Functions::DETERMINER)
            || previous.is(Function::Adjective)
            || previous.is_number
        {
            evidence -= if is_past { 4 } else { 5 };
        } else if previous.is_any(Functions::PREPOSITION) {
            // "by lifting tariffs", but not "at the meeting" and "in trading"
            let has_object = next.is_some_and(|next| starts_phrase(next) || next.tag == Tag::Noun);
            evidence += match (is_gerund, has_object) {
                (true, true) => 2,
                (true, false) => 0,
                (false, _) => -3,
            };
        } else if previous.is(Function::Adverb) {
            let is_base = word.verb.has(Form::Base);
            if earlier.is_some_and(|item| {
                item.is_any(Functions::MODAL)
                    || item.is(Function::To)
                    || is_base && (item.is(Function::Do) || item.is(Function::Not))
            }) {
                evidence += 3;
            } else if !is_past
                && !is_gerund
                && earlier.is_some_and(|item| {
                    item.is_plain_noun() && item.word.ends_in_s != word.verb.has(Form::WithS)
                })
            {
                // "workers overwhelmingly vote"
                evidence += 2;
            }
        } else if previous.tag == Tag::Verb && !is_past && !is_gerund {
            evidence -= 1;
        }
    } else if !is_past && !is_gerund {
        evidence -= 1;
    }
    if let Some(next) = next {
        let starts = previous.is_none_or(|item| {
            matches!(item.tag, Tag::Comma | Tag::Break | Tag::Colon) || is_clause_start(item)
        });
        if is_past && starts && is_modified(next) {
            // "wounded soldiers fight on"
            evidence -= 3;
        } else if is_past
            && next.tag == Tag::Noun
            && (next.word.verb.is_empty() || is_modified(next))
            && previous.is_some_and(|item| item.tag == Tag::Verb)
        {
            // "sign limited trade deal", "revived stalled talks"
            evidence -= 4;
        } else if is_past {
            // "the rejected offer"
            let modifies = previous.is_some_and(|item| {
                item.is_any(Functions::DETERMINER)
                    || item.is(Function::Adjective)
                    || item.is_any(Functions::PREPOSITION)
            });
            if modifies && (next.is_any(Functions::PREPOSITION) || next.is_punctuation()) {
                evidence += 1;
            }
        } else if next.is(Function::Genitive) || is_weak && next.is(Function::To) {
            evidence -= 5;
        } else if is_noun
            && (next.is(Function::Of) || next.is_any(Functions::MODAL) || next.is_any(Functions::AUXILIARY))
        {
            evidence -= 2;
        } else if starts_phrase(next) && previous.is_some_and(|item| item.tag == Tag::Noun) {
            evidence += 2;
        }
    }
    evidence
}

/// Returns whether a word is a noun that a participle before it modifies.
fn is_modified(item: &Item<'_>) -> bool {
    !item.is_name && !item.is_number && !item.word.noun.is_empty() && item.word.functions.is_empty()
}

/// Makes a verb of the best candidate in every stretch of words that has none ("Dockers back offer").
fn promote(items: &mut [Item<'_>]) {
    let mut start = 0;
    while start < items.len() {
        let end = (start..items.len())
            .find(|at| {
                matches!(items[*at].tag, Tag::Comma | Tag::Break | Tag::Colon) || is_clause_start(&items[*at])
            })
            .unwrap_or(items.len());
        let stretch = &items[start..end];
        let has_verb = stretch.iter().any(|item| {
            item.tag == Tag::Verb || item.is_any(Functions::MODAL) || item.is_any(Functions::AUXILIARY)
        });
        let may_be = |at: &usize| !has_verb && is_promotable(items, *at, end);
        // "talks end", "a deal cuts tariffs": a thing is the verb only if nothing else can be
        let starts_compound = |at: usize| {
            items.get(at + 1).is_some_and(|next| items[at].word.nouns.has_second(&next.word.keys))
        };
        let is_no_thing = |at: &usize| {
            items[*at].word.nouns.single().is_none_or(|noun| noun.object == 0) && !starts_compound(*at)
        };
        // "as Velmark talks collapse": what collapses is a noun
        let is_subject = |at: &usize| {
            let next =
                items.get(at + 1).filter(|_| items[*at].word.noun.has(Form::WithS) && may_be(&(at + 1)));
            next.and_then(|next| next.word.verbs.single()).is_some_and(|verb| {
                predicate_class(verb.classes[0]).is_some_and(|class| class.effect == Effect::Fail)
            })
        };
        let is_single = |at: &usize| !starts_compound(at - 1) && !starts_compound(*at) && !is_subject(at);
        let candidates = || (start + 1..end).filter(may_be);
        let best = candidates().find(is_no_thing).or_else(|| candidates().find(is_single));
        if let Some(at) = best.or_else(|| candidates().next()) {
            items[at].tag = Tag::Verb;
        }
        start = end + 1;
    }
}

fn is_clause_start(item: &Item<'_>) -> bool {
    item.is_any(Functions::SUBORDINATOR) || item.is(Function::Relative) || item.is(Function::But)
}

/// Returns whether a noun stands where a headline has its verb: after a noun whose number agrees.
fn is_promotable(items: &[Item<'_>], at: usize, end: usize) -> bool {
    let (previous, item) = (&items[at - 1], &items[at]);
    let follows_noun = previous.tag == Tag::Noun && !previous.is_number && !previous.is(Function::Adjective);
    let agrees = if item.word.verb.has(Form::WithS) {
        !previous.word.ends_in_s
    } else {
        item.word.verb.has(Form::Base) && (previous.word.ends_in_s || previous.is_name || at + 1 < end)
    };
    let is_near = item.is(Function::Near) && items.get(at + 1).is_some_and(|next| next.is(Function::To));
    follows_noun
        && !is_near
        && agrees
        && !at.checked_sub(2).is_some_and(|before| items[before].is_any(Functions::PREPOSITION))
        && !is_state_to_end(items, at + 1, end)
        && items.get(at + 1).is_none_or(|next| !next.is(Function::Of) && !next.is(Function::Possessive))
        && !(item.word.noun.has(Form::Base) && at + 1 == end && !previous.word.ends_in_s)
}

/// Returns whether a predicative phrase fills the rest of a stretch ("Pay row over").
fn is_state_to_end(items: &[Item<'_>], at: usize, end: usize) -> bool {
    items.get(at).is_some_and(|item| item.word.states.has_length(end - at))
}
