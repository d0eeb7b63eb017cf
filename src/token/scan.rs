//! The compiled form of the tokenizer's normalizer and pre-tokenizer: finds the
//! bounds and the normal form of every token in one pass.
//!
//! The rules, which [`super::tokenizer`] states as regular expressions for the
//! `tokenizers` crate and which tests hold equal:
//! 1. single letters with dots are one token with the dots ("U.S.", "p.m");
//! 2. digits joined by dots or commas are one token ("1,000.5");
//! 3. a run of letters and digits is one token, over apostrophes unless a clitic follows ("won't");
//! 4. a clitic ('s 'll 're 've 'd 'm) is one token;
//! 5. a hyphen or dash inside a word only parts it ("cease-fire" is two tokens);
//! 6. any other character that is not white space is a token of its own.

use super::tokens::Shape;
use super::vocabulary::LONGEST;

/// Normal form of a token: lower case, plain quotes and dashes; at most `LONGEST` bytes.
pub(super) struct Normal {
    bytes: [u8; LONGEST],
    len: usize,
    overflow: bool,
}

impl Normal {
    fn new() -> Self {
        Self { bytes: [0; LONGEST], len: 0, overflow: false }
    }

    #[inline]
    fn clear(&mut self) {
        (self.len, self.overflow) = (0, false);
    }

    #[inline]
    fn push_byte(&mut self, byte: u8) {
        if let Some(slot) = self.bytes.get_mut(self.len) {
            *slot = byte;
            self.len += 1;
        } else {
            self.overflow = true;
        }
    }

    #[inline]
    fn push(&mut self, c: char) {
        if c.is_ascii() {
            self.push_byte(c.to_ascii_lowercase() as u8);
        } else {
            for lower in plain(c).to_lowercase() {
                let mut buffer = [0; 4];
                for byte in lower.encode_utf8(&mut buffer).bytes() {
                    self.push_byte(byte);
                }
            }
        }
    }

    /// The bytes, or `None` if the word is longer than any of the vocabulary.
    #[inline]
    pub(super) fn get(&self) -> Option<&[u8]> {
        if self.overflow { None } else { self.bytes.get(..self.len) }
    }

    /// Takes up the run of ASCII letters and digits at `at`: its end, and what it tells of capitals.
    #[inline]
    fn run(&mut self, bytes: &[u8], at: usize) -> (usize, Shape) {
        let (mut end, mut upper, mut lower) = (at, 0, 0);
        while let Some(byte) = bytes.get(end).filter(|byte| byte.is_ascii_alphanumeric()) {
            upper += usize::from(byte.is_ascii_uppercase());
            lower += usize::from(byte.is_ascii_lowercase());
            self.push_byte(byte.to_ascii_lowercase());
            end += 1;
        }
        let first = bytes.get(at).is_some_and(u8::is_ascii_uppercase);
        (end, capitals(first, upper, lower))
    }
}

/// The plain form of typographic quotes and dashes; other characters as they are.
pub(super) fn plain(c: char) -> char {
    match c {
        '’' | '‘' | 'ʼ' => '\'',
        '“' | '”' | '„' | '«' | '»' => '"',
        '–' | '—' | '―' | '‐' | '‑' => '-',
        'İ' => 'i',
        _ => c,
    }
}

#[inline]
fn is_word(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphanumeric() } else { c.is_alphanumeric() }
}

/// Calls `found(start, end, shape, normal form)` for every token of `text` in order.
pub(super) fn scan(text: &str, mut found: impl FnMut(usize, usize, Shape, &Normal)) {
    let mut at = 0;
    let mut joined = false;
    let mut normal = Normal::new();
    while let Some(c) = char_at(text, at) {
        let start = at;
        if c.is_whitespace() {
            at += c.len_utf8();
            joined = false;
            continue;
        }
        normal.clear();
        let shape;
        if c.is_ascii_alphanumeric() {
            // most words: nothing but letters and digits, and nothing behind them that might go on
            let (end, capitals) = normal.run(text.as_bytes(), at);
            let goes_on = match text.as_bytes().get(end) {
                Some(b'\'' | 0x80..) => true,
                Some(b'.') => end == at + 1 || c.is_ascii_digit(),
                Some(b',') => c.is_ascii_digit(),
                _ => false,
            };
            if !goes_on {
                at = end;
                let digit = if c.is_ascii_digit() { Shape::DIGIT } else { Shape::default() };
                found(start, at, Shape::WORD.with(digit).with(capitals), &normal);
                joined = true;
                continue;
            }
            normal.clear();
        }
        if is_word(c) {
            shape = if let Some(end) = dotted(text, at) {
                at = end;
                Shape::WORD.with(Shape::DOTTED)
            } else if let Some(end) = number(text, at) {
                at = end;
                Shape::WORD.with(Shape::DIGIT)
            } else {
                at = word(text, at);
                if c.is_ascii_digit() { Shape::WORD.with(Shape::DIGIT) } else { Shape::WORD }
            };
            let shape = shape.with(letters(&text[start..at], &mut normal));
            found(start, at, shape, &normal);
            joined = true;
            continue;
        }
        let p = plain(c);
        if p == '\''
            && let Some(end) = clitic(text, at)
        {
            at = end;
            letters(&text[start..at], &mut normal);
            shape = Shape::CLITIC;
            found(start, at, shape, &normal);
            joined = true;
            continue;
        }
        at += c.len_utf8();
        if p == '-' && joined && char_at(text, at).is_some_and(is_word) {
            continue;
        }
        normal.push(c);
        found(start, at, Shape::default(), &normal);
        joined = true;
    }
}

