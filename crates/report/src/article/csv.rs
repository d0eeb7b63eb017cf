//! CSV report: one row for each article, statement or event, with the columns of [`Table`].

use std::io;
use std::io::Write;

use detente::{ScoredArticle, ScoredStatement};

use crate::article::format::Report;
use crate::article::table::{Cell, Row, Table};

/// A CSV table with a header.
#[derive(Debug)]
pub struct CsvReport {
    table: Table,
    has_header: bool,
}

impl CsvReport {
    /// Creates a report with the rows of `table`.
    #[must_use]
    pub fn new(table: Table) -> Self {
        Self { table, has_header: false }
    }

    fn write_rows(&mut self, rows: &[Row], out: &mut dyn Write) -> io::Result<()> {
        // one writer for each record: `out` is borrowed for one call only, and the caller buffers
        let mut writer = ::csv::Writer::from_writer(out);
        for row in rows {
            if !std::mem::replace(&mut self.has_header, true) {
                writer.write_record(row.iter().map(|(name, _)| name))?;
            }
            writer.write_record(row.iter().map(|(_, cell)| Cell::to_csv(cell)))?;
        }
        writer.flush()
    }
}

impl Report for CsvReport {
    fn article(&mut self, article: &ScoredArticle, out: &mut dyn Write) -> io::Result<()> {
        self.write_rows(&self.table.rows(article), out)
    }

    fn statement(&mut self, id: &str, statement: &ScoredStatement, out: &mut dyn Write) -> io::Result<()> {
        self.write_rows(&self.table.rows_of_record(id, statement), out)
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        // a table without rows still has its header
        if let Some(columns) = self.table.columns().filter(|_| !self.has_header) {
            let mut writer = ::csv::Writer::from_writer(out);
            writer.write_record(columns.iter().map(|(name, _)| name))?;
            writer.flush()?;
        }
        Ok(())
    }
}
