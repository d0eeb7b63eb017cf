//! `detente archive add`: scores articles and stores them.

use crate::args::{AddArgs, GlobalArgs};
use crate::commands::archive::adder::Adder;
use crate::commands::archive::watch::watch;
use crate::exit_status::ExitStatus;

/// Adds the inputs, then watches a folder if that is asked for.
pub(crate) fn run_add(args: &AddArgs, global: &GlobalArgs) -> anyhow::Result<ExitStatus> {
    let mut adder = Adder::new(args, global)?;
    let only_watches = args.input.inputs.is_empty() && args.input.files_from.is_none();
    let mut status = ExitStatus::Success;
    if args.watch.is_none() || !only_watches {
        status = adder.add(args.input.to_options())?;
    }
    match &args.watch {
        Some(folder) => watch(&mut adder, folder, args),
        None => Ok(status),
    }
}
