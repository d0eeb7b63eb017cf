//! The tokenizer of a model in the `tokenizer.json` format of the `tokenizers` crate.

use detente::internals::{SPECIAL, Vocabulary};
use detente::{Error, Result, Span, TrainedModel};
use serde_json::Value;
use tokenizers::models::wordlevel::WordLevel;
use tokenizers::normalizers::replace::ReplacePattern;
use tokenizers::normalizers::{Lowercase, Replace, Sequence};
use tokenizers::pre_tokenizers::split::{Split, SplitPattern};
use tokenizers::{NormalizerWrapper, SplitDelimiterBehavior};

/// Pattern of a token; `token/scanner.rs` of the core crate describes the rules.
const TOKEN_PATTERN: &str = concat!(
    r"\p{Alphabetic}(?:\.\p{Alphabetic})+\.?(?![\p{Alphabetic}\p{N}])",
    r"|[0-9]+(?:[.,][0-9]+)+",
    r"|[\p{Alphabetic}\p{N}]+(?:'(?!(?:s|ll|re|ve|d|m)(?![\p{Alphabetic}\p{N}]))[\p{Alphabetic}\p{N}]+)*",
    r"|'(?:s|ll|re|ve|d|m)(?![\p{Alphabetic}\p{N}])",
    r"|(?!(?<=\S)-(?=[\p{Alphabetic}\p{N}]))\S",
);

/// Typographic characters and their replacements.
const REPLACEMENTS: [(&str, &str); 4] = [("[’‘ʼ]", "'"), ("[“”„«»]", "\""), ("[–—―‐‑]", "-"), ("İ", "i")];

/// A tokenizer definition that the `tokenizers` crate executes. It specifies the tokens of a model; tests
/// compare the faster tokenizer of the core crate with it.
///
/// ```
/// use detente_train::{TokenizerDefinition, tokenizer_json};
/// let json = tokenizer_json(detente::Engine::builtin()?.model())?;
/// let definition = TokenizerDefinition::from_json(&json)?;
/// let spans: Vec<_> = definition.encode("Talks won't resume.")?.iter().map(|(span, _)| *span).collect();
/// assert_eq!(spans.len(), 4);
/// # Ok::<(), detente::Error>(())
/// ```
pub struct TokenizerDefinition(tokenizers::Tokenizer);

impl TokenizerDefinition {
    /// The definition with the words of `vocabulary`.
    ///
    /// # Errors
    /// Passes on errors of the `tokenizers` crate; there are none for a vocabulary of words.
    pub(crate) fn new(vocabulary: &Vocabulary) -> Result<Self> {
        let vocab = (0..vocabulary.len() as u32).map(|id| (vocabulary.word(id).to_owned(), id)).collect();
        let model =
            WordLevel::builder().vocab(vocab).unk_token(SPECIAL[0].to_owned()).build().map_err(broken)?;
        let mut normalizers = Vec::new();
        for (from, to) in REPLACEMENTS {
            let replace = Replace::new(ReplacePattern::Regex(from.to_owned()), to).map_err(broken)?;
            normalizers.push(NormalizerWrapper::from(replace));
        }
        normalizers.push(Lowercase.into());
        let split =
            Split::new(SplitPattern::Regex(TOKEN_PATTERN.to_owned()), SplitDelimiterBehavior::Removed, true)
                .map_err(broken)?;
        let mut tokenizer = tokenizers::Tokenizer::new(model);
        tokenizer.with_normalizer(Some(Sequence::new(normalizers))).map_err(broken)?;
        tokenizer.with_pre_tokenizer(Some(split));
        Ok(Self(tokenizer))
    }

    /// Reads a tokenizer.json that [`to_json`](Self::to_json) wrote.
    ///
    /// All but its words is compared with this program's definition first, because the `tokenizers` crate
    /// panics on some malformed files.
    ///
    /// # Errors
    /// If `json` does not define this program's tokens.
    pub fn from_json(json: &str) -> Result<Self> {
        let given: Value = serde_json::from_str(json).map_err(|e| broken(e.into()))?;
        let words = given.pointer("/model/vocab").and_then(Value::as_object);
        let words = words.ok_or_else(|| Error::model("tokenizer.json has no words"))?;
        let own = Self::new(&Vocabulary::new(words.keys().cloned()))?.to_json()?;
        if serde_json::from_str::<Value>(&own).map_err(|e| broken(e.into()))? != given {
            return Err(Error::model("tokenizer.json does not define this program's tokens"));
        }
        json.parse().map(Self).map_err(broken)
    }

