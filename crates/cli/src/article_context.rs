//! What the command line tells of articles beside their text: parties, which date to trust, which languages to score.

use std::collections::BTreeMap;

use anyhow::Context as _;
use detente::{Article, Engine, TrainedModel};
use detente_input::parties;

use crate::args::ContextArgs;

/// Names of the parties by id, whether a text may correct its date, and whether any language is scored.
pub(crate) struct ArticleContext {
    parties: BTreeMap<String, Vec<String>>,
    is_date_from_text: bool,
    is_any_language: bool,
}

impl ArticleContext {
    /// The context that `args` ask for; no parties without a file.
    ///
    /// # Errors
    /// A file that cannot be read or breaks the form, with its name.
    pub(crate) fn open(args: &ContextArgs) -> anyhow::Result<Self> {
        let mut context = Self {
            parties: BTreeMap::new(),
            is_date_from_text: args.date_from_text,
            is_any_language: args.any_language,
        };
        if let Some(path) = &args.parties {
            let name = || format!("--parties {}", path.display());
            let text = std::fs::read_to_string(path).with_context(name)?;
            context.parties = parties(&text).with_context(name)?;
        }
        Ok(context)
    }

    /// Whether it would leave every article as it is.
    pub(crate) fn is_empty(&self) -> bool {
        self.parties.is_empty() && !self.is_date_from_text && !self.is_any_language
    }

    /// The engine of `model` that scores the languages asked for.
    pub(crate) fn engine(&self, model: TrainedModel) -> Engine {
        Engine::new(model).any_language(self.is_any_language)
    }

    /// Gives the parties to an article that brings none of its own, and the date that its text supports.
    pub(crate) fn give(&self, article: &mut Article) {
        if article.parties.is_empty() {
            article.parties.clone_from(&self.parties);
        }
        if self.is_date_from_text {
            article.correct_date();
        }
    }
}
