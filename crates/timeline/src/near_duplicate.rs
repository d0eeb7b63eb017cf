//! One story, one vote: near-duplicate articles by `MinHash` and locality-sensitive hashing.
//!
//! A text's set of three-word runs is kept as the least hash in each of 128 bins (one
//! permutation hashing with densification: Li, Owen & Zhang 2012; Shrivastava & Li 2014), of
//! which 16 bits are stored: 256 bytes an article, whatever its length. The share of equal
//! bins estimates the overlap of two sets (Jaccard) with a standard error of at most 0.045.
//! Texts that agree in one of 32 bands of four bins are compared; those that overlap by half
//! and appeared within [`WINDOW`] days of each other are one story, and so are their chains.

use rayon::prelude::*;

use detente::Day;
use detente::internals::combine_hash;

/// Bins of a signature.
const BINS: usize = 128;
/// Bins of a band.
const ROWS: usize = 4;
/// Least share of equal bins of one story: half of the three-word runs of both together.
const SAME: usize = BINS / 2;
/// Words of a run.
const RUN: usize = 3;
/// Most days between two articles of a story that follow each other.
pub const WINDOW: i64 = 10;
/// Earlier articles of a band that one is compared with. Copies of copies hang together
/// through each other, so that few suffice.
const LOOK_BACK: usize = 6;

/// What is kept of a text to find its near-duplicates: 256 bytes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TextSignature(Box<[u16; BINS]>);

impl TextSignature {
    /// The signature of the texts `parts` one after the other; `None` where they hold no word.
    ///
    /// Case, punctuation and the parting into `parts` do not count.
    #[must_use]
    pub fn of<'a>(parts: impl IntoIterator<Item = &'a str>) -> Option<Self> {
        let mut least = [u32::MAX; BINS];
        let mut run = [0_u64; RUN];
        let mut words = 0;
        let mut see = |hash: u64| {
            let hash = mixed(hash);
            let bin = (hash >> 57) as usize;
            if let Some(least) = least.get_mut(bin) {
                *least = (*least).min(hash as u32);
            }
        };
        for part in parts {
            let mut word = None;
            for c in part.chars().chain([' ']) {
                if c.is_ascii_alphanumeric() || (!c.is_ascii() && c.is_alphanumeric()) {
                    word = Some(combine_hash(word.unwrap_or(0), u64::from(c.to_ascii_lowercase())));
                } else if let Some(hash) = word.take() {
                    run = [run[1], run[2], hash];
                    words += 1;
                    if words >= RUN {
                        see(run.iter().fold(0, |hash, word| combine_hash(hash, *word)));
                    }
                }
            }
        }
        if words == 0 {
            return None;
        }
        if words < RUN {
            see(run.iter().fold(1, |hash, word| combine_hash(hash, *word)));
        }
        // an empty bin takes the next full one, marked by how far away it was: round from the
        // last bin to the first, twice, so that the last ones find the first
        let mut bins = Box::new([0_u16; BINS]);
        let mut next = (0, 0_u64);
        for round in [0, 1] {
            for (slot, least) in bins.iter_mut().zip(least).rev() {
                next = if least == u32::MAX { (next.0, next.1 + 1) } else { (least, 0) };
                if round == 1 {
                    *slot = mixed(u64::from(next.0) + (next.1 << 33)) as u16;
                }
            }
        }
        Some(Self(bins))
    }

    /// The estimated overlap of two texts, 0..1.
    #[must_use]
    pub fn overlap(&self, other: &Self) -> f64 {
        self.equal(other) as f64 / BINS as f64
    }

    fn equal(&self, other: &Self) -> usize {
        self.0.iter().zip(other.0.iter()).map(|(a, b)| usize::from(a == b)).sum()
    }

    fn band(&self, band: usize) -> u64 {
        self.0.iter().skip(band * ROWS).take(ROWS).fold(0, |key, bin| (key << 16) | u64::from(*bin))
    }
}

fn mixed(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    (hash ^ (hash >> 29)).wrapping_mul(0x94D0_49BB_1331_11EB)
}

/// Bands whose bins lie in one line of memory, so that one way through the signatures serves all.
const TOGETHER: usize = 8;

