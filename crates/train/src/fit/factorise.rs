//! Learns the factors of pairs that stand near each other: stochastic gradients with a step a weight
//! of its own (Adagrad), from starts that are drawn by hash, averaged over several runs.

use std::collections::HashMap;

use detente::internals::combine_hash;
use detente::internals::{
    Analysis, Extractor, Factors, HEADS, Layer, LearnedTrait, MAX_TRAITS, Position, length_normalization,
};
use detente::{Result, Span};

use crate::corpus::labelled::LabelledStatement;
use crate::fit::loss::logistic;

use rayon::prelude::*;

/// Factors that one run learns.
const WIDTH: usize = 8;
/// Runs of each head in each layer; a model holds the factors of all runs and so their average.
/// Of the out-of-fold r of the words alone: .756 with one run, .762 with four.
const RUNS: [[usize; HEADS]; 2] = [[3, 1, 1], [2, 1, 1]];
/// What the pairs count for beside the other features: bearing and hedge are best at half.
const SHARE: [f64; HEADS] = [1.0, 0.5, 0.5];
/// Rounds through the statements.
const ROUNDS: u64 = 8;
/// Step of the descent.
const RATE: f32 = 0.05;
/// Pull of the linear weights and of the factors to 0, at each step.
const PULL_LINEAR: f32 = 1e-3;
const PULL_FACTORS: f32 = 5e-4;
/// Spread of the starts of the factors.
const START: f32 = 0.05;
/// Keeps the first steps small.
const CAUTION: f32 = 1e-3;

/// The places of all statements in one layer, traits as numbers of `keys`.
#[derive(Clone, Debug)]
pub(crate) struct Rows {
    layer: Layer,
    keys: Vec<u64>,
    places: Vec<[u32; MAX_TRAITS]>,
    ends: Vec<usize>,
}

/// Stands for a trait that is not there or too rare.
const NONE: u32 = u32::MAX;

impl Rows {
    /// The places of `statements`; traits of fewer than `rare` statements are left out.
    pub(crate) fn new(
        extractor: &Extractor,
        statements: &[&LabelledStatement],
        layer: Layer,
        rare: u32,
    ) -> Self {
        let read = |memory: &mut Analysis, statement: &&LabelledStatement| {
            let mut positions: Vec<Position> = Vec::new();
            extractor.analyze(&statement.text, Span::new(0, statement.text.len()), memory);
            extractor.positions(memory, layer, &mut positions);
            positions.iter().map(|at| extractor.trait_keys(layer, at.base, at.state)).collect::<Vec<_>>()
        };
        let rows: Vec<Vec<[u64; MAX_TRAITS]>> =
            statements.par_iter().map_init(Analysis::default, read).collect();
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
            counts.into_iter().filter(|(_, count)| *count >= rare).map(|(key, _)| key).collect();
        keys.sort_unstable();
        let number = |key: u64| keys.binary_search(&key).map_or(NONE, |at| at as u32);
        let mut places = Vec::new();
        let mut ends = Vec::new();
        for row in rows {
            places.extend(row.into_iter().map(|traits| traits.map(number)));
            ends.push(places.len());
        }
        Self { layer, keys, places, ends }
    }

    fn row(&self, statement: usize) -> &[[u32; MAX_TRAITS]] {
        let start = if statement == 0 { 0 } else { self.ends[statement - 1] };
        &self.places[start..self.ends[statement]]
    }
}

/// What one run learned: for every key its linear weight, then left, then right factors.
#[derive(Clone)]
struct Run {
    weights: Vec<f32>,
    intercept: f32,
}

/// Floats of a key in a run.
const STRIDE: usize = 1 + 2 * WIDTH;

/// A statement to learn from: its number, target and weight.
pub(crate) type Target = (usize, f64, f64);

/// What was learned of all heads in all layers.
pub(crate) struct Learned {
    runs: Vec<(usize, usize, Run)>,
}

/// Learns from the targets of every head; the outlook by squared error, the others by cross-entropy.
pub(crate) fn factorise(layers: &[Rows], targets: &[Vec<Target>; HEADS], seed: u64) -> Learned {
    let mut jobs = Vec::new();
    for (layer, runs) in RUNS.iter().enumerate() {
        for (head, runs) in runs.iter().enumerate() {
            jobs.extend((0..*runs).map(|run| (layer, head, run as u64)));
        }
    }
    let learn = |(layer, head, run): (usize, usize, u64)| {
        let seed = combine_hash(combine_hash(seed, run), (layer * HEADS + head) as u64);
        Some((layer, head, Run::learn(layers.get(layer)?, targets.get(head)?, head > 0, seed)))
    };
    Learned { runs: jobs.into_par_iter().filter_map(learn).collect() }
}

impl Learned {
    /// What the pairs add to the margin of a statement in each head.
    pub(crate) fn margins(&self, layers: &[Rows], statement: usize) -> [f64; HEADS] {
        let mut margins = [0.0; HEADS];
        let mut memory = Memory::default();
        for (layer, head, run) in &self.runs {
            let Some(rows) = layers.get(*layer) else { continue };
            let share = SHARE[*head] / RUNS[*layer][*head] as f64;
            margins[*head] += share * f64::from(run.margin(rows, rows.row(statement), &mut memory));
        }
        margins
    }

    /// What all runs add to the intercepts.
    pub(crate) fn intercepts(&self) -> [f64; HEADS] {
        let mut sums = [0.0; HEADS];
        for (layer, head, run) in &self.runs {
            sums[*head] += SHARE[*head] / RUNS[*layer][*head] as f64 * f64::from(run.intercept);
        }
        sums
    }

