//! What a word means to the calendar.

/// What a word is to the calendar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Monday is 0.
    Weekday(i8),
    /// 1..=12.
    Month(i8),
    Unit(Unit),
    Season(Season),
    /// Cardinal: "two", "14".
    Number(i64),
    /// "third", "15th".
    Ordinal(i64),
    /// A whole date in one word: year if written, month, day if written.
    Date(Option<i16>, i8, Option<i8>),
    /// "13-15".
    Range(i8, i8),
    /// -1 "last", 0 "this", +1 "next".
    Relative(i64),
    /// Days from today: "yesterday", "tonight".
    Day(i64),
    /// "morning", "night".
    Hours,
    #[default]
    Other,
}

/// What a single word says of the tense of its clause.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum TenseCue {
    Past,
    Future,
    /// "had"
    Had,
    #[default]
    None,
}

/// A stretch of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    /// Shorter than a day: hours, minutes, seconds.
    Clock,
    Day,
    Weekend,
    Week,
    Month,
    Quarter,
    Year,
    Decade,
}

/// A season of the northern year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

/// What may start with a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum ExpressionStart {
    #[default]
    Nothing,
    /// An expression of time.
    Expression,
    /// One that is the name of a holiday.
    Holiday,
}
