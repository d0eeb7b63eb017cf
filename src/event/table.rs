//! [`WordList`]: a sorted word list of `data/events`, searched by first word; [`rows`]: the rows of any list.

use std::sync::OnceLock;

use detente_lang::hash_bytes;

/// Word list whose first column is sorted, so that the entries with the same first word follow each other.
pub(crate) struct WordList {
    /// Rows without the header.
    body: &'static str,
    index: OnceLock<FirstWords>,
}

/// Open-addressing hash table of the first words of a list, at most half full: 1 more than the offset of the first
/// row with that word; 0 in a free slot.
struct FirstWords(Vec<u32>);

impl WordList {
    /// Creates a list from the text of its file; the index is made when the list is first searched.
    pub(crate) const fn new(file: &'static str) -> Self {
        Self { body: body(file), index: OnceLock::new() }
    }

    /// Returns the rows as columns.
    pub(crate) fn rows<const COLUMNS: usize>(
        &self,
    ) -> impl Iterator<Item = [&'static str; COLUMNS]> + use<COLUMNS> {
        self.body.lines().map(columns)
    }

    /// Returns the rows whose first column is `word` or starts with `word` and a space.
    pub(crate) fn group<const COLUMNS: usize>(
        &self,
        word: &str,
    ) -> impl Iterator<Item = [&'static str; COLUMNS]> + use<COLUMNS> {
        let index = self.index.get_or_init(|| FirstWords::new(self.body));
        let rest = index.find(self.body, word).and_then(|start| self.body.get(start..)).unwrap_or_default();
        let mut first = None;
        rest.lines()
            .map(columns)
            .take_while(move |columns| first_word(columns[0]) == *first.get_or_insert(first_word(columns[0])))
    }
}

impl FirstWords {
    fn new(body: &str) -> Self {
        let count = 1 + memchr::memchr_iter(b'\n', body.as_bytes()).count();
        let mut table = vec![0; (2 * count).next_power_of_two()];
        let (mut start, mut previous) = (0, "");
        for end in memchr::memchr_iter(b'\n', body.as_bytes()).chain([body.len()]) {
            let word = first_word(body.get(start..end).unwrap_or_default());
            if word != previous {
                let mut slots = slots(word, table.len());
                while let Some(slot) = slots.next().and_then(|at| table.get_mut(at)) {
                    if *slot == 0 {
                        *slot = start as u32 + 1;
                        break;
                    }
                }
                previous = word;
            }
            start = end + 1;
        }
        Self(table)
    }

    /// Returns the offset of the first row with that first word.
    fn find(&self, body: &str, word: &str) -> Option<usize> {
        slots(word, self.0.len())
            .map_while(|at| self.0.get(at).and_then(|slot| slot.checked_sub(1)))
            .map(|start| start as usize)
            .find(|start| {
                let rest = body.get(*start..).and_then(|rest| rest.strip_prefix(word));
                rest.is_some_and(|rest| rest.starts_with([' ', '\t']))
            })
    }
}

/// Returns the rows of a list as columns, without its header.
pub(crate) fn rows<const COLUMNS: usize>(
    list: &'static str,
) -> impl Iterator<Item = [&'static str; COLUMNS]> {
    body(list).lines().map(columns)
}

/// Returns the slots of a hash table in which a word can be, in the order in which they are tried.
fn slots(word: &str, capacity: usize) -> impl Iterator<Item = usize> + use<> {
    let first = hash_bytes(word.as_bytes()) as usize;
    (0..capacity).map(move |step| (first.wrapping_add(step)) & (capacity - 1))
}

/// Returns the text before the first space or tab.
fn first_word(row: &str) -> &str {
    memchr::memchr2(b' ', b'\t', row.as_bytes()).map_or(row, |end| row.split_at(end).0)
}

/// Returns a list without its header.
const fn body(list: &'static str) -> &'static str {
    let bytes = list.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        at += 1;
        if bytes[at - 1] == b'\n' {
            break;
        }
    }
    list.split_at(at).1
}

/// Splits a row into columns; missing ones are empty.
fn columns<const COLUMNS: usize>(line: &'static str) -> [&'static str; COLUMNS] {
    let mut columns = line.split('\t');
    std::array::from_fn(|_| columns.next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    static LIST: WordList =
        WordList::new("entry\tclass\nwalk\tA\nwalk away\tB\nwalk out\tC\nwalk-in\tD\nwalkout\tE\nwarn\tF\n");

    static EMPTY: WordList = WordList::new("entry\tclass\n");

    fn classes(word: &str) -> Vec<&'static str> {
        LIST.group::<2>(word).map(|[_, class]| class).collect()
    }

    #[test]
    fn a_group_has_the_word_and_its_phrases() {
        assert_eq!(classes("walk"), ["A", "B", "C"]);
        assert_eq!(classes("walk-in"), ["D"]);
        assert_eq!(classes("walkout"), ["E"]);
        assert_eq!(classes("warn"), ["F"]);
    }

    #[test]
    fn words_that_the_list_lacks_have_no_group() {
        for word in ["", "a", "wal", "walks", "walk away", "zebra", "entry"] {
            assert!(classes(word).is_empty(), "{word}");
        }
        assert_eq!(EMPTY.group::<2>("walk").count(), 0);
        assert_eq!(EMPTY.group::<2>("").count(), 0);
    }

    /// All lists of the repository: each first word leads to all its rows, which are adjacent.
    #[test]
    fn every_row_is_in_the_group_of_its_first_word() {
        use crate::event::lexicon::{FUNCTION_WORDS, NOUNS, STATES, VERBS};
        use crate::event::morphology::IRREGULAR;
        for list in [&FUNCTION_WORDS, &NOUNS, &STATES, &VERBS, &IRREGULAR] {
            let mut counts = std::collections::BTreeMap::new();
            for [entry] in list.rows::<1>() {
                *counts.entry(first_word(entry)).or_insert(0) += 1;
            }
            for (word, count) in counts {
                assert_eq!(list.group::<1>(word).count(), count, "{word}");
            }
        }
    }
}
