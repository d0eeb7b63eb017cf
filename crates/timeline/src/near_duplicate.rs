//! Near-duplicate articles, grouped into stories by `MinHash` signatures and locality-sensitive hashing.
//!
//! A signature keeps, for the set of three-word shingles of a text, the least hash in each of 128 bins (one
//! permutation hashing with densification: Li, Owen & Zhang 2012; Shrivastava & Li 2014), 16 bits each: 256 bytes,
//! whatever the length of the text. The share of equal bins estimates the Jaccard similarity of two sets with a
//! standard error of at most 0.045. Names and figures have 32 bins of 8 bits of their own: two texts made from one
//! template with other names, figures and dates are different stories. Texts that agree in one of 32 bands of four bins are compared; texts with a
//! similarity of at least one half, published within [`MAX_DAYS_APART`] days, are one story, transitively.

use rayon::prelude::*;

use detente::Day;
use detente::internals::combine_hash;

/// Bins of a signature.
const BINS: usize = 128;
/// Bins of a band.
const BAND_BINS: usize = 4;
/// Equal bins that two articles of a story share at least: half of their combined shingles.
const MIN_EQUAL_BINS: usize = BINS / 2;
/// Words of a shingle.
const SHINGLE_WORDS: usize = 3;
/// Bins of the names and figures of a text.
const NAME_BINS: usize = 32;
/// Bytes of the stored form.
const SIGNATURE_BYTES: usize = 2 * BINS + NAME_BINS;
/// Fewest bins with a name or figure in one of two texts for which these are compared.
const MIN_NAMES: usize = 3;
/// Most days between two consecutive articles of a story.
const MAX_DAYS_APART: i64 = 10;
/// Earlier articles with the same band key that an article is compared with. Copies of copies are linked through each
/// other, so a few suffice.
const LOOK_BACK: usize = 6;
/// Bands processed in one pass. Their bins share a cache line, so the pass reads every signature once for all of them.
const BANDS_PER_PASS: usize = 8;

/// The story of each article, as the index of the story's first article.
///
/// `articles` must be in chronological order; beyond the 10-day limit only that order counts, not the dates. Uses
/// about 150 bytes for each article beside the signatures.
pub(crate) fn stories(articles: &[(Option<Day>, Option<&TextSignature>)]) -> Vec<u32> {
    let mut story: Vec<u32> = (0..articles.len() as u32).collect();
    let days: Vec<i64> = articles.par_iter().map(|(day, _)| day.map_or(0, Day::epoch_days)).collect();
    let signature = |at: u32| articles.get(at as usize).and_then(|article| article.1);
    for first_band in (0..BINS / BAND_BINS).step_by(BANDS_PER_PASS) {
        for keys in shared_band_keys(articles, first_band) {
            for bucket in keys.chunk_by(|a, b| a.0 == b.0) {
                for (place, (_, at)) in bucket.iter().enumerate().skip(1) {
                    for (_, earlier) in bucket[place.saturating_sub(LOOK_BACK)..place].iter().rev() {
                        if days[*at as usize] - days[*earlier as usize] > MAX_DAYS_APART {
                            break;
                        }
                        let (a, b) = (find_root(&mut story, *at), find_root(&mut story, *earlier));
                        // already one story: earlier articles of the bucket are linked to it as well
                        if a == b {
                            break;
                        }
                        let is_near_duplicate = signature(*at)
                            .zip(signature(*earlier))
                            .is_some_and(|(one, other)| one.is_near(other));
                        if is_near_duplicate {
                            // the root is the earliest article
                            story[a.max(b) as usize] = a.min(b);
                        }
                    }
                }
            }
        }
    }
    (0..articles.len() as u32).map(|at| find_root(&mut story, at)).collect()
}

/// Whether each article is a near-duplicate of an earlier one. Unlike [`stories`], the result for an article does not
/// depend on later articles, which can link two earlier ones.
pub(crate) fn copies_of_earlier(articles: &[(Option<Day>, Option<&TextSignature>)]) -> Vec<bool> {
    let mut is_copy = vec![false; articles.len()];
    for first_band in (0..BINS / BAND_BINS).step_by(BANDS_PER_PASS) {
        for keys in shared_band_keys(articles, first_band) {
            for bucket in keys.chunk_by(|a, b| a.0 == b.0) {
                for (place, (_, at)) in bucket.iter().enumerate().skip(1) {
                    let Some((day, Some(own))) = articles.get(*at as usize) else { continue };
                    let earlier = bucket[place.saturating_sub(LOOK_BACK)..place].iter();
                    let is_near = earlier.filter_map(|(_, earlier)| articles.get(*earlier as usize)).any(
                        |(earlier_day, signature)| {
                            let days =
                                day.zip(*earlier_day).map_or(0, |(day, earlier)| day.days_since(earlier));
                            days <= MAX_DAYS_APART && signature.is_some_and(|other| own.is_near(other))
                        },
                    );
                    if let (true, Some(is_copy)) = (is_near, is_copy.get_mut(*at as usize)) {
                        *is_copy = true;
                    }
                }
            }
        }
    }
    is_copy
}

