//! Choosing settings by successive halving, nested: no fold is judged by a choice that saw it.

use detente::internals::hash_bytes;
use detente::internals::{HEADS, Logistic, gate};
use detente::{Error, Lexicon, Result};
use linfa::traits::Predict;

use crate::corpus::labelled::LabelledStatement;
use crate::evaluate::measures::Measures;
use crate::fit::folds::fold;
use crate::fit::train::{
    Example, Prepared, Progress, TrainParams, calibrate, figures, fit_heads, predictions, prepare,
};

/// Factors of the pulls to 0 that are tried.
const PULLS: [f64; 5] = [0.25, 0.5, 1.0, 2.0, 4.0];
/// Weights of softly labelled statements that are tried where there are some.
const SOFT: [f64; 3] = [0.3, 0.6, 1.0];
/// Weights of authored statements that are tried where there are also real ones.
const AUTHORED: [f64; 3] = [0.15, 0.3, 0.6];
/// Each round keeps one setting in three and learns from three times as many statements.
const HALVING: usize = 3;
const ROUNDS: u32 = 3;
/// Fewest statements that a round learns from; smaller data are taken whole.
const FEWEST: usize = 1000;

/// What tuning chose.
#[derive(Clone, Debug)]
pub struct Tuned {
    /// The settings that did best over all folds.
    pub params: TrainParams,
    /// Number of settings that were tried.
    pub tried: usize,
    /// Out-of-fold figures where each fold's settings were chosen without it: what the choice is
    /// worth on new data.
    pub nested: Vec<(String, Measures)>,
}

/// Tries settings around `params`.
///
/// For every fold, settings compete on the next fold, which none of them has seen; both are left
/// out of what they learn from. The chosen one then learns from all but its own fold and is
/// measured there. The settings with the least sum of losses over the folds are returned.
///
/// # Errors
/// When there is nothing to learn from, or fewer than three folds.
pub fn tune(
    lexicon: &Lexicon,
    real: &[LabelledStatement],
    authored: &[LabelledStatement],
    params: &TrainParams,
    progress: Progress,
) -> Result<Tuned> {
    if params.folds < 3 {
        return Err(Error::argument("folds", "at least 3 to tune", params.folds));
    }
    let prepared = prepare(lexicon, real, authored, params, progress)?;
    let examples = &prepared.examples;
    let candidates = candidates(params, examples);
    let folds: Vec<usize> =
        examples.iter().map(|e| fold(&e.statement.group, params.seed, params.folds)).collect();
    let labelled = |e: usize| examples[e].statement.label.is_some();
    let mut sums = vec![(0.0, 0_usize); candidates.len()];
    let mut margins = vec![[0.0; HEADS]; examples.len()];
    for part in 0..params.folds {
        let next = (part + 1) % params.folds;
        let judges: Vec<usize> = (0..examples.len()).filter(|e| labelled(*e) && folds[*e] == next).collect();
        let learned: Vec<usize> = (0..examples.len())
            .filter(|e| !labelled(*e) || (folds[*e] != part && folds[*e] != next))
            .collect();
        let mut alive: Vec<usize> = (0..candidates.len()).collect();
        for round in 0..ROUNDS {
            let part_of = HALVING.pow(ROUNDS - 1 - round);
            let one_in = if learned.len() / part_of < FEWEST { 1 } else { part_of as u64 };
            let rows: Vec<usize> = learned
                .iter()
                .copied()
                .filter(|e| hash_bytes(examples[*e].statement.id.as_bytes()).is_multiple_of(one_in))
                .collect();
            progress(&format!(
                "tuning, fold {} of {}: {} settings on {} statements",
                part + 1,
                params.folds,
                alive.len(),
                rows.len()
            ));
            let mut ranked = Vec::with_capacity(alive.len());
            for at in alive {
                let loss = loss(&prepared, &candidates[at], &rows, &judges)?;
                sums[at] = (sums[at].0 + loss, sums[at].1 + 1);
                ranked.push((loss, at));
            }
            ranked.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            ranked.truncate(if round + 1 == ROUNDS { 1 } else { ranked.len().div_ceil(HALVING) });
            alive = ranked.into_iter().map(|(_, at)| at).collect();
        }
        let chosen = &candidates[alive[0]];
        let rows: Vec<usize> = (0..examples.len()).filter(|e| !labelled(*e) || folds[*e] != part).collect();
        let outside: Vec<usize> = (0..examples.len()).filter(|e| labelled(*e) && folds[*e] == part).collect();
        let heads = fit_heads(&prepared.data.x, &weighed(examples, chosen), &rows, chosen)?;
        let records = prepared.data.x.select(&outside);
        for (h, head) in heads.iter().enumerate() {
            for (e, margin) in outside.iter().zip(head.predict(&records).iter()) {
                margins[*e][h] = *margin;
            }
        }
    }
    // those that came farthest most often, then by their mean loss
    let best = (0..candidates.len()).min_by(|a, b| {
        let mean = |at: usize| sums[at].0 / sums[at].1.max(1) as f64;
        sums[*b].1.cmp(&sums[*a].1).then(mean(*a).total_cmp(&mean(*b)))
    });
    let params = best.map_or_else(|| params.clone(), |at| candidates[at].clone());
    let calibration = calibrate(&margins, examples, params.open);
    let nested = figures(&predictions(&margins, examples, &calibration), examples);
    Ok(Tuned { params, tried: candidates.len(), nested })
}

