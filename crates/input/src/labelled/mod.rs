//! Labelled records from tables, JSON and Parquet, and from the exports of labelling tools.

mod exports;
mod fields;
mod file;

pub use fields::LabelledFields;
pub use file::{LabelledFile, LabelledRow, RequiredField, RowPlace, read_labelled_file};
