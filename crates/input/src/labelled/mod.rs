//! Labelled records from tables, JSON and Parquet, and from the exports of labelling tools.

mod exports;
mod fields;
mod file;

pub use fields::{LabelledFields, RequiredField};
pub use file::{LabelledFile, LabelledRow, RowPlace, read_labelled_file};
