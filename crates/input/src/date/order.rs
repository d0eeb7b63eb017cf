//! [`OrderVotes`]: whether the day or the month stands first in the dates of a column.

use detente::Day;

use super::reading::{DateReading, FieldOrder};

/// The order is settled by so many dates at most.
const MAX_DATES: usize = 1000;

/// What the dates so far say about the order of a column.
#[derive(Clone, Debug, Default)]
pub(crate) struct OrderVotes {
    order: Option<FieldOrder>,
    dates: usize,
    is_closed: bool,
}

impl OrderVotes {
    /// Counts a date; returns false for a date of the other order after the order was settled.
    pub(crate) fn add(&mut self, reading: DateReading) -> bool {
        self.dates += 1;
        let DateReading::Ordered(_, order) = reading else { return true };
        self.order.get_or_insert(order) == &order
    }

    /// Whether more dates could still settle the order.
    pub(crate) fn is_open(&self) -> bool {
        self.order.is_none() && !self.is_closed && self.dates < MAX_DATES
    }

    /// Ends the count: the next dates are not waited for.
    pub(crate) fn close(&mut self) {
        self.is_closed = true;
    }

    /// The day of a reading in the order of the column; `None` if that is not settled.
    pub(crate) fn day(&self, reading: DateReading) -> Option<Day> {
        self.order.map_or_else(|| reading.day(), |order| reading.day_in(order))
    }
}

#[cfg(test)]
mod tests {
    use super::super::numeric::numeric_date;
    use super::*;

    #[test]
    fn one_date_settles_the_column_and_a_later_one_contradicts_it() {
        let read = |value| numeric_date(value).expect("a date");
        let mut votes = OrderVotes::default();
        assert!(votes.add(read("01/02/2020")) && votes.is_open());
        assert_eq!(votes.day(read("01/02/2020")), None);
        assert!(votes.add(read("15/01/2020")) && !votes.is_open());
        assert_eq!(votes.day(read("01/02/2020")), Day::new(2020, 2, 1));
        assert!(!votes.add(read("01/15/2020")));
        assert_eq!(votes.day(read("01/02/2020")), Day::new(2020, 2, 1));
    }

    #[test]
    fn a_closed_count_waits_for_nothing() {
        let mut votes = OrderVotes::default();
        votes.close();
        assert!(!votes.is_open());
    }
}
