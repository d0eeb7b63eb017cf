//! Which of a statement's expressions dates what it describes, and whether that is old news.

use crate::day::Day;
use crate::time::calendar_word::{Parted, Word};
use crate::time::expression_type::{Expression, Tie};
use crate::time::meaning::{Days, Meaning, Tense, Year, part_of};
use crate::time::tense::{mark_at, past, tense};
use crate::word::calendar_class::{Kind, TenseCue, Unit};
use crate::word::class::Class;
use crate::word::lexis::Lexis;

/// Days by which an event lies before the article to be old news: news recalls a month with its
/// developments; what lies further back is history.
const OLD: i64 = 45;

/// Most expressions of a sentence that are weighed.
const MOST: usize = 16;

/// Weight from which an expression stands in a clause beside the main one.
const SIDE: u32 = 3;

/// The days of `expression`, held against `today` where it needs that.
pub(crate) fn resolve(words: &[Word<'_>], expression: &Expression, today: Option<Day>) -> Option<Days> {
    let reference = match today {
        Some(today) => today,
        None if expression.meaning.absolute() => Day::new(2000, 1, 1)?,
        None => return None,
    };
    let days = match (expression.meaning, expression.weekday) {
        (Meaning::Date(Year::Open, month, day, _), Some(weekday)) => {
            beside(reference, month, day, weekday).map(|day| (day, day))
        }
        _ => None,
    };
    let days = days.or_else(|| expression.meaning.days(reference, tense(words, expression)))?;
    let (from, to) = part_of(days, expression.part);
    (from <= to).then_some((from, to))
}

/// The date nearest to `today` that falls on the weekday written beside it.
fn beside(today: Day, month: i8, day: i8, weekday: i8) -> Option<Day> {
    (-6..=6)
        .filter_map(|n| Day::new(today.year().saturating_add(n), month, day))
        .filter(|day| day.weekday() == weekday)
        .min_by_key(|day| day.days_since(today).abs())
}

/// The expression that dates the statement, the one that stands closest to its main clause, and how far from it.
pub(crate) fn choose<'e>(words: &[Word<'_>], found: &'e [Expression]) -> Option<(u32, &'e Expression)> {
    found
        .iter()
        .take(MOST)
        .filter_map(|expression| Some((weight(words, expression)?, expression)))
        .min_by_key(|(weight, expression)| (*weight, expression.at))
}

