//! Where the layout of a text ends a sentence: paragraphs, list items, headlines.

use memchr::memchr3;

/// A stretch of text that no sentence leaves: a paragraph, a list item, a headline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stretch {
    /// Offset of the first byte that is not blank.
    pub(crate) start: usize,
    /// Offset after the last byte that is not blank.
    pub(crate) end: usize,
    /// Number of the paragraph, from 0.
    pub(crate) paragraph: u32,
}

/// Lines longer than this many characters are not wrapped by hand or by a mail
/// program (72 to 132 columns): each such line is a paragraph.
const WRAP_LIMIT: usize = 160;

/// Lines of at most this many characters, three or more in a row and none with
/// final punctuation, are a list without bullets.
const SHORT_LINE: usize = 40;

/// A line that leaves more than this share of the block's width free, although
/// the next word would have fitted, was ended on purpose.
const FREE_SHARE: f64 = 0.4;

/// Whether `c` separates words: Unicode white space and the invisible marks
/// (byte order mark, zero-width space, word joiner) that files carry.
pub fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\u{2060}')
}

#[derive(Clone, Copy, Debug)]
struct Line {
    start: usize,
    end: usize,
    /// Characters, without blanks at the ends.
    width: usize,
    /// A form feed or paragraph separator ends the line.
    ends_paragraph: bool,
}

/// The stretches of `text`, in order.
pub(crate) fn stretches(text: &str) -> Vec<Stretch> {
    let mut found = Vec::new();
    let mut block: Vec<Line> = Vec::new();
    let mut paragraph = 0;
    for line in lines(text) {
        if line.width > 0 {
            block.push(line);
        }
        if line.width == 0 || line.ends_paragraph {
            close(text, &mut block, &mut paragraph, &mut found);
        }
    }
    close(text, &mut block, &mut paragraph, &mut found);
    found
}

fn lines(text: &str) -> impl Iterator<Item = Line> + '_ {
    let mut rest = 0;
    std::iter::from_fn(move || {
        let tail = text.get(rest..).filter(|tail| !tail.is_empty())?;
        let (length, mark) = line_break(tail).unwrap_or((tail.len(), ' '));
        let content = tail.get(..length).unwrap_or("");
        let after = tail.get(length..).unwrap_or("");
        let step = if after.starts_with("\r\n") { 2 } else { after.chars().next().map_or(0, char::len_utf8) };
        let start = rest + content.len() - content.trim_start_matches(is_space).len();
        let trimmed = content.trim_matches(is_space);
        rest += length + step;
        Some(Line {
            start,
            end: start + trimmed.len(),
            width: trimmed.chars().count(),
            ends_paragraph: matches!(mark, '\u{c}' | '\u{2029}'),
        })
    })
}

/// Where the first line break of `text` stands, and which it is.
fn line_break(text: &str) -> Option<(usize, char)> {
    let mut at = 0;
    loop {
        // the bytes that begin one; all the text up to the first is looked at twice
        let rest = text.as_bytes().get(at..)?;
        let first = memchr3(b'\n', b'\r', 0xE2, rest);
        let upto = rest.get(..first.unwrap_or(rest.len()))?;
        at += memchr3(0xB, 0xC, 0xC2, upto).or(first)?;
        let c = text.get(at..)?.chars().next()?;
        if matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}') {
            return Some((at, c));
        }
        at += c.len_utf8();
    }
}

/// Cuts a block of lines without a blank one between them into stretches.
fn close(text: &str, block: &mut Vec<Line>, paragraph: &mut u32, found: &mut Vec<Stretch>) {
    let Some((first, last)) = block.first().copied().zip(block.last().copied()) else { return };
    let width = block.iter().map(|line| line.width).max().unwrap_or(0);
    let is_plain_list = block.len() > 2
        && block.iter().all(|line| {
            let line_text = of(text, *line);
            line.width <= SHORT_LINE && !ends_sentence(line_text) && !starts_item(line_text)
        });
    let mut start = first.start;
    for pair in block.windows(2) {
        let [line, next] = pair else { continue };
        let cut = if is_plain_list { Some(false) } else { cut_between(text, *line, *next, width) };
        if let Some(is_paragraph) = cut {
            found.push(Stretch { start, end: line.end, paragraph: *paragraph });
            *paragraph += u32::from(is_paragraph);
            start = next.start;
        }
    }
    found.push(Stretch { start, end: last.end, paragraph: *paragraph });
    *paragraph += 1;
    block.clear();
}

