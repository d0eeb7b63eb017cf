//! Finds the time expressions in the words of a sentence.

use crate::time::calendar_word::{CalendarWord, Separator, continued_sense_at, lower_at};
use crate::time::expression_type::{Expression, Relation};
use crate::time::meaning::{Meaning, Part};
use crate::time::patterns::date::{date_in_digits, match_day_range};
use crate::time::patterns::distance::{match_in_units, match_second_day};
use crate::time::patterns::holiday_name::match_holiday;
use crate::time::patterns::month::match_month;
use crate::time::patterns::number::match_number;
use crate::time::patterns::ordinal::match_ordinal;
use crate::time::patterns::relative::match_relative;
use crate::time::patterns::season::match_season;
use crate::time::patterns::unit::{match_rest_of_unit, match_unit};
use crate::time::patterns::weekday::match_weekday;
use crate::word::calendar_class::{CalendarSense, ExpressionStart, Unit};

/// All time expressions, from left to right, none within another.
pub(crate) fn find_expressions(words: &[CalendarWord<'_>]) -> Vec<Expression> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        match match_expression(words, at) {
            Some(expression) => {
                at = expression.end.max(at + 1);
                found.push(expression);
            }
            None => at += 1,
        }
    }
    found
}

/// The time expression that starts at `start`.
fn match_expression(words: &[CalendarWord<'_>], start: usize) -> Option<Expression> {
    let first = words.get(start)?;
    if first.sense == CalendarSense::Other && first.entry.starts() == ExpressionStart::Nothing {
        return None;
    }
    let (part, inner) = match_part(words, start);
    let (meaning, end, weekday) = match_meaning(words, inner, part)?;
    let lead = lead_of(words, start);
    let relation = lead.map_or(Relation::On, |lead| Relation::of(lower_at(words, lead)));
    let is_end = matches!(lower_at(words, start), "end" | "close");
    let part = match (part, relation) {
        // "by the end of the year" is its last day
        (Part::Late, Relation::By | Relation::Until) if is_end => Part::End,
        (part, _) => part,
    };
    Some(Expression { start, end, meaning, part, relation, lead, weekday })
}

/// The word that introduces an expression: "by" in "by around the end of May".
fn lead_of(words: &[CalendarWord<'_>], start: usize) -> Option<usize> {
    let is_skipped = |at: usize| {
        matches!(lower_at(words, at), "the" | "around" | "about" | "late" | "early" | "earlier" | "later")
    };
    (0..start).rev().find(|at| !is_skipped(*at))
}

/// The part that the words at `at` state ("late", "the end of"), and the index of what it is a part of.
fn match_part(words: &[CalendarWord<'_>], at: usize) -> (Part, usize) {
    let skip = |mut at: usize| {
        while matches!(lower_at(words, at), "the" | "around" | "about") {
            at += 1;
        }
        at
    };
    let part_of = |part: Part| {
        if lower_at(words, at + 1) == "of" { (part, skip(at + 2)) } else { (Part::Whole, at) }
    };
    match lower_at(words, at) {
        "end" | "close" => part_of(Part::Late),
        "beginning" | "start" => part_of(Part::Early),
        "middle" => part_of(Part::Middle),
        // "late talks"
        "early" | "late" | "mid" if continued_sense_at(words, at + 1) == CalendarSense::Other => {
            (Part::Whole, at)
        }
        "early" => (Part::Early, skip(at + 1)),
        "late" => (Part::Late, skip(at + 1)),
        "mid" => (Part::Middle, at + 1),
        "earlier" | "later" => (Part::Whole, skip(at + 1)),
        _ => (Part::Whole, at),
    }
}

/// What the words from `at` denote, the index after them, and a weekday beside a date.
fn match_meaning(words: &[CalendarWord<'_>], at: usize, part: Part) -> Option<(Meaning, usize, Option<i8>)> {
    if let Some((meaning, end)) = match_holiday(words, at) {
        return Some((meaning, end, None));
    }
    let word = words.get(at)?;
    let (meaning, end) = match word.sense {
        CalendarSense::Weekday(weekday) => return match_weekday(words, at, weekday),
        // "the liberals of Tomorrow": a name
        CalendarSense::DaysFromToday(_)
            if word.is_capitalised && word.separator == Separator::None && at > 0 =>
        {
            return None;
        }
        CalendarSense::DaysFromToday(n) => (Meaning::DaysFromToday(n), at + 1),
        CalendarSense::Date(year, month, day) => (date_in_digits(year, month, day), at + 1),
        CalendarSense::Month(month) => match_month(words, at, month)?,
        CalendarSense::Relative(n) => match_relative(words, at, n, part)?,
        CalendarSense::Ordinal(n) => match_ordinal(words, at, n)?,
        CalendarSense::Season(season) => match_season(words, at, season)?,
        CalendarSense::Number(n) => match_number(words, at, n)?,
        CalendarSense::DayRange(from, to) => match_day_range(words, at, from, to)?,
        CalendarSense::Unit(unit) if unit != Unit::Clock => match_unit(words, at, unit, part)?,
        _ => match word.lower {
            "the" => match_second_day(words, at)?,
            "rest" => match_rest_of_unit(words, at)?,
            "in" | "within" => match_in_units(words, at)?,
            _ => return None,
        },
    };
    Some((meaning, end, None))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::testing::{assert_reads, with_words};

    #[test]
    fn part_of_a_unit() {
        assert_reads(&[
            ("They met in early May.", "early May: 2019-05-01..2019-05-10"),
            ("They met in mid-July.", "mid-July: 2019-07-11..2019-07-20"),
            ("They will meet in late March.", "late March: 2020-03-21..2020-03-31"),
            ("They met at the end of October.", "end of October: 2019-10-21..2019-10-31"),
            ("They met in the middle of last week.", "middle of last week: 2019-12-05"),
        ]);
        assert_reads(&[
            ("They met late.", ""),
            ("It is the end of the strike.", ""),
            ("They had an early vote.", ""),
            ("They met in the middle of nowhere.", ""),
        ]);
    }

    #[test]
    fn days_from_today() {
        assert_reads(&[
            ("They met yesterday.", "yesterday: 2019-12-11"),
            ("They meet tomorrow in Coste.", "tomorrow: 2019-12-13"),
            ("They meet tonight.", "tonight: 2019-12-12"),
            ("Today they rested.", "Today: 2019-12-12"),
        ]);
        // names
        assert_reads(&[
            ("The liberals of Tomorrow refused.", ""),
            ("The Coste Today asked.", ""),
            ("They read Yesterday in Velnor.", ""),
        ]);
    }

    #[test]
    fn lead_and_relation() {
        let read = |text: &str| {
            with_words(text, |words| {
                let expression = find_expressions(words)[0];
                (expression.lead.map(|at| lower_at(words, at).to_owned()), expression.relation)
            })
        };
        for (text, lead, relation) in [
            ("They met on Monday.", "on", Relation::On),
            ("They must sign by around the end of May.", "by", Relation::By),
            ("They talked until late Friday.", "until", Relation::Until),
            ("They have talked since early March.", "since", Relation::Since),
            ("They left after the weekend.", "after", Relation::After),
            ("They met Monday.", "met", Relation::On),
        ] {
            assert_eq!(read(text), (Some(lead.to_owned()), relation), "{text}");
        }
        assert_eq!(read("Monday was quiet."), (None, Relation::On));
    }

    #[test]
    fn expressions_do_not_overlap() {
        let text = "On Friday of last week and on 3 May 2018 they met, two weeks after Easter.";
        let spans: Vec<(usize, usize)> =
            with_words(text, |words| find_expressions(words).iter().map(|e| (e.start, e.end)).collect());
        assert_eq!(spans, [(1, 5), (7, 10), (15, 16)]);
    }
}
