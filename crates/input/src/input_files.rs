//! [`InputFiles`]: the files that inputs name, in a fixed order. An input is a file, a folder, a glob pattern, a list of
//! files, or standard input.

use std::collections::VecDeque;
use std::ffi::OsStr;
use std::fmt;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::input_error::InputError;
use crate::open::{format_of_path, is_stdin};
use crate::options::InputOptions;

/// The paths of the files that inputs name: inputs in the order given, then those of the list; files of a folder or
/// pattern by name. `-` stands for standard input.
///
/// Folders are walked lazily. Hidden files and folders are left out unless an input or pattern names them, and files
/// of a folder that are not articles by their extension are skipped.
pub struct InputFiles {
    waiting: VecDeque<PathBuf>,
    /// Why the list of files could not be read.
    list_error: Option<InputError>,
    folder: Option<OpenFolder>,
    skipped: Vec<SkippedFile>,
    /// The file that results are written to, without links.
    own_output: Option<PathBuf>,
}

struct OpenFolder {
    path: PathBuf,
    /// Whether it had a file that is read.
    has_files: bool,
    entries: walkdir::IntoIter,
}

/// A file in a folder that is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SkippedFile {
    /// The file.
    pub path: PathBuf,
    /// Why it is not read.
    pub reason: SkipReason,
}

/// Why a file in a folder is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SkipReason {
    /// A symbolic link to a folder; following it could loop.
    LinkToFolder,
    /// A device, socket or pipe.
    NotRegularFile,
    /// The results of this run, or of an earlier run of the same command, are written to it.
    OwnOutput,
    /// The extension is not that of a known format.
    UnknownFormat,
}

impl fmt::Display for SkippedFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reason = match self.reason {
            SkipReason::LinkToFolder => "symbolic link to a folder",
            SkipReason::NotRegularFile => "not a regular file",
            SkipReason::OwnOutput => "output of this command",
            SkipReason::UnknownFormat => "unknown format",
        };
        write!(f, "{}: skipped: {reason}", self.path.display())
    }
}

impl InputFiles {
    /// The files of `options.inputs` and `options.files_from`. No file is opened, except the list.
    #[must_use]
    pub fn new(options: &InputOptions) -> Self {
        let mut waiting: VecDeque<PathBuf> = options.inputs.iter().cloned().collect();
        let mut list_error = None;
        match &options.files_from {
            None if waiting.is_empty() => waiting.push_back(PathBuf::from("-")),
            None => {}
            Some(list) => match read_list(list) {
                Ok(paths) => waiting.extend(paths),
                Err(error) => list_error = Some(InputError::unreadable(error).in_file(list)),
            },
        }
        let own_output = options.output.as_ref().and_then(|path| path.canonicalize().ok());
        Self { waiting, list_error, folder: None, skipped: Vec::new(), own_output }
    }

    /// Takes the files that were skipped since the last call.
    pub fn take_skipped(&mut self) -> Vec<SkippedFile> {
        std::mem::take(&mut self.skipped)
    }

    /// The bytes of all inputs that are still to be read. `None` if one is standard input or a pattern.
    #[must_use]
    pub fn total_bytes(&self) -> Option<u64> {
        let mut sum = 0;
        for input in &self.waiting {
            if is_stdin(input) || is_glob(&input.to_string_lossy()) {
                return None;
            }
            let files = WalkDir::new(input).into_iter().filter_map(Result::ok);
            let sizes = files.filter_map(|file| file.metadata().ok()).filter(std::fs::Metadata::is_file);
            sum += sizes.map(|data| data.len()).sum::<u64>();
        }
        Some(sum)
    }

    /// The next file of the open folder.
    fn next_in_folder(&mut self) -> Option<Result<PathBuf, InputError>> {
        let folder = self.folder.as_mut()?;
        loop {
            let entry = match folder.entries.next() {
                None => {
                    let OpenFolder { path, has_files, .. } = self.folder.take()?;
                    let error =
                        || InputError::unreadable("no file of a known format in this folder").in_file(path);
                    return (!has_files).then(|| Err(error()));
                }
                Some(Err(error)) => {
                    let path = error.path().unwrap_or(&folder.path).to_owned();
                    let reason = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
                    return Some(Err(InputError::unreadable(reason).in_file(path)));
                }
                Some(Ok(entry)) => entry,
            };
            let is_folder = entry.file_type().is_dir();
            let is_hidden = entry.depth() > 0 && is_hidden_name(entry.file_name());
            if is_hidden && is_folder {
                folder.entries.skip_current_dir();
            }
            if is_hidden || is_folder {
                continue;
            }
            let path = entry.path();
            let reason = match path.metadata() {
                Err(error) => return Some(Err(InputError::unreadable(error).in_file(path))),
                Ok(target) if entry.path_is_symlink() && target.is_dir() => SkipReason::LinkToFolder,
                Ok(target) if !target.is_file() => SkipReason::NotRegularFile,
                Ok(_) if self.own_output.is_some() && path.canonicalize().ok() == self.own_output => {
                    SkipReason::OwnOutput
                }
                Ok(_) if format_of_path(path).is_none() => SkipReason::UnknownFormat,
                Ok(_) => {
                    folder.has_files = true;
                    return Some(Ok(entry.into_path()));
                }
            };
            self.skipped.push(SkippedFile { path: entry.into_path(), reason });
        }
    }
}

