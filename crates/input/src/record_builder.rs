//! [`RecordBuilder`]: makes articles of records and gives each its own id.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hasher};

use detente::{Article, Warning, WarningKind};

use crate::input_error::{InputError, InputErrorKind, Result};
use crate::json_value::JsonValue;
use crate::options::ReadOptions;
use crate::record::{ReadRecord, RecordReader};

/// Makes articles of the records of one file.
pub(crate) struct RecordBuilder {
    pub(crate) stem: String,
    pub(crate) max_bytes: usize,
    /// Notes on the whole file, added to every article.
    pub(crate) notes: Vec<Warning>,
    records: RecordReader,
    /// Hashes of the ids so far: 8 bytes per record, whatever the length of its id.
    id_hashes: BTreeSet<u64>,
}

impl RecordBuilder {
    pub(crate) fn new(stem: &str, options: &ReadOptions, notes: Vec<Warning>) -> Self {
        Self {
            stem: stem.to_owned(),
            max_bytes: options.max_bytes,
            notes,
            records: RecordReader::new(options.fields.clone()),
            id_hashes: BTreeSet::new(),
        }
    }

    /// Makes an article of `value`, the record on line (or with index) `number`.
    pub(crate) fn record(
        &mut self,
        value: &JsonValue,
        number: usize,
        notes: Vec<Warning>,
    ) -> Result<ReadRecord> {
        let JsonValue::Object(object) = value else {
            return Err(InputError::new(InputErrorKind::NotJson, "not a JSON object"));
        };
        let mut read = self.records.read(object)?;
        read.article.warnings.extend(notes);
        read.article.warnings.extend(self.notes.iter().cloned());
        if read.article.text.len() > self.max_bytes {
            return Err(InputError::too_long("text", self.max_bytes).in_field("text"));
        }
        self.set_id(&mut read.article, number);
        Ok(read)
    }

    /// Gives an article that has no id, or that of an earlier one, the id of its file and `number`.
    pub(crate) fn set_id(&mut self, article: &mut Article, number: usize) {
        if !article.id.is_empty() && self.id_hashes.insert(hash_id(&article.id)) {
            return;
        }
        let repeated = std::mem::replace(&mut article.id, format!("{}#{number}", self.stem));
        if !repeated.is_empty() {
            let message = format!("id {repeated:?} is not unique: {:?} is used", article.id);
            article.warnings.push(Warning::new(WarningKind::RepeatedId, message).with_value(repeated));
        }
        self.id_hashes.insert(hash_id(&article.id));
    }
}

fn hash_id(id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(id.as_bytes());
    hasher.finish()
}
