//! Finding files: globs, and lists of names.

use std::ffi::OsStr;
use std::io;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Whether `name` has signs of a glob.
pub(super) fn is_glob(name: &str) -> bool {
    name.contains(['*', '?', '[', '{'])
}

/// The files that a glob names, by name. What is hidden, or in a hidden folder, needs a pattern that spells the dot.
pub(super) fn expand(pattern: &str) -> Result<Vec<PathBuf>, String> {
    let matcher = globset::GlobBuilder::new(pattern)
        .literal_separator(true)
        .build()
        .map_err(|e| e.to_string())?
        .compile_matcher();
    let fixed: PathBuf =
        Path::new(pattern).iter().take_while(|part| !is_glob(&part.to_string_lossy())).collect();
    let is_here = fixed.as_os_str().is_empty();
    let root = if is_here { PathBuf::from(".") } else { fixed.clone() };
    let hides = |path: &Path| path.iter().skip(fixed.iter().count()).any(is_hidden);
    let spells_dot = hides(Path::new(pattern));
    let found: Vec<PathBuf> = walkdir::WalkDir::new(&root)
        .sort_by_file_name()
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            if is_here {
                entry.path().strip_prefix(".").unwrap_or(entry.path()).to_owned()
            } else {
                entry.into_path()
            }
        })
        .filter(|path| matcher.is_match(path) && (spells_dot || !hides(path)))
        .collect();
    if found.is_empty() { Err("no file matches".to_owned()) } else { Ok(found) }
}

/// Whether a part of a path is hidden; `.` and `..` are not.
fn is_hidden(part: &OsStr) -> bool {
    part != "." && part != ".." && part.as_encoded_bytes().starts_with(b".")
}

/// The names in the list at `path` (`-` for standard input), one a line, blank lines apart.
pub(super) fn listed(path: &Path) -> io::Result<Vec<PathBuf>> {
    let mut text = String::new();
    if path == Path::new("-") {
        io::stdin().read_to_string(&mut text)?;
    } else {
        text = std::fs::read_to_string(path)?;
    }
    let names = text.lines().map(|name| name.trim_end_matches('\r')).filter(|name| !name.trim().is_empty());
    Ok(names.map(PathBuf::from).collect())
}

/// Bytes in all files that `inputs` name, folders included, for the bar; `None` where one
/// is standard input or a glob, whose size is not known.
pub(super) fn total<'a>(inputs: impl Iterator<Item = &'a Path>) -> Option<u64> {
    let mut sum = 0;
    for input in inputs {
        if input == Path::new("-") || is_glob(&input.to_string_lossy()) {
            return None;
        }
        let files = walkdir::WalkDir::new(input).into_iter().filter_map(Result::ok);
        sum += files
            .filter_map(|file| file.metadata().ok())
            .filter(std::fs::Metadata::is_file)
            .map(|data| data.len())
            .sum::<u64>();
    }
    Some(sum)
}
