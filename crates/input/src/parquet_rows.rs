//! Rows of Parquet files as JSON lines (feature `parquet`).

use std::fs::File;
use std::io;
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};

use parquet::errors::ParquetError;
use parquet::file::metadata::RowGroupMetaData;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::reader::RowIter;

use crate::byte_guard::check_ratio;

/// The rows of a Parquet file as JSON lines: the number of a line is that of its row.
pub(crate) fn lines(file: File) -> Result<Box<dyn Read>, String> {
    let packed = file.metadata().map_err(|e| e.to_string())?.len();
    let reader = guarded(|| SerializedFileReader::new(file)).map_err(|e| e.to_string())?;
    // a part of a column is held whole
    for column in reader.metadata().row_groups().iter().flat_map(RowGroupMetaData::columns) {
        let unpacked = u64::try_from(column.uncompressed_size()).unwrap_or(u64::MAX);
        check_ratio(unpacked, packed).map_err(|e| e.to_string())?;
    }
    Ok(Box::new(Lines { rows: reader.into_iter(), line: Vec::new(), at: 0 }))
}

/// What the crate's reader says; a panic of it, which a damaged file may cause, is an error too.
fn guarded<T>(read: impl FnOnce() -> Result<T, ParquetError>) -> io::Result<T> {
    match catch_unwind(AssertUnwindSafe(read)) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) => Err(io::Error::new(io::ErrorKind::InvalidData, error.to_string())),
        Err(_) => Err(io::Error::new(io::ErrorKind::InvalidData, "a damaged Parquet file")),
    }
}

struct Lines {
    rows: RowIter<'static>,
    line: Vec<u8>,
    at: usize,
}

impl Read for Lines {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        if self.at >= self.line.len() {
            let Some(row) = guarded(|| self.rows.next().transpose())? else { return Ok(0) };
            self.line.clear();
            serde_json::to_writer(&mut self.line, &row.to_json_value())?;
            self.line.push(b'\n');
            self.at = 0;
        }
        let count = self.line.get(self.at..).unwrap_or(&[]).read(to)?;
        self.at += count;
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

    #[test]
    fn a_small_file_of_much_text_is_refused() {
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
            let opened = crate::open::open(&path, &Arc::default());
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
