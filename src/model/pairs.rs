//! [`Pairs`]: the weights of [`Factors`] as scoring reads them.
//!
//! The factors of all traits of a base are added up beforehand, and those that a state changes: a word costs one
//! row, or two where a cue speaks for it. Every number is kept as two of 16 bits, its upper part and its last eight
//! bits, so that the sum of the eight places before, and its products, stay exact in the integers that every
//! processor multiplies eight at a time: the margin is exactly the sum of its pairs, in whatever order.

use wide::{i16x8, i32x4};

use super::factors::{Dims, Factors, factors_of_length};
use super::keys::Keys;
use super::trained::HEADS;
use crate::feature::{Extractor, Layer, Place, STATES, TRAITS};

/// Factors of a cell.
const LANES: usize = 8;
/// Places whose products are added in 32 bits. Of a place the upper part is at most 640 (five rows of the file) and
/// the lower 256, of the eight before at most 5,120 and 2,048: 256 times two products of the upper parts are 1.7e9.
const BLOCK: usize = 256;

/// The weights of one layer.
#[derive(Clone, Debug)]
pub(super) struct Pairs {
    layer: Layer,
    /// Cells of each head in a row.
    cells: Dims,
    /// The row of every base and of every state; row 0 is empty.
    bases: Vec<u32>,
    states: Vec<u32>,
    rows: Vec<Cell>,
    /// The linear weights of every row.
    linear: Vec<[i32; HEADS]>,
    scales: [[f64; 2]; HEADS],
}

/// Eight numbers: what stands above their last eight bits, and those.
type Parts = [i16x8; 2];

/// Eight left and eight right factors of a row: a line of memory.
#[derive(Clone, Copy, Debug, Default)]
struct Cell {
    left: Parts,
    right: Parts,
}

/// Working memory; keep one a thread.
#[derive(Clone, Debug, Default)]
pub(super) struct PairMemory {
    /// Rows of base and state of every place.
    rows: Vec<[u32; 2]>,
    /// Sums of the left factors of all places before each; in front as many zeros as the window has places.
    before: Vec<Parts>,
}

impl Pairs {
    pub(super) fn new(extractor: &Extractor, factors: &Factors) -> Self {
        let (dims, keys, rows, scales) = factors.parts();
        let mut pairs = Self {
            layer: factors.layer(),
            cells: dims.map(|d| d.div_ceil(LANES)),
            bases: Vec::new(),
            states: Vec::new(),
            rows: Vec::new(),
            linear: Vec::new(),
            scales,
        };
        // the keys were found to be in order when the factors were stored
        let Ok(keys) = Keys::new(keys.to_vec()) else { return pairs };
        let stored = Stored { dims, rows, keys };
        pairs.push(&stored, [None; TRAITS], [None; TRAITS]);
        // the first trait settles the others; the row of a base without it is the second's
        let count = keys_of(&stored);
        let mut known = vec![0; 2 * count + 1];
        for base in 0..extractor.bases(pairs.layer) {
            let traits = stored.numbers(extractor.traits(pairs.layer, base, None));
            let settled = match traits {
                [Some(first), ..] => first,
                [None, Some(second), _] => count + second,
                _ => 2 * count,
            };
            if known[settled] == 0 {
                known[settled] = pairs.push(&stored, traits, [None; TRAITS]);
            }
            pairs.bases.push(known[settled]);
        }
        let bare = stored.numbers(extractor.traits(pairs.layer, 0, None));
        let mut last = ([None; TRAITS], 0);
        for state in 0..if pairs.bases.is_empty() { 0 } else { STATES } {
            let traits = stored.numbers(extractor.traits(pairs.layer, 0, Some(state)));
            if traits != last.0 {
                last = (traits, pairs.push(&stored, traits, bare));
            }
            pairs.states.push(last.1);
        }
        pairs
    }

    /// Appends the sum of stored rows, less that of others; gives the row's number.
    fn push(
        &mut self,
        stored: &Stored<'_>,
        plus: [Option<usize>; TRAITS],
        minus: [Option<usize>; TRAITS],
    ) -> u32 {
        let (plus, minus) = (plus.map(|row| stored.row(row)), minus.map(|row| stored.row(row)));
        let at = |at: usize| {
            let sum = |rows: &[&[i16]; TRAITS]| {
                rows.iter().map(|row| row.get(at).map_or(0, |v| i32::from(*v))).sum::<i32>()
            };
            sum(&plus) - sum(&minus)
        };
        let width: usize = stored.dims.iter().sum();
        let mut from = HEADS;
        for dims in stored.dims {
            for first in (0..dims).step_by(LANES) {
                let side = |start: usize| {
                    let mut values = [0; LANES];
                    for (lane, value) in values.iter_mut().enumerate().take(dims - first) {
                        *value = at(start + first + lane);
                    }
                    parts(values)
                };
                self.rows.push(Cell { left: side(from), right: side(from + width) });
            }
            from += dims;
        }
        self.linear.push([at(0), at(1), at(2)]);
        self.linear.len() as u32 - 1
    }

    /// The layer that the weights belong to.
    pub(super) fn layer(&self) -> Layer {
        self.layer
    }

    fn row_of(&self, place: &Place) -> [u32; 2] {
        let state = place.state.and_then(|state| self.states.get(usize::from(state)));
        [self.bases.get(place.base as usize).copied().unwrap_or_default(), state.copied().unwrap_or_default()]
    }

