//! [`annotate`]: one pass over a text that yields its tokens with case, possessives, paragraphs and quotations.

use std::borrow::Cow;

use crate::span::Span;
use crate::word::class::WordClasses;
use crate::word::segments::{SegmentCursor, Segments};
use crate::word::token::{Token, TokenKind};
use crate::word::unclosed_quotation::free_attribution;
use crate::word::word_class;

/// English text has rarely fewer bytes per token; determines the capacity that is reserved.
const BYTES_PER_TOKEN: usize = 4;

/// Words from which a paragraph in capitals is one: an acronym or a short heading has fewer.
const MIN_CAPITALS: usize = 4;

/// The tokens of a text in order. Takes time linear in its length.
pub(crate) fn annotate<'t>(segments: &'t Segments<'_>) -> Vec<Token<'t>> {
    let text = segments.text();
    let mut annotator = Annotator {
        segments,
        cursor: segments.cursor(0),
        text,
        lower: segments.lower(),
        at: 0,
        paragraph: 0,
        tokens: Vec::with_capacity(text.len() / BYTES_PER_TOKEN),
        quotes: Quotes::default(),
        unclosed: Vec::new(),
        paragraph_start: 0,
    };
    annotator.read_text();
    annotator.end_paragraph();
    for (quote, end) in annotator.unclosed {
        free_attribution(&mut annotator.tokens, quote, end);
    }
    annotator.tokens
}

/// The state of quotation marks.
#[derive(Default)]
struct Quotes {
    /// The mark that opened the current quotation.
    open: Option<char>,
    /// The number of the current quotation; 0 outside.
    current: u32,
    /// How many quotations have been opened.
    count: u32,
    /// The number of the quotation that the last paragraph left open.
    continued: u32,
}

struct Annotator<'t> {
    segments: &'t Segments<'t>,
    cursor: SegmentCursor<'t>,
    text: &'t str,
    lower: &'t str,
    /// Offset of the next character to read.
    at: usize,
    paragraph: u32,
    tokens: Vec<Token<'t>>,
    quotes: Quotes,
    /// The quotations that no mark closes, and the index of the token after each.
    unclosed: Vec<(u32, usize)>,
    /// Offset of the start of the paragraph.
    paragraph_start: usize,
}

impl<'t> Annotator<'t> {
    /// Records the quotation that the paragraph leaves open, and reads a paragraph in capitals as if it were in lower
    /// case: its known words are no names.
    fn end_paragraph(&mut self) {
        let start = std::mem::replace(&mut self.paragraph_start, self.at);
        if is_all_capitals(self.text.get(start..self.at).unwrap_or_default()) {
            let own = self.tokens.iter_mut().rev().take_while(|token| token.paragraph == self.paragraph);
            own.filter(|token| token.classes != WordClasses::default())
                .for_each(|token| token.is_capitalised = false);
        }
        if self.quotes.open.is_some() {
            self.unclosed.push((self.quotes.current, self.tokens.len()));
        }
    }

    fn peek(&self, offset: usize) -> Option<char> {
        self.text.get(self.at + offset..)?.chars().next()
    }

    fn previous(&self) -> Option<char> {
        self.text.get(..self.at)?.chars().next_back()
    }

    fn read_text(&mut self) {
        while let Some(byte) = self.text.as_bytes().get(self.at) {
            if *byte == b' ' {
                self.at += 1;
                continue;
            }
            if byte.is_ascii_alphabetic() && self.read_plain_word() {
                continue;
            }
            let Some(c) = self.peek(0) else { break };
            if c == '\n' {
                self.read_line_ends();
            } else if c.is_whitespace() {
                self.at += c.len_utf8();
            } else if c.is_alphabetic() {
                self.read_word();
            } else if c.is_numeric()
                || (matches!(c, '$' | '€' | '£') && self.peek(c.len_utf8()).is_some_and(char::is_numeric))
            {
                self.read_number();
            } else {
                self.read_punctuation(c);
            }
        }
    }

