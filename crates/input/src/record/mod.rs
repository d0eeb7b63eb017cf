//! Articles from records: JSON objects and rows of tables.

mod article;
#[cfg(test)]
mod article_tests;
mod candidates;
mod date_choice;
mod field_names;
mod labelled;
mod path;
mod values;

pub(crate) use article::{ReadRecord, RecordReader, check_columns, listed, no_text_field};
pub(crate) use date_choice::FieldReading;
pub(crate) use field_names::{MAX_NAME, Role, names_text, normal_form, role_of};
