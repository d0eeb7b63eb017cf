//! [`Expression`]: a time expression before it is resolved to days.

use crate::time::calendar_word::{CalendarWord, lower_at, lower_before};
use crate::time::meaning::{Meaning, Part};

/// Words before or after an expression that can bear on it. The limit keeps the work on a sentence linear.
pub(crate) const CONTEXT_WORDS: usize = 48;

/// A time expression in the words of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Expression {
    /// Index of its first word.
    pub(crate) start: usize,
    /// Index after its last word.
    pub(crate) end: usize,
    pub(crate) meaning: Meaning,
    pub(crate) part: Part,
    pub(crate) relation: Relation,
    /// Index of the word that introduces it ("on", "in", "by"), if any.
    pub(crate) lead: Option<usize>,
    /// The weekday written beside a date ("Tuesday, 14 May").
    pub(crate) weekday: Option<i8>,
}

impl Expression {
    /// The word that introduces the expression; empty where there is none.
    pub(crate) fn lead_word<'w>(&self, words: &'w [CalendarWord<'_>]) -> &'w str {
        self.lead.map_or("", |lead| lower_at(words, lead))
    }

    /// The word before the one that introduces the expression; empty where there is none.
    pub(crate) fn governor<'w>(&self, words: &'w [CalendarWord<'_>]) -> &'w str {
        self.lead.map_or("", |lead| lower_before(words, lead))
    }

    /// Whether the last word of the expression has "'s".
    pub(crate) fn is_possessive(&self, words: &[CalendarWord<'_>]) -> bool {
        words.get(self.end.saturating_sub(1)).is_some_and(|w| w.is_possessive)
    }
}

/// The temporal relation of the event to the days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Relation {
    /// "on", "in", or no word at all.
    On,
    /// "by", "before": no later than.
    By,
    /// "until", "through".
    Until,
    /// "since", "from".
    Since,
    /// "after".
    After,
}

impl Relation {
    /// The relation that the word before an expression states.
    pub(crate) fn of(lead: &str) -> Self {
        match lead {
            "by" | "before" => Self::By,
            "until" | "till" | "through" => Self::Until,
            "since" | "from" => Self::Since,
            "after" => Self::After,
            _ => Self::On,
        }
    }
}
