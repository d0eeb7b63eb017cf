//! Training: labelled statements in, model out.

use std::collections::HashMap;

use detente::internals::{Calibration, Extractor, HEADS, Tokenizer, Vocabulary, Weights, gate};
use detente::{Aggregation, Error, Lexicon, Result, TrainedModel};
use linfa::ParamGuard;
use linfa::dataset::DatasetBase;
use linfa::traits::{Fit, Predict};
use ndarray::Array1;

use crate::corpus::labelled::{LabelledArticle, LabelledStatement};
use crate::evaluate::measures::{Measures, Predicted, measure};
use crate::fit::aggregate::{AggregationCase, LearnedAggregation, learn_aggregation};
use crate::fit::dataset::{Dataset, vocabulary};
use crate::fit::factorise::{Target, factorise};
use crate::fit::folds::fold;
use crate::fit::loss::Loss;
use crate::fit::platt;
use crate::fit::solver::{LinearHead, SolverParams};
use crate::fit::sparse_matrix::SparseMatrix;

use rayon::prelude::*;

/// Settings of the training.
///
/// | name | default | purpose | range |
/// |---|---|---|---|
/// | `id` | `negotiation-en-1` | the model's name | not empty |
/// | `seed` | 1 | draws the folds | |
/// | `folds` | 5 | parts for out-of-fold figures and calibration | ≥ 2 |
/// | `l2` | 2, 1, 1 | pull of the weights to 0, for outlook, bearing, hedge | > 0 |
/// | `soft` | 1 | weight of a softly labelled statement | ≥ 0 |
/// | `authored` | 0.6 | weight of a statement without `src` or from an article | ≥ 0 |
/// | `open` | 0.35 | share of the score that stands where nothing seems to bear | above 0, ≤ 1 |
/// | `rare` | 2 | fewest statements that a column must occur in | ≥ 1 |
/// | `columns` | 238,000 | most columns that are kept, the heaviest first: the folder of the built-in model stays below 8 MB | ≥ 1 |
#[derive(Clone, Debug)]
pub struct TrainParams {
    /// The model's name.
    pub id: String,
    /// Draws the folds.
    pub seed: u64,
    /// Parts for out-of-fold figures and calibration.
    pub folds: usize,
    /// Pull of the weights to 0, for outlook, bearing, hedge.
    pub l2: [f64; HEADS],
    /// Weight of a softly labelled statement.
    pub soft: f64,
    /// Weight of a statement of an article or contrast set.
    pub authored: f64,
    /// Share of the score that stands where nothing seems to bear. Of the out-of-fold r on real
    /// statements: .749 at 1, .760 at 0.35, .760 at 0.2; on authored ones .585, .595, .593.
    pub open: f64,
    /// Fewest statements that a column must occur in.
    pub rare: u32,
    /// Most columns that are kept.
    pub columns: usize,
}

impl Default for TrainParams {
    fn default() -> Self {
        Self {
            id: "negotiation-en-1".to_owned(),
            seed: 1,
            folds: 5,
            l2: [2.0, 1.0, 1.0],
            soft: 1.0,
            authored: 0.6,
            open: 0.35,
            rare: 2,
            columns: 238_000,
        }
    }
}

/// What training gives.
#[derive(Clone, Debug)]
pub struct Trained {
    /// The model.
    pub model: TrainedModel,
    /// Figures on the statements that no fold's model had seen, authored and real ones apart.
    pub out_of_fold: Vec<(String, Measures)>,
    /// What the fold's model that had not seen it says of each statement, the real ones first;
    /// `None` of softly labelled ones.
    pub predicted: Vec<Option<Predicted>>,
    /// For each family of features: number of columns kept and sum of their absolute outlook weights.
    pub families: Vec<(&'static str, usize, f64)>,
    /// Numbers of statements: labelled, softly labelled.
    pub statements: (usize, usize),
    /// How statements add up, where there are enough labelled articles to learn it from.
    pub aggregation: Option<LearnedAggregation>,
}

/// Largest target of the outlook head: a soft label may ask for more than the scale has.
const MOST: f64 = 1.2;

/// Told what is going on, in words.
pub type Progress<'a> = &'a mut dyn FnMut(&str);

/// A statement with its weights in training.
#[derive(Clone, Copy)]
pub(crate) struct Example<'a> {
    pub(crate) statement: &'a LabelledStatement,
    pub(crate) real: bool,
    pub(crate) weight: f64,
}

