//! [`Pairs`]: the weights of [`Factors`] as scoring reads them.
//!
//! The factors of all traits of a base are added up beforehand, and those that a state changes: a word costs one
//! row, or two where a cue speaks for it. The factors of a trait have ten bits, so that the sums of the places
//! before, and their products, stay exact in integers of 16 and 32 bits, which every processor multiplies eight
//! at a time: the margin is exactly the sum of its pairs, in whatever order.

use wide::{i16x8, i32x4};

use super::factors::{Dims, Factors, LARGEST_FACTOR, factors_of_length};
use super::trained::HEADS;
use crate::feature::{Extractor, Layer, Place, STATES, TRAITS};

/// Factors of a cell.
const LANES: usize = 8;
/// Most places that a window may have.
const REACH: usize = 8;
/// Places whose products are added in 32 bits before they are put to the 64 of the whole.
const BLOCK: usize = 56;
const _: () = {
    let place = TRAITS * LARGEST_FACTOR as usize;
    assert!(REACH * place <= i16::MAX as usize);
    assert!(BLOCK * 2 * REACH * place * place <= i32::MAX as usize);
};

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

/// Eight left and eight right factors of a row.
#[derive(Clone, Copy, Debug, Default)]
struct Cell {
    left: i16x8,
    right: i16x8,
}

/// Where the cells of a place start: those of its base, and those of its state, 0 where it has none.
#[derive(Clone, Copy, Debug, Default)]
struct Start {
    base: u32,
    state: u32,
}

/// Working memory; keep one a thread.
#[derive(Clone, Debug, Default)]
pub(super) struct PairMemory {
    starts: Vec<Start>,
}

impl Pairs {
    pub(super) fn new(extractor: &Extractor, factors: &Factors) -> Self {
        let (dims, keys, _, scales) = factors.parts();
        let mut pairs = Self {
            layer: factors.layer(),
            cells: dims.map(|d| d.div_ceil(LANES)),
            bases: Vec::new(),
            states: Vec::new(),
            rows: Vec::new(),
            linear: Vec::new(),
            scales,
        };
        pairs.push(factors, [None; TRAITS], [None; TRAITS]);
        // the first trait settles the others; the row of a base without it is the second's
        let count = keys.len();
        let mut known = vec![0; 2 * count + 1];
        for base in 0..extractor.bases(pairs.layer) {
            let traits = factors.numbers(extractor.traits(pairs.layer, base, None));
            let settled = match traits {
                [Some(first), ..] => first,
                [None, Some(second), _] => count + second,
                _ => 2 * count,
            };
            if known[settled] == 0 {
                known[settled] = pairs.push(factors, traits, [None; TRAITS]);
            }
            pairs.bases.push(known[settled]);
        }
        let bare = factors.numbers(extractor.traits(pairs.layer, 0, None));
        let mut last = ([None; TRAITS], 0);
        for state in 0..if pairs.bases.is_empty() { 0 } else { STATES } {
            let traits = factors.numbers(extractor.traits(pairs.layer, 0, Some(state)));
            if traits != last.0 {
                last = (traits, pairs.push(factors, traits, bare));
            }
            pairs.states.push(last.1);
        }
        pairs
    }

    /// Appends the sum of stored rows, less that of others; gives the row's number.
    fn push(
        &mut self,
        factors: &Factors,
        plus: [Option<usize>; TRAITS],
        minus: [Option<usize>; TRAITS],
    ) -> u32 {
        let (dims, ..) = factors.parts();
        let width: usize = dims.iter().sum();
        let mut sums = vec![0_i32; HEADS + 2 * width];
        for (sign, rows) in [(1, plus), (-1, minus)] {
            for row in rows.into_iter().flatten() {
                sums.iter_mut()
                    .zip(factors.row(row))
                    .for_each(|(sum, value)| *sum += sign * i32::from(*value));
            }
        }
        let (linear, sides) = sums.split_at(HEADS);
        let (left, right) = sides.split_at(width);
        let eight = |side: &[i32]| {
            let mut lanes = [0; LANES];
            lanes.iter_mut().zip(side).for_each(|(lane, value)| *lane = *value as i16);
            i16x8::new(lanes)
        };
        let mut from = 0;
        for dims in dims {
            let own = from..from + dims;
            let sides = left[own.clone()].chunks(LANES).zip(right[own].chunks(LANES));
            self.rows.extend(sides.map(|(left, right)| Cell { left: eight(left), right: eight(right) }));
            from += dims;
        }
        self.linear.push([linear[0], linear[1], linear[2]]);
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
        let starts = &mut memory.starts;
        starts.clear();
        let mut linear = [0_i64; HEADS];
        let mut add_linear = |row: u32| {
            let weights = self.linear.get(row as usize).copied().unwrap_or_default();
            linear.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += i64::from(weight));
        };
        for place in places {
            let [base, state] = self.row_of(place);
            add_linear(base);
            if state != 0 {
                add_linear(state);
            }
            starts.push(Start { base: base * width as u32, state: state * width as u32 });
        }
        let mut cell = 0;
        let (one, two) = factors_of_length(self.layer, places.len());
        for (head, margin) in margins.iter_mut().enumerate() {
            let mut product = 0;
            for _ in 0..self.cells[head] {
                product += self.product(cell, starts);
                cell += 1;
            }
            let [of_linear, of_product] = self.scales[head];
            *margin += one * of_linear * linear[head] as f64 + two * of_product * product as f64;
        }
    }

    /// The sum over all pairs of the products in one cell of their rows.
    fn product(&self, cell: usize, starts: &[Start]) -> i64 {
        let Some(rows) = self.rows.get(cell..) else { return 0 };
        let window = self.layer.window();
        // sums of the left factors of all places before each of the last few; they may wrap, their differences
        // do not
        let mut sums = [i16x8::default(); REACH];
        let mut sum = i16x8::default();
        let mut product = 0;
        for (block, starts) in starts.chunks(BLOCK).enumerate() {
            let mut products = i32x4::default();
            for (at, start) in starts.iter().enumerate() {
                let at = block * BLOCK + at;
                let Some(Cell { mut left, mut right }) = rows.get(start.base as usize).copied() else {
                    continue;
                };
                if start.state != 0
                    && let Some(more) = rows.get(start.state as usize)
                {
                    left += more.left;
                    right += more.right;
                }
                let before = sum - sums[at.wrapping_sub(window) % REACH];
                products += before.dot(right);
                sums[at % REACH] = sum;
                sum += left;
            }
            product += products.to_array().into_iter().map(i64::from).sum::<i64>();
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
            base.iter()
                .zip(&state)
                .flat_map(|(base, state)| (side(base) + side(state)).to_array().map(i64::from))
                .collect()
        })
    }
}
