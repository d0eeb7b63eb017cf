//! Pair factors: a factorisation machine over traits of neighbouring positions.
//!
//! The margin of a statement is the sum of linear weights of its traits plus, for each pair of positions
//! within a window, the product of the left factors of the first and the right factors of the second
//! (Rendle 2010, with factors by side). Fitted by stochastic gradient descent with Adagrad, averaged over
//! several runs from different initial factors.

use std::collections::HashMap;

use detente::internals::{
    Analysis, Extractor, Factors, HEADS, Layer, LearnedTrait, MAX_TRAITS, Position, combine_hash,
    length_normalization,
};
use detente::{Result, Span};
use rayon::prelude::*;

use crate::corpus::labelled::LabelledStatement;
use crate::fit::examples::{OUTLOOK, Target};
use crate::fit::loss::logistic;

/// Factors of a trait in one run.
const FACTORS: usize = 8;
/// Runs by layer and head. A model holds the factors of all runs, which is their average. Out-of-fold r of
/// the word layer alone: .756 with one run, .762 with four.
const RUNS: [[usize; HEADS]; 2] = [[3, 1, 1], [2, 1, 1]];
/// Factor of the pair margin by head. Bearing and hedge are best at half.
const HEAD_SCALE: [f64; HEADS] = [1.0, 0.5, 0.5];
/// Passes over the statements.
const EPOCHS: u64 = 8;
/// Adagrad's learning rate.
const LEARNING_RATE: f32 = 0.05;
/// Learning rate of the intercept, which has no Adagrad scaling.
const INTERCEPT_RATE: f32 = LEARNING_RATE * 0.1;
/// L2 penalty of the linear weights, per step.
const LINEAR_L2: f32 = 1e-3;
/// L2 penalty of the factors, per step.
const FACTOR_L2: f32 = 5e-4;
/// Standard deviation of the initial factors.
const INITIAL_SD: f32 = 0.05;
/// Initial sum of squared gradients, which keeps the first steps small.
const INITIAL_SQUARES: f32 = 1e-3;
/// Index of a trait that is absent or rare.
const ABSENT: u32 = u32::MAX;
/// Parameters of a trait in one run: its linear weight, its left and its right factors.
const STRIDE: usize = 1 + 2 * FACTORS;

/// The positions of all statements in one layer.
#[derive(Clone, Debug)]
pub(crate) struct PositionRows {
    layer: Layer,
    /// Keys of the traits, sorted.
    keys: Vec<u64>,
    /// Trait indices of each position, statement after statement.
    positions: Vec<[u32; MAX_TRAITS]>,
    /// End of each statement's positions.
    ends: Vec<usize>,
}

impl PositionRows {
    /// Extracts the positions of `statements`; traits in fewer than `min_statements` are left out.
    pub(crate) fn new(
        extractor: &Extractor,
        statements: &[&LabelledStatement],
        layer: Layer,
        min_statements: u32,
    ) -> Self {
        let extract = |analysis: &mut Analysis, statement: &&LabelledStatement| {
            let mut positions: Vec<Position> = Vec::new();
            extractor.analyze(&statement.text, Span::new(0, statement.text.len()), analysis);
            extractor.positions(analysis, layer, &mut positions);
            positions
                .iter()
                .map(|p| extractor.trait_keys(layer, p.base, p.state, p.event))
                .collect::<Vec<_>>()
        };
        let rows: Vec<Vec<[u64; MAX_TRAITS]>> =
            statements.par_iter().map_init(Analysis::default, extract).collect();
        let mut counts: HashMap<u64, u32> = HashMap::new();
        for row in &rows {
            let mut traits: Vec<u64> = row.iter().flatten().copied().filter(|key| *key != 0).collect();
            traits.sort_unstable();
            traits.dedup();
            for key in traits {
                *counts.entry(key).or_insert(0) += 1;
            }
        }
        let mut keys: Vec<u64> =
            counts.into_iter().filter(|(_, count)| *count >= min_statements).map(|(key, _)| key).collect();
        keys.sort_unstable();
        let index = |key: u64| keys.binary_search(&key).map_or(ABSENT, |at| at as u32);
        let mut positions = Vec::new();
        let mut ends = Vec::new();
        for row in rows {
            positions.extend(row.into_iter().map(|traits| traits.map(index)));
            ends.push(positions.len());
        }
        Self { layer, keys, positions, ends }
    }

