//! [`paragraphs`]: which blocks of a page are its article.

use crate::html::page::{Block, BlockKind, Page};

/// Most of a block that may be links.
const MOST_LINKED: f64 = 0.5;
/// Share of the article's text that a part marked as its body must hold to be believed.
const BODY_SHARE: f64 = 0.4;

/// The paragraphs, subheadings and list items of the article, in order; `title` is left out.
pub(crate) fn paragraphs(page: &Page, title: Option<&str>) -> Vec<String> {
    let Some(root) = root(page) else { return Vec::new() };
    let end = page.frames.get(root).map_or(0, |root| root.end);
    let mut found: Vec<&Block> = Vec::new();
    for block in page.blocks.iter().filter(|block| (root..end).contains(&block.within)) {
        let is_text = match block.kind {
            BlockKind::Title => false,
            BlockKind::Heading => is_clean(block) && Some(block.text.as_str()) != title,
            BlockKind::Item => is_clean(block),
            BlockKind::Paragraph | BlockKind::Other => is_clean(block) && !is_label(&block.text),
        };
        if is_text {
            found.push(block);
        }
    }
    // a heading without text after it belongs to what was left out
    while found.last().is_some_and(|block| block.kind == BlockKind::Heading) {
        found.pop();
    }
    if found.iter().all(|block| block.kind == BlockKind::Heading) {
        return Vec::new();
    }
    found.into_iter().map(|block| block.text.clone()).collect()
}

/// Whether a block is text of its own, not a link or part of a menu.
fn is_clean(block: &Block) -> bool {
    !block.is_aside && (block.linked as f64) <= MOST_LINKED * block.text.len() as f64
}

/// Whether a short text without final punctuation is a label: "Advertisement", "By Ann Ode".
fn is_label(text: &str) -> bool {
    let is_line = !detente_lang::ends_sentence(text);
    is_line && (text.chars().count() < 30 || text.starts_with("By ") && text.chars().count() < 90)
}

/// The frame that holds the article: the one that most of the text stands in, directly or one
/// or two levels below, and around it the part that the page itself calls article or main.
fn root(page: &Page) -> Option<usize> {
    let mut weights = vec![0.0; page.frames.len()];
    let mut own = vec![0_usize; page.frames.len()];
    for block in &page.blocks {
        let tells = matches!(block.kind, BlockKind::Paragraph | BlockKind::Item | BlockKind::Other)
            && !is_label(&block.text)
            && is_clean(block);
        if !tells {
            continue;
        }
        let prose = if block.kind == BlockKind::Paragraph { 1.0 } else { 0.5 };
        let mut at = block.within;
        if let Some(own) = own.get_mut(at) {
            *own += block.text.len();
        }
        for share in [1.0, 0.5, 0.25] {
            if let Some(weight) = weights.get_mut(at) {
                *weight += share * prose * block.text.len() as f64;
            }
            let parent = page.frames.get(at).map_or(0, |b| b.parent);
            if parent == at {
                break;
            }
            at = parent;
        }
    }
    let best =
        (0..weights.len()).filter(|&at| weights.get(at).is_some_and(|w| *w > 0.0)).max_by(|a, b| {
            weights.get(*a).partial_cmp(&weights.get(*b)).unwrap_or(std::cmp::Ordering::Equal).then(b.cmp(a))
        })?;
    let around = |is: fn(&crate::html::page::Frame) -> bool| {
        let mut at = best;
        loop {
            let this = page.frames.get(at)?;
            if is(this) {
                return Some(at);
            }
            if this.parent == at {
                return None;
            }
            at = this.parent;
        }
    };
    let outer = around(|b| b.is_article || b.is_body).or_else(|| around(|b| b.is_main)).unwrap_or(best);
    // sums over the frames in order give the text below each frame
    let below = |at: usize| {
        let end = page.frames.get(at).map_or(at, |b| b.end);
        own.get(at..end).map_or(0, |own| own.iter().sum::<usize>())
    };
    let end = page.frames.get(outer).map_or(outer, |b| b.end);
    let body = (outer..end).find(|&at| page.frames.get(at).is_some_and(|b| b.is_body));
    Some(body.filter(|&body| below(body) as f64 >= BODY_SHARE * below(outer) as f64).unwrap_or(outer))
}
