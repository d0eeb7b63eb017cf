//! One pass over the text: words with case, possessives, paragraphs and quotations.

use std::borrow::Cow;

use crate::span::Span;
use crate::word::class::WordClasses;
use crate::word::segments::{Runs, Walk};
use crate::word::token::{Kind, Word};
use crate::word::word_class;

/// The words of a text, in order; linear in its length.
pub(crate) fn scan<'t>(runs: &'t Runs<'_>) -> Vec<Word<'t>> {
    let (text, lower) = (runs.text(), runs.lower());
    let out = Vec::with_capacity(text.len() / 4);
    let mut scanner =
        Scanner { runs, walk: runs.walk(0), text, lower, at: 0, para: 0, out, quotes: Quotes::default() };
    scanner.run();
    scanner.out
}

/// Which quotation is open, and with which mark.
#[derive(Default)]
struct Quotes {
    open: Option<char>,
    current: u32,
    count: u32,
    /// The quotation that the last paragraph left open.
    hanging: u32,
}

struct Scanner<'t> {
    runs: &'t Runs<'t>,
    walk: Walk<'t>,
    text: &'t str,
    lower: &'t str,
    at: usize,
    para: u32,
    out: Vec<Word<'t>>,
    quotes: Quotes,
}

impl<'t> Scanner<'t> {
    fn peek(&self, offset: usize) -> Option<char> {
        self.text.get(self.at + offset..)?.chars().next()
    }

    fn before(&self) -> Option<char> {
        self.text.get(..self.at)?.chars().next_back()
    }

    fn run(&mut self) {
        while let Some(byte) = self.text.as_bytes().get(self.at) {
            if *byte == b' ' {
                self.at += 1;
                continue;
            }
            if byte.is_ascii_alphabetic() && self.plain_word() {
                continue;
            }
            let Some(c) = self.peek(0) else { break };
            if c == '\n' {
                self.lines();
            } else if c.is_whitespace() {
                self.at += c.len_utf8();
            } else if c.is_alphabetic() {
                self.word();
            } else if c.is_numeric()
                || (matches!(c, '$' | '€' | '£') && self.peek(c.len_utf8()).is_some_and(char::is_numeric))
            {
                self.number();
            } else {
                self.mark(c);
            }
        }
    }

    /// A line end; two of them, or one after a full paragraph, part paragraphs.
    fn lines(&mut self) {
        let mut breaks = 0;
        while let Some(c) = self.peek(0).filter(|c| c.is_whitespace()) {
            breaks += u32::from(c == '\n');
            self.at += c.len_utf8();
        }
        if breaks > 1 {
            self.para += 1;
            self.quotes.hanging = self.quotes.current;
            self.quotes.open = None;
            self.quotes.current = 0;
        }
    }

