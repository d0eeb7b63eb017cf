//! [`PagePart`]: the contents of the HTML reports, to be set into the pages of another program.

use std::collections::BTreeMap;
use std::io;
use std::io::Write;

use detente::ExplainedArticle;
use detente_timeline::{BriefReport, Comparison, Timeline};

/// The style of all HTML reports.
pub const STYLE: &str = include_str!("../templates/style.css");

/// The content of an HTML report without its head, for pages that have a head of their own and [`STYLE`].
///
/// ```
/// use detente::{Article, Engine};
/// use detente_report::PagePart;
///
/// let explained = [Engine::builtin()?.explain(&Article::new("note", "Talks <b>collapsed</b> on Sunday."))];
/// let mut content = Vec::new();
/// PagePart::Explanation(&explained, 5).write(&mut content).unwrap();
/// let content = String::from_utf8(content).unwrap();
/// assert!(content.contains("&lt;b&gt;") && !content.contains("<html"));
/// # Ok::<(), detente::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum PagePart<'a> {
    /// Explained articles, with at most so many features for each statement.
    Explanation(&'a [ExplainedArticle], usize),
    /// Briefs, and the addresses of their articles by id.
    Brief(&'a BriefReport, &'a BTreeMap<String, String>),
    /// A timeline.
    Timeline(&'a Timeline),
    /// A comparison.
    Comparison(&'a Comparison),
}

impl PagePart<'_> {
    /// Writes the content.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write(self, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Self::Explanation(articles, max_features) => {
                crate::explanation::html::write_content(articles, max_features, out)
            }
            Self::Brief(report, links) => crate::brief::html::write_content(report, links, out),
            Self::Timeline(timeline) => crate::timeline::html::write_content(timeline, out),
            Self::Comparison(comparison) => crate::comparison::html::write_content(comparison, out),
        }
    }
}
