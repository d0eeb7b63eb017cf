//! `detente archive verify`: checks an archive.

use std::path::Path;

use detente_archive::Archive;

use crate::exit_status::ExitStatus;
use crate::output::Output;

/// Prints the faults of an archive, or that it has none.
pub(crate) fn run_verify(file: &Path) -> anyhow::Result<ExitStatus> {
    let report = Archive::open(file)?.verify()?;
    let mut output = Output::open(None)?;
    for finding in &report.findings {
        writeln!(output.writer(), "{}: {}", file.display(), finding.message)?;
    }
    if report.findings.is_empty() {
        let (articles, results) = (report.articles, report.results);
        writeln!(output.writer(), "{}: sound ({articles} articles, {results} results)", file.display())?;
    }
    output.finish()?;
    Ok(if report.findings.is_empty() { ExitStatus::Success } else { ExitStatus::Failure })
}
