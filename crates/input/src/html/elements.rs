//! Which elements part text, and which hold none that belongs to an article.

/// Whether `name` is an element without an end tag.
pub(crate) fn is_void(name: &str) -> bool {
    is_in(VOID, name)
}

/// Whether `name` parts the text before it from the text in it.
pub(crate) fn is_block(name: &str) -> bool {
    is_in(BLOCKS, name)
}

/// Whether the block-level element `name` holds words, not blocks.
pub(crate) fn is_leaf(name: &str) -> bool {
    is_in(LEAVES, name)
}

/// Whether the element `name` holds no article text.
pub(crate) fn is_aside(name: &str) -> bool {
    is_in(ASIDES, name)
}

/// Whether one of the words of a class, id or role names a part that is no article text.
pub(crate) fn names_aside(labels: &str) -> bool {
    labels
        .split(|c: char| !c.is_ascii_alphanumeric())
        .any(|word| word.len() > 1 && is_in(NO_TEXT, &word.to_ascii_lowercase()))
}

fn is_in(list: &str, name: &str) -> bool {
    list.split(' ').any(|word| word == name)
}

const VOID: &str = "area base col embed hr img input link meta param source track wbr";
const BLOCKS: &str = "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption \
     figure footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html li main nav ol p pre section \
     summary table tbody td th title tr ul";
const LEAVES: &str = "blockquote dd dt h1 h2 h3 h4 h5 h6 li p pre title";
const ASIDES: &str = "aside audio button canvas dialog figcaption figure footer form head iframe label menu nav \
     noscript object picture select svg template video";
const NO_TEXT: &str = "ad ads advert advertisement alert author authors banner bio breadcrumb breadcrumbs byline \
     caption comment comments complementary consent contentinfo cookie cookies copyright credit \
     credits disclaimer footer gdpr hidden keywords login masthead menu meta metadata modal nav \
     navbar navigation newsletter outbrain paywall popular popup promo recirc recommended related \
     share sharing sidebar signup skip social sponsored subscribe taboola tags teaser trending";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_read_word_by_word() {
        assert!(
            names_aside("sd-sharing sharedaddy") && names_aside("Related_posts") && names_aside("AD-slot")
        );
        assert!(!names_aside("shareholders adverse navel") && !names_aside(""));
    }
}
