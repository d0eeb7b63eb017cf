//! Cross-validation folds by group.

use detente::internals::{combine_hash, hash_bytes};

/// The fold, `0..folds`, of a group: a story, a negotiation or a contrast set. The same seed gives the same
/// fold on every machine.
pub(crate) fn fold_of_group(group: &str, seed: u64, folds: usize) -> usize {
    (combine_hash(hash_bytes(group.as_bytes()), seed) >> 16) as usize % folds.max(1)
}

#[cfg(test)]
mod tests {
    use super::fold_of_group;

    #[test]
    fn folds_are_about_equal_and_depend_on_the_seed() {
        let mut sizes = [0; 5];
        let mut moved = 0;
        for group in 0..5000 {
            let name = format!("story {group}");
            let fold = fold_of_group(&name, 1, 5);
            sizes[fold] += 1;
            moved += usize::from(fold_of_group(&name, 2, 5) != fold);
        }
        assert!(sizes.iter().all(|size| (900..1100).contains(size)), "{sizes:?}");
        assert!((3800..4200).contains(&moved), "{moved}");
    }
}
