//! [`Draft`]: an article that was read and is not filed yet, as the page keeps it.

use std::collections::BTreeMap;

use detente::{Article, Day, Span, Warning};
use serde::{Deserialize, Serialize};

/// An article that was read and is not filed yet. The page holds it, so that the server needs no memory of it.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Draft {
    id: String,
    title: Option<String>,
    date: Option<Day>,
    source: Option<String>,
    negotiation: Option<String>,
    domain: Option<String>,
    parties: BTreeMap<String, Vec<String>>,
    warnings: Vec<Warning>,
    /// Start and end of the body in the text.
    body: (usize, usize),
    text: String,
}

impl From<&Article> for Draft {
    fn from(article: &Article) -> Self {
        Self {
            id: article.id.clone(),
            title: article.title.clone(),
            date: article.date,
            source: article.source.clone(),
            negotiation: article.negotiation.clone(),
            domain: article.domain.clone(),
            parties: article.parties.clone(),
            warnings: article.warnings.clone(),
            body: (article.body.start as usize, article.body.end as usize),
            text: article.text.clone(),
        }
    }
}

impl Draft {
    /// The article. `None` if its body is not a part of its text: no page of this server says so.
    pub(crate) fn into_article(self) -> Option<Article> {
        let (start, end) = self.body;
        self.text.get(start..end)?;
        let mut article = Article::new(self.id, self.text);
        article.body = Span::new(start, end);
        article.title = self.title;
        article.date = self.date;
        article.source = self.source;
        article.negotiation = self.negotiation;
        article.domain = self.domain;
        article.parties = self.parties;
        article.warnings = self.warnings;
        Some(article)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_gives_its_article_again() {
        let mut article =
            detente_input::article_from_text("a", "date 2033-01-02\n\nTalks resume\n\nThey met “today”.");
        article.source = Some("Harbour Wire".to_owned());
        let json = serde_json::to_string(&Draft::from(&article)).expect("JSON");
        let again: Draft = serde_json::from_str(&json).expect("a draft");
        assert_eq!(again.into_article(), Some(article));
    }

    #[test]
    fn a_body_outside_the_text_is_refused() {
        for body in [(0, 99), (1, 0), (2, 3)] {
            let draft = Draft { body, ..Draft::from(&Article::new("a", "é x")) };
            assert_eq!(draft.into_article().is_some(), body == (2, 3), "{body:?}");
        }
    }
}
