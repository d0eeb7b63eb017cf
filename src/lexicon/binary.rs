//! A [`Finder`] as a model's file has it: numbers of seven bits a byte, the lowest first.
//!
//! The number of entries, then kind and value (four bytes) of each; the number of nodes, then each: four times the
//! number of its edges by a literal lexeme, plus 2 for a gap of one word and 1 for a longer one, the lexemes, the
//! number of entries that end there, the entries; then for every word of the vocabulary twice the number of its
//! lexemes, plus 1 for a negator, and the lexemes. Lists ascend, and only what lies between their members stands
//! there. Nodes stand level by level, and their edges lead to nodes one after the other: whatever the numbers, they
//! are a tree.

use crate::error::{Error, Result};
use crate::lexicon::cue::CueKind;
use crate::lexicon::matcher::{Finder, ONE, SOME};
use crate::lexicon::parse::MOST_WORDS;

/// Most nodes that room is made for before they are read.
const MOST_AT_ONCE: usize = 1 << 16;

impl Finder {
    /// The finder as bytes; the same finder gives the same bytes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        push(&mut bytes, self.entries().len() as u32);
        for (kind, value) in self.entries() {
            bytes.push(*kind as u8);
            bytes.extend(value.to_le_bytes());
        }
        push(&mut bytes, self.nodes().len() as u32);
        for node in self.nodes() {
            let lexemes = self.lexemes_from(node);
            let gaps = u32::from(node.gap_one != 0) << 1 | u32::from(node.gap_some != 0);
            push(&mut bytes, (lexemes.len() as u32) << 2 | gaps);
            push_list(&mut bytes, lexemes);
            let ends = self.ends_at(node);
            push(&mut bytes, ends.len() as u32);
            push_list(&mut bytes, ends);
        }
        for (lexemes, negator) in self.words() {
            push(&mut bytes, (lexemes.len() as u32) << 1 | u32::from(negator));
            push_list(&mut bytes, lexemes);
        }
        bytes
    }

    /// Reads a finder for a vocabulary of that many words.
    ///
    /// # Errors
    /// When the bytes are cut short or more than a finder, a kind is unknown, a value no finite number, an entry
    /// or lexeme out of range, or the tree deeper than an entry has words.
    pub fn from_bytes(bytes: &[u8], words: usize) -> Result<Self> {
        let mut numbers = Numbers(bytes);
        let entries = (0..numbers.count()?).map(|_| numbers.entry()).collect::<Result<Vec<_>>>()?;
        let most_ends = entries.len() as u32;
        // an edge takes a byte at least, so that no lexeme need have a larger number
        let most_lexemes = u32::try_from(bytes.len()).unwrap_or(ONE).min(ONE);
        let mut finder = Self::of(entries);
        let (mut lexemes, mut ends) = (Vec::new(), Vec::new());
        let nodes = numbers.count()?;
        finder.reserve(words, nodes.min(MOST_AT_ONCE));
        // nodes that are led to, and where a level of them starts
        let (mut reached, mut level, mut depth) = (1, 1, 0);
        for at in 0..nodes {
            if at >= reached {
                return Err(broken());
            }
            let head = numbers.number()?;
            numbers.list(head >> 2, most_lexemes, &mut lexemes)?;
            lexemes.extend(
                [(2, ONE), (1, SOME)].into_iter().filter(|(bit, _)| head & bit != 0).map(|gap| gap.1),
            );
            let count = numbers.number()?;
            numbers.list(count, most_ends, &mut ends)?;
            finder.push_node(lexemes.iter().copied(), ends.iter().copied());
            reached += lexemes.len();
            if at + 1 == level {
                depth += 1;
                level = reached;
            }
            if depth > MOST_WORDS + 1 {
                return Err(broken());
            }
        }
        if reached != nodes {
            return Err(broken());
        }
        let starts = finder.starts();
        for _ in 0..words {
            let head = numbers.number()?;
            numbers.list(head >> 1, most_lexemes, &mut lexemes)?;
            finder.push_word(head & 1 == 1, &lexemes, &starts);
        }
        if numbers.0.is_empty() { Ok(finder) } else { Err(broken()) }
    }
}

fn push(bytes: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// Appends what lies between the members of an ascending list.
fn push_list(bytes: &mut Vec<u8>, list: &[u32]) {
    let mut least = 0;
    for member in list {
        push(bytes, member - least);
        least = member + 1;
    }
}

fn broken() -> Error {
    Error::model("the compiled lexicon is broken")
}

/// Reads from the front of what is left.
struct Numbers<'a>(&'a [u8]);

