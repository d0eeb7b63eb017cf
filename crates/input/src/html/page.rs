//! [`parse_page`]: a page as a flat list of text blocks; the only file that uses `html5ever`.
//!
//! Only its tokenizer is used. No tree is built, so deep nesting cannot exhaust the stack.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, CharacterTokens, StartTag, Tag, TagToken, Token, TokenSink, TokenSinkResult, Tokenizer,
    TokenizerOpts,
};

use crate::html::elements::{is_block, is_boilerplate, is_boilerplate_label, is_text_block, is_void};

/// Elements nested deeper than this are treated as part of their ancestor; real pages stay below 100.
const MAX_DEPTH: usize = 512;
/// A link is looked for in this many innermost elements: `<a><span><b>` is common, deeper nesting is not.
const LINK_LOOKBACK: usize = 8;
/// `head` is one of the first elements if it is open: `html`, `head`.
const HEAD_DEPTH: usize = 3;

/// The parts of a page that matter for its article.
#[derive(Debug, Default)]
pub(crate) struct Page {
    /// Blocks of text in order.
    pub(crate) blocks: Vec<Block>,
    /// The elements that hold blocks, in the order of their start tags. The first is the whole page.
    pub(crate) containers: Vec<Container>,
    /// Names in lower case and contents of `meta` elements and of elements with `itemprop`.
    pub(crate) metas: Vec<(String, String)>,
    /// Contents of `script` elements with JSON-LD.
    pub(crate) json: Vec<String>,
    /// Text of the `title` element.
    pub(crate) title: String,
    /// The `datetime` or text of `time` elements, each with the index of its container.
    pub(crate) times: Vec<(String, usize)>,
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
    /// Whether an element around it (a menu, a form) holds no article text.
    pub(crate) is_boilerplate: bool,
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

/// Parses `text` as HTML. Every text is valid HTML.
pub(crate) fn parse_page(text: &str) -> Page {
    let tokenizer = Tokenizer::new(PageSink::default(), TokenizerOpts::default());
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from(text));
    let _ = tokenizer.feed(&queue);
    tokenizer.end();
    let mut builder = tokenizer.sink.0.into_inner();
    builder.close_block();
    while builder.close_element() {}
    let end = builder.page.containers.len();
    if let Some(root) = builder.page.containers.first_mut() {
        root.end = end;
    }
    builder.page
}

/// `TokenSink` takes `&self`, so the builder is in a cell.
struct PageSink(RefCell<PageBuilder>);

impl Default for PageSink {
    fn default() -> Self {
        let page = Page { containers: vec![Container::default()], ..Page::default() };
        Self(RefCell::new(PageBuilder { page, ..PageBuilder::default() }))
    }
}

#[derive(Default)]
struct PageBuilder {
    page: Page,
    open: Vec<OpenElement>,
    /// Start tags that were ignored because of [`MAX_DEPTH`].
    ignored_depth: usize,
    /// The block so far, and how many bytes of it are in links.
    text: String,
    linked: usize,
    /// Where characters go.
    target: TextTarget,
}

#[derive(Default, PartialEq, Eq)]
enum TextTarget {
    #[default]
    Block,
    Discard,
    Title,
    JsonLd,
}

struct OpenElement {
    name: String,
    is_boilerplate: bool,
    is_link: bool,
    /// Index of its container, if it is one.
    container: Option<usize>,
    /// If its text is metadata (`time`, `itemprop`): the name, and where that text starts in the block.
    metadata: Option<(String, usize)>,
}

