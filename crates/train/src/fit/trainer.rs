//! [`Trainer`]: learns models from labelled statements and articles.

use std::fmt;

use detente::internals::{Analysis, Extractor, HEADS, Tokenizer, Vocabulary, Weights};
use detente::{Aggregation, Engine, Error, Lexicon, Result, Span, TrainedModel};
use rayon::prelude::*;

use crate::corpus::labelled::LabelledStatement;
use crate::fit::aggregation::learn_aggregation;
use crate::fit::aggregation_cases::{aggregation_cases, headline_statements};
use crate::fit::calibration::{calibrate, calibrated_predictions, predict};
use crate::fit::classes::ClassTargets;
use crate::fit::cross_validation::{measures_by_kind, out_of_fold_margins};
use crate::fit::dataset::Dataset;
use crate::fit::examples::{ALL_HEADS, Example, targets};
use crate::fit::linear_heads::LinearHeads;
use crate::fit::outcome::{OutOfFold, TrainingOutcome};
use crate::fit::pair_factors::PairFactors;
use crate::fit::params::TrainParams;
use crate::fit::progress::Progress;
use crate::fit::training_data::TrainingData;
use crate::fit::vocabulary::build_vocabulary;

/// Learns models from labelled statements and articles.
///
/// The same data, settings and lexicon give the same model to the byte, whatever the number of threads.
///
/// ```
/// use detente_train::{TrainParams, Trainer, TrainingData, read_jsonl};
///
/// let claims = [("signed the accord", 3), ("made progress", 1), ("walked out of the talks", -2)];
/// let mut lines = String::new();
/// for (number, name) in ["Dockers", "Ministers", "Envoys", "Both sides", "Unions"].iter().enumerate() {
///     for (claim, outlook) in claims {
///         let id = format!("{number}{outlook}");
///         lines += &format!(r#"{{"id":"{id}","text":"{name} {claim}.","outlook":{outlook},"hedge":0}}"#);
///         lines += "\n";
///     }
/// }
/// let data = TrainingData::from(read_jsonl(&lines)?);
/// let params = TrainParams { model_id: "talks-1".to_owned(), ..TrainParams::default() };
/// let outcome = Trainer::new(params).on_progress(|step| println!("{step}")).train(&data)?;
/// assert_eq!((outcome.model.id(), outcome.labelled), ("talks-1", 15));
/// # Ok::<(), detente::Error>(())
/// ```
pub struct Trainer<'a> {
    params: TrainParams,
    lexicon: Option<Lexicon>,
    on_progress: Box<dyn Fn(&Progress) + 'a>,
}

/// Statements with their features.
pub(crate) struct Prepared<'d> {
    pub(crate) examples: Vec<Example<'d>>,
    pub(crate) data: Dataset,
    lexicon: Lexicon,
    vocabulary: Vocabulary,
}

impl<'a> Trainer<'a> {
    /// A trainer with the lexicon of the built-in model and without progress messages.
    #[must_use]
    pub fn new(params: TrainParams) -> Self {
        Self { params, lexicon: None, on_progress: Box::new(|_| {}) }
    }

    /// Sets the lexicon.
    #[must_use]
    pub fn lexicon(mut self, lexicon: Lexicon) -> Self {
        self.lexicon = Some(lexicon);
        self
    }

    /// Sets a callback that receives each step when it begins.
    #[must_use]
    pub fn on_progress(mut self, callback: impl Fn(&Progress) + 'a) -> Self {
        self.on_progress = Box::new(callback);
        self
    }

    /// The settings.
    #[must_use]
    pub fn params(&self) -> &TrainParams {
        &self.params
    }

    /// Replaces the settings, for example by those that [`tune`](Self::tune) chose.
    #[must_use]
    pub fn with_params(mut self, params: TrainParams) -> Self {
        self.params = params;
        self
    }

    /// Cross-validates, calibrates, learns the aggregation and fits the model on all statements.
    ///
    /// # Errors
    /// If a setting is out of its range or no statement is labelled.
    pub fn train(&self, data: &TrainingData) -> Result<TrainingOutcome> {
        let params = &self.params;
        // headlines need out-of-fold predictions for the aggregation; without a label they are not learned
        // from
        let headlines = headline_statements(&data.articles);
        let prepared = self.prepare(data, &headlines, &self.on_progress)?;
        let examples = &prepared.examples;
        let margins = out_of_fold_margins(&prepared.data, examples, params, &|_| true, &self.on_progress)?;
        let calibration = calibrate(&margins, examples, params.gate_floor);
        let mut predictions = predict(&margins, examples, &calibration);
        let of_headlines = predictions.split_off(data.real.len() + data.authored.len());
        let of_authored = predictions.get(data.real.len()..).unwrap_or_default();
        let cases = aggregation_cases(data, of_authored, &of_headlines);
        let aggregation = learn_aggregation(&cases, params.seed);
        let learned = aggregation.as_ref().map_or_else(Aggregation::default, |a| a.aggregation.clone());
        let out_of_fold = measures_by_kind(&predictions, examples);

        (self.on_progress)(&Progress::FinalFit);
        let all: Vec<usize> = (0..examples.len()).collect();
        let heads = LinearHeads::fit(&prepared.data.x, examples, &all, params)?;
        let targets = ALL_HEADS.map(|head| targets(examples, &all, head, params.gate_floor));
        let pairs = PairFactors::fit(&prepared.data.layers, &targets, params.seed);
        let columns = heads.largest_columns(prepared.data.keys.len(), params.max_columns);
        let families = heads.family_shares(&prepared.data, &columns);
        let kept: Vec<(u64, [f64; HEADS])> =
            columns.iter().map(|column| (prepared.data.keys[*column], heads.weights(*column))).collect();
        let (linear, added) = (heads.intercepts(), pairs.intercepts());
        let weights = Weights::quantise(&kept, ALL_HEADS.map(|head| linear[head] + added[head]))?;
        let factors = [pairs.factors(&prepared.data.layers, 0)?, pairs.factors(&prepared.data.layers, 1)?];
        let (labelled, soft) = count_labels(examples);
        let model = TrainedModel::new(
            params.model_id.clone(),
            prepared.vocabulary,
            &prepared.lexicon,
            weights,
            factors,
            (calibration, learned),
        );
        let mut class_probabilities = Vec::new();
        let model = match ClassTargets::new(examples) {
            None => model,
            Some(targets) => {
                (self.on_progress)(&Progress::Classes);
                let (head, of_classes) = targets.train(&prepared.data, examples, params)?;
                class_probabilities = of_classes.into_probabilities();
                class_probabilities.truncate(predictions.len());
                model.with_classes(head)
            }
        };
        Ok(TrainingOutcome {
            model,
            out_of_fold,
            predictions,
            class_probabilities,
            families,
            labelled,
            soft,
            aggregation,
        })
    }