fn candidates(params: &TrainParams, examples: &[Example]) -> Vec<TrainParams> {
    let any = |wanted: &dyn Fn(&Example) -> bool| examples.iter().any(wanted);
    let soft = any(&|e| e.statement.label.is_none());
    let mixed = any(&|e| e.real && e.statement.label.is_some()) && any(&|e| !e.real);
    let choice = |all: [f64; 3], free: bool, fixed: f64| if free { all.to_vec() } else { vec![fixed] };
    let mut found = Vec::new();
    for pull in PULLS {
        for soft in choice(SOFT, soft, params.soft) {
            for authored in choice(AUTHORED, mixed, params.authored) {
                let l2 = params.l2.map(|l2| l2 * pull);
                found.push(TrainParams { l2, soft, authored, ..params.clone() });
            }
        }
    }
    found
}

fn weighed<'a>(examples: &[Example<'a>], params: &TrainParams) -> Vec<Example<'a>> {
    examples.iter().map(|e| Example::new(e.statement, e.real, params)).collect()
}

/// How badly models of these settings do on the judges (the real ones, where there are any): squared error
/// of the score and cross-entropies of bearing and hedge, each as a share of what a constant would lose.
fn loss(prepared: &Prepared, params: &TrainParams, rows: &[usize], judges: &[usize]) -> Result<f64> {
    let examples = weighed(&prepared.examples, params);
    let heads = fit_heads(&prepared.data.x, &examples, rows, params)?;
    let any_real = judges.iter().any(|e| examples[*e].real);
    let judges: Vec<usize> = judges.iter().copied().filter(|e| examples[*e].real || !any_real).collect();
    let records = prepared.data.x.select(&judges);
    let margins: Vec<_> = heads.iter().map(|head| head.predict(&records)).collect();
    let straight = Logistic { slope: 1.0, shift: 0.0 };
    let (mut score, mut bearing, mut hedge) = (Vec::new(), Vec::new(), Vec::new());
    for (at, e) in judges.iter().enumerate() {
        let Some(label) = &examples[*e].statement.label else { continue };
        let bears = straight.probability(margins[1][at]);
        score.push((gate(params.open, bears) * margins[0][at], label.score()));
        bearing.push((bears, f64::from(u8::from(label.bears()))));
        if let Some(hedged) = label.hedged() {
            hedge.push((straight.probability(margins[2][at]), f64::from(u8::from(hedged))));
        }
    }
    let squared = |p: f64, y: f64| (p - y).powi(2);
    let entropy = |p: f64, y: f64| {
        let p = p.clamp(1e-9, 1.0 - 1e-9);
        -(y * p.ln() + (1.0 - y) * (1.0 - p).ln())
    };
    Ok(share(&score, squared) + share(&bearing, entropy) + share(&hedge, entropy))
}

fn share(cases: &[(f64, f64)], cost: impl Fn(f64, f64) -> f64) -> f64 {
    let mean = cases.iter().map(|(_, y)| y).sum::<f64>() / cases.len().max(1) as f64;
    let constant: f64 = cases.iter().map(|(_, y)| cost(mean, *y)).sum();
    let here: f64 = cases.iter().map(|(p, y)| cost(*p, *y)).sum();
    if constant > 0.0 { here / constant } else { 0.0 }
}