impl<'a> Example<'a> {
    pub(crate) fn new(statement: &'a LabelledStatement, real: bool, params: &TrainParams) -> Self {
        let weight = match statement {
            LabelledStatement { label: None, .. } => params.soft,
            _ if real => 1.0,
            _ => params.authored,
        };
        Self { statement, real, weight }
    }
}

/// Statements with their words and features, ready to be learned from.
pub(crate) struct Prepared<'a> {
    pub(crate) examples: Vec<Example<'a>>,
    pub(crate) words: Vocabulary,
    pub(crate) data: Dataset,
}

/// Checks the settings and makes the features.
pub(crate) fn prepare<'a>(
    lexicon: &Lexicon,
    real: &'a [LabelledStatement],
    authored: &'a [LabelledStatement],
    params: &TrainParams,
    progress: Progress,
) -> Result<Prepared<'a>> {
    if params.folds < 2 {
        return Err(Error::argument("folds", "at least 2", params.folds));
    }
    if !(params.open > 0.0 && params.open <= 1.0) {
        return Err(Error::argument("open", "above 0 and at most 1", params.open));
    }
    let sorts = real.iter().map(|s| (s, true)).chain(authored.iter().map(|s| (s, false)));
    let examples: Vec<Example> =
        sorts.map(|(statement, real)| Example::new(statement, real, params)).collect();
    let labelled = examples.iter().filter(|e| e.statement.label.is_some()).count();
    if labelled == 0 {
        return Err(Error::data("there is no labelled statement to learn from"));
    }
    let soft = examples.iter().filter(|e| is_soft(e)).count();
    progress(&format!("{labelled} labelled and {soft} softly labelled statements"));
    let statements: Vec<&LabelledStatement> = examples.iter().map(|e| e.statement).collect();
    let words = vocabulary(lexicon, &statements);
    let extractor = Extractor::new(Tokenizer::new(words.clone()), lexicon);
    let data = Dataset::new(&extractor, &statements, params.rare);
    progress(&format!("{} words, {} columns", words.len(), data.keys.len()));
    Ok(Prepared { examples, words, data })
}

/// Trains on real statements, authored ones and softly labelled ones, and learns from `articles`, whose
/// statements are among the authored ones, how statements add up.
///
/// # Errors
/// When there is nothing to learn from or a setting is out of its range.
pub fn train(
    lexicon: &Lexicon,
    real: &[LabelledStatement],
    (authored, articles): (&[LabelledStatement], &[LabelledArticle]),
    params: &TrainParams,
    progress: Progress,
) -> Result<Trained> {
    // headlines are judged by the folds' models too; they have no label of their own to learn from
    let with_headlines: Vec<LabelledStatement> =
        authored.iter().cloned().chain(articles.iter().filter_map(headline)).collect();
    let Prepared { examples, words, data } = prepare(lexicon, real, &with_headlines, params, progress)?;
    let margins = out_of_fold(&data, &examples, params, &|_| true, progress)?;
    let calibration = calibrate(&margins, &examples, params.open);
    let mut predicted = predictions(&margins, &examples, &calibration);
    let aggregation = learn_aggregation(
        &cases((authored, articles), predicted.get(real.len()..).unwrap_or_default()),
        params.seed,
    );
    predicted.truncate(real.len() + authored.len());
    let out_of_fold = figures(&predicted, &examples);
    let labelled = examples.iter().filter(|e| e.statement.label.is_some()).count();
    let soft = examples.iter().filter(|e| is_soft(e)).count();

    progress("fitting on everything");
    let all: Vec<usize> = (0..examples.len()).collect();
    let heads = fit_heads(&data.x, &examples, &all, params)?;
    let learned = factorise(&data.layers, &targets(&examples, &all, params), params.seed);
    let columns = heaviest(&data, &heads, params.columns);
    let families = count_families(&data, &columns, &heads);
    let kept: Vec<(u64, [f64; HEADS])> =
        columns.iter().map(|at| (data.keys[*at], [0, 1, 2].map(|h: usize| heads[h].weights[*at]))).collect();
    let start = learned.intercepts();
    let sums = aggregation.as_ref().map_or_else(Aggregation::default, |found| found.aggregation.clone());
    let weights = Weights::quantise(&kept, [0, 1, 2].map(|h: usize| heads[h].intercept() + start[h]))?;
    let factors = [learned.factors(&data.layers, 0)?, learned.factors(&data.layers, 1)?];
    let model = TrainedModel::new(params.id.clone(), words, lexicon, weights, factors, (calibration, sums));
    let statements = (labelled, soft);
    Ok(Trained { model, out_of_fold, predicted, families, statements, aggregation })
}

