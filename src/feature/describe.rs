//! Human-readable descriptions of features, for `explain`.

use detente_lang::stem;

use crate::event::features::VALUE_NAMES;
use crate::feature::analysis::Analysis;
use crate::feature::columns::{FORM_NAMES, Family, Feature, LENGTH_BIN, LENGTH_BINS_FROM};
use crate::feature::cue_sums::SUM_NAMES;
use crate::feature::position::{Layer, Position};
use crate::feature::scope::CueScope;
use crate::token::vocabulary::{NAME, NUMBER, YEAR};

impl Feature {
    /// Describes the feature; `analysis` is that of the statement in `text`.
    #[must_use]
    pub fn describe(&self, text: &str, analysis: &Analysis) -> String {
        let (a, b) = (usize::from(self.a), usize::from(self.b));
        let words = Wording { text, analysis };
        match self.family {
            Family::Sum => SUM_NAMES.get(a).copied().unwrap_or_default().to_owned(),
            Family::Form if a >= LENGTH_BINS_FROM => {
                format!("about {} words", b * LENGTH_BIN + LENGTH_BIN / 2)
            }
            Family::Form => FORM_NAMES.get(a).copied().unwrap_or_default().to_owned(),
            Family::Cue => words.cue(a, b == 1),
            Family::CueKinds => format!("a cue like {}", words.cue(a, true)),
            Family::CuePair => format!("{} → {}", words.cue(a, false), words.cue(b, false)),
            Family::Word => words.word(a),
            Family::Pair => format!("{} {}", words.word(a), words.word(b)),
            Family::Stem => words.stemmed(a),
            Family::StemPair => format!("{} {}", words.stemmed(a), words.stemmed(b)),
            Family::EventValue => VALUE_NAMES.get(a).copied().unwrap_or_default().to_owned(),
            Family::Event => analysis.events.describe(a, b),
            Family::Skip => format!("{} … {}", words.stemmed(a), words.stemmed(b)),
        }
    }
}

/// Describes a position of an analysed statement.
#[must_use]
pub(crate) fn describe_position(layer: Layer, position: Position, text: &str, analysis: &Analysis) -> String {
    let words = Wording { text, analysis };
    match layer {
        Layer::Words => words.stemmed(position.at as usize),
        Layer::Cues => words.cue(position.at as usize, true),
    }
}

/// Looks up the words of an analysed statement.
struct Wording<'a> {
    text: &'a str,
    analysis: &'a Analysis,
}

impl Wording<'_> {
    /// The token at `at` in lower case; the class of a masked one.
    fn word(&self, at: usize) -> String {
        match self.analysis.tokens.get(at) {
            Some(token) if token.word == NAME => "NAME".to_owned(),
            Some(token) if token.word == NUMBER => "NUMBER".to_owned(),
            Some(token) if token.word == YEAR => "YEAR".to_owned(),
            Some(token) => token.span.slice(self.text).to_lowercase(),
            None => String::new(),
        }
    }

    fn stemmed(&self, at: usize) -> String {
        let negated = self.analysis.scopes.negated.get(at).copied().unwrap_or(false);
        format!("{}{}~", if negated { "not " } else { "" }, stem(&self.word(at)))
    }

    fn cue(&self, number: usize, with_scope: bool) -> String {
        let Some(cue) = self.analysis.cues.get(number) else { return String::new() };
        let words = (cue.first..=cue.last).map(|at| self.word(at)).collect::<Vec<_>>().join(" ");
        let scope = self.analysis.scopes.scopes.get(number).filter(|_| with_scope);
        let scope = scope.map(CueScope::describe).unwrap_or_default();
        let space = if scope.is_empty() { "" } else { " " };
        format!("{scope}{space}{} “{words}”", cue.kind.as_str().replace('_', " "))
    }
}
