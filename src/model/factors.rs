//! [`Factors`]: weights of pairs that stand near each other, stored as products of a few factors.
//!
//! A pair of places at most a window apart is a feature of the linear model like any other. There are too
//! many such pairs to give each a weight of its own, so the weight of a pair is the product of
//! the left factors of its first place and the right factors of its second, and a place's
//! factors are the sums of those of its traits (Rendle 2010, factorization machines). Everything is summed in
//! integers: the margin is exactly the sum of its pairs, in whatever order they are added.

use super::keys::Keys;
use super::trained::HEADS;
use crate::feature::{Layer, Place};
use crate::{Error, Result};

/// Number of factors of the outlook, bearing and hedge heads in a layer.
pub type Dims = [usize; HEADS];

/// The weights of one layer.
#[derive(Clone, Debug, PartialEq)]
pub struct Factors {
    layer: Layer,
    dims: Dims,
    /// From the key of a trait to the number of its row.
    keys: Keys<u32>,
    /// A row a key: a linear weight a head, then the left factors of all heads, then the right ones.
    rows: Vec<i16>,
    /// What a unit of a linear weight and of a product is worth, a head.
    scales: [[f64; 2]; HEADS],
}

/// Working memory; keep one a thread.
#[derive(Clone, Debug, Default)]
pub struct FactorMemory {
    left: Vec<i32>,
    right: Vec<i32>,
    ahead: Vec<i32>,
    /// The row of a trait that has none.
    none: Vec<i16>,
}

/// The traits' weights as they were learned: linear weights, left and right factors of every head.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LearnedTrait {
    /// Key of the trait.
    pub key: u64,
    /// Linear weight a head.
    pub linear: [f64; HEADS],
    /// Left factors a head.
    pub left: [Vec<f64>; HEADS],
    /// Right factors a head.
    pub right: [Vec<f64>; HEADS],
}

impl Factors {
    /// Quantises what was learned to 16 bits; traits must be sorted by key, without doubles.
    ///
    /// # Errors
    /// When a weight is not finite or the traits are out of order.
    pub fn quantise(layer: Layer, dims: Dims, traits: &[LearnedTrait]) -> Result<Self> {
        let largest = |values: &mut dyn Iterator<Item = f64>| values.fold(0.0_f64, |m, v| m.max(v.abs()));
        let step = |largest: f64| (largest / f64::from(i16::MAX)).max(f64::MIN_POSITIVE);
        let mut steps = [[0.0; 2]; HEADS];
        for (h, steps) in steps.iter_mut().enumerate() {
            steps[0] = step(largest(&mut traits.iter().map(|t| t.linear[h])));
            steps[1] =
                step(largest(&mut traits.iter().flat_map(|t| t.left[h].iter().chain(&t.right[h])).copied()));
        }
        let mut rows = Vec::new();
        for learned in traits {
            let unit = |value: f64, step: f64| (value / step).round() as i16;
            rows.extend(learned.linear.iter().zip(&steps).map(|(v, s)| unit(*v, s[0])));
            for side in [&learned.left, &learned.right] {
                for (values, steps) in side.iter().zip(&steps) {
                    rows.extend(values.iter().map(|v| unit(*v, steps[1])));
                }
            }
        }
        let keys = traits.iter().map(|t| t.key).collect();
        Self::stored(layer, dims, keys, rows, steps.map(|[linear, factor]| [linear, factor * factor]))
    }

    /// A layer without weights, as in models from before there were factors.
    pub(super) fn none(layer: Layer) -> Result<Self> {
        Self::stored(layer, [0; HEADS], Vec::new(), Vec::new(), [[0.0; 2]; HEADS])
    }

    /// The weights as they were stored.
    ///
    /// # Errors
    /// When the parts do not fit together.
    pub fn stored(
        layer: Layer,
        dims: Dims,
        keys: Vec<u64>,
        rows: Vec<i16>,
        scales: [[f64; 2]; HEADS],
    ) -> Result<Self> {
        if dims.iter().any(|d| *d > 256) {
            return Err(Error::model("the pair weights have too many factors"));
        }
        if rows.len() != keys.len() * (HEADS + 2 * dims.iter().sum::<usize>()) {
            return Err(Error::model("the pair weights and their keys differ in number"));
        }
        if !scales.iter().flatten().all(|v| v.is_finite()) {
            return Err(Error::model("a scale of the pair weights is not finite"));
        }
        Ok(Self { layer, dims, keys: Keys::new(keys, 0..)?, rows, scales })
    }

    /// The layer that the weights belong to.
    #[must_use]
    pub fn layer(&self) -> Layer {
        self.layer
    }

