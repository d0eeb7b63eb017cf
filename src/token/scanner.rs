//! [`scan`]: finds the bounds and the normal form of every token in one pass.
//!
//! This is the compiled form of the normalizer and pre-tokenizer in `tokenizer.json`; property tests in
//! `detente-train` assert that both return the same tokens. The rules:
//! 1. single letters with dots are one token with the dots ("U.S.", "p.m");
//! 2. digits joined by dots or commas are one token ("1,000.5");
//! 3. a run of letters and digits is one token, across apostrophes unless a clitic follows ("won't");
//! 4. a clitic ('s 'll 're 've 'd 'm) is one token;
//! 5. a hyphen or dash inside a word separates tokens and is none itself ("cease-fire" is two tokens);
//! 6. any other character that is not white space is a token of its own.

use crate::token::normal_form::{NormalForm, plain};
use crate::token::tokens::Shape;

/// Calls `found(start, end, shape, normal form)` for every token of `text` in order.
#[inline]
pub(crate) fn scan(text: &str, mut found: impl FnMut(usize, usize, Shape, &NormalForm)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut follows_token = false;
    let mut normal = NormalForm::empty();
    while let Some(&byte) = bytes.get(at) {
        if byte == b' ' {
            at += 1;
            follows_token = false;
            continue;
        }
        if byte.is_ascii_alphanumeric() {
            // most words are ASCII letters and digits, followed by nothing that can continue them
            let (end, case) = normal.set_ascii_run(bytes, at);
            let is_number = byte.is_ascii_digit();
            let may_continue = match bytes.get(end) {
                Some(b'\'' | 0x80..) => true,
                Some(b'.') => end == at + 1 || is_number,
                Some(b',') => is_number,
                _ => false,
            };
            if !may_continue {
                let digit = if is_number { Shape::DIGIT } else { Shape::default() };
                found(at, end, Shape::WORD.with(digit).with(case), &normal);
                at = end;
                follows_token = true;
                continue;
            }
        }
        at = scan_any(text, at, &mut follows_token, &mut normal, &mut found);
    }
}

/// Scans the token or white space at `at` by all rules; returns its end.
fn scan_any(
    text: &str,
    at: usize,
    follows_token: &mut bool,
    normal: &mut NormalForm,
    found: &mut impl FnMut(usize, usize, Shape, &NormalForm),
) -> usize {
    let Some(c) = char_at(text, at) else { return text.len() };
    if c.is_whitespace() {
        *follows_token = false;
        return at + c.len_utf8();
    }
    let followed_token = std::mem::replace(follows_token, true);
    if is_word_char(c) {
        let (end, shape) = if let Some(end) = dotted_end(text, at) {
            (end, Shape::WORD.with(Shape::DOTTED))
        } else if let Some(end) = number_end(text, at) {
            (end, Shape::WORD.with(Shape::DIGIT))
        } else {
            let digit = if c.is_ascii_digit() { Shape::DIGIT } else { Shape::default() };
            (word_end(text, at), Shape::WORD.with(digit))
        };
        let shape = shape.with(normal.set_word(&text[at..end]));
        found(at, end, shape, normal);
        return end;
    }
    let plain_c = plain(c);
    if plain_c == '\''
        && let Some(end) = clitic_end(text, at)
    {
        normal.set_word(&text[at..end]);
        found(at, end, Shape::CLITIC, normal);
        return end;
    }
    let end = at + c.len_utf8();
    let joins_words = plain_c == '-' && followed_token && char_at(text, end).is_some_and(is_word_char);
    if !joins_words {
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

#[inline]
fn is_word_char(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphanumeric() } else { c.is_alphanumeric() }
}

/// Returns the end of an abbreviation like "U.S." or "p.m" at `at`.
fn dotted_end(text: &str, at: usize) -> Option<usize> {
    let first = char_at(text, at).filter(|c| c.is_alphabetic())?;
    let mut end = at + first.len_utf8();
    let mut pairs = 0;
    while char_at(text, end) == Some('.') {
        let Some(letter) = char_at(text, end + 1).filter(|c| c.is_alphabetic()) else { break };
        let next = end + 1 + letter.len_utf8();
        if char_at(text, next).is_some_and(is_word_char) {
            break;
        }
        end = next;
        pairs += 1;
    }
    if pairs == 0 {
        return None;
    }
    if char_at(text, end) == Some('.') && !char_at(text, end + 1).is_some_and(is_word_char) {
        end += 1;
    }
    Some(end)
}

/// Returns the end of digits at `at` that contain at least one dot or comma.
fn number_end(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let digits_end = |mut i: usize| {
        while bytes.get(i).is_some_and(u8::is_ascii_digit) {
            i += 1;
        }
        i
    };
    let mut end = digits_end(at);
    let mut groups = 0;
    while end > at && matches!(bytes.get(end), Some(b'.' | b',')) {
        let next = digits_end(end + 1);
        if next == end + 1 {
            break;
        }
        end = next;
        groups += 1;
    }
    (groups > 0).then_some(end)
}

/// Returns the end of letters and digits at `at`, across apostrophes that do not start a clitic.
fn word_end(text: &str, at: usize) -> usize {
    let mut end = at;
    loop {
        while let Some(c) = char_at(text, end).filter(|c| is_word_char(*c)) {
            end += c.len_utf8();
        }
        match char_at(text, end) {
            Some(c) if plain(c) == '\'' => {
                let next = end + c.len_utf8();
                if !char_at(text, next).is_some_and(is_word_char) || clitic_end(text, end).is_some() {
                    return end;
                }
                end = next;
            }
            _ => return end,
        }
    }
}

/// Returns the end of a clitic whose apostrophe is at `at`.
fn clitic_end(text: &str, at: usize) -> Option<usize> {
    let apostrophe = char_at(text, at)?;
    let start = at + apostrophe.len_utf8();
    for form in ["s", "ll", "re", "ve", "d", "m"] {
        let end = start + form.len();
        if text.get(start..end).is_some_and(|s| s.eq_ignore_ascii_case(form))
            && !char_at(text, end).is_some_and(is_word_char)
        {
            return Some(end);
        }
    }
    None
}
