//! The command line: options, their help, and the parsed values.

mod archive_args;
mod brief_args;
mod cli;
mod input_args;
mod labelled_args;
mod score_args;
mod series_args;
mod serve_args;
mod train_args;

pub(crate) use archive_args::{
    AddArgs, ArchiveArgs, ArchiveCommand, ArchiveFormat, ExportArgs, FindArgs, ListArgs, RescoreArgs,
};
pub(crate) use brief_args::{BriefArgs, BriefOptions};
pub(crate) use cli::{Cli, Color, Command, GlobalArgs, ModelAction, ModelArgs, usage_error};
pub(crate) use input_args::ContextArgs;
pub(crate) use labelled_args::LabelledArgs;
pub(crate) use score_args::{ExplainArgs, ScoreArgs};
pub(crate) use series_args::{CompareArgs, LimitArgs, TimelineArgs, TimelineOptions};
pub(crate) use serve_args::ServeArgs;
pub(crate) use train_args::{EvaluateArgs, TrainArgs};
