//! [`drop_boilerplate`]: decides which doubtful parts of a page hold article text after all.

use crate::html::elements::LabelDoubt;
use crate::html::page::{Block, BlockKind, Page};

/// A weakly doubtful part with at least this share of the running text is the article, or a large part of it.
const MIN_SHARE: f64 = 0.4;
/// A strongly doubtful part is only the article if the rest of the page has less running text than this.
const MAX_REST: usize = 250;
/// Shorter blocks are labels, not running text.
const MIN_BLOCK: usize = 40;
/// A block with a larger share of linked text is no running text.
const MAX_LINKED_SHARE: f64 = 0.5;

/// Marks the blocks and times in parts without article text as boilerplate.
pub(crate) fn drop_boilerplate(page: &mut Page) {
    let count = page.parts.len();
    let mut own_text = vec![0_usize; count];
    for block in page.blocks.iter().filter(|block| is_running_text(block)) {
        if let Some(length) = own_text.get_mut(block.part) {
            *length += block.text.len();
        }
    }
    // parts are in the order of their start tags, so those inside one follow it
    let mut with_inner = own_text;
    for at in (1..count).rev() {
        let length = with_inner.get(at).copied().unwrap_or(0);
        let parent = page.parts.get(at).map_or(0, |part| part.parent);
        if let Some(outer) = with_inner.get_mut(parent) {
            *outer += length;
        }
    }
    let mut is_kept = vec![true; count];
    for at in 1..count {
        let Some(part) = page.parts.get(at) else { continue };
        let length = |at: usize| with_inner.get(at).copied().unwrap_or(0);
        let is_article = match part.doubt {
            LabelDoubt::Weak => length(at) as f64 >= MIN_SHARE * length(part.parent) as f64,
            LabelDoubt::Strong => length(0) - length(at) < MAX_REST,
        };
        let is_outer_kept = is_kept.get(part.parent).copied().unwrap_or(true);
        if let Some(kept) = is_kept.get_mut(at) {
            *kept = is_outer_kept && is_article && length(at) > 0;
        }
    }
    let is_dropped = |part: usize| !is_kept.get(part).copied().unwrap_or(true);
    for block in &mut page.blocks {
        block.is_boilerplate |= is_dropped(block.part);
    }
    for time in &mut page.times {
        time.is_boilerplate |= is_dropped(time.part);
    }
}

fn is_running_text(block: &Block) -> bool {
    !block.is_boilerplate
        && !matches!(block.kind, BlockKind::Title | BlockKind::Heading)
        && block.text.len() >= MIN_BLOCK
        && (block.linked as f64) <= MAX_LINKED_SHARE * block.text.len() as f64
}

#[cfg(test)]
mod tests {
    use crate::html::parser::parse_page;

    const ARTICLE: &str = "<p>The government and the port union said that they are close to a deal on wages.\
        <p>Both sides agreed on most points, and the mediator said a deal could be signed this week.\
        <p>The union leader warned that the strike would go on if the offer is withdrawn, as it was in May.";

    fn kept(page: &str) -> usize {
        parse_page(page).blocks.iter().filter(|block| !block.is_boilerplate).count()
    }

    #[test]
    fn a_doubtful_part_with_most_of_the_text_is_kept() {
        for start in [
            "<div class='content with-sidebar'>",
            "<div class=layout-menu-left>",
            "<form id=aspnetForm>",
            "<noscript>",
            "<div hidden>",
            "<div class=modal-enabled>",
            "<div class=sidebar>",
            "<div class=paywall>",
        ] {
            assert_eq!(kept(&format!("{start}{ARTICLE}")), 3, "{start}");
        }
    }

    #[test]
    fn a_doubtful_part_beside_the_article_is_dropped() {
        let aside = "<p>Sign up for our letter, which comes every day, and never miss a thing of it.";
        for start in
            ["<div class=newsletter-box>", "<form>", "<aside>", "<div hidden>", "<div class=right-sidebar>"]
        {
            let end = start.split([' ', '>']).next().unwrap_or("").replace('<', "</");
            assert_eq!(kept(&format!("{start}{aside}{end}><div>{ARTICLE}</div>")), 3, "{start}");
        }
        // many comments do not make the comments the article
        let comments = ARTICLE.repeat(5);
        assert_eq!(kept(&format!("<div>{ARTICLE}</div><div class=comments>{comments}</div>")), 3);
    }
}