fn of(text: &str, line: Line) -> &str {
    text.get(line.start..line.end).unwrap_or("")
}

/// Whether the break between two lines ends a sentence, and if so, whether it
/// ends the paragraph too.
fn cut_between(text: &str, line: Line, next: Line, width: usize) -> Option<bool> {
    let (this, that) = (of(text, line), of(text, next));
    if starts_item(that) {
        return Some(false);
    }
    let is_rule = |s: &str| !s.chars().any(char::is_alphanumeric) && s.chars().count() > 2;
    let is_heading = |s: &str| s.trim_start_matches('#').starts_with(' ') && s.starts_with('#');
    if is_rule(this) || is_rule(that) || is_heading(this) || is_heading(that) {
        return Some(true);
    }
    if width > WRAP_LIMIT && ends_sentence(this) {
        return Some(true);
    }
    let opens = that
        .chars()
        .find(|c| !matches!(c, '"' | '\'' | '“' | '‘' | '(' | '['))
        .is_some_and(|c| c.is_uppercase() || c.is_ascii_digit());
    if ends_sentence(this) || !opens || hangs(this) {
        return None;
    }
    let is_capitals = |s: &str| s.chars().any(char::is_uppercase) && !s.chars().any(char::is_lowercase);
    let word = that.split(is_space).next().unwrap_or("").chars().count();
    let was_room = ((line.width + 1 + word) as f64) < (1.0 - FREE_SHARE) * width as f64;
    (was_room || (is_capitals(this) && !is_capitals(that) && this.contains(' '))).then_some(true)
}

/// Whether a line ends with final punctuation, closing quotes and brackets apart.
pub fn ends_sentence(line: &str) -> bool {
    let is_closer =
        |c: char| matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '*' | '_') || is_space(c);
    line.trim_end_matches(is_closer).ends_with(['.', '!', '?', '…', ':', ';'])
}

/// Whether a line cannot be the end of a headline: it ends with a comma, a dash
/// or a word that asks for another.
fn hangs(line: &str) -> bool {
    const ASKS: &[&str] = &[
        "a", "an", "and", "as", "at", "by", "for", "from", "in", "into", "of", "on", "or", "that", "the",
        "their", "to", "with",
    ];
    line.ends_with([',', '-', '–', '—', '(', '/'])
        || line.rsplit(is_space).next().is_some_and(|word| ASKS.binary_search(&word).is_ok())
}

/// Whether a line starts with the mark of a list item.
fn starts_item(line: &str) -> bool {
    bullet(line).is_some_and(|(_, is_loose)| !is_loose || line.chars().nth(1).is_some_and(is_space))
        || marker(line).is_some()
}

/// The bullet that `text` starts with, and whether the sign has other uses, so
/// that a blank must follow it.
pub(crate) fn bullet(text: &str) -> Option<(char, bool)> {
    let c = text.chars().next()?;
    match c {
        '•' | '‣' | '⁃' | '◦' | '▪' | '●' | '■' | '·' | '∙' => Some((c, false)),
        '-' | '*' | '–' | '—' | '+' => Some((c, true)),
        _ => None,
    }
}

