//! What a long run says on stderr: a bar on a terminal, messages, and at the end what came of it.

use std::collections::BTreeMap;
use std::io;
use std::io::IsTerminal;
use std::sync::atomic::Ordering;
use std::time::Instant;

use indicatif::{ProgressBar, ProgressStyle};

use crate::args::Global;
use crate::exit::Exit;
use crate::input::{InputError, Inputs};

/// Counts, and tells.
pub(crate) struct Progress {
    bar: ProgressBar,
    read: std::sync::Arc<std::sync::atomic::AtomicU64>,
    is_quiet: bool,
    is_verbose: bool,
    start: Instant,
    done: usize,
    failed: BTreeMap<&'static str, usize>,
    skipped: usize,
    warned: BTreeMap<&'static str, usize>,
}

impl Progress {
    /// Starts the clock, and the bar if stderr is a terminal that no log is written to.
    pub(crate) fn start(inputs: &Inputs, global: &Global) -> Self {
        let has_bar = !global.quiet && global.verbose == 0 && io::stderr().is_terminal();
        let bar = match has_bar.then(|| inputs.total_bytes()) {
            None => ProgressBar::hidden(),
            Some(Some(total)) => {
                styled(ProgressBar::new(total), "{bar:30} {bytes}/{total_bytes}  {msg}  {eta} left")
            }
            Some(None) => styled(ProgressBar::no_length(), "{spinner} {bytes}  {msg}"),
        };
        Self {
            bar,
            read: inputs.counter(),
            is_quiet: global.quiet,
            is_verbose: global.verbose > 0,
            start: Instant::now(),
            done: 0,
            failed: BTreeMap::new(),
            skipped: 0,
            warned: BTreeMap::new(),
        }
    }

    /// `count` more records are done.
    pub(crate) fn done(&mut self, count: usize) {
        self.done += count;
        self.bar.set_position(self.read.load(Ordering::Relaxed));
        let seconds = self.start.elapsed().as_secs_f64().max(0.001);
        self.bar.set_message(format!("{:.0} articles/s", self.done as f64 / seconds));
    }

    /// Whether any record is done.
    pub(crate) fn has_done(&self) -> bool {
        self.done > 0
    }

    /// Whether any input failed.
    pub(crate) fn has_failed(&self) -> bool {
        !self.failed.is_empty()
    }

    /// An input failed. Always said, quiet or not.
    pub(crate) fn failed(&mut self, error: &InputError) {
        *self.failed.entry(error.sort).or_default() += 1;
        self.say(error);
    }

    /// A file was passed over.
    pub(crate) fn skipped(&mut self, what: &str) {
        self.skipped += 1;
        if !self.is_quiet {
            self.say(&what);
        }
    }

    /// A record was scored, but has something odd about it; said where asked for, else counted.
    pub(crate) fn warned(&mut self, sort: &'static str, what: &str) {
        *self.warned.entry(sort).or_default() += 1;
        self.detail(what);
    }

    /// What `-v` asks for.
    pub(crate) fn detail(&self, what: &str) {
        if self.is_verbose {
            self.say(&what);
        }
    }

    /// A message that does not disturb the bar.
    pub(crate) fn say(&self, what: &dyn std::fmt::Display) {
        self.bar.suspend(|| anstream::eprintln!("detente: {what}"));
    }

    /// Takes the bar away, says what came of the run, and gives its exit code.
    pub(crate) fn finish(self) -> Exit {
        self.bar.finish_and_clear();
        let failed: usize = self.failed.values().sum();
        let is_odd = failed > 0 || self.skipped > 0 || !self.warned.is_empty();
        if (is_odd && !self.is_quiet) || self.is_verbose {
            let mut parts = vec![format!("{} scored", self.done)];
            if failed > 0 {
                parts.push(format!("{failed} failed ({})", listed(&self.failed)));
            }
            if self.skipped > 0 {
                parts.push(format!("{} skipped", self.skipped));
            }
            if !self.warned.is_empty() {
                parts.push(format!("warnings: {}", listed(&self.warned)));
            }
            if self.is_verbose {
                let bytes = self.read.load(Ordering::Relaxed) as f64;
                let seconds = self.start.elapsed().as_secs_f64();
                parts.push(format!("{:.1} MB read in {seconds:.1} s", bytes / 1e6));
            }
            self.say(&parts.join(", "));
        }
        match (self.done, failed) {
            (_, 0) => Exit::Done,
            (0, _) => Exit::Nothing,
            _ => Exit::Partial,
        }
    }
}

fn styled(bar: ProgressBar, template: &str) -> ProgressBar {
    match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

/// Reasons with their numbers, by name.
fn listed(counts: &BTreeMap<&'static str, usize>) -> String {
    counts.iter().map(|(reason, count)| format!("{count} {reason}")).collect::<Vec<_>>().join(", ")
}
