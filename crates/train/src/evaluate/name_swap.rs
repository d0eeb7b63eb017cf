//! Names are not evidence: scores must stay exactly as they are when names are swapped.

use std::collections::BTreeMap;

use detente::internals::{Analysis, NAME};
use detente::{Scorer, Span};
use serde::{Deserialize, Serialize};

/// Names of nobody and nowhere.
const INVENTED: [&str; 8] =
    ["Quessara", "Ilmenor", "Vrandik", "Oshtevar", "Pelluria", "Zamorrek", "Hjalvedd", "Ruthanwe"];

/// How statements fared whose names were swapped for invented ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NameSwaps {
    /// Statements with a name.
    pub texts: usize,
    /// Those whose score, bearing and hedge all stayed exactly the same.
    pub equal: usize,
}

/// `text` with every name replaced by an invented one, the same name by the same; `None` without names.
fn swapped(scorer: &Scorer, text: &str) -> Option<String> {
    let mut analysis = Analysis::default();
    scorer.model().extractor().analyze(text, Span::new(0, text.len()), &mut analysis);
    let mut names: BTreeMap<String, &str> = BTreeMap::new();
    let (mut out, mut end) = (String::with_capacity(text.len()), 0);
    for token in analysis.tokens.iter().filter(|token| token.word == NAME) {
        out.push_str(text.get(end..token.span.start as usize)?);
        end = token.span.end as usize;
        let written = token.span.slice(text);
        for (number, part) in written.split(' ').enumerate() {
            if number > 0 {
                out.push(' ');
            }
            let plain = part.chars().all(char::is_alphabetic) && part.chars().any(char::is_lowercase);
            if plain && part.chars().next().is_some_and(char::is_uppercase) && part.chars().count() > 3 {
                let next = INVENTED[names.len() % INVENTED.len()];
                out.push_str(names.entry(part.to_owned()).or_insert(next));
            } else {
                // titles, articles, abbreviations and small words between names stay
                out.push_str(part);
            }
        }
    }
    out.push_str(text.get(end..)?);
    (!names.is_empty()).then_some(out)
}

/// Swaps the names of every text and judges it again.
pub fn name_swaps<'a>(scorer: &mut Scorer, texts: impl IntoIterator<Item = &'a str>) -> NameSwaps {
    let mut swaps = NameSwaps::default();
    for text in texts {
        let Some(other) = swapped(scorer, text) else { continue };
        swaps.texts += 1;
        let first = scorer.score(text, Span::new(0, text.len()));
        let second = scorer.score(&other, Span::new(0, other.len()));
        swaps.equal += usize::from(first == second);
    }
    swaps
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use detente::TrainedModel;

    #[test]
    fn names_are_swapped_and_nothing_else() {
        let mut scorer = Scorer::new(Arc::new(TrainedModel::builtin().expect("the built-in model")));
        let text = "Talks between Velmark and the Ostrania Wool Board resumed after a long pause, Velmark said on Monday.";
        let other = swapped(&scorer, text).expect("names");
        assert_eq!(
            other,
            "Talks between Quessara and the Ilmenor Vrandik Oshtevar resumed after a long pause, Quessara said on Monday."
        );
        assert_eq!(swapped(&scorer, "The talks resumed on Monday."), None);
        let swaps = name_swaps(&mut scorer, [text, "The talks resumed on Monday."]);
        assert_eq!(swaps, NameSwaps { texts: 1, equal: 1 });
    }
}
