//! Finds the expressions of time in the words of a sentence.

use super::calendar::{Meaning, Part, Year};
use super::form::{month_at, number_at, ordinal_at, other_at, relative_at, unit_at, weekday_at};
use super::holiday::Holiday;
use super::word::{Kind, Opening, Parted, Unit, Word};
use crate::text::dictionary::Dictionary;

/// Words on either side of an expression that may bear on it; holds the work on a sentence linear.
pub(super) const WINDOW: usize = 48;

/// How the expression ties the event to the days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tie {
    On,
    /// "by", "before": no later than.
    By,
    /// "until", "through".
    Until,
    /// "since", "from".
    Since,
    /// "after".
    After,
}

/// An expression of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Expression {
    /// Position of its first word.
    pub(super) at: usize,
    /// Position after its last word.
    pub(super) end: usize,
    pub(super) meaning: Meaning,
    pub(super) part: Part,
    pub(super) tie: Tie,
    /// The word that leads it in ("on", "in", "by"), if any; position.
    pub(super) lead: Option<usize>,
    /// A weekday written beside a date ("Tuesday, 14 May").
    pub(super) weekday: Option<i8>,
}

/// All expressions, from left to right, none within another.
pub(super) fn expressions(words: &[Word<'_>]) -> Vec<Expression> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        match expression(words, at) {
            Some(expression) => {
                at = expression.end.max(at + 1);
                found.push(expression);
            }
            None => at += 1,
        }
    }
    found
}

