//! [`Pairs`]: the weights of [`Factors`] as scoring reads them.
//!
//! The factors of all traits of a base are added up once, and those that a state changes: a word costs one
//! row, or two where a cue speaks for it. The factors of a trait have ten bits, so that the sums of the places
//! before, and their products, stay exact in integers of 16 and 32 bits, which every processor multiplies eight
//! at a time: the margin is exactly the sum of its pairs, in whatever order.

use std::sync::OnceLock;

use wide::{i16x8, i32x4};

use crate::feature::extract::{Extractor, fresh};
use crate::feature::position::{Layer, Place, STATES, TRAITS};
use crate::model::factors::{Dims, Factors, LARGEST_FACTOR, factors_of_length};
use crate::model::heads::HEADS;

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

/// The weights of one layer. A row is made when the base or the state that it is of is first met.
#[derive(Clone, Debug)]
pub(crate) struct Pairs {
    layer: Layer,
    /// Cells of each head in a row.
    cells: Dims,
    scales: [[f64; 2]; HEADS],
    /// The number in `rows` of every base.
    bases: Vec<OnceLock<u32>>,
    /// The row of bases whose first trait has that number; then that of bases without, by the number of the second;
    /// then that of bases with neither.
    rows: Vec<OnceLock<Box<Row>>>,
    /// What every state changes of a row.
    states: Vec<OnceLock<Box<Row>>>,
}

/// Sums of weights of traits.
#[derive(Clone, Debug)]
struct Row {
    linear: [i32; HEADS],
    cells: Box<[Cell]>,
}

/// Eight left and eight right factors of a row.
#[derive(Clone, Copy, Debug, Default)]
struct Cell {
    left: i16x8,
    right: i16x8,
}

/// Working memory: the first cells of all places of a statement, then the second ones, and so on. Keep one a thread.
#[derive(Clone, Debug, Default)]
pub(crate) struct PairMemory {
    cells: Vec<Cell>,
}

/// What rows are made from.
type Source<'a> = (&'a Extractor, &'a Factors);

impl Row {
    /// The sum of the stored rows of traits, less that of others.
    fn new(factors: &Factors, plus: [Option<usize>; TRAITS], minus: [Option<usize>; TRAITS]) -> Self {
        let (dims, ..) = factors.parts();
        let width: usize = dims.iter().sum();
        let mut sums = vec![0_i32; HEADS + 2 * width];
        for (sign, rows) in [(1, plus), (-1, minus)] {
            for row in rows.into_iter().flatten() {
                let values = factors.row(row).iter().map(|value| i32::from(i16::from_le_bytes(*value)));
                sums.iter_mut().zip(values).for_each(|(sum, value)| *sum += sign * value);
            }
        }
        let (linear, sides) = sums.split_at(HEADS);
        let (left, right) = sides.split_at(width);
        let eight = |side: &[i32]| {
            let mut lanes = [0; LANES];
            lanes.iter_mut().zip(side).for_each(|(lane, value)| *lane = *value as i16);
            i16x8::new(lanes)
        };
        let mut cells = Vec::new();
        let mut from = 0;
        for dims in dims {
            let own = from..from + dims;
            let sides = left[own.clone()].chunks(LANES).zip(right[own].chunks(LANES));
            cells.extend(sides.map(|(left, right)| Cell { left: eight(left), right: eight(right) }));
            from += dims;
        }
        Self { linear: [linear[0], linear[1], linear[2]], cells: cells.into() }
    }
}

impl Pairs {
    pub(crate) fn new(extractor: &Extractor, factors: &Factors) -> Self {
        let (dims, keys, _, scales) = factors.parts();
        let layer = factors.layer();
        Self {
            layer,
            cells: dims.map(|d| d.div_ceil(LANES)),
            scales,
            bases: fresh(extractor.bases(layer) as usize),
            rows: fresh(2 * keys.len() + 1),
            states: fresh(usize::from(STATES)),
        }
    }

    /// The row of a base.
    #[inline]
    fn base(&self, source: Source, base: u32) -> &Row {
        let number = self.bases.get(base as usize).and_then(OnceLock::get);
        match number.and_then(|number| self.rows.get(*number as usize)).and_then(OnceLock::get) {
            Some(row) => row,
            None => self.first_base(source, base),
        }
    }

    /// The row of a base that is met for the first time. The first trait settles the others; a base that is none of
    /// the extractor's has no traits.
    #[cold]
    #[inline(never)]
    fn first_base(&self, (extractor, factors): Source, base: u32) -> &Row {
        let traits = factors.numbers(extractor.traits(self.layer, base, None));
        let count = self.rows.len() / 2;
        let number = match traits {
            [Some(first), ..] => first,
            [None, Some(second), _] => count + second,
            _ => 2 * count,
        };
        if let Some(known) = self.bases.get(base as usize) {
            known.get_or_init(|| number as u32);
        }
        self.rows[number].get_or_init(|| Row::new(factors, traits, [None; TRAITS]).into())
    }

    /// What a state changes of the row of a base, whichever base it is.
    #[inline]
    fn state(&self, source: Source, state: u16) -> Option<&Row> {
        let row = self.states.get(usize::from(state))?;
        match row.get() {
            Some(row) => Some(row),
            None => Some(self.first_state(source, state, row)),
        }
    }

