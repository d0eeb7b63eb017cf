//! One file a verb.

use detente_timeline::DataIssue;

use crate::args::Global;

pub(crate) mod compare;
pub(crate) mod completions;
pub(crate) mod evaluate;
pub(crate) mod explain;
mod labelled;
mod labelling;
pub(crate) mod model;
pub(crate) mod score;
pub(crate) mod timeline;
pub(crate) mod train;

/// Says on stderr what was found about the articles of a series.
fn warn(findings: &[DataIssue], global: &Global) {
    if global.quiet {
        return;
    }
    for finding in findings {
        let more = if finding.count > finding.names.len() { ", …" } else { "" };
        let names = finding.names.join(", ");
        anstream::eprintln!(
            "detente: {}: {} ({names}{more}): {}",
            finding.kind,
            finding.count,
            finding.message
        );
    }
}
