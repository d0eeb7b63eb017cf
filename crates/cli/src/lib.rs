//! The `detente` command line as a library: [`run`] parses arguments, runs the command and returns the exit code.

mod args;
mod article_context;
mod commands;
mod exit;
mod input;
mod logging;
mod model_folder;
mod output;
#[cfg(feature = "parquet")]
mod parquet;
mod progress;
mod series_input;

use std::process::ExitCode;

use args::{Cli, Color, Command};
use clap::Parser;
use exit::Exit;

/// Runs the program with the arguments of this process and returns its exit code.
///
/// Exits the process with code 2 after a usage error, and with code 0 after `--help` or `--version`.
#[must_use]
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    match cli.global.color {
        Color::Auto => {}
        Color::Always => anstream::ColorChoice::Always.write_global(),
        Color::Never => anstream::ColorChoice::Never.write_global(),
    }
    logging::start(cli.global.verbose);
    exit::on_interrupt();
    if let Some(jobs) = cli.global.jobs {
        // fails only if the pool was built before; it was not
        let _ = rayon::ThreadPoolBuilder::new().num_threads(jobs.max(1)).build_global();
    }
    let done = match &cli.command {
        Command::Score(args) => commands::score::run(args, &cli.global),
        Command::Explain(args) => commands::explain::run(args, &cli.global),
        Command::Train(args) => commands::train::run(args, &cli.global),
        Command::Evaluate(args) => commands::evaluate::run(args, &cli.global),
        Command::Model(args) => commands::model::run(args, &cli.global),
        Command::Completions { shell } => commands::completions::run(*shell),
        Command::Timeline(args) => commands::timeline::run(args, &cli.global),
        Command::Compare(args) => commands::compare::run(args, &cli.global),
    };
    match done {
        Ok(exit) => exit.into(),
        Err(error) if output::is_broken_pipe(&error) => Exit::Done.into(),
        Err(error) => {
            anstream::eprintln!("detente: {error:#}");
            Exit::Nothing.into()
        }
    }
}
