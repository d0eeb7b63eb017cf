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

/// What a single word says of the time of its clause.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Mark {
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

/// What the dictionary knows of a word for the calendar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sense {
    pub(crate) kind: Kind,
    /// What it says of the time of its clause.
    pub(crate) mark: Mark,
    /// Whether a sentence with it may have a date or tell old news.
    pub(crate) telling: bool,
    /// What may begin with it, whether or not it is a word of the calendar.
    pub(crate) opens: Opening,
    /// Whether a stop after it belongs to it.
    pub(crate) short: bool,
}

/// What may begin with a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Opening {
    #[default]
    Nothing,
    /// An expression of time.
    Expression,
    /// One that is the name of a holiday.
    Holiday,
}
