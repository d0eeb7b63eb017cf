//! Dates: the time expressions of sentences, resolved against the date of the article.

pub(crate) mod anchor;
pub(crate) mod background;
pub(crate) mod calendar_word;
pub(crate) mod clause;
pub(crate) mod date_check;
pub(crate) mod dating;
pub(crate) mod exclusion;
pub(crate) mod expression;
pub(crate) mod expression_type;
pub(crate) mod holiday;
pub(crate) mod holiday_table;
pub(crate) mod holiday_type;
pub(crate) mod label;
pub(crate) mod lunar_new_year_table;
pub(crate) mod meaning;
pub(crate) mod numeral;
pub(crate) mod patterns;
pub(crate) mod resolution;
pub(crate) mod tense;
pub(crate) mod types;

#[cfg(test)]
pub(crate) mod testing;
