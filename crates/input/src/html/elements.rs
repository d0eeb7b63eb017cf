//! Classes of HTML elements: which separate text, which never hold text of an article, and what labels say.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Whether `name` is an element without an end tag.
pub(crate) fn is_void(name: &str) -> bool {
    is_in(VOID, name)
}

/// Whether `name` is a block-level element, which separates its text from the text before it.
pub(crate) fn is_block(name: &str) -> bool {
    is_in(BLOCKS, name)
}

/// Whether the block-level element `name` holds words, not other blocks.
pub(crate) fn is_text_block(name: &str) -> bool {
    is_in(TEXT_BLOCKS, name)
}

/// Whether the element `name` never holds article text.
pub(crate) fn is_boilerplate(name: &str) -> bool {
    is_in(BOILERPLATE, name)
}

/// Whether the element `name` rarely holds article text: old pages wrap everything in a form.
pub(crate) fn is_doubtful(name: &str) -> bool {
    is_in(DOUBTFUL, name)
}

/// Whether `name` is an element that formats words within a block.
pub(crate) fn is_inline(name: &str) -> bool {
    is_in(INLINE, name)
}

fn is_in(list: &str, name: &str) -> bool {
    list.split(' ').any(|word| word == name)
}

const VOID: &str = "area base col embed hr img input link meta param source track wbr";
const BLOCKS: &str = "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption \
     figure footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html li main nav ol p pre section \
     summary table tbody td th title tr ul";
const TEXT_BLOCKS: &str = "blockquote dd dt h1 h2 h3 h4 h5 h6 li p pre title";
const BOILERPLATE: &str = "audio button canvas figcaption head iframe label menu nav object picture select svg template \
     video";
const DOUBTFUL: &str = "aside dialog footer form noscript";
const INLINE: &str =
    "a abbr b big br cite code em font i img mark q s script small span strong style sub sup u";

/// How surely the labels of an element say that it holds no article text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LabelDoubt {
    /// `with-sidebar`, `content has-ads`: rather a layout than a sidebar or an advertisement.
    Weak,
    /// `sidebar`, `related-posts`.
    Strong,
}

static LABELS: LazyLock<HashMap<&'static str, bool>> = LazyLock::new(|| {
    let rows = include_str!("../../data/page_labels.tsv").lines().skip(1);
    let row = |line: &'static str| {
        let mut cells = line.split('\t');
        Some((cells.next()?, cells.next()? == "boilerplate"))
    };
    rows.filter_map(row).collect()
});

/// What the words of a class, id or role say: `None` if none of them names a part without article text.
pub(crate) fn label_doubt(labels: &str) -> Option<LabelDoubt> {
    let mut doubt = None;
    let mut has_content_label = false;
    for label in labels.split_ascii_whitespace() {
        let words = label.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| word.len() > 1);
        for (at, word) in words.enumerate() {
            match LABELS.get(word.to_ascii_lowercase().as_str()) {
                Some(true) if at == 0 => doubt = Some(LabelDoubt::Strong),
                Some(true) => doubt = doubt.or(Some(LabelDoubt::Weak)),
                Some(false) => has_content_label = true,
                None => {}
            }
        }
    }
    if has_content_label { doubt.and(Some(LabelDoubt::Weak)) } else { doubt }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_compared_word_by_word() {
        for labels in ["sd-sharing sharedaddy", "Related_posts", "AD-slot", "sidebar", "comment-list"] {
            assert!(label_doubt(labels).is_some(), "{labels}");
        }
        for labels in ["shareholders adverse navel", "", "post hentry tag-trade category-news"] {
            assert_eq!(label_doubt(labels), None, "{labels}");
        }
        for labels in ["content with-sidebar", "article-hidden-nav", "layout-menu-left", "overflow-hidden"] {
            assert_eq!(label_doubt(labels), Some(LabelDoubt::Weak), "{labels}");
        }
        assert_eq!(label_doubt("comments-area"), Some(LabelDoubt::Strong));
    }

    #[test]
    fn the_tables_are_sorted_and_without_duplicates() {
        for text in [include_str!("../../data/page_labels.tsv"), include_str!("../../data/page_dates.tsv")] {
            let names: Vec<&str> = text.lines().skip(1).filter_map(|line| line.split('\t').next()).collect();
            assert!(names.windows(2).all(|pair| pair[0] < pair[1]), "sort the rows");
        }
    }
}