    /// Reads white space from a line end on; two line ends in it start a new paragraph.
    fn read_line_ends(&mut self) {
        let mut line_ends = 0;
        while let Some(c) = self.peek(0).filter(|c| c.is_whitespace()) {
            line_ends += u32::from(c == '\n');
            self.at += c.len_utf8();
        }
        if line_ends > 1 {
            self.end_paragraph();
            self.paragraph += 1;
            self.quotes.continued = self.quotes.current;
            self.quotes.open = None;
            self.quotes.current = 0;
        }
    }

    /// A token with the defaults of punctuation.
    fn token(&self, start: usize, end: usize, kind: TokenKind) -> Token<'t> {
        Token {
            span: Span::new(start, end),
            lower: Cow::Borrowed(""),
            kind,
            is_capitalised: false,
            is_possessive: false,
            quote: self.quotes.current,
            paragraph: self.paragraph,
            classes: WordClasses::default(),
        }
    }

    fn push(&mut self, start: usize, end: usize, kind: TokenKind) {
        self.tokens.push(self.token(start, end, kind));
    }

    /// Reads a word that is exactly one segment, without allocation; returns whether there was one.
    fn read_plain_word(&mut self) -> bool {
        let start = self.at;
        let Some(segment) = self.cursor.segment_at(start) else { return false };
        let classes = self.segments.entry(segment).classes;
        let is_whole_word = match self.text.as_bytes().get(segment.end()) {
            None => true,
            // the points of "U.S." and "Gen." belong to the word
            Some(b'.') => segment.len() > 1 && !word_class::is_title_abbreviation(classes),
            Some(next) => next.is_ascii() && !matches!(next, b'-' | b'\'' | b'&'),
        };
        if is_whole_word {
            self.at = segment.end();
            let lower = Cow::Borrowed(segment.slice(self.lower));
            let is_capitalised = self.text.as_bytes().get(start).is_some_and(u8::is_ascii_uppercase);
            let token = self.token(start, segment.end(), TokenKind::Word);
            self.tokens.push(Token { span: segment.span, lower, is_capitalised, classes, ..token });
        }
        is_whole_word
    }

    fn read_word(&mut self) {
        let start = self.at;
        while let Some(c) = self.peek(0) {
            let next = self.peek(c.len_utf8());
            let continues = match c {
                _ if c.is_alphanumeric() || is_combining(c) => true,
                '-' | '‐' | '‑' | '\'' | '’' => next.is_some_and(char::is_alphanumeric),
                '.' => self.is_abbreviation_point(start, next),
                '&' => {
                    next.is_some_and(char::is_uppercase) && self.previous().is_some_and(char::is_uppercase)
                }
                _ => false,
            };
            if !continues {
                break;
            }
            self.at += c.len_utf8();
        }
        let mut end = self.at;
        let whole = self.text.get(start..end).unwrap_or("");
        let mut is_possessive = false;
        if whole.ends_with(['s', 'S'])
            && let Some(owner) = whole.get(..whole.len() - 1).and_then(|w| w.strip_suffix(['\'', '’']))
        {
            is_possessive = true;
            end = start + owner.len();
        }
        let in_single_quotes = self.quotes.open == Some('‘');
        if let Some(c @ ('\'' | '’')) = self.peek(0)
            && whole.ends_with('s')
            && !in_single_quotes
            && self.peek(c.len_utf8()) != Some('\'')
        {
            is_possessive = true;
            self.at += c.len_utf8();
        }
        let lower = self.lower_case(start, end);
        let (is_capitalised, classes) =
            (whole.starts_with(char::is_uppercase), word_class::classes_of(&lower));
        let token = self.token(start, end, TokenKind::Word);
        self.tokens.push(Token { lower, is_capitalised, is_possessive, classes, ..token });
    }

    /// The word from `start` to `end` in lower case, with straight apostrophes.
    fn lower_case(&self, start: usize, end: usize) -> Cow<'t, str> {
        let word = self.text.get(start..end).unwrap_or("");
        match self.lower.get(start..end) {
            Some(lower) if word.is_ascii() => Cow::Borrowed(lower),
            _ => Cow::Owned(word.to_lowercase().replace('’', "'")),
        }
    }

    /// Whether the point at the current offset belongs to the word that starts at `start`.
    fn is_abbreviation_point(&self, start: usize, next: Option<char>) -> bool {
        let so_far = self.text.get(start..self.at).unwrap_or("");
        let follows_letter =
            so_far.rsplit('.').next().is_some_and(|part| part.chars().nth(1).is_none() && !part.is_empty());
        if next.is_some_and(char::is_alphabetic) {
            return follows_letter;
        }
        (follows_letter && so_far.contains('.'))
            || self.lower.get(start..self.at).is_some_and(word_class::is_title_abbreviation)
    }

    fn read_number(&mut self) {
        let start = self.at;
        while let Some(c) = self.peek(0) {
            let next = self.peek(c.len_utf8());
            let continues = c.is_alphanumeric()
                || matches!(c, '$' | '€' | '£' | '%')
                || (matches!(c, '.' | ',' | ':' | '-' | '/') && next.is_some_and(char::is_numeric));
            if !continues {
                break;
            }
            self.at += c.len_utf8();
        }
        if self.at == start {
            self.at += self.peek(0).map_or(1, char::len_utf8);
        }
        let number = self.text.get(start..self.at).unwrap_or("");
        let lower = match self.lower.get(start..self.at) {
            Some(lower) if number.is_ascii() => Cow::Borrowed(lower),
            _ => Cow::Owned(number.to_lowercase()),
        };
        let token = self.token(start, self.at, TokenKind::Number);
        self.tokens.push(Token { lower, ..token });
    }

    fn read_punctuation(&mut self, c: char) {
        let start = self.at;
        // two apostrophes are one quotation mark
        let is_pair = c == '\'' && self.peek(1) == Some('\'');
        let c = if is_pair { '"' } else { c };
        let end = start + c.len_utf8() + usize::from(is_pair);
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
                    let starts_paragraph =
                        self.tokens.last().is_none_or(|token| token.paragraph != self.paragraph);
                    if starts_paragraph && self.quotes.continued != 0 {
                        self.quotes.current = self.quotes.continued;
                        self.unclosed.pop();
                    } else {
                        self.quotes.count += 1;
                        self.quotes.current = self.quotes.count;
                    }
                    self.quotes.open = Some(c);
                }
                self.quotes.continued = 0;
                self.push(start, end, TokenKind::OpenQuote);
            }
            Some(false) => {
                self.push(start, end, TokenKind::CloseQuote);
                if self.quotes.open.is_some_and(|open| closes(open, c)) {
                    self.quotes.open = None;
                    self.quotes.current = 0;
                }
            }
            None => self.push(start, end, TokenKind::Punctuation(c)),
        }
    }
}

