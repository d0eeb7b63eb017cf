//! [`Entries`]: entries of the word lists that start with a word, found by their second word.

use detente_lang::hash_bytes;

use crate::event::class::{ObjectId, PredicateId};

/// Most classes of one entry.
pub(crate) const MAX_CLASSES: usize = 3;
/// Most words of an entry.
const MAX_WORDS: usize = 8;

/// Prepositions that start a phrase of their own if they are not next to the verb.
const PREPOSITIONS: [&str; 6] = ["against", "for", "in", "to", "upon", "with"];

/// Entry of a word list.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// Predicate classes, the preferred one first; 0 is none.
    pub(crate) classes: [PredicateId; MAX_CLASSES],
    /// Object class of a noun; 0 is none.
    pub(crate) object: ObjectId,
    /// Where the hashes of the words after the first start, and how many they are.
    rest: (u32, u8),
    /// Whether its last word is a preposition that is no particle.
    pub(crate) ends_in_preposition: bool,
    /// The entry as written in the list.
    pub(crate) text: &'static str,
}

/// Entries of one part of speech that start with a word.
///
/// Words such as "in" start hundreds of phrases, so phrases are looked up by their second word.
#[derive(Clone, Debug, Default)]
pub(crate) struct Entries {
    /// Longest first.
    all: Box<[Entry]>,
    /// Hashes of the words after the first of all entries, as lemmas.
    rests: Box<[u64]>,
    /// Hash of the second word and number of each phrase, ascending.
    by_second: Box<[(u64, u16)]>,
    /// [`key_bit`]s of all second words.
    second_bits: u64,
}

/// Hashes of a word form and of its possible lemmas.
#[derive(Clone, Debug, Default)]
pub(crate) struct WordKeys {
    keys: Box<[u64]>,
    /// [`key_bit`]s of the keys.
    bits: u64,
}

impl WordKeys {
    /// Creates the set of `keys`.
    pub(crate) fn new(keys: Vec<u64>) -> Self {
        let bits = keys.iter().fold(0, |bits, key| bits | key_bit(*key));
        Self { keys: keys.into(), bits }
    }

    /// Returns whether the set has `key`.
    #[inline]
    pub(crate) fn contains(&self, key: u64) -> bool {
        self.keys.contains(&key)
    }
}

/// Tokens that the words of an entry after its first match.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct MatchedTokens {
    tokens: [u16; MAX_WORDS - 1],
    count: u8,
}

impl Entry {
    /// Returns the number of words after the first.
    #[inline]
    pub(crate) fn more_words(&self) -> usize {
        usize::from(self.rest.1)
    }
}

/// Collects the entries of a word.
#[derive(Debug, Default)]
pub(crate) struct EntryCollector {
    all: Vec<Entry>,
    rests: Vec<u64>,
}

impl EntryCollector {
    /// Adds the entry of a row unless it is there; the address of its text identifies a row.
    pub(crate) fn add(&mut self, text: &'static str, classes: [PredicateId; MAX_CLASSES], object: ObjectId) {
        if self.all.iter().any(|known| std::ptr::eq(known.text, text)) {
            return;
        }
        let start = self.rests.len();
        let words = text.split(' ').skip(1).take(MAX_WORDS - 1);
        self.rests.extend(words.map(|word| hash_bytes(word.as_bytes())));
        let rest = (start as u32, (self.rests.len() - start) as u8);
        let ends_in_preposition = text.rsplit(' ').next().is_some_and(|last| PREPOSITIONS.contains(&last));
        self.all.push(Entry { classes, object, rest, ends_in_preposition, text });
    }

    /// Returns the set of entries; of entries with equally many words, the first is preferred.
    pub(crate) fn finish(self) -> Entries {
        let Self { mut all, rests } = self;
        all.sort_by_key(|entry| std::cmp::Reverse(entry.more_words()));
        let second = |(number, entry): (usize, &Entry)| {
            let (start, count) = entry.rest;
            (count > 0).then(|| Some((*rests.get(start as usize)?, number as u16))).flatten()
        };
        let mut by_second: Box<[_]> = all.iter().enumerate().filter_map(second).collect();
        by_second.sort_unstable();
        let second_bits = by_second.iter().fold(0, |bits, (key, _)| bits | key_bit(*key));
        Entries { all: all.into(), rests: rests.into(), by_second, second_bits }
    }
}

impl Entries {
    /// Returns the hashes of the words of an entry after the first.
    #[inline]
    fn rest_of(&self, entry: &Entry) -> &[u64] {
        let (start, count) = entry.rest;
        self.rests.get(start as usize..start as usize + usize::from(count)).unwrap_or_default()
    }

    /// Returns whether there are no entries.
    #[inline]
    pub(crate) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Returns the preferred entry that consists of the word alone.
    pub(crate) fn single(&self) -> Option<&Entry> {
        self.all.get(self.by_second.len())
    }

