//! [`read`]: a page as a flat list of blocks; the one door to `html5ever`.
//!
//! Only the tokenizer is used: no tree is built, so that no nesting can exhaust the stack.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, CharacterTokens, StartTag, Tag, TagToken, Token, TokenSink, TokenSinkResult, Tokenizer,
    TokenizerOpts,
};

use crate::html::elements::{is_aside, is_block, is_leaf, is_void, names_aside};

/// Elements nested deeper than this count as their ancestor; real pages stay below 100.
const DEEPEST: usize = 512;

/// What a page holds.
#[derive(Debug, Default)]
pub(crate) struct Page {
    /// Texts that stand apart from each other, in order.
    pub(crate) blocks: Vec<Block>,
    /// The elements that hold blocks, in the order of their start tags; the first holds all.
    pub(crate) frames: Vec<Frame>,
    /// Names and contents of `meta` elements and of elements with `itemprop`, names in small letters.
    pub(crate) metas: Vec<(String, String)>,
    /// Contents of `script` elements of JSON-LD.
    pub(crate) json: Vec<String>,
    /// The `title` element.
    pub(crate) title: String,
    /// `datetime` of `time` elements, or their words, with the frame they stand in.
    pub(crate) times: Vec<(String, usize)>,
}

/// A text between two block-level tags.
#[derive(Debug)]
pub(crate) struct Block {
    /// Its words, blanks collapsed.
    pub(crate) text: String,
    /// What it is.
    pub(crate) kind: BlockKind,
    /// Bytes of it that are links.
    pub(crate) linked: usize,
    /// Number of the frame that it stands in.
    pub(crate) within: usize,
    /// Whether an element around it holds no article text (a menu, a form).
    pub(crate) is_aside: bool,
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
pub(crate) struct Frame {
    /// Number of the frame around it; the first is its own.
    pub(crate) parent: usize,
    /// Number behind the last frame in it.
    pub(crate) end: usize,
    /// Whether it is an `article` or has the role of one.
    pub(crate) is_article: bool,
    /// Whether it says that it is the body of an article.
    pub(crate) is_body: bool,
    /// Whether it is the `main` part of the page.
    pub(crate) is_main: bool,
}

/// Reads `text` as HTML; whatever it is, it is a page.
pub(crate) fn read(text: &str) -> Page {
    let tokenizer = Tokenizer::new(Reader::default(), TokenizerOpts::default());
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from(text));
    let _ = tokenizer.feed(&queue);
    tokenizer.end();
    let mut state = tokenizer.sink.0.into_inner();
    state.close_block();
    while state.pop() {}
    let end = state.page.frames.len();
    if let Some(root) = state.page.frames.first_mut() {
        root.end = end;
    }
    state.page
}

struct Reader(RefCell<State>);

impl Default for Reader {
    fn default() -> Self {
        let page = Page { frames: vec![Frame::default()], ..Page::default() };
        Self(RefCell::new(State { page, ..State::default() }))
    }
}

#[derive(Default)]
struct State {
    page: Page,
    open: Vec<Element>,
    /// Start tags that were not taken in because of [`DEEPEST`].
    too_deep: usize,
    text: String,
    linked: usize,
    /// What the characters that come are for.
    into: Into,
}

#[derive(Default, PartialEq, Eq)]
enum Into {
    #[default]
    Block,
    Nothing,
    Title,
    Json,
}

struct Element {
    name: String,
    is_aside: bool,
    is_link: bool,
    /// Number of its frame, where it is one.
    own: Option<usize>,
    /// Start of its words in the open block, where its words are a fact (`time`, `itemprop`).
    fact: Option<(String, usize)>,
}

