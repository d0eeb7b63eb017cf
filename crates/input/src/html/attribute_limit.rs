//! [`bounded`]: a page whose tags have no more attributes than can be read in linear time.

use std::borrow::Cow;

/// Marks between attributes (blanks, `/`, `=`, quoted values apart) that end a tag. The tokenizer compares
/// each attribute with those before it; real tags have a few dozen.
const MOST_MARKS: usize = 2000;

/// `page`, or where a tag has more than [`MOST_MARKS`], a copy in which a `>` ends it there.
pub(crate) fn bounded(page: &str) -> Cow<'_, str> {
    let (mut copy, mut copied) = (String::new(), 0);
    let mut tag: Option<Tag> = None;
    let mut before = b' ';
    for (at, &byte) in page.as_bytes().iter().enumerate() {
        let is_letter = byte.is_ascii_alphabetic();
        match &mut tag {
            None if before == b'<' && is_letter => tag = Some(Tag { marks: 0, quote: None }),
            None => {}
            Some(Tag { quote: Some(quote), .. }) if *quote != byte => {}
            Some(open) if open.quote.is_some() => open.quote = None,
            Some(_) if byte == b'>' => tag = None,
            Some(open) if matches!(byte, b'"' | b'\'') && before == b'=' => open.quote = Some(byte),
            Some(open) => {
                open.marks += usize::from(byte.is_ascii_whitespace() || matches!(byte, b'/' | b'='));
                if open.marks > MOST_MARKS {
                    // the mark is a single byte, so that `at` is a bound of characters
                    copy.extend([page.get(copied..at).unwrap_or(""), ">"]);
                    copied = at;
                    tag = None;
                }
            }
        }
        before = byte;
    }
    if copied == 0 {
        return Cow::Borrowed(page);
    }
    copy.push_str(page.get(copied..).unwrap_or(""));
    Cow::Owned(copy)
}

struct Tag {
    marks: usize,
    /// What ends the quoted value that is open.
    quote: Option<u8>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_tags_beyond_reason_are_ended() {
        let quoted = format!("<p title='{}' class=\"a > b\">A < b, c.</p>", "word ".repeat(5000));
        for page in ["", "<p>ä < b", &quoted, "<script>if (a<b) { f('x y') }</script>"] {
            assert!(matches!(bounded(page), Cow::Borrowed(_)), "{page}");
        }
        let page = format!("<a {}", "b ".repeat(5000));
        assert_eq!(bounded(&page).len(), page.len() + 1);
    }
}
