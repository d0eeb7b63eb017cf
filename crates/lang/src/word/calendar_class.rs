//! What a word means in a time expression: [`Kind`] and its parts, [`TenseCue`], [`ExpressionStart`].

/// The meaning of a word in a time expression.
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
    /// A whole date in one word: year if given, month, day if given.
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

/// The tense that a single word gives its clause.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum TenseCue {
    Past,
    Future,
    /// "had"
    Had,
    #[default]
    None,
}

/// A calendar unit.
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

/// A season of the northern hemisphere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

/// The kind of expression that may start with a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum ExpressionStart {
    #[default]
    Nothing,
    /// A time expression.
    Expression,
    /// A time expression that may be the name of a holiday.
    Holiday,
}
