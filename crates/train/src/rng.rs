//! [`SplitMix64`], the pseudo-random generator of the bootstrap and of simulated calibration errors.

use detente::internals::combine_hash;

/// `SplitMix64` of Steele, Lea and Flood ("Fast splittable pseudorandom number generators", 2014).
///
/// The stream is fixed: intervals and p-values in published model cards depend on it.
#[derive(Clone, Debug)]
pub(crate) struct SplitMix64 {
    state: u64,
}

impl SplitMix64 {
    /// An independent stream for one replicate, so that replicates can be drawn in parallel.
    pub(crate) fn for_replicate(seed: u64, replicate: usize) -> Self {
        Self { state: combine_hash(seed, replicate as u64) }
    }

    /// The next 64 uniformly distributed bits.
    fn next_u64(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A uniform integer in `0..bound`, by multiplication and shift; its bias is below `bound` / 2^64.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        ((u128::from(self.next_u64()) * bound as u128) >> 64) as usize
    }

    /// `true` with probability `p`, at a resolution of 2^-32.
    pub(crate) fn bernoulli(&mut self, p: f64) -> bool {
        const STEPS: usize = 1 << 32;
        (self.below(STEPS) as f64) < p * STEPS as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first outputs for seed 1234567, as in the reference implementation
    /// (<https://prng.di.unimi.it/splitmix64.c>).
    #[test]
    fn stream_equals_the_reference_implementation() {
        let mut rng = SplitMix64 { state: 1_234_567 };
        let drawn = [rng.next_u64(), rng.next_u64(), rng.next_u64()];
        assert_eq!(drawn, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
    }

    #[test]
    fn integers_below_a_bound_are_uniform() {
        let mut rng = SplitMix64::for_replicate(1, 0);
        let mut counts = [0; 7];
        for _ in 0..70_000 {
            counts[rng.below(7)] += 1;
        }
        assert!(counts.iter().all(|count| (9_600..10_400).contains(count)), "{counts:?}");
    }

    #[test]
    fn certain_events_are_certain() {
        let mut rng = SplitMix64::for_replicate(1, 0);
        assert!((0..100).all(|_| rng.bernoulli(1.0) && !rng.bernoulli(0.0)));
    }
}
