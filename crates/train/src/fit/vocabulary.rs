//! The vocabulary of a model: lexicon words and words that occur as ordinary words.

use std::collections::{BTreeMap, HashMap};

use detente::internals::{Extractor, Shape, Tokenizer, Vocabulary, event_word_forms};
use detente::{Lexicon, Span};
use rayon::prelude::*;

use crate::corpus::labelled::LabelledStatement;

/// Occurrences in lower case that make a word an ordinary one, not a name.
const MIN_LOWER_CASE: u32 = 2;
/// Share in lower case of an ordinary word's occurrences inside sentences.
const MIN_LOWER_CASE_SHARE: f64 = 0.3;
/// Statements that one task counts.
const CHUNK: usize = 2048;

/// Occurrences of a word.
#[derive(Clone, Copy, Default)]
struct CaseCounts {
    lower_case: u32,
    /// With a capital, inside a sentence that is not a headline.
    capitalised: u32,
}

impl CaseCounts {
    fn is_ordinary_word(self) -> bool {
        let all = f64::from(self.lower_case + self.capitalised);
        self.lower_case >= MIN_LOWER_CASE && f64::from(self.lower_case) >= MIN_LOWER_CASE_SHARE * all
    }
}

/// The words of the lexicon, the ordinary words of the statements, and the symbols of the extractor.
pub(crate) fn build_vocabulary(lexicon: &Lexicon, statements: &[&LabelledStatement]) -> Vocabulary {
    let tokenizer = Tokenizer::new(Vocabulary::new::<&str>([]));
    let chunks: Vec<_> = statements.par_chunks(CHUNK).map(|chunk| count_words(&tokenizer, chunk)).collect();
    let mut counts: BTreeMap<String, CaseCounts> = BTreeMap::new();
    for chunk in chunks {
        #[expect(clippy::iter_over_hash_type, reason = "the sums go into a sorted map")]
        for (word, count) in chunk {
            let sum = counts.entry(word).or_default();
            sum.lower_case += count.lower_case;
            sum.capitalised += count.capitalised;
        }
    }
    let ordinary = counts.into_iter().filter(|(_, count)| count.is_ordinary_word()).map(|(word, _)| word);
    let event_words = event_word_forms();
    Vocabulary::new(
        lexicon
            .word_forms()
            .chain(ordinary)
            .chain(event_words)
            .chain(Extractor::PUNCTUATION.map(String::from)),
    )
}

fn count_words(tokenizer: &Tokenizer, statements: &[&LabelledStatement]) -> HashMap<String, CaseCounts> {
    let mut counts: HashMap<String, CaseCounts> = HashMap::new();
    let mut tokens = Vec::new();
    for statement in statements {
        tokens.clear();
        let text = statement.text.as_str();
        tokenizer.tokenize(text, Span::new(0, text.len()), &mut tokens);
        let capitals = tokens.iter().filter(|t| t.shape.has(Shape::CAPITAL)).count();
        let is_headline = 2 * capitals > tokens.len();
        for (at, token) in tokens.iter().enumerate() {
            if token.shape.is_punctuation() || token.shape.has(Shape::DIGIT) {
                continue;
            }
            let word = token.span.slice(text).replace(['’', '‘'], "'");
            if !word.chars().any(char::is_uppercase) {
                counts.entry(word).or_default().lower_case += 1;
            } else if at > 0 && !is_headline {
                counts.entry(word.to_lowercase()).or_default().capitalised += 1;
            }
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::jsonl::read_jsonl;

    #[test]
    fn names_and_rare_words_are_left_out() {
        let text = r#"{"id":"a","text":"Ministers from Ostavia met; turkey was served.","outlook":0,"hedge":0}
{"id":"b","text":"The ministers met indoors as Turkey and Turkey looked on.","outlook":0,"hedge":0}
{"id":"c","text":"Some ministers left Ostavia, and Turkey, and Turkey.","outlook":0,"hedge":0}
{"id":"d","text":"More turkey, then.","outlook":0,"hedge":0}"#;
        let records = read_jsonl(text).expect("reads");
        let statements: Vec<_> = records.all_statements().collect();
        let vocabulary = build_vocabulary(&Lexicon::default(), &statements);
        let words: Vec<&str> = vocabulary.words().collect();
        assert!(words.contains(&"ministers") && words.contains(&"met"), "{words:?}");
        // "turkey" is in lower case in 2 of 6 occurrences, "indoors" occurs once
        assert!(words.contains(&"turkey") && !words.contains(&"indoors") && !words.contains(&"ostavia"));
    }
}
