//! [`Draft`]: an article before it is stored, with what its other copies add to it.

use detente::{Article, WarningKind};

/// An article that is to be stored or completed.
#[derive(PartialEq)]
pub(crate) struct Draft {
    /// The article as stored, completed by the copies.
    pub(crate) article: Article,
    pub(crate) hash: [u8; 32],
    /// Its number, if it is in the archive.
    pub(crate) known: Option<i64>,
    /// Whether a copy completed an article that is in the archive.
    pub(crate) is_completed: bool,
    /// Whether the model has no score for it, or one of an earlier version of the article or the program.
    pub(crate) is_unscored: bool,
}

impl Draft {
    /// Fills the fields that the article lacks from another copy of its text, and returns whether it did.
    pub(crate) fn complete(&mut self, copy: &Article) -> bool {
        let article = &mut self.article;
        let had_date = article.date.is_some();
        let mut is_changed = fill(&mut article.title, copy.title.as_ref());
        is_changed |= fill(&mut article.date, copy.date.as_ref());
        is_changed |= fill(&mut article.source, copy.source.as_ref());
        is_changed |= fill(&mut article.negotiation, copy.negotiation.as_ref());
        is_changed |= fill(&mut article.domain, copy.domain.as_ref());
        if article.parties.is_empty() && !copy.parties.is_empty() {
            article.parties.clone_from(&copy.parties);
            is_changed = true;
        }
        if !had_date && article.date.is_some() {
            article.warnings.retain(|warning| warning.kind != WarningKind::BadDate);
        }
        self.is_completed |= is_changed;
        is_changed
    }

    /// Whether the article has to be scored.
    pub(crate) fn needs_score(&self) -> bool {
        self.known.is_none() || self.is_completed || self.is_unscored
    }
}

fn fill<T: Clone>(field: &mut Option<T>, other: Option<&T>) -> bool {
    let is_filled = field.is_none() && other.is_some();
    if is_filled {
        *field = other.cloned();
    }
    is_filled
}
