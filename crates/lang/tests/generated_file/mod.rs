//! Checks or rewrites files that tests generate.

use std::fs;
use std::path::{Path, PathBuf};

/// The root of the workspace.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Asserts that the file has this text, or writes it if `DETENTE_REWRITE` is set.
pub(crate) fn assert_file(path: &Path, text: &str) {
    if std::env::var_os("DETENTE_REWRITE").is_some() {
        // other tests may read the file at the same time
        let draft = path.with_extension("draft");
        fs::write(&draft, text).expect("written");
        fs::rename(&draft, path).expect("renamed");
        return;
    }
    let is_current = fs::read_to_string(path).is_ok_and(|found| found == text);
    let command = "DETENTE_REWRITE=1 cargo test -p detente-lang --tests";
    assert!(is_current, "{} is out of date; `{command}` rewrites it", path.display());
}
