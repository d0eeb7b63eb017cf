//! [`article_paragraphs`]: the blocks of a page that are its article.

use crate::html::page::{Block, BlockKind, Container, Page};

/// A block with a larger share of linked text is a menu or a teaser.
const MAX_LINKED_SHARE: f64 = 0.5;
/// A part marked as `articleBody` is used if it holds at least this share of the article's text; some pages mark only
/// a teaser.
const MIN_BODY_SHARE: f64 = 0.4;
/// A text without final punctuation is a label if it has fewer characters: "Advertisement".
const LABEL_CHARS: usize = 30;
/// A shorter text with "All rights reserved" is a label.
const LICENCE_CHARS: usize = 200;
/// The same for bylines: "By Ann Ode in Port Velm, Special Correspondent".
const BYLINE_CHARS: usize = 90;
/// How much of a block counts for its container, the container's parent and grandparent.
const LEVEL_WEIGHTS: [f64; 3] = [1.0, 0.5, 0.25];
/// Text in `div`s and list items counts less than text in paragraphs.
const NON_PARAGRAPH_WEIGHT: f64 = 0.5;
/// Further parts of an article have at least this share of the text of the part before them.
const MIN_ADDED_SHARE: f64 = 0.15;
/// The same in bytes.
const MIN_ADDED_TEXT: f64 = 80.0;
/// Further parts have at most this share of links and labels, which teasers of other articles have.
const MAX_OTHER_SHARE: f64 = 0.25;
/// A linked paragraph of at least this length that ends as a sentence is part of the article.
const LINKED_SENTENCE: usize = 60;

/// The paragraphs, subheadings and list items of the article in order, without `title`.
pub(crate) fn article_paragraphs(page: &Page, title: Option<&str>) -> Vec<String> {
    let Some(root) = article_container(page) else { return Vec::new() };
    let end = page.containers.get(root).map_or(0, |root| root.end);
    let mut found: Vec<&Block> = Vec::new();
    for block in page.blocks.iter().filter(|block| (root..end).contains(&block.container)) {
        let is_content = match block.kind {
            BlockKind::Title => false,
            BlockKind::Heading => is_text(block) && Some(block.text.as_str()) != title,
            BlockKind::Item => is_text(block),
            BlockKind::Paragraph | BlockKind::Other => is_text(block) && !is_label(&block.text),
        };
        if is_content {
            found.push(block);
        }
    }
    // a heading at the end belongs to a part that was left out
    while found.last().is_some_and(|block| block.kind == BlockKind::Heading) {
        found.pop();
    }
    if found.iter().all(|block| block.kind == BlockKind::Heading) {
        return Vec::new();
    }
    found.into_iter().map(|block| block.text.clone()).collect()
}

/// Whether a block is text of its own, not a link or part of a menu.
fn is_text(block: &Block) -> bool {
    !block.is_boilerplate
        && ((block.linked as f64) <= MAX_LINKED_SHARE * block.text.len() as f64 || is_linked_sentence(block))
}

fn is_linked_sentence(block: &Block) -> bool {
    block.kind == BlockKind::Paragraph
        && block.text.len() >= LINKED_SENTENCE
        && detente_lang::ends_sentence(&block.text)
}

/// The first block of the article's text: dates of the article stand before it.
pub(crate) fn first_paragraph(page: &Page) -> Option<usize> {
    let root = article_container(page)?;
    let end = page.containers.get(root).map_or(0, |root| root.end);
    page.blocks.iter().position(|block| {
        (root..end).contains(&block.container)
            && block.kind == BlockKind::Paragraph
            && is_text(block)
            && !is_label(&block.text)
            && block.text.len() >= LINKED_SENTENCE
    })
}

/// Whether a short text without final punctuation is a label ("Advertisement") or a byline ("By Ann Ode").
fn is_label(text: &str) -> bool {
    if text.starts_with('©')
        || text.len() < LICENCE_CHARS && text.to_ascii_lowercase().contains("all rights reserved")
    {
        return true;
    }
    let is_unpunctuated = !detente_lang::ends_sentence(text);
    let chars = || text.chars().count();
    is_unpunctuated && (chars() < LABEL_CHARS || text.starts_with("By ") && chars() < BYLINE_CHARS)
}