    /// The pair weights of a layer: the factors of all its runs.
    pub(crate) fn factors(&self, layers: &[Rows], layer: usize) -> Result<Factors> {
        let rows = &layers[layer];
        let none = |key: &u64| LearnedTrait { key: *key, ..LearnedTrait::default() };
        let mut traits: Vec<LearnedTrait> = rows.keys.iter().map(none).collect();
        for (_, head, run) in self.runs.iter().filter(|(of, ..)| *of == layer) {
            let share = SHARE[*head] / RUNS[layer][*head] as f64;
            for (learned, weights) in traits.iter_mut().zip(run.weights.chunks_exact(STRIDE)) {
                let (left, right) = weights[1..].split_at(WIDTH);
                learned.linear[*head] += share * f64::from(weights[0]);
                // the share of a product is parted evenly between its factors
                learned.left[*head].extend(left.iter().map(|v| share.sqrt() * f64::from(*v)));
                learned.right[*head].extend(right.iter().map(|v| share.sqrt() * f64::from(*v)));
            }
        }
        Factors::quantise(rows.layer, RUNS[layer].map(|runs| runs * WIDTH), &traits)
    }
}

/// Sums over the places of the statement at hand.
#[derive(Default)]
struct Memory {
    left: Vec<[f32; WIDTH]>,
    right: Vec<[f32; WIDTH]>,
}

impl Run {
    fn learn(rows: &Rows, targets: &[Target], is_logistic: bool, seed: u64) -> Self {
        let start = |at: usize| {
            if at.is_multiple_of(STRIDE) {
                return 0.0;
            }
            // uniform, with the standard deviation START
            let drawn = combine_hash(combine_hash(seed, rows.keys[at / STRIDE]), (at % STRIDE) as u64) >> 40;
            START * 3.0_f32.sqrt() * (drawn as f32 / (1_u32 << 23) as f32 - 1.0)
        };
        let mut run = Self { weights: (0..rows.keys.len() * STRIDE).map(start).collect(), intercept: 0.0 };
        let mut squares = vec![CAUTION; run.weights.len()];
        let mut memory = Memory::default();
        let mut order: Vec<usize> = (0..targets.len()).collect();
        for round in 0..ROUNDS {
            // a new order every round, the same for the same seed
            order.sort_by_cached_key(|at| combine_hash(combine_hash(seed, round), *at as u64));
            for at in &order {
                let (statement, y, weight) = targets[*at];
                let row = rows.row(statement);
                let margin = run.margin(rows, row, &mut memory);
                let guess = if is_logistic { logistic(f64::from(margin)) as f32 } else { margin };
                let slope = weight as f32 * (guess - y as f32);
                run.intercept -= RATE * 0.1 * slope;
                run.descend(rows.layer, row, &memory, slope, &mut squares);
            }
        }
        run
    }

    /// The margin of a row; leaves the sums of its places in `memory`.
    fn margin(&self, rows: &Rows, row: &[[u32; MAX_TRAITS]], memory: &mut Memory) -> f32 {
        memory.left.clear();
        memory.right.clear();
        let mut linear = 0.0;
        for place in row {
            let (mut left, mut right) = ([0.0; WIDTH], [0.0; WIDTH]);
            for key in place.iter().filter(|key| **key != NONE) {
                let weights = &self.weights[*key as usize * STRIDE..][..STRIDE];
                linear += weights[0];
                for z in 0..WIDTH {
                    left[z] += weights[1 + z];
                    right[z] += weights[1 + WIDTH + z];
                }
            }
            memory.left.push(left);
            memory.right.push(right);
        }
        let mut products = 0.0;
        for (at, left) in memory.left.iter().enumerate() {
            for right in memory.right.iter().skip(at + 1).take(rows.layer.window()) {
                products += left.iter().zip(right).map(|(l, r)| l * r).sum::<f32>();
            }
        }
        if row.is_empty() {
            return self.intercept;
        }
        let (one, two) = length_normalization(rows.layer, row.len());
        self.intercept + one as f32 * linear + two as f32 * products
    }

    fn descend(
        &mut self,
        layer: Layer,
        row: &[[u32; MAX_TRAITS]],
        memory: &Memory,
        slope: f32,
        squares: &mut [f32],
    ) {
        if row.is_empty() {
            return;
        }
        let (one, two) = length_normalization(layer, row.len());
        let (one, two) = (slope * one as f32, slope * two as f32);
        for (at, place) in row.iter().enumerate() {
            let (mut after, mut before) = ([0.0; WIDTH], [0.0; WIDTH]);
            for right in memory.right.iter().skip(at + 1).take(layer.window()) {
                after.iter_mut().zip(right).for_each(|(sum, v)| *sum += v);
            }
            for left in &memory.left[at.saturating_sub(layer.window())..at] {
                before.iter_mut().zip(left).for_each(|(sum, v)| *sum += v);
            }
            for key in place.iter().filter(|key| **key != NONE) {
                let from = *key as usize * STRIDE;
                let weights = &mut self.weights[from..from + STRIDE];
                let squares = &mut squares[from..from + STRIDE];
                let mut step = |z: usize, slope: f32, pull: f32| {
                    let gradient = slope + pull * weights[z];
                    squares[z] += gradient * gradient;
                    weights[z] -= RATE * gradient / squares[z].sqrt();
                };
                step(0, one, PULL_LINEAR);
                for z in 0..WIDTH {
                    step(1 + z, two * after[z], PULL_FACTORS);
                    step(1 + WIDTH + z, two * before[z], PULL_FACTORS);
                }
            }
        }
    }
}