/// Whether the quotation mark `close` ends a quotation that starts with `open`.
fn closes(open: char, close: char) -> bool {
    matches!((open, close), ('“' | '„', '”') | ('«', '»') | ('"', '"') | ('‘', '’'))
}

/// Whether a paragraph of several words has no letter in lower case.
fn is_all_capitals(paragraph: &str) -> bool {
    let letters = || paragraph.chars().filter(|c| c.is_alphabetic());
    !letters().any(char::is_lowercase) && paragraph.split_whitespace().nth(MIN_CAPITALS - 1).is_some()
}

/// Whether `c` is a combining diacritical mark, which continues a word.
fn is_combining(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slices(text: &str) -> Vec<String> {
        annotate(&Segments::new(text)).iter().map(|token| token.span.slice(text).to_owned()).collect()
    }

    /// The number of the quotation that contains the first token `lower`.
    fn quote_of(text: &str, lower: &str) -> Option<u32> {
        annotate(&Segments::new(text)).iter().find(|token| token.lower == lower).map(|token| token.quote)
    }

    #[test]
    fn words_keep_abbreviation_points_and_lose_possessive_endings() {
        assert_eq!(slices("The U.S.’s Mr. O’Brien left."), ["The", "U.S.", "Mr.", "O’Brien", "left", "."]);
        assert_eq!(slices("$112 billion, 3.5%"), ["$112", "billion", ",", "3.5%"]);
        assert_eq!(slices("The parties’ Gen. Tarn"), ["The", "parties", "Gen.", "Tarn"]);
        assert_eq!(slices("A re-elected AT&T board"), ["A", "re-elected", "AT&T", "board"]);
    }

    #[test]
    fn final_stops_and_dashes_belong_to_no_word() {
        assert_eq!(slices("They met in Tarn."), ["They", "met", "in", "Tarn", "."]);
        assert_eq!(slices("Plan A. Then"), ["Plan", "A", ".", "Then"]);
        assert_eq!(slices("talks – not war – ends-"), ["talks", "–", "not", "war", "–", "ends", "-"]);
    }

    #[test]
    fn possessives_are_marked() {
        let is_possessive = |text: &str| annotate(&Segments::new(text)).iter().any(|t| t.is_possessive);
        for text in ["Arland's offer", "Arland’s offer", "the unions’ offer", "the unions' offer"] {
            assert!(is_possessive(text), "{text}");
        }
        for text in ["Arlands offer", "the offer ’24", "O’Brien left"] {
            assert!(!is_possessive(text), "{text}");
        }
    }

    #[test]
    fn a_quotation_continues_over_paragraphs_that_reopen_it() {
        let text = "He said: “One.\n\n“Two,” he said. “Three.”";
        assert_eq!(quote_of(text, "one"), Some(1));
        assert_eq!(quote_of(text, "two"), Some(1));
        assert_eq!(quote_of(text, "three"), Some(2));
        assert_eq!(quote_of(text, "said"), Some(0));
        // the second paragraph does not reopen it
        assert_eq!(quote_of("He said: “One.\n\nTwo left.", "two"), Some(0));
        assert_eq!(quote_of("“We sign, Brenn said.\n\nTwo left.", "sign"), Some(1));
        assert_eq!(quote_of("“We sign, Brenn said.\n\nTwo left.", "brenn"), Some(0));
    }

    #[test]
    fn known_words_of_a_paragraph_in_capitals_are_no_names() {
        let capitalised = |text: &str| -> Vec<String> {
            let segments = Segments::new(text);
            let tokens = annotate(&segments);
            tokens.iter().filter(|token| token.is_capitalised).map(|token| token.lower.to_string()).collect()
        };
        assert_eq!(capitalised("TALKS WITH ADA BRENN FAILED."), ["ada", "brenn", "failed"]);
        assert_eq!(
            capitalised("THE END.\n\nTHE UNION OF Arland."),
            ["the", "end", "the", "union", "of", "arland"]
        );
    }

    #[test]
    fn straight_quotes_open_and_close() {
        let text = "\"Yes,\" she said. \"No.\"";
        let tokens = Segments::new(text);
        let tokens = annotate(&tokens);
        let words = tokens.iter().filter(|token| token.kind == TokenKind::Word);
        assert_eq!(words.map(|token| token.quote).collect::<Vec<_>>(), [1, 0, 0, 2]);
    }

    #[test]
    fn two_line_ends_start_a_paragraph() {
        let text = "One\ntwo\n \n three";
        let segments = Segments::new(text);
        let paragraphs: Vec<u32> = annotate(&segments).iter().map(|token| token.paragraph).collect();
        assert_eq!(paragraphs, [0, 0, 1]);
    }
}