impl Iterator for InputFiles {
    type Item = Result<PathBuf, InputError>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(error) = self.list_error.take() {
            return Some(Err(error));
        }
        loop {
            if let Some(found) = self.next_in_folder() {
                return Some(found);
            }
            let path = self.waiting.pop_front()?;
            if is_stdin(&path) {
                return Some(Ok(path));
            }
            if path.is_dir() {
                let entries = WalkDir::new(&path).sort_by_file_name().into_iter();
                self.folder = Some(OpenFolder { path, has_files: false, entries });
                continue;
            }
            let pattern = path.to_string_lossy();
            if is_address(&pattern) && !path.exists() {
                let advice = "pages are not fetched: save the page and give its file";
                return Some(Err(InputError::unreadable(advice).in_file(path)));
            }
            if path.exists() || !is_glob(&pattern) {
                return Some(Ok(path));
            }
            match expand_glob(&pattern) {
                Ok(files) => files.into_iter().rev().for_each(|file| self.waiting.push_front(file)),
                Err(reason) => return Some(Err(InputError::unreadable(reason).in_file(path))),
            }
        }
    }
}

/// Whether an input is the address of a page.
fn is_address(input: &str) -> bool {
    input.starts_with("http://") || input.starts_with("https://")
}

/// The paths in the list at `path`, one per line, without blank lines.
fn read_list(path: &Path) -> io::Result<Vec<PathBuf>> {
    let mut bytes = Vec::new();
    if is_stdin(path) {
        io::stdin().read_to_end(&mut bytes)?;
    } else {
        bytes = std::fs::read(path)?;
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
    let lines = bytes.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    Ok(lines.filter(|line| !line.iter().all(u8::is_ascii_whitespace)).map(path_of_bytes).collect())
}

/// The path that a line names: names of files need not be UTF-8.
#[cfg(unix)]
fn path_of_bytes(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(OsStr::from_bytes(bytes))
}

#[cfg(not(unix))]
fn path_of_bytes(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}

fn is_glob(name: &str) -> bool {
    name.contains(['*', '?', '[', '{'])
}

/// The files that match a pattern, by name. Hidden files, and those in hidden folders, match only a pattern that has
/// the dot itself.
fn expand_glob(pattern: &str) -> Result<Vec<PathBuf>, String> {
    let matcher = globset::GlobBuilder::new(pattern)
        .literal_separator(true)
        .build()
        .map_err(|error| error.to_string())?
        .compile_matcher();
    let literal_prefix: PathBuf =
        Path::new(pattern).iter().take_while(|part| !is_glob(&part.to_string_lossy())).collect();
    let is_relative = literal_prefix.as_os_str().is_empty();
    let root = if is_relative { PathBuf::from(".") } else { literal_prefix.clone() };
    let has_hidden_part = |path: &Path| path.iter().skip(literal_prefix.iter().count()).any(is_hidden_name);
    let matches_hidden = has_hidden_part(Path::new(pattern));
    let found: Vec<PathBuf> = WalkDir::new(&root)
        .sort_by_file_name()
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            if is_relative {
                entry.path().strip_prefix(".").unwrap_or(entry.path()).to_owned()
            } else {
                entry.into_path()
            }
        })
        .filter(|path| matcher.is_match(path) && (matches_hidden || !has_hidden_part(path)))
        .collect();
    if found.is_empty() { Err("no file matches".to_owned()) } else { Ok(found) }
}

