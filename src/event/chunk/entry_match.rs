//! Matching of the entries of word lists.

use crate::event::chunk::chunker::Chunker;
use crate::event::entries::{Entries, Entry, MatchedTokens};
use crate::event::function::Function;
use crate::event::tag::Tag;

impl Chunker<'_, '_> {
    /// Returns the longest of the noun entries of the word at `at` whose words follow, with the tokens that
    /// they match.
    pub(crate) fn longest_noun<'e>(
        &self,
        entries: &'e Entries,
        at: usize,
    ) -> Option<(&'e Entry, MatchedTokens)> {
        if entries.is_empty() {
            return None;
        }
        // "unions demand" has a verb that agrees: it is no compound
        let is_plural = self.items[at].word.ends_in_s;
        let is_compound = |tokens: &MatchedTokens| {
            !is_plural || tokens.iter().all(|token| self.items[token].tag != Tag::Verb)
        };
        self.phrase_close(entries, at, is_compound).or_else(|| entries.single_match())
    }

    /// Returns the longest state or noun entry of several words that matches at `at` and that `accepts`.
    pub(crate) fn phrase_close<'e>(
        &self,
        entries: &'e Entries,
        at: usize,
        accepts: impl Fn(&MatchedTokens) -> bool,
    ) -> Option<(&'e Entry, MatchedTokens)> {
        let mut best = None;
        for token in self.next_of_entry(at + 1) {
            if let Some(item) = self.items.get(token) {
                entries.longest(&item.word.keys, &mut best, |_, rest| {
                    self.match_close(rest, at).filter(&accepts)
                });
            }
        }
        best.map(|(_, entry, tokens)| (entry, tokens))
    }

    /// Matches the words of a state or noun entry after the first, given by their hashes; returns their tokens.
    pub(crate) fn match_close(&self, rest: &[u64], at: usize) -> Option<MatchedTokens> {
        let mut tokens = MatchedTokens::default();
        let mut next = at + 1;
        for key in rest {
            let token = self
                .next_of_entry(next)
                .into_iter()
                .find(|token| self.items.get(*token).is_some_and(|item| item.word.keys.contains(*key)))?;
            tokens.push(token);
            next = token + 1;
        }
        Some(tokens)
    }

    /// Returns the tokens that the next word of an entry may match: the next one, or the one after a
    /// determiner or quotation mark.
    fn next_of_entry(&self, next: usize) -> [usize; 2] {
        let skips = self.items.get(next).is_some_and(|item| {
            item.is(Function::Determiner) || item.is(Function::Possessive) || item.tag == Tag::Quotation
        });
        [next, next + usize::from(skips)]
    }
}