/// The headline of an article as a statement without a label, in the article's group.
fn headline(article: &LabelledArticle) -> Option<LabelledStatement> {
    let first = article.statements.first()?;
    let text = article.title.clone().filter(|title| !title.trim().is_empty())?;
    Some(LabelledStatement { id: article.id.clone(), text, label: None, soft: None, ..first.clone() })
}

/// Labelled articles with what models that had not seen them say of their statements and headlines:
/// `predicted` has the authored statements in their order, then the headlines.
fn cases(
    (authored, articles): (&[LabelledStatement], &[LabelledArticle]),
    predicted: &[Option<Predicted>],
) -> Vec<AggregationCase> {
    let key = |s: &'_ LabelledStatement| (s.group.clone(), s.id.clone(), s.text.clone());
    let places: HashMap<_, usize> = authored.iter().enumerate().map(|(at, s)| (key(s), at)).collect();
    let mut headlines = predicted.iter().skip(authored.len());
    let case = |article: &LabelledArticle| {
        let headline = headline(article).and_then(|_| *headlines.next()?);
        let of = |s: &LabelledStatement| *predicted.get(*places.get(&key(s))?)?;
        let judged: Option<Vec<Predicted>> = article.statements.iter().map(of).collect();
        AggregationCase::new(article, &judged.filter(|judged| !judged.is_empty())?, headline)
    };
    articles.iter().filter_map(case).collect()
}

/// What models say of statements that they never saw, without a model in the end: one for each
/// statement, the real ones first, `None` of softly labelled ones.
///
/// # Errors
/// When there is nothing to learn from or a setting is out of its range.
pub fn cross_validate(
    lexicon: &Lexicon,
    real: &[LabelledStatement],
    authored: &[LabelledStatement],
    params: &TrainParams,
    progress: Progress,
) -> Result<Vec<Option<Predicted>>> {
    let Prepared { examples, data, .. } = prepare(lexicon, real, authored, params, progress)?;
    let margins = out_of_fold(&data, &examples, params, &|_| true, progress)?;
    Ok(predictions(&margins, &examples, &calibrate(&margins, &examples, params.open)))
}

/// Whether only a teacher judged the example: it is learned from, never measured.
fn is_soft(example: &Example) -> bool {
    example.statement.label.is_none() && example.statement.soft.is_some()
}

