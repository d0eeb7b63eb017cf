//! Baselines without training: the majority class and the sum of the lexicon's values.

use rayon::prelude::*;

use detente::internals::Analysis;
use detente::{Span, TrainedModel};

use crate::corpus::labelled::{Label, LabelledStatement};
use crate::evaluate::prediction::Prediction;
use crate::evaluate::sample::HALF_STEP;
use crate::evaluate::system_predictions::SystemPredictions;

/// Family and name of the feature that sums the lexicon's values.
const LEXICON_SUM_FEATURE: (&str, &str) = ("cue sums", "lexicon sum");
const LEXICON_SUM: &str = "lexicon sum";
const MAJORITY: &str = "majority";
/// One step of -3..+3, on the scale of scores.
const STEP: f64 = 1.0 / 3.0;

/// Whether a system of this name is a baseline.
pub(crate) fn is_baseline(name: &str) -> bool {
    [LEXICON_SUM, MAJORITY].contains(&name)
}

/// Predictions of the baselines for labelled statements, to be evaluated beside a model: the sum of the
/// lexicon of `model`, and the majority class of the labels.
///
/// ```
/// let records = detente_train::read_jsonl(
///     r#"{"id":"a","text":"The talks collapsed.","outlook":-3,"hedge":0}"#,
/// )?;
/// let statements: Vec<_> = records.all_statements().collect();
/// let baselines = detente_train::baselines(detente::Engine::builtin()?.model(), &statements);
/// let names: Vec<&str> = baselines.iter().map(|system| system.name.as_str()).collect();
/// assert_eq!(names, ["lexicon sum", "majority"]);
/// assert!(baselines[0].predictions[0].score < -0.2);
/// # Ok::<(), detente::Error>(())
/// ```
#[must_use]
pub fn baselines(model: &TrainedModel, statements: &[&LabelledStatement]) -> Vec<SystemPredictions> {
    let sum = |s: &&LabelledStatement| Prediction::score_only(lexicon_sum(model, &s.text));
    let labels: Vec<Label> = statements.iter().filter_map(|s| s.label).collect();
    vec![
        SystemPredictions {
            name: LEXICON_SUM.to_owned(),
            predictions: statements.par_iter().map(sum).collect(),
            classes: None,
        },
        SystemPredictions {
            name: MAJORITY.to_owned(),
            predictions: vec![majority_prediction(&labels); statements.len()],
            classes: None,
        },
    ]
}

/// The constant prediction that fits `labels` best: one step in the direction of the most frequent of
/// negative, neutral and positive, and the shares of statements with bearing and with hedges.
fn majority_prediction(labels: &[Label]) -> Prediction {
    let count = |wanted: &dyn Fn(&Label) -> bool| labels.iter().filter(|label| wanted(label)).count();
    let negative = count(&|label| label.score() <= -HALF_STEP);
    let positive = count(&|label| label.score() >= HALF_STEP);
    let neutral = labels.len() - negative - positive;
    let bearing = count(&Label::bears);
    let with_hedge_label = count(&|label| label.hedged().is_some());
    let hedged = count(&|label| label.hedged() == Some(true));
    let score = match neutral.max(negative).max(positive) {
        most if most == neutral => 0.0,
        most if most == negative => -STEP,
        _ => STEP,
    };
    Prediction {
        score,
        bearing: Some(bearing as f64 / labels.len().max(1) as f64),
        hedge: Some(hedged as f64 / with_hedge_label.max(1) as f64),
    }
}

/// Sum of the lexicon's values after its scope rules, -1..+1.
fn lexicon_sum(model: &TrainedModel, text: &str) -> f64 {
    let extractor = model.extractor();
    let (mut analysis, mut features) = (Analysis::default(), Vec::new());
    extractor.analyze(text, Span::new(0, text.len()), &mut analysis);
    extractor.extract(&analysis, &mut features);
    let (family, name) = LEXICON_SUM_FEATURE;
    let sum = features.iter().find(|f| f.family() == family && f.describe(text, &analysis) == name);
    sum.map_or(0.0, |feature| f64::from(feature.value).clamp(-1.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lexicon_sum_has_the_sign_of_the_outlook() {
        let model = TrainedModel::builtin().expect("the built-in model");
        assert!(lexicon_sum(&model, "The two sides signed the agreement.") > 0.2);
        assert!(lexicon_sum(&model, "The talks collapsed.") < -0.2);
        assert_eq!(lexicon_sum(&model, "The bakery opens at seven."), 0.0);
    }

    #[test]
    fn majority_predicts_the_most_frequent_class() {
        let bears = |outlook| Label::Bears { outlook, hedge: Some(0.0) };
        let constant = majority_prediction(&[bears(-2.0), bears(-1.0), bears(2.0), Label::NoBearing]);
        assert_eq!((constant.score, constant.bearing, constant.hedge), (-1.0 / 3.0, Some(0.75), Some(0.0)));
    }
}