/// The container of the article: the one with the most text directly in it or one or two levels below, or the
/// `article` or `main` element around that one, or the element around it that holds more parts of the article.
fn article_container(page: &Page) -> Option<usize> {
    let (weights, own_text) = text_by_container(page);
    let densest =
        (0..weights.len()).filter(|&at| weights.get(at).is_some_and(|w| *w > 0.0)).max_by(|a, b| {
            weights.get(*a).partial_cmp(&weights.get(*b)).unwrap_or(std::cmp::Ordering::Equal).then(b.cmp(a))
        })?;
    let ancestor = |matches: fn(&Container) -> bool| {
        let mut at = densest;
        loop {
            let container = page.containers.get(at)?;
            if matches(container) {
                return Some(at);
            }
            if container.parent == at {
                return None;
            }
            at = container.parent;
        }
    };
    let outer = ancestor(|container| container.is_article || container.is_body)
        .or_else(|| ancestor(|container| container.is_main))
        .unwrap_or(densest);
    let outer = with_further_parts(page, outer);
    // containers are in the order of their start tags, so those inside one follow it
    let text_within = |at: usize| {
        let end = page.containers.get(at).map_or(at, |container| container.end);
        own_text.get(at..end).map_or(0, |lengths| lengths.iter().sum::<usize>())
    };
    let end = page.containers.get(outer).map_or(outer, |container| container.end);
    let body = (outer..end).find(|&at| page.containers.get(at).is_some_and(|container| container.is_body));
    let is_believable =
        |body: &usize| text_within(*body) as f64 >= MIN_BODY_SHARE * text_within(outer) as f64;
    Some(body.filter(is_believable).unwrap_or(outer))
}

/// The container around `at` that holds more parts of the same article, as sections or wrapped paragraphs; `at` if
/// there is none.
fn with_further_parts(page: &Page, at: usize) -> usize {
    let texts = ContainerTexts::of(page);
    let claims_all =
        page.containers.get(at).is_some_and(|container| container.is_article || container.is_main);
    let max_other = if claims_all { 0.0 } else { MAX_OTHER_SHARE };
    let (mut chosen, mut outer) = (at, at);
    loop {
        let Some(parent) =
            page.containers.get(outer).map(|container| container.parent).filter(|p| *p != outer)
        else {
            return chosen;
        };
        outer = parent;
        let running = texts.running(outer).saturating_sub(texts.running(chosen)) as f64;
        let other = texts.other(outer).saturating_sub(texts.other(chosen)) as f64;
        if other > max_other * running.max(1.0) {
            return chosen;
        }
        if running >= MIN_ADDED_SHARE * texts.running(chosen) as f64 && running >= MIN_ADDED_TEXT {
            chosen = outer;
        }
    }
}

/// Lengths of the text in each container and those inside it.
struct ContainerTexts {
    /// Running text, and text that is linked or a label.
    lengths: Vec<(usize, usize)>,
}

impl ContainerTexts {
    fn of(page: &Page) -> Self {
        let mut lengths = vec![(0, 0); page.containers.len()];
        for block in
            page.blocks.iter().filter(|block| !block.is_boilerplate && block.kind != BlockKind::Title)
        {
            let is_linked = (block.linked as f64) > MAX_LINKED_SHARE * block.text.len() as f64;
            let Some((running, other)) = lengths.get_mut(block.container) else { continue };
            if is_linked {
                *other += block.text.len();
            } else if block.kind != BlockKind::Heading && !is_label(&block.text) {
                *running += block.text.len();
            }
        }
        for at in (1..lengths.len()).rev() {
            let (running, other) = lengths.get(at).copied().unwrap_or_default();
            let parent = page.containers.get(at).map_or(0, |container| container.parent);
            if let Some(outer) = lengths.get_mut(parent) {
                *outer = (outer.0 + running, outer.1 + other);
            }
        }
        Self { lengths }
    }

    fn running(&self, at: usize) -> usize {
        self.lengths.get(at).map_or(0, |lengths| lengths.0)
    }

    fn other(&self, at: usize) -> usize {
        self.lengths.get(at).map_or(0, |lengths| lengths.1)
    }
}

/// For each container the weight of the text in it and up to two levels below, and the length of the text directly
/// in it.
fn text_by_container(page: &Page) -> (Vec<f64>, Vec<usize>) {
    let mut weights = vec![0.0; page.containers.len()];
    let mut own_text = vec![0_usize; page.containers.len()];
    for block in &page.blocks {
        let is_running_text = matches!(block.kind, BlockKind::Paragraph | BlockKind::Item | BlockKind::Other)
            && !is_label(&block.text)
            && is_text(block);
        if !is_running_text {
            continue;
        }
        let kind_weight = if block.kind == BlockKind::Paragraph { 1.0 } else { NON_PARAGRAPH_WEIGHT };
        let mut at = block.container;
        if let Some(length) = own_text.get_mut(at) {
            *length += block.text.len();
        }
        for level_weight in LEVEL_WEIGHTS {
            if let Some(weight) = weights.get_mut(at) {
                *weight += level_weight * kind_weight * block.text.len() as f64;
            }
            let parent = page.containers.get(at).map_or(0, |container| container.parent);
            if parent == at {
                break;
            }
            at = parent;
        }
    }
    (weights, own_text)
}