/// Margins of every example that is not softly labelled by a model that never saw its group; it learns from the others
/// that are `used`.
pub(crate) fn out_of_fold(
    data: &Dataset,
    examples: &[Example],
    params: &TrainParams,
    used: &dyn Fn(&Example) -> bool,
    progress: Progress,
) -> Result<Vec<[f64; HEADS]>> {
    let folds: Vec<usize> =
        examples.iter().map(|e| fold(&e.statement.group, params.seed, params.folds)).collect();
    let mut margins = vec![[0.0; HEADS]; examples.len()];
    for part in 0..params.folds {
        progress(&format!("fold {} of {}", part + 1, params.folds));
        let seen = |e: usize| folds[e] != part || is_soft(&examples[e]);
        let (mut inside, outside): (Vec<usize>, Vec<usize>) = (0..examples.len()).partition(|e| seen(*e));
        inside.retain(|e| used(&examples[*e]));
        let heads = fit_heads(&data.x, examples, &inside, params)?;
        let learned = factorise(&data.layers, &targets(examples, &inside, params), params.seed);
        let records = data.x.select(&outside);
        for (h, head) in heads.iter().enumerate() {
            let predicted = head.predict(&records);
            for (e, margin) in outside.iter().zip(predicted.iter()) {
                margins[*e][h] = *margin;
            }
        }
        let added: Vec<_> = outside.par_iter().map(|e| learned.margins(&data.layers, *e)).collect();
        for (e, added) in outside.iter().zip(added) {
            margins[*e].iter_mut().zip(added).for_each(|(margin, added)| *margin += added);
        }
    }
    Ok(margins)
}

/// Fits the three heads on the given rows.
pub(crate) fn fit_heads(
    x: &SparseMatrix,
    examples: &[Example],
    rows: &[usize],
    params: &TrainParams,
) -> Result<Vec<LinearHead>> {
    let mut heads = Vec::with_capacity(HEADS);
    for head in 0..HEADS {
        let loss = if head == 0 { Loss::Squared } else { Loss::Logistic };
        let targets = rows.iter().filter_map(|row| Some((*row, target(&examples[*row], head, params.open)?)));
        let (rows, targets): (Vec<usize>, Vec<(f64, f64)>) = targets.unzip();
        if targets.is_empty() && head == 2 {
            // labels may say nothing of hedges
            heads.push(LinearHead::blank(loss, x.width()));
            continue;
        }
        if targets.is_empty() {
            return Err(Error::data("no statement bears on a negotiation: there is nothing to learn"));
        }
        let (y, c): (Vec<f64>, Vec<f32>) = targets.into_iter().map(|(y, c)| (y, c as f32)).unzip();
        let dataset = DatasetBase::new(x.select(&rows), Array1::from(y)).with_weights(Array1::from(c));
        heads.push(SolverParams::new(loss).l2(params.l2[head]).tolerance(1e-3).check()?.fit(&dataset)?);
    }
    Ok(heads)
}

/// The targets of all heads on the given rows.
fn targets(examples: &[Example], rows: &[usize], params: &TrainParams) -> [Vec<Target>; HEADS] {
    [0, 1, 2].map(|head| {
        let of = |row: &usize| target(&examples[*row], head, params.open).map(|(y, c)| (*row, y, c));
        rows.iter().filter_map(of).collect()
    })
}

/// Target and weight of an example for a head; `None` where it says nothing to it.
///
/// The outlook head learns what stands behind the gate: its margin times the gate is the score.
pub(crate) fn target(example: &Example, head: usize, open: f64) -> Option<(f64, f64)> {
    let weight = example.weight;
    if weight <= 0.0 {
        return None;
    }
    let gated = |score: f64, bearing: f64| {
        let gate = gate(open, bearing);
        Some(((score / gate).clamp(-MOST, MOST), weight * gate * gate))
    };
    match (&example.statement.label, &example.statement.soft, head) {
        (Some(label), _, 0) => gated(label.score(), f64::from(u8::from(label.bears()))),
        (Some(label), _, 1) => Some((f64::from(u8::from(label.bears())), weight)),
        (Some(label), _, _) => Some((f64::from(u8::from(label.hedged()?)), weight)),
        (None, Some(soft), 0) => gated(soft.outlook / 3.0, soft.bearing),
        (None, Some(soft), 1) => Some((soft.bearing, weight)),
        (None, Some(soft), _) => Some((soft.hedge, weight * soft.bearing)),
        (None, None, _) => None,
    }
}