/// How far the expression stands from the main clause; `None` where it dates no event.
fn weight(words: &[Word<'_>], expression: &Expression) -> Option<u32> {
    let lead = expression.lead.and_then(|lead| words.get(lead)).map_or("", |w| w.lower);
    let governor = expression.lead.and_then(|lead| lead.checked_sub(1));
    let year = matches!(expression.meaning, Meaning::Unit(Unit::Year, _) | Meaning::WholeYear(_));
    match expression.meaning {
        Meaning::Run(..) | Meaning::Rest(_) => return None,
        // "in a fortnight" looks ahead only beside a verb that does
        Meaning::Away(_, n) if n > 0 => {
            let ahead = (0..words.len()).any(|at| mark_at(words, at) == TenseCue::Future);
            let of = words.get(expression.end).is_some_and(|w| w.lower == "of");
            if !ahead || of || tense(words, expression) == Tense::Past {
                return None;
            }
        }
        _ => {}
    }
    // "within ten days" bounds the days and names none
    if words.get(expression.at).is_some_and(|w| w.lower == "within") || compared(words, expression) {
        return None;
    }
    // "from 2001 to 2004" is neither end
    let onward = words.get(expression.end).is_some_and(|w| matches!(w.lower, "to" | "until" | "till"));
    if lead == "from" && year && onward {
        return None;
    }
    // "before the summer", "by Easter" and "by 2040" bound what is still to come
    let vague = match lead {
        "before" => matches!(expression.meaning, Meaning::Season(..) | Meaning::Holiday(..)),
        "by" => matches!(expression.meaning, Meaning::WholeYear(_) | Meaning::Holiday(..)),
        _ => false,
    };
    if vague && tense(words, expression) == Tense::Future {
        return None;
    }
    // a state that goes on, a name ("the law of 1954"), a budget ("for 2021"), "a Sunday cellist"
    let lasting = match lead {
        "since" => year || matches!(expression.meaning, Meaning::Season(..) | Meaning::Holiday(..)),
        // "until an hour ago"
        "until" => matches!(expression.meaning, Meaning::Away(..)),
        _ => false,
    };
    if lasting || (year && matches!(lead, "of" | "for")) || matches!(lead, "a" | "an" | "every" | "each") {
        return None;
    }
    if named(words, expression, lead) || spoken(words, expression) {
        return None;
    }
    // "today's prices", "tonight's agenda": the day of a noun, unless the event is "on" it
    let of_noun = words.get(expression.end.saturating_sub(1)).is_some_and(|w| w.possessive);
    if of_noun && matches!(expression.meaning, Meaning::Day(_)) && lead != "on" {
        return None;
    }
    let mut weight = match expression.tie {
        Tie::On => 1,
        Tie::By => 3,
        Tie::Until | Tie::Since | Tie::After => 4,
    };
    // "said on Monday", "told staff on Monday"
    let told = governor
        .and_then(|at| at.checked_sub(1))
        .and_then(|at| words.get(at))
        .is_some_and(|w| w.lower == "told");
    if told || governor.and_then(|at| words.get(at)).is_some_and(|w| w.entry.is(Class::DatesSpeech)) {
        weight -= 1;
    }
    let from = expression.lead.unwrap_or(expression.at);
    let (relative, personal, subordinate) = opened(words, from);
    // ", which was founded in 1934," and ", who has led it since May," tell of a noun, not of the event
    if (year || lead == "since") && relative {
        return None;
    }
    // ", who took office in December," and ", whose party won in the spring," tell who somebody is
    let loose = matches!(
        expression.meaning,
        Meaning::Month(..) | Meaning::Season(..) | Meaning::Date(..) | Meaning::Away(..)
    );
    if loose && personal {
        return None;
    }
    if relative || subordinate {
        weight += 2;
    }
    // so do ", founded in 1934," and ", first proposed in 1934,"
    let added = |at: usize| words.get(at).is_some_and(|w| w.parted == Parted::Comma);
    if let Some(at) = governor
        && year
        && words.get(at).is_some_and(past)
        && (added(at) || at.checked_sub(1).is_some_and(|b| added(b) && ordinal(words, b)))
    {
        weight += 5;
    }
    // what a statement is not made of as a whole, it only cites
    if words.get(expression.at).is_some_and(|w| w.quoted) {
        weight += if words.first().is_some_and(|w| w.quoted) { 2 } else { 3 };
    }
    if lead == "for" {
        weight += 2;
    }
    let last = words.get(expression.end.saturating_sub(1));
    if last.is_some_and(|w| w.possessive) {
        weight += if year { 4 } else { 1 };
    }
    if year {
        weight += 1;
    }
    Some(weight).filter(|weight| *weight < FAR)
}

/// The words before `at`, from right to left, up to the comma or mark that opens their clause.
fn clause<'w, 't>(words: &'w [Word<'t>], at: usize) -> impl Iterator<Item = &'w Word<'t>> {
    words.get(..at).unwrap_or_default().iter().rev().scan(false, |over, word| {
        let stop = *over || word.parted == Parted::Mark;
        *over |= word.parted == Parted::Comma;
        (!stop).then_some(word)
    })
}

