//! The parties file of `--parties`, and the articles that it is for.
use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context;
use detente::text::{Article, parties};

/// The names of each party, by its id.
pub(crate) struct Parties(BTreeMap<String, Vec<String>>);

impl Parties {
    /// The parties in the file at `path`; none without a path.
    ///
    /// # Errors
    /// A file that cannot be read or breaks the form, with its name.
    pub(crate) fn open(path: Option<&Path>) -> anyhow::Result<Self> {
        let Some(path) = path else { return Ok(Self(BTreeMap::new())) };
        let name = || format!("--parties {}", path.display());
        let text = std::fs::read_to_string(path).with_context(name)?;
        Ok(Self(parties(&text).with_context(name)?))
    }

    /// Gives the parties to an article that brings none of its own.
    pub(crate) fn give(&self, article: &mut Article) {
        if article.parties.is_empty() {
            article.parties.clone_from(&self.0);
        }
    }
}
