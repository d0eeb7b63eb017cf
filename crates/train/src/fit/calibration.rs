//! Calibration of out-of-fold margins, and the predictions that follow.

use detente::internals::{Calibration, ComposedValue, Composition, HEADS, gate};

use crate::corpus::labelled::Label;
use crate::evaluate::prediction::Prediction;
use crate::fit::examples::{BEARING, Example, HEDGE, OUTLOOK, is_learned};
use crate::fit::platt::fit_platt;

/// Fits the score factor by least squares and the learned probabilities by Platt scaling, on the real labelled
/// statements, or on all labelled ones if none is real.
pub(crate) fn calibrate(margins: &[[f64; HEADS]], examples: &[Example], gate_floor: f64) -> Calibration {
    let any_real = examples.iter().any(|e| e.is_real && e.is_labelled());
    let cases: Vec<(&Label, &[f64; HEADS], ComposedValue)> = examples
        .iter()
        .zip(margins)
        .filter(|(e, _)| e.is_real || !any_real)
        .filter_map(|(e, margins)| Some((e.statement.label.as_ref()?, margins, e.composed)))
        .collect();
    let (bearing_margins, bears): (Vec<f64>, Vec<bool>) =
        cases.iter().map(|(label, margins, _)| (margins[BEARING], label.bears())).unzip();
    let bearing = is_learned(examples, BEARING).then(|| fit_platt(&bearing_margins, &bears));
    let bearing_of = |margin: f64| bearing.map_or(1.0, |curve| curve.probability(margin));
    let (mut xy, mut xx) = (0.0, 0.0);
    let composition = Composition::DEFAULT;
    for (label, margins, composed) in &cases {
        let bears = bearing_of(margins[BEARING]);
        let share = composition.share_of(*composed);
        let score = (1.0 - share) * margins[OUTLOOK] * gate(gate_floor, bears);
        xy += score * (label.score() - share * composition.score_of(*composed, bears));
        xx += score * score;
    }
    let (hedge_margins, hedged): (Vec<f64>, Vec<bool>) =
        cases.iter().filter_map(|(label, margins, _)| Some((margins[HEDGE], label.hedged()?))).unzip();
    Calibration {
        score: if xx > 0.0 { xy / xx } else { 1.0 },
        open: gate_floor,
        bearing,
        hedge: is_learned(examples, HEDGE).then(|| fit_platt(&hedge_margins, &hedged)),
        composition: Some(composition),
    }
}

/// Calibrated predictions, one per example; `None` for softly labelled ones, whose margins are in-sample.
pub(crate) fn predict(
    margins: &[[f64; HEADS]],
    examples: &[Example],
    calibration: &Calibration,
) -> Vec<Option<Prediction>> {
    let predict = |(margins, example): (&[f64; HEADS], &Example)| {
        if example.statement.is_soft() {
            return None;
        }
        let bearing = calibration.bearing_of(margins[BEARING]);
        Some(Prediction {
            score: calibration.score_of(margins[OUTLOOK], example.composed, bearing).clamp(-1.0, 1.0),
            bearing: calibration.bearing.map(|_| bearing),
            hedge: calibration.hedge.map(|curve| curve.probability(margins[HEDGE])),
        })
    };
    margins.iter().zip(examples).map(predict).collect()
}

/// Margins of examples outside the training folds, calibrated: [`calibrate`] and [`predict`] in one step.
pub(crate) fn calibrated_predictions(
    margins: &[[f64; HEADS]],
    examples: &[Example],
    gate_floor: f64,
) -> Vec<Option<Prediction>> {
    predict(margins, examples, &calibrate(margins, examples, gate_floor))
}
