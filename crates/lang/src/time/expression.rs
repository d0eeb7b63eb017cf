//! Finds the expressions of time in the words of a sentence.

use crate::time::calendar_word::{Parted, Word, joined, kind, lower};
use crate::time::expression_type::{Expression, Tie};
use crate::time::holiday_type::Holiday;
use crate::time::meaning::{Meaning, Part, Year};
use crate::time::patterns::{
    month_at, number_at, ordinal_at, other_at, relative_at, season_named, unit_at, weekday_at, with_year,
};
use crate::word::calendar_class::{ExpressionStart, Kind, Unit};

/// All expressions, from left to right, none within another.
pub(crate) fn expressions(words: &[Word<'_>]) -> Vec<Expression> {
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

fn expression(words: &[Word<'_>], at: usize) -> Option<Expression> {
    let quick = words.get(at)?;
    if quick.kind == Kind::Other && quick.entry.starts() == ExpressionStart::Nothing {
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
