//! What needs no model: the commonest class, and the lexicon's own sum.

use rayon::prelude::*;

use detente::internals::Analysis;
use detente::{Span, TrainedModel};

use crate::corpus::labelled::{Label, LabelledStatement};
use crate::evaluate::measures::{HALF_STEP, Predicted};

/// The family and name of the feature that is the lexicon's judgement.
const LEXICON_SUM: (&str, &str) = ("cue sums", "lexicon sum");
/// Names of the systems that need no model.
pub const BASELINES: [&str; 2] = ["lexicon sum", "majority"];

/// What both say of labelled statements, ready to be measured beside a model.
#[must_use]
pub fn baselines(model: &TrainedModel, statements: &[&LabelledStatement]) -> Vec<(String, Vec<Predicted>)> {
    let sum = |s: &&LabelledStatement| Predicted::score_only(lexicon_sum(model, &s.text));
    let labels: Vec<Label> = statements.iter().filter_map(|s| s.label).collect();
    let predicted = [statements.par_iter().map(sum).collect(), vec![majority(&labels); statements.len()]];
    BASELINES.into_iter().map(String::from).zip(predicted).collect()
}

/// What says of every statement the same: the commonest of negative, neutral and positive among
/// `labels`, at one step of the scale, and the shares of bearing and hedged statements.
#[must_use]
pub fn majority(labels: &[Label]) -> Predicted {
    let count = |wanted: &dyn Fn(&Label) -> bool| labels.iter().filter(|label| wanted(label)).count();
    let negative = count(&|label| label.score() <= -HALF_STEP);
    let positive = count(&|label| label.score() >= HALF_STEP);
    let neutral = labels.len() - negative - positive;
    let bearing = count(&Label::bears);
    let hedges = count(&|label| label.hedged().is_some());
    let hedged = count(&|label| label.hedged() == Some(true));
    let score = match neutral.max(negative).max(positive) {
        most if most == neutral => 0.0,
        most if most == negative => -1.0 / 3.0,
        _ => 1.0 / 3.0,
    };
    Predicted {
        score,
        bearing: Some(bearing as f64 / labels.len().max(1) as f64),
        hedge: Some(hedged as f64 / hedges.max(1) as f64),
    }
}

/// The sum of the lexicon's values under its rules of scope, -1..+1: nothing trained.
#[must_use]
pub fn lexicon_sum(model: &TrainedModel, text: &str) -> f64 {
    let extractor = model.extractor();
    let (mut analysis, mut features) = (Analysis::default(), Vec::new());
    extractor.analyze(text, Span::new(0, text.len()), &mut analysis);
    extractor.extract(&analysis, &mut features);
    let (family, name) = LEXICON_SUM;
    let sum = features.iter().find(|f| f.family() == family && f.describe(text, &analysis) == name);
    sum.map_or(0.0, |feature| f64::from(feature.value).clamp(-1.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lexicon_alone_knows_good_from_bad() {
        let model = TrainedModel::builtin().expect("the built-in model");
        assert!(lexicon_sum(&model, "The two sides signed the agreement.") > 0.2);
        assert!(lexicon_sum(&model, "The talks collapsed.") < -0.2);
        assert_eq!(lexicon_sum(&model, "The bakery opens at seven."), 0.0);
    }

    #[test]
    fn the_commonest_class_wins() {
        let bears = |outlook| Label::Bears { outlook, hedge: Some(0.0) };
        let says = majority(&[bears(-2.0), bears(-1.0), bears(2.0), Label::NoBearing]);
        assert_eq!((says.score, says.bearing, says.hedge), (-1.0 / 3.0, Some(0.75), Some(0.0)));
    }
}
