//! [`WordEntry`]: the data of one word of the word table.

use crate::word::abbreviation_class::Abbreviation;
use crate::word::calendar_class::{CalendarSense, ExpressionStart, TenseCue};
use crate::word::class::{Class, WordClasses};
use crate::word::languages::Languages;

/// The data of one word, from `data/lists`.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct WordEntry {
    /// The classes of the word.
    pub(crate) classes: WordClasses,
    /// Its meaning in dates.
    pub(crate) calendar: CalendarSense,
    /// The languages in which it is a function word.
    pub(crate) languages: Languages,
    /// How its full stop behaves, if it is an abbreviation.
    pub(crate) abbreviation: Option<Abbreviation>,
}

impl WordEntry {
    /// A word in the given classes.
    pub(crate) const fn new(classes: &[Class]) -> Self {
        let classes = WordClasses::of(classes);
        Self { classes, calendar: CalendarSense::Other, languages: Languages::NONE, abbreviation: None }
    }

    /// Sets the meaning in dates.
    pub(crate) const fn calendar(mut self, sense: CalendarSense) -> Self {
        self.calendar = sense;
        self
    }

    /// Sets the languages in which the word is a function word.
    pub(crate) const fn languages(mut self, languages: Languages) -> Self {
        self.languages = languages;
        self
    }

    /// Marks the word as an abbreviation.
    pub(crate) const fn abbreviation(mut self, abbreviation: Abbreviation) -> Self {
        self.abbreviation = Some(abbreviation);
        self
    }

    /// Whether the word is in `class`.
    #[inline]
    pub(crate) const fn is(&self, class: Class) -> bool {
        self.classes.has(class)
    }

    /// The tense that the word alone gives its clause.
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

    /// The kind of expression that may start with the word.
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
