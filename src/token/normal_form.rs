//! [`Normal`]: the normal form of a token, eight bytes at a time.

use detente_lang::{HIGH_BITS, bytes_at_least, combine_hash, hash_seed, u64_at};

use crate::token::tokens::Shape;

/// Lower case, plain quotes and dashes; at most `LONGEST` bytes.
pub(crate) struct Normal {
    /// The bytes from the first on, eight to a number; zeros behind the last in its own number.
    eights: [u64; LONGEST / 8],
    len: usize,
}

impl Normal {
    pub(crate) fn new() -> Self {
        Self { eights: [0; LONGEST / 8], len: 0 }
    }

    /// The normal form of a word that is in it already.
    pub(crate) fn of(word: &[u8]) -> Self {
        let mut normal = Self::new();
        for byte in word {
            normal.push_byte(*byte);
        }
        normal
    }

    #[inline]
    pub(crate) fn clear(&mut self) {
        *self = Self::new();
    }

    #[inline]
    fn push_byte(&mut self, byte: u8) {
        if let Some(eight) = self.eights.get_mut(self.len / 8) {
            *eight |= u64::from(byte) << (self.len % 8 * 8);
        }
        self.len += 1;
    }

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

    /// Length in bytes; more than `LONGEST` for a word longer than any of the vocabulary.
    #[inline]
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    /// The bytes, eight to a number; only the first `LONGEST` of a longer word.
    #[inline]
    pub(crate) fn eights(&self) -> &[u64] {
        self.eights.get(..self.len.div_ceil(8)).unwrap_or(&self.eights)
    }

    /// What [`hash_bytes`](detente_lang::hash_bytes) gives for the bytes.
    #[inline]
    pub(crate) fn hash(&self) -> u64 {
        self.eights().iter().fold(hash_seed(self.len), |hash, eight| combine_hash(hash, *eight))
    }

    /// Becomes the run of ASCII letters and digits at `at`: its end, and what it tells of capitals.
    #[inline]
    pub(crate) fn run(&mut self, bytes: &[u8], at: usize) -> (usize, Shape) {
        let mut capitals = Capitals::default();
        let mut end = at;
        let mut number = 0;
        loop {
            let text = u64_at(bytes, end);
            // letters of either case as small ones; digits are not changed by it, but others may turn into some
            let low = text & !HIGH_BITS;
            let folded = low | 0x2020_2020_2020_2020;
            let letters =
                bytes_at_least(folded, b'a') & !bytes_at_least(folded, b'z' + 1) & !text & HIGH_BITS;
            let digits = bytes_at_least(low, b'0') & !bytes_at_least(low, b'9' + 1) & !text & HIGH_BITS;
            let others = (letters | digits) ^ HIGH_BITS;
            let count = others.trailing_zeros() as usize / 8;
            // the bytes before the first other one
            let kept = if others == 0 { u64::MAX } else { ((others & others.wrapping_neg()) - 1) >> 7 };
            let upper = letters & !(text << 2) & kept;
            if let Some(eight) = self.eights.get_mut(number) {
                *eight = (text | upper >> 2) & kept;
            }
            capitals.take(upper, letters & (text << 2) & kept, number == 0);
            end += count;
            if count < 8 {
                break;
            }
            number += 1;
        }
        self.len = end - at;
        (end, capitals.shape())
    }

    /// Becomes the word `word` of any letters: what it tells of capitals.
    pub(crate) fn word(&mut self, word: &str) -> Shape {
        self.clear();
        let mut capitals = Capitals::default();
        for (at, c) in word.chars().enumerate() {
            self.push(c);
            capitals.take(u64::from(c.is_uppercase()) << 7, u64::from(c.is_lowercase()), at == 0);
        }
        capitals.shape()
    }
}

/// What the letters of a word tell of capitals.
#[derive(Default)]
struct Capitals {
    is_first: bool,
    count: u32,
    has_small: bool,
}

impl Capitals {
    /// Takes in up to eight letters, in order from the last byte: a bit for each capital and for each small letter.
    #[inline]
    fn take(&mut self, upper: u64, small: u64, is_first: bool) {
        self.has_small |= small != 0;
        if upper != 0 {
            self.count += upper.count_ones();
            self.is_first |= is_first && upper & 0x80 != 0;
        }
    }

    #[inline]
    fn shape(&self) -> Shape {
        let mut shape = Shape::default();
        if self.is_first {
            shape = shape.with(Shape::CAPITAL);
        }
        if self.count > u32::from(self.is_first) {
            shape = shape.with(Shape::INNER);
        }
        if self.count >= 2 && !self.has_small { shape.with(Shape::UPPER) } else { shape }
    }
}

/// The plain form of typographic quotes and dashes; other characters as they are.
pub(crate) fn plain(c: char) -> char {
    match c {
        '’' | '‘' | 'ʼ' => '\'',
        '“' | '”' | '„' | '«' | '»' => '"',
        '–' | '—' | '―' | '‐' | '‑' => '-',
        'İ' => 'i',
        _ => c,
    }
}

/// Longest word that a vocabulary holds, in bytes.
pub(crate) const LONGEST: usize = 48;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use detente_lang::hash_bytes;

    proptest! {
        #[test]
        fn a_run_is_what_its_letters_are(text in "[a-zA-Z0-9]{0,60}[\\PC\x10\x19]{0,9}", before in "[ -~]{0,9}") {
            let whole = format!("{before}{text}");
            let mut run = Normal::new();
            run.word("left behind by another word");
            let (end, shape) = run.run(whole.as_bytes(), before.len());
            let len = text.bytes().take_while(u8::is_ascii_alphanumeric).count();
            prop_assert_eq!(end, before.len() + len);
            let mut word = Normal::new();
            prop_assert_eq!(word.word(&text[..len]), shape);
            prop_assert_eq!((run.eights(), run.len()), (word.eights(), word.len()));
            if len <= LONGEST {
                prop_assert_eq!(run.hash(), hash_bytes(text[..len].to_ascii_lowercase().as_bytes()));
            }
        }
    }
}
