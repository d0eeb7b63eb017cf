//! [`DateReading`]: the date in a text, which may depend on whether the day or the month stands first.

use detente::Day;

/// Which of two numbers stands first in dates like `15/01/2020`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FieldOrder {
    DayFirst,
    MonthFirst,
}

/// The date that a text gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DateReading {
    /// One day, whatever the order of numbers.
    Certain(Day),
    /// One day, and the order that it follows from: `15/01/2020`.
    Ordered(Day, FieldOrder),
    /// `01/02/2020`: two days.
    Open { day_first: Day, month_first: Day },
}

impl DateReading {
    /// The reading of three numbers `first/second/year`; `None` if neither order gives a day.
    pub(crate) fn of_numbers(first: i8, second: i8, year: i16) -> Option<Self> {
        match (Day::new(year, second, first), Day::new(year, first, second)) {
            (Some(day), Some(other)) if day == other => Some(Self::Certain(day)),
            (Some(day_first), Some(month_first)) => Some(Self::Open { day_first, month_first }),
            (Some(day), None) => Some(Self::Ordered(day, FieldOrder::DayFirst)),
            (None, Some(day)) => Some(Self::Ordered(day, FieldOrder::MonthFirst)),
            (None, None) => None,
        }
    }

    /// The day, if it does not depend on the order of numbers.
    pub(crate) fn day(self) -> Option<Day> {
        match self {
            Self::Certain(day) | Self::Ordered(day, _) => Some(day),
            Self::Open { .. } => None,
        }
    }

    /// The day in the order of the column. `None` if the reading has the other order.
    pub(crate) fn day_in(self, order: FieldOrder) -> Option<Day> {
        match (self, order) {
            (Self::Certain(day), _) => Some(day),
            (Self::Ordered(day, own), order) => (own == order).then_some(day),
            (Self::Open { day_first, .. }, FieldOrder::DayFirst) => Some(day_first),
            (Self::Open { month_first, .. }, FieldOrder::MonthFirst) => Some(month_first),
        }
    }
}