/// The story of each article: the index of its first one. `articles` stand in the order of
/// time, and only that order counts. Needs some 150 bytes an article beside the signatures.
#[must_use]
pub(crate) fn stories(articles: &[(Option<Day>, Option<&TextSignature>)]) -> Vec<u32> {
    let mut story: Vec<u32> = (0..articles.len() as u32).collect();
    let days: Vec<i64> = articles.par_iter().map(|(day, _)| day.map_or(0, Day::epoch_days)).collect();
    let signature = |at: u32| articles.get(at as usize).and_then(|article| article.1);
    for first in (0..BINS / ROWS).step_by(TOGETHER) {
        for keys in alike(articles, first) {
            for run in keys.chunk_by(|a, b| a.0 == b.0) {
                for (place, (_, at)) in run.iter().enumerate().skip(1) {
                    for (_, before) in run[place.saturating_sub(LOOK_BACK)..place].iter().rev() {
                        if days[*at as usize] - days[*before as usize] > WINDOW {
                            break;
                        }
                        let (a, b) = (root(&mut story, *at), root(&mut story, *before));
                        if a == b {
                            break;
                        }
                        let same = signature(*at)
                            .zip(signature(*before))
                            .is_some_and(|(one, other)| one.equal(other) >= SAME);
                        if same {
                            story[a.max(b) as usize] = a.min(b);
                        }
                    }
                }
            }
        }
    }
    (0..articles.len() as u32).map(|at| root(&mut story, at)).collect()
}

/// The dated articles that share the key of a band with another one, in the order of keys and
/// places, for each of the bands from `first` that lie together.
fn alike(articles: &[(Option<Day>, Option<&TextSignature>)], first: usize) -> Vec<Vec<(u64, u32)>> {
    let of = |(at, (day, signature)): (usize, &(Option<Day>, Option<&TextSignature>))| {
        let signature = day.and(*signature)?;
        let keys: [u64; TOGETHER] = std::array::from_fn(|band| signature.band(first + band));
        Some((keys, at as u32))
    };
    let keys: Vec<([u64; TOGETHER], u32)> = articles.par_iter().enumerate().filter_map(of).collect();
    let bands = (0..TOGETHER).into_par_iter().map(|band| {
        let mut of_band: Vec<(u64, u32)> = keys.iter().map(|(keys, at)| (keys[band], *at)).collect();
        of_band.sort_unstable();
        let shared = of_band.chunk_by(|a, b| a.0 == b.0).filter(|run| run.len() > 1);
        shared.flatten().copied().collect()
    });
    bands.collect()
}

fn root(story: &mut [u32], at: u32) -> u32 {
    let mut at = at;
    while story[at as usize] != at {
        let up = story[story[at as usize] as usize];
        story[at as usize] = up;
        at = up;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::Rng;

    fn text(seed: u64, words: usize) -> Vec<String> {
        let mut draw = Rng::new(seed);
        (0..words).map(|_| format!("w{}", draw.below(3000))).collect()
    }

    fn day(offset: i64) -> Option<Day> {
        Day::new(2020, 1, 1).map(|day| day.plus_days(offset))
    }

    #[test]
    fn overlap_is_estimated_within_its_error() {
        for (seed, shared) in [(1, 50), (2, 100), (3, 150), (4, 200)] {
            let one = text(seed, 200);
            let mut other = one[..shared].to_vec();
            other.extend(text(seed + 100, 200 - shared));
            let truth = (shared - 2) as f64 / (2 * 198 - shared + 2) as f64;
            let sign = |words: &[String]| TextSignature::of([words.join(" ").as_str()]).expect("words");
            let found = sign(&one).overlap(&sign(&other));
            assert!((found - truth).abs() < 0.14, "{found} for {truth}");
        }
    }

    #[test]
    fn case_marks_and_parting_do_not_count() {
        let one = TextSignature::of(["The talks, he said, were 'back on track'.", "Both sides agreed."]);
        let other = TextSignature::of(["the talks he said were back on track both sides agreed"]);
        assert_eq!(one, other);
        assert_eq!(TextSignature::of([" … "]), None);
        assert!(TextSignature::of(["Deal"]).is_some());
    }

    #[test]
    fn edited_copies_are_one_story_and_other_texts_are_not() {
        let original = text(1, 120);
        let mut edited = original.clone();
        edited[10] = "changed".to_owned();
        edited[60] = "also".to_owned();
        edited.truncate(105);
        let late = original.clone();
        let other = text(2, 120);
        let sign = |words: &[String]| TextSignature::of([words.join(" ").as_str()]);
        let signatures = [sign(&original), sign(&other), sign(&edited), sign(&late), None, None];
        let days = [day(0), day(0), day(3), day(60), day(60), None];
        let articles: Vec<_> = days.into_iter().zip(signatures.iter().map(Option::as_ref)).collect();
        assert_eq!(stories(&articles), [0, 1, 0, 3, 4, 5]);
    }

    #[test]
    fn short_lines_that_only_share_a_theme_stay_apart() {
        let lines = [
            "The ministers met in Geneva on Monday for a third round of talks on steel.",
            "The ministers met in Vienna on Friday for a fourth round of talks on fish.",
            "Envoys of both sides said that a third round of talks on steel had failed.",
        ];
        let signatures: Vec<_> = lines.iter().map(|line| TextSignature::of([*line])).collect();
        let articles: Vec<_> = signatures.iter().map(|s| (day(0), s.as_ref())).collect();
        assert_eq!(stories(&articles), [0, 1, 2]);
    }
}
