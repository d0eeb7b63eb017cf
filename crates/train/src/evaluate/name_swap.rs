//! Name swap test: predictions must not change when names are replaced.

use std::collections::BTreeMap;

use detente::internals::{Analysis, NAME};
use detente::{Scorer, Span};
use serde::{Deserialize, Serialize};

/// Invented replacement names, which occur in no training text.
const INVENTED_NAMES: [&str; 8] =
    ["Quessara", "Ilmenor", "Vrandik", "Oshtevar", "Pelluria", "Zamorrek", "Hjalvedd", "Ruthanwe"];
/// Shorter words in a name, such as "of" and "Mrs", are kept.
const MIN_NAME_CHARS: usize = 4;

/// Result of the name swap test.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NameSwapResult {
    /// Number of statements with a name.
    #[serde(rename = "texts")]
    pub statements: usize,
    /// Number of them whose score, bearing and hedge are all unchanged.
    #[serde(rename = "equal")]
    pub unchanged: usize,
}

impl NameSwapResult {
    /// Share of unchanged statements; 0 without statements.
    #[must_use]
    pub fn share_unchanged(&self) -> f64 {
        self.unchanged as f64 / self.statements.max(1) as f64
    }
}

/// Scores every text with its own names and with invented ones.
pub(crate) fn name_swap_test<'a>(
    scorer: &mut Scorer,
    texts: impl IntoIterator<Item = &'a str>,
) -> NameSwapResult {
    let mut result = NameSwapResult::default();
    for text in texts {
        let Some(swapped) = swap_names(scorer, text) else { continue };
        result.statements += 1;
        let original = scorer.score(text, Span::new(0, text.len()));
        result.unchanged += usize::from(original == scorer.score(&swapped, Span::new(0, swapped.len())));
    }
    result
}

/// `text` with each distinct name replaced by an invented one; `None` without names.
fn swap_names(scorer: &Scorer, text: &str) -> Option<String> {
    let mut analysis = Analysis::default();
    scorer.model().extractor().analyze(text, Span::new(0, text.len()), &mut analysis);
    let mut replacements: BTreeMap<String, &str> = BTreeMap::new();
    let (mut out, mut end) = (String::with_capacity(text.len()), 0);
    for token in analysis.tokens.iter().filter(|token| token.word == NAME) {
        out.push_str(text.get(end..token.span.start as usize)?);
        end = token.span.end as usize;
        for (index, word) in token.span.slice(text).split(' ').enumerate() {
            if index > 0 {
                out.push(' ');
            }
            if is_replaceable(word) {
                let next = INVENTED_NAMES[replacements.len() % INVENTED_NAMES.len()];
                out.push_str(replacements.entry(word.to_owned()).or_insert(next));
            } else {
                out.push_str(word);
            }
        }
    }
    out.push_str(text.get(end..)?);
    (!replacements.is_empty()).then_some(out)
}

/// Whether a word of a name is a name itself, not an abbreviation, an article or a title.
fn is_replaceable(word: &str) -> bool {
    word.chars().all(char::is_alphabetic)
        && word.chars().any(char::is_lowercase)
        && word.chars().next().is_some_and(char::is_uppercase)
        && word.chars().count() >= MIN_NAME_CHARS
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use detente::TrainedModel;

    #[test]
    fn only_names_are_replaced() {
        let mut scorer = Scorer::new(Arc::new(TrainedModel::builtin().expect("the built-in model")));
        let text = "Talks between Velmark and the Ostrania Wool Board resumed after a long pause, Velmark said on Monday.";
        let swapped = swap_names(&scorer, text).expect("names");
        assert_eq!(
            swapped,
            "Talks between Quessara and the Ilmenor Vrandik Oshtevar resumed after a long pause, Quessara said on Monday."
        );
        assert_eq!(swap_names(&scorer, "The talks resumed on Monday."), None);
        let result = name_swap_test(&mut scorer, [text, "The talks resumed on Monday."]);
        assert_eq!(result, NameSwapResult { statements: 1, unchanged: 1 });
    }
}