/// Whether a file or folder is hidden. `.` and `..` are not.
fn is_hidden_name(name: &OsStr) -> bool {
    name != "." && name != ".." && name.as_encoded_bytes().starts_with(b".")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Makes empty files and lists those that `inputs` name, relative to their folder.
    fn list(files: &[&str], inputs: &[&str]) -> (Vec<String>, Vec<SkipReason>) {
        let folder = tempfile::tempdir().expect("a folder");
        for file in files {
            let path = folder.path().join(file);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            std::fs::write(path, "").expect("written");
        }
        let inputs = inputs.iter().map(|input| folder.path().join(input)).collect();
        let mut found = InputFiles::new(&InputOptions { inputs, ..InputOptions::default() });
        let relative = |path: &Path| path.strip_prefix(folder.path()).unwrap_or(path).display().to_string();
        let names = found.by_ref().map(|file| match file {
            Ok(path) => relative(&path),
            Err(error) => {
                format!("{}: {}", relative(error.path().expect("a path")), error.message())
            }
        });
        let names = names.collect();
        (names, found.take_skipped().into_iter().map(|file| file.reason).collect())
    }

    #[test]
    fn folders_without_files_and_addresses_are_errors() {
        let (names, _) = list(&["a/d.pdf", "b/c.txt"], &["a", "b"]);
        assert_eq!(names, ["a: no file of a known format in this folder", "b/c.txt"]);
        let inputs = vec![PathBuf::from("https://news.example/talks")];
        let mut found = InputFiles::new(&InputOptions { inputs, ..InputOptions::default() });
        let error = found.next().expect("an error").expect_err("no file");
        assert!(error.message().contains("save the page"), "{}", error.message());
    }

    #[test]
    fn files_of_a_folder_are_sorted_and_unknown_ones_skipped() {
        let (names, skipped) = list(&["b.txt", "a/c.md", "d.pdf", ".e.txt", ".f/g.txt"], &[""]);
        assert_eq!(names, ["a/c.md", "b.txt"]);
        assert_eq!(skipped, [SkipReason::UnknownFormat]);
    }

    #[test]
    fn named_files_are_read_whatever_their_extension() {
        let (names, skipped) = list(&["b.txt", "d.pdf", ".e.txt"], &["d.pdf", ".e.txt", "b.txt"]);
        assert_eq!(names, ["d.pdf", ".e.txt", "b.txt"]);
        assert!(skipped.is_empty());
    }

    #[test]
    fn a_pattern_matches_hidden_files_only_if_it_has_the_dot() {
        let files = ["a.txt", ".b.txt", "s/c.txt", ".h/d.txt", "s/.h/e.txt"];
        for (pattern, wanted) in [
            ("*.txt", "a.txt"),
            ("**/*.txt", "a.txt s/c.txt"),
            (".*.txt", ".b.txt"),
            ("s/.h/*", "s/.h/e.txt"),
        ] {
            assert_eq!(list(&files, &[pattern]).0.join(" "), wanted, "{pattern}");
        }
        assert_eq!(list(&files, &["*.csv"]).0, ["*.csv: no file matches"]);
    }

    #[test]
    fn a_list_follows_the_inputs_and_may_be_missing() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("list");
        std::fs::write(&path, "\u{feff}a.txt\r\n \nb.txt\n").expect("written");
        let options =
            InputOptions { inputs: vec!["c.txt".into()], files_from: Some(path), ..InputOptions::default() };
        let found: Vec<PathBuf> = InputFiles::new(&options).map(|file| file.expect("a file")).collect();
        assert_eq!(found, ["c.txt", "a.txt", "b.txt"].map(PathBuf::from));
        let options = InputOptions { files_from: Some("no-such-list".into()), ..InputOptions::default() };
        let error = InputFiles::new(&options).next().expect("one").expect_err("missing");
        assert_eq!(error.path(), Some(Path::new("no-such-list")));
    }

    #[test]
    fn the_output_is_no_input_of_its_folder() {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["a.txt", "out.jsonl"] {
            std::fs::write(folder.path().join(name), "x").expect("written");
        }
        let output = Some(folder.path().join("out.jsonl"));
        let options =
            InputOptions { inputs: vec![folder.path().to_owned()], output, ..InputOptions::default() };
        let mut files = InputFiles::new(&options);
        assert_eq!(files.by_ref().count(), 1);
        assert_eq!(files.take_skipped()[0].reason, SkipReason::OwnOutput);
    }

    #[test]
    fn without_inputs_standard_input_is_read() {
        let mut found = InputFiles::new(&InputOptions::default());
        assert_eq!(found.total_bytes(), None);
        assert_eq!(found.next().expect("one").expect("a file"), Path::new("-"));
        assert!(found.next().is_none());
    }
}
