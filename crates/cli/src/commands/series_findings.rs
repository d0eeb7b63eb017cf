//! [`print_findings`]: what was found about the articles of a series.

use detente_timeline::DataIssue;

use crate::args::GlobalArgs;

/// Prints the findings to stderr, unless `--quiet` is given.
pub(crate) fn print_findings(findings: &[DataIssue], global: &GlobalArgs) {
    if global.quiet {
        return;
    }
    for finding in findings {
        let more = if finding.count > finding.names.len() { ", …" } else { "" };
        let names = finding.names.join(", ");
        crate::message::print_message(format_args!(
            "detente: {}: {} ({names}{more}): {}",
            finding.kind, finding.count, finding.message
        ));
    }
}
