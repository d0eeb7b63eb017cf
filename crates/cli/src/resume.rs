//! [`WrittenRecords`]: the records that an interrupted run has written, compared with the inputs of its continuation.

use std::fs::File;
use std::io::{self, BufRead, BufReader};

use anyhow::Context;

/// The records of an output that a run continues, as JSON Lines.
pub(crate) struct WrittenRecords {
    lines: io::Take<BufReader<File>>,
    name: String,
    line: usize,
}

/// The fields that show whether a record is from the same inputs and model.
#[derive(serde::Deserialize)]
struct Record {
    id: String,
    model: Option<String>,
}

impl WrittenRecords {
    /// The records in `lines`, which belong to the file `name`.
    pub(crate) fn new(lines: io::Take<BufReader<File>>, name: String) -> Self {
        Self { lines, name, line: 0 }
    }

    /// Takes the next record if there is one, and checks that it is the article `id` as scored by `model`.
    pub(crate) fn take_matching(&mut self, id: &str, model: &str) -> anyhow::Result<bool> {
        let mut line = Vec::new();
        if self.lines.read_until(b'\n', &mut line)? == 0 {
            return Ok(false);
        }
        self.line += 1;
        let place = || format!("{}: line {}", self.name, self.line);
        let record: Record = serde_json::from_slice(&line)
            .with_context(|| format!("{}: cannot resume: not a scored record", place()))?;
        if record.id != id {
            anyhow::bail!(
                "{}: cannot resume: the record is {:?}, but the input has {id:?} here",
                place(),
                record.id
            );
        }
        if let Some(other) = record.model.filter(|other| other != model) {
            anyhow::bail!("{}: cannot resume: the record was scored by model {other}, not {model}", place());
        }
        Ok(true)
    }

    /// The number of records taken so far.
    pub(crate) fn count(&self) -> usize {
        self.line
    }

    /// Checks that no record is left at the end of the inputs.
    pub(crate) fn check_end(mut self) -> anyhow::Result<()> {
        if self.lines.fill_buf()?.is_empty() {
            return Ok(());
        }
        anyhow::bail!("{}: cannot resume: it has more records than the inputs ({})", self.name, self.line)
    }
}
