//! [`json_lines`]: the rows of a Parquet file as JSON Lines (feature `parquet`).

use std::fs::File;
use std::io;
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};

use parquet::errors::ParquetError;
use parquet::file::metadata::RowGroupMetaData;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::reader::RowIter;

use crate::byte_counter::check_ratio;
use crate::input_error::{InputError, Result};

/// Reads the rows of a Parquet file as JSON Lines: row n is line n.
pub(crate) fn json_lines(file: File) -> Result<Box<dyn Read>> {
    let stored = file.metadata().map_err(InputError::unreadable)?.len();
    let reader = catch_panics(|| SerializedFileReader::new(file)).map_err(InputError::unreadable)?;
    // the crate decompresses a whole column chunk at once, so its size is checked before
    for column in reader.metadata().row_groups().iter().flat_map(RowGroupMetaData::columns) {
        let expanded = u64::try_from(column.uncompressed_size()).unwrap_or(u64::MAX);
        check_ratio(expanded, stored).map_err(InputError::unreadable)?;
    }
    Ok(Box::new(RowReader { rows: reader.into_iter(), line: Vec::new(), position: 0 }))
}

/// Turns a panic of the `parquet` crate, which a damaged file can cause, into an error.
fn catch_panics<T>(read: impl FnOnce() -> Result<T, ParquetError>) -> io::Result<T> {
    match catch_unwind(AssertUnwindSafe(read)) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) => Err(io::Error::new(io::ErrorKind::InvalidData, error.to_string())),
        Err(_) => Err(io::Error::new(io::ErrorKind::InvalidData, "damaged Parquet file")),
    }
}

struct RowReader {
    rows: RowIter<'static>,
    /// The current row as a line, and how much of it was read.
    line: Vec<u8>,
    position: usize,
}

impl Read for RowReader {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        if self.position >= self.line.len() {
            let Some(row) = catch_panics(|| self.rows.next().transpose())? else { return Ok(0) };
            self.line.clear();
            serde_json::to_writer(&mut self.line, &row.to_json_value())?;
            self.line.push(b'\n');
            self.position = 0;
        }
        let count = self.line.get(self.position..).unwrap_or(&[]).read(to)?;
        self.position += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use parquet::data_type::{ByteArray, ByteArrayType};
    use parquet::file::properties::WriterProperties;
    use parquet::file::writer::SerializedFileWriter;
    use parquet::schema::parser::parse_message_type;

    use super::*;
    use crate::byte_counter::ByteCounter;

    #[test]
    fn a_file_that_expands_too_much_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("bomb.parquet");
        let read = |texts: &[ByteArray], has_dictionary| {
            let schema = Arc::new(
                parse_message_type("message m { REQUIRED BYTE_ARRAY text (UTF8); }").expect("a schema"),
            );
            let zstd = parquet::basic::Compression::ZSTD(parquet::basic::ZstdLevel::default());
            let properties =
                WriterProperties::builder().set_compression(zstd).set_dictionary_enabled(has_dictionary);
            let file = File::create(&path).expect("a file");
            let mut writer =
                SerializedFileWriter::new(file, schema, Arc::new(properties.build())).expect("a table");
            let mut group = writer.next_row_group().expect("a group");
            let mut column = group.next_column().expect("no error").expect("a column");
            column.typed::<ByteArrayType>().write_batch(texts, None, None).expect("written");
            column.close().expect("closed");
            group.close().expect("closed");
            writer.close().expect("closed");
            let opened = crate::open::open_input(&path, &ByteCounter::default()).map_err(|e| e.to_string());
            opened.and_then(|mut rows| io::copy(&mut rows, &mut io::sink()).map_err(|e| e.to_string()))
        };
        let long = ByteArray::from("talks ".repeat(15 << 20).into_bytes());
        assert!(read(&[long], false).expect_err("a page of 90 MB").contains("250 times"));
        let row = ByteArray::from("talks ".repeat(1000).into_bytes());
        let error = read(&vec![row.clone(); 20_000], true).expect_err("one text, 20,000 times");
        assert!(error.contains("250 times"), "{error}");
        assert!(read(&[row], true).is_ok());
    }
}