impl Numbers<'_> {
    fn byte(&mut self) -> Result<u8> {
        let (byte, rest) = self.0.split_first().ok_or_else(broken)?;
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

    /// A number of any length; there is one way to write each.
    #[cold]
    fn long_number(&mut self) -> Result<u32> {
        let mut number = 0;
        for shift in (0..u32::BITS).step_by(7) {
            let byte = self.byte()?;
            let bits = u32::from(byte & 0x7f);
            number |= bits << shift;
            if byte < 0x80 {
                let is_short = shift == 0 || bits != 0 && bits << shift >> shift == bits;
                return if is_short { Ok(number) } else { Err(broken()) };
            }
        }
        Err(broken())
    }

    /// A number of things that take a byte at least each.
    fn count(&mut self) -> Result<usize> {
        let count = self.number()? as usize;
        if count <= self.0.len() { Ok(count) } else { Err(broken()) }
    }

    fn entry(&mut self) -> Result<(CueKind, f32)> {
        let kind = CueKind::ALL.get(usize::from(self.byte()?)).ok_or_else(broken)?;
        let (value, rest) = self.0.split_first_chunk().ok_or_else(broken)?;
        self.0 = rest;
        let value = f32::from_le_bytes(*value);
        if value.is_finite() { Ok((*kind, value)) } else { Err(broken()) }
    }

    /// Puts an ascending list of so many numbers below `end` in the place of what `list` held.
    #[inline]
    fn list(&mut self, count: u32, end: u32, list: &mut Vec<u32>) -> Result<()> {
        list.clear();
        let mut least = 0_u32;
        for _ in 0..count {
            let member =
                self.number()?.checked_add(least).filter(|member| *member < end).ok_or_else(broken)?;
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

    fn finder() -> (Finder, usize) {
        let text = "entry\tkind\tvalue\nagree* to _ disagree\toutlook\t-1\nagree*\toutlook\t2\nnot\tnegator\t-1\n\
                    walk* __ table\toutlook\t-2\nmay\thedge\t.5\nmay\ttime_now\t1\n";
        let lexicon = Lexicon::read(&[("test", text)]).expect("a lexicon");
        let vocabulary = Vocabulary::new(lexicon.word_forms().chain(["other".to_owned()]));
        (Finder::new(&lexicon, &vocabulary), vocabulary.len())
    }

    #[test]
    fn what_is_written_is_read() {
        let (finder, words) = finder();
        let bytes = finder.to_bytes();
        assert_eq!(Finder::from_bytes(&bytes, words).expect("reads"), finder);
        assert!(
            Finder::from_bytes(&bytes, words + 1).is_err() && Finder::from_bytes(&bytes, words - 1).is_err()
        );
        for end in 0..bytes.len() {
            assert!(Finder::from_bytes(&bytes[..end], words).is_err(), "{end}");
        }
    }

    #[test]
    fn harm_is_refused() {
        let mut deep = vec![0, MOST_WORDS as u8 + 2];
        deep.extend([4, 0, 0].repeat(MOST_WORDS + 1));
        deep.extend([0, 0]);
        for (bytes, what) in [
            (vec![0xff, 0xff, 0xff, 0xff, 0x0f], "more entries than bytes"),
            (vec![1, 99, 0, 0, 0, 0, 1, 0, 0], "a kind that is none"),
            (vec![1, 0, 0, 0, 0xc0, 0x7f, 1, 0, 0], "a value that is no number"),
            (vec![0, 0], "no root"),
            (vec![0, 1, 0, 1, 0], "an entry out of range"),
            (vec![0, 1, 4, 0, 0], "an edge that leads nowhere"),
            (vec![0, 2, 0, 0, 0, 0], "a node that nothing leads to"),
            (vec![0, 2, 0, 0, 4, 0, 0], "a node that leads to itself"),
            (vec![0, 0x81, 0, 0, 0], "a number longer than need be"),
            (vec![0, 2, 4, 99, 0, 0, 0], "a lexeme out of range"),
            (vec![0x80, 0x80, 0x80, 0x80, 0x80, 0x80], "a number without end"),
            (deep, "a tree too deep"),
        ] {
            assert!(Finder::from_bytes(&bytes, 0).is_err(), "{what}");
        }
        assert!(Finder::from_bytes(&[0, 1, 0, 0], 0).is_ok());
    }

    proptest! {
        #[test]
        fn whatever_is_read_is_written_alike(at in any::<prop::sample::Index>(), byte: u8) {
            let (finder, words) = finder();
            let mut bytes = finder.to_bytes();
            let at = at.index(bytes.len());
            bytes[at] = byte;
            if let Ok(read) = Finder::from_bytes(&bytes, words) {
                prop_assert_eq!(read.to_bytes(), bytes);
            }
        }
    }
}