    /// Returns the preferred entry that consists of the word alone, with no further tokens.
    pub(crate) fn single_match(&self) -> Option<(&Entry, MatchedTokens)> {
        self.single().map(|entry| (entry, MatchedTokens::default()))
    }

    /// Returns whether an entry of `words` words starts with the word.
    pub(crate) fn has_length(&self, words: usize) -> bool {
        self.all.iter().any(|entry| entry.more_words() + 1 == words)
    }

    /// Returns whether the word with `keys` is the second word of a phrase.
    pub(crate) fn has_second(&self, WordKeys { keys, bits }: &WordKeys) -> bool {
        self.second_bits & bits != 0
            && keys.iter().any(|key| self.by_second.binary_search_by_key(key, |(second, _)| *second).is_ok())
    }

    /// Puts into `best` the longest phrase whose second word has `keys` and for which `matches` returns tokens,
    /// if it is preferred to what is there. `matches` gets the hashes of the words after the first.
    pub(crate) fn longest<'e>(
        &'e self,
        WordKeys { keys, bits }: &WordKeys,
        best: &mut Option<(u16, &'e Entry, MatchedTokens)>,
        matches: impl Fn(&Entry, &[u64]) -> Option<MatchedTokens>,
    ) {
        if self.second_bits & bits == 0 {
            return;
        }
        for key in keys {
            let start = self.by_second.partition_point(|(second, _)| second < key);
            let same = self.by_second.get(start..).unwrap_or_default();
            for (_, number) in same.iter().take_while(|(second, _)| second == key) {
                if best.as_ref().is_some_and(|(best, ..)| best <= number) {
                    break;
                }
                let Some(entry) = self.all.get(usize::from(*number)) else { continue };
                if let Some(tokens) = matches(entry, self.rest_of(entry)) {
                    *best = Some((*number, entry, tokens));
                    break;
                }
            }
        }
    }
}

impl MatchedTokens {
    /// Adds a token.
    pub(crate) fn push(&mut self, token: usize) {
        if let Some(slot) = self.tokens.get_mut(usize::from(self.count)) {
            *slot = token as u16;
            self.count += 1;
        }
    }

    /// Removes the last token.
    pub(crate) fn pop(&mut self) {
        self.count = self.count.saturating_sub(1);
    }

    /// Returns the tokens in text order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.tokens.iter().take(usize::from(self.count)).map(|token| usize::from(*token))
    }

    /// Returns the last token.
    pub(crate) fn last(&self) -> Option<usize> {
        self.iter().last()
    }
}

/// Returns a set of 64 with the element that stands for `key`.
#[inline]
fn key_bit(key: u64) -> u64 {
    1 << (key & 63)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(texts: &[&'static str]) -> Entries {
        let mut collector = EntryCollector::default();
        for text in texts {
            collector.add(text, [0; MAX_CLASSES], 0);
        }
        collector.finish()
    }

    fn longest(entries: &Entries, second: &str, accepted: &str) -> Option<&'static str> {
        let key = hash_bytes(second.as_bytes());
        let mut best = None;
        entries.longest(&WordKeys::new(vec![key]), &mut best, |entry, _| {
            entry.text.starts_with(accepted).then(MatchedTokens::default)
        });
        best.map(|(_, entry, _)| entry.text)
    }

    #[test]
    fn the_longest_phrase_with_that_second_word_is_found() {
        let entries = entries(&["walk", "walk out", "walk away", "walk out of", "walk out on talks"]);
        assert_eq!(longest(&entries, "out", "walk"), Some("walk out on talks"));
        assert_eq!(longest(&entries, "out", "walk out of"), Some("walk out of"));
        assert_eq!(longest(&entries, "in", "walk"), None);
        assert_eq!(entries.single().map(|entry| entry.text), Some("walk"));
    }

    #[test]
    fn no_entry_of_the_lists_is_too_long() {
        use crate::event::lexicon::{NOUNS, STATES, VERBS};
        use crate::event::table::WordList;
        for [entry] in [&NOUNS, &STATES, &VERBS].into_iter().flat_map(WordList::rows::<1>) {
            assert!(entry.split(' ').count() <= MAX_WORDS, "{entry}");
        }
    }

    #[test]
    fn an_entry_is_added_once_and_keeps_its_words() {
        let (walk, walk_out) = ("walk", "walk out of");
        let entries = entries(&[walk, walk_out, walk_out, walk]);
        assert_eq!(entries.all.len(), 2);
        let words = ["out", "of"].map(|word| hash_bytes(word.as_bytes()));
        assert_eq!(entries.rest_of(&entries.all[0]), words);
        assert!(entries.rest_of(&entries.all[1]).is_empty());
    }

    #[test]
    fn words_without_a_single_entry_have_none() {
        assert!(entries(&["on hold", "on ice"]).single().is_none());
        assert!(entries(&[]).is_empty() && entries(&[]).single().is_none());
    }
}
