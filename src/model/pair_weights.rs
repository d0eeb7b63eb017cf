//! [`PairWeights`]: the weights of [`Factors`] in the layout that scoring reads.
//!
//! The factors of a position follow from its base (word or lexicon entry) and the state of its cue. The sums
//! over the traits of a base, and the change that a state makes, are computed once: a word costs one row, or
//! two if a cue covers it. Factors have ten bits, so sums over a window fit 16 bits and their products 32.
//! These are computed eight at a time on every processor, and they are exact: the margin is the sum of its
//! pairs in any order, and `explain` adds up.

use std::sync::OnceLock;

use wide::{i16x8, i32x4};

use crate::event::features::TRAIT_CODES;
use crate::feature::extract::Extractor;
use crate::feature::locks::empty_locks;
use crate::feature::position::{Layer, MAX_TRAITS, Position, STATES, event_keys};
use crate::model::factors::{FactorCounts, Factors, MAX_FACTOR, length_normalization};
use crate::model::heads::HEADS;

/// Factors in a cell.
const LANES: usize = 8;
/// Largest window of a layer.
const MAX_WINDOW: usize = 8;
/// Positions whose products are summed in 32 bits before they are added to the 64-bit total.
const BLOCK: usize = 16;
const _: () = {
    let largest_sum = MAX_TRAITS * MAX_FACTOR as usize;
    assert!(MAX_WINDOW * largest_sum <= i16::MAX as usize);
    assert!(BLOCK * 2 * MAX_WINDOW * largest_sum * largest_sum <= i32::MAX as usize);
};

/// Weights of one layer. A row is computed when its base or state first occurs.
#[derive(Clone, Debug)]
pub(crate) struct PairWeights {
    layer: Layer,
    /// Cells of each head in a row.
    cells: FactorCounts,
    scales: [[f64; 2]; HEADS],
    /// Index in `rows` for each base.
    bases: Vec<OnceLock<u32>>,
    /// Rows of bases by the number of their first trait, then rows of bases without a first trait by the
    /// number of the second, then the row of bases with neither.
    rows: Vec<OnceLock<Box<Row>>>,
    /// Change that each state makes to a row.
    states: Vec<OnceLock<Box<Row>>>,
    /// Change that each event code makes to a row.
    events: Vec<OnceLock<Box<Row>>>,
}

/// Sum of the weights of several traits.
#[derive(Clone, Debug)]
struct Row {
    linear: [i32; HEADS],
    cells: Box<[Cell]>,
}

/// Eight left and eight right factors.
#[derive(Clone, Copy, Debug, Default)]
struct Cell {
    left: i16x8,
    right: i16x8,
}

impl Cell {
    #[inline]
    fn plus(&self, other: &Self) -> Self {
        Self { left: self.left + other.left, right: self.right + other.right }
    }
}

/// Buffer for the cells of a statement: the first cells of all positions, then the second ones, and so on.
#[derive(Clone, Debug, Default)]
pub(crate) struct PairBuffer {
    cells: Vec<Cell>,
}

/// What rows are computed from.
type RowSource<'a> = (&'a Extractor, &'a Factors);

impl PairWeights {
    pub(crate) fn new(extractor: &Extractor, factors: &Factors) -> Self {
        let (counts, keys, _, scales) = factors.parts();
        let layer = factors.layer();
        Self {
            layer,
            cells: counts.map(|count| count.div_ceil(LANES)),
            scales,
            bases: empty_locks(extractor.base_count(layer) as usize),
            rows: empty_locks(2 * keys.len() + 1),
            states: empty_locks(usize::from(STATES)),
            events: empty_locks(TRAIT_CODES),
        }
    }

    /// Returns the layer.
    pub(crate) fn layer(&self) -> Layer {
        self.layer
    }

