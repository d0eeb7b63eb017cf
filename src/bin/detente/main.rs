//! The `detente` program: parse, run, map errors to exit codes.

mod args;
mod commands;
mod context;
mod exit;
mod gather;
mod input;
mod log;
mod model;
mod output;
#[cfg(feature = "parquet")]
mod parquet;
mod progress;

use std::process::ExitCode;

use clap::Parser;

use args::{Cli, Color, Command};
use exit::Exit;

fn main() -> ExitCode {
    // a usage error ends here, with code 2
    let cli = Cli::parse();
    match cli.global.color {
        Color::Auto => {}
        Color::Always => anstream::ColorChoice::Always.write_global(),
        Color::Never => anstream::ColorChoice::Never.write_global(),
    }
    log::start(cli.global.verbose);
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
