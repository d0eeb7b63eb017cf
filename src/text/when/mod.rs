//! When it happens: the dates in each sentence, held against the article's date.

use crate::{Day, Span};

mod calendar;
mod choose;
mod holiday;
mod parse;
mod tense;
mod witness;
mod word;

pub use witness::DateDoubt;

/// An expression of time and the days that it stands for, ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Time {
    /// The words.
    pub span: Span,
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
}

/// When what a sentence describes took or is to take place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Dated {
    /// First and last day; `None` where the sentence itself gives no time, or gives it only
    /// against a date that is not known.
    pub when: Option<(Day, Day)>,
    /// Whether it is old news: told in the past perfect, or well before the article's date.
    pub background: bool,
}

/// The expressions of time in the sentence at `span` of `text`, held against `date`.
///
/// ```
/// use detente::{Day, Span, text::times};
/// let text = "Talks resume next week.";
/// let found = times(text, Span::new(0, text.len()), Day::new(2019, 12, 12));
/// assert_eq!(found[0].from.to_string(), "2019-12-16");
/// assert_eq!(found[0].span.slice(text), "next week");
/// ```
#[must_use]
pub fn times(text: &str, span: Span, date: Option<Day>) -> Vec<Time> {
    let words = word::words(text, span);
    let found = parse::expressions(&words);
    let resolved = found.iter().filter_map(|expression| {
        let (from, to) = choose::resolve(&words, expression, date)?;
        let start = words.get(expression.at)?.span.start as usize;
        let end = words.get(expression.end.checked_sub(1)?)?.span.end as usize;
        Some(Time { span: Span::new(start, end), from, to })
    });
    resolved.collect()
}

/// When each of `sentences` of `text` took or is to take place, in an article of `date`.
#[must_use]
pub fn dates(text: &str, sentences: &[Span], date: Option<Day>) -> Vec<Dated> {
    let dated = |span: &Span| {
        let words = word::words(text, *span);
        let found = parse::expressions(&words);
        let when = choose::choose(&words, &found)
            .and_then(|e| choose::resolve(&words, e, date))
            .or_else(|| date.filter(|_| choose::live(&words)).map(|date| (date, date)));
        Dated { when, background: choose::background(&words, when, date) }
    };
    sentences.iter().map(dated).collect()
}

/// The first contradiction between `sentences` of `text` and the `date` that the article claims.
///
/// ```
/// use detente::{Day, Span, text::date_doubt};
/// let text = "Envoys meet before next Thursday's Thanksgiving holiday.";
/// let claimed = Day::new(2019, 12, 12).expect("a day");
/// let doubt = date_doubt(text, &[Span::new(0, text.len())], claimed).expect("a doubt");
/// assert_eq!((doubt.from.to_string(), doubt.to.to_string()), ("2019-11-15".into(), "2019-11-21".into()));
/// ```
#[must_use]
pub fn date_doubt(text: &str, sentences: &[Span], date: Day) -> Option<DateDoubt> {
    sentences.iter().find_map(|span| {
        let words = word::words(text, *span);
        let found = if witness::worth(&words) { parse::expressions(&words) } else { Vec::new() };
        witness::testimony(&words, &found, date)
    })
}