/// What opens within the clause before `at`: a clause about a noun, one about people, one that adds to the main one.
fn opened(words: &[Word<'_>], at: usize) -> (bool, bool, bool) {
    let (mut relative, mut personal, mut subordinate) = (false, false, false);
    for word in clause(words, at).take(12) {
        match word.lower {
            "who" | "whose" => (relative, personal) = (true, true),
            "which" | "where" => relative = true,
            "when" | "because" | "while" | "if" | "unless" | "after" | "before" | "until" => {
                subordinate = true;
            }
            _ => {}
        }
    }
    (relative, personal, subordinate)
}

/// Whether a number for a rank stands at `at`: "first".
fn ordinal(words: &[Word<'_>], at: usize) -> bool {
    words.get(at).is_some_and(|w| matches!(w.kind, Kind::Ordinal(_)))
}

/// Whether the expression only gives the other term of a comparison: "more hopeful than in May",
/// "half as many as in 2005", "the lowest price since March", "up from a quarter a month ago".
fn compared(words: &[Word<'_>], expression: &Expression) -> bool {
    let word = |at: Option<usize>| at.and_then(|at| words.get(at)).map_or("", |w| w.lower);
    let lead = word(expression.lead);
    let ago = matches!(expression.meaning, Meaning::Away(_, n) if n < 0);
    // "more than two weeks ago" and "no later than Friday" compare nothing
    let amount = ago && lead == "than";
    let bound = |than: &str| matches!(than, "later" | "earlier" | "sooner" | "further");
    let before: Vec<&str> = clause(words, expression.at).take(10).map(|w| w.lower).collect();
    let pair = |first: &str, second: &str| before.windows(2).any(|w| w == [second, first]);
    let than = before.iter().position(|w| *w == "than");
    let other = than.is_some_and(|at| !before.get(at + 1).is_some_and(|w| bound(w)));
    let extreme = (lead == "since" || word(Some(expression.at)) == "this")
        && before.iter().any(|w| Lexis::global().lookup(w).is(Class::Superlative));
    (other && !amount)
        || word(expression.lead.and_then(|lead| lead.checked_sub(1))) == "as"
        || extreme
        || (ago && (pair("up", "from") || pair("down", "from")))
}

/// Whether the expression only names or measures something: "the June text", "Sunday work",
/// "from 47% in September", "the lowest since the talks of 2019".
fn named(words: &[Word<'_>], expression: &Expression, lead: &str) -> bool {
    let word = |at: Option<usize>| at.and_then(|at| words.get(at));
    let plain = words.get(expression.end.saturating_sub(1)).is_some_and(|w| !w.possessive);
    // a lower-case word that follows without a mark and is no small word
    let noun = word(Some(expression.end)).is_some_and(|w| {
        w.parted == Parted::Not
            && w.kind == Kind::Other
            && !w.capital
            && w.lower.len() > 3
            && !w.entry.is(Class::AfterDate)
    });
    let the = word(expression.at.checked_sub(1)).is_some_and(|w| w.lower == "the");
    let before = expression.at.checked_sub(1).map(|at| mark_at(words, at));
    let measured = expression
        .lead
        .and_then(|lead| lead.checked_sub(2))
        .and_then(|at| words.get(at))
        .is_some_and(|w| matches!(w.lower, "from" | "with"))
        && word(expression.lead.and_then(|lead| lead.checked_sub(1)))
            .is_some_and(|w| w.lower.starts_with(|c: char| c.is_ascii_digit()));
    let named = match expression.meaning {
        Meaning::Weekday(_, None) if plain => {
            let hours = expression.end > expression.at + 1;
            let led = is_lead(lead) || before.is_none() || before == Some(TenseCue::Past);
            noun && !hours && (lead == "to" || expression.at == 0 || !led) || lead == "about"
        }
        // "GENEVA, Feb. 15 - Talks …": the line of place and date
        Meaning::Date(Year::Open, ..) => {
            let head =
                word(Some(expression.at)).is_some_and(|w| w.parted == Parted::Comma) && expression.at <= 4;
            head && word(Some(expression.end))
                .is_some_and(|w| matches!(w.parted, Parted::Dash | Parted::Mark))
        }
        // "another July", "a cold January"
        Meaning::Month(Year::Open, _, None) => {
            let free = word(Some(expression.at)).is_some_and(|w| w.parted > Parted::Not);
            (the && noun && plain)
                || !(free || lead.is_empty() || is_lead(lead) || before != Some(TenseCue::None))
        }
        // "in summer" is each summer
        Meaning::Season(_, Year::Open, None) => (the && noun && plain) || (lead == "in" && !the),
        // "bonds due in 2033"
        Meaning::WholeYear(_) => {
            word(expression.lead.and_then(|lead| lead.checked_sub(1))).is_some_and(|w| w.lower == "due")
        }
        Meaning::Holiday(_, Year::Open, None) => !is_lead(lead) || expression.tie == Tie::After,
        _ => false,
    };
    let from = expression.lead.unwrap_or(expression.at);
    // "has since resigned" begins no stretch
    let adverb =
        |at: usize| matches!(word(at.checked_sub(1)).map_or("", |w| w.lower), "has" | "have" | "had");
    let since = (from.saturating_sub(8)..from)
        .any(|at| word(Some(at)).is_some_and(|w| w.lower == "since") && !adverb(at));
    named || measured || (since && lead != "since")
}

/// Whether a date after the word `lead` dates an event.
fn is_lead(lead: &str) -> bool {
    Lexis::global().lookup(lead).is(Class::DateLead)
}

/// Weight from which an expression dates something else than the statement.
const FAR: u32 = 7;

/// Whether a statement that is all quotation only speaks of the day that it is spoken on, or of one counted
/// from it: "I could live with a ban tomorrow", "A year ago nobody thought so". Such words weigh, more
/// than they date.
fn spoken(words: &[Word<'_>], expression: &Expression) -> bool {
    let quoted = |at: usize| words.get(at).is_some_and(|w| w.quoted);
    let vague = matches!(
        expression.meaning,
        Meaning::Day(_) | Meaning::Away(..) | Meaning::Holiday(..) | Meaning::Season(..)
    );
    vague && quoted(0) && quoted(expression.at)
}

/// Whether the statement tells of old events: in the past perfect of its main clause, of how a known
/// dispute began, or of days well before `today`. The expression of these days stands `far` from the main clause.
pub(crate) fn background(
    words: &[Word<'_>],
    far: Option<u32>,
    when: Option<Days>,
    today: Option<Day>,
) -> bool {
    let main = far.is_some_and(|far| far < SIDE);
    let old = main && when.zip(today).is_some_and(|((_, to), today)| today.days_since(to) > OLD);
    let recent = when.zip(today).is_some_and(|((_, to), today)| today.days_since(to) <= OLD);
    old || (!recent && (past_perfect(words) || origin(words)))
}

/// Whether the first verb of the sentence is a past perfect: "had imposed", "had not yet agreed".
/// A verb of saying in another tense makes it a report of today.
fn past_perfect(words: &[Word<'_>]) -> bool {
    let first = (0..words.len()).find(|at| mark_at(words, *at) != TenseCue::None);
    let Some(had) = first.filter(|at| mark_at(words, *at) == TenseCue::Had) else { return false };
    let follows = words.get(had + 1..).unwrap_or_default();
    let participle =
        follows.iter().take(4).find(|w| !w.entry.is(Class::BeforeParticiple)).is_some_and(participle);
    let reported = words.iter().enumerate().any(|(at, w)| {
        at != had + 1 && matches!(w.lower, "said" | "says" | "told" | "added" | "adds" | "reported") && {
            let lead = at.checked_sub(1).and_then(|b| words.get(b)).map_or("", |w| w.lower);
            !matches!(lead, "had" | "has" | "have") && at > had
        }
    });
    participle && !reported
}

fn participle(word: &Word<'_>) -> bool {
    past(word) || word.entry.is(Class::Participle)
}

/// Whether it tells how the dispute began that the article takes as known: "launched the trade war".
fn origin(words: &[Word<'_>]) -> bool {
    words.iter().enumerate().any(|(at, word)| {
        let begins = word.entry.is(Class::DisputeStart);
        let the = words.get(at + 1).is_some_and(|w| w.lower == "the");
        let dispute = words
            .get(at + 2..at + 5)
            .or_else(|| words.get(at + 2..))
            .unwrap_or_default()
            .iter()
            .any(|w| w.entry.is(Class::Dispute));
        let modal = at
            .checked_sub(1)
            .and_then(|b| words.get(b))
            .is_some_and(|w| matches!(w.lower, "has" | "have" | "be" | "if"));
        begins && the && dispute && !modal
    })
}