/// For each band of one pass, the keys that several dated articles share, with the indices of these articles, sorted.
fn shared_band_keys(
    articles: &[(Option<Day>, Option<&TextSignature>)],
    first_band: usize,
) -> Vec<Vec<(u64, u32)>> {
    let keys_of_article = |(at, (day, signature)): (usize, &(Option<Day>, Option<&TextSignature>))| {
        let signature = day.and(*signature)?;
        let keys: [u64; BANDS_PER_PASS] = std::array::from_fn(|band| signature.band_key(first_band + band));
        Some((keys, at as u32))
    };
    let keys: Vec<([u64; BANDS_PER_PASS], u32)> =
        articles.par_iter().enumerate().filter_map(keys_of_article).collect();
    let bands = (0..BANDS_PER_PASS).into_par_iter().map(|band| {
        let mut keys_of_band: Vec<(u64, u32)> = keys.iter().map(|(keys, at)| (keys[band], *at)).collect();
        keys_of_band.sort_unstable();
        let shared = keys_of_band.chunk_by(|a, b| a.0 == b.0).filter(|bucket| bucket.len() > 1);
        shared.flatten().copied().collect()
    });
    bands.collect()
}

/// The root of an article in the union-find forest `story`, with path halving.
fn find_root(story: &mut [u32], at: u32) -> u32 {
    let mut at = at;
    while story[at as usize] != at {
        let up = story[story[at as usize] as usize];
        story[at as usize] = up;
        at = up;
    }
    at
}

/// The `MinHash` signature of a text, 256 bytes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct TextSignature {
    bins: Box<[u16; BINS]>,
    /// Names and figures: capitalised words within sentences, and numbers. 0 is an empty bin.
    names: [u8; NAME_BINS],
}

impl TextSignature {
    /// The signature of the concatenated `parts`; `None` if they have no word. Case and punctuation are ignored.
    pub(crate) fn of<'a>(parts: impl IntoIterator<Item = &'a str>) -> Option<Self> {
        let mut least = [u32::MAX; BINS];
        let mut shingle = [0_u64; SHINGLE_WORDS];
        let mut words = 0;
        let mut insert = |hash: u64| {
            let hash = mix(hash);
            let bin = (hash >> 57) as usize;
            if let Some(least) = least.get_mut(bin) {
                *least = (*least).min(hash as u32);
            }
        };
        let mut names = [0_u8; NAME_BINS];
        // a capital at the start of a sentence is no sign of a name
        let mut is_sentence_start = true;
        let mut is_name = false;
        for part in parts {
            let mut word = None;
            for c in part.chars().chain([' ']) {
                if c.is_ascii_alphanumeric() || (!c.is_ascii() && c.is_alphanumeric()) {
                    if word.is_none() {
                        is_name = c.is_ascii_digit() || (c.is_uppercase() && !is_sentence_start);
                        is_sentence_start = false;
                    }
                    word = Some(combine_hash(word.unwrap_or(0), u64::from(c.to_ascii_lowercase())));
                    continue;
                }
                is_sentence_start |= matches!(c, '.' | '!' | '?' | ':' | '\n' | '“' | '"');
                if let Some(hash) = word.take() {
                    if is_name {
                        insert_name(&mut names, hash);
                    }
                    shingle = [shingle[1], shingle[2], hash];
                    words += 1;
                    if words >= SHINGLE_WORDS {
                        insert(shingle.iter().fold(0, |hash, word| combine_hash(hash, *word)));
                    }
                }
            }
        }
        if words == 0 {
            return None;
        }
        // "Deal" or "No deal": a shingle of its own kind, hashed from another start
        if words < SHINGLE_WORDS {
            insert(shingle.iter().fold(1, |hash, word| combine_hash(hash, *word)));
        }
        Some(Self { bins: densified(&least), names })
    }

    /// The bins, two bytes each, then the names.
    pub(crate) fn to_bytes(&self) -> impl Iterator<Item = u8> + '_ {
        self.bins.iter().flat_map(|bin| bin.to_le_bytes()).chain(self.names)
    }

    pub(crate) fn from_bytes(bytes: &[u8; SIGNATURE_BYTES]) -> Self {
        let at = |index: usize| bytes.get(index).copied().unwrap_or_default();
        Self {
            bins: Box::new(std::array::from_fn(|bin| u16::from_le_bytes([at(2 * bin), at(2 * bin + 1)]))),
            names: std::array::from_fn(|name| at(2 * BINS + name)),
        }
    }

    fn equal_bins(&self, other: &Self) -> usize {
        self.bins.iter().zip(other.bins.iter()).map(|(a, b)| usize::from(a == b)).sum()
    }

    /// Whether two texts are near-duplicates: they share half of their shingles, and half of their names and figures.
    fn is_near(&self, other: &Self) -> bool {
        let pairs = || self.names.iter().zip(other.names.iter());
        let named = pairs().filter(|(a, b)| **a > 0 || **b > 0).count();
        let shared = pairs().filter(|(a, b)| **a > 0 && a == b).count();
        self.equal_bins(other) >= MIN_EQUAL_BINS && (named < MIN_NAMES || 2 * shared >= named)
    }

    fn band_key(&self, band: usize) -> u64 {
        self.bins
            .iter()
            .skip(band * BAND_BINS)
            .take(BAND_BINS)
            .fold(0, |key, bin| (key << 16) | u64::from(*bin))
    }
}