fn char_at(text: &str, at: usize) -> Option<char> {
    let first = *text.as_bytes().get(at)?;
    if first.is_ascii() { Some(first as char) } else { text.get(at..)?.chars().next() }
}

fn is_letter(c: char) -> bool {
    c.is_alphabetic()
}

/// End of "U.S." or "p.m" at `at`, if such a token starts there.
fn dotted(text: &str, at: usize) -> Option<usize> {
    let first = char_at(text, at).filter(|c| is_letter(*c))?;
    let mut end = at + first.len_utf8();
    let mut pairs = 0;
    while char_at(text, end) == Some('.') {
        let Some(letter) = char_at(text, end + 1).filter(|c| is_letter(*c)) else { break };
        let next = end + 1 + letter.len_utf8();
        if char_at(text, next).is_some_and(is_word) {
            break;
        }
        end = next;
        pairs += 1;
    }
    if pairs == 0 {
        return None;
    }
    if char_at(text, end) == Some('.') && !char_at(text, end + 1).is_some_and(is_word) {
        end += 1;
    }
    Some(end)
}

/// End of digits with at least one dot or comma between digits.
fn number(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let digits = |mut i: usize| {
        while bytes.get(i).is_some_and(u8::is_ascii_digit) {
            i += 1;
        }
        i
    };
    let mut end = digits(at);
    let mut groups = 0;
    while end > at && matches!(bytes.get(end), Some(b'.' | b',')) {
        let next = digits(end + 1);
        if next == end + 1 {
            break;
        }
        end = next;
        groups += 1;
    }
    (groups > 0).then_some(end)
}

/// End of a run of letters and digits, over apostrophes that start no clitic.
fn word(text: &str, at: usize) -> usize {
    let mut end = at;
    loop {
        while let Some(c) = char_at(text, end).filter(|c| is_word(*c)) {
            end += c.len_utf8();
        }
        match char_at(text, end) {
            Some(c) if plain(c) == '\'' => {
                let next = end + c.len_utf8();
                if !char_at(text, next).is_some_and(is_word) || clitic(text, end).is_some() {
                    return end;
                }
                end = next;
            }
            _ => return end,
        }
    }
}

/// End of the clitic whose apostrophe stands at `at`.
fn clitic(text: &str, at: usize) -> Option<usize> {
    let apostrophe = char_at(text, at)?;
    let start = at + apostrophe.len_utf8();
    for form in ["s", "ll", "re", "ve", "d", "m"] {
        let end = start + form.len();
        if text.get(start..end).is_some_and(|s| s.eq_ignore_ascii_case(form))
            && !char_at(text, end).is_some_and(is_word)
        {
            return Some(end);
        }
    }
    None
}

/// Fills `normal` and tells of capitals.
fn letters(word: &str, normal: &mut Normal) -> Shape {
    let (mut upper, mut lower) = (0, 0);
    for c in word.chars() {
        normal.push(c);
        if c.is_uppercase() {
            upper += 1;
        } else if c.is_lowercase() {
            lower += 1;
        }
    }
    capitals(word.chars().next().is_some_and(char::is_uppercase), upper, lower)
}

/// What the capitals of a word tell: whether the first letter is one, and how many letters are and are not.
#[inline]
fn capitals(first: bool, upper: usize, lower: usize) -> Shape {
    let mut shape = Shape::default();
    if first {
        shape = shape.with(Shape::CAPITAL);
    }
    if upper > usize::from(first) {
        shape = shape.with(Shape::INNER);
    }
    if upper >= 2 && lower == 0 { shape.with(Shape::UPPER) } else { shape }
}
