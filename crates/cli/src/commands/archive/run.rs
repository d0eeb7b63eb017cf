//! [`run_archive`]: runs an action on an archive.

use crate::args::{ArchiveArgs, ArchiveCommand, GlobalArgs};
use crate::commands::archive::{add, export, find, list, rescore, series, verify};
use crate::exit_status::ExitStatus;

/// Runs the action of `args`.
pub(crate) fn run_archive(args: &ArchiveArgs, global: &GlobalArgs) -> anyhow::Result<ExitStatus> {
    match &args.command {
        ArchiveCommand::Add(args) => add::run_add(args, global),
        ArchiveCommand::Find(args) => find::run_find(args, global),
        ArchiveCommand::List(args) => list::run_list(args, global),
        ArchiveCommand::Timeline { archive, options, limits, negotiation } => {
            series::run_timeline(&archive.file, options, limits, negotiation.as_deref(), global)
        }
        ArchiveCommand::Brief { archive, options, negotiation } => {
            series::run_brief(&archive.file, options, negotiation.as_deref(), global)
        }
        ArchiveCommand::Rescore(args) => rescore::run_rescore(args, global),
        ArchiveCommand::Export(args) => export::run_export(args, global),
        ArchiveCommand::Verify { archive } => verify::run_verify(&archive.file),
    }
}
