//! White space and character boundaries.

/// Whether `c` separates words: Unicode white space, and the invisible characters (byte order mark, zero-width
/// space, word joiner) that occur in files.
#[must_use]
pub fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\u{2060}')
}

/// Length in bytes of the white space at the start of `text`.
pub(crate) fn leading_space(text: &str) -> usize {
    text.len() - text.trim_start_matches(is_space).len()
}

/// The greatest character boundary of `text` that is at most `at`.
pub(crate) fn floor_char_boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0)
}

/// The least character boundary of `text` that is at least `at`.
pub(crate) fn ceil_char_boundary(text: &str, at: usize) -> usize {
    (at..text.len()).find(|&i| text.is_char_boundary(i)).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invisible_characters_are_white_space() {
        assert_eq!(leading_space("\u{feff}\u{a0} \u{200b}talks "), 3 + 2 + 1 + 3);
        assert_eq!(leading_space("talks"), 0);
    }

    #[test]
    fn boundaries_lie_between_characters() {
        let text = "a–b";
        assert_eq!([0, 1, 2, 3, 4, 9].map(|at| floor_char_boundary(text, at)), [0, 1, 1, 1, 4, 5]);
        assert_eq!([0, 1, 2, 3, 4, 9].map(|at| ceil_char_boundary(text, at)), [0, 1, 4, 4, 4, 5]);
    }
}
