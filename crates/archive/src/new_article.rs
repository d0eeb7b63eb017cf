//! [`NewArticle`]: an article to add, and where it was found.

use std::ffi::OsStr;
use std::path::Path;

use detente::Article;

/// An article to add, and where it was found.
#[derive(Clone, Debug)]
pub struct NewArticle {
    article: Article,
    file: Option<String>,
    added: Option<i64>,
}

impl NewArticle {
    /// An article of unknown origin. Offsets of its result will refer to its text, not to the file that the text was
    /// converted from.
    #[must_use]
    pub fn new(mut article: Article) -> Self {
        article.source_map = None;
        Self { article, file: None, added: None }
    }

    /// The article.
    #[must_use]
    pub fn article(&self) -> &Article {
        &self.article
    }

    /// Sets the file that the article was read from.
    #[must_use]
    pub fn in_file(mut self, file: impl Into<String>) -> Self {
        self.file = Some(file.into());
        self
    }

    /// Whether the id is the name of the file and the number of the record, which readers give to records without one.
    pub(crate) fn has_generated_id(&self) -> bool {
        let Some((stem, number)) = self.article.id.rsplit_once('#') else { return false };
        let name = self.file.as_deref().map(Path::new).and_then(Path::file_name).and_then(OsStr::to_str);
        let extension = name.and_then(|name| name.strip_prefix(stem));
        let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        is_number && extension.is_some_and(|extension| extension.is_empty() || extension.starts_with('.'))
    }

    /// Sets the time of adding, in seconds since 1970-01-01 UTC.
    #[must_use]
    pub fn added_at(mut self, seconds: i64) -> Self {
        self.added = Some(seconds);
        self
    }

    pub(crate) fn file(&self) -> Option<&str> {
        self.file.as_deref()
    }

    pub(crate) fn added(&self) -> Option<i64> {
        self.added
    }
}
