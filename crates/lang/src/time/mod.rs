//! When it happens: the dates in each sentence, held against the article's date.

pub(crate) mod anchor;
pub(crate) mod calendar_word;
pub(crate) mod date_check;
pub(crate) mod expression;
pub(crate) mod expression_type;
pub(crate) mod holiday;
pub(crate) mod holiday_table;
pub(crate) mod holiday_type;
pub(crate) mod meaning;
pub(crate) mod patterns;
pub(crate) mod tense;
pub(crate) mod types;

use crate::day::Day;
use crate::span::Span;
use crate::time::date_check::DateDoubt;
use crate::time::expression_type::Expression;
use crate::time::types::{Dated, Time};
use crate::word::segments::Segments;

/// The expressions of time in the sentence at `span` of `text`, held against `date`.
///
/// ```
/// use detente_lang::{Day, Span, times};
/// let text = "Talks resume next week.";
/// let found = times(text, Span::new(0, text.len()), Day::new(2019, 12, 12));
/// assert_eq!(found[0].from.to_string(), "2019-12-16");
/// assert_eq!(found[0].span.slice(text), "next week");
/// ```
#[must_use]
pub fn times(text: &str, span: Span, date: Option<Day>) -> Vec<Time> {
    let runs = Segments::new(text);
    let words = calendar_word::words(&runs, span);
    let found = expression::expressions(&words);
    let resolved = found.iter().filter_map(|expression| {
        let (from, to) = anchor::resolve(&words, expression, date)?;
        let start = words.get(expression.at)?.span.start as usize;
        let end = words.get(expression.end.checked_sub(1)?)?.span.end as usize;
        Some(Time { span: Span::new(start, end), from, to })
    });
    resolved.collect()
}

/// When each of `sentences` of `text` took or is to take place, in an article of `date`.
#[must_use]
pub fn dates(text: &str, sentences: &[Span], date: Option<Day>) -> Vec<Dated> {
    dates_and_doubt(text, sentences, date).0
}

/// [`dates`] and [`date_doubt`] in one reading of the text.
#[must_use]
pub fn dates_and_doubt(text: &str, sentences: &[Span], date: Option<Day>) -> (Vec<Dated>, Option<DateDoubt>) {
    dates_and_doubt_in(&Segments::new(text), sentences, date)
}

/// [`dates_and_doubt`] of a text that is cut already.
pub fn dates_and_doubt_in(
    runs: &Segments<'_>,
    sentences: &[Span],
    date: Option<Day>,
) -> (Vec<Dated>, Option<DateDoubt>) {
    let mut doubt = None;
    let dated = |span: &Span| {
        if !calendar_word::telling(runs, *span) {
            return Dated::default();
        }
        let words = calendar_word::words(runs, *span);
        let found = expression::expressions(&words);
        if let Some(date) = date.filter(|_| doubt.is_none() && date_check::worth(&words)) {
            doubt = date_check::testimony(&words, &found, date);
        }
        in_sentence(&words, &found, date)
    };
    let dated = sentences.iter().map(dated).collect();
    (dated, doubt)
}

