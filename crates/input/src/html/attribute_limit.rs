//! [`limit_attributes`]: cuts tags with so many attributes that the tokenizer would take quadratic time.

use std::borrow::Cow;

/// A tag may have this many separators (spaces, `/` and `=` outside quoted values). The tokenizer compares each
/// attribute with all before it; real tags have a few dozen.
const MAX_SEPARATORS: usize = 2000;

/// Returns `page`, or a copy in which a `>` ends every tag after [`MAX_SEPARATORS`] separators.
pub(crate) fn limit_attributes(page: &str) -> Cow<'_, str> {
    let (mut copy, mut copied) = (String::new(), 0);
    let mut open_tag: Option<OpenTag> = None;
    let mut previous = b' ';
    for (at, &byte) in page.as_bytes().iter().enumerate() {
        match &mut open_tag {
            None if previous == b'<' && byte.is_ascii_alphabetic() => {
                open_tag = Some(OpenTag { separators: 0, quote: None });
            }
            None => {}
            Some(OpenTag { quote: Some(quote), .. }) if *quote != byte => {}
            Some(tag) if tag.quote.is_some() => tag.quote = None,
            Some(_) if byte == b'>' => open_tag = None,
            Some(tag) if matches!(byte, b'"' | b'\'') && previous == b'=' => tag.quote = Some(byte),
            Some(tag) => {
                tag.separators += usize::from(byte.is_ascii_whitespace() || matches!(byte, b'/' | b'='));
                if tag.separators > MAX_SEPARATORS {
                    // a separator is one byte, so `at` is a character boundary
                    copy.extend([page.get(copied..at).unwrap_or(""), ">"]);
                    copied = at;
                    open_tag = None;
                }
            }
        }
        previous = byte;
    }
    if copied == 0 {
        return Cow::Borrowed(page);
    }
    copy.push_str(page.get(copied..).unwrap_or(""));
    Cow::Owned(copy)
}

struct OpenTag {
    separators: usize,
    /// The quotation mark that closes the open value.
    quote: Option<u8>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_tags_with_too_many_attributes_are_cut() {
        let quoted = format!("<p title='{}' class=\"a > b\">A < b, c.</p>", "word ".repeat(5000));
        for page in ["", "<p>ä < b", &quoted, "<script>if (a<b) { f('x y') }</script>"] {
            assert!(matches!(limit_attributes(page), Cow::Borrowed(_)), "{page}");
        }
        let page = format!("<a {}", "b ".repeat(5000));
        assert_eq!(limit_attributes(&page).len(), page.len() + 1);
    }
}
