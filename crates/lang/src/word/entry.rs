//! [`WordEntry`]: what the word table has of one word.

use crate::word::abbreviation_class::Abbreviation;
use crate::word::calendar_class::{CalendarSense, ExpressionStart, TenseCue};
use crate::word::class::{Class, WordClasses};
use crate::word::languages::Languages;

/// Everything that `data/lists` says of one word.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct WordEntry {
    /// The classes it is in.
    pub(crate) classes: WordClasses,
    /// Its meaning in dates.
    pub(crate) calendar: CalendarSense,
    /// The languages that it is a function word of.
    pub(crate) languages: Languages,
    /// What may follow a full stop after it.
    pub(crate) abbreviation: Option<Abbreviation>,
}

impl WordEntry {
    /// A word in these classes.
    pub(crate) const fn new(classes: &[Class]) -> Self {
        let classes = WordClasses::of(classes);
        Self { classes, calendar: CalendarSense::Other, languages: Languages::NONE, abbreviation: None }
    }

    /// The same word with a meaning in the calendar.
    pub(crate) const fn calendar(mut self, sense: CalendarSense) -> Self {
        self.calendar = sense;
        self
    }

    /// The same word as a function word of these languages.
    pub(crate) const fn languages(mut self, languages: Languages) -> Self {
        self.languages = languages;
        self
    }

    /// The same word as an abbreviation.
    pub(crate) const fn abbreviation(mut self, abbreviation: Abbreviation) -> Self {
        self.abbreviation = Some(abbreviation);
        self
    }

    /// Whether the word is in `class`.
    #[inline]
    pub(crate) const fn is(&self, class: Class) -> bool {
        self.classes.has(class)
    }

    /// What the word by itself says of the tense of its clause.
    #[inline]
    pub(crate) fn tense_cue(&self) -> TenseCue {
        if self.is(Class::Past) {
            TenseCue::Past
        } else if self.is(Class::PastPerfect) {
            TenseCue::Had
        } else if self.is(Class::Future) {
            TenseCue::Future
        } else {
            TenseCue::None
        }
    }

    /// What may start with the word.
    #[inline]
    pub(crate) fn starts(&self) -> ExpressionStart {
        if self.is(Class::HolidayStart) {
            ExpressionStart::Holiday
        } else if self.is(Class::TimeExpressionStart) {
            ExpressionStart::Expression
        } else {
            ExpressionStart::Nothing
        }
    }
}
