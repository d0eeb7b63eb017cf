//! The learning curve: what more labels would buy.

use detente::internals::hash_bytes;
use detente::{Lexicon, Result};
use serde::{Deserialize, Serialize};

use crate::corpus::labelled::LabelledStatement;
use crate::evaluate::measures::{Measure, Measures, Predicted};
use crate::fit::train::{
    Example, Prepared, Progress, TrainParams, calibrate, figures, out_of_fold, predictions, prepare,
};

/// Eighths of the groups that are learned from.
const EIGHTHS: [u64; 4] = [1, 2, 4, 8];

/// One point of a learning curve.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct CurvePoint {
    /// Labelled statements that were learned from (less those of the fold that is measured).
    pub statements: usize,
    /// Out-of-fold correlation on real statements (on all, where none is real).
    pub r: f64,
    /// The same of the sign AUC.
    pub sign: Option<f64>,
    /// The same of the bearing AUC.
    pub bearing: Option<f64>,
    /// The same of the hedge AUC.
    pub hedge: Option<f64>,
}

impl CurvePoint {
    fn new(statements: usize, measures: &Measures) -> Self {
        let rounded = |measure| measures.get(measure).map(|value| (value * 1e4).round() / 1e4);
        Self {
            statements,
            r: rounded(Measure::R).unwrap_or_default(),
            sign: rounded(Measure::Sign),
            bearing: rounded(Measure::Bearing),
            hedge: rounded(Measure::Hedge),
        }
    }
}

/// Out-of-fold predictions of models that learn from labelled statements alone, as
/// [`cross_validate`](crate::fit::train::cross_validate) gives them.
///
/// # Errors
/// When there is nothing to learn from or a setting is out of its range.
pub fn without_soft(
    lexicon: &Lexicon,
    real: &[LabelledStatement],
    authored: &[LabelledStatement],
    params: &TrainParams,
    progress: Progress,
) -> Result<Vec<Option<Predicted>>> {
    let Prepared { examples, data, .. } = prepare(lexicon, real, authored, params, &mut |_| {})?;
    progress("without softly labelled statements");
    let labelled = |e: &Example| e.statement.label.is_some();
    let margins = out_of_fold(&data, &examples, params, &labelled, &mut |_| {})?;
    Ok(predictions(&margins, &examples, &calibrate(&margins, &examples, params.open)))
}

/// Out-of-fold figures of models that learn from an eighth, a quarter, a half and all of the labelled
/// groups; softly labelled statements are always learned from.
///
/// # Errors
/// When there is nothing to learn from or a setting is out of its range.
pub fn curve(
    lexicon: &Lexicon,
    real: &[LabelledStatement],
    authored: &[LabelledStatement],
    params: &TrainParams,
    progress: Progress,
) -> Result<Vec<CurvePoint>> {
    let Prepared { examples, data, .. } = prepare(lexicon, real, authored, params, progress)?;
    let mut points = Vec::new();
    for eighths in EIGHTHS {
        let used = |statement: &LabelledStatement| {
            statement.label.is_none() || hash_bytes(statement.group.as_bytes()) % 8 < eighths
        };
        let statements = examples.iter().filter(|e| e.statement.label.is_some() && used(e.statement)).count();
        progress(&format!("learning curve: {statements} labelled statements"));
        let margins = out_of_fold(&data, &examples, params, &|e| used(e.statement), &mut |_| {})?;
        let calibration = calibrate(&margins, &examples, params.open);
        let figures = figures(&predictions(&margins, &examples, &calibration), &examples);
        if let Some((_, measures)) = figures.first() {
            points.push(CurvePoint::new(statements, measures));
        }
    }
    Ok(points)
}
