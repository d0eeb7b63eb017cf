//! Binary form of a [`LexiconMatcher`] in a model file, of variable-length integers (LEB128).
//!
//! 1. The number of entries; kind and value (four bytes) of each.
//! 2. The number of nodes; for each, four times the number of its literal edges, plus 2 for a gap of one word
//!    and 1 for a longer gap; the lexemes; the number of entries that end there; the entries.
//! 3. For each word of the vocabulary, twice the number of its lexemes, plus 1 for a negator; the lexemes.
//!
//! Lists are ascending and delta-encoded. Nodes are stored level by level and edges lead to consecutive
//! nodes, so any sequence of numbers is a tree.

use crate::error::{Error, Result};
use crate::lexicon::cue::CueKind;
use crate::lexicon::matcher::{GAP_ONE, GAP_SOME, LexiconMatcher};
use crate::lexicon::parse::MAX_ENTRY_WORDS;

/// Most nodes that are reserved before they are read, so that a crafted count allocates little.
const MAX_RESERVED_NODES: usize = 1 << 16;

impl LexiconMatcher {
    /// Returns the binary form; equal matchers give equal bytes.
    #[must_use]
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        push_number(&mut bytes, self.entries().len() as u32);
        for (kind, value) in self.entries() {
            bytes.push(*kind as u8);
            bytes.extend(value.to_le_bytes());
        }
        push_number(&mut bytes, self.nodes().len() as u32);
        for node in self.nodes() {
            let lexemes = self.edges_of(node);
            let gaps = u32::from(node.gap_one != 0) << 1 | u32::from(node.gap_some != 0);
            push_number(&mut bytes, (lexemes.len() as u32) << 2 | gaps);
            push_list(&mut bytes, lexemes);
            let ends = self.ends_of(node);
            push_number(&mut bytes, ends.len() as u32);
            push_list(&mut bytes, ends);
        }
        for (lexemes, negator) in self.words() {
            push_number(&mut bytes, (lexemes.len() as u32) << 1 | u32::from(negator));
            push_list(&mut bytes, lexemes);
        }
        bytes
    }

    /// Reads a matcher for a vocabulary of `words` words.
    ///
    /// # Errors
    /// Returns an error if bytes are missing or left over, a kind is unknown, a value is not finite, an entry
    /// or lexeme is out of range, or the tree is deeper than an entry can be.
    pub(crate) fn from_bytes(bytes: &[u8], words: usize) -> Result<Self> {
        let mut numbers = NumberReader(bytes);
        let entries = (0..numbers.count()?).map(|_| numbers.entry()).collect::<Result<Vec<_>>>()?;
        let entry_count = entries.len() as u32;
        // every lexeme is on an edge, which takes at least a byte
        let lexeme_limit = u32::try_from(bytes.len()).unwrap_or(GAP_ONE).min(GAP_ONE);
        let mut matcher = Self::with_entries(entries);
        let (mut lexemes, mut ends) = (Vec::new(), Vec::new());
        let nodes = numbers.count()?;
        matcher.reserve(words, nodes.min(MAX_RESERVED_NODES));
        // nodes that an edge leads to, where the next level starts, and the number of levels
        let (mut reached, mut next_level, mut depth) = (1, 1, 0);
        for at in 0..nodes {
            if at >= reached {
                return Err(malformed());
            }
            let head = numbers.number()?;
            numbers.list(head >> 2, lexeme_limit, &mut lexemes)?;
            let gaps = [(2, GAP_ONE), (1, GAP_SOME)].into_iter().filter(|(bit, _)| head & bit != 0);
            lexemes.extend(gaps.map(|(_, lexeme)| lexeme));
            let count = numbers.number()?;
            numbers.list(count, entry_count, &mut ends)?;
            matcher.push_node(lexemes.iter().copied(), ends.iter().copied());
            reached += lexemes.len();
            if at + 1 == next_level {
                depth += 1;
                next_level = reached;
            }
            if depth > MAX_ENTRY_WORDS + 1 {
                return Err(malformed());
            }
        }
        if reached != nodes {
            return Err(malformed());
        }
        let roots = matcher.root_children();
        for _ in 0..words {
            let head = numbers.number()?;
            numbers.list(head >> 1, lexeme_limit, &mut lexemes)?;
            matcher.push_word(head & 1 == 1, &lexemes, &roots);
        }
        if numbers.0.is_empty() { Ok(matcher) } else { Err(malformed()) }
    }
}

/// Appends a variable-length integer: seven bits in each byte, the lowest first.
fn push_number(bytes: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// Appends an ascending list, delta-encoded.
fn push_list(bytes: &mut Vec<u8>, list: &[u32]) {
    let mut least = 0;
    for member in list {
        push_number(bytes, member - least);
        least = member + 1;
    }
}

fn malformed() -> Error {
    Error::model("the compiled lexicon is malformed")
}

/// Reads variable-length integers from the front of the remaining bytes.
struct NumberReader<'a>(&'a [u8]);

