//! [`Article`]: the input of the engine; `text` is the unmodified source text.

use std::collections::BTreeMap;

use detente_lang::{Day, Span, date_contradiction, sentences};

use crate::source_map::SourceMap;
use crate::warning::{Warning, WarningKind};

/// Article to be scored: its text as given, and the metadata of its source.
///
/// The readers of `detente-input` fill it from files; a program can do so by hand:
///
/// ```
/// use detente::Article;
/// let mut article = Article::new("wire-1", "Velmark said talks would resume on Monday.");
/// article.title = Some("Velmark returns to the table".to_owned());
/// article.date = Some("2031-05-09".parse()?);
/// article.parties.insert("velmark".to_owned(), vec!["Velmark".to_owned()]);
/// assert_eq!(article.body.len(), article.text.len());
/// # Ok::<(), detente::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Article {
    /// Id, unique within the collection: the record's `id` or the file name without extension.
    pub id: String,
    /// Headline, if the source gives one.
    pub title: Option<String>,
    /// Date of publication, if the source gives one.
    pub date: Option<Day>,
    /// Full text as given; all spans refer to it.
    pub text: String,
    /// Part of `text` that is scored: without date header and title line.
    pub body: Span,
    /// Outlet or file group.
    pub source: Option<String>,
    /// Negotiation that the article is about.
    pub negotiation: Option<String>,
    /// Field of the negotiation (trade, peace, labour, …).
    pub domain: Option<String>,
    /// Parties by id, each with its names, demonyms, capitals and speakers.
    pub parties: BTreeMap<String, Vec<String>>,
    /// Warnings of the reader; the engine copies them to the result.
    pub warnings: Vec<Warning>,
    /// Maps offsets in `text` to offsets in the original file, if the text was converted to UTF-8.
    pub source_map: Option<SourceMap>,
}

impl Article {
    /// Creates an article of plain text: no date, no title, the whole text is the body.
    #[must_use]
    pub fn new(id: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        Self { id: id.into(), body: Span::new(0, text.len()), text, ..Self::default() }
    }

    /// Replaces a date that the text contradicts by the nearest day that fits the text, and adds a warning.
    ///
    /// "Thursday's Thanksgiving holiday" in an article dated 12 December moves it to November.
    pub fn correct_date(&mut self) {
        let Some(claimed) = self.date else { return };
        let spans: Vec<Span> = sentences(&self.text, self.body).into_iter().map(|s| s.span).collect();
        let Some(doubt) = date_contradiction(&self.text, &spans, claimed) else { return };
        let day = doubt.nearest(claimed);
        let words = doubt.evidence.slice(&self.text);
        let message = format!(
            "the text says \"{words}\", which fits {} to {}: read as of {day}, not {claimed}",
            doubt.from, doubt.to
        );
        self.date = Some(day);
        self.warnings.push(Warning::new(WarningKind::DateDoubt, message));
    }
}
