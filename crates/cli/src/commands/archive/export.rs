//! `detente archive export`: the stored results, in the formats of `detente score`.

use detente_archive::Archive;

use crate::archive_model::chosen_model;
use crate::args::{ExportArgs, GlobalArgs};
use crate::exit_status::ExitStatus;
use crate::output::Output;
use crate::report_format::new_report;

/// Records between two writes.
const FLUSH_RECORDS: usize = 256;

/// Writes the results of one model in the order of adding.
pub(crate) fn run_export(args: &ExportArgs, global: &GlobalArgs) -> anyhow::Result<ExitStatus> {
    let archive = Archive::open(&args.archive.file)?;
    let model = chosen_model(&archive, global)?;
    let mut report = new_report(&args.format, args.table.parse()?, true)?;
    let path = args.output.as_deref();
    let mut output = if args.format == "csv" { Output::open(path)? } else { Output::open_exact(path)? };
    report.begin(output.writer())?;
    let mut written = 0_usize;
    archive.for_each_result(&args.filter.to_filter(), model, |scored| {
        report.article(&scored, output.writer())?;
        written += 1;
        if written.is_multiple_of(FLUSH_RECORDS) {
            output.flush()?;
        }
        Ok::<_, anyhow::Error>(())
    })?;
    report.end(output.writer())?;
    output.finish()?;
    tracing::info!(written, "exported");
    Ok(ExitStatus::Success)
}
