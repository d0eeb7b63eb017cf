//! Time expressions and the dates of sentences.

use crate::day::Day;
use crate::span::Span;

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