    fn row(&self, statement: usize) -> &[[u32; MAX_TRAITS]] {
        let start = if statement == 0 { 0 } else { self.ends[statement - 1] };
        &self.positions[start..self.ends[statement]]
    }
}

/// The pair factors of all heads in all layers.
pub(crate) struct PairFactors {
    runs: Vec<Run>,
}

/// The result of one run for one head in one layer.
struct Run {
    layer: usize,
    head: usize,
    machine: FactorizationMachine,
}

impl Run {
    /// Share of this run in the margin of its head.
    fn share(&self) -> f64 {
        HEAD_SCALE[self.head] / RUNS[self.layer][self.head] as f64
    }
}

impl PairFactors {
    /// Fits the factors of every head on its targets: the outlook by squared error, the others by
    /// cross-entropy.
    pub(crate) fn fit(layers: &[PositionRows], targets: &[Vec<Target>; HEADS], seed: u64) -> Self {
        let mut jobs = Vec::new();
        for (layer, runs) in RUNS.iter().enumerate() {
            for (head, runs) in runs.iter().enumerate() {
                jobs.extend((0..*runs).map(|run| (layer, head, run as u64)));
            }
        }
        let fit = |(layer, head, run): (usize, usize, u64)| {
            let seed = combine_hash(combine_hash(seed, run), (layer * HEADS + head) as u64);
            let is_logistic = head != OUTLOOK;
            let machine =
                FactorizationMachine::fit(layers.get(layer)?, targets.get(head)?, is_logistic, seed);
            Some(Run { layer, head, machine })
        };
        Self { runs: jobs.into_par_iter().filter_map(fit).collect() }
    }

    /// What the pairs add to the margins of a statement.
    pub(crate) fn margins(&self, layers: &[PositionRows], statement: usize) -> [f64; HEADS] {
        let mut margins = [0.0; HEADS];
        let mut sums = FactorSums::default();
        for run in &self.runs {
            let Some(rows) = layers.get(run.layer) else { continue };
            let margin = run.machine.margin(rows.layer, rows.row(statement), &mut sums);
            margins[run.head] += run.share() * f64::from(margin);
        }
        margins
    }

    /// What the runs add to the intercepts.
    pub(crate) fn intercepts(&self) -> [f64; HEADS] {
        let mut sums = [0.0; HEADS];
        for run in &self.runs {
            sums[run.head] += run.share() * f64::from(run.machine.intercept);
        }
        sums
    }

    /// The factors of all runs of a layer, as the model stores them.
    pub(crate) fn factors(&self, layers: &[PositionRows], layer: usize) -> Result<Factors> {
        let rows = &layers[layer];
        let without_factors = |key: &u64| LearnedTrait { key: *key, ..LearnedTrait::default() };
        let mut traits: Vec<LearnedTrait> = rows.keys.iter().map(without_factors).collect();
        for run in self.runs.iter().filter(|run| run.layer == layer) {
            let (head, share) = (run.head, run.share());
            for (learned, parameters) in traits.iter_mut().zip(run.machine.parameters.chunks_exact(STRIDE)) {
                let (left, right) = parameters[1..].split_at(FACTORS);
                learned.linear[head] += share * f64::from(parameters[0]);
                // both factors of a product get the root of its share
                learned.left[head].extend(left.iter().map(|v| share.sqrt() * f64::from(*v)));
                learned.right[head].extend(right.iter().map(|v| share.sqrt() * f64::from(*v)));
            }
        }
        Factors::quantise(rows.layer, RUNS[layer].map(|runs| runs * FACTORS), &traits)
    }
}

/// Linear weights and factors of traits.
struct FactorizationMachine {
    /// `STRIDE` numbers per trait.
    parameters: Vec<f32>,
    intercept: f32,
}

/// Sums of the factors over the traits of each position of a statement.
#[derive(Default)]
struct FactorSums {
    left: Vec<[f32; FACTORS]>,
    right: Vec<[f32; FACTORS]>,
}

