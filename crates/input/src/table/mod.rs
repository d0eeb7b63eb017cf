//! Tables: comma-, semicolon- and tab-separated rows with a header.

mod cells;
mod reader;
mod row_lines;

pub(crate) use cells::count_cells;
pub(crate) use reader::TableReader;
