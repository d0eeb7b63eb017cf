//! [`Article`]: what came in, with the text exactly as it was given.

use std::collections::BTreeMap;

use detente_lang::{Day, Span, date_contradiction, sentences};

use crate::article_note::Note;
use crate::source_map::SourceMap;

/// One article: its text as given, and what its source says about it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Article {
    /// Name of the article, unique within its collection: a file's stem, or the record's `id`.
    pub id: String,
    /// Headline, where the source gives one apart from the text or as a title line.
    pub title: Option<String>,
    /// Date of publication, where the source gives one.
    pub date: Option<Day>,
    /// The whole text as given; all spans point into it.
    pub text: String,
    /// The part of `text` that is running text: without date header and title line.
    pub body: Span,
    /// Outlet or file group that the article comes from (`source`).
    pub source: Option<String>,
    /// The negotiation that the article is about, where the source says so.
    pub negotiation: Option<String>,
    /// The field of the negotiation (trade, peace, labour, …), where the source says so.
    pub domain: Option<String>,
    /// The parties by id, each with the names, demonyms, capitals and speakers that stand for it.
    pub parties: BTreeMap<String, Vec<String>>,
    /// What had to be changed or guessed on reading; becomes warnings.
    pub notes: Vec<Note>,
    /// Maps offsets in `text` to byte offsets in the original file when it was converted to UTF-8.
    pub source_map: Option<SourceMap>,
}

impl Article {
    /// An article of bare text: no date, no title, the whole text is its body.
    #[must_use]
    pub fn new(id: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        Self { id: id.into(), body: Span::new(0, text.len()), text, ..Self::default() }
    }

    /// Where the text contradicts `date`, takes the nearest day that the text supports instead, and notes it.
    pub fn trust_text(&mut self) {
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
        self.notes.push(Note { kind: "date-doubt", message });
    }
}
