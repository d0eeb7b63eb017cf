//! [`ParquetReport`]: results as a Parquet table (feature `parquet`).

use std::io;
use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};

use detente::{ScoredArticle, ScoredStatement};
use detente_report::{Cell, Report, Row, Table};
use parquet::basic::{LogicalType, Repetition, Type as PhysicalType};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;

/// Rows per row group.
const GROUP_ROWS: usize = 4096;

/// Writes a table with the columns of the CSV format.
pub(crate) struct ParquetReport {
    table: Table,
    columns: Vec<Column>,
    writer: Option<SerializedFileWriter<SharedBuffer>>,
    buffer: SharedBuffer,
}

/// Bytes that the `parquet` crate has written and that are not yet copied to the output.
#[derive(Clone, Default)]
struct SharedBuffer(Arc<Mutex<Vec<u8>>>);

impl Write for SharedBuffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

struct Column {
    name: String,
    cells: Vec<Cell>,
}

impl ParquetReport {
    /// A table without rows.
    pub(crate) fn new(table: Table) -> Self {
        Self { table, columns: Vec::new(), writer: None, buffer: SharedBuffer::default() }
    }

    fn add_rows(&mut self, rows: Vec<Row>, out: &mut dyn Write) -> io::Result<()> {
        for row in rows {
            if self.columns.is_empty() {
                self.set_columns(&row);
            }
            for (column, (_, cell)) in self.columns.iter_mut().zip(row) {
                column.cells.push(cell);
            }
            if self.columns.first().map_or(0, |column| column.cells.len()) >= GROUP_ROWS {
                self.write_group(out)?;
            }
        }
        Ok(())
    }

    /// Takes the columns from a row.
    fn set_columns(&mut self, row: &Row) {
        let column = |(name, _): &(String, Cell)| Column { name: name.clone(), cells: Vec::new() };
        self.columns = row.iter().map(column).collect();
    }

    /// Starts the file with the schema of `row`.
    fn start(&mut self, row: &[(String, Cell)]) -> io::Result<()> {
        let schema = Arc::new(schema(row)?);
        let properties = Arc::new(WriterProperties::builder().build());
        self.writer = Some(SerializedFileWriter::new(self.buffer.clone(), schema, properties)?);
        Ok(())
    }

    /// Writes the held rows as a row group.
    fn write_group(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if self.columns.iter().all(|column| column.cells.is_empty()) {
            return Ok(());
        }
        if self.writer.is_none() {
            let first = |column: &Column| Some((column.name.clone(), column.cells.first()?.clone()));
            let row: Row = self.columns.iter().filter_map(first).collect();
            self.start(&row)?;
        }
        if let Some(writer) = &mut self.writer {
            let mut group = writer.next_row_group()?;
            for column in &mut self.columns {
                let Some(mut column_writer) = group.next_column()? else { break };
                let cells = std::mem::take(&mut column.cells);
                let levels: Vec<i16> = cells.iter().map(|cell| i16::from(has_value(cell))).collect();
                let levels = Some(levels.as_slice());
                match cells.first() {
                    Some(Cell::Text(_)) => {
                        let texts = values(&cells, |cell| match cell {
                            Cell::Text(text) => text.as_deref().map(ByteArray::from),
                            _ => None,
                        });
                        column_writer.typed::<ByteArrayType>().write_batch(&texts, levels, None)?
                    }
                    Some(Cell::Number(_)) => {
                        let numbers = values(&cells, |cell| match cell {
                            Cell::Number(number) => *number,
                            _ => None,
                        });
                        column_writer.typed::<DoubleType>().write_batch(&numbers, levels, None)?
                    }
                    Some(Cell::Flag(_)) => {
                        let flags = values(&cells, |cell| match cell {
                            Cell::Flag(flag) => Some(*flag),
                            _ => None,
                        });
                        column_writer.typed::<BoolType>().write_batch(&flags, levels, None)?
                    }
                    _ => {
                        let counts = values(&cells, |cell| match cell {
                            Cell::Count(count) => count.and_then(|count| i64::try_from(count).ok()),
                            _ => None,
                        });
                        column_writer.typed::<Int64Type>().write_batch(&counts, levels, None)?
                    }
                };
                column_writer.close()?;
            }
            group.close()?;
        }
        self.copy_buffer(out)
    }