    /// The same for a state that is met for the first time.
    #[cold]
    #[inline(never)]
    fn first_state<'a>(
        &self,
        (extractor, factors): Source,
        state: u16,
        row: &'a OnceLock<Box<Row>>,
    ) -> &'a Row {
        let traits = |state| factors.numbers(extractor.traits(self.layer, 0, state));
        row.get_or_init(|| Row::new(factors, traits(Some(state)), traits(None)).into())
    }

    /// The row of a place and what its state changes of it.
    #[inline]
    fn rows_of(&self, source: Source, place: &Place) -> (&Row, Option<&Row>) {
        (self.base(source, place.base), place.state.and_then(|state| self.state(source, state)))
    }

    /// The layer that the weights belong to.
    pub(crate) fn layer(&self) -> Layer {
        self.layer
    }

    /// What the places of a statement add to the margins.
    pub(crate) fn add(
        &self,
        source: Source,
        places: &[Place],
        memory: &mut PairMemory,
        margins: &mut [f64; HEADS],
    ) {
        let width: usize = self.cells.iter().sum();
        if width == 0 || places.is_empty() {
            return;
        }
        let all = places.len() * width;
        if memory.cells.len() < all {
            memory.cells.resize(all, Cell::default());
        }
        let Some(cells) = memory.cells.get_mut(..all) else { return };
        let mut linear = [0_i64; HEADS];
        let mut add_linear = |row: &Row| {
            linear.iter_mut().zip(row.linear).for_each(|(sum, weight)| *sum += i64::from(weight));
        };
        for (at, place) in places.iter().enumerate() {
            let sums = cells.iter_mut().skip(at).step_by(places.len());
            let (base, state) = self.rows_of(source, place);
            add_linear(base);
            if let Some(state) = state {
                add_linear(state);
                for ((sum, base), state) in sums.zip(&base.cells).zip(&state.cells) {
                    *sum = Cell { left: base.left + state.left, right: base.right + state.right };
                }
            } else {
                sums.zip(&base.cells).for_each(|(sum, base)| *sum = *base);
            }
        }
        let mut columns = cells.chunks_exact(places.len());
        let (one, two) = factors_of_length(self.layer, places.len());
        for (head, margin) in margins.iter_mut().enumerate() {
            let product: i64 =
                columns.by_ref().take(self.cells[head]).map(|column| self.product(column)).sum();
            let [of_linear, of_product] = self.scales[head];
            *margin += one * of_linear * linear[head] as f64 + two * of_product * product as f64;
        }
    }

    /// The sum over all pairs of the products in a column: one cell of the row of each place.
    fn product(&self, column: &[Cell]) -> i64 {
        let window = self.layer.window();
        // the sum of the left factors of the places in the window before
        let mut before = i16x8::default();
        let mut leaving = column.iter();
        let mut product = 0;
        let mut count = 0;
        for block in column.chunks(BLOCK) {
            let mut products = i32x4::default();
            for Cell { left, right } in block {
                products += before.dot(*right);
                before += *left;
                count += 1;
                if count > window
                    && let Some(gone) = leaving.next()
                {
                    before -= gone.left;
                }
            }
            product += products.to_array().into_iter().map(i64::from).sum::<i64>();
        }
        product
    }

    /// What each place and each pair of places adds to the margin of a head: both places (the
    /// same twice for a place by itself) and the amount. The sum is what [`add`](Self::add) adds.
    pub(crate) fn shares(
        &self,
        source: Source,
        places: &[Place],
        head: usize,
        mut share: impl FnMut(Place, Place, f64),
    ) {
        if places.is_empty() || self.cells.iter().all(|cells| *cells == 0) || head >= HEADS {
            return;
        }
        let (one, two) = factors_of_length(self.layer, places.len());
        let [of_linear, of_product] = self.scales[head];
        for place in places {
            let (base, state) = self.rows_of(source, place);
            let linear =
                [Some(base), state].into_iter().flatten().map(|row| i64::from(row.linear[head])).sum::<i64>();
            share(*place, *place, one * of_linear * linear as f64);
        }
        let sides: Vec<[Vec<i64>; 2]> =
            places.iter().map(|place| self.factors(source, place, head)).collect();
        for (at, (first, [left, _])) in places.iter().zip(&sides).enumerate() {
            let ahead = places.iter().zip(&sides).skip(at + 1).take(self.layer.window());
            for (second, [_, right]) in ahead {
                let product: i64 = left.iter().zip(right).map(|(l, r)| l * r).sum();
                share(*first, *second, two * of_product * product as f64);
            }
        }
    }

    /// Left and right factors of a place in a head.
    fn factors(&self, source: Source, place: &Place, head: usize) -> [Vec<i64>; 2] {
        let from: usize = self.cells.iter().take(head).sum();
        let mut sums = vec![Cell::default(); self.cells[head]];
        let (base, state) = self.rows_of(source, place);
        for row in [Some(base), state].into_iter().flatten() {
            for (sum, cell) in sums.iter_mut().zip(row.cells.iter().skip(from)) {
                sum.left += cell.left;
                sum.right += cell.right;
            }
        }
        [|cell: &Cell| cell.left, |cell: &Cell| cell.right]
            .map(|side| sums.iter().flat_map(|sum| side(sum).to_array().map(i64::from)).collect())
    }
}
