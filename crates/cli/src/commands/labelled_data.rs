//! Labelled files, and texts that a model was trained on: what `train` and `evaluate` share.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;
use std::path::Path;

use anyhow::{Context, bail};
use detente_input::{LabelledFile, RequiredField, RowPlace, read_labelled_file};
use detente_train::{Correction, LabelledStatement, RecordFormat, RecordReader, Records, TrainingTextHashes};

use crate::args::LabelledArgs;
use crate::commands::label_hint::check_labels;

/// Faults of a file that are listed.
const MAX_FAULTS: usize = 10;

/// Reads labelled files.
pub(crate) struct LabelledReader<'a> {
    args: &'a LabelledArgs,
    /// Whether notes on a file go to stderr.
    has_notes: bool,
    allow_unlabelled: bool,
}

impl<'a> LabelledReader<'a> {
    pub(crate) fn new(args: &'a LabelledArgs, is_quiet: bool) -> Self {
        Self { args, has_notes: !is_quiet, allow_unlabelled: false }
    }

    /// Statements may lack a label.
    pub(crate) fn allow_unlabelled(self) -> Self {
        Self { allow_unlabelled: true, ..self }
    }

    /// Reads the records of a labelled file.
    ///
    /// # Errors
    /// If the file cannot be read, or lists the first faults of its records.
    pub(crate) fn read(&self, path: &Path) -> anyhow::Result<Records> {
        let file = read_labelled_file(path, &self.args.fields(), RequiredField::Text)?;
        let format = self.format(path);
        if format.label_map.is_none() && format.label_range.is_none() && !self.allow_unlabelled {
            check_labels(&path.display().to_string(), &file)?;
        }
        let mut reader = RecordReader::new(format);
        let mut faults = Faults::new(&file);
        for row in &file.rows {
            if let Err(error) = reader.read(line_of(row.place), row.fields.clone()) {
                faults.add(path, row.place, error);
            }
        }
        faults.check(path)?;
        let records = reader.into_records();
        if self.has_notes {
            print_notes(path, &file, &records);
        }
        Ok(records)
    }

    /// Reads the labels of a later pass, with their places; rows that are not labelled yet are left out.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    pub(crate) fn read_corrections(&self, path: &Path) -> anyhow::Result<Vec<(RowPlace, Correction)>> {
        let file = read_labelled_file(path, &self.args.fields(), RequiredField::Id)?;
        let format = self.format(path);
        if format.label_map.is_none() && format.label_range.is_none() {
            check_labels(&path.display().to_string(), &file)?;
        }
        let mut faults = Faults::new(&file);
        let (mut corrections, mut ids) = (Vec::new(), BTreeSet::new());
        for row in &file.rows {
            match Correction::read(line_of(row.place), row.fields.clone(), &format) {
                Ok(Some(correction)) if !ids.insert(correction.id.clone()) => {
                    let message = format!("field \"id\": {:?} occurs twice", correction.id);
                    faults.add(path, row.place, detente::Error::data(message));
                }
                Ok(Some(correction)) => corrections.push((row.place, correction)),
                Ok(None) => {}
                Err(error) => faults.add(path, row.place, error),
            }
        }
        faults.check(path)?;
        Ok(corrections)
    }

    /// Prints a note on stderr, unless the run is quiet.
    pub(crate) fn print_note(&self, note: fmt::Arguments<'_>) {
        if self.has_notes {
            crate::message::print_message(note);
        }
    }

    fn format(&self, path: &Path) -> RecordFormat {
        RecordFormat {
            label_map: self.args.labels.clone(),
            label_range: self.args.label_range,
            allow_unlabelled: self.allow_unlabelled,
            id_prefix: path.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
        }
    }
}

/// The faults of a file, by place.
struct Faults(Vec<(usize, String)>);

impl Faults {
    /// The faults of the records that could not be read.
    fn new(file: &LabelledFile) -> Self {
        let place = |error: &detente_input::InputError| error.line().or(error.record()).unwrap_or(0);
        Self(file.faults.iter().map(|error| (place(error), error.to_string())).collect())
    }

    fn add(&mut self, path: &Path, place: RowPlace, error: detente::Error) {
        let error = match place {
            RowPlace::Line(line) => error.at_line(line),
            RowPlace::Record(record) => error.within(format!("record {record}")),
        };
        self.0.push((line_of(place), error.in_file(path).to_string()));
    }

    /// Fails if there are faults; the message lists the first ones.
    fn check(mut self, path: &Path) -> anyhow::Result<()> {
        if self.0.is_empty() {
            return Ok(());
        }
        self.0.sort_by_key(|(place, _)| *place);
        let count = self.0.len();
        let mut lines: Vec<String> =
            self.0.into_iter().take(MAX_FAULTS).map(|(_, message)| message).collect();
        if count > 1 {
            let rest = if count > MAX_FAULTS {
                format!(", the first {MAX_FAULTS} are listed")
            } else {
                String::new()
            };
            lines.push(format!("{}: {count} faulty records{rest}; nothing was done", path.display()));
        }
        bail!(lines.join("\n"));
    }
}

fn line_of(place: RowPlace) -> usize {
    let (RowPlace::Line(number) | RowPlace::Record(number)) = place;
    number
}

/// Says what was read under other names than the usual ones, and what was left out.
fn print_notes(path: &Path, file: &LabelledFile, records: &Records) {
    let mut notes: Vec<String> =
        file.renamed.iter().map(|(role, name)| format!("{role} is read from {name:?}")).collect();
    if records.unlabelled > 0 {
        notes.push(format!("{} without a label are left out", records.unlabelled));
    }
    if file.left_out > 0 {
        notes.push(format!("{} that the annotator rejected or skipped are left out", file.left_out));
    }
    if !notes.is_empty() {
        let statements = records.all_statements().count();
        let message = format_args!("{}: {statements} statements; {}", path.display(), notes.join("; "));
        crate::message::print_message(message);
    }
}

/// Reads a text file.
pub(crate) fn read_text(path: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

/// Reads the bytes of a file, for its checksum.
pub(crate) fn read_bytes(path: &Path) -> anyhow::Result<Vec<u8>> {
    std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}

/// The name of a file without its folder, as cards and reports show it.
pub(crate) fn file_name(path: &Path) -> Cow<'_, str> {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy()
}

/// The hashes of the texts that the model in `folder` (or the built-in one) was trained on. `None` if the folder does
/// not have them.
pub(crate) fn training_text_hashes(folder: Option<&Path>) -> anyhow::Result<Option<TrainingTextHashes>> {
    let Some(folder) = folder else { return Ok(Some(TrainingTextHashes::builtin()?)) };
    let file = folder.join("seen.bin");
    match std::fs::read(&file) {
        Ok(bytes) => {
            Ok(Some(TrainingTextHashes::from_bytes(&bytes).with_context(|| file.display().to_string())?))
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("cannot read {}", file.display())),
    }
}

/// The first of `statements` whose text is in `hashes`, and the number of such statements.
pub(crate) fn find_overlap<'a>(
    hashes: &TrainingTextHashes,
    statements: impl IntoIterator<Item = &'a LabelledStatement>,
) -> Option<(&'a LabelledStatement, usize)> {
    let mut found = statements.into_iter().filter(|statement| hashes.contains(&statement.text));
    found.next().map(|first| (first, 1 + found.count()))
}
