//! [`Page`]: a web page as a flat list of text blocks with the elements around each.

use crate::html::elements::LabelDoubt;

/// The parts of a page that matter for its article.
#[derive(Debug, Default)]
pub(crate) struct Page {
    /// Blocks of text in order.
    pub(crate) blocks: Vec<Block>,
    /// The elements that hold blocks, in the order of their start tags. The first is the whole page.
    pub(crate) containers: Vec<Container>,
    /// The elements that may hold no article text, in the order of their start tags. The first is the whole page,
    /// and holds article text.
    pub(crate) parts: Vec<Part>,
    /// Names in lower case and contents of `meta` elements and of elements with `itemprop`.
    pub(crate) metas: Vec<(String, String)>,
    /// Contents of `script` elements with JSON-LD.
    pub(crate) json: Vec<String>,
    /// Contents of `script` elements with other JSON: the data that a page is drawn from.
    pub(crate) data: Vec<String>,
    /// Text of the `title` element.
    pub(crate) title: String,
    /// `href` of the canonical address.
    pub(crate) address: Option<String>,
    /// The `time` elements.
    pub(crate) times: Vec<TimeMark>,
}

/// The text between two block-level tags.
#[derive(Debug)]
pub(crate) struct Block {
    /// The text with spaces collapsed.
    pub(crate) text: String,
    pub(crate) kind: BlockKind,
    /// Bytes of the text that are in links.
    pub(crate) linked: usize,
    /// Index of its container.
    pub(crate) container: usize,
    /// Index of its part.
    pub(crate) part: usize,
    /// Whether an element around it (a menu, a comment) holds no article text.
    pub(crate) is_boilerplate: bool,
    /// Whether its element is labelled as a date.
    pub(crate) is_date: bool,
}

/// A `time` element.
#[derive(Debug)]
pub(crate) struct TimeMark {
    /// Its `datetime` or text.
    pub(crate) value: String,
    pub(crate) container: usize,
    pub(crate) part: usize,
    pub(crate) is_boilerplate: bool,
    /// The number of blocks before it.
    pub(crate) block: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BlockKind {
    Title,
    Heading,
    Paragraph,
    Item,
    Other,
}

/// An element that holds blocks.
#[derive(Debug, Default)]
pub(crate) struct Container {
    /// Index of the container around it; the first is its own parent.
    pub(crate) parent: usize,
    /// Index after the last container inside it.
    pub(crate) end: usize,
    /// Whether it is an `article` or has that role.
    pub(crate) is_article: bool,
    /// Whether it is marked as the body of an article (`itemprop=articleBody`).
    pub(crate) is_body: bool,
    /// Whether it is `main` or has that role.
    pub(crate) is_main: bool,
}

/// An element whose labels, kind or attributes say that it holds no article text.
#[derive(Debug)]
pub(crate) struct Part {
    /// Index of the part around it; the first is its own parent.
    pub(crate) parent: usize,
    pub(crate) doubt: LabelDoubt,
}

/// Returns `text` with each run of spaces replaced by one, and none at the ends.
pub(crate) fn collapse_spaces(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    }
    words
}
