//! [`NormalForm`]: the normalised bytes of a token, eight to an integer.

use detente_lang::{HIGH_BITS, bytes_at_least, combine_hash, hash_seed, u64_at};

use crate::token::tokens::Shape;

/// Longest word in a vocabulary, in bytes.
pub(crate) const MAX_WORD_BYTES: usize = 48;

/// Normal form of a token: lower case, plain quotes and dashes.
pub(crate) struct NormalForm {
    /// The bytes in little-endian chunks of eight, padded with zeros; at most [`MAX_WORD_BYTES`].
    chunks: [u64; MAX_WORD_BYTES / 8],
    len: usize,
}

impl NormalForm {
    pub(crate) fn empty() -> Self {
        Self { chunks: [0; MAX_WORD_BYTES / 8], len: 0 }
    }

    /// Creates the normal form of a word that is already normalised.
    pub(crate) fn new(word: &[u8]) -> Self {
        let mut normal = Self::empty();
        for byte in word {
            normal.push_byte(*byte);
        }
        normal
    }

    #[inline]
    pub(crate) fn clear(&mut self) {
        *self = Self::empty();
    }

    #[inline]
    fn push_byte(&mut self, byte: u8) {
        if let Some(chunk) = self.chunks.get_mut(self.len / 8) {
            *chunk |= u64::from(byte) << (self.len % 8 * 8);
        }
        self.len += 1;
    }

    /// Appends the normal form of a character.
    #[inline]
    pub(crate) fn push(&mut self, c: char) {
        if c.is_ascii() {
            self.push_byte(c.to_ascii_lowercase() as u8);
        } else {
            for lower in plain(c).to_lowercase() {
                let mut buffer = [0; 4];
                lower.encode_utf8(&mut buffer).bytes().for_each(|byte| self.push_byte(byte));
            }
        }
    }

    /// Returns the length in bytes; more than [`MAX_WORD_BYTES`] for a word longer than any in a vocabulary.
    #[inline]
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    /// Returns the bytes in chunks of eight; of a longer word only the first [`MAX_WORD_BYTES`].
    #[inline]
    pub(crate) fn chunks(&self) -> &[u64] {
        self.chunks.get(..self.len.div_ceil(8)).unwrap_or(&self.chunks)
    }

    /// Returns what [`hash_bytes`](detente_lang::hash_bytes) returns for the bytes.
    #[inline]
    pub(crate) fn hash(&self) -> u64 {
        self.chunks().iter().fold(hash_seed(self.len), |hash, chunk| combine_hash(hash, *chunk))
    }

    /// Replaces the content by the run of ASCII letters and digits at `at`; returns its end and its case
    /// flags.
    #[inline]
    pub(crate) fn set_ascii_run(&mut self, bytes: &[u8], at: usize) -> (usize, Shape) {
        let mut case = CaseCounter::default();
        let mut end = at;
        let mut number = 0;
        loop {
            let text = u64_at(bytes, end);
            // setting bit 5 makes letters lower case and keeps digits; other bytes may become digits or
            // letters, so digits are tested before it, and bytes above 127 are excluded by `!text & HIGH_BITS`
            let low = text & !HIGH_BITS;
            let folded = low | 0x2020_2020_2020_2020;
            let letters =
                bytes_at_least(folded, b'a') & !bytes_at_least(folded, b'z' + 1) & !text & HIGH_BITS;
            let digits = bytes_at_least(low, b'0') & !bytes_at_least(low, b'9' + 1) & !text & HIGH_BITS;
            let others = (letters | digits) ^ HIGH_BITS;
            let count = others.trailing_zeros() as usize / 8;
            // mask of the bytes before the first other one
            let kept = if others == 0 { u64::MAX } else { ((others & others.wrapping_neg()) - 1) >> 7 };
            let upper = letters & !(text << 2) & kept;
            if let Some(chunk) = self.chunks.get_mut(number) {
                *chunk = (text | upper >> 2) & kept;
            }
            case.add(upper, letters & (text << 2) & kept, number == 0);
            end += count;
            if count < 8 {
                break;
            }
            number += 1;
        }
        self.len = end - at;
        (end, case.shape())
    }

    /// Replaces the content by `word`, in any script; returns its case flags.
    pub(crate) fn set_word(&mut self, word: &str) -> Shape {
        self.clear();
        let mut case = CaseCounter::default();
        for (at, c) in word.chars().enumerate() {
            self.push(c);
            case.add(u64::from(c.is_uppercase()) << 7, u64::from(c.is_lowercase()), at == 0);
        }
        case.shape()
    }
}

/// Counts upper-case and lower-case letters of a word.
#[derive(Default)]
struct CaseCounter {
    starts_upper: bool,
    upper_count: u32,
    has_lower: bool,
}

impl CaseCounter {
    /// Adds up to eight letters: one bit for each upper-case and each lower-case letter, the first letter in
    /// the lowest byte.
    #[inline]
    fn add(&mut self, upper: u64, lower: u64, is_first: bool) {
        self.has_lower |= lower != 0;
        if upper != 0 {
            self.upper_count += upper.count_ones();
            self.starts_upper |= is_first && upper & 0x80 != 0;
        }
    }

    #[inline]
    fn shape(&self) -> Shape {
        let mut shape = Shape::default();
        if self.starts_upper {
            shape = shape.with(Shape::CAPITAL);
        }
        if self.upper_count > u32::from(self.starts_upper) {
            shape = shape.with(Shape::INNER);
        }
        if self.upper_count >= 2 && !self.has_lower { shape.with(Shape::UPPER) } else { shape }
    }
}

/// Returns the plain form of typographic quotes and dashes; other characters are unchanged.
pub(crate) fn plain(c: char) -> char {
    match c {
        '’' | '‘' | 'ʼ' => '\'',
        '“' | '”' | '„' | '«' | '»' => '"',
        '–' | '—' | '―' | '‐' | '‑' => '-',
        'İ' => 'i',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use detente_lang::hash_bytes;

    proptest! {
        #[test]
        fn both_ways_give_the_same_form(text in "[a-zA-Z0-9]{0,60}[\\PC\x10\x19]{0,9}", before in "[ -~]{0,9}") {
            let whole = format!("{before}{text}");
            let mut run = NormalForm::empty();
            run.set_word("content from an earlier word");
            let (end, shape) = run.set_ascii_run(whole.as_bytes(), before.len());
            let len = text.bytes().take_while(u8::is_ascii_alphanumeric).count();
            prop_assert_eq!(end, before.len() + len);
            let mut word = NormalForm::empty();
            prop_assert_eq!(word.set_word(&text[..len]), shape);
            prop_assert_eq!((run.chunks(), run.len()), (word.chunks(), word.len()));
            if len <= MAX_WORD_BYTES {
                prop_assert_eq!(run.hash(), hash_bytes(text[..len].to_ascii_lowercase().as_bytes()));
            }
        }
    }
}