    /// Adds the contribution of a statement's positions and their pairs to `margins`.
    pub(crate) fn add(
        &self,
        source: RowSource,
        positions: &[Position],
        buffer: &mut PairBuffer,
        margins: &mut [f64; HEADS],
    ) {
        let width: usize = self.cells.iter().sum();
        if width == 0 || positions.is_empty() {
            return;
        }
        let count = positions.len() * width;
        if buffer.cells.len() < count {
            buffer.cells.resize(count, Cell::default());
        }
        let Some(cells) = buffer.cells.get_mut(..count) else { return };
        let mut linear = [0_i64; HEADS];
        let mut add_linear = |row: &Row| {
            linear.iter_mut().zip(row.linear).for_each(|(sum, weight)| *sum += i64::from(weight));
        };
        for (at, position) in positions.iter().enumerate() {
            let sums = cells.iter_mut().skip(at).step_by(positions.len());
            let (base, changes) = self.rows_of(source, position);
            add_linear(base);
            changes.into_iter().flatten().for_each(&mut add_linear);
            match changes {
                [None, None] => sums.zip(&base.cells).for_each(|(sum, base)| *sum = *base),
                [Some(change), None] | [None, Some(change)] => {
                    for ((sum, base), change) in sums.zip(&base.cells).zip(&change.cells) {
                        *sum = base.plus(change);
                    }
                }
                [Some(state), Some(event)] => {
                    for (((sum, base), state), event) in
                        sums.zip(&base.cells).zip(&state.cells).zip(&event.cells)
                    {
                        *sum = base.plus(state).plus(event);
                    }
                }
            }
        }
        let mut columns = cells.chunks_exact(positions.len());
        let (of_single, of_pair) = length_normalization(self.layer, positions.len());
        for (head, margin) in margins.iter_mut().enumerate() {
            let products: i64 =
                columns.by_ref().take(self.cells[head]).map(|column| self.sum_of_products(column)).sum();
            let [linear_scale, product_scale] = self.scales[head];
            *margin +=
                of_single * linear_scale * linear[head] as f64 + of_pair * product_scale * products as f64;
        }
    }

    /// Returns the sum of products over all pairs in a column, which holds one cell of each position.
    fn sum_of_products(&self, column: &[Cell]) -> i64 {
        let window = self.layer.window();
        // sum of the left factors of the positions in the window
        let mut in_window = i16x8::default();
        let mut leaving = column.iter();
        let mut total = 0;
        let mut count = 0;
        for block in column.chunks(BLOCK) {
            let mut products = i32x4::default();
            for Cell { left, right } in block {
                products += in_window.dot(*right);
                in_window += *left;
                count += 1;
                if count > window
                    && let Some(left_behind) = leaving.next()
                {
                    in_window -= left_behind.left;
                }
            }
            total += products.to_array().into_iter().map(i64::from).sum::<i64>();
        }
        total
    }

    /// Calls `found` with the contribution of each position and each pair of positions to the margin of
    /// `head`; for a single position it is passed twice. The sum is what [`add`](Self::add) adds.
    pub(crate) fn contributions(
        &self,
        source: RowSource,
        positions: &[Position],
        head: usize,
        mut found: impl FnMut(Position, Position, f64),
    ) {
        if positions.is_empty() || self.cells.iter().all(|cells| *cells == 0) || head >= HEADS {
            return;
        }
        let (of_single, of_pair) = length_normalization(self.layer, positions.len());
        let [linear_scale, product_scale] = self.scales[head];
        for position in positions {
            let (base, [state, event]) = self.rows_of(source, position);
            let linear = [Some(base), state, event]
                .into_iter()
                .flatten()
                .map(|row| i64::from(row.linear[head]))
                .sum::<i64>();
            found(*position, *position, of_single * linear_scale * linear as f64);
        }
        let sides: Vec<[Vec<i64>; 2]> =
            positions.iter().map(|position| self.factors_of(source, position, head)).collect();
        for (at, (first, [left, _])) in positions.iter().zip(&sides).enumerate() {
            let in_window = positions.iter().zip(&sides).skip(at + 1).take(self.layer.window());
            for (second, [_, right]) in in_window {
                let product: i64 = left.iter().zip(right).map(|(l, r)| l * r).sum();
                found(*first, *second, of_pair * product_scale * product as f64);
            }
        }
    }

    /// Returns the left and right factors of a position in a head.
    fn factors_of(&self, source: RowSource, position: &Position, head: usize) -> [Vec<i64>; 2] {
        let from: usize = self.cells.iter().take(head).sum();
        let mut sums = vec![Cell::default(); self.cells[head]];
        let (base, [state, event]) = self.rows_of(source, position);
        for row in [Some(base), state, event].into_iter().flatten() {
            for (sum, cell) in sums.iter_mut().zip(row.cells.iter().skip(from)) {
                sum.left += cell.left;
                sum.right += cell.right;
            }
        }
        [|cell: &Cell| cell.left, |cell: &Cell| cell.right]
            .map(|side| sums.iter().flat_map(|sum| side(sum).to_array().map(i64::from)).collect())
    }