    /// Dimensions, keys, rows and scales, as they are stored.
    #[must_use]
    pub fn parts(&self) -> (Dims, &[u64], &[i16], [[f64; 2]; HEADS]) {
        (self.dims, self.keys.as_slice(), &self.rows, self.scales)
    }

    fn row(&self, key: u64) -> Option<&[i16]> {
        let width = HEADS + 2 * self.dims.iter().sum::<usize>();
        let start = self.keys.find(key)? as usize * width;
        self.rows.get(start..start + width)
    }

    /// Adds up the factors of the places; gives the sums of their linear weights.
    fn gather(&self, places: &[Place], memory: &mut FactorMemory) -> [i64; HEADS] {
        let width: usize = self.dims.iter().sum();
        let FactorMemory { left, right, none, .. } = memory;
        for (memory, len) in [(&mut *left, places.len() * width), (right, places.len() * width)] {
            memory.resize(len, 0);
        }
        none.resize(HEADS + 2 * width, 0);
        let mut linear = [0_i64; HEADS];
        let sides = left.chunks_exact_mut(width.max(1)).zip(right.chunks_exact_mut(width.max(1)));
        for (place, (left, right)) in places.iter().zip(sides) {
            let [first, second, third] = place
                .traits
                .map(|key| (key != 0).then(|| self.row(key)).flatten().unwrap_or(none).split_at(HEADS));
            for (head, sum) in linear.iter_mut().enumerate() {
                *sum += i64::from(first.0[head]) + i64::from(second.0[head]) + i64::from(third.0[head]);
            }
            let [first, second, third] = [first.1, second.1, third.1].map(|row| row.split_at(width));
            if place.traits[2] == 0 {
                // most words: no cue speaks for them
                sum_of_two(left, first.0, second.0);
                sum_of_two(right, first.1, second.1);
            } else {
                sum_of_three(left, first.0, second.0, third.0);
                sum_of_three(right, first.1, second.1, third.1);
            }
        }
        linear
    }

    /// What the places of a statement add to the margins.
    pub fn add(&self, places: &[Place], memory: &mut FactorMemory, margins: &mut [f64; HEADS]) {
        let width: usize = self.dims.iter().sum();
        if width == 0 || places.is_empty() {
            return;
        }
        let linear = self.gather(places, memory);
        // `ahead` holds the sum of the right factors of the places in the window
        let FactorMemory { left, right, ahead, .. } = memory;
        ahead.clear();
        ahead.resize(width, 0);
        let window = self.layer.window();
        let rows = |side: &[i32], at: usize| at * width..((at + 1) * width).min(side.len());
        for at in 1..=window.min(places.len() - 1) {
            ahead.iter_mut().zip(&right[rows(right, at)]).for_each(|(sum, value)| *sum += value);
        }
        let mut products = [0_i64; HEADS];
        for at in 0..places.len() {
            let mut from = 0;
            for (product, dims) in products.iter_mut().zip(self.dims) {
                let own = at * width + from;
                *product += dot(&left[own..own + dims], &ahead[from..from + dims]);
                from += dims;
            }
            if at + 1 < places.len() {
                ahead.iter_mut().zip(&right[rows(right, at + 1)]).for_each(|(sum, value)| *sum -= value);
            }
            if at + 1 + window < places.len() {
                let next = rows(right, at + 1 + window);
                ahead.iter_mut().zip(&right[next]).for_each(|(sum, value)| *sum += value);
            }
        }
        let (one, two) = factors_of_length(self.layer, places.len());
        for (h, margin) in margins.iter_mut().enumerate() {
            let [of_linear, of_product] = self.scales[h];
            *margin += one * of_linear * linear[h] as f64 + two * of_product * products[h] as f64;
        }
    }

    /// What each place and each pair of places adds to the margin of a head: the numbers of
    /// both places (the same number twice for a place by itself) and the amount. The sum is what
    /// [`add`](Self::add) adds.
    pub fn shares(
        &self,
        places: &[Place],
        memory: &mut FactorMemory,
        head: usize,
        mut share: impl FnMut(usize, usize, f64),
    ) {
        let width: usize = self.dims.iter().sum();
        if width == 0 || places.is_empty() || head >= HEADS {
            return;
        }
        let (one, two) = factors_of_length(self.layer, places.len());
        let [of_linear, of_product] = self.scales[head];
        for (at, place) in places.iter().enumerate() {
            let rows = place.traits.iter().filter(|key| **key != 0).filter_map(|key| self.row(*key));
            let linear: i64 = rows.map(|row| i64::from(row[head])).sum();
            share(at, at, one * of_linear * linear as f64);
        }
        self.gather(places, memory);
        let from: usize = self.dims.iter().take(head).sum();
        let factors = |side: &[i32], at: usize| {
            side.iter()
                .skip(at * width + from)
                .take(self.dims[head])
                .map(|v| i64::from(*v))
                .collect::<Vec<_>>()
        };
        for first in 0..places.len() {
            let left = factors(&memory.left, first);
            for second in first + 1..places.len().min(first + 1 + self.layer.window()) {
                let right = factors(&memory.right, second);
                let product: i64 = left.iter().zip(right).map(|(l, r)| l * r).sum();
                share(first, second, two * of_product * product as f64);
            }
        }
    }
}

