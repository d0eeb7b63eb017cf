//! Dates sentences: finds the time expressions of each, picks the one that dates the event, resolves it.

use crate::day::Day;
use crate::span::Span;
use crate::time::anchor::{choose, resolve};
use crate::time::background::is_background;
use crate::time::calendar_word::{CalendarWord, calendar_words, may_have_date};
use crate::time::date_check::{DateContradiction, find_contradiction, may_contradict};
use crate::time::expression::find_expressions;
use crate::time::expression_type::Expression;
use crate::time::types::{SentenceDate, TimeExpression};
use crate::word::segments::Segments;

/// Returns the date of the event in each of `sentences` of `text`, in an article of `date`.
///
/// ```
/// use detente_lang::{Day, Span, sentence_dates};
/// let text = "The minister resigned on Wednesday.";
/// let dates = sentence_dates(text, &[Span::new(0, text.len())], Day::new(2019, 12, 12));
/// assert_eq!(dates[0].when.map(|(from, _)| from), Day::new(2019, 12, 11));
/// ```
#[must_use]
pub fn sentence_dates(text: &str, sentences: &[Span], date: Option<Day>) -> Vec<SentenceDate> {
    sentence_dates_in(&Segments::new(text), sentences, date).0
}

/// [`sentence_dates`] of a segmented text, and its [`date_contradiction`] if it has one.
#[must_use]
pub fn sentence_dates_in(
    segments: &Segments<'_>,
    sentences: &[Span],
    date: Option<Day>,
) -> (Vec<SentenceDate>, Option<DateContradiction>) {
    let mut contradiction = None;
    let date_of = |span: &Span| {
        if !may_have_date(segments, *span) {
            return SentenceDate::default();
        }
        let words = calendar_words(segments, *span);
        let expressions = find_expressions(&words);
        if let Some(date) = date.filter(|_| contradiction.is_none() && may_contradict(&words)) {
            contradiction = find_contradiction(&words, &expressions, date);
        }
        sentence_date(&words, &expressions, date)
    };
    let dates = sentences.iter().map(date_of).collect();
    (dates, contradiction)
}