    /// Returns the row of a position's base, and the changes that its state and its event make.
    #[inline]
    fn rows_of(&self, source: RowSource, position: &Position) -> (&Row, [Option<&Row>; 2]) {
        let state = position.state.and_then(|state| self.state_row(source, state));
        let event = if position.event == 0 { None } else { self.event_row(source, position.event) };
        (self.base_row(source, position.base), [state, event])
    }

    /// Returns the change that an event code makes to the row of any base.
    #[inline]
    fn event_row(&self, source: RowSource, event: u16) -> Option<&Row> {
        let row = self.events.get(usize::from(event))?;
        match row.get() {
            Some(row) => Some(row),
            None => Some(Self::compute_event_row(source, event, row)),
        }
    }

    /// Computes the row of an event code that occurs for the first time.
    #[cold]
    #[inline(never)]
    fn compute_event_row<'a>((_, factors): RowSource, event: u16, row: &'a OnceLock<Box<Row>>) -> &'a Row {
        let mut keys = [0; MAX_TRAITS];
        keys.iter_mut().zip(event_keys(event)).for_each(|(slot, key)| *slot = key);
        row.get_or_init(|| Row::new(factors, factors.row_numbers(keys), [None; MAX_TRAITS]).into())
    }

    /// Returns the row of a base.
    #[inline]
    fn base_row(&self, source: RowSource, base: u32) -> &Row {
        let number = self.bases.get(base as usize).and_then(OnceLock::get);
        match number.and_then(|number| self.rows.get(*number as usize)).and_then(OnceLock::get) {
            Some(row) => row,
            None => self.compute_base_row(source, base),
        }
    }

    /// Computes the row of a base that occurs for the first time. The first trait determines the others, so
    /// bases share rows; a base that the extractor does not know has no traits.
    #[cold]
    #[inline(never)]
    fn compute_base_row(&self, (extractor, factors): RowSource, base: u32) -> &Row {
        let traits = factors.row_numbers(extractor.trait_keys(self.layer, base, None, 0));
        let count = self.rows.len() / 2;
        let number = match traits {
            [Some(first), ..] => first,
            [None, Some(second), ..] => count + second,
            _ => 2 * count,
        };
        if let Some(known) = self.bases.get(base as usize) {
            known.get_or_init(|| number as u32);
        }
        self.rows[number].get_or_init(|| Row::new(factors, traits, [None; MAX_TRAITS]).into())
    }

    /// Returns the change that a state makes to the row of any base.
    #[inline]
    fn state_row(&self, source: RowSource, state: u16) -> Option<&Row> {
        let row = self.states.get(usize::from(state))?;
        match row.get() {
            Some(row) => Some(row),
            None => Some(self.compute_state_row(source, state, row)),
        }
    }

    /// Computes the row of a state that occurs for the first time.
    #[cold]
    #[inline(never)]
    fn compute_state_row<'a>(
        &self,
        (extractor, factors): RowSource,
        state: u16,
        row: &'a OnceLock<Box<Row>>,
    ) -> &'a Row {
        let traits = |state| factors.row_numbers(extractor.trait_keys(self.layer, 0, state, 0));
        row.get_or_init(|| Row::new(factors, traits(Some(state)), traits(None)).into())
    }
}

impl Row {
    /// Sums the stored rows of the traits `plus` and subtracts those of `minus`.
    fn new(factors: &Factors, plus: [Option<usize>; MAX_TRAITS], minus: [Option<usize>; MAX_TRAITS]) -> Self {
        let (counts, ..) = factors.parts();
        let side_width: usize = counts.iter().sum();
        let mut sums = vec![0_i32; HEADS + 2 * side_width];
        for (sign, rows) in [(1, plus), (-1, minus)] {
            for row in rows.into_iter().flatten() {
                let values = factors.row(row).iter().map(|value| i32::from(i16::from_le_bytes(*value)));
                sums.iter_mut().zip(values).for_each(|(sum, value)| *sum += sign * value);
            }
        }
        let (linear, sides) = sums.split_at(HEADS);
        let (left, right) = sides.split_at(side_width);
        let pack = |values: &[i32]| {
            let mut lanes = [0; LANES];
            lanes.iter_mut().zip(values).for_each(|(lane, value)| *lane = *value as i16);
            i16x8::new(lanes)
        };
        let mut cells = Vec::new();
        let mut from = 0;
        for count in counts {
            let own = from..from + count;
            let sides = left[own.clone()].chunks(LANES).zip(right[own].chunks(LANES));
            cells.extend(sides.map(|(left, right)| Cell { left: pack(left), right: pack(right) }));
            from += count;
        }
        Self { linear: [linear[0], linear[1], linear[2]], cells: cells.into() }
    }
}
