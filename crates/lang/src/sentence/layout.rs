//! Splits a text into blocks by its layout: paragraphs, list items, headlines.

use memchr::memchr3;

use crate::sentence::abbreviation::needs_next_line;
use crate::sentence::characters::is_space;
use crate::sentence::list_marker::{bullet, marker};

/// A part of a text that no sentence crosses: a paragraph, a list item, a headline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Block {
    /// Offset of the first byte that is not white space.
    pub(crate) start: usize,
    /// Offset after the last byte that is not white space.
    pub(crate) end: usize,
    /// Number of the paragraph, from 0.
    pub(crate) paragraph: u32,
}

/// Characters above which lines are not wrapped by hand or by a mail program (at 72 to 132 columns), so that
/// each line is a paragraph.
const WRAP_LIMIT: usize = 160;

/// Characters up to which three or more lines in a row, none with final punctuation, are a list without bullets.
const SHORT_LINE: usize = 40;

/// Lines that a list without bullets has at least.
const MIN_LIST_LINES: usize = 3;

/// Share of the width left free by a line that was ended on purpose, although the next word would have fitted.
const FREE_SHARE: f64 = 0.4;

/// Characters that a rule between sections has at least ("***").
const MIN_RULE_LENGTH: usize = 3;

#[derive(Clone, Copy, Debug)]
struct Line {
    start: usize,
    end: usize,
    /// In characters, without white space at the ends.
    width: usize,
    /// Whether a form feed or paragraph separator ends the line.
    ends_paragraph: bool,
}

impl Line {
    fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or("")
    }
}

/// The break between two lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Break {
    /// The lines are one block.
    Wrapped,
    /// A new block starts in the same paragraph.
    Block,
    /// A new paragraph starts.
    Paragraph,
}

/// The blocks of `text`, in order.
pub(crate) fn blocks(text: &str) -> Vec<Block> {
    let mut found = Vec::new();
    let mut lines: Vec<Line> = Vec::new();
    let mut paragraph = 0;
    for line in lines_of(text) {
        if line.width > 0 {
            lines.push(line);
        }
        if line.width == 0 || line.ends_paragraph {
            split_lines(text, &mut lines, &mut paragraph, &mut found);
        }
    }
    split_lines(text, &mut lines, &mut paragraph, &mut found);
    found
}

fn lines_of(text: &str) -> impl Iterator<Item = Line> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let tail = text.get(at..).filter(|tail| !tail.is_empty())?;
        let (length, separator) = line_break(tail).unwrap_or((tail.len(), ' '));
        let content = tail.get(..length).unwrap_or("");
        let after = tail.get(length..).unwrap_or("");
        let step = if after.starts_with("\r\n") { 2 } else { after.chars().next().map_or(0, char::len_utf8) };
        let start = at + content.len() - content.trim_start_matches(is_space).len();
        let trimmed = content.trim_matches(is_space);
        at += length + step;
        Some(Line {
            start,
            end: start + trimmed.len(),
            width: trimmed.chars().count(),
            ends_paragraph: matches!(separator, '\u{c}' | '\u{2029}'),
        })
    })
}

/// Offset and character of the first line break of `text`.
fn line_break(text: &str) -> Option<(usize, char)> {
    let mut at = 0;
    loop {
        // by the bytes that start a line break; the text up to the first of three is scanned for the others
        let rest = text.as_bytes().get(at..)?;
        let first = memchr3(b'\n', b'\r', 0xE2, rest);
        let before = rest.get(..first.unwrap_or(rest.len()))?;
        at += memchr3(0xB, 0xC, 0xC2, before).or(first)?;
        let c = text.get(at..)?.chars().next()?;
        if matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}') {
            return Some((at, c));
        }
        at += c.len_utf8();
    }
}

/// Splits `lines`, which no blank line separates, into blocks, and clears them.
fn split_lines(text: &str, lines: &mut Vec<Line>, paragraph: &mut u32, found: &mut Vec<Block>) {
    let Some((first, last)) = lines.first().copied().zip(lines.last().copied()) else { return };
    let width = lines.iter().map(|line| line.width).max().unwrap_or(0);
    let is_list = is_list_without_bullets(text, lines);
    let mut start = first.start;
    for pair in lines.windows(2) {
        let [line, next] = pair else { continue };
        let cut = if is_list { Break::Block } else { break_between(text, *line, *next, width) };
        if cut != Break::Wrapped {
            found.push(Block { start, end: line.end, paragraph: *paragraph });
            *paragraph += u32::from(cut == Break::Paragraph);
            start = next.start;
        }
    }
    found.push(Block { start, end: last.end, paragraph: *paragraph });
    *paragraph += 1;
    lines.clear();
}

