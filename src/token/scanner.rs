//! The compiled form of the tokenizer's normalizer and pre-tokenizer: finds the
//! bounds and the normal form of every token in one pass.
//!
//! The rules, which [`crate::token::tokenizer`] states as regular expressions for the
//! `tokenizers` crate and which tests hold equal:
//! 1. single letters with dots are one token with the dots ("U.S.", "p.m");
//! 2. digits joined by dots or commas are one token ("1,000.5");
//! 3. a run of letters and digits is one token, over apostrophes unless a clitic follows ("won't");
//! 4. a clitic ('s 'll 're 've 'd 'm) is one token;
//! 5. a hyphen or dash inside a word only parts it ("cease-fire" is two tokens);
//! 6. any other character that is not white space is a token of its own.

use crate::token::normal_form::{Normal, plain};
use crate::token::tokens::Shape;

#[inline]
fn is_word(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphanumeric() } else { c.is_alphanumeric() }
}

/// Calls `found(start, end, shape, normal form)` for every token of `text` in order.
#[inline]
pub(crate) fn scan(text: &str, mut found: impl FnMut(usize, usize, Shape, &Normal)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut joined = false;
    let mut normal = Normal::new();
    while let Some(&byte) = bytes.get(at) {
        if byte == b' ' {
            at += 1;
            joined = false;
            continue;
        }
        if byte.is_ascii_alphanumeric() {
            // most words: nothing but letters and digits, and nothing behind them that might go on
            let (end, capitals) = normal.run(bytes, at);
            let is_number = byte.is_ascii_digit();
            let goes_on = match bytes.get(end) {
                Some(b'\'' | 0x80..) => true,
                Some(b'.') => end == at + 1 || is_number,
                Some(b',') => is_number,
                _ => false,
            };
            if !goes_on {
                let digit = if is_number { Shape::DIGIT } else { Shape::default() };
                found(at, end, Shape::WORD.with(digit).with(capitals), &normal);
                at = end;
                joined = true;
                continue;
            }
        }
        at = hard(text, at, &mut joined, &mut normal, &mut found);
    }
}

/// Takes the token or the white space at `at`, whatever it is; gives its end.
fn hard(
    text: &str,
    at: usize,
    joined: &mut bool,
    normal: &mut Normal,
    found: &mut impl FnMut(usize, usize, Shape, &Normal),
) -> usize {
    let Some(c) = char_at(text, at) else { return text.len() };
    if c.is_whitespace() {
        *joined = false;
        return at + c.len_utf8();
    }
    let was_joined = std::mem::replace(joined, true);
    if is_word(c) {
        let (end, shape) = if let Some(end) = dotted(text, at) {
            (end, Shape::WORD.with(Shape::DOTTED))
        } else if let Some(end) = number(text, at) {
            (end, Shape::WORD.with(Shape::DIGIT))
        } else {
            let digit = if c.is_ascii_digit() { Shape::DIGIT } else { Shape::default() };
            (word(text, at), Shape::WORD.with(digit))
        };
        let shape = shape.with(normal.word(&text[at..end]));
        found(at, end, shape, normal);
        return end;
    }
    let p = plain(c);
    if p == '\''
        && let Some(end) = clitic(text, at)
    {
        normal.word(&text[at..end]);
        found(at, end, Shape::CLITIC, normal);
        return end;
    }
    let end = at + c.len_utf8();
    if p != '-' || !was_joined || !char_at(text, end).is_some_and(is_word) {
        normal.clear();
        normal.push(c);
        found(at, end, Shape::default(), normal);
    }
    end
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
