//! The types that the analysis of dates returns.

use crate::day::Day;
use crate::span::Span;

/// A time expression and the days that it denotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TimeExpression {
    /// The words.
    pub span: Span,
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
}

/// The date of the event that a sentence describes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct SentenceDate {
    /// First and last day of the event; `None` where the sentence has no date, or has one that depends on
    /// an article's date that is not known.
    pub when: Option<(Day, Day)>,
    /// Whether the sentence recalls an old event: in the past perfect, or well before the article's date.
    pub background: bool,
}
