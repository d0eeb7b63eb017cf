//! Features and places in words, for people who ask why.

use detente_lang::stem;

use crate::feature::analysis::Reading;
use crate::feature::columns::{FORMS, Family, Feature};
use crate::feature::cue_sums::NAMES;
use crate::feature::extract::Extractor;
use crate::feature::position::{Layer, Place};
use crate::feature::scope::State;
use crate::token::vocabulary::{NAME, NUMBER, YEAR};

impl Extractor {
    /// The feature in words, as it stands in a statement that was read.
    #[must_use]
    pub fn describe(&self, feature: &Feature, text: &str, reading: &Reading) -> String {
        let (a, b) = (usize::from(feature.a), usize::from(feature.b));
        let words = Wording { text, reading };
        match feature.family {
            Family::Sum => NAMES.get(a).copied().unwrap_or_default().to_owned(),
            Family::Shape if a >= 100 => format!("about {} words", b * 6 + 3),
            Family::Shape => FORMS.get(a).copied().unwrap_or_default().to_owned(),
            Family::Cue => words.cue(a, b == 1),
            Family::CueKinds => format!("a cue like {}", words.cue(a, true)),
            Family::CuePair => format!("{} → {}", words.cue(a, false), words.cue(b, false)),
            Family::Word => words.word(a),
            Family::Pair => format!("{} {}", words.word(a), words.word(b)),
            Family::Stem => words.stemmed(a),
            Family::StemPair => format!("{} {}", words.stemmed(a), words.stemmed(b)),
            Family::Skip => format!("{} … {}", words.stemmed(a), words.stemmed(b)),
        }
    }

    /// A place in words, as it stands in a statement that was read.
    #[must_use]
    pub fn describe_place(&self, layer: Layer, place: Place, text: &str, reading: &Reading) -> String {
        let words = Wording { text, reading };
        match layer {
            Layer::Words => words.stemmed(place.at as usize),
            Layer::Cues => words.cue(place.at as usize, true),
        }
    }
}

/// Names what stands in a statement.
struct Wording<'a> {
    text: &'a str,
    reading: &'a Reading,
}

impl Wording<'_> {
    fn word(&self, at: usize) -> String {
        match self.reading.tokens.get(at) {
            Some(token) if token.word == NAME => "NAME".to_owned(),
            Some(token) if token.word == NUMBER => "NUMBER".to_owned(),
            Some(token) if token.word == YEAR => "YEAR".to_owned(),
            Some(token) => token.span.slice(self.text).to_lowercase(),
            None => String::new(),
        }
    }

    fn stemmed(&self, at: usize) -> String {
        let negated = self.reading.scoped.negated.get(at).copied().unwrap_or(false);
        format!("{}{}~", if negated { "not " } else { "" }, stem(&self.word(at)))
    }

    fn cue(&self, number: usize, with_state: bool) -> String {
        let Some(cue) = self.reading.cues.get(number) else { return String::new() };
        let words = (cue.first..=cue.last).map(|at| self.word(at)).collect::<Vec<_>>().join(" ");
        let state = self.reading.scoped.states.get(number).filter(|_| with_state);
        let how = state.map(State::describe).unwrap_or_default();
        let space = if how.is_empty() { "" } else { " " };
        format!("{how}{space}{} “{words}”", cue.kind.as_str().replace('_', " "))
    }
}
