//! [`sentences`]: splits the body of an article into sentences, each a span of the original text.

use memchr::{memchr2, memchr3};

use crate::sentence::boundary::Boundary;
use crate::sentence::characters::leading_space;
use crate::sentence::layout::{Block, blocks};
use crate::sentence::list_marker::{Marker, bullet, markers};
use crate::sentence::terminator::Terminator;
use crate::span::Span;

/// One sentence of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Sentence {
    /// Its bytes in the original text, without white space at the ends.
    pub span: Span,
    /// Number of its paragraph, from 0.
    pub paragraph: u32,
}

/// Bytes after which a sentence ends at the next space: many times the length of any sentence of prose, so that
/// the work on a sentence is bounded for text without full stops (tables, transcripts, adversarial input).
const MAX_SENTENCE_BYTES: usize = 4096;

/// Returns the sentences of `text` within `body`, in order and without overlap.
///
/// Every byte of `body` that is not white space is in one sentence. Offsets are bytes into `text`. Blank lines,
/// list items and headlines end a sentence; within a paragraph `.`, `!`, `?` and `…` do, unless an abbreviation,
/// an initial, a number or the text that follows is against it. Closing quotes and brackets belong to the
/// sentence that they close. A `body` that is no range of `text` has no sentences.
///
/// ```
/// use detente_lang::{Span, sentences};
/// let text = "Mr. Ode left at 5 p.m. on Nov. 3. \"No deal!\" he said.";
/// let found = sentences(text, Span::new(0, text.len()));
/// assert_eq!(found.len(), 2);
/// assert_eq!(found[1].span.slice(text), "\"No deal!\" he said.");
/// ```
#[must_use]
pub fn sentences(text: &str, body: Span) -> Vec<Sentence> {
    let body_text = body.slice(text);
    let mut found = Vec::new();
    for block in blocks(body_text) {
        Splitter::new(body_text, block).split(|start, end| {
            let span = Span::new(start, end).shifted(body.start as usize);
            found.push(Sentence { span, paragraph: block.paragraph });
        });
    }
    found
}

/// Splits a block in one pass.
struct Splitter<'a> {
    /// The text up to the end of the block.
    text: &'a str,
    /// Where the open sentence starts.
    start: usize,
    /// Whether the number of straight double quotes so far is odd.
    is_quoted: bool,
    /// The readings of the number of the open sentence as a list item.
    numbers: Vec<Marker>,
    bullet: Option<char>,
    /// Offset after the bullet and number of the open sentence: it does not end before.
    marker_end: usize,
}

/// What to do at an offset.
enum Decision {
    /// No sentence ends here: continue at this offset.
    Continue(usize),
    /// The sentence ends at the first offset; the next starts at the second, or after white space there.
    Split(usize, usize),
}

impl<'a> Splitter<'a> {
    fn new(text: &'a str, block: Block) -> Self {
        let text = text.get(..block.end).unwrap_or("");
        let mut splitter = Self {
            text,
            start: block.start,
            is_quoted: false,
            numbers: Vec::new(),
            bullet: None,
            marker_end: 0,
        };
        splitter.open_sentence(block.start);
        splitter
    }

    /// Starts a sentence at `at`, after white space, and reads its bullet or number as a list item.
    fn open_sentence(&mut self, at: usize) {
        self.start = at + leading_space(self.tail(at));
        let mut rest = self.start;
        self.bullet = bullet(self.tail(rest)).map(|(c, _)| c);
        if let Some(c) = self.bullet {
            rest += c.len_utf8();
            rest += leading_space(self.tail(rest));
        }
        self.numbers.clear();
        self.numbers.extend(markers(self.tail(rest)));
        self.marker_end = self.numbers.first().map_or(rest, |number| rest + number.len);
    }

