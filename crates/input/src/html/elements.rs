//! Classes of HTML elements: which separate text, and which hold no text of an article.

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

/// Whether a word of a class, id or role names a part without article text.
pub(crate) fn is_boilerplate_label(labels: &str) -> bool {
    labels
        .split(|c: char| !c.is_ascii_alphanumeric())
        .any(|word| word.len() > 1 && is_in(BOILERPLATE_LABELS, &word.to_ascii_lowercase()))
}

fn is_in(list: &str, name: &str) -> bool {
    list.split(' ').any(|word| word == name)
}

const VOID: &str = "area base col embed hr img input link meta param source track wbr";
const BLOCKS: &str = "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption \
     figure footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html li main nav ol p pre section \
     summary table tbody td th title tr ul";
const TEXT_BLOCKS: &str = "blockquote dd dt h1 h2 h3 h4 h5 h6 li p pre title";
const BOILERPLATE: &str = "aside audio button canvas dialog figcaption figure footer form head iframe label menu nav \
     noscript object picture select svg template video";
const BOILERPLATE_LABELS: &str = "ad ads advert advertisement alert author authors banner bio breadcrumb breadcrumbs byline \
     caption comment comments complementary consent contentinfo cookie cookies copyright credit \
     credits disclaimer footer gdpr hidden keywords login masthead menu meta metadata modal nav \
     navbar navigation newsletter outbrain paywall popular popup promo recirc recommended related \
     share sharing sidebar signup skip social sponsored subscribe taboola tags teaser trending";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_compared_word_by_word() {
        for labels in ["sd-sharing sharedaddy", "Related_posts", "AD-slot"] {
            assert!(is_boilerplate_label(labels), "{labels}");
        }
        for labels in ["shareholders adverse navel", ""] {
            assert!(!is_boilerplate_label(labels), "{labels}");
        }
    }
}
