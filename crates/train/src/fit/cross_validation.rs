//! Cross-validation by groups: out-of-fold margins and their measures.

use detente::Result;
use detente::internals::HEADS;
use rayon::prelude::*;

use crate::corpus::labelled::Label;
use crate::evaluate::measures::Measures;
use crate::evaluate::prediction::Prediction;
use crate::evaluate::sample::Sample;
use crate::fit::dataset::Dataset;
use crate::fit::examples::{ALL_HEADS, Example, targets};
use crate::fit::folds::fold_of_group;
use crate::fit::linear_heads::LinearHeads;
use crate::fit::pair_factors::PairFactors;
use crate::fit::params::TrainParams;
use crate::fit::progress::Progress;

/// Margins of each example under a model that was not trained on its group.
///
/// Each fold's model is trained on the examples of the other folds for which `is_used` holds, and on softly
/// labelled ones of all folds. Softly labelled examples have margin 0.
pub(crate) fn out_of_fold_margins(
    data: &Dataset,
    examples: &[Example],
    params: &TrainParams,
    is_used: &dyn Fn(&Example) -> bool,
    progress: &dyn Fn(&Progress),
) -> Result<Vec<[f64; HEADS]>> {
    let folds: Vec<usize> =
        examples.iter().map(|e| fold_of_group(&e.statement.group, params.seed, params.folds)).collect();
    let mut margins = vec![[0.0; HEADS]; examples.len()];
    for fold in 0..params.folds {
        progress(&Progress::Fold { fold: fold + 1, folds: params.folds });
        let (mut training, held_out): (Vec<usize>, Vec<usize>) =
            (0..examples.len()).partition(|e| folds[*e] != fold || examples[*e].statement.is_soft());
        training.retain(|e| is_used(&examples[*e]));
        let heads = LinearHeads::fit(&data.x, examples, &training, params)?;
        let targets = ALL_HEADS.map(|head| targets(examples, &training, head, params.gate_floor));
        let pairs = PairFactors::fit(&data.layers, &targets, params.seed);
        let linear = heads.margins(&data.x.select(&held_out));
        let added: Vec<_> = held_out.par_iter().map(|e| pairs.margins(&data.layers, *e)).collect();
        for ((e, linear), added) in held_out.iter().zip(linear).zip(added) {
            margins[*e] = ALL_HEADS.map(|head| linear[head] + added[head]);
        }
    }
    Ok(margins)
}

/// Measures of out-of-fold predictions, named `real` and `authored`; a kind without labels is left out.
pub(crate) fn measures_by_kind(
    predictions: &[Option<Prediction>],
    examples: &[Example],
) -> Vec<(String, Measures)> {
    let mut measures = Vec::new();
    for (name, is_real) in [("real", true), ("authored", false)] {
        let cases = predictions.iter().zip(examples).filter(|(_, e)| e.is_real == is_real);
        let (predictions, labels): (Vec<Prediction>, Vec<Label>) =
            cases.filter_map(|(p, e)| Some(((*p)?, e.statement.label?))).unzip();
        if !labels.is_empty() {
            measures.push((name.to_owned(), Sample::new(&predictions, &labels).measures()));
        }
    }
    measures
}
