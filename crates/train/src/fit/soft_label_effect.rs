//! What softly labelled statements contribute: the same training without them.

use detente::Result;
use serde::{Deserialize, Serialize};

use crate::corpus::labelled::Label;
use crate::evaluate::bootstrap::Bootstrap;
use crate::evaluate::measures::Estimates;
use crate::evaluate::prediction::Prediction;
use crate::evaluate::sample::Sample;
use crate::fit::calibration::calibrated_predictions;
use crate::fit::cross_validation::out_of_fold_margins;
use crate::fit::examples::Example;
use crate::fit::progress::Progress;
use crate::fit::trainer::Trainer;
use crate::fit::training_data::TrainingData;

/// Effect of softly labelled statements.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SoftLabelEffect {
    /// Number of softly labelled statements.
    pub statements: usize,
    /// Weight of each, relative to a labelled real statement.
    pub weight: f64,
    /// Out-of-fold measures without them, on real statements, or on authored ones if none is real.
    pub without: Estimates,
}

impl Trainer<'_> {
    /// Cross-validates without the softly labelled statements; `None` if there are none. `draws` is the
    /// number of bootstrap replicates of the intervals.
    ///
    /// ```
    /// use detente_train::{TrainParams, Trainer, TrainingData, read_jsonl};
    /// let records = read_jsonl(
    ///     r#"{"id":"a","text":"Both sides signed.","outlook":3,"hedge":0}
    /// {"id":"b","text":"They may sign soon.","outlook":1,"hedge":1}
    /// {"id":"c","text":"The talks collapsed.","outlook":-3,"hedge":0}
    /// {"id":"d","text":"Talks are stuck.","outlook_soft":-1.5,"bearing_soft":0.9,"hedge_soft":0.1}"#,
    /// )?;
    /// let trainer = Trainer::new(TrainParams::default());
    /// let effect = trainer.soft_label_effect(&TrainingData::from(records), 100)?;
    /// assert_eq!(effect.map(|effect| effect.statements), Some(1));
    /// # Ok::<(), detente::Error>(())
    /// ```
    ///
    /// # Errors
    /// If a setting is out of its range or no statement is labelled.
    pub fn soft_label_effect(&self, data: &TrainingData, draws: usize) -> Result<Option<SoftLabelEffect>> {
        let soft = data.statements().filter(|s| s.is_soft()).count();
        if soft == 0 {
            return Ok(None);
        }
        self.progress()(&Progress::WithoutSoftLabels);
        let prepared = self.prepare(data, &[], &|_| {})?;
        let (examples, params) = (&prepared.examples, self.params());
        let is_labelled = |e: &Example| e.is_labelled();
        let margins = out_of_fold_margins(&prepared.data, examples, params, &is_labelled, &|_| {})?;
        let predictions = calibrated_predictions(&margins, examples, params.gate_floor);
        let any_real = data.real.iter().any(|s| s.label.is_some());
        let cases = || {
            let of_kind = examples.iter().zip(&predictions).filter(|(e, _)| e.is_real == any_real);
            of_kind.filter_map(|(e, p)| Some((e.statement.group.as_str(), (*p)?, e.statement.label?)))
        };
        let (predictions, labels): (Vec<Prediction>, Vec<Label>) = cases().map(|(_, p, l)| (p, l)).unzip();
        let bootstrap = Bootstrap::new(cases().map(|(group, ..)| group), draws, params.seed);
        let without = Sample::new(&predictions, &labels).estimates(&bootstrap);
        Ok(Some(SoftLabelEffect { statements: soft, weight: params.soft_weight, without }))
    }
}