/// The sums of two rows of factors.
#[inline]
fn sum_of_two(sums: &mut [i32], a: &[i16], b: &[i16]) {
    for ((sum, a), b) in sums.iter_mut().zip(a).zip(b) {
        *sum = i32::from(*a) + i32::from(*b);
    }
}

/// The sums of three rows of factors.
#[inline]
fn sum_of_three(sums: &mut [i32], a: &[i16], b: &[i16], c: &[i16]) {
    for (((sum, a), b), c) in sums.iter_mut().zip(a).zip(b).zip(c) {
        *sum = i32::from(*a) + i32::from(*b) + i32::from(*c);
    }
}

/// The sum of the products, exactly: in 64-bit floats, which every processor multiplies several at a time.
///
/// A left factor is a sum of at most three 16-bit numbers, and one of `ahead` of at most eight times as many: a
/// product is below 2^37 and the sum of 256 below 2^45, so that none is rounded, in whatever order they are added.
#[inline]
fn dot(left: &[i32], ahead: &[i32]) -> i64 {
    const LANES: usize = 4;
    let ((lefts, left_rest), (aheads, ahead_rest)) = (left.as_chunks::<LANES>(), ahead.as_chunks::<LANES>());
    let mut lanes = [0.0; LANES];
    for (l, a) in lefts.iter().zip(aheads) {
        for lane in 0..LANES {
            lanes[lane] += f64::from(l[lane]) * f64::from(a[lane]);
        }
    }
    let mut sum = lanes[0] + lanes[1] + lanes[2] + lanes[3];
    for (l, a) in left_rest.iter().zip(ahead_rest) {
        sum += f64::from(*l) * f64::from(*a);
    }
    sum as i64
}

/// What a place and a pair count for in a statement of that many places, so that long statements
/// do not outweigh short ones.
pub(crate) fn factors_of_length(layer: Layer, places: usize) -> (f64, f64) {
    let n = places as f64;
    (1.0 / n.sqrt(), 1.5 / (n * layer.window() as f64).sqrt())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn factors(dims: Dims) -> Factors {
        let value = |key: u64, salt: u64| ((key * 31 + salt * 17) % 13) as f64 / 6.0 - 1.0;
        let side = |key: u64, salt: u64| dims.map(|d| (0..d).map(|i| value(key, salt + i as u64)).collect());
        let traits: Vec<LearnedTrait> = (1..20)
            .map(|key| LearnedTrait {
                key,
                linear: [value(key, 1), value(key, 2), value(key, 3)],
                left: side(key, 5),
                right: side(key, 50),
            })
            .collect();
        Factors::quantise(Layer::Words, dims, &traits).expect("quantises")
    }

    proptest! {
        #[test]
        fn shares_add_up_to_the_margin(traits in prop::collection::vec(prop::array::uniform3(0_u64..25), 0..40)) {
            let factors = factors([4, 2, 0]);
            let places: Vec<Place> =
                traits.into_iter().enumerate().map(|(at, traits)| Place { traits, at }).collect();
            let mut memory = FactorMemory::default();
            let mut margins = [0.0; HEADS];
            factors.add(&places, &mut memory, &mut margins);
            for (head, margin) in margins.into_iter().enumerate() {
                let mut sum = 0.0;
                factors.shares(&places, &mut memory, head, |_, _, amount| sum += amount);
                prop_assert!((sum - margin).abs() < 1e-9, "{sum} {margin}");
            }
        }
    }

    #[test]
    fn parts_that_do_not_fit_are_refused() {
        let factors = factors([4, 2, 0]);
        let (dims, keys, rows, scales) = factors.parts();
        let stored = |dims: Dims, rows: &[i16]| {
            Factors::stored(Layer::Words, dims, keys.to_vec(), rows.to_vec(), scales)
        };
        assert_eq!(stored(dims, rows).expect("fits"), factors);
        assert!(stored([3, 2, 0], rows).is_err() && stored(dims, &rows[1..]).is_err());
    }
}