/// Keeps the least hash of each bin, as 1..=255.
fn insert_name(names: &mut [u8; NAME_BINS], hash: u64) {
    let hash = mix(hash);
    if let Some(bin) = names.get_mut((hash >> 59) as usize) {
        let value = 1 + (hash % 255) as u8;
        *bin = if *bin == 0 { value } else { (*bin).min(value) };
    }
}

/// Fills each empty bin from the next full one, combined with the distance to it, and reduces all bins to 16 bits.
/// The bins are traversed twice, so that the last bins can be filled from the first.
fn densified(least: &[u32; BINS]) -> Box<[u16; BINS]> {
    let mut bins = Box::new([0_u16; BINS]);
    let mut next = (0, 0_u64);
    for round in [0, 1] {
        for (slot, least) in bins.iter_mut().zip(least).rev() {
            next = if *least == u32::MAX { (next.0, next.1 + 1) } else { (*least, 0) };
            if round == 1 {
                *slot = mix(u64::from(next.0) + (next.1 << 33)) as u16;
            }
        }
    }
    bins
}

fn mix(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    (hash ^ (hash >> 29)).wrapping_mul(0x94D0_49BB_1331_11EB)
}

#[cfg(test)]
mod tests {
    use detente::internals::SplitMix64;

    use super::*;

    fn text(seed: u64, words: usize) -> Vec<String> {
        let mut random = SplitMix64::from_seed(seed);
        (0..words).map(|_| format!("w{}", random.below(3000))).collect()
    }

    fn day(offset: i64) -> Option<Day> {
        Day::new(2020, 1, 1).map(|day| day.plus_days(offset))
    }

    #[test]
    fn similarity_is_estimated_within_its_standard_error() {
        for (seed, shared) in [(1, 50), (2, 100), (3, 150), (4, 200)] {
            let one = text(seed, 200);
            let mut other = one[..shared].to_vec();
            other.extend(text(seed + 100, 200 - shared));
            let truth = (shared - 2) as f64 / (2 * 198 - shared + 2) as f64;
            let sign = |words: &[String]| TextSignature::of([words.join(" ").as_str()]).expect("words");
            let found = sign(&one).equal_bins(&sign(&other)) as f64 / BINS as f64;
            assert!((found - truth).abs() < 0.14, "{found} for {truth}");
        }
    }

    #[test]
    fn case_punctuation_and_division_into_parts_are_ignored() {
        let one = TextSignature::of(["The talks, he said, were 'back on track'.", "Both sides agreed."]);
        let other = TextSignature::of(["the talks he said were back on track both sides agreed"]);
        assert_eq!(one, other);
        assert_eq!(TextSignature::of([" … "]), None);
        assert!(TextSignature::of(["Deal"]).is_some());
    }

    #[test]
    fn edited_copies_are_one_story_unless_published_weeks_later() {
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
    fn stories_on_one_template_are_told_apart_by_names_and_figures() {
        let story = |firm: &str, rise: &str, price: &str, day: &str, town: &str| {
            format!(
                "Shares of {firm} rose {rise} percent to {price} crowns on {day} after the company said that its talks with \
                 the union of {town} had ended in an agreement on pay, and that it expects no further strikes this year."
            )
        };
        let lines = [
            story("Brinkwell", "3", "114", "Monday", "Tarn"),
            story("Ostavia Steel", "7", "92", "Thursday", "Lindhavn"),
            // a copy with a few words changed
            story("Brinkwell", "3", "114", "Monday", "Tarn").replace("further strikes", "more strikes"),
        ];
        let signatures: Vec<_> = lines.iter().map(|line| TextSignature::of([line.as_str()])).collect();
        let articles: Vec<_> = signatures.iter().map(|s| (day(0), s.as_ref())).collect();
        assert_eq!(stories(&articles), [0, 1, 0]);
        assert_eq!(copies_of_earlier(&articles), [false, false, true]);
    }

    #[test]
    fn sentences_on_one_theme_are_different_stories() {
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
