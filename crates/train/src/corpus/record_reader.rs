//! [`RecordReader`]: labelled articles and statements, record by record.

use std::collections::BTreeSet;

use detente::{Error, Result};
use serde_json::{Map, Value};

use crate::corpus::record::{Record, duplicate};
use crate::corpus::records::{RecordFormat, Records};

/// Reads records one at a time; a record that breaks the form does not stop the next ones.
///
/// ```
/// use detente_train::{RecordFormat, RecordReader};
/// use serde_json::json;
/// let labels = "negative=-2,positive=2".parse()?;
/// let format = RecordFormat { label_map: Some(labels), id_prefix: "train".to_owned(), ..RecordFormat::default() };
/// let mut reader = RecordReader::new(format);
/// let record = |value: serde_json::Value| value.as_object().cloned().unwrap_or_default();
/// reader.read(2, record(json!({"text": "Talks failed.", "label": "negative"})))?;
/// assert!(reader.read(3, record(json!({"text": "Talks failed.", "label": "bad"}))).is_err());
/// let records = reader.into_records();
/// assert_eq!((records.statements.len(), records.statements[0].id.as_str()), (1, "train#2"));
/// # Ok::<(), detente::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct RecordReader {
    format: RecordFormat,
    records: Records,
    ids: BTreeSet<String>,
}

impl RecordReader {
    /// A reader of records in this format.
    #[must_use]
    pub fn new(format: RecordFormat) -> Self {
        Self { format, records: Records::default(), ids: BTreeSet::new() }
    }

    /// Reads the record on a line.
    ///
    /// # Errors
    /// Names field and reason if the record breaks the form; it is then left out.
    pub fn read(&mut self, line: usize, fields: Map<String, Value>) -> Result<()> {
        let record = Record { fields, format: &self.format, line };
        let id = record.id()?;
        if self.ids.contains(&id) {
            return Err(duplicate(&id));
        }
        record.read_into(id.clone(), &mut self.records)?;
        self.ids.insert(id);
        Ok(())
    }

    /// The records that were read.
    #[must_use]
    pub fn into_records(self) -> Records {
        self.records
    }
}

/// The record on a line of JSONL.
pub(crate) fn parse_line(line: &str) -> Result<Map<String, Value>> {
    serde_json::from_str(line).map_err(|error| {
        if error.is_data() {
            Error::data("not a JSON object")
        } else {
            Error::data(format!("not JSON: {error}")).with_source(error)
        }
    })
}