    /// Out-of-fold predictions without a final model.
    ///
    /// ```
    /// use detente_train::{TrainParams, Trainer, TrainingData, read_jsonl};
    /// let records = read_jsonl(
    ///     r#"{"id":"a","text":"Both sides signed.","outlook":3,"hedge":0}
    /// {"id":"b","text":"They may sign soon.","outlook":1,"hedge":1}
    /// {"id":"c","text":"The talks collapsed.","outlook":-3,"hedge":0}"#,
    /// )?;
    /// let trainer = Trainer::new(TrainParams::default());
    /// let out_of_fold = trainer.cross_validate(&TrainingData::from(records))?;
    /// assert_eq!(out_of_fold.predictions.len(), 3);
    /// # Ok::<(), detente::Error>(())
    /// ```
    ///
    /// # Errors
    /// If a setting is out of its range or no statement is labelled.
    pub fn cross_validate(&self, data: &TrainingData) -> Result<OutOfFold> {
        let Prepared { examples, data, .. } = self.prepare(data, &[], &self.on_progress)?;
        let margins = out_of_fold_margins(&data, &examples, &self.params, &|_| true, &self.on_progress)?;
        let predictions = calibrated_predictions(&margins, &examples, self.params.gate_floor);
        let (mut classes, mut class_probabilities) = (Vec::new(), Vec::new());
        if let Some(targets) = ClassTargets::new(&examples) {
            (self.on_progress)(&Progress::Classes);
            class_probabilities =
                targets.cross_validate(&data, &examples, &self.params)?.into_probabilities();
            classes = targets.into_names();
        }
        Ok(OutOfFold { predictions, classes, class_probabilities })
    }

    /// The progress callback.
    pub(crate) fn progress(&self) -> &dyn Fn(&Progress) {
        &self.on_progress
    }

    /// Checks the settings and extracts the features of all statements and of `headlines`, in this order.
    pub(crate) fn prepare<'d>(
        &self,
        data: &'d TrainingData,
        headlines: &'d [LabelledStatement],
        progress: &dyn Fn(&Progress),
    ) -> Result<Prepared<'d>> {
        self.params.check()?;
        let real = data.real.iter().map(|statement| (statement, true));
        let authored = data.authored.iter().chain(headlines).map(|statement| (statement, false));
        let mut examples: Vec<Example> = real
            .chain(authored)
            .map(|(statement, is_real)| Example::new(statement, is_real, &self.params))
            .collect();
        let (labelled, soft) = count_labels(&examples);
        if labelled == 0 {
            return Err(Error::data("there is no labelled statement to learn from"));
        }
        progress(&Progress::Statements { labelled, soft });
        let lexicon = match &self.lexicon {
            Some(lexicon) => lexicon.clone(),
            None => Engine::builtin()?.model().lexicon()?,
        };
        let statements: Vec<&LabelledStatement> = examples.iter().map(|e| e.statement).collect();
        let vocabulary = build_vocabulary(&lexicon, &statements);
        let extractor = Extractor::new(Tokenizer::new(vocabulary.clone()), &lexicon);
        let data = Dataset::new(&extractor, &statements, self.params.min_statements);
        let compose = |analysis: &mut Analysis, example: &mut Example| {
            let text = &example.statement.text;
            extractor.analyze(text, Span::new(0, text.len()), analysis);
            example.composed = analysis.composed();
        };
        examples.par_iter_mut().for_each_init(Analysis::default, compose);
        progress(&Progress::Features { words: vocabulary.len(), columns: data.keys.len() });
        Ok(Prepared { examples, data, lexicon, vocabulary })
    }
}

impl fmt::Debug for Trainer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Trainer").field("params", &self.params).finish_non_exhaustive()
    }
}

/// Numbers of labelled and of softly labelled examples.
fn count_labels(examples: &[Example]) -> (usize, usize) {
    let labelled = examples.iter().filter(|e| e.is_labelled()).count();
    let soft = examples.iter().filter(|e| e.statement.is_soft()).count();
    (labelled, soft)
}