/// The mark of a numbered list item: shape and value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Marker {
    shape: (bool, Numeral, &'static str),
    value: u32,
    /// Length of the mark in bytes.
    pub(crate) len: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Numeral {
    Digits,
    Letter,
    Roman,
}

impl Marker {
    /// Whether this mark comes right after `before` in one list.
    pub(crate) fn follows(&self, before: &Marker) -> bool {
        self.shape == before.shape && self.value == before.value + 1
    }
}

/// The mark of a numbered list item that `text` starts with: `1.`, `1)`, `1.)`,
/// `(a)`, `iv)`; a blank must follow.
pub(crate) fn marker(text: &str) -> Option<Marker> {
    markers(text).next()
}

/// Every way to read the mark that `text` starts with (`(i)` is a letter and a numeral).
pub(crate) fn markers(text: &str) -> impl Iterator<Item = Marker> {
    let is_open = text.starts_with('(');
    let rest = if is_open { text.get(1..).unwrap_or("") } else { text };
    let length = rest.bytes().take(6).take_while(u8::is_ascii_alphanumeric).count();
    let name = rest.get(..length).unwrap_or("");
    let after = rest.get(length..).unwrap_or("");
    let ending = [".)", ".", ")"].into_iter().find(|ending| after.starts_with(ending)).filter(|ending| {
        after.get(ending.len()..).and_then(|s| s.chars().next()).is_some_and(is_space)
            && (!is_open || *ending == ")")
    });
    let digits = (!name.is_empty() && length <= 2).then(|| name.parse().ok()).flatten();
    let letter = match name.as_bytes() {
        [b] if b.is_ascii_alphabetic() => Some(u32::from(*b)),
        _ => None,
    };
    [
        (Numeral::Digits, digits),
        // `I.` and `A.` with a stop are initials or words far more often than marks of a list
        (
            Numeral::Letter,
            letter.filter(|_| ending != Some(".") || name.starts_with(|c: char| c.is_ascii_lowercase())),
        ),
        (Numeral::Roman, ending.filter(|ending| *ending != ".").and_then(|_| roman(name))),
    ]
    .into_iter()
    .filter_map(move |(numeral, value)| {
        let ending = ending?;
        Some(Marker {
            shape: (is_open, numeral, ending),
            value: value?,
            len: usize::from(is_open) + length + ending.len(),
        })
    })
}

/// The value of a small Roman numeral, i to xx.
fn roman(name: &str) -> Option<u32> {
    const NUMERALS: [&str; 20] = [
        "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi",
        "xvii", "xviii", "xix", "xx",
    ];
    let at = NUMERALS.iter().position(|numeral| numeral.eq_ignore_ascii_case(name))?;
    Some(at as u32 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<(u32, &str)> {
        stretches(text).into_iter().map(|s| (s.paragraph, &text[s.start..s.end])).collect()
    }

    #[test]
    fn blank_lines_end_paragraphs_and_wrapped_lines_do_not() {
        assert_eq!(
            cut("one two\nthree\r\n\r\nfour\n \u{a0}\nfive"),
            [(0, "one two\nthree"), (1, "four"), (2, "five")]
        );
        assert_eq!(cut(" \n\n\t"), []);
    }

    #[test]
    fn list_items_start_anew_and_dashes_inside_a_line_do_not() {
        assert_eq!(
            cut("They agreed on:\n- cotton\n- wool - the best"),
            [(0, "They agreed on:"), (0, "- cotton"), (0, "- wool - the best")]
        );
        assert_eq!(cut("(a) cotton\n(b) wool\nand silk"), [(0, "(a) cotton"), (0, "(b) wool\nand silk")]);
        // a number at the start of a wrapped line is no item
        assert_eq!(cut("the tariff was cut to\n12 percent of value").len(), 1);
    }

    #[test]
    fn a_headline_is_known_by_the_room_left_or_its_capitals() {
        let body = "The two sides met on Monday in a small hotel by the lake and talked for nine hours.";
        assert_eq!(cut(&format!("Talks resume\n{body}")).len(), 2);
        assert_eq!(
            cut(&format!("TALKS RESUME AFTER A LONG WEEKEND OF ARGUMENT OVER WHO SITS WHERE\n{body}")).len(),
            2
        );
        // a line broken at the margin, and one that asks for more
        assert_eq!(cut(&format!("A hotel by the lake was the scene as envoys of\n{body}")).len(), 1);
        assert_eq!(cut("The talks between Minister\nAnna Berg and the union").len(), 1);
    }

    #[test]
    fn markers_know_their_successor() {
        let [one, two] = ["1.) a", "2.) b"].map(|text| marker(text).expect("a marker"));
        assert!(two.follows(&one) && !one.follows(&two));
        assert!(marker("(iv) x").is_some() && marker("1.5 m").is_none() && marker("2019. Next").is_none());
    }
}
