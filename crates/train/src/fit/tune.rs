//! Nested tuning of settings by successive halving.

use detente::internals::{HEADS, Logistic, gate, hash_bytes};
use detente::{Error, Result};

use crate::evaluate::measures::Measures;
use crate::fit::calibration::calibrated_predictions;
use crate::fit::classes::ClassTargets;
use crate::fit::cross_validation::measures_by_kind;
use crate::fit::examples::{BEARING, Example, HEDGE, OUTLOOK};
use crate::fit::folds::fold_of_group;
use crate::fit::linear_heads::LinearHeads;
use crate::fit::params::TrainParams;
use crate::fit::progress::Progress;
use crate::fit::trainer::{Prepared, Trainer};
use crate::fit::training_data::TrainingData;

/// Factors of the L2 penalties.
const L2_FACTORS: [f64; 5] = [0.25, 0.5, 1.0, 2.0, 4.0];
/// Weights of softly labelled statements, if there are any.
const SOFT_WEIGHTS: [f64; 3] = [0.3, 0.6, 1.0];
/// Weights of authored statements, if there are also real ones.
const AUTHORED_WEIGHTS: [f64; 3] = [0.15, 0.3, 0.6];
/// Each round keeps one setting in three and learns from three times as many statements.
const HALVING: usize = 3;
const ROUNDS: u32 = 3;
/// A round that would learn from fewer statements learns from all.
const MIN_STATEMENTS: usize = 1000;

/// Settings chosen by [`Trainer::tune`].
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Tuned {
    /// The settings with the lowest loss over all folds.
    pub params: TrainParams,
    /// Number of settings tried.
    pub tried: usize,
    /// Out-of-fold measures where the settings of each fold were chosen without it, named `real` and
    /// `authored`: an unbiased estimate for new data, of models without pair factors.
    pub nested: Vec<(String, Measures)>,
}

impl Trainer<'_> {
    /// Tries L2 penalties, soft weights and authored weights around the trainer's settings, and the L2 penalty of
    /// classes by their out-of-fold cross-entropy.
    ///
    /// For every fold, settings compete on the next fold; neither fold is learned from. The winner then
    /// learns from all but its own fold and is measured there. The result has the settings that reached the
    /// last round most often, ties broken by their mean loss.
    ///
    /// ```
    /// use detente_train::{TrainParams, Trainer, TrainingData, read_jsonl};
    /// let lines: Vec<String> = (0..24)
    ///     .map(|i| {
    ///         let (text, outlook) = if i % 2 == 0 { ("A deal is near", 2) } else { ("Talks failed", -2) };
    ///         format!(r#"{{"id":"{i}","text":"{text}, source {i} said.","outlook":{outlook},"hedge":0}}"#)
    ///     })
    ///     .collect();
    /// let data = TrainingData::from(read_jsonl(&lines.join("\n"))?);
    /// let trainer = Trainer::new(TrainParams { folds: 3, ..TrainParams::default() });
    /// let tuned = trainer.tune(&data)?;
    /// assert_eq!(tuned.tried, 5);
    /// let outcome = trainer.with_params(tuned.params).train(&data)?;
    /// assert_eq!(outcome.labelled, 24);
    /// # Ok::<(), detente::Error>(())
    /// ```
    ///
    /// # Errors
    /// If there is nothing to learn from, or with fewer than three folds.
    pub fn tune(&self, data: &TrainingData) -> Result<Tuned> {
        let params = self.params();
        if params.folds < 3 {
            return Err(Error::argument("folds", "at least 3 to tune", params.folds));
        }
        let prepared = self.prepare(data, &[], self.progress())?;
        let examples = &prepared.examples;
        let mut search = Search {
            candidates: candidates(params, examples),
            folds: examples
                .iter()
                .map(|e| fold_of_group(&e.statement.group, params.seed, params.folds))
                .collect(),
            prepared: &prepared,
            losses: Vec::new(),
        };
        search.losses = vec![CandidateLosses::default(); search.candidates.len()];
        let mut margins = vec![[0.0; HEADS]; examples.len()];
        for fold in 0..params.folds {
            let chosen = search.choose(fold, params.folds, self.progress())?;
            for (example, held_out) in search.margins(fold, chosen)? {
                margins[example] = held_out;
            }
        }
        let mut chosen = search.best().map_or_else(|| params.clone(), |at| search.candidates[at].clone());
        if let Some(class_l2) = self.tune_classes(&prepared, &chosen)? {
            chosen.class_l2 = class_l2;
        }
        let predictions = calibrated_predictions(&margins, examples, params.gate_floor);
        let nested = measures_by_kind(&predictions, examples);
        Ok(Tuned { params: chosen, tried: search.candidates.len(), nested })
    }
}

