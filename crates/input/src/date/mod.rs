//! Dates as fields, mail headers, bylines and file names write them.

mod field;
mod numeric;
mod order;
mod pattern;
mod reading;
mod time_stamp;
mod words;

pub(crate) use field::{date_in_file_name, parse_date, read_date};
pub(crate) use order::OrderVotes;
pub use pattern::DatePattern;
pub(crate) use reading::DateReading;
pub(crate) use words::is_date_word;
