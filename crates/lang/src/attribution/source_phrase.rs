//! Noun phrases that can be sources, found without a parser: names, roles, bodies, pronouns.

use std::ops::Range;

use crate::word::token::{Kind, Word, low, nth};
use crate::word::word_class;

/// Most words of an apposition.
const APPOSED: usize = 40;

/// Whether the word can begin a source.
fn begins(words: &[Word<'_>], at: usize) -> bool {
    let Some(word) = words.get(at).filter(|w| w.quote == 0) else { return false };
    match word.kind {
        Kind::Number => !clock(word),
        Kind::Word if word_class::is_day(word) => false,
        Kind::Word if word_class::is_break(word) => false,
        Kind::Word => {
            word_class::is_det(word)
                || word_class::is_pronoun(&word.low)
                || (!word_class::is_opener(word)
                    && !word_class::is_link(word)
                    && (word.cap || word_class::can_head(word) || !word_class::is_auxiliary(word)))
        }
        _ => false,
    }
}

/// Whether the word at `at` is a participle that tells more of the noun before it.
fn participle(words: &[Word<'_>], at: usize) -> bool {
    let Some(word) = words.get(at).filter(|w| !w.cap && w.kind == Kind::Word) else { return false };
    let form = word.low.len() > 5 && (word.low.ends_with("ing") || word.low.ends_with("ed"))
        || matches!(&*word.low, "seen" | "read" | "led" | "made");
    form && !word_class::can_head(word) && {
        let before = at.checked_sub(1).and_then(|i| nth(words, i));
        word_class::can_head(before) || word_class::is_record(before)
    }
}

/// Where the head of the phrase `of` ends: before its first preposition or relative.
pub(crate) fn head_end(words: &[Word<'_>], of: &Range<usize>) -> usize {
    (of.start + 1..of.end)
        .find(|&i| {
            words.get(i).is_some_and(|w| {
                let name = w.low == "of" && !w.cap && proper_of(words, i);
                (word_class::is_link(w) && !w.cap && !name) || w.is('(') || participle(words, i)
            })
        })
        .unwrap_or(of.end)
}

/// Whether the "of" at `at` stands within the name of a body ("Bank of England").
fn proper_of(words: &[Word<'_>], at: usize) -> bool {
    let cap = |i: usize| words.get(i).is_some_and(|w| w.cap && w.kind == Kind::Word);
    let body = at.checked_sub(1).is_some_and(|i| cap(i) && word_class::is_body(nth(words, i)));
    body && (cap(at + 1) || (low(words, at + 1) == "the" && cap(at + 2)))
}

/// The name within the phrase `of`: the run of capitals that ends its head, without titles.
pub(crate) fn name_in(words: &[Word<'_>], of: &Range<usize>) -> Option<Range<usize>> {
    let end = head_end(words, of);
    let mut start = end;
    while start > of.start {
        let word = words.get(start - 1)?;
        let capital = word.cap && word.kind == Kind::Word;
        let link = start < end
            && start - 1 > of.start
            && word_class::is_name_link(word)
            && words.get(start - 2).is_some_and(|w| w.cap);
        if !(capital || link) || (word.poss && start < end) || (word_class::is_det(word) && capital) {
            break;
        }
        start -= 1;
    }
    let title = (start..end)
        .rev()
        .find(|&i| word_class::is_title(nth(words, i)) || word_class::is_role(nth(words, i)));
    match title {
        Some(last) if last + 1 == end => None,
        Some(last) if words.get(last).is_some_and(|w| w.cap) => Some(last + 1..end),
        _ => (start < end).then_some(start..end),
    }
}

/// Whether the phrase `of` can be a source.
fn valid(words: &[Word<'_>], of: &Range<usize>) -> bool {
    if of.is_empty() || of.len() > 24 || !begins(words, of.start) {
        return false;
    }
    let first = low(words, of.start);
    let none = matches!(first, "i" | "we" | "you" | "nobody" | "everyone");
    if none
        || matches!(first, "no" | "few" | "either" | "neither") && of.len() > 1
        || word_class::is_tensed(nth(words, of.start))
    {
        return false;
    }
    if word_class::is_pronoun(first) {
        return of.len() == 1;
    }
    let end = head_end(words, of);
    for i in of.start..end {
        let Some(word) = words.get(i) else { return false };
        let fine = match word.kind {
            Kind::Word => {
                word.cap
                    || !(word_class::is_break(word)
                        || word_class::is_be(word)
                        || word_class::is_tensed(word)
                        || (word_class::is_pronoun(&word.low) && i > of.start))
            }
            Kind::Number => true,
            Kind::Mark(c) => matches!(c, '&' | '/' | '’' | '\''),
            _ => false,
        };
        let det = i > of.start
            && word_class::is_det(word)
            && !word.cap
            && !matches!(
                low(words, i - 1),
                "and"
                    | "all"
                    | "both"
                    | "of"
                    | "the"
                    | "its"
                    | "their"
                    | "his"
                    | "her"
                    | "our"
                    | "some"
                    | "one"
            );
        if !fine || det {
            return false;
        }
    }
    let head = words.get(end - 1);
    let headed = head.is_some_and(word_class::can_head)
        || matches!(low(words, end - 1), "others" | "both" | "one" | "some" | "many");
    headed
        || head.is_some_and(|w| {
            w.cap && w.kind == Kind::Word && !word_class::is_day(w) && !w.poss && !word_class::is_det(w)
        })
}

/// Whether the phrase `of` can be the subject of a plain verb of saying, whatever its head.
fn loose(words: &[Word<'_>], of: &Range<usize>) -> bool {
    let head = of.start..head_end(words, of);
    let noun = |i: usize| {
        words.get(i).is_some_and(|w| {
            w.kind == Kind::Word
                && !word_class::is_break(w)
                && !word_class::is_be(w)
                && !word_class::is_pronoun(&w.low)
                && !word_class::is_day(w)
                && !matches!(&*w.low, "i" | "we" | "you" | "who" | "nobody" | "everyone")
                && !word_class::is_tensed(w)
        })
    };
    !of.is_empty()
        && of.len() <= 12
        && begins(words, of.start)
        && head.clone().all(noun)
        && !word_class::is_auxiliary(nth(words, of.start))
        && (head.len() > 1 || low(words, of.start).len() > 3)
}

/// The source that ends where `within` ends; of any noun where `plain`.
pub(crate) fn backward(words: &[Word<'_>], within: Range<usize>, plain: bool) -> Option<Range<usize>> {
    let mut start = within.end;
    while start > within.start {
        let word = words.get(start - 1)?;
        if !(word.wordy() || word.is('&')) || word.quote != 0 {
            break;
        }
        let verb = word_class::verb(word).is_some()
            && !word.cap
            && !word_class::can_head(word)
            && !word_class::is_noun_too(word);
        let compared =
            word.low == "than" && start > 1 && matches!(low(words, start - 2), "more" | "fewer" | "less");
        let stops = word_class::is_break(word)
            && !compared
            && !(matches!(&*word.low, "who" | "whose" | "which") && start < within.end);
        if verb || stops || (matches!(&*word.low, "but" | "or") && !word.cap) {
            break;
        }
        start -= 1;
    }
    if matches!(low(words, start), "no" | "few" | "neither" | "either" | "nobody" | "none")
        && start + 1 < within.end
    {
        return None;
    }
    (start..within.end)
        .find(|&s| {
            let free = s == start
                || words.get(s - 1).is_some_and(|w| !word_class::is_name_link(w) || s - 1 == start)
                    && !(s > start && glued(words, s));
            free && valid(words, &(s..within.end))
        })
        .or_else(|| (plain && loose(words, &(start..within.end))).then_some(start))
        .map(|s| s..within.end)
}

/// Whether the word at `at` hangs on a preposition inside a phrase that began earlier.
fn glued(words: &[Word<'_>], at: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |i| low(words, i));
    before == "by"
        || matches!(before, "of" | "for" | "to" | "with" | "about")
            && at > 1
            && word_class::can_head(nth(words, at - 2))
}

/// The source before a comma at `within.end`, past its appositions.
pub(crate) fn before_comma(
    words: &[Word<'_>],
    within: Range<usize>,
) -> Option<(Range<usize>, Option<Range<usize>>)> {
    let mut end = within.end;
    let mut last: Option<Range<usize>> = None;
    for _ in 0..4 {
        let mut comma = end;
        while comma > within.start
            && words.get(comma - 1).is_some_and(|w| !w.is(',') && w.quote == 0 && !w.is(';') && !w.is(':'))
        {
            comma -= 1;
        }
        let segment = comma..end;
        if segment.is_empty() {
            return None;
        }
        if let Some(apposed) = last.as_ref().filter(|a| a.len() > 1)
            && name_in(words, apposed).as_ref() == Some(apposed)
            && !segment.clone().any(|i| words.get(i).is_some_and(|w| w.cap && i + 1 == segment.end))
        {
            let tells = segment
                .clone()
                .any(|i| word_class::can_head(nth(words, i)) || words.get(i).is_some_and(|w| w.poss));
            return Some((apposed.clone(), tells.then_some(segment)));
        }
        if let Some(apposed) = &last
            && let Some(source) = backward(words, segment.clone(), false)
        {
            let pure = valid(words, apposed) && name_in(words, apposed) == Some(apposed.clone());
            return Some(if pure && name_in(words, &source).is_none() {
                (apposed.clone(), Some(source))
            } else {
                (source, Some(apposed.clone()))
            });
        }
        last = Some(match last {
            Some(apposed) => segment.start..apposed.end,
            None => segment,
        });
        if comma <= within.start || !words.get(comma - 1).is_some_and(|w| w.is(',')) {
            return None;
        }
        end = comma - 1;
    }
    None
}

/// The source that begins where `within` begins; of any noun where `plain`.
pub(crate) fn forward(words: &[Word<'_>], within: Range<usize>, plain: bool) -> Option<Range<usize>> {
    let start = within.start;
    if !begins(words, start) || within.is_empty() {
        return None;
    }
    if word_class::is_pronoun(low(words, start)) {
        return Some(start..start + 1);
    }
    let mut end = start;
    let mut named = false;
    for i in within {
        let Some(word) = words.get(i).filter(|w| w.wordy() && w.quote == 0) else { break };
        let next_cap = words.get(i + 1).is_some_and(|w| w.cap || word_class::is_det(w));
        if word_class::is_break(word) && !(word.low == "who" && !named && i > start) {
            break;
        }
        if i > start
            && matches!(
                &*word.low,
                "on" | "after" | "before" | "during" | "as" | "by" | "yesterday" | "today"
            )
        {
            break;
        }
        if i > start
            && matches!(&*word.low, "in" | "at" | "from")
            && (named || !next_cap)
            && low(words, i - 1) != "people"
        {
            break;
        }
        if i > start && word_class::is_day(word) {
            break;
        }
        named |= word.cap && i > start;
        end = i + 1;
    }
    while end > start
        && words.get(end - 1).is_some_and(|w| {
            word_class::is_link(w) || word_class::is_name_link(w) || word_class::is_auxiliary(w)
        })
    {
        end -= 1;
    }
    let found = start..end;
    (valid(words, &found) || plain && loose(words, &found)).then_some(found)
}

/// The name that an apposition gives to a source without one: ", Ada Brenn" or ", a judge called Ada Brenn".
pub(crate) fn name_apposed(words: &[Word<'_>], of: &Range<usize>) -> Option<Range<usize>> {
    let called = of.clone().find(|&i| matches!(low(words, i), "called" | "named"));
    let of = called.map_or(of.start, |i| i + 1)..of.end;
    let first = words.get(of.start).filter(|w| !word_class::is_det(w) && !w.poss && w.low != "who")?;
    let name = name_in(words, &of).filter(|n| n.len() > 1 || n.start > of.start || called.is_some())?;
    let led = first.cap || word_class::is_role(nth(words, name.start - 1)) || called.is_some();
    led.then_some(name)
}

/// The apposition after a source: ", the trade minister," or ", who leads …,".
pub(crate) fn apposed_after(words: &[Word<'_>], at: usize, end: usize) -> Option<Range<usize>> {
    if at >= end || !words.get(at)?.is(',') {
        return None;
    }
    let end = end.min(at + APPOSED);
    let stop = (at + 1..end).find(|&i| words.get(i).is_none_or(|w| !w.wordy()));
    let range = at + 1..stop.unwrap_or(end);
    let first = words.get(range.start).filter(|_| !range.is_empty())?;
    let tells = word_class::is_det(first)
        || first.low == "who"
        || word_class::can_head(first)
        || first.cap
        || first.poss
        || range.clone().any(|i| word_class::can_head(nth(words, i)));
    tells.then_some(range)
}

/// Whether the word is a time of day, which entries of a running report begin with.
fn clock(word: &Word<'_>) -> bool {
    word.kind == Kind::Number && word.low.contains([':', '.'])
}

/// The subject with which the sentence `of` begins.
pub(crate) fn main_subject(words: &[Word<'_>], of: &Range<usize>) -> Option<Range<usize>> {
    let mut start = of.start;
    while start < of.end && words.get(start).is_some_and(|w| !w.wordy() || clock(w)) {
        start += 1;
    }
    if word_class::is_opener(nth(words, start)) {
        let comma = (start..of.end.min(start + 14)).find(|&i| words.get(i).is_some_and(|w| w.is(',')));
        start = comma.map_or(start + 1, |c| c + 1);
    }
    if word_class::is_pronoun(low(words, start)) {
        return Some(start..start + 1);
    }
    let mut end = start;
    let mut best = None;
    while end < of.end && end - start < 14 {
        let Some(word) = words.get(end).filter(|w| w.kind == Kind::Word && w.quote == 0) else { break };
        let noun = word.cap || word_class::can_head(word);
        let within = end == start
            || word_class::is_name_link(word)
            || word_class::is_det(word)
            || word_class::is_title(word)
            || best.is_none();
        if !noun
            && (!within
                || word_class::is_be(word)
                || word_class::is_auxiliary(word)
                || word_class::is_break(word))
        {
            break;
        }
        end += 1;
        if noun {
            best = Some(end);
        }
    }
    let found = start..best?;
    valid(words, &found).then_some(found)
}
