//! [`Tokenizer`]: splits text into the tokens that a model's `tokenizer.json` defines.

use detente_lang::Span;

use crate::token::normal_form::{MAX_WORD_BYTES, NormalForm};
use crate::token::scanner::scan;
use crate::token::tokens::{Shape, Token, WordId};
use crate::token::vocabulary::{NUMBER, UNKNOWN, Vocabulary, YEAR};

/// Compiled tokenizer: returns the same tokens as the `tokenizers` crate with `tokenizer.json`, about a
/// hundred times faster.
#[derive(Clone, Debug)]
pub struct Tokenizer {
    vocabulary: Vocabulary,
}

impl Tokenizer {
    /// Creates a tokenizer for `vocabulary`.
    #[must_use]
    pub fn new(vocabulary: Vocabulary) -> Self {
        Self { vocabulary }
    }

    /// Returns the vocabulary.
    #[must_use]
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// Appends the tokens of `span` in `text` to `tokens`; numbers are masked.
    pub fn tokenize(&self, text: &str, span: Span, tokens: &mut Vec<Token>) {
        let offset = span.start as usize;
        scan(span.slice(text), |start, end, shape, normal| {
            let word =
                if shape.has(Shape::DIGIT) { number_class(normal) } else { self.vocabulary.find(normal) };
            tokens.push(Token { span: Span::new(start + offset, end + offset), word, shape });
        });
    }
}

/// Returns the id that masks a number: [`YEAR`] for 1900 to 2099, else [`NUMBER`].
fn number_class(normal: &NormalForm) -> WordId {
    if normal.len() > MAX_WORD_BYTES {
        return UNKNOWN;
    }
    let [a, b, c, d, ..] = normal.chunks().first().copied().unwrap_or_default().to_le_bytes();
    let is_year = normal.len() == 4
        && matches!([a, b], [b'1', b'9'] | [b'2', b'0'])
        && c.is_ascii_digit()
        && d.is_ascii_digit();
    if is_year { YEAR } else { NUMBER }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let mut tokens = Vec::new();
        Tokenizer::new(Vocabulary::new::<&str>([])).tokenize(text, Span::new(0, text.len()), &mut tokens);
        tokens.iter().map(|t| t.span.slice(text).to_owned()).collect()
    }

    #[test]
    fn words_are_split_by_the_rules() {
        for (text, expected) in [
            ("U.S.-China talks won’t end.", vec!["U.S.", "China", "talks", "won’t", "end", "."]),
            ("It’s a cease-fire – maybe", vec!["It", "’s", "a", "cease", "fire", "–", "maybe"]),
            ("$1,000.50, 3rd 3.5m", vec!["$", "1,000.50", ",", "3rd", "3.5", "m"]),
            ("at 3 p.m. We'll", vec!["at", "3", "p.m.", "We", "'ll"]),
            ("a.b.cd x.y", vec!["a.b", ".", "cd", "x.y"]),
        ] {
            assert_eq!(words(text), expected);
        }
    }

    #[test]
    fn numbers_are_masked() {
        assert_eq!(number_class(&NormalForm::new(b"2019")), YEAR);
        assert_eq!(number_class(&NormalForm::new(b"2199")), NUMBER);
        assert_eq!(number_class(&NormalForm::new(b"12")), NUMBER);
    }
}
