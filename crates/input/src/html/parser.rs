//! [`parse_page`]: parses HTML; the only file that uses `html5ever`.
//!
//! Only its tokenizer is used. No tree is built, so deep nesting cannot exhaust the stack.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, CharacterTokens, StartTag, Tag, TagToken, Token, TokenSink, TokenSinkResult, Tokenizer,
    TokenizerOpts,
};

use crate::html::elements::{
    LabelDoubt, is_block, is_boilerplate, is_doubtful, is_text_block, is_void, label_doubt,
};
use crate::html::page::{Block, BlockKind, Container, Page, Part, TimeMark, collapse_spaces};
use crate::html::released::drop_boilerplate;

/// Elements nested deeper than this are treated as part of their ancestor; real pages stay below 100.
const MAX_DEPTH: usize = 512;
/// A link is looked for in this many innermost elements: `<a><span><b>` is common, deeper nesting is not.
const LINK_LOOKBACK: usize = 8;
/// `head` is one of the first elements if it is open: `html`, `head`.
const HEAD_DEPTH: usize = 3;
/// An XML declaration and the name space of XHTML stand in so many bytes.
const XML_HEAD: usize = 1000;

/// Parses `text` as HTML. Every text is valid HTML.
pub(crate) fn parse_page(text: &str) -> Page {
    let tokenizer = Tokenizer::new(PageSink::new(is_xhtml(text)), TokenizerOpts::default());
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
    drop_boilerplate(&mut builder.page);
    builder.page
}

/// Whether empty elements may be written `<script/>`, which HTML reads as a start tag.
fn is_xhtml(text: &str) -> bool {
    let head = text.trim_start_matches('\u{feff}').trim_start();
    let end = (0..=XML_HEAD.min(head.len())).rev().find(|at| head.is_char_boundary(*at)).unwrap_or(0);
    let head = head.get(..end).unwrap_or("");
    head.starts_with("<?xml")
        || head.contains("xmlns=\"http://www.w3.org/1999/xhtml\"") && !head.starts_with("<!")
}

/// `TokenSink` takes `&self`, so the builder is in a cell.
struct PageSink(RefCell<PageBuilder>);

impl PageSink {
    fn new(is_xhtml: bool) -> Self {
        let page = Page {
            containers: vec![Container::default()],
            parts: vec![Part { parent: 0, doubt: LabelDoubt::Weak }],
            ..Page::default()
        };
        Self(RefCell::new(PageBuilder { page, is_xhtml, ..PageBuilder::default() }))
    }
}

#[derive(Default)]
struct PageBuilder {
    page: Page,
    is_xhtml: bool,
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
    Data,
}

struct OpenElement {
    name: String,
    is_boilerplate: bool,
    is_link: bool,
    is_date: bool,
    /// Index of its part.
    part: usize,
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
            TextTarget::Data => self.page.data.last_mut().into_iter().for_each(|data| data.push_str(text)),
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
        if self.is_xhtml && tag.self_closing {
            if is_block(name) {
                self.close_block();
            }
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
        let names =
            [attribute(tag, "name"), attribute(tag, "property"), attribute(tag, "http-equiv"), itemprop];
        let is_canonical = &*tag.name == "link" && attribute(tag, "rel") == Some("canonical")
            || &*tag.name == "meta" && attribute(tag, "property") == Some("og:url");
        if let Some(address) =
            attribute(tag, "href").or_else(|| attribute(tag, "content")).filter(|_| is_canonical)
        {
            self.page.address.get_or_insert_with(|| address.to_owned());
        }
        if let Some(content) = content {
            for name in names.into_iter().flatten() {
                self.page.metas.push((name.to_ascii_lowercase(), content.trim().to_owned()));
            }
        }
    }

