//! [`SplitMix64`]: seeded pseudo-random numbers that are the same on every platform, for bootstraps and permutation
//! tests.

use detente_lang::combine_hash;

/// The `SplitMix64` generator (Steele, Lea & Flood 2014): 64 bits of state, equidistributed output.
///
/// Not for cryptography. Every p-value and interval depends on this stream of numbers: a change of a constant, or of
/// the number of draws that a method makes, changes figures and belongs under `Scores` in CHANGELOG.md.
#[derive(Clone, Debug)]
pub struct SplitMix64 {
    state: u64,
}

/// Combined with the seed, so that seed 0 does not start at state 0.
const SEED_MASK: u64 = 0x5851_F42D_4C95_7F2D;

impl SplitMix64 {
    /// A generator that starts at `state` itself.
    #[must_use]
    pub fn from_state(state: u64) -> Self {
        Self { state }
    }

    /// A generator for a small `seed` such as 0, 1, 2.
    #[must_use]
    pub fn from_seed(seed: u64) -> Self {
        Self::from_state(seed ^ SEED_MASK)
    }

    /// A generator seeded by a hash of `values`: the same data give the same draws, other data independent ones.
    #[must_use]
    pub fn from_values(values: &[f64]) -> Self {
        Self::from_seed(
            values.iter().fold(values.len() as u64, |seed, value| combine_hash(seed, value.to_bits())),
        )
    }

    /// An independent stream for one replicate, so that replicates can be drawn in parallel.
    #[must_use]
    pub fn for_replicate(seed: u64, replicate: usize) -> Self {
        Self::from_state(combine_hash(seed, replicate as u64))
    }

    /// The next 64 random bits.
    pub fn next_u64(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A uniform integer in `0..bound`; 0 if `bound` is 0. One draw.
    pub fn below(&mut self, bound: usize) -> usize {
        ((u128::from(self.next_u64()) * bound as u128) >> 64) as usize
    }

    /// `true` with probability `p`, at a resolution of 2^-32. One draw.
    pub fn bernoulli(&mut self, p: f64) -> bool {
        const STEPS: usize = 1 << 32;
        (self.below(STEPS) as f64) < p * STEPS as f64
    }

    /// A uniform number in [0, 1). One draw.
    pub fn uniform(&mut self) -> f64 {
        (self.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A standard normal number (Box–Muller). Two draws.
    pub fn standard_normal(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.uniform()).ln()).sqrt();
        radius * (std::f64::consts::TAU * self.uniform()).cos()
    }

    /// Puts `items` into a random order (Fisher–Yates). One draw for each item but the first.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for at in (1..items.len()).rev() {
            items.swap(at, self.below(at + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stream_is_that_of_the_reference_implementation() {
        // splitmix64.c by Vigna, seed 1234567
        let mut random = SplitMix64::from_state(1_234_567);
        let expected = [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423];
        assert_eq!([random.next_u64(), random.next_u64(), random.next_u64()], expected);
    }

    #[test]
    fn draws_are_even_and_repeatable() {
        let mut random = SplitMix64::from_seed(1);
        let normals: Vec<f64> = (0..20_000).map(|_| random.standard_normal()).collect();
        let mean = normals.iter().sum::<f64>() / 20_000.0;
        let spread = normals.iter().map(|x| x * x).sum::<f64>() / 20_000.0;
        assert!(mean.abs() < 0.03 && (spread - 1.0).abs() < 0.05, "{mean} {spread}");
        let mut counts = [0; 5];
        (0..5000).for_each(|_| counts[random.below(5)] += 1);
        assert!(counts.iter().all(|count| (850..1150).contains(count)), "{counts:?}");
        assert_eq!(SplitMix64::from_seed(7).next_u64(), SplitMix64::from_seed(7).next_u64());
    }

    #[test]
    fn integers_below_a_bound_are_uniform() {
        let mut random = SplitMix64::for_replicate(1, 0);
        let mut counts = [0; 7];
        for _ in 0..70_000 {
            counts[random.below(7)] += 1;
        }
        assert!(counts.iter().all(|count| (9_600..10_400).contains(count)), "{counts:?}");
    }

    #[test]
    fn certain_events_are_certain() {
        let mut random = SplitMix64::for_replicate(1, 0);
        assert!((0..100).all(|_| random.bernoulli(1.0) && !random.bernoulli(0.0)));
    }
}