impl Trainer<'_> {
    /// The L2 penalty of classes with the lowest out-of-fold cross-entropy; `None` without classes.
    fn tune_classes(&self, prepared: &Prepared, params: &TrainParams) -> Result<Option<f64>> {
        let Some(classes) = ClassTargets::new(&prepared.examples) else { return Ok(None) };
        let mut best: Option<(f64, f64)> = None;
        for factor in L2_FACTORS {
            let class_l2 = factor * self.params().class_l2;
            self.progress()(&Progress::ClassPenalty { l2: class_l2.to_string() });
            let candidate = TrainParams { class_l2, ..params.clone() };
            let loss = classes.cross_entropy(&prepared.data, &prepared.examples, &candidate)?;
            if best.is_none_or(|(lowest, _)| loss < lowest) {
                best = Some((loss, class_l2));
            }
        }
        Ok(best.map(|(_, class_l2)| class_l2))
    }
}

/// Losses of a candidate over all rounds that it took part in.
#[derive(Clone, Copy, Default)]
struct CandidateLosses {
    sum: f64,
    rounds: usize,
}

/// State of the search.
struct Search<'p> {
    prepared: &'p Prepared<'p>,
    candidates: Vec<TrainParams>,
    /// Fold of each example.
    folds: Vec<usize>,
    losses: Vec<CandidateLosses>,
}

impl Search<'_> {
    /// The candidate that wins on the fold after `fold`, trained on neither.
    fn choose(&mut self, fold: usize, folds: usize, progress: &dyn Fn(&Progress)) -> Result<usize> {
        let examples = &self.prepared.examples;
        let validation_fold = (fold + 1) % folds;
        let validation: Vec<usize> = (0..examples.len())
            .filter(|e| examples[*e].is_labelled() && self.folds[*e] == validation_fold)
            .collect();
        let training: Vec<usize> = (0..examples.len())
            .filter(|e| !examples[*e].is_labelled() || ![fold, validation_fold].contains(&self.folds[*e]))
            .collect();
        let mut remaining: Vec<usize> = (0..self.candidates.len()).collect();
        for round in 0..ROUNDS {
            let divisor = HALVING.pow(ROUNDS - 1 - round);
            let one_in = if training.len() / divisor < MIN_STATEMENTS { 1 } else { divisor as u64 };
            let rows: Vec<usize> = training
                .iter()
                .copied()
                .filter(|e| hash_bytes(examples[*e].statement.id.as_bytes()).is_multiple_of(one_in))
                .collect();
            progress(&Progress::Tuning {
                fold: fold + 1,
                folds,
                settings: remaining.len(),
                statements: rows.len(),
            });
            let mut ranked = Vec::with_capacity(remaining.len());
            for at in remaining {
                let loss = validation_loss(self.prepared, &self.candidates[at], &rows, &validation)?;
                self.losses[at].sum += loss;
                self.losses[at].rounds += 1;
                ranked.push((loss, at));
            }
            ranked.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            ranked.truncate(if round + 1 == ROUNDS { 1 } else { ranked.len().div_ceil(HALVING) });
            remaining = ranked.into_iter().map(|(_, at)| at).collect();
        }
        Ok(remaining[0])
    }

    /// Margins of the labelled examples of `fold` under a candidate that is trained on all others.
    fn margins(&self, fold: usize, candidate: usize) -> Result<Vec<(usize, [f64; HEADS])>> {
        let Prepared { examples, data, .. } = self.prepared;
        let params = &self.candidates[candidate];
        let (held_out, training): (Vec<usize>, Vec<usize>) =
            (0..examples.len()).partition(|e| examples[*e].is_labelled() && self.folds[*e] == fold);
        let heads = LinearHeads::fit(&data.x, &reweighted(examples, params), &training, params)?;
        let margins = heads.margins(&data.x.select(&held_out));
        Ok(held_out.into_iter().zip(margins).collect())
    }

    /// The candidate that took part in most rounds, ties broken by the mean loss.
    fn best(&self) -> Option<usize> {
        let mean = |losses: &CandidateLosses| losses.sum / losses.rounds.max(1) as f64;
        (0..self.candidates.len()).min_by(|a, b| {
            let (a, b) = (&self.losses[*a], &self.losses[*b]);
            b.rounds.cmp(&a.rounds).then(mean(a).total_cmp(&mean(b)))
        })
    }
}

