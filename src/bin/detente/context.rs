//! What the command line tells of articles beside their text: the parties file, and which date to trust.
use std::collections::BTreeMap;

use anyhow::Context as _;
use detente::text::{Article, parties};

use crate::args::ContextArgs;

/// Names of the parties by id, and whether a text may correct its date.
pub(crate) struct Context {
    parties: BTreeMap<String, Vec<String>>,
    is_date_from_text: bool,
}

impl Context {
    /// The context that `args` ask for; no parties without a file.
    ///
    /// # Errors
    /// A file that cannot be read or breaks the form, with its name.
    pub(crate) fn open(args: &ContextArgs) -> anyhow::Result<Self> {
        let mut context = Self { parties: BTreeMap::new(), is_date_from_text: args.date_from_text };
        if let Some(path) = &args.parties {
            let name = || format!("--parties {}", path.display());
            let text = std::fs::read_to_string(path).with_context(name)?;
            context.parties = parties(&text).with_context(name)?;
        }
        Ok(context)
    }

    /// Whether it would leave every article as it is.
    pub(crate) fn is_empty(&self) -> bool {
        self.parties.is_empty() && !self.is_date_from_text
    }

    /// Gives the parties to an article that brings none of its own, and the date that its text supports.
    pub(crate) fn give(&self, article: &mut Article) {
        if article.parties.is_empty() {
            article.parties.clone_from(&self.parties);
        }
        if self.is_date_from_text {
            article.trust_text();
        }
    }
}