fn sentence_date(words: &[CalendarWord<'_>], expressions: &[Expression], date: Option<Day>) -> SentenceDate {
    let chosen = choose(words, expressions);
    let when = chosen.and_then(|(_, expression)| resolve(words, expression, date));
    let distance = chosen.map(|(distance, _)| distance);
    SentenceDate { when, background: is_background(words, distance, when, date) }
}

/// Returns the time expressions in the sentence at `span` of `text`, resolved against `date`.
///
/// ```
/// use detente_lang::{Day, Span, time_expressions};
/// let text = "Talks resume next week.";
/// let found = time_expressions(text, Span::new(0, text.len()), Day::new(2019, 12, 12));
/// assert_eq!(found[0].from.to_string(), "2019-12-16");
/// assert_eq!(found[0].span.slice(text), "next week");
/// ```
#[must_use]
pub fn time_expressions(text: &str, span: Span, date: Option<Day>) -> Vec<TimeExpression> {
    let segments = Segments::new(text);
    let words = calendar_words(&segments, span);
    let resolved = |expression: &Expression| {
        let (from, to) = resolve(&words, expression, date)?;
        let start = words.get(expression.start)?.span.start as usize;
        let end = words.get(expression.end.checked_sub(1)?)?.span.end as usize;
        Some(TimeExpression { span: Span::new(start, end), from, to })
    };
    find_expressions(&words).iter().filter_map(resolved).collect()
}

/// Returns the first contradiction between `sentences` of `text` and the `date` that the article claims.
///
/// ```
/// use detente_lang::{Day, Span, date_contradiction};
/// let text = "Envoys meet before next Thursday's Thanksgiving holiday.";
/// let claimed = Day::new(2019, 12, 12).expect("a day");
/// let found = date_contradiction(text, &[Span::new(0, text.len())], claimed).expect("a contradiction");
/// assert_eq!((found.from.to_string(), found.to.to_string()), ("2019-11-15".into(), "2019-11-21".into()));
/// ```
#[must_use]
pub fn date_contradiction(text: &str, sentences: &[Span], date: Day) -> Option<DateContradiction> {
    let segments = Segments::new(text);
    sentences.iter().find_map(|span| {
        let words = calendar_words(&segments, *span);
        may_contradict(&words).then(|| find_contradiction(&words, &find_expressions(&words), date)).flatten()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::testing::{assert_dates, assert_rule, date_of};

    #[test]
    fn weekdays_and_months_follow_the_tense() {
        assert_dates(&[
            ("The minister resigned on Wednesday.", "2019-12-11"),
            ("The minister resigned on Thursday.", "2019-12-12"),
            ("The two sides will meet on Wednesday.", "2019-12-18"),
            ("They agreed to meet on Monday.", "2019-12-16"),
            ("The accord will be signed in March.", "2020-03-01..2020-03-31"),
            ("The accord was signed in March.", "2019-03-01..2019-03-31"),
            ("She said after Monday’s session that the bridge would stay shut.", "2019-12-09"),
            ("That veto, readers will recall, held up the whole of Monday.", "2019-12-09"),
            ("Nor did Brenn repeat, when invited to on Sunday, that all was lost.", "2019-12-08"),
            ("A year ago today the guns fell silent.", "2018-12-12"),
            ("He recalled that in May she was sure.", "2019-05-01..2019-05-31"),
            ("GENEVA, Dec. 12 - Envoys signed it on Monday.", "2019-12-09"),
            ("They may sign a deal in May 2020.", "2020-05-01..2020-05-31"),
        ]);
    }

    #[test]
    fn periods_and_limits_resolve() {
        assert_dates(&[
            ("Talks broke down last week.", "2019-12-02..2019-12-08"),
            ("A deal is possible by the end of the year.", "2019-12-31"),
            ("Talks broke down two weeks ago.", "2019-11-28"),
            ("The truce was agreed in the spring of 2018.", "2018-03-01..2018-05-31"),
            ("Officials met before Lunar New Year.", "2019-02-05"),
            ("They will meet on 14 and 15 January.", "2020-01-14..2020-01-15"),
            ("They signed it on Nov. 5, 2018.", "2018-11-05"),
            ("Work on it began more than two weeks ago.", "2019-11-28"),
            ("They will sign no later than 15 January.", "2020-01-15"),
            ("The mayor has invited both sides to his office on Monday.", "2019-12-16"),
            ("The governor has since summoned them for Monday.", "2019-12-16"),
            ("The strike could continue into January.", "2020-01-01..2020-01-31"),
            ("“We hope to sign by the end of the year,” she said.", "2019-12-31"),
            ("“The guns fell silent on Monday,” she said.", "2019-12-09"),
            ("The withdrawal will take effect in ninety days.", "2020-03-11"),
        ]);
    }

    #[test]
    fn the_own_weekday_of_the_article_is_its_day() {
        assert_dates(&[
            ("Talks in Coste on Thursday.", "2019-12-12"),
            ("Envoys meet in Coste on Thursday.", "2019-12-12"),
            ("They will meet on Thursday.", "2019-12-12"),
            ("They will meet next Thursday.", "2019-12-19"),
        ]);
    }

    #[test]
    fn days_without_a_verb_are_the_nearest() {
        assert_dates(&[
            ("Strike vote, 20 November.", "2019-11-20"),
            ("Talks on January 3.", "2020-01-03"),
            ("They signed on January 3.", "2019-01-03"),
            ("They met this weekend.", "2019-12-07..2019-12-08"),
            ("They will meet this weekend.", "2019-12-14..2019-12-15"),
        ]);
    }

    #[test]
    fn verbs_that_look_like_another_tense() {
        assert_dates(&[
            ("The union will have an answer on Monday.", "2019-12-16"),
            ("By Monday the union will have left.", "2019-12-09"),
            ("The mine was shut by 2014.", "2014-01-01..2014-12-31"),
            ("Envoys worked through Sunday night.", "2019-12-08"),
            ("The truce was extended until Sunday.", "2019-12-15"),
        ]);
    }

    #[test]
    fn sentences_without_the_date_of_an_event() {
        assert_rule(
            |text| date_of(text).is_empty(),
            &[
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
                "The cabinet agreed a budget for 2021.",
                "The mine is to start up by 2024.",
                "On wages there was none until an hour ago.",
                "A deal may be signed by Easter.",
                "“We could live with a ban tomorrow,” he said.",
                "“A year ago nobody in this hall thought it possible,” he said.",
                "The factory does not pay at today’s prices.",
                "Ada Brenn, who took over as minister in December, refused.",
                "He accused Brenn, whose party won the election in January, of delay.",
            ],
            &[
                "They may sign a deal on Monday.",
                "Workers marched on Monday against the deal.",
                "Prices fell last week when talks failed.",
            ],
        );
    }

    #[test]
    fn one_contradiction_is_returned_with_the_dates() {
        let text = "They met today, 21 November. They met today, 3 May. They met on Monday.";
        let spans = [Span::new(0, 28), Span::new(29, 51), Span::new(52, text.len())];
        let claimed = Day::new(2019, 12, 12).expect("a day");
        let (dates, contradiction) = sentence_dates_in(&Segments::new(text), &spans, Some(claimed));
        assert_eq!(dates.len(), 3);
        assert_eq!(contradiction, date_contradiction(text, &spans, claimed));
        assert_eq!(contradiction.map(|c| c.evidence.slice(text)), Some("today, 21 November"));
        assert_eq!(sentence_dates_in(&Segments::new(text), &spans, None).1, None);
        assert_eq!(sentence_dates(text, &spans, Some(claimed)), dates);
    }
}