/// All combinations of the values to try; a weight that no example has is left at its setting.
fn candidates(params: &TrainParams, examples: &[Example]) -> Vec<TrainParams> {
    let any = |wanted: &dyn Fn(&Example) -> bool| examples.iter().any(wanted);
    let has_soft = any(&|e| !e.is_labelled());
    let has_both_kinds = any(&|e| e.is_real && e.is_labelled()) && any(&|e| !e.is_real);
    let values = |all: [f64; 3], is_free: bool, fixed: f64| if is_free { all.to_vec() } else { vec![fixed] };
    let mut found = Vec::new();
    for factor in L2_FACTORS {
        for soft_weight in values(SOFT_WEIGHTS, has_soft, params.soft_weight) {
            for authored_weight in values(AUTHORED_WEIGHTS, has_both_kinds, params.authored_weight) {
                let l2 = params.l2.map(|l2| l2 * factor);
                found.push(TrainParams { l2, soft_weight, authored_weight, ..params.clone() });
            }
        }
    }
    found
}

/// The examples with the weights of other settings.
fn reweighted<'a>(examples: &[Example<'a>], params: &TrainParams) -> Vec<Example<'a>> {
    examples.iter().map(|e| Example::new(e.statement, e.is_real, params)).collect()
}

/// Loss of the heads trained on `rows`, measured on the real statements of `validation`, or on all if none is
/// real: squared error of the score plus cross-entropies of bearing and hedge, each relative to the best
/// constant prediction.
fn validation_loss(
    prepared: &Prepared,
    params: &TrainParams,
    rows: &[usize],
    validation: &[usize],
) -> Result<f64> {
    let examples = reweighted(&prepared.examples, params);
    let heads = LinearHeads::fit(&prepared.data.x, &examples, rows, params)?;
    let any_real = validation.iter().any(|e| examples[*e].is_real);
    let validation: Vec<usize> =
        validation.iter().copied().filter(|e| examples[*e].is_real || !any_real).collect();
    let uncalibrated = Logistic { slope: 1.0, shift: 0.0 };
    let (mut score, mut bearing, mut hedge) = (Vec::new(), Vec::new(), Vec::new());
    for (e, margins) in validation.iter().zip(heads.margins(&prepared.data.x.select(&validation))) {
        let Some(label) = &examples[*e].statement.label else { continue };
        let bears = uncalibrated.probability(margins[BEARING]);
        score.push((gate(params.gate_floor, bears) * margins[OUTLOOK], label.score()));
        bearing.push((bears, f64::from(u8::from(label.bears()))));
        if let Some(hedged) = label.hedged() {
            hedge.push((uncalibrated.probability(margins[HEDGE]), f64::from(u8::from(hedged))));
        }
    }
    let squared_error = |p: f64, y: f64| (p - y).powi(2);
    let cross_entropy = |p: f64, y: f64| {
        let p = p.clamp(1e-9, 1.0 - 1e-9);
        -(y * p.ln() + (1.0 - y) * (1.0 - p).ln())
    };
    Ok(relative_loss(&score, squared_error)
        + relative_loss(&bearing, cross_entropy)
        + relative_loss(&hedge, cross_entropy))
}

/// Loss of cases of prediction and label, relative to that of the mean label.
fn relative_loss(cases: &[(f64, f64)], loss: impl Fn(f64, f64) -> f64) -> f64 {
    let mean = cases.iter().map(|(_, y)| y).sum::<f64>() / cases.len().max(1) as f64;
    let of_mean: f64 = cases.iter().map(|(_, y)| loss(mean, *y)).sum();
    let of_predictions: f64 = cases.iter().map(|(p, y)| loss(*p, *y)).sum();
    if of_mean > 0.0 { of_predictions / of_mean } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::relative_loss;

    #[test]
    fn mean_prediction_has_relative_loss_one() {
        let squared = |p: f64, y: f64| (p - y).powi(2);
        assert_eq!(relative_loss(&[(0.5, 0.0), (0.5, 1.0)], squared), 1.0);
        assert_eq!(relative_loss(&[(0.0, 0.0), (1.0, 1.0)], squared), 0.0);
        assert_eq!(relative_loss(&[], squared), 0.0);
    }
}
