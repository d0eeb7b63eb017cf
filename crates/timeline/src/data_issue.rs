//! [`DataIssue`]: a problem found in the articles of a collection.

use serde::Serialize;

use crate::series_article::{ArticleDate, SeriesArticle};

/// A problem of one kind, with the articles that have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct DataIssue {
    /// The kind, in kebab case (`bad-date`, `repeated-row`).
    pub kind: &'static str,
    /// Number of articles with the problem.
    pub count: usize,
    /// Ids of the first five of them.
    pub names: Vec<String>,
    /// The problem and how it was handled.
    pub message: &'static str,
}

/// Ids listed for each issue.
const LISTED: usize = 5;

impl DataIssue {
    /// An issue that concerns something other than articles, such as models.
    pub(crate) fn new(kind: &'static str, message: &'static str, names: &[impl ToString]) -> Self {
        let listed = names.iter().take(LISTED).map(ToString::to_string).collect();
        Self { kind, count: names.len(), names: listed, message }
    }

    /// Appends an issue to `issues` if any article has it.
    pub(crate) fn add<'a>(
        issues: &mut Vec<Self>,
        kind: &'static str,
        message: &'static str,
        articles: impl Iterator<Item = &'a SeriesArticle>,
    ) {
        let mut count = 0;
        let mut names = Vec::new();
        for article in articles {
            count += 1;
            if names.len() < LISTED {
                names.push(match &article.date {
                    ArticleDate::Invalid(text) => format!("{} ({text})", article.id),
                    ArticleDate::Known(day) if kind.starts_with("far-") => format!("{} ({day})", article.id),
                    _ => article.id.to_string(),
                });
            }
        }
        if count > 0 {
            issues.push(Self { kind, count, names, message });
        }
    }
}