pub(super) fn lower<'w>(words: &'w [Word<'_>], at: usize) -> &'w str {
    words.get(at).map_or("", |w| w.lower)
}

pub(super) fn kind(words: &[Word<'_>], at: usize) -> Kind {
    words.get(at).map_or(Kind::Other, |w| w.kind)
}

/// The word at `at`, unless a mark parts it from the one before.
pub(super) fn joined(words: &[Word<'_>], at: usize) -> Kind {
    words.get(at).filter(|w| w.parted < Parted::Mark).map_or(Kind::Other, |w| w.kind)
}

fn expression(words: &[Word<'_>], at: usize) -> Option<Expression> {
    let quick = words.get(at)?;
    if quick.kind == Kind::Other && quick.sense.opens == Opening::Nothing {
        return None;
    }
    let (part, inner) = part(words, at);
    let (meaning, end, weekday) = meaning(words, inner, part)?;
    let mut before = at;
    while before > 0
        && matches!(
            lower(words, before - 1),
            "the" | "around" | "about" | "late" | "early" | "earlier" | "later"
        )
    {
        before -= 1;
    }
    let lead = before.checked_sub(1);
    let tie = lead.map_or(Tie::On, |lead| tie(lower(words, lead)));
    let part = match (part, tie) {
        (Part::Late, Tie::By | Tie::Until) if matches!(lower(words, at), "end" | "close") => Part::End,
        (part, _) => part,
    };
    Some(Expression { at, end, meaning, part, tie, lead, weekday })
}

/// Enters the words outside the calendar that begin an expression.
pub(super) fn enter(dictionary: &mut Dictionary) {
    for word in OPENINGS {
        dictionary.enter(word, |entry| entry.time.opens = Opening::Expression);
    }
}

const OPENINGS: &[&str] = &[
    "end",
    "close",
    "beginning",
    "start",
    "middle",
    "early",
    "late",
    "mid",
    "earlier",
    "later",
    "rest",
    "in",
    "within",
    "the",
    "new",
    "lunar",
    "chinese",
    "christmas",
    "boxing",
    "valentine",
    "independence",
    "bastille",
    "veterans",
    "halloween",
    "thanksgiving",
    "black",
    "labor",
    "labour",
    "memorial",
    "martin",
    "presidents",
    "columbus",
    "good",
    "palm",
    "ash",
    "maundy",
    "easter",
    "ascension",
    "pentecost",
    "whit",
    "eom",
    "eoy",
    "bom",
    "boy",
    "half",
];

fn tie(word: &str) -> Tie {
    match word {
        "by" | "before" => Tie::By,
        "until" | "till" | "through" => Tie::Until,
        "since" | "from" => Tie::Since,
        "after" => Tie::After,
        _ => Tie::On,
    }
}

/// The part that leads an expression, and where the rest begins.
fn part(words: &[Word<'_>], at: usize) -> (Part, usize) {
    let skip = |mut at: usize| {
        while matches!(lower(words, at), "the" | "around" | "about") {
            at += 1;
        }
        at
    };
    let of = |at: usize| (lower(words, at + 1) == "of").then(|| skip(at + 2));
    match lower(words, at) {
        "end" | "close" => of(at).map_or((Part::Whole, at), |rest| (Part::Late, rest)),
        "beginning" | "start" => of(at).map_or((Part::Whole, at), |rest| (Part::Early, rest)),
        "middle" => of(at).map_or((Part::Whole, at), |rest| (Part::Middle, rest)),
        "early" | "late" | "mid" if matches!(joined(words, at + 1), Kind::Other) => (Part::Whole, at),
        "early" => (Part::Early, skip(at + 1)),
        "late" => (Part::Late, skip(at + 1)),
        "mid" => (Part::Middle, at + 1),
        "earlier" | "later" => (Part::Whole, skip(at + 1)),
        _ => (Part::Whole, at),
    }
}

/// What the words from `at` mean, where they end, and a weekday beside a date.
fn meaning(words: &[Word<'_>], at: usize, part: Part) -> Option<(Meaning, usize, Option<i8>)> {
    let plain = |(meaning, end)| (meaning, end, None);
    if let Some((holiday, count)) = Holiday::read(words, at) {
        return Some(plain(with_year(words, at + count, |year| Meaning::Holiday(holiday, year, None))));
    }
    let word = words.get(at)?;
    match word.kind {
        // "the liberals of Tomorrow": a name
        Kind::Day(_) if word.capital && word.parted == Parted::Not && at > 0 => None,
        Kind::Day(n) => Some((Meaning::Day(n), at + 1, None)),
        Kind::Date(year, month, day) => {
            let year = year.map_or(Year::Open, Year::Written);
            let found = day.map_or(Meaning::Month(year, month, None), |d| Meaning::Date(year, month, d, d));
            Some((found, at + 1, None))
        }
        Kind::Weekday(weekday) => Some(weekday_at(words, at, weekday)?),
        Kind::Month(month) => month_at(words, at, month).map(plain),
        Kind::Relative(n) => relative_at(words, at, n, part).map(plain),
        Kind::Ordinal(n) => ordinal_at(words, at, n).map(plain),
        Kind::Season(season) => {
            let named = season_named(words, at);
            named.then(|| plain(with_year(words, at + 1, |year| Meaning::Season(season, year, None))))
        }
        Kind::Number(n) => number_at(words, at, n).map(plain),
        Kind::Range(from, to) => {
            let Kind::Month(month) = kind(words, at + 1) else { return None };
            Some(plain(with_year(words, at + 2, |year| Meaning::Date(year, month, from, to))))
        }
        Kind::Unit(unit) if unit != Unit::Clock => unit_at(words, at, unit, part).map(plain),
        _ => other_at(words, at).map(plain),
    }
}

/// A year after what ends before `at`: "2020", ", 2020", "of 2020", "of last year", "next year".
pub(super) fn with_year(words: &[Word<'_>], at: usize, of: impl Fn(Year) -> Meaning) -> (Meaning, usize) {
    let from = if matches!(lower(words, at), "of" | "in" | "the") { at + 1 } else { at };
    let from = if lower(words, at) == "of" && lower(words, from) == "the" { from + 1 } else { from };
    match joined(words, from) {
        Kind::Number(n) if (1500..2200).contains(&n) && !counts(words, from + 1) => {
            (of(Year::Written(n as i16)), from + 1)
        }
        Kind::Relative(n) if kind(words, from + 1) == Kind::Unit(Unit::Year) => {
            (of(Year::Relative(n)), from + 2)
        }
        Kind::Unit(Unit::Year) if from > at && lower(words, at) == "of" => (of(Year::Relative(0)), from + 1),
        _ => (of(Year::Open), at),
    }
}

/// Whether the word makes the figure before it a count: "2000 tonnes".
pub(super) fn counts(words: &[Word<'_>], at: usize) -> bool {
    words.get(at).is_some_and(|w| {
        w.parted == Parted::Not
            && [
                "tonnes",
                "tons",
                "people",
                "dollars",
                "euros",
                "jobs",
                "workers",
                "barrels",
                "km",
                "kilometres",
                "troops",
                "soldiers",
                "members",
                "companies",
                "products",
            ]
            .contains(&w.lower)
    })
}

/// Whether a season's word names a season, not a jump or a collapse.
pub(super) fn season_named(words: &[Word<'_>], at: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |b| lower(words, b));
    let second = at.checked_sub(2).map_or("", |b| lower(words, b));
    let of_time = |word: &str| {
        ["in", "by", "until", "before", "during", "since", "after", "for", "of", "over", "till", "through"]
            .contains(&word)
    };
    let followed = lower(words, at + 1) == "of" && matches!(kind(words, at + 2), Kind::Number(1500..2200));
    let alone = !matches!(lower(words, at + 1), "in" | "of" | "season") || followed;
    matches!(kind(words, at + 1), Kind::Number(1500..2200))
        || followed
        || (alone && (of_time(before) || (before == "the" && of_time(second))) && before != "of")
        || matches!(before, "late" | "early" | "mid")
}