    /// Calls `emit` with the start and end of each sentence.
    fn split(mut self, mut emit: impl FnMut(usize, usize)) {
        let mut at = self.start;
        let mut scanned = at;
        while let Some(&byte) = self.text.as_bytes().get(at) {
            if byte.is_ascii_alphanumeric() {
                at = self.skip_letters(at + 1, &mut scanned);
                continue;
            }
            let decision = match byte {
                b'.' | b'!' | b'?' => self.decide_at_terminator(at),
                0xE2 if self.tail(at).starts_with('…') => self.decide_at_terminator(at),
                b'"' => {
                    self.is_quoted = !self.is_quoted;
                    Decision::Continue(at + 1)
                }
                b' ' | b'\t' | b'\n' | 0xC2 if self.next_item_follows(at) => Decision::Split(at, at),
                b' ' | b'\t' | b'\n' if at > self.start + MAX_SENTENCE_BYTES => Decision::Split(at, at),
                _ => Decision::Continue(at + 1),
            };
            match decision {
                Decision::Continue(next) => at = next,
                Decision::Split(end, next) => {
                    if self.text.get(self.start..end).is_some() && end > self.start {
                        emit(self.start, end);
                        self.open_sentence(next);
                    }
                    at = next.max(at + 1);
                }
            }
        }
        if self.text.len() > self.start {
            emit(self.start, self.text.len());
        }
    }

    /// The first byte from `at` on that can end the open sentence, or `at`. No full stop, exclamation or question
    /// mark stands before `scanned`, which is kept between calls.
    fn skip_letters(&self, at: usize, scanned: &mut usize) -> usize {
        let limit = self.text.len().min(self.start + MAX_SENTENCE_BYTES);
        if !self.numbers.is_empty() || self.bullet.is_some() || at >= limit {
            return at;
        }
        let bytes = |from: usize, to: usize| self.text.as_bytes().get(from..to).unwrap_or_default();
        if *scanned < at {
            *scanned = memchr3(b'.', b'!', b'?', bytes(at, limit)).map_or(limit, |n| at + n);
        }
        let to = limit.min(*scanned);
        memchr2(b'"', 0xE2, bytes(at, to)).map_or(to, |n| at + n)
    }

    fn tail(&self, at: usize) -> &'a str {
        self.text.get(at..).unwrap_or("")
    }

    /// Whether the next item of the open sentence's list starts after the white space at `at`.
    fn next_item_follows(&self, at: usize) -> bool {
        if self.numbers.is_empty() && self.bullet.is_none() || at < self.marker_end {
            return false;
        }
        let tail = self.tail(at);
        let next = tail.get(leading_space(tail)..).unwrap_or("");
        match bullet(next) {
            Some((c, false)) => self.bullet == Some(c),
            _ => markers(next).any(|next| self.numbers.iter().any(|number| next.follows(number))),
        }
    }

    /// Decides about the terminator at `at`.
    fn decide_at_terminator(&mut self, at: usize) -> Decision {
        let terminator = Terminator::read(self.tail(at));
        let end = self.skip_closers(at + terminator.len);
        let boundary = Boundary { text: self.text, sentence_start: self.start, at, terminator, end };
        if at < self.marker_end || !boundary.ends_sentence() {
            return Decision::Continue(end.max(at + 1));
        }
        if terminator.is_spaced && boundary.is_attached() && !boundary.has_closers() {
            // "compounds. . . . The": the first full stop is the sentence's, the others an omission
            return Decision::Split(at + 1, at + 1);
        }
        Decision::Split(end, end)
    }

    /// The offset after the closing quotes, brackets and note numbers at `at`.
    fn skip_closers(&mut self, mut at: usize) -> usize {
        while let Some(c) = self.tail(at).chars().next() {
            let after = self.tail(at + c.len_utf8()).chars().next();
            let ends_word = after.is_none_or(|c| !c.is_alphanumeric());
            let closes = match c {
                ')' | ']' | '}' | '”' | '»' | '’' => true,
                '"' => self.is_quoted || ends_word,
                '\'' | '*' | '_' => ends_word,
                _ => false,
            };
            if c == '"' && closes {
                self.is_quoted = false;
            }
            if closes {
                at += c.len_utf8();
            } else if let Some(note) = note_number(self.tail(at)) {
                at += note;
            } else {
                break;
            }
        }
        at
    }
}

/// The length of a note number such as `[12]` at the start of `text`.
fn note_number(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('[')?;
    let digits = inner.bytes().take(4).take_while(u8::is_ascii_digit).count();
    (digits > 0 && inner.get(digits..)?.starts_with(']')).then_some(digits + 2)
}

#[cfg(test)]
#[path = "split_tests.rs"]
mod tests;
