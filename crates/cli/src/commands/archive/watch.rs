//! `detente archive add --watch`: looks at a folder again and again.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use detente_archive::FileStamp;
use detente_input::{InputFiles, InputOptions};

use crate::args::AddArgs;
use crate::commands::archive::adder::Adder;
use crate::exit_status::ExitStatus;
use crate::message::print_message;

/// Adds the files of `folder` that are new or have changed, until the process is ended. A file is read once two looks
/// in a row find it unchanged: it may still be being written.
///
/// Polling works on every file system, network disks included.
pub(crate) fn watch(adder: &mut Adder<'_>, folder: &Path, args: &AddArgs) -> anyhow::Result<ExitStatus> {
    anyhow::ensure!(folder.is_dir(), "--watch {}: not a folder", folder.display());
    let folder = std::path::absolute(folder)?;
    let options = InputOptions { inputs: vec![folder], files_from: None, ..args.input.to_options() };
    let mut last_look = BTreeMap::new();
    // each message once, not at every look
    let mut told = BTreeSet::new();
    loop {
        let look = look(&options, &mut told);
        for (file, stamp) in &look {
            if last_look.get(file) == Some(stamp) && adder.archive.seen(file)? != Some(*stamp) {
                tracing::info!(file = %file.display(), "new or changed");
                adder.add(InputOptions { inputs: vec![file.clone()], ..options.clone() })?;
                adder.archive.mark_seen(file, *stamp)?;
            }
        }
        last_look = look;
        std::thread::sleep(args.every);
    }
}

/// The files of the folder with size and time.
fn look(options: &InputOptions, told: &mut BTreeSet<String>) -> BTreeMap<PathBuf, FileStamp> {
    let mut found = BTreeMap::new();
    let mut tell = |message: String| {
        if !told.contains(&message) {
            print_message(format_args!("detente: {message}"));
            told.insert(message);
        }
    };
    let mut files = InputFiles::new(options);
    for file in files.by_ref() {
        match file {
            Ok(file) => {
                // a file that is gone again is not there
                if let Some(stamp) = stamp(&file) {
                    found.insert(file, stamp);
                }
            }
            Err(error) => tell(error.to_string()),
        }
    }
    for skipped in files.take_skipped() {
        tell(skipped.to_string());
    }
    found
}

fn stamp(file: &Path) -> Option<FileStamp> {
    let data = file.metadata().ok()?;
    let modified = data.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some(FileStamp { bytes: data.len(), modified: i64::try_from(modified.as_nanos()).ok()? })
}