impl FactorizationMachine {
    fn fit(rows: &PositionRows, targets: &[Target], is_logistic: bool, seed: u64) -> Self {
        let initial = |at: usize| {
            if at.is_multiple_of(STRIDE) {
                return 0.0;
            }
            // uniform with standard deviation INITIAL_SD
            let bits = combine_hash(combine_hash(seed, rows.keys[at / STRIDE]), (at % STRIDE) as u64) >> 40;
            INITIAL_SD * 3.0_f32.sqrt() * (bits as f32 / (1_u32 << 23) as f32 - 1.0)
        };
        let parameters = (0..rows.keys.len() * STRIDE).map(initial).collect();
        let mut machine = Self { parameters, intercept: 0.0 };
        let mut squares = vec![INITIAL_SQUARES; machine.parameters.len()];
        let mut sums = FactorSums::default();
        let mut order: Vec<usize> = (0..targets.len()).collect();
        for epoch in 0..EPOCHS {
            // shuffles by hash, so that the order depends on the seed alone
            order.sort_by_cached_key(|at| combine_hash(combine_hash(seed, epoch), *at as u64));
            for at in &order {
                let Target { example, value, weight } = targets[*at];
                let row = rows.row(example);
                let margin = machine.margin(rows.layer, row, &mut sums);
                let predicted = if is_logistic { logistic(f64::from(margin)) as f32 } else { margin };
                let slope = weight as f32 * (predicted - value as f32);
                machine.intercept -= INTERCEPT_RATE * slope;
                machine.descend(rows.layer, row, &sums, slope, &mut squares);
            }
        }
        machine
    }

    /// The margin of a statement; leaves the factor sums of its positions in `sums`.
    fn margin(&self, layer: Layer, row: &[[u32; MAX_TRAITS]], sums: &mut FactorSums) -> f32 {
        sums.left.clear();
        sums.right.clear();
        let mut linear = 0.0;
        for position in row {
            let (mut left, mut right) = ([0.0; FACTORS], [0.0; FACTORS]);
            for index in position.iter().filter(|index| **index != ABSENT) {
                let parameters = &self.parameters[*index as usize * STRIDE..][..STRIDE];
                linear += parameters[0];
                for z in 0..FACTORS {
                    left[z] += parameters[1 + z];
                    right[z] += parameters[1 + FACTORS + z];
                }
            }
            sums.left.push(left);
            sums.right.push(right);
        }
        let mut products = 0.0;
        for (at, left) in sums.left.iter().enumerate() {
            for right in sums.right.iter().skip(at + 1).take(layer.window()) {
                products += left.iter().zip(right).map(|(l, r)| l * r).sum::<f32>();
            }
        }
        if row.is_empty() {
            return self.intercept;
        }
        let (linear_factor, pair_factor) = length_normalization(layer, row.len());
        self.intercept + linear_factor as f32 * linear + pair_factor as f32 * products
    }

    /// One Adagrad step; `slope` is the derivative of the loss by the margin.
    fn descend(
        &mut self,
        layer: Layer,
        row: &[[u32; MAX_TRAITS]],
        sums: &FactorSums,
        slope: f32,
        squares: &mut [f32],
    ) {
        if row.is_empty() {
            return;
        }
        let (linear_factor, pair_factor) = length_normalization(layer, row.len());
        let (by_linear, by_pair) = (slope * linear_factor as f32, slope * pair_factor as f32);
        for (at, position) in row.iter().enumerate() {
            let (mut after, mut before) = ([0.0; FACTORS], [0.0; FACTORS]);
            for right in sums.right.iter().skip(at + 1).take(layer.window()) {
                after.iter_mut().zip(right).for_each(|(sum, v)| *sum += v);
            }
            for left in &sums.left[at.saturating_sub(layer.window())..at] {
                before.iter_mut().zip(left).for_each(|(sum, v)| *sum += v);
            }
            for index in position.iter().filter(|index| **index != ABSENT) {
                let start = *index as usize * STRIDE;
                let parameters = &mut self.parameters[start..start + STRIDE];
                let squares = &mut squares[start..start + STRIDE];
                let mut step = |z: usize, slope: f32, l2: f32| {
                    let gradient = slope + l2 * parameters[z];
                    squares[z] += gradient * gradient;
                    parameters[z] -= LEARNING_RATE * gradient / squares[z].sqrt();
                };
                step(0, by_linear, LINEAR_L2);
                for z in 0..FACTORS {
                    step(1 + z, by_pair * after[z], FACTOR_L2);
                    step(1 + FACTORS + z, by_pair * before[z], FACTOR_L2);
                }
            }
        }
    }
}
