//! [`without_addresses`]: Markdown without the addresses of links, images and comments.

use std::ops::Range;

use detente::SourceMap;

/// Removes what a reader of the formatted text does not see: addresses of links, images, and comments. Returns the
/// text and the map of its offsets to those of `text`; `None` if there is nothing to remove.
pub(crate) fn without_addresses(text: &str) -> Option<(String, SourceMap)> {
    if memchr::memmem::find(text.as_bytes(), b"](").is_none()
        && memchr::memmem::find(text.as_bytes(), b"<!--").is_none()
    {
        return None;
    }
    let hidden = hidden_ranges(text);
    if hidden.is_empty() {
        return None;
    }
    let mut kept = String::with_capacity(text.len());
    let mut map = SourceMap::new(0);
    let mut hidden = hidden.into_iter().peekable();
    for (at, c) in text.char_indices() {
        while hidden.peek().is_some_and(|range| range.end <= at) {
            hidden.next();
        }
        let width = c.len_utf8() as u32;
        if hidden.peek().is_some_and(|range| range.contains(&at)) {
            map.push(0, width);
        } else {
            kept.push(c);
            map.push(width, width);
        }
    }
    map.finish(text.len() as u32);
    Some((kept, map))
}

/// The ranges that are not shown, in order and without overlap.
fn hidden_ranges(text: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut at = 0;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find(['[', '!', '<'])) {
        let start = at + found;
        let rest = text.get(start..).unwrap_or("");
        if rest.starts_with("<!--") {
            let end = rest.find("-->").map_or(text.len(), |end| start + end + 3);
            ranges.push(start..end);
            at = end;
        } else if let Some(link) = link_at(rest.strip_prefix('!').unwrap_or(rest)) {
            let (label, end) = link;
            if rest.starts_with('!') {
                ranges.push(start..start + 1 + end);
                at = start + 1 + end;
            } else {
                ranges.push(start..start + 1);
                ranges.push(start + 1 + label..start + end);
                at = start + end;
            }
        } else {
            at = start + 1;
        }
    }
    ranges
}

/// The length of the label and the end of a link `[label](address)` at the start of `text`.
fn link_at(text: &str) -> Option<(usize, usize)> {
    let inner = text.strip_prefix('[')?;
    let label = inner.find(']')?;
    let address = inner.get(label + 1..)?.strip_prefix('(')?;
    let is_label = inner.get(..label).is_some_and(|label| !label.contains("\n\n"));
    let end = address
        .find(')')
        .filter(|end| is_label && address.get(..*end).is_some_and(|part| !part.contains('\n')))?;
    Some((label, 1 + label + 2 + end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_images_and_comments_are_removed_and_offsets_mapped() {
        let text =
            "The union [agreed é](https://a.example/collapse \"x\") on. ![alt](failed.png)<!-- no -->End.";
        let (kept, map) = without_addresses(text).expect("a link");
        assert_eq!(kept, "The union agreed é on. End.");
        for word in ["The", "agreed", " on.", "End."] {
            let (from, to) = (kept.find(word).expect(word), text.find(word).expect(word));
            assert_eq!(map.source_offset(from as u32), to as u32, "{word}");
        }
    }

    #[test]
    fn other_brackets_stay() {
        for text in ["", "He said [sic] (again)", "[a](b", "a](b)", "x < y", "[a]\n\n(b)", "wow! [x]"] {
            assert!(without_addresses(text).is_none_or(|(kept, _)| kept == text), "{text}");
        }
    }
}
