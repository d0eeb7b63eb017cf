//! [`ParquetReport`]: results as a Parquet table (feature `parquet`).

use std::io;
use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};

use detente::{Probability, ScoredArticle, ScoredStatement};
use detente_report::Report;
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;

/// Rows per row group.
const GROUP_ROWS: usize = 4096;

/// Writes a table: for articles the columns of the CSV format, for statements score, bearing, hedge and the most
/// probable class.
pub(crate) struct ParquetReport {
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
    name: &'static str,
    cells: Vec<Cell>,
}

#[derive(Clone)]
enum Cell {
    Text(Option<String>),
    Number(Option<f64>),
    Count(usize),
}

impl ParquetReport {
    /// A table without rows.
    pub(crate) fn new() -> Self {
        Self { columns: Vec::new(), writer: None, buffer: SharedBuffer::default() }
    }

    fn add_row(&mut self, row: Vec<(&'static str, Cell)>, out: &mut dyn Write) -> io::Result<()> {
        if self.columns.is_empty() {
            self.columns = row.iter().map(|(name, _)| Column { name, cells: Vec::new() }).collect();
        }
        for (column, (_, cell)) in self.columns.iter_mut().zip(row) {
            column.cells.push(cell);
        }
        let held = self.columns.first().map_or(0, |column| column.cells.len());
        if held < GROUP_ROWS { Ok(()) } else { self.write_group(out) }
    }

    /// Writes the held rows as a row group.
    fn write_group(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if self.columns.iter().all(|column| column.cells.is_empty()) {
            return Ok(());
        }
        if self.writer.is_none() {
            let schema = Arc::new(parse_message_type(&schema(&self.columns))?);
            let properties = Arc::new(WriterProperties::builder().build());
            self.writer = Some(SerializedFileWriter::new(self.buffer.clone(), schema, properties)?);
        }
        if let Some(writer) = &mut self.writer {
            let mut group = writer.next_row_group()?;
            for column in &mut self.columns {
                let Some(mut column_writer) = group.next_column()? else { break };
                let cells = std::mem::take(&mut column.cells);
                let levels: Vec<i16> = cells.iter().map(|cell| i16::from(cell.is_some())).collect();
                let texts = cells.iter().filter_map(Cell::text).map(ByteArray::from).collect::<Vec<_>>();
                let numbers = cells.iter().filter_map(Cell::number).collect::<Vec<_>>();
                let counts = cells.iter().filter_map(Cell::count).collect::<Vec<_>>();
                match cells.first() {
                    Some(Cell::Text(_)) => {
                        column_writer.typed::<ByteArrayType>().write_batch(&texts, Some(&levels), None)?
                    }
                    Some(Cell::Number(_)) => {
                        column_writer.typed::<DoubleType>().write_batch(&numbers, Some(&levels), None)?
                    }
                    _ => column_writer.typed::<Int64Type>().write_batch(&counts, Some(&levels), None)?,
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

impl Cell {
    fn is_some(&self) -> bool {
        !matches!(self, Self::Text(None) | Self::Number(None))
    }

    fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self { text.as_deref() } else { None }
    }

    fn number(&self) -> Option<f64> {
        if let Self::Number(number) = self { *number } else { None }
    }

    fn count(&self) -> Option<i64> {
        if let Self::Count(count) = self { i64::try_from(*count).ok() } else { None }
    }
}

fn schema(columns: &[Column]) -> String {
    let field = |column: &Column| match column.cells.first() {
        Some(Cell::Text(_)) => format!("OPTIONAL BYTE_ARRAY {} (UTF8);", column.name),
        Some(Cell::Number(_)) => format!("OPTIONAL DOUBLE {};", column.name),
        _ => format!("OPTIONAL INT64 {};", column.name),
    };
    format!("message detente {{ {} }}", columns.iter().map(field).collect::<String>())
}

impl Report for ParquetReport {
    fn article(&mut self, a: &ScoredArticle, out: &mut dyn Write) -> io::Result<()> {
        let outlook = a.outlook.as_ref();
        let text = |text: &Option<String>| Cell::Text(text.clone());
        let warnings =
            a.warnings.iter().map(|warning| warning.message.as_str()).collect::<Vec<_>>().join("; ");
        let row = vec![
            ("id", Cell::Text(Some(a.id.clone()))),
            ("date", Cell::Text(a.date.map(|day| day.to_string()))),
            ("title", text(&a.title)),
            ("model", Cell::Text(Some(a.model.clone()))),
            ("score", Cell::Number(outlook.map(|o| o.score.get()))),
            ("low", Cell::Number(outlook.map(|o| o.low.get()))),
            ("high", Cell::Number(outlook.map(|o| o.high.get()))),
            ("coverage", Cell::Number(outlook.map(|o| o.coverage.get()))),
            ("reading", Cell::Text(outlook.map(|o| o.reading.to_string()))),
            ("hedge", Cell::Number(outlook.and_then(|o| o.hedge).map(Probability::get))),
            ("statements", Cell::Count(a.statements.len())),
            ("bearing", Cell::Count(outlook.map_or(0, |o| o.bearing))),
            ("reason", text(&a.reason)),
            ("warnings", Cell::Text((!warnings.is_empty()).then_some(warnings))),
            ("source", text(&a.source)),
        ];
        self.add_row(row, out)
    }

    fn statement(&mut self, id: &str, s: &ScoredStatement, out: &mut dyn Write) -> io::Result<()> {
        let mut row = vec![
            ("id", Cell::Text(Some(id.to_owned()))),
            ("score", Cell::Number(Some(s.score.unwrap_or_default().get()))),
            ("bearing", Cell::Number(s.bearing.map(Probability::get))),
            ("hedge", Cell::Number(s.hedge.map(Probability::get))),
        ];
        row.extend(s.label.clone().map(|label| ("label", Cell::Text(Some(label)))));
        self.add_row(row, out)
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.write_group(out)?;
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
        let (mut table, mut bytes) = (ParquetReport::new(), Vec::new());
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
