//! [`Progress`]: the progress bar, messages and final summary on stderr.

use std::collections::BTreeMap;
use std::io::{self, IsTerminal};
use std::time::Instant;

use detente::Article;
use detente_input::{ByteCounter, InputError, InputErrorKind, SkippedFile};
use indicatif::{ProgressBar, ProgressStyle};

use crate::args::GlobalArgs;
use crate::article_inputs::ArticleInputs;
use crate::exit_status::ExitStatus;
use crate::read_notes::ReadNotes;

/// The progress of a run over inputs, and what happened on the way.
pub(crate) struct Progress {
    bar: ProgressBar,
    bytes_read: ByteCounter,
    /// What happened to the records that are done, in a word.
    verb: &'static str,
    is_quiet: bool,
    is_verbose: bool,
    start: Instant,
    done: usize,
    failed: BTreeMap<InputErrorKind, usize>,
    skipped: usize,
    not_english: usize,
    notes: ReadNotes,
}

impl Progress {
    /// Starts the clock, and a progress bar if stderr is a terminal without a log.
    pub(crate) fn start(inputs: &ArticleInputs, global: &GlobalArgs) -> Self {
        let bar = match shows_bar(global).then(|| inputs.total_bytes()) {
            None => ProgressBar::hidden(),
            Some(Some(total)) => {
                styled(ProgressBar::new(total), "{bar:30} {bytes}/{total_bytes}  {msg}  {eta} left")
            }
            Some(None) => styled(ProgressBar::no_length(), "{spinner} {bytes}  {msg}"),
        };
        Self {
            bar,
            bytes_read: inputs.byte_counter(),
            verb: "scored",
            is_quiet: global.quiet,
            is_verbose: global.verbose > 0,
            start: Instant::now(),
            done: 0,
            failed: BTreeMap::new(),
            skipped: 0,
            not_english: 0,
            notes: ReadNotes::default(),
        }
    }

    /// Sets the word for what happens to a record, in place of "scored".
    pub(crate) fn with_verb(mut self, verb: &'static str) -> Self {
        self.verb = verb;
        self
    }

    /// Counts `count` records that are done.
    pub(crate) fn add_done(&mut self, count: usize) {
        self.done += count;
        self.bar.set_position(self.bytes_read.get());
        let seconds = self.start.elapsed().as_secs_f64().max(0.001);
        self.bar.set_message(format!("{:.0} articles/s", self.done as f64 / seconds));
    }

    /// Number of records that are done.
    pub(crate) fn done(&self) -> usize {
        self.done
    }

    /// Whether inputs failed and no record is done.
    pub(crate) fn has_only_failures(&self) -> bool {
        self.done == 0 && !self.failed.is_empty()
    }

    /// Counts an input that cannot be read, and prints the error even with `--quiet`.
    pub(crate) fn add_failure(&mut self, error: &InputError) {
        *self.failed.entry(error.kind()).or_default() += 1;
        self.print(&describe(error));
    }

    /// Counts and prints a file that is skipped.
    pub(crate) fn add_skipped(&mut self, file: &SkippedFile) {
        self.skipped += 1;
        if !self.is_quiet {
            self.print(file);
        }
    }

    /// Counts a record that is not in English. It is named only with `-v`: there may be millions.
    pub(crate) fn add_not_english(&mut self, id: &str, reason: &str) {
        self.not_english += 1;
        self.print_detail(&format_args!("{id}: not English: {reason}"));
    }

    /// Counts the warnings of an article that was read.
    pub(crate) fn add_notes(&mut self, article: &Article) {
        self.notes.add(article);
    }

    /// Prints a message with `-v`.
    pub(crate) fn print_detail(&self, message: &dyn std::fmt::Display) {
        if self.is_verbose {
            self.print(message);
        }
    }

    /// Prints a message above the bar.
    pub(crate) fn print(&self, message: &dyn std::fmt::Display) {
        self.bar.suspend(|| crate::message::print_message(format_args!("detente: {message}")));
    }

    /// Removes the bar, prints the summary, and returns the status of the run. Without `-v` there is a summary only
    /// if something failed, was skipped or is not in English.
    pub(crate) fn finish(self) -> ExitStatus {
        self.bar.finish_and_clear();
        if !self.is_quiet {
            self.notes.lines().for_each(|line| self.print(&line));
        }
        let failed: usize = self.failed.values().sum();
        let has_news = failed > 0 || self.skipped > 0 || self.not_english > 0;
        if (has_news && !self.is_quiet) || self.is_verbose {
            let mut parts = vec![format!("{} {}", self.done, self.verb)];
            if failed > 0 {
                let kinds: Vec<String> =
                    self.failed.iter().map(|(kind, count)| format!("{count} {kind}")).collect();
                parts.push(format!("{failed} failed ({})", kinds.join(", ")));
            }
            if self.skipped > 0 {
                parts.push(format!("{} skipped", self.skipped));
            }
            if self.not_english > 0 {
                parts.push(format!("{} not English", self.not_english));
            }
            if self.is_verbose {
                let megabytes = self.bytes_read.get() as f64 / 1e6;
                parts.push(format!("{megabytes:.1} MB read in {:.1} s", self.start.elapsed().as_secs_f64()));
            }
            self.print(&parts.join(", "));
        }
        ExitStatus::of_counts(self.done, failed)
    }
}

/// Whether a progress bar is shown: stderr is a terminal, and no log is written to it.
pub(crate) fn shows_bar(global: &GlobalArgs) -> bool {
    !global.quiet && global.verbose == 0 && io::stderr().is_terminal()
}

/// The message of an input error, with the option that helps.
pub(crate) fn describe(error: &InputError) -> String {
    match error.kind() {
        InputErrorKind::TooLong => format!("{error} (--max-article-bytes)"),
        _ => error.to_string(),
    }
}

fn styled(bar: ProgressBar, template: &str) -> ProgressBar {
    match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