    fn copy_buffer(&self, out: &mut dyn Write) -> io::Result<()> {
        let bytes = std::mem::take(&mut *self.buffer.0.lock().unwrap_or_else(PoisonError::into_inner));
        out.write_all(&bytes)
    }
}

fn has_value(cell: &Cell) -> bool {
    !matches!(cell, Cell::Text(None) | Cell::Number(None) | Cell::Count(None))
}

/// Returns the values of the cells that have one.
fn values<T>(cells: &[Cell], value: impl Fn(&Cell) -> Option<T>) -> Vec<T> {
    cells.iter().filter_map(value).collect()
}

fn schema(row: &[(String, Cell)]) -> parquet::errors::Result<Type> {
    let field = |(name, cell): &(String, Cell)| {
        let (physical, logical) = match cell {
            Cell::Text(_) => (PhysicalType::BYTE_ARRAY, Some(LogicalType::String)),
            Cell::Number(_) => (PhysicalType::DOUBLE, None),
            Cell::Count(_) => (PhysicalType::INT64, None),
            Cell::Flag(_) => (PhysicalType::BOOLEAN, None),
        };
        let builder = Type::primitive_type_builder(name, physical).with_logical_type(logical);
        builder.with_repetition(Repetition::OPTIONAL).build().map(Arc::new)
    };
    let fields = row.iter().map(field).collect::<parquet::errors::Result<Vec<_>>>()?;
    Type::group_type_builder("detente").with_fields(fields).build()
}

impl Report for ParquetReport {
    fn article(&mut self, article: &ScoredArticle, out: &mut dyn Write) -> io::Result<()> {
        self.add_rows(self.table.rows(article), out)
    }

    fn statement(&mut self, id: &str, statement: &ScoredStatement, out: &mut dyn Write) -> io::Result<()> {
        self.add_rows(self.table.rows_of_record(id, statement), out)
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.write_group(out)?;
        // a table without rows still has its columns
        if let Some(columns) = self.table.columns().filter(|_| self.writer.is_none()) {
            self.start(&columns)?;
        }
        if let Some(writer) = self.writer.take() {
            writer.close()?;
        }
        self.copy_buffer(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    use detente::{Article, Engine};
    use detente_input::ByteCounter;

    #[test]
    fn a_written_table_can_be_read_and_a_damaged_one_is_an_error() {
        let engine = Engine::builtin().expect("the model");
        let (mut table, mut bytes) = (ParquetReport::new(Table::Articles), Vec::new());
        for id in ["a", "b"] {
            let scored = engine.score(&Article::new(id, "They signed the deal on Friday."));
            table.article(&scored, &mut bytes).expect("written");
        }
        table.article(&engine.score(&Article::new("c", "Bread is cheap.")), &mut bytes).expect("written");
        table.end(&mut bytes).expect("written");
        let read = |bytes: &[u8]| {
            let folder = tempfile::tempdir().expect("a folder");
            let path = folder.path().join("a.parquet");
            std::fs::write(&path, bytes).expect("written");
            let mut text = String::new();
            let opened = detente_input::open_input(&path, &ByteCounter::default());
            opened.map_err(|e| e.to_string())?.read_to_string(&mut text).map_err(|e| e.to_string())?;
            Ok::<_, String>(text)
        };
        let rows = read(&bytes).expect("rows");
        let rows: Vec<serde_json::Value> =
            rows.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
        assert_eq!(rows.len(), 3);
        assert!(rows[1]["id"] == "b" && rows[1]["score"].as_f64().is_some_and(|score| score > 0.0));
        assert!(rows[2]["score"].is_null() && rows[2]["reason"].is_string());
        assert!(read(&bytes[..bytes.len() / 2]).is_err() && read(b"PAR1PAR1").is_err() && read(b"").is_err());
    }
}
