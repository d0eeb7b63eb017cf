//! Matching of the entries of word lists.

use crate::event::chunk::chunker::Chunker;
use crate::event::function::Function;
use crate::event::lexicon::Entry;
use crate::event::tag::Tag;

impl Chunker<'_, '_> {
    /// Matches the words after the first of a state or noun entry; returns their tokens.
    pub(crate) fn match_close(&self, entry: &Entry, at: usize) -> Option<Vec<usize>> {
        let mut tokens = Vec::with_capacity(entry.rest.len());
        let mut next = at + 1;
        for key in &entry.rest {
            let skips = self.items.get(next).is_some_and(|item| {
                item.is(Function::Determiner) || item.is(Function::Possessive) || item.tag == Tag::Quotation
            });
            let token = [next, next + usize::from(skips)]
                .into_iter()
                .find(|token| self.items.get(*token).is_some_and(|item| item.word.keys.contains(key)))?;
            tokens.push(token);
            next = token + 1;
        }
        Some(tokens)
    }
}

/// Returns the entry that `matches` with the most words.
pub(crate) fn longest<'e>(
    entries: impl Iterator<Item = &'e Entry>,
    matches: impl Fn(&Entry) -> Option<Vec<usize>>,
) -> Option<(&'e Entry, Vec<usize>)> {
    let mut entries = entries;
    entries.find_map(|entry| matches(entry).map(|tokens| (entry, tokens)))
}