/// Curves through the out-of-fold margins of the real statements (of all, where none is real).
pub(crate) fn calibrate(margins: &[[f64; HEADS]], examples: &[Example], open: f64) -> Calibration {
    let any_real = examples.iter().any(|e| e.real && e.statement.label.is_some());
    let usable = || {
        examples
            .iter()
            .zip(margins)
            .filter(move |(e, _)| e.real || !any_real)
            .filter_map(|(e, m)| Some((e.statement.label.as_ref()?, m)))
    };
    let (bearing, bears): (Vec<f64>, Vec<bool>) = usable().map(|(label, m)| (m[1], label.bears())).unzip();
    let bearing = platt::fit(&bearing, &bears);
    let (mut xy, mut xx) = (0.0, 0.0);
    for (label, [score, bears, _]) in usable() {
        let score = score * gate(open, bearing.probability(*bears));
        xy += score * label.score();
        xx += score * score;
    }
    let (hedge, hedged): (Vec<f64>, Vec<bool>) =
        usable().filter_map(|(label, m)| Some((m[2], label.hedged()?))).unzip();
    Calibration {
        score: if xx > 0.0 { xy / xx } else { 1.0 },
        open,
        bearing,
        hedge: platt::fit(&hedge, &hedged),
    }
}

/// What the margins say of all examples but the softly labelled ones.
pub(crate) fn predictions(
    margins: &[[f64; HEADS]],
    examples: &[Example],
    calibration: &Calibration,
) -> Vec<Option<Predicted>> {
    let one = |([score, bearing, hedge], example): (&[f64; HEADS], &Example)| {
        if is_soft(example) {
            return None;
        }
        let bearing = calibration.bearing.probability(*bearing);
        Some(Predicted {
            score: (calibration.factor(bearing) * score).clamp(-1.0, 1.0),
            bearing: Some(bearing),
            hedge: Some(calibration.hedge.probability(*hedge)),
        })
    };
    margins.iter().zip(examples).map(one).collect()
}

pub(crate) fn figures(predicted: &[Option<Predicted>], examples: &[Example]) -> Vec<(String, Measures)> {
    let mut out = Vec::new();
    for (name, real) in [("real", true), ("authored", false)] {
        let cases = predicted.iter().zip(examples).filter(|(_, e)| e.real == real);
        let (predicted, labels): (Vec<_>, Vec<_>) =
            cases.filter_map(|(p, e)| Some(((*p)?, e.statement.label?))).unzip();
        if !labels.is_empty() {
            out.push((name.to_owned(), measure(&predicted, &labels)));
        }
    }
    out
}

/// The columns to keep, in their order.
fn heaviest(data: &Dataset, heads: &[LinearHead], most: usize) -> Vec<usize> {
    let weight = |at: usize| heads.iter().map(|head| head.weights[at].abs()).fold(0.0, f64::max);
    let mut columns: Vec<usize> = (0..data.keys.len()).filter(|at| weight(*at) > 1e-4).collect();
    columns.sort_by(|a, b| weight(*b).total_cmp(&weight(*a)).then(a.cmp(b)));
    columns.truncate(most);
    columns.sort_unstable();
    columns
}

fn count_families(
    data: &Dataset,
    columns: &[usize],
    heads: &[LinearHead],
) -> Vec<(&'static str, usize, f64)> {
    let mut families: Vec<(&'static str, usize, f64)> = Vec::new();
    for at in columns {
        let name = data.families[*at];
        let weight = heads[0].weights[*at].abs();
        match families.iter_mut().find(|family| family.0 == name) {
            Some(family) => {
                family.1 += 1;
                family.2 += weight;
            }
            None => families.push((name, 1, weight)),
        }
    }
    families.sort_unstable_by_key(|family| family.0);
    families
}