    /// What stands from `start` to `end`: a mark, until more is said of it.
    fn piece(&self, start: usize, end: usize, kind: Kind) -> Word<'t> {
        Word {
            span: Span::new(start, end),
            low: Cow::Borrowed(""),
            kind,
            cap: false,
            poss: false,
            quote: self.quotes.current,
            para: self.para,
            classes: WordClasses::default(),
        }
    }

    fn push(&mut self, start: usize, end: usize, kind: Kind) {
        self.out.push(self.piece(start, end, kind));
    }

    /// Adds the word at hand if it is a run and no more.
    fn plain_word(&mut self) -> bool {
        let start = self.at;
        let Some(run) = self.walk.at(start) else { return false };
        let classes = self.runs.entry(run).classes;
        let ends = match self.text.as_bytes().get(run.end()) {
            None => true,
            // of letters with points between, each is one
            Some(b'.') => run.len() > 1 && !word_class::is_pointed(classes),
            Some(next) => next.is_ascii() && !matches!(next, b'-' | b'\'' | b'&'),
        };
        if ends {
            self.at = run.end();
            let low = run.slice(self.lower);
            let cap = self.text.as_bytes().get(start).is_some_and(u8::is_ascii_uppercase);
            let piece = self.piece(start, run.end(), Kind::Word);
            self.out.push(Word { span: run.span, low: Cow::Borrowed(low), cap, classes, ..piece });
        }
        ends
    }

    fn word(&mut self) {
        let start = self.at;
        while let Some(c) = self.peek(0) {
            let next = self.peek(c.len_utf8());
            let inner = match c {
                _ if c.is_alphanumeric() || is_combining(c) => true,
                '-' | '‐' | '‑' | '\'' | '’' => next.is_some_and(char::is_alphanumeric),
                '.' => self.point(start, next),
                '&' => next.is_some_and(char::is_uppercase) && self.before().is_some_and(char::is_uppercase),
                _ => false,
            };
            if !inner {
                break;
            }
            self.at += c.len_utf8();
        }
        let mut end = self.at;
        let whole = self.text.get(start..end).unwrap_or("");
        let mut poss = false;
        if whole.ends_with(['s', 'S'])
            && let Some(stem) = whole.get(..whole.len() - 1).and_then(|stem| stem.strip_suffix(['\'', '’']))
        {
            poss = true;
            end = start + stem.len();
        }
        let open_single = self.quotes.open == Some('‘');
        if let Some(c @ ('\'' | '’')) = self.peek(0)
            && whole.ends_with('s')
            && !open_single
            && self.peek(c.len_utf8()) != Some('\'')
        {
            poss = true;
            self.at += c.len_utf8();
        }
        let low = self.lowered(start, end);
        let (cap, classes) = (whole.starts_with(char::is_uppercase), word_class::classes_of(&low));
        let piece = self.piece(start, end, Kind::Word);
        self.out.push(Word { low, cap, poss, classes, ..piece });
    }

    /// The word from `start` to `end` in lower case, with plain apostrophes.
    fn lowered(&self, start: usize, end: usize) -> Cow<'t, str> {
        let word = self.text.get(start..end).unwrap_or("");
        match self.lower.get(start..end) {
            Some(lower) if word.is_ascii() => Cow::Borrowed(lower),
            _ => Cow::Owned(word.to_lowercase().replace('’', "'")),
        }
    }

    /// Whether the point at hand belongs to the word from `start` on.
    fn point(&self, start: usize, next: Option<char>) -> bool {
        let so_far = self.text.get(start..self.at).unwrap_or("");
        let letter = so_far.rsplit('.').next().is_some_and(|l| l.chars().nth(1).is_none() && !l.is_empty());
        if next.is_some_and(char::is_alphabetic) {
            return letter;
        }
        (letter && so_far.contains('.')) || self.lower.get(start..self.at).is_some_and(word_class::is_pointed)
    }

    fn number(&mut self) {
        let start = self.at;
        while let Some(c) = self.peek(0) {
            let next = self.peek(c.len_utf8());
            let inner = c.is_alphanumeric()
                || matches!(c, '$' | '€' | '£' | '%')
                || (matches!(c, '.' | ',' | ':' | '-' | '/') && next.is_some_and(char::is_numeric));
            if !inner {
                break;
            }
            self.at += c.len_utf8();
        }
        if self.at == start {
            self.at += self.peek(0).map_or(1, char::len_utf8);
        }
        let number = self.text.get(start..self.at).unwrap_or("");
        let low = match self.lower.get(start..self.at) {
            Some(lower) if number.is_ascii() => Cow::Borrowed(lower),
            _ => Cow::Owned(number.to_lowercase()),
        };
        let piece = self.piece(start, self.at, Kind::Number);
        self.out.push(Word { low, ..piece });
    }

    fn mark(&mut self, c: char) {
        let start = self.at;
        // two apostrophes are one mark of quotation
        let pair = c == '\'' && self.peek(1) == Some('\'');
        let c = if pair { '"' } else { c };
        let end = start + c.len_utf8() + usize::from(pair);
        let opens = match c {
            '“' | '„' | '«' => Some(true),
            '”' | '»' => Some(false),
            '"' => Some(
                self.quotes.open != Some('"') && self.peek(end - start).is_some_and(|n| !n.is_whitespace()),
            ),
            '‘' => (self.quotes.open.is_none()).then_some(true),
            '’' if self.quotes.open == Some('‘') => Some(false),
            _ => None,
        };
        self.at = end;
        match opens {
            Some(true) => {
                if self.quotes.open.is_none() {
                    let first = self.out.last().is_none_or(|w| w.para != self.para);
                    if first && self.quotes.hanging != 0 {
                        self.quotes.current = self.quotes.hanging;
                    } else {
                        self.quotes.count += 1;
                        self.quotes.current = self.quotes.count;
                    }
                    self.quotes.open = Some(c);
                }
                self.quotes.hanging = 0;
                self.push(start, end, Kind::Open);
            }
            Some(false) => {
                self.push(start, end, Kind::Close);
                if self.quotes.open.is_some_and(|o| closes(o, c)) {
                    self.quotes.open = None;
                    self.quotes.current = 0;
                }
            }
            None => self.push(start, end, Kind::Mark(c)),
        }
    }
}

/// Whether `close` ends what `open` began.
fn closes(open: char, close: char) -> bool {
    matches!((open, close), ('“' | '„', '”') | ('«', '»') | ('"', '"') | ('‘', '’'))
}

/// Whether `c` is a combining mark, which continues a word.
fn is_combining(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        scan(&Runs::of(text)).iter().map(|w| w.span.slice(text).to_owned()).collect()
    }

    #[test]
    fn words_keep_their_points_and_lose_their_possessives() {
        assert_eq!(words("The U.S.’s Mr. O’Brien left."), ["The", "U.S.", "Mr.", "O’Brien", "left", "."]);
        assert_eq!(words("$112 billion, 3.5%"), ["$112", "billion", ",", "3.5%"]);
    }

    #[test]
    fn quotations_are_numbered_and_run_over_paragraphs() {
        let text = "He said: “One.\n\n“Two,” he said. “Three.”";
        let of = |what: &str| scan(&Runs::of(text)).iter().find(|w| w.low == what).map(|w| w.quote);
        assert_eq!(of("one"), Some(1));
        assert_eq!(of("two"), Some(1));
        assert_eq!(of("three"), Some(2));
        assert_eq!(of("said"), Some(0));
    }

    #[test]
    fn straight_marks_open_and_close() {
        let text = "\"Yes,\" she said. \"No.\"";
        let quotes: Vec<u32> =
            scan(&Runs::of(text)).iter().filter(|w| w.kind == Kind::Word).map(|w| w.quote).collect();
        assert_eq!(quotes, [1, 0, 0, 2]);
    }
}