    /// What the places of a statement add to the margins.
    pub(super) fn add(&self, places: &[Place], memory: &mut PairMemory, margins: &mut [f64; HEADS]) {
        let width: usize = self.cells.iter().sum();
        if width == 0 || places.is_empty() {
            return;
        }
        memory.rows.clear();
        let mut linear = [0_i64; HEADS];
        for place in places {
            let rows = self.row_of(place);
            for row in rows {
                let weights = self.linear.get(row as usize).copied().unwrap_or_default();
                linear.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += i64::from(weight));
            }
            memory.rows.push(rows.map(|row| row * width as u32));
        }
        let window = self.layer.window();
        memory.before.resize(places.len().max(window) + window, Parts::default());
        memory.before[..window].fill(Parts::default());
        let mut cell = 0;
        let (one, two) = factors_of_length(self.layer, places.len());
        for (head, margin) in margins.iter_mut().enumerate() {
            let mut product = 0;
            for _ in 0..self.cells[head] {
                product += self.product(cell, memory);
                cell += 1;
            }
            let [of_linear, of_product] = self.scales[head];
            *margin += one * of_linear * linear[head] as f64 + two * of_product * product as f64;
        }
    }

    /// The sum over all pairs of the products in one cell of their rows.
    fn product(&self, cell: u32, memory: &mut PairMemory) -> i64 {
        let window = self.layer.window();
        let mut all = Parts::default();
        let mut product = 0;
        let mut at = 0;
        for block in memory.rows.chunks(BLOCK) {
            let mut sums = [i32x4::default(); 3];
            for [base, state] in block {
                let Some(Cell { mut left, mut right }) = self.rows.get((base + cell) as usize).copied()
                else {
                    continue;
                };
                if *state != 0
                    && let Some(more) = self.rows.get((state + cell) as usize)
                {
                    left = plus(left, more.left);
                    right = plus(right, more.right);
                }
                let before = minus(all, memory.before[at]);
                sums[0] += before[0].dot(right[0]);
                sums[1] += before[0].dot(right[1]) + before[1].dot(right[0]);
                sums[2] += before[1].dot(right[1]);
                memory.before[at + window] = all;
                all = plus(all, left);
                at += 1;
            }
            let [upper, mixed, lower] =
                sums.map(|sum| sum.to_array().into_iter().map(i64::from).sum::<i64>());
            product += (upper << 16) + (mixed << 8) + lower;
        }
        product
    }

    /// What each place and each pair of places adds to the margin of a head: both places (the
    /// same twice for a place by itself) and the amount. The sum is what [`add`](Self::add) adds.
    pub(super) fn shares(&self, places: &[Place], head: usize, mut share: impl FnMut(Place, Place, f64)) {
        if places.is_empty() || self.cells.iter().all(|cells| *cells == 0) || head >= HEADS {
            return;
        }
        let (one, two) = factors_of_length(self.layer, places.len());
        let [of_linear, of_product] = self.scales[head];
        for place in places {
            let linear = self.row_of(place).map(|row| self.linear.get(row as usize).map_or(0, |w| w[head]));
            let linear = linear.into_iter().map(i64::from).sum::<i64>();
            share(*place, *place, one * of_linear * linear as f64);
        }
        let sides: Vec<[Vec<i64>; 2]> = places.iter().map(|place| self.factors(place, head)).collect();
        for (at, (first, [left, _])) in places.iter().zip(&sides).enumerate() {
            let ahead = places.iter().zip(&sides).skip(at + 1).take(self.layer.window());
            for (second, [_, right]) in ahead {
                let product: i64 = left.iter().zip(right).map(|(l, r)| l * r).sum();
                share(*first, *second, two * of_product * product as f64);
            }
        }
    }

    /// Left and right factors of a place in a head.
    fn factors(&self, place: &Place, head: usize) -> [Vec<i64>; 2] {
        let width: usize = self.cells.iter().sum();
        let from: usize = self.cells.iter().take(head).sum();
        let [base, state] = self.row_of(place).map(|row| {
            self.rows
                .iter()
                .skip(row as usize * width + from)
                .take(self.cells[head])
                .copied()
                .collect::<Vec<_>>()
        });
        [|cell: &Cell| cell.left, |cell: &Cell| cell.right].map(|side| {
            base.iter().zip(&state).flat_map(|(base, state)| whole(plus(side(base), side(state)))).collect()
        })
    }
}

/// What was stored, with a way to find a trait's row.
struct Stored<'a> {
    dims: Dims,
    rows: &'a [i16],
    keys: Keys,
}

impl<'a> Stored<'a> {
    fn numbers(&self, traits: [u64; TRAITS]) -> [Option<usize>; TRAITS] {
        traits.map(|key| if key == 0 { None } else { self.keys.find(key) })
    }

    fn row(&self, number: Option<usize>) -> &'a [i16] {
        let width = HEADS + 2 * self.dims.iter().sum::<usize>();
        number.and_then(|at| self.rows.get(at * width..(at + 1) * width)).unwrap_or_default()
    }
}

fn keys_of(stored: &Stored<'_>) -> usize {
    stored.keys.as_slice().len()
}

fn parts(values: [i32; LANES]) -> Parts {
    let upper = values.map(|value| (value + 128) >> 8);
    let mut lower = values;
    lower.iter_mut().zip(upper).for_each(|(value, upper)| *value -= upper << 8);
    [i16x8::new(upper.map(|v| v as i16)), i16x8::new(lower.map(|v| v as i16))]
}

fn whole([upper, lower]: Parts) -> impl Iterator<Item = i64> {
    upper.to_array().into_iter().zip(lower.to_array()).map(|(u, l)| (i64::from(u) << 8) + i64::from(l))
}

#[inline]
fn plus(a: Parts, b: Parts) -> Parts {
    [a[0] + b[0], a[1] + b[1]]
}

#[inline]
fn minus(a: Parts, b: Parts) -> Parts {
    [a[0] - b[0], a[1] - b[1]]
}