impl TokenSink for Reader {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut state = self.0.borrow_mut();
        match token {
            CharacterTokens(text) => state.characters(&text),
            TagToken(tag) if tag.kind == StartTag => return state.start(&tag),
            TagToken(tag) => state.end(&tag.name),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl State {
    fn characters(&mut self, text: &str) {
        match self.into {
            Into::Nothing => {}
            Into::Title => self.page.title.push_str(text),
            Into::Json => self.page.json.last_mut().into_iter().for_each(|json| json.push_str(text)),
            Into::Block => {
                self.text.push_str(text);
                if self.open.iter().rev().take(8).any(|element| element.is_link) {
                    self.linked += text.len();
                }
            }
        }
    }

    fn start(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name = &*tag.name;
        let value =
            |wanted: &str| tag.attrs.iter().find(|attr| &*attr.name.local == wanted).map(|attr| &*attr.value);
        if name == "br" {
            self.text.push(BREAK);
            return TokenSinkResult::Continue;
        }
        let content = value("content").or_else(|| value("datetime"));
        let names = [value("name"), value("property"), value("itemprop")];
        if let Some(content) = content.filter(|_| name == "meta" || value("itemprop").is_some()) {
            for name in names.into_iter().flatten() {
                self.page.metas.push((name.to_ascii_lowercase(), content.trim().to_owned()));
            }
        }
        if is_void(name) {
            return TokenSinkResult::Continue;
        }
        let parts = is_block(name);
        if parts {
            self.close_block();
            if name != "title" && self.open.iter().take(3).any(|element| element.name == "head") {
                self.end("head");
            }
            if self.open.last().is_some_and(|top| top.name == "p" || (top.name == name && name == "li")) {
                self.pop();
            }
        }
        if self.open.len() >= DEEPEST {
            self.too_deep += 1;
        } else {
            let fact = match (name, value("datetime"), value("itemprop")) {
                ("time", Some(datetime), _) => {
                    let within = self.within();
                    self.page.times.push((datetime.trim().to_owned(), within));
                    None
                }
                ("time", None, _) => Some(("time".to_owned(), self.text.len())),
                (_, _, Some(prop)) if content.is_none() => Some((prop.to_ascii_lowercase(), self.text.len())),
                _ => None,
            };
            let labels = [value("class"), value("id"), value("role")];
            let is_article = name == "article" || value("role") == Some("article");
            let is_body = value("itemprop").is_some_and(|prop| prop.eq_ignore_ascii_case("articlebody"));
            let is_main = name == "main" || value("role") == Some("main");
            let is_root = matches!(name, "html" | "body") || is_article || is_body || is_main;
            let is_hidden = value("hidden").is_some() || value("aria-hidden") == Some("true");
            let holds_none = is_aside(name)
                || is_hidden
                || name == "header" && !self.open.iter().any(|element| element.name == "article")
                || !is_root && labels.into_iter().flatten().any(names_aside);
            let own = parts && !is_leaf(name);
            let own = own.then(|| {
                let parent = self.within();
                self.page.frames.push(Frame { parent, end: 0, is_article, is_body, is_main });
                self.page.frames.len() - 1
            });
            self.open.push(Element {
                name: name.to_owned(),
                is_aside: holds_none || self.is_aside(),
                is_link: name == "a",
                own,
                fact,
            });
        }
        match name {
            "script" => {
                let is_json = value("type").is_some_and(|t| t.to_ascii_lowercase().contains("ld+json"));
                if is_json {
                    self.page.json.push(String::new());
                }
                self.into = if is_json { Into::Json } else { Into::Nothing };
                TokenSinkResult::RawData(RawKind::ScriptData)
            }
            "style" | "iframe" | "noembed" | "noframes" | "xmp" => {
                self.into = Into::Nothing;
                TokenSinkResult::RawData(RawKind::Rawtext)
            }
            "textarea" => {
                self.into = Into::Nothing;
                TokenSinkResult::RawData(RawKind::Rcdata)
            }
            "title" if !self.open.iter().any(|element| element.name == "svg") => {
                self.into = if self.page.title.is_empty() { Into::Title } else { Into::Nothing };
                TokenSinkResult::RawData(RawKind::Rcdata)
            }
            _ => TokenSinkResult::Continue,
        }
    }

    fn end(&mut self, name: &str) {
        self.into = Into::Block;
        if is_block(name) {
            self.close_block();
        }
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        // an end tag without its start tag closes nothing
        if let Some(at) = self.open.iter().rposition(|element| element.name == name) {
            while self.open.len() > at && self.pop() {}
        }
    }

    /// Closes the innermost element; false where none is open.
    fn pop(&mut self) -> bool {
        let Some(element) = self.open.pop() else { return false };
        if let Some((name, start)) = element.fact {
            let words = collapsed(self.text.get(start..).unwrap_or(""));
            if name == "time" {
                let within = self.within();
                self.page.times.push((words, within));
            } else if !words.is_empty() {
                self.page.metas.push((name, words));
            }
        }
        let end = self.page.frames.len();
        if let Some(own) = element.own.and_then(|own| self.page.frames.get_mut(own)) {
            own.end = end;
        }
        true
    }

    fn within(&self) -> usize {
        self.open.iter().rev().find_map(|element| element.own).unwrap_or(0)
    }

    fn is_aside(&self) -> bool {
        self.open.last().is_some_and(|element| element.is_aside)
    }

    /// Takes the characters since the last block-level tag as a block, or as several
    /// where empty lines (`br br`) part them.
    fn close_block(&mut self) {
        for (_, start) in self.open.iter_mut().filter_map(|element| element.fact.as_mut()) {
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
        let (within, is_aside) = (self.within(), self.is_aside());
        let mut part = String::new();
        let mut breaks = 0;
        for piece in text.split(BREAK) {
            let words = collapsed(piece);
            if words.is_empty() {
                breaks += 1;
                continue;
            }
            if breaks > 0 && !part.is_empty() {
                let text = std::mem::take(&mut part);
                self.page.blocks.push(Block { text, kind, linked, within, is_aside });
            }
            breaks = 0;
            if !part.is_empty() {
                part.push(' ');
            }
            part.push_str(&words);
        }
        if !part.is_empty() {
            self.page.blocks.push(Block { text: part, kind, linked, within, is_aside });
        }
    }
}

/// Stands for `br` while a block is open.
const BREAK: char = '\u{2028}';

/// `text` with one blank for each run of blanks and none at the ends.
pub(crate) fn collapsed(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    }
    words
}
