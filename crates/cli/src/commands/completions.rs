//! `detente completions`: a completion script for a shell.

use clap::CommandFactory;

use crate::args::Cli;
use crate::exit_status::ExitStatus;
use crate::output::Output;

/// Writes the script to stdout.
pub(crate) fn run_completions(shell: clap_complete::Shell) -> anyhow::Result<ExitStatus> {
    let mut output = Output::open(None)?;
    clap_complete::generate(shell, &mut Cli::command(), "detente", &mut output.writer());
    output.finish()?;
    Ok(ExitStatus::Success)
}