/// Whether the lines are a list without bullets: three or more short ones without final punctuation.
fn is_list_without_bullets(text: &str, lines: &[Line]) -> bool {
    lines.len() >= MIN_LIST_LINES
        && lines.iter().all(|line| {
            let line_text = line.of(text);
            line.width <= SHORT_LINE && !ends_sentence(line_text) && !starts_item(line_text)
        })
}

/// The break between two lines of a group whose longest line has `width` characters.
fn break_between(text: &str, line: Line, next: Line, width: usize) -> Break {
    let (this, that) = (line.of(text), next.of(text));
    if starts_item(that) {
        return Break::Block;
    }
    let is_separate = |s: &str| is_rule(s) || is_heading(s);
    if is_separate(this) || is_separate(that) || is_long_line(this, width) {
        return Break::Paragraph;
    }
    let is_headline = !ends_sentence(this)
        && starts_like_sentence(that)
        && !is_unfinished(this)
        && (leaves_room(line, that, width) || is_headline_in_capitals(this, that));
    if is_headline { Break::Paragraph } else { Break::Wrapped }
}

/// A rule between sections: "***", "-----".
fn is_rule(line: &str) -> bool {
    !line.chars().any(char::is_alphanumeric) && line.chars().count() >= MIN_RULE_LENGTH
}

/// A heading of Markdown: "## Background".
fn is_heading(line: &str) -> bool {
    line.starts_with('#') && line.trim_start_matches('#').starts_with(' ')
}

/// A paragraph on a line of its own, in a text that is not wrapped.
fn is_long_line(line: &str, width: usize) -> bool {
    width > WRAP_LIMIT && ends_sentence(line)
}

/// Whether a line starts with a capital or a digit, after quotes and brackets.
fn starts_like_sentence(line: &str) -> bool {
    line.chars()
        .find(|c| !matches!(c, '"' | '\'' | '“' | '‘' | '(' | '['))
        .is_some_and(|c| c.is_uppercase() || c.is_ascii_digit())
}

/// Whether a line cannot be the end of a headline: it ends with a comma, a dash or a function word.
fn is_unfinished(line: &str) -> bool {
    line.ends_with([',', '-', '–', '—', '(', '/'])
        || line.rsplit(is_space).next().is_some_and(needs_next_line)
}

/// Whether a line was ended on purpose: the first word of the next would have fitted.
fn leaves_room(line: Line, next: &str, width: usize) -> bool {
    let word = next.split(is_space).next().unwrap_or("").chars().count();
    ((line.width + 1 + word) as f64) < (1.0 - FREE_SHARE) * width as f64
}

/// "TALKS RESUME" before a line in mixed case.
fn is_headline_in_capitals(line: &str, next: &str) -> bool {
    let is_capitals = |s: &str| s.chars().any(char::is_uppercase) && !s.chars().any(char::is_lowercase);
    is_capitals(line) && !is_capitals(next) && line.contains(' ')
}

/// Whether a line ends with final punctuation; closing quotes and brackets may follow it.
#[must_use]
pub fn ends_sentence(line: &str) -> bool {
    let is_closer =
        |c: char| matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '*' | '_') || is_space(c);
    line.trim_end_matches(is_closer).ends_with(['.', '!', '?', '…', ':', ';'])
}

