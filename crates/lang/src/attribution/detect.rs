//! Attributions in a sentence: which words are the source, which the cue, which the content.

use std::ops::Range;

use crate::attribution::{multiword_cue, source_phrase};
use crate::word::token::{Kind, Word, low, nth};
use crate::word::word_class;
use crate::word::word_class::Verb;

/// How many words back or ahead a source is looked for.
const REACH: usize = 48;

/// A source, a cue and a content, as ranges of words.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) source: Range<usize>,
    /// An apposition that tells more of the source.
    pub(crate) apposed: Option<Range<usize>>,
    pub(crate) cue: Range<usize>,
    pub(crate) content: Range<usize>,
    /// A participle ("adding …") that goes with an earlier cue.
    pub(crate) trailing: bool,
}

/// The attributions of the sentence `of`, in order of their cues.
pub(crate) fn find(words: &[Word<'_>], of: &Range<usize>) -> Vec<Found> {
    let mut out: Vec<Found> = Vec::new();
    let mut open: Option<usize> = None;
    for at in of.clone() {
        let may_cue = |w: &&Word<'_>| word_class::may_cue(*w) && w.kind == Kind::Word && w.quote == 0;
        let Some(word) = words.get(at).filter(may_cue) else { continue };
        let wording =
            word.low == "words" && at > of.start && low(words, at - 1) == "the" && low(words, at + 1) == "of";
        let found = if wording || word.low == "according" && low(words, at + 1) == "to" {
            according(words, of, at)
        } else if word_class::is_saying(word) && !word.cap {
            participle(words, of, at, open.and_then(|i| out.get(i)))
        } else if word.cap || word.poss {
            None
        } else if let Some(end) = multiword_cue::end(words, of, at) {
            finite(words, of, at..end, Verb::Stance, open.and_then(|i| out.get(i)))
        } else if let Some(verb) = word_class::verb(word).filter(|_| !is_noun(words, of, at)) {
            finite(words, of, at..at + 1, verb, open.and_then(|i| out.get(i)))
        } else {
            None
        };
        if found.as_ref().is_some_and(|f| !f.trailing) {
            open = Some(out.len());
        }
        out.extend(found);
    }
    if out.is_empty() {
        out.extend(announced(words, of));
    }
    out
}

/// Whether the form of saying at `at` stands as a noun: "the member states have", "a call for".
fn is_noun(words: &[Word<'_>], of: &Range<usize>, at: usize) -> bool {
    let word = low(words, at);
    let after = nth(words, at + 1).filter(|_| at + 1 < of.end);
    let next = after.map_or("", |w| &*w.low);
    // "called off" is an act
    if matches!(word, "call" | "calls" | "called") && matches!(next, "off" | "up" | "in") {
        return true;
    }
    if !word_class::is_noun_too(nth(words, at)) {
        return false;
    }
    let before = at.checked_sub(1).and_then(|i| words.get(i));
    let bare = matches!(word, "state" | "states" | "text" | "texts" | "voice" | "voices")
        && next != "that"
        && !before.is_some_and(|w| w.is(','));
    let adjective = before.is_some_and(|w| w.cap && !word.ends_with('s'));
    bare || adjective
        || word_class::is_tensed(after)
        || word_class::is_be(after)
        || matches!(next, "of" | "from" | "by" | "in" | "were" | "was" | "at" | "over")
}

/// A quotation after a colon, said by the subject of the sentence.
fn announced(words: &[Word<'_>], of: &Range<usize>) -> Option<Found> {
    let colon = of.clone().find(|&i| {
        words.get(i).is_some_and(|w| w.is(':') && w.quote == 0)
            && words.get(i + 1).is_some_and(|w| w.kind == Kind::Open)
    })?;
    let (source, apposed) = main(words, &(of.start..colon))?;
    let person = |range: &Range<usize>| source_phrase::name_in(words, range).is_some();
    let sure = person(&source)
        || apposed.as_ref().is_some_and(person)
        || word_class::is_pronoun(low(words, source.start))
        || word_class::is_role(nth(words, source_phrase::head_end(words, &source) - 1));
    sure.then_some(Found {
        source,
        apposed,
        cue: colon..colon + 1,
        content: colon + 1..of.end,
        trailing: false,
    })
}

fn according(words: &[Word<'_>], of: &Range<usize>, at: usize) -> Option<Found> {
    let source = source_phrase::forward(words, at + 2..of.end.min(at + 2 + REACH), true)?;
    let apposed = source_phrase::apposed_after(words, source.end, of.end);
    let content =
        if at > of.start + 1 { of.start..at } else { apposed.as_ref().map_or(source.end, |a| a.end)..of.end };
    Some(Found { source, apposed, cue: at..at + 2, content, trailing: false })
}

fn participle(words: &[Word<'_>], of: &Range<usize>, at: usize, earlier: Option<&Found>) -> Option<Found> {
    let content = at + 1..of.end;
    if low(words, at) == "citing" {
        let source = source_phrase::forward(words, at + 1..of.end.min(at + REACH), false)?;
        return Some(Found {
            source,
            apposed: None,
            cue: at..at + 1,
            content: of.start..at,
            trailing: false,
        });
    }
    let mut head = at;
    while head > of.start && at - head < 4 && word_class::is_auxiliary(nth(words, head - 1)) {
        head -= 1;
    }
    if head > of.start && word_class::is_be(nth(words, head - 1)) && low(words, head - 1) != "being" {
        let mut start = head - 1;
        while start > of.start && word_class::is_auxiliary(nth(words, start - 1)) {
            start -= 1;
        }
        let source = source_phrase::backward(words, of.start.max(start.saturating_sub(REACH))..start, false)?;
        return Some(Found { source, apposed: None, cue: start..at + 1, content, trailing: false });
    }
    let before = words.get(at.checked_sub(1)?)?;
    if !(before.is(',') || before.kind == Kind::Close || before.low == "and") {
        let source = source_phrase::backward(words, of.start.max(at.saturating_sub(REACH))..at, false)?;
        let with = source.start.checked_sub(1).map_or("", |i| low(words, i));
        let apposed = None;
        return (with == "with").then_some(Found {
            source,
            apposed,
            cue: at..at + 1,
            content,
            trailing: false,
        });
    }
    let (source, apposed) = match earlier {
        Some(found) => (found.source.clone(), found.apposed.clone()),
        None => main(words, of)?,
    };
    Some(Found { source, apposed, cue: at..at + 1, content, trailing: true })
}

/// The subject of the sentence with its apposition.
fn main(words: &[Word<'_>], of: &Range<usize>) -> Option<(Range<usize>, Option<Range<usize>>)> {
    let source = source_phrase::main_subject(words, of)?;
    let apposed = source_phrase::apposed_after(words, source.end, of.end);
    Some((source, apposed))
}

/// A finite verb of saying or stance.
fn finite(
    words: &[Word<'_>],
    of: &Range<usize>,
    verbal: Range<usize>,
    verb: Verb,
    earlier: Option<&Found>,
) -> Option<Found> {
    let at = verbal.start;
    let plain = word_class::is_plain(nth(words, at));
    let mut head = at;
    while head > of.start && at - head < 5 {
        let before = words.get(head - 1)?;
        if before.kind != Kind::Word || before.quote != 0 || before.cap || !word_class::is_auxiliary(before) {
            break;
        }
        head -= 1;
    }
    if head == of.start {
        return inverted(words, of, at, verb);
    }
    let before = words.get(head - 1)?;
    if word_class::is_be(before) || before.low == "to" || before.low == "as" || before.poss {
        return None;
    }
    if word_class::is_det(before) && !matches!(&*before.low, "both" | "all" | "others") {
        return None;
    }
    let cue = head..verbal.end;
    let mark = !before.wordy();
    if mark
        && head == at
        && let Some(found) = inverted(words, of, at, verb)
    {
        let ended = words.get(found.source.end).filter(|_| found.source.end < of.end);
        let sure = ended.is_none_or(|w| matches!(w.kind, Kind::Mark('.' | ',' | ';' | ':' | '!' | '?')));
        let apart = if sure || !before.is(',') {
            None
        } else {
            source_phrase::before_comma(words, of.start.max(head.saturating_sub(REACH))..head - 1)
        };
        return Some(match apart {
            Some((source, apposed)) => {
                let content = content(words, of, &source, &cue, verbal.end);
                Found { source, apposed, cue, content, trailing: false }
            }
            None => found,
        });
    }
    let (source, apposed) = if matches!(&*before.low, "and" | "but" | "or" | "then") {
        let chained = earlier.map(|f| (f.source.clone(), f.apposed.clone()));
        match chained {
            Some(both) => both,
            None => main(words, of)?,
        }
    } else if before.is(',') {
        source_phrase::before_comma(words, of.start.max(head.saturating_sub(REACH))..head - 1)?
    } else if before.low == "who" {
        source_phrase::before_comma(
            words,
            of.start.max(head.saturating_sub(REACH))
                ..(head - 1).checked_sub(1).filter(|&c| words.get(c).is_some_and(|w| w.is(',')))?,
        )?
    } else if mark {
        return None;
    } else {
        (source_phrase::backward(words, of.start.max(head.saturating_sub(REACH))..head, plain)?, None)
    };
    let content = content(words, of, &source, &cue, verbal.end);
    Some(Found { source, apposed, cue, content, trailing: false })
}

/// "…, said X": the verb at `at` before its subject.
fn inverted(words: &[Word<'_>], of: &Range<usize>, at: usize, verb: Verb) -> Option<Found> {
    let telling =
        matches!(low(words, at), "tell" | "tells" | "told" | "assured" | "informed" | "assures" | "informs");
    if verb != Verb::Say || at == of.start || telling {
        return None;
    }
    let source = source_phrase::forward(words, at + 1..of.end.min(at + 1 + REACH), false)?;
    let next = words.get(source.end).filter(|_| source.end < of.end);
    let ends = next.is_none_or(|w| {
        !w.wordy()
            || word_class::is_link(w)
            || (word_class::is_opener(w) && !word_class::is_tensed(w))
            || word_class::is_break(w)
    });
    // "Brenn, who leads the union, said he …" is no inversion
    let quoted = words.get(at - 1).is_some_and(|w| w.kind == Kind::Close);
    if !ends || word_class::is_pronoun(low(words, source.start)) && (source.len() > 1 || !quoted) {
        return None;
    }
    let apposed = source_phrase::apposed_after(words, source.end, of.end);
    Some(Found { source, apposed, cue: at..at + 1, content: of.start..at, trailing: false })
}

/// What is said: before the source where the clause is closed after the cue, else after it.
fn content(
    words: &[Word<'_>],
    of: &Range<usize>,
    source: &Range<usize>,
    cue: &Range<usize>,
    after: usize,
) -> Range<usize> {
    let start = source.start.min(cue.start);
    let preceded =
        start > of.start + 1 && words.get(start - 1).is_some_and(|w| w.is(',') || w.kind == Kind::Close);
    let next = words.get(after).filter(|_| after < of.end);
    let timed = next.is_some_and(|w| {
        matches!(&*w.low, "on" | "in" | "at" | "after" | "to" | "during") || word_class::is_day(w)
    });
    let closed = next.is_none_or(|w| !w.wordy() && !w.is(':') && w.kind != Kind::Open);
    let near = of.end.min(after + 14);
    let opened = (after..near)
        .find(|&i| low(words, i) == "that" || words.get(i).is_some_and(|w| w.kind == Kind::Open));
    let quoted =
        preceded && (1..3).any(|n| start >= n && words.get(start - n).is_some_and(|w| w.kind == Kind::Close));
    if preceded && (closed || timed) || quoted && opened.is_none() {
        return of.start..start;
    }
    match opened {
        Some(i) if low(words, i) == "that" => i + 1..of.end,
        Some(i) => i..of.end,
        None => after..of.end,
    }
}
