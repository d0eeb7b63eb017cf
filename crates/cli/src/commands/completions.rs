//! `detente completions`: what a shell needs to complete commands and options.

use clap::CommandFactory;

use crate::args::Cli;
use crate::exit::Exit;
use crate::output::Output;

pub(crate) fn run(shell: clap_complete::Shell) -> anyhow::Result<Exit> {
    let mut output = Output::open(None)?;
    clap_complete::generate(shell, &mut Cli::command(), "detente", &mut output.writer());
    output.finish()?;
    Ok(Exit::Done)
}
