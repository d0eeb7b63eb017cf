//! [`ArticleContext`]: what the command line adds to articles: parties, which date to trust, which languages to score.

use std::collections::BTreeMap;

use anyhow::Context as _;
use detente::{Article, Engine, TrainedModel};
use detente_input::parse_parties;

use crate::args::ContextArgs;

/// What the command line adds to articles.
#[derive(Default)]
pub(crate) struct ArticleContext {
    /// Names of each party by its id.
    parties: BTreeMap<String, Vec<String>>,
    date_from_text: bool,
    any_language: bool,
}

impl ArticleContext {
    /// The context of `args`, with the parties of their file.
    ///
    /// # Errors
    /// If the file cannot be read or is invalid.
    pub(crate) fn from_args(args: &ContextArgs) -> anyhow::Result<Self> {
        let mut context = Self {
            parties: BTreeMap::new(),
            date_from_text: args.date_from_text,
            any_language: args.any_language,
        };
        if let Some(path) = &args.parties {
            let option = || format!("--parties {}", path.display());
            let text = std::fs::read_to_string(path).with_context(option)?;
            context.parties = parse_parties(&text).with_context(option)?;
        }
        Ok(context)
    }

    /// Sets whether articles in other languages are scored.
    pub(crate) fn with_any_language(mut self, any_language: bool) -> Self {
        self.any_language = any_language;
        self
    }

    /// Whether all options have their defaults.
    pub(crate) fn is_default(&self) -> bool {
        self.parties.is_empty() && !self.date_from_text && !self.any_language
    }

    /// An engine of `model` for the languages asked for.
    pub(crate) fn engine(&self, model: TrainedModel) -> Engine {
        Engine::new(model).any_language(self.any_language)
    }

    /// Adds the parties to an article without any, and corrects its date if that is asked for.
    pub(crate) fn apply_to(&self, article: &mut Article) {
        if article.parties.is_empty() {
            article.parties.clone_from(&self.parties);
        }
        if self.date_from_text {
            article.correct_date();
        }
    }
}