    /// The definition as tokenizer.json; the same words give the same bytes.
    ///
    /// # Errors
    /// Passes on errors of the `tokenizers` crate.
    pub fn to_json(&self) -> Result<String> {
        self.0.to_string(true).map_err(broken)
    }

    /// The words of the definition.
    #[must_use]
    pub fn vocabulary(&self) -> Vocabulary {
        Vocabulary::new(self.0.get_vocab(false).into_keys())
    }

    /// Spans and ids of the tokens of `text`.
    ///
    /// # Errors
    /// Passes on errors of the `tokenizers` crate.
    pub fn encode(&self, text: &str) -> Result<Vec<(Span, u32)>> {
        let encoding = self.0.encode(text, false).map_err(broken)?;
        let spans = encoding.get_offsets().iter().map(|(start, end)| Span::new(*start, *end));
        Ok(spans.zip(encoding.get_ids().iter().copied()).collect())
    }
}

fn broken(source: Box<dyn std::error::Error + Send + Sync>) -> Error {
    Error::model("invalid tokenizer definition").with_source(source)
}

/// The `tokenizer.json` that defines the tokens of `model`.
///
/// ```
/// let json = detente_train::tokenizer_json(detente::Engine::builtin()?.model())?;
/// assert!(json.contains("\"WordLevel\""));
/// # Ok::<(), detente::Error>(())
/// ```
///
/// # Errors
/// Passes on errors of the `tokenizers` crate.
pub fn tokenizer_json(model: &TrainedModel) -> Result<String> {
    TokenizerDefinition::new(model.extractor().tokenizer().vocabulary())?.to_json()
}

#[cfg(test)]
mod tests {
    use detente::internals::{NUMBER, Tokenizer, UNKNOWN, YEAR};
    use proptest::prelude::*;

    use super::*;

    fn vocabulary() -> Vocabulary {
        let words = [
            "the", "talks", "won't", "'s", "u.s.", "u.s", "cease", "fire", "-", "\"", "é", "straße", ".", "'",
        ];
        Vocabulary::new(words.map(String::from))
    }

    /// Asserts that the compiled tokenizer gives the tokens of the definition.
    fn assert_same_tokens(text: &str) {
        let (definition, tokenizer) =
            (TokenizerDefinition::new(&vocabulary()).expect("builds"), Tokenizer::new(vocabulary()));
        let mut tokens = Vec::new();
        tokenizer.tokenize(text, Span::new(0, text.len()), &mut tokens);
        // the definition has no classes of numbers
        let compiled: Vec<_> = tokens
            .iter()
            .map(|t| (t.span, if matches!(t.word, NUMBER | YEAR) { UNKNOWN } else { t.word }))
            .collect();
        assert_eq!(compiled, definition.encode(text).expect("encodes"), "{text:?}");
    }

    #[test]
    fn compiled_tokenizer_equals_the_definition_on_edge_cases() {
        for text in [
            "",
            "U.S.-China",
            "a.b.cd",
            "’s",
            "x's's",
            "İstanbul’s",
            "won''t",
            "1,2.3,x 1..2",
            "--a-b- c",
            "Straße É",
            "a\u{a0}b\u{301}",
        ] {
            assert_same_tokens(text);
        }
    }

    #[test]
    fn definition_round_trips() {
        let definition = TokenizerDefinition::new(&vocabulary()).expect("builds");
        let json = definition.to_json().expect("writes");
        let read = TokenizerDefinition::from_json(&json).expect("reads");
        assert_eq!(read.to_json().expect("writes"), json);
        assert_eq!(read.vocabulary().words().collect::<Vec<_>>(), vocabulary().words().collect::<Vec<_>>());
        assert!(TokenizerDefinition::from_json("{}").is_err());
        // the `tokenizers` crate panics on a decoder of unknown type; found by fuzzing
        let broken = json.replace("\"decoder\": null", "\"decoder\": {\"type\": \"?\"}");
        assert!(broken != json && TokenizerDefinition::from_json(&broken).is_err());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]
        #[test]
        fn compiled_tokenizer_equals_the_definition(text in "([a-zA-Z0-9 .,'’“”–-]|won't|U\\.S\\.|\\PC){0,40}") {
            assert_same_tokens(&text);
        }
    }
}