impl TokenSink for PageSink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut builder = self.0.borrow_mut();
        match token {
            CharacterTokens(text) => builder.add_characters(&text),
            TagToken(tag) if tag.kind == StartTag => return builder.start_tag(&tag),
            TagToken(tag) => builder.end_tag(&tag.name),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl PageBuilder {
    fn add_characters(&mut self, text: &str) {
        match self.target {
            TextTarget::Discard => {}
            TextTarget::Title => self.page.title.push_str(text),
            TextTarget::JsonLd => self.page.json.last_mut().into_iter().for_each(|json| json.push_str(text)),
            TextTarget::Block => {
                self.text.push_str(text);
                if self.open.iter().rev().take(LINK_LOOKBACK).any(|element| element.is_link) {
                    self.linked += text.len();
                }
            }
        }
    }

    fn start_tag(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name = &*tag.name;
        if name == "br" {
            self.text.push(BREAK);
            return TokenSinkResult::Continue;
        }
        self.read_metadata(tag);
        if is_void(name) {
            return TokenSinkResult::Continue;
        }
        if is_block(name) {
            self.close_block();
            if name != "title" && self.open.iter().take(HEAD_DEPTH).any(|element| element.name == "head") {
                self.end_tag("head");
            }
            if self.open.last().is_some_and(|top| top.name == "p" || (top.name == name && name == "li")) {
                self.close_element();
            }
        }
        if self.open.len() >= MAX_DEPTH {
            self.ignored_depth += 1;
        } else {
            self.open_element(tag);
        }
        self.start_raw_text(tag)
    }

    /// Takes the metadata in the attributes of a `meta` element or an element with `itemprop`.
    fn read_metadata(&mut self, tag: &Tag) {
        let itemprop = attribute(tag, "itemprop");
        let content = content(tag).filter(|_| &*tag.name == "meta" || itemprop.is_some());
        let names = [attribute(tag, "name"), attribute(tag, "property"), itemprop];
        if let Some(content) = content {
            for name in names.into_iter().flatten() {
                self.page.metas.push((name.to_ascii_lowercase(), content.trim().to_owned()));
            }
        }
    }

    fn open_element(&mut self, tag: &Tag) {
        let name = &*tag.name;
        let (itemprop, role) = (attribute(tag, "itemprop"), attribute(tag, "role"));
        let metadata = match (name, attribute(tag, "datetime"), itemprop) {
            ("time", Some(datetime), _) => {
                let container = self.container();
                self.page.times.push((datetime.trim().to_owned(), container));
                None
            }
            ("time", None, _) => Some(("time".to_owned(), self.text.len())),
            (_, _, Some(prop)) if content(tag).is_none() => {
                Some((prop.to_ascii_lowercase(), self.text.len()))
            }
            _ => None,
        };
        let is_article = name == "article" || role == Some("article");
        let is_body = itemprop.is_some_and(|prop| prop.eq_ignore_ascii_case("articlebody"));
        let is_main = name == "main" || role == Some("main");
        let is_root = matches!(name, "html" | "body") || is_article || is_body || is_main;
        let is_hidden = attribute(tag, "hidden").is_some() || attribute(tag, "aria-hidden") == Some("true");
        let mut labels = [attribute(tag, "class"), attribute(tag, "id"), role].into_iter().flatten();
        let is_boilerplate = is_boilerplate(name)
            || is_hidden
            || name == "header" && !self.open.iter().any(|element| element.name == "article")
            || !is_root && labels.any(is_boilerplate_label);
        let container = (is_block(name) && !is_text_block(name)).then(|| {
            let parent = self.container();
            self.page.containers.push(Container { parent, end: 0, is_article, is_body, is_main });
            self.page.containers.len() - 1
        });
        self.open.push(OpenElement {
            name: name.to_owned(),
            is_boilerplate: is_boilerplate || self.is_boilerplate(),
            is_link: name == "a",
            container,
            metadata,
        });
    }

    /// Sets where the characters of an element go that holds raw text, and how the tokenizer reads them.
    fn start_raw_text(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let (target, kind) = match &*tag.name {
            "script"
                if attribute(tag, "type").is_some_and(|t| t.to_ascii_lowercase().contains("ld+json")) =>
            {
                self.page.json.push(String::new());
                (TextTarget::JsonLd, RawKind::ScriptData)
            }
            "script" => (TextTarget::Discard, RawKind::ScriptData),
            "style" | "iframe" | "noembed" | "noframes" | "xmp" => (TextTarget::Discard, RawKind::Rawtext),
            "title" if self.open.iter().any(|element| element.name == "svg") => {
                return TokenSinkResult::Continue;
            }
            "title" if self.page.title.is_empty() => (TextTarget::Title, RawKind::Rcdata),
            "textarea" | "title" => (TextTarget::Discard, RawKind::Rcdata),
            _ => return TokenSinkResult::Continue,
        };
        self.target = target;
        TokenSinkResult::RawData(kind)
    }

    fn end_tag(&mut self, name: &str) {
        self.target = TextTarget::Block;
        if is_block(name) {
            self.close_block();
        }
        if self.ignored_depth > 0 {
            self.ignored_depth -= 1;
            return;
        }
        // an end tag without a start tag closes nothing
        if let Some(at) = self.open.iter().rposition(|element| element.name == name) {
            while self.open.len() > at && self.close_element() {}
        }
    }

    /// Closes the innermost element; returns false if none is open.
    fn close_element(&mut self) -> bool {
        let Some(element) = self.open.pop() else { return false };
        if let Some((name, start)) = element.metadata {
            let text = collapse_spaces(self.text.get(start..).unwrap_or(""));
            if name == "time" {
                let container = self.container();
                self.page.times.push((text, container));
            } else if !text.is_empty() {
                self.page.metas.push((name, text));
            }
        }
        let end = self.page.containers.len();
        if let Some(container) = element.container.and_then(|at| self.page.containers.get_mut(at)) {
            container.end = end;
        }
        true
    }

    /// Index of the innermost open container.
    fn container(&self) -> usize {
        self.open.iter().rev().find_map(|element| element.container).unwrap_or(0)
    }

    fn is_boilerplate(&self) -> bool {
        self.open.last().is_some_and(|element| element.is_boilerplate)
    }

    /// Ends the block: the characters since the last block-level tag are one block, or several that are separated by
    /// empty lines (`br br`).
    fn close_block(&mut self) {
        for (_, start) in self.open.iter_mut().filter_map(|element| element.metadata.as_mut()) {
            *start = 0;
        }
        let text = std::mem::take(&mut self.text);
        let linked = std::mem::take(&mut self.linked);
        let kind = self
            .open
            .iter()
            .rev()
            .find_map(|element| match element.name.as_str() {
                "h1" => Some(BlockKind::Title),
                "h2" | "h3" | "h4" | "h5" | "h6" => Some(BlockKind::Heading),
                "p" | "blockquote" => Some(BlockKind::Paragraph),
                "li" => Some(BlockKind::Item),
                name if is_block(name) => Some(BlockKind::Other),
                _ => None,
            })
            .unwrap_or(BlockKind::Other);
        let (container, is_boilerplate) = (self.container(), self.is_boilerplate());
        let mut part = String::new();
        let mut breaks = 0;
        for piece in text.split(BREAK) {
            let words = collapse_spaces(piece);
            if words.is_empty() {
                breaks += 1;
                continue;
            }
            if breaks > 0 && !part.is_empty() {
                let text = std::mem::take(&mut part);
                self.page.blocks.push(Block { text, kind, linked, container, is_boilerplate });
            }
            breaks = 0;
            if !part.is_empty() {
                part.push(' ');
            }
            part.push_str(&words);
        }
        if !part.is_empty() {
            self.page.blocks.push(Block { text: part, kind, linked, container, is_boilerplate });
        }
    }
}

fn attribute<'t>(tag: &'t Tag, name: &str) -> Option<&'t str> {
    tag.attrs.iter().find(|attr| &*attr.name.local == name).map(|attr| &*attr.value)
}

/// The machine-readable value of an element with metadata.
fn content(tag: &Tag) -> Option<&str> {
    attribute(tag, "content").or_else(|| attribute(tag, "datetime"))
}

/// Represents `br` in an open block.
const BREAK: char = '\u{2028}';

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
