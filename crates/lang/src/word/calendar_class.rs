//! What the word table has of a word's meaning in dates: its calendar sense, its tense, what may start with it.

/// The meaning of a word in a date.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum CalendarSense {
    /// Monday is 0.
    Weekday(i8),
    /// 1..=12.
    Month(i8),
    /// "week", "years".
    Unit(Unit),
    /// "spring".
    Season(Season),
    /// Cardinal number: "two", "14".
    Number(i64),
    /// Ordinal number: "third", "15th".
    Ordinal(i64),
    /// A date in digits: year where written, month, day where written ("2019-12-12", "2019-12").
    Date(Option<i16>, i8, Option<i8>),
    /// First and last day of a month: "13-15".
    DayRange(i8, i8),
    /// -1 is "last", 0 "this", +1 "next".
    Relative(i64),
    /// -1 is "yesterday", 0 "tonight".
    DaysFromToday(i64),
    /// "morning", "night".
    DayPart,
    /// No meaning in dates.
    #[default]
    Other,
}

/// The tense that a single word gives its clause.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum TenseCue {
    /// "signed", "broke".
    Past,
    /// "will", "plans".
    Future,
    /// "had".
    Had,
    /// No tense.
    #[default]
    None,
}

/// A unit of the calendar.
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

/// What may start with a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum ExpressionStart {
    #[default]
    Nothing,
    /// A time expression.
    Expression,
    /// The name of a holiday.
    Holiday,
}