/// Whether a line starts with the bullet or number of a list item.
fn starts_item(line: &str) -> bool {
    bullet(line).is_some_and(|(_, needs_space)| !needs_space || line.chars().nth(1).is_some_and(is_space))
        || marker(line).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<(u32, &str)> {
        blocks(text).into_iter().map(|block| (block.paragraph, &text[block.start..block.end])).collect()
    }

    /// Numbers of the paragraphs of the blocks.
    fn paragraphs(text: &str) -> Vec<u32> {
        blocks(text).into_iter().map(|block| block.paragraph).collect()
    }

    const BODY: &str = "The two sides met on Monday in a small hotel by the lake and talked for nine hours.";

    #[test]
    fn blank_lines_end_paragraphs_and_wrapped_lines_do_not() {
        assert_eq!(
            split("one two\nthree\r\n\r\nfour\n \u{a0}\nfive"),
            [(0, "one two\nthree"), (1, "four"), (2, "five")]
        );
        assert_eq!(split(" \n\n\t"), []);
    }

    #[test]
    fn line_breaks() {
        for separator in ["\n", "\r\n", "\r", "\u{b}", "\u{85}", "\u{2028}"] {
            let text = format!("one{separator}{separator}two");
            assert_eq!(split(&text), [(0, "one"), (1, "two")], "{separator:?}");
        }
        // a form feed and a paragraph separator end a paragraph by themselves
        assert_eq!(paragraphs("one\u{c}two\u{2029}three"), [0, 1, 2]);
        assert_eq!(paragraphs("one – two… three\u{a0}four"), [0]);
    }

    #[test]
    fn list_items_are_blocks_and_dashes_within_a_line_are_not() {
        assert_eq!(
            split("They agreed on:\n- cotton\n- wool - the best"),
            [(0, "They agreed on:"), (0, "- cotton"), (0, "- wool - the best")]
        );
        assert_eq!(split("(a) cotton\n(b) wool\nand silk"), [(0, "(a) cotton"), (0, "(b) wool\nand silk")]);
        assert_eq!(paragraphs("It covers\n• cotton\n•wool"), [0, 0, 0]);
        assert_eq!(paragraphs("Three points:\n1) cotton\n2) wool\n3) silk"), [0, 0, 0, 0]);
        // a number or dash at the start of a wrapped line is no item
        assert_eq!(split("the tariff was cut to\n12 percent of value").len(), 1);
        assert_eq!(split("the tariff was cut to\n-12 percent of value").len(), 1);
        assert_eq!(split("the tariff was cut in\n2019. Then it rose").len(), 1);
    }

    #[test]
    fn list_without_bullets() {
        assert_eq!(split("Cotton\nWool\nSilk").len(), 3);
        assert_eq!(split("cotton and\nwool and\nsilk").len(), 3);
        assert_eq!(paragraphs("Velnor 2\nCorda 1\nHaldovia 0"), [0, 0, 0]);
        assert_eq!(split("Talks\non wool\nand silk\nand nails").len(), 4);
        // two lines, final punctuation or a long line are none
        assert_eq!(split("cotton\nwool").len(), 1);
        assert_eq!(split("cotton\nwool.\nsilk").len(), 1);
        assert_eq!(split("cotton\nwool\nthe silk that the two sides have fought over for years").len(), 1);
    }

    #[test]
    fn rule_between_sections() {
        for rule in ["***", "-----", "* * *", "———"] {
            assert!(is_rule(rule), "{rule}");
            assert_eq!(split(&format!("{BODY}\n{rule}\n{BODY}")).len(), 3, "{rule}");
        }
        for line in ["--", "- a -", "…", "wool"] {
            assert!(!is_rule(line), "{line}");
        }
    }

    #[test]
    fn heading_of_markdown() {
        for heading in ["# Talks", "## Talks of May", "###### A", "# 5"] {
            assert!(is_heading(heading), "{heading}");
            assert_eq!(split(&format!("{heading}\n{BODY}")).len(), 2, "{heading}");
        }
        for line in ["#talks", "Talks # 5", "#", "5 # talks"] {
            assert!(!is_heading(line), "{line}");
        }
    }

    #[test]
    fn line_that_is_a_paragraph() {
        let long = format!("{BODY} {BODY}");
        assert_eq!(paragraphs(&format!("{long}\n{long}")), [0, 1]);
        assert_eq!(paragraphs(&format!("{BODY}\n{long}")), [0, 1]);
        // lines that are wrapped, and a long line without final punctuation
        assert_eq!(paragraphs(&format!("{BODY}\n{BODY}")), [0]);
        assert_eq!(paragraphs(&format!("{}\n{long}", long.trim_end_matches('.'))), [0]);
    }

    #[test]
    fn headline_that_leaves_room() {
        assert_eq!(split(&format!("Talks resume\n{BODY}")).len(), 2);
        assert_eq!(split(&format!("Velnor and Corda talk again\n“{BODY}")).len(), 2);
        assert_eq!(split(&format!("By Ada Brenn\n{BODY}")).len(), 2);
        assert_eq!(split(&format!("Five points\n5{BODY}")).len(), 2);
        // a line broken at the margin, one that ends with a function word or a comma, one before lower case
        assert_eq!(split(&format!("A hotel by the lake was the scene as envoys of\n{BODY}")).len(), 1);
        assert_eq!(split("The talks between Minister\nAnna Berg and the union").len(), 1);
        assert_eq!(split(&format!("On Monday,\n{BODY}")).len(), 1);
        assert_eq!(split(&format!("Talks resume\nthen {BODY}")).len(), 1);
    }

    #[test]
    fn headline_in_capitals() {
        let headline = "TALKS RESUME AFTER A LONG WEEKEND OF ARGUMENT OVER WHO SITS WHERE";
        assert_eq!(split(&format!("{headline}\n{BODY}")).len(), 2);
        assert!(is_headline_in_capitals("TALKS RESUME", BODY) && is_headline_in_capitals("5 DIE", BODY));
        assert!(!is_headline_in_capitals("TALKS", BODY) && !is_headline_in_capitals("TALKS Resume", BODY));
        assert!(
            !is_headline_in_capitals("TALKS RESUME", "AFTER A WEEK") && !is_headline_in_capitals("5 6", BODY)
        );
    }

    #[test]
    fn final_punctuation() {
        for line in ["Talks end.", "Is it over?”", "They agreed on:", "He left (twice.)", "Over… ", "*No!*"]
        {
            assert!(ends_sentence(line), "{line}");
        }
        for line in ["Talks end", "Talks, then", "Talks (twice)", ""] {
            assert!(!ends_sentence(line), "{line}");
        }
    }
}
