//! [`Adder`]: scores the articles of inputs and stores them in an archive.

use std::time::{SystemTime, UNIX_EPOCH};

use detente_archive::{Archive, NewArticle, Outcome, Scoring};
use detente_input::InputOptions;
use serde::Serialize;

use crate::archive_model::scoring;
use crate::args::{AddArgs, GlobalArgs};
use crate::article_context::ArticleContext;
use crate::article_inputs::ArticleInputs;
use crate::exit_status::ExitStatus;
use crate::output::Output;
use crate::progress::Progress;

/// Articles that are stored in one transaction.
const BATCH: usize = 256;
/// A batch ends after so many bytes of text, or after one article.
const BATCH_BYTES: usize = 4 << 20;
/// What can become of an article, and what the summary calls it.
const OUTCOMES: [(Outcome, &str); 5] = [
    (Outcome::Added, "added"),
    (Outcome::Completed, "completed"),
    (Outcome::SourceAdded, "known from another source"),
    (Outcome::Scored, "scored by another model before"),
    (Outcome::Known, "known"),
];

/// Adds articles to an archive.
pub(crate) struct Adder<'a> {
    pub(crate) archive: Archive,
    scoring: Scoring,
    context: ArticleContext,
    args: &'a AddArgs,
    global: &'a GlobalArgs,
    output: Output,
}

/// What became of an article, for JSON Lines.
#[derive(Serialize)]
struct OutcomeLine<'a> {
    article: i64,
    id: &'a str,
    outcome: &'static str,
}

impl<'a> Adder<'a> {
    pub(crate) fn new(args: &'a AddArgs, global: &'a GlobalArgs) -> anyhow::Result<Self> {
        let context = ArticleContext::from_args(&args.context)?;
        let scoring = scoring(&context, global)?;
        let archive = Archive::create(&args.file)?;
        let output = if args.format == "jsonl" { Output::open_exact(None)? } else { Output::open(None)? };
        Ok(Self { archive, scoring, context, args, global, output })
    }

    /// Adds all articles of `options` and reports what became of them. What is reported is stored.
    pub(crate) fn add(&mut self, options: InputOptions) -> anyhow::Result<ExitStatus> {
        let mut inputs = ArticleInputs::new(options);
        let mut progress = Progress::start(&inputs, self.global).with_verb("read");
        let mut counts = [0_usize; OUTCOMES.len()];
        loop {
            let batch = self.next_batch(&mut inputs, &mut progress);
            if batch.is_empty() {
                break;
            }
            self.store(&batch, &mut counts)?;
            progress.add_done(counts.iter().sum::<usize>() - progress.done());
        }
        let has_failed = progress.has_only_failures();
        let status = progress.finish();
        if self.args.format == "text" && !has_failed {
            let parts = OUTCOMES.iter().zip(counts).filter(|(_, count)| *count > 0);
            let parts: Vec<String> = parts.map(|((_, name), count)| format!("{count} {name}")).collect();
            let summary = if parts.is_empty() { "no article".to_owned() } else { parts.join(", ") };
            writeln!(self.output.writer(), "{}: {summary}", self.args.file.display())?;
            self.output.flush()?;
        }
        Ok(status)
    }

    /// The next articles; empty at the end.
    fn next_batch(&self, inputs: &mut ArticleInputs, progress: &mut Progress) -> Vec<NewArticle> {
        let (mut batch, mut bytes) = (Vec::new(), 0);
        let now = SystemTime::now().duration_since(UNIX_EPOCH).ok();
        let now = now.and_then(|now| i64::try_from(now.as_secs()).ok());
        while batch.len() < BATCH && bytes < BATCH_BYTES {
            let next = inputs.next();
            for skipped in inputs.take_skipped() {
                progress.add_skipped(&skipped);
            }
            match next {
                None => break,
                Some(Err(error)) => progress.add_failure(&error),
                Some(Ok(mut article)) => {
                    progress.add_notes(&article);
                    self.context.apply_to(&mut article);
                    if article.negotiation.is_none() {
                        article.negotiation.clone_from(&self.args.negotiation);
                    }
                    bytes += article.text.len();
                    let new = NewArticle::new(article).in_file(inputs.path().to_string_lossy());
                    batch.push(match now {
                        Some(now) => new.added_at(now),
                        None => new,
                    });
                }
            }
        }
        batch
    }

    fn store(&mut self, batch: &[NewArticle], counts: &mut [usize]) -> anyhow::Result<()> {
        let stored = self.archive.add(&self.scoring, batch)?;
        for (new, stored) in batch.iter().zip(stored) {
            let at = OUTCOMES.iter().position(|(outcome, _)| *outcome == stored.outcome);
            if let Some(count) = at.and_then(|at| counts.get_mut(at)) {
                *count += 1;
            }
            if self.args.format == "jsonl" {
                let line = OutcomeLine {
                    article: stored.article.get(),
                    id: &new.article().id,
                    outcome: stored.outcome.as_str(),
                };
                serde_json::to_writer(self.output.writer(), &line)?;
                self.output.writer().write_all(b"\n")?;
            }
        }
        self.output.flush()
    }
}
