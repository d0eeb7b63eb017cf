//! Text fitted to columns of a terminal. East Asian wide characters take two columns, combining marks none.

use std::borrow::Cow;

use textwrap::core::display_width;
use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};
use unicode_width::UnicodeWidthChar;

/// Lines of at most `width` columns, broken at spaces only. A longer word has a line of its own.
pub(crate) fn wrapped(text: &str, width: usize) -> Vec<Cow<'_, str>> {
    let options = Options::new(width)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::FirstFit)
        .break_words(false);
    textwrap::wrap(text, options)
}

/// Columns that `text` takes.
pub(crate) fn columns_of(text: &str) -> usize {
    display_width(text)
}

/// The longest prefix of at most `width` columns.
pub(crate) fn prefix(text: &str, width: usize) -> &str {
    let mut used = 0;
    let end = text.char_indices().find_map(|(at, c)| {
        used += c.width().unwrap_or(0);
        (used > width).then_some(at)
    });
    end.and_then(|end| text.get(..end)).unwrap_or(text)
}

/// `text` shortened to `width` columns, with `…` as the last one if anything is missing.
pub(crate) fn truncated(text: &str, width: usize) -> Cow<'_, str> {
    if display_width(text) <= width {
        return text.into();
    }
    format!("{}…", prefix(text, width.saturating_sub(1))).into()
}

/// `text` cut or filled with spaces to exactly `width` columns.
pub(crate) fn fitted(text: &str, width: usize) -> String {
    padded(prefix(text, width), width)
}

/// `text` filled with spaces to at least `width` columns.
pub(crate) fn padded(text: &str, width: usize) -> String {
    let missing = width.saturating_sub(display_width(text));
    format!("{text}{:missing$}", "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_characters_take_two_columns() {
        assert_eq!(prefix("中美贸易谈判", 5), "中美");
        assert_eq!(truncated("中美贸易谈判", 6), "中美…");
        assert_eq!(truncated("中美贸易谈判", 12), "中美贸易谈判");
        assert_eq!(padded("中美", 6), "中美  ");
        assert_eq!(fitted("中美贸易", 5), "中美 ");
    }

    #[test]
    fn combining_marks_take_no_column_and_stay_with_their_letter() {
        let decomposed = "Ne\u{301}gociations";
        assert_eq!(prefix(decomposed, 2), "Ne\u{301}");
        assert_eq!(truncated(decomposed, 12), decomposed);
        assert_eq!(padded("e\u{301}", 3), "e\u{301}  ");
    }

    #[test]
    fn latin_text_counts_characters() {
        for text in ["Talks “stall” – again…", "Gespräche über Zölle", ""] {
            let length = text.chars().count();
            assert_eq!(truncated(text, length), text);
            assert_eq!(padded(text, length + 2), format!("{text}  "));
        }
        assert_eq!(truncated("abcdef", 4), "abc…");
    }

    #[test]
    fn lines_break_at_spaces_and_never_within_a_word() {
        assert_eq!(wrapped("ab cd ef", 5), ["ab cd", "ef"]);
        assert_eq!(wrapped("round-table no-deal-scenario x", 11), ["round-table", "no-deal-scenario", "x"]);
        assert_eq!(wrapped("中美 贸易 谈判", 9), ["中美 贸易", "谈判"]);
        assert_eq!(wrapped("", 9), [""]);
    }
}