impl NumberReader<'_> {
    fn byte(&mut self) -> Result<u8> {
        let (byte, rest) = self.0.split_first().ok_or_else(malformed)?;
        self.0 = rest;
        Ok(*byte)
    }

    #[inline]
    fn number(&mut self) -> Result<u32> {
        match self.0 {
            [byte @ ..0x80, rest @ ..] => {
                self.0 = rest;
                Ok(u32::from(*byte))
            }
            [low, high @ 1..0x80, rest @ ..] => {
                self.0 = rest;
                Ok(u32::from(low & 0x7f) | u32::from(*high) << 7)
            }
            _ => self.long_number(),
        }
    }

    /// Reads a number of any length; only the shortest encoding is accepted.
    #[cold]
    fn long_number(&mut self) -> Result<u32> {
        let mut number = 0;
        for shift in (0..u32::BITS).step_by(7) {
            let byte = self.byte()?;
            let bits = u32::from(byte & 0x7f);
            number |= bits << shift;
            if byte < 0x80 {
                let is_shortest = shift == 0 || bits != 0 && bits << shift >> shift == bits;
                return if is_shortest { Ok(number) } else { Err(malformed()) };
            }
        }
        Err(malformed())
    }

    /// Reads the count of items that take at least a byte each.
    fn count(&mut self) -> Result<usize> {
        let count = self.number()? as usize;
        if count <= self.0.len() { Ok(count) } else { Err(malformed()) }
    }

    fn entry(&mut self) -> Result<(CueKind, f32)> {
        let kind = CueKind::ALL.get(usize::from(self.byte()?)).ok_or_else(malformed)?;
        let (value, rest) = self.0.split_first_chunk().ok_or_else(malformed)?;
        self.0 = rest;
        let value = f32::from_le_bytes(*value);
        if value.is_finite() { Ok((*kind, value)) } else { Err(malformed()) }
    }

    /// Fills `list` with an ascending list of `count` numbers below `end`.
    #[inline]
    fn list(&mut self, count: u32, end: u32, list: &mut Vec<u32>) -> Result<()> {
        list.clear();
        let mut least = 0_u32;
        for _ in 0..count {
            let member =
                self.number()?.checked_add(least).filter(|member| *member < end).ok_or_else(malformed)?;
            list.push(member);
            least = member + 1;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::lexicon::parse::Lexicon;
    use crate::token::vocabulary::Vocabulary;

    fn matcher() -> (LexiconMatcher, usize) {
        let text = "entry\tkind\tvalue\nagree* to _ disagree\toutlook\t-1\nagree*\toutlook\t2\nnot\tnegator\t-1\n\
                    walk* __ table\toutlook\t-2\nmay\thedge\t.5\nmay\ttime_now\t1\n";
        let lexicon = Lexicon::parse(&[("test", text)]).expect("a lexicon");
        let vocabulary = Vocabulary::new(lexicon.word_forms().chain(["other".to_owned()]));
        (LexiconMatcher::new(&lexicon, &vocabulary), vocabulary.len())
    }

    #[test]
    fn written_matchers_are_read() {
        let (matcher, words) = matcher();
        let bytes = matcher.to_bytes();
        assert_eq!(LexiconMatcher::from_bytes(&bytes, words).expect("reads"), matcher);
        assert!(
            LexiconMatcher::from_bytes(&bytes, words + 1).is_err()
                && LexiconMatcher::from_bytes(&bytes, words - 1).is_err()
        );
        for end in 0..bytes.len() {
            assert!(LexiconMatcher::from_bytes(&bytes[..end], words).is_err(), "{end}");
        }
    }

    #[test]
    fn malformed_bytes_are_rejected() {
        let mut deep = vec![0, MAX_ENTRY_WORDS as u8 + 2];
        deep.extend([4, 0, 0].repeat(MAX_ENTRY_WORDS + 1));
        deep.extend([0, 0]);
        for (bytes, what) in [
            (vec![0xff, 0xff, 0xff, 0xff, 0x0f], "more entries than bytes"),
            (vec![1, 99, 0, 0, 0, 0, 1, 0, 0], "an unknown kind"),
            (vec![1, 0, 0, 0, 0xc0, 0x7f, 1, 0, 0], "a value that is not finite"),
            (vec![0, 0], "no root"),
            (vec![0, 1, 0, 1, 0], "an entry out of range"),
            (vec![0, 1, 4, 0, 0], "an edge that leads nowhere"),
            (vec![0, 2, 0, 0, 0, 0], "an unreachable node"),
            (vec![0, 2, 0, 0, 4, 0, 0], "a node that leads to itself"),
            (vec![0, 0x81, 0, 0, 0], "a number that is not in its shortest form"),
            (vec![0, 2, 4, 99, 0, 0, 0], "a lexeme out of range"),
            (vec![0x80, 0x80, 0x80, 0x80, 0x80, 0x80], "a number without end"),
            (deep, "a tree too deep"),
        ] {
            assert!(LexiconMatcher::from_bytes(&bytes, 0).is_err(), "{what}");
        }
        assert!(LexiconMatcher::from_bytes(&[0, 1, 0, 0], 0).is_ok());
    }

    proptest! {
        #[test]
        fn accepted_bytes_are_written_again(at in any::<prop::sample::Index>(), byte: u8) {
            let (matcher, words) = matcher();
            let mut bytes = matcher.to_bytes();
            let at = at.index(bytes.len());
            bytes[at] = byte;
            if let Ok(read) = LexiconMatcher::from_bytes(&bytes, words) {
                prop_assert_eq!(read.to_bytes(), bytes);
            }
        }
    }
}