fn in_sentence(words: &[calendar_word::Word<'_>], found: &[Expression], date: Option<Day>) -> Dated {
    let chosen = anchor::choose(words, found);
    let when = chosen.and_then(|(_, expression)| anchor::resolve(words, expression, date));
    Dated { when, background: anchor::background(words, chosen.map(|(far, _)| far), when, date) }
}

/// The first contradiction between `sentences` of `text` and the `date` that the article claims.
///
/// ```
/// use detente_lang::{Day, Span, date_doubt};
/// let text = "Envoys meet before next Thursday's Thanksgiving holiday.";
/// let claimed = Day::new(2019, 12, 12).expect("a day");
/// let doubt = date_doubt(text, &[Span::new(0, text.len())], claimed).expect("a doubt");
/// assert_eq!((doubt.from.to_string(), doubt.to.to_string()), ("2019-11-15".into(), "2019-11-21".into()));
/// ```
#[must_use]
pub fn date_doubt(text: &str, sentences: &[Span], date: Day) -> Option<DateDoubt> {
    let runs = Segments::new(text);
    sentences.iter().find_map(|span| {
        let words = calendar_word::words(&runs, *span);
        let found = if date_check::worth(&words) { expression::expressions(&words) } else { Vec::new() };
        date_check::testimony(&words, &found, date)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    fn when(date: &str, text: &str) -> String {
        let dated = dates(text, &[Span::new(0, text.len())], Some(day(date)));
        match dated.first().and_then(|d| d.when) {
            Some((from, to)) if from == to => from.to_string(),
            Some((from, to)) => format!("{from}..{to}"),
            None => String::new(),
        }
    }

    #[test]
    fn weekdays_and_months_follow_the_tense() {
        // 2019-12-12 is a Thursday
        let on = |text: &str| when("2019-12-12", text);
        assert_eq!(on("The minister resigned on Wednesday."), "2019-12-11");
        assert_eq!(on("The minister resigned on Thursday."), "2019-12-12");
        assert_eq!(on("The two sides will meet on Wednesday."), "2019-12-18");
        assert_eq!(on("They agreed to meet on Monday."), "2019-12-16");
        assert_eq!(on("The accord will be signed in March."), "2020-03-01..2020-03-31");
        assert_eq!(on("The accord was signed in March."), "2019-03-01..2019-03-31");
        assert_eq!(on("She said after Monday’s session that the bridge would stay shut."), "2019-12-09");
        assert_eq!(on("That veto, readers will recall, held up the whole of Monday."), "2019-12-09");
        assert_eq!(on("Nor did Brenn repeat, when invited to on Sunday, that all was lost."), "2019-12-08");
        assert_eq!(on("A year ago today the guns fell silent."), "2018-12-12");
        assert_eq!(on("He recalled that in May she was sure."), "2019-05-01..2019-05-31");
        assert_eq!(on("GENEVA, Dec. 12 - Envoys signed it on Monday."), "2019-12-09");
        assert_eq!(on("They may sign a deal in May 2020."), "2020-05-01..2020-05-31");
    }

    #[test]
    fn stretches_and_limits_resolve() {
        let on = |text: &str| when("2019-12-12", text);
        assert_eq!(on("Talks broke down last week."), "2019-12-02..2019-12-08");
        assert_eq!(on("A deal is possible by the end of the year."), "2019-12-31");
        assert_eq!(on("Talks broke down two weeks ago."), "2019-11-28");
        assert_eq!(on("The truce was agreed in the spring of 2018."), "2018-03-01..2018-05-31");
        assert_eq!(on("Officials met before Lunar New Year."), "2019-02-05");
        assert_eq!(on("They will meet on 14 and 15 January."), "2020-01-14..2020-01-15");
        assert_eq!(on("They signed it on Nov. 5, 2018."), "2018-11-05");
        assert_eq!(on("Work on it began more than two weeks ago."), "2019-11-28");
        assert_eq!(on("They will sign no later than 15 January."), "2020-01-15");
        assert_eq!(on("The mayor has invited both sides to his office on Monday."), "2019-12-16");
        assert_eq!(on("The governor has since summoned them for Monday."), "2019-12-16");
        assert_eq!(on("The strike could continue into January."), "2020-01-01..2020-01-31");
        assert_eq!(on("“We hope to sign by the end of the year,” she said."), "2019-12-31");
        assert_eq!(on("“The guns fell silent on Monday,” she said."), "2019-12-09");
        assert_eq!(on("The withdrawal will take effect in ninety days."), "2020-03-11");
    }

    #[test]
    fn what_only_looks_like_a_date_is_left_alone() {
        let on = |text: &str| when("2019-12-12", text);
        for text in [
            "They may sign a deal.",
            "Workers march against the deal.",
            "Prices fall when talks fail.",
            "It was the first meeting in two years.",
            "The contract covers 2019 workers.",
            "The liberals of Tomorrow refused.",
            "Nothing has changed since 2016.",
            "They sit for a second time.",
            "The union wants an end to Sunday work.",
            "This may be the last round.",
            "The mood is better than in May.",
            "The offer is worse than the one they turned down in April.",
            "Barges carry half as many tonnes as in 2005.",
            "Shares rose to their highest since March.",
            "The chance of a deal is put at a half, up from a third a month ago.",
            "Ada Brenn, who has led the union since October, is doubtful.",
            "The guild, which was founded in 1948, has ten thousand members.",
            "The dam, first proposed in 2015, divides the valley.",
            "The prisoners are to be released within ten days.",
            "It would be their ninth strike in 18 months.",
            "They hope for a deal before the summer.",
            "The two parties governed together from 2001 to 2004.",
            "The mine is to start up by 2024.",
            "On wages there was none until an hour ago.",
            "A deal may be signed by Easter.",
            "“We could live with a ban tomorrow,” he said.",
            "“A year ago nobody in this hall thought it possible,” he said.",
            "The factory does not pay at today’s prices.",
            "Ada Brenn, who took over as minister in December, refused.",
            "He accused Brenn, whose party won the election in January, of delay.",
        ] {
            assert_eq!(on(text), "", "{text}");
        }
    }

    #[test]
    fn old_events_are_background_and_reports_of_today_are_not() {
        let old = |text: &str| {
            let dated = dates(text, &[Span::new(0, text.len())], Some(day("2019-11-20")));
            dated.iter().any(|d| d.background)
        };
        assert!(old("The union had called for higher pay."));
        assert!(old("In March the two sides imposed tariffs."));
        assert!(old("The premier launched the trade war to please his voters."));
        assert!(!old("The minister said the union had called for higher pay."));
        assert!(!old("On Tuesday the premier launched the offensive."));
        assert!(!old("The union called for higher pay."));
        assert!(!old("Talks had a good start."));
    }

    proptest::proptest! {
        #[test]
        fn what_is_passed_over_has_no_date_and_is_no_old_news(
            words in proptest::collection::vec(proptest::sample::select(PLAIN), 1..12),
        ) {
            let text = words.join(" ");
            let span = Span::new(0, text.len());
            let runs = Segments::new(&text);
            let cut = calendar_word::words(&runs, span);
            let found = expression::expressions(&cut);
            proptest::prop_assert!(!calendar_word::telling(&runs, span));
            proptest::prop_assert!(found.is_empty());
            proptest::prop_assert_eq!(in_sentence(&cut, &found, Day::new(2019, 12, 12)), Dated::default());
        }
    }

    /// Words that lead dates in, and others, none of which is one.
    const PLAIN: &[&str] = &[
        "the", "a", "an", "one", "two", "ten", "twenty", "few", "couple", "first", "third", "second",
        "final", "last", "this", "next", "past", "coming", "current", "end", "close", "start", "middle",
        "early", "late", "mid", "earlier", "later", "rest", "in", "within", "by", "since", "until", "ago",
        "of", "on", "from", "now", "new", "lunar", "chinese", "boxing", "black", "good", "palm", "ash",
        "martin", "luther", "king", "half", "and", "to", "has", "was", "is", "will", "war", "signed", "they",
        "The", "Last", "before", "after", "time", "eve",
    ];

    #[test]
    fn the_calendar_contradicts_only_what_is_wrong() {
        let text = "They hope to sign before next Thursday's Thanksgiving holiday.";
        let doubt = |date: &str| date_doubt(text, &[Span::new(0, text.len())], day(date));
        assert_eq!(doubt("2019-11-18"), None);
        let found = doubt("2019-12-12").expect("a doubt");
        assert_eq!((found.from, found.to), (day("2019-11-15"), day("2019-11-21")));
        assert_eq!(found.evidence.slice(text), "next Thursday's Thanksgiving holiday");
        assert_eq!(found.nearest(day("2019-12-12")), day("2019-11-21"));
    }
}
