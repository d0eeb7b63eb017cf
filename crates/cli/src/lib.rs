//! The `detente` command line as a library: [`run`] parses arguments, runs the command and returns the exit status.

mod archive_model;
mod args;
mod article_context;
mod article_inputs;
mod commands;
mod exit_status;
mod interrupt;
mod logging;
mod message;
mod model_folder;
mod output;
mod packed_items;
#[cfg(feature = "parquet")]
mod parquet;
mod progress;
mod read_notes;
mod report_format;
mod resume;
mod series_input;

use std::ffi::OsString;

use args::{Cli, Color, Command};
use clap::Parser;

pub use exit_status::ExitStatus;

/// Runs the program with `args`, the first of which is the name of the program, and returns how it ended.
///
/// Results are written to stdout, messages to stderr. Ctrl-C ends the whole process with code 130, unless the host
/// program handles it. The number of threads and the log level of the first call hold for the process.
///
/// ```
/// let status = detente_cli::run(["detente", "model", "list"].map(Into::into));
/// assert_eq!(status.code(), 0);
/// ```
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitStatus {
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => return print_usage(&error),
    };
    match cli.global.color {
        Color::Auto => {}
        Color::Always => anstream::ColorChoice::Always.write_global(),
        Color::Never => anstream::ColorChoice::Never.write_global(),
    }
    logging::start_logging(cli.global.verbose);
    if !matches!(cli.command, Command::Serve(_)) {
        interrupt::handle_interrupts();
    }
    if let Some(jobs) = cli.global.jobs {
        // fails if the host program has built the thread pool, which is then used
        let _ = rayon::ThreadPoolBuilder::new().num_threads(jobs.max(1)).build_global();
    }
    match run_command(&cli) {
        Ok(status) => status,
        Err(error) if output::is_broken_pipe(&error) => ExitStatus::Success,
        Err(error) => {
            if let Some(usage) = error.downcast_ref::<clap::Error>() {
                return print_usage(usage);
            }
            crate::message::print_message(format_args!("detente: {error:#}"));
            ExitStatus::Failure
        }
    }
}

fn run_command(cli: &Cli) -> anyhow::Result<ExitStatus> {
    let global = &cli.global;
    match &cli.command {
        Command::Score(args) => commands::score::run_score(args, global),
        Command::Explain(args) => commands::explain::run_explain(args, global),
        Command::Train(args) => commands::train::run_train(args, global),
        Command::Evaluate(args) => commands::evaluate::run_evaluate(args, global),
        Command::Model(args) => commands::model::run_model(args, global),
        Command::Completions { shell } => commands::completions::run_completions(*shell),
        Command::Timeline(args) => commands::timeline::run_timeline(args, global),
        Command::Brief(args) => commands::brief::run_brief(args, global),
        Command::Serve(args) => commands::serve::run_serve(args, global),
        Command::Compare(args) => commands::compare::run_compare(args, global),
        Command::Archive(args) => commands::archive::run_archive(args, global),
    }
}

/// Prints a usage error to stderr, or the help or version that was asked for to stdout.
fn print_usage(error: &clap::Error) -> ExitStatus {
    // if stdout or stderr is closed, nothing can be reported
    let _ = error.print();
    if error.use_stderr() { ExitStatus::Usage } else { ExitStatus::Success }
}