    fn open_element(&mut self, tag: &Tag) {
        let name = &*tag.name;
        let (itemprop, role) = (attribute(tag, "itemprop"), attribute(tag, "role"));
        let doubt = self.doubt(tag);
        let part = match doubt {
            Some(doubt) => {
                let parent = self.part();
                self.page.parts.push(Part { parent, doubt });
                self.page.parts.len() - 1
            }
            None => self.part(),
        };
        let is_boilerplate = is_boilerplate(name) || self.is_boilerplate();
        let metadata = match (name, attribute(tag, "datetime"), itemprop) {
            ("time", Some(datetime), _) => {
                self.add_time(datetime.trim().to_owned(), part, is_boilerplate);
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
        let container = (is_block(name) && !is_text_block(name)).then(|| {
            let parent = self.container();
            self.page.containers.push(Container { parent, end: 0, is_article, is_body, is_main });
            self.page.containers.len() - 1
        });
        let is_date = [attribute(tag, "class"), attribute(tag, "id")].into_iter().flatten().any(names_date)
            || self.open.last().is_some_and(|parent| parent.is_date);
        self.open.push(OpenElement {
            name: name.to_owned(),
            is_boilerplate,
            is_link: name == "a" && attribute(tag, "href").is_some(),
            is_date,
            part,
            container,
            metadata,
        });
    }

    /// How surely an element holds no article text, by its kind, labels and attributes.
    fn doubt(&self, tag: &Tag) -> Option<LabelDoubt> {
        let name = &*tag.name;
        let role = attribute(tag, "role");
        let is_hidden = attribute(tag, "hidden").is_some() || attribute(tag, "aria-hidden") == Some("true");
        let is_header = name == "header" && !self.open.iter().any(|element| element.name == "article");
        let doubt_of_kind = (is_doubtful(name) || is_hidden || is_header).then_some(LabelDoubt::Weak);
        let is_root = matches!(name, "html" | "body" | "article" | "main")
            || matches!(role, Some("article" | "main"))
            || attribute(tag, "itemprop").is_some_and(|prop| prop.eq_ignore_ascii_case("articlebody"));
        if is_root {
            return doubt_of_kind;
        }
        let labels = [attribute(tag, "class"), attribute(tag, "id"), role].into_iter().flatten();
        // the lead of an article is often labelled as its teaser
        let of_labels =
            labels.filter(|label| !(name == "p" && label.contains("teaser"))).filter_map(label_doubt);
        of_labels.fold(doubt_of_kind, |doubt, other| {
            if other == LabelDoubt::Strong { Some(other) } else { doubt.or(Some(other)) }
        })
    }

    fn add_time(&mut self, value: String, part: usize, is_boilerplate: bool) {
        let (container, block) = (self.container(), self.page.blocks.len());
        self.page.times.push(TimeMark { value, container, part, is_boilerplate, block });
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
            "script" if attribute(tag, "type").is_some_and(|t| t.to_ascii_lowercase().contains("json")) => {
                self.page.data.push(String::new());
                (TextTarget::Data, RawKind::ScriptData)
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
                self.add_time(text, element.part, element.is_boilerplate);
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

    fn part(&self) -> usize {
        self.open.last().map_or(0, |element| element.part)
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
        let (container, part, is_boilerplate) = (self.container(), self.part(), self.is_boilerplate());
        let is_date = self.open.last().is_some_and(|element| element.is_date);
        let new_block = |text| Block { text, kind, linked, container, part, is_boilerplate, is_date };
        let mut words = String::new();
        let mut breaks = 0;
        for piece in text.split(BREAK) {
            let piece = collapse_spaces(piece);
            if piece.is_empty() {
                breaks += 1;
                continue;
            }
            if breaks > 0 && !words.is_empty() {
                let text = std::mem::take(&mut words);
                self.page.blocks.push(new_block(text));
            }
            breaks = 0;
            if !words.is_empty() {
                words.push(' ');
            }
            words.push_str(&piece);
        }
        if !words.is_empty() {
            self.page.blocks.push(new_block(words));
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

/// Whether a class or id names a date: `date`, `pub-date`, `timestamp`, `entry-meta`.
fn names_date(labels: &str) -> bool {
    let words = labels.split(|c: char| !c.is_ascii_alphanumeric());
    words.into_iter().any(|word| {
        ["date", "dateline", "published", "timestamp", "pubdate", "time", "byline", "meta"]
            .iter()
            .any(|name| word.eq_ignore_ascii_case(name))
    })
}
