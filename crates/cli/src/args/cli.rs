//! [`Cli`]: the commands, the global options, and the options of `detente model`.

use std::path::PathBuf;

use clap::error::ErrorKind;
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};

use crate::args::archive_args::ArchiveArgs;
use crate::args::brief_args::BriefArgs;
use crate::args::score_args::{ExplainArgs, ScoreArgs};
use crate::args::series_args::{CompareArgs, TimelineArgs};
use crate::args::serve_args::ServeArgs;
use crate::args::train_args::{EvaluateArgs, TrainArgs};

const EXAMPLES: &str = "\
Examples:
  detente score article.txt                 outlook of one article
  detente score news/ --format csv          one row per article of a folder
  detente explain article.txt               why it has that outlook
  detente brief news/                       where a negotiation stands
  detente timeline news/ --period month     outlook over time
  detente compare before.jsonl after.jsonl  what changed
  detente archive add talks.db news/        keep articles, to search and follow
  detente serve                             web pages and an API on this machine";

/// Score how negotiations are going, from news text
#[derive(Debug, Parser)]
#[command(name = "detente", version, max_term_width = 100, after_help = EXAMPLES)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) global: GlobalArgs,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Score articles or single statements
    Score(ScoreArgs),
    /// Show what each feature adds to a statement, and each statement to the outlook
    Explain(ExplainArgs),
    /// Train a model on labelled data
    Train(TrainArgs),
    /// Evaluate a model on labelled data
    Evaluate(EvaluateArgs),
    /// Show, list, verify or prune models
    Model(ModelArgs),
    /// Print a completion script for a shell
    Completions {
        /// Shell
        shell: clap_complete::Shell,
    },
    /// Show outlooks over time, with confidence bands, turning points and peaks
    Timeline(TimelineArgs),
    /// Show a negotiation on a page: where it stands, what changed, who moved, what comes next
    Brief(BriefArgs),
    /// Compare two inputs, periods or sides: the difference, its significance and its causes
    Compare(CompareArgs),
    /// Keep scored articles in an archive file, search them and follow negotiations
    Archive(ArchiveArgs),
    /// Serve web pages and an HTTP API on this machine
    Serve(ServeArgs),
}

/// Options of every command.
#[derive(Debug, Args)]
#[command(next_help_heading = "Global options")]
pub(crate) struct GlobalArgs {
    /// Use the model in this folder instead of the built-in one
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) model: Option<PathBuf>,
    /// Number of threads [default: number of cores]
    #[arg(long, global = true, value_name = "N")]
    pub(crate) jobs: Option<usize>,
    /// Print only errors to stderr
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
    /// Log the steps of the run to stderr, without a progress bar; -vv also logs every file
    #[arg(long, short, global = true, action = clap::ArgAction::Count, conflicts_with = "quiet")]
    pub(crate) verbose: u8,
    /// When to use colours
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: Color,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Color {
    /// If the output is a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

#[derive(Debug, Args)]
pub(crate) struct ModelArgs {
    /// Action
    #[arg(value_enum, default_value = "show")]
    pub(crate) action: ModelAction,
    /// Maximum size of the pruned model file in bytes
    #[arg(long, value_name = "N", required_if_eq("action", "prune"))]
    pub(crate) max_bytes: Option<usize>,
    /// Write the pruned model to this folder
    #[arg(long, value_name = "DIR", required_if_eq("action", "prune"))]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum ModelAction {
    /// Print a summary of the model
    Show,
    /// List the built-in models
    List,
    /// Check the file, its checksum, tokenizer.json and the card
    Verify,
    /// Write a smaller model, with the largest weights that fit into --max-bytes
    Prune,
}

/// A usage error that `clap` cannot find itself, for a combination of options.
pub(crate) fn usage_error(kind: ErrorKind, message: &str) -> anyhow::Error {
    Cli::command().error(kind, message).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definition_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn help_fits_into_80_columns() {
        let mut cli = Cli::command().term_width(80);
        cli.build();
        let below = |command: &clap::Command| command.get_subcommands().cloned().collect::<Vec<_>>();
        let commands = below(&cli);
        let nested: Vec<clap::Command> = commands.iter().flat_map(below).collect();
        for command in std::iter::once(&cli).chain(&commands).chain(&nested) {
            for help in [command.clone().render_help(), command.clone().render_long_help()] {
                for line in help.to_string().lines() {
                    assert!(line.chars().count() <= 80, "{}: {line}", command.get_name());
                }
            }
        }
    }
}
