//! The learning curve: accuracy by number of labelled statements.

use detente::Result;
use detente::internals::hash_bytes;
use serde::{Deserialize, Serialize};

use crate::evaluate::measures::{Measure, Measures};
use crate::fit::calibration::calibrated_predictions;
use crate::fit::cross_validation::{measures_by_kind, out_of_fold_margins};
use crate::fit::examples::Example;
use crate::fit::progress::Progress;
use crate::fit::trainer::Trainer;
use crate::fit::training_data::TrainingData;
use detente::internals::rounded;

/// Shares of the groups that are learned from, in eighths.
const EIGHTHS: [u64; 4] = [1, 2, 4, 8];

/// One point of a learning curve: out-of-fold measures on real statements, or on authored ones if none is
/// real.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CurvePoint {
    /// Number of labelled statements learned from, including those of the fold that is measured.
    pub statements: usize,
    /// Correlation of the score.
    pub r: f64,
    /// AUC of the sign.
    pub sign: Option<f64>,
    /// AUC of the bearing.
    pub bearing: Option<f64>,
    /// AUC of the hedge.
    pub hedge: Option<f64>,
}

impl CurvePoint {
    fn new(statements: usize, measures: &Measures) -> Self {
        let value = |measure| measures.get(measure).map(rounded);
        Self {
            statements,
            r: value(Measure::Pearson).unwrap_or_default(),
            sign: value(Measure::SignAuc),
            bearing: value(Measure::BearingAuc),
            hedge: value(Measure::HedgeAuc),
        }
    }
}

impl Trainer<'_> {
    /// Cross-validates with an eighth, a quarter, a half and all of the labelled groups; softly labelled
    /// statements are always learned from.
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
    /// let curve = Trainer::new(TrainParams::default()).learning_curve(&data)?;
    /// assert_eq!((curve.len(), curve[3].statements), (4, 24));
    /// # Ok::<(), detente::Error>(())
    /// ```
    ///
    /// # Errors
    /// If a setting is out of its range, or a share holds no statement to learn from.
    pub fn learning_curve(&self, data: &TrainingData) -> Result<Vec<CurvePoint>> {
        let prepared = self.prepare(data, &[], self.progress())?;
        let (examples, params) = (&prepared.examples, self.params());
        let mut points = Vec::new();
        for eighths in EIGHTHS {
            let is_used =
                |e: &Example| !e.is_labelled() || hash_bytes(e.statement.group.as_bytes()) % 8 < eighths;
            let statements = examples.iter().filter(|e| e.is_labelled() && is_used(e)).count();
            self.progress()(&Progress::LearningCurve { statements });
            let margins = out_of_fold_margins(&prepared.data, examples, params, &is_used, &|_| {})?;
            let predictions = calibrated_predictions(&margins, examples, params.gate_floor);
            if let Some((_, measures)) = measures_by_kind(&predictions, examples).first() {
                points.push(CurvePoint::new(statements, measures));
            }
        }
        Ok(points)
    }
}
