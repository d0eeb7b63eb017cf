//! [`sentences`]: cuts an article's body into sentences, each a span of the text as given.

use memchr::{memchr2, memchr3};

use crate::sentence::abbreviation::{abbreviation, is_clock, is_opener};
use crate::sentence::layout::{Marker, Stretch, bullet, is_space, markers, stretches};
use crate::sentence::lookahead::{Next, REACH, floor, is_attribution};
use crate::span::Span;
use crate::word::abbreviation_class::Abbreviation;

/// One sentence of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Where it stands in the text as given, without blanks at its ends.
    pub span: Span,
    /// Number of its paragraph, from 0.
    pub paragraph: u32,
}

/// Length in bytes from which on a sentence ends at the next blank, whatever stands there: many times
/// that of any sentence of prose, so that what reads sentences has bounded work to do on text
/// without stops (tables, transcripts, hostile input).
const LONGEST: usize = 4096;

/// The sentences of `text` within `body`, in order and without overlap.
///
/// Every byte of `body` that is not blank lies in one sentence. Offsets are bytes
/// into `text`. Blank lines, list items and headlines end a sentence; within a
/// paragraph `.`, `!`, `?` and `…` do, unless an abbreviation, an initial, a
/// number or what follows speaks against it. Closing quotes and brackets belong
/// to the sentence they close. A `body` that is no range of `text` has none.
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
    let part = body.slice(text);
    let mut found = Vec::new();
    for stretch in stretches(part) {
        Scan::new(part, stretch).run(|start, end| {
            let span = Span::new(start, end).shifted(body.start as usize);
            found.push(Sentence { span, paragraph: stretch.paragraph });
        });
    }
    found
}

/// One pass over a stretch.
struct Scan<'a> {
    text: &'a str,
    end: usize,
    /// Where the open sentence starts.
    start: usize,
    /// Whether an odd number of straight double quotes came so far.
    is_quoted: bool,
    /// How the open sentence is marked as an item of a list.
    items: Vec<Marker>,
    bullet: Option<char>,
    /// Offset up to which the mark of the item reaches: no sentence ends before it.
    past_mark: usize,
}

impl<'a> Scan<'a> {
    fn new(text: &'a str, stretch: Stretch) -> Self {
        let text = text.get(..stretch.end).unwrap_or("");
        let mut scan = Self {
            text,
            end: text.len(),
            start: stretch.start,
            is_quoted: false,
            items: Vec::new(),
            bullet: None,
            past_mark: 0,
        };
        scan.open(stretch.start);
        scan
    }

    /// Opens a sentence at `at`, after blanks; takes note of a list mark.
    fn open(&mut self, at: usize) {
        self.start = at + blanks(self.tail(at));
        let mut rest = self.start;
        self.bullet = bullet(self.tail(rest)).map(|(c, _)| c);
        if let Some(c) = self.bullet {
            rest += c.len_utf8();
            rest += blanks(self.tail(rest));
        }
        self.items.clear();
        self.items.extend(markers(self.tail(rest)));
        self.past_mark = self.items.first().map_or(rest, |item| rest + item.len);
    }

    fn run(mut self, mut emit: impl FnMut(usize, usize)) {
        let mut at = self.start;
        let mut stop = at;
        while let Some(&byte) = self.text.as_bytes().get(at) {
            if byte.is_ascii_alphanumeric() {
                at = self.skip(at + 1, &mut stop);
                continue;
            }
            let cut = match byte {
                b'.' | b'!' | b'?' => self.terminator(at),
                0xE2 if self.tail(at).starts_with('…') => self.terminator(at),
                b'"' => {
                    self.is_quoted = !self.is_quoted;
                    Step::Go(at + 1)
                }
                b' ' | b'\t' | b'\n' | 0xC2 if self.next_item(at) => Step::Cut(at, at),
                b' ' | b'\t' | b'\n' if at > self.start + LONGEST => Step::Cut(at, at),
                _ => Step::Go(at + 1),
            };
            match cut {
                Step::Go(next) => at = next,
                Step::Cut(end, next) => {
                    if self.text.get(self.start..end).is_some() && end > self.start {
                        emit(self.start, end);
                        self.open(next);
                    }
                    at = next.max(at + 1);
                }
            }
        }
        if self.end > self.start {
            emit(self.start, self.end);
        }
    }

    /// The first byte from `at` on that may end the open sentence, or `at`. `stop` is kept between calls: up to
    /// there is no final punctuation.
    fn skip(&self, at: usize, stop: &mut usize) -> usize {
        let limit = self.end.min(self.start + LONGEST);
        if !self.items.is_empty() || self.bullet.is_some() || at >= limit {
            return at;
        }
        let part = |from: usize, to: usize| self.text.as_bytes().get(from..to).unwrap_or_default();
        if *stop < at {
            *stop = memchr3(b'.', b'!', b'?', part(at, limit)).map_or(limit, |n| at + n);
        }
        let to = limit.min(*stop);
        memchr2(b'"', 0xE2, part(at, to)).map_or(to, |n| at + n)
    }

    fn tail(&self, at: usize) -> &'a str {
        self.text.get(at..).unwrap_or("")
    }

    /// Whether the next item of the list that the open sentence belongs to stands
    /// after the blank at `at`.
    fn next_item(&self, at: usize) -> bool {
        if self.items.is_empty() && self.bullet.is_none() || at < self.past_mark {
            return false;
        }
        let tail = self.tail(at);
        let next = tail.get(blanks(tail)..).unwrap_or("");
        match bullet(next) {
            Some((c, false)) => self.bullet == Some(c),
            _ => markers(next).any(|next| self.items.iter().any(|item| next.follows(item))),
        }
    }

    /// Decides about the run of final punctuation that starts at `at`.
    fn terminator(&mut self, at: usize) -> Step {
        let run = Run::read(self.tail(at));
        let mut end = at + run.len;
        let is_bracketed = self.text.get(..at).is_some_and(|s| s.ends_with(['[', '(']))
            && self.tail(end).starts_with([']', ')']);
        let before_closers = end;
        end = self.closers(end);
        let has_closers = end > before_closers;
        let tail = self.tail(end);
        let gap = blanks(tail);
        let next = Next::read(tail.get(gap..).unwrap_or(""));
        let is_end = !is_bracketed
            && at >= self.past_mark
            && !next.is_nothing
            && if gap == 0 {
                self.ends_without_blank(at, &run, has_closers, tail)
            } else {
                self.ends(at, &run, has_closers, &next)
            };
        if !is_end {
            return Step::Go(end.max(at + 1));
        }
        if run.is_spaced && Run::is_attached(self.text, at) && !has_closers {
            // "compounds. . . . The": the first stop is the sentence's, the rest an omission
            return Step::Cut(at + 1, at + 1);
        }
        Step::Cut(end, end)
    }

    /// The offset after the closing quotes, brackets and note numbers at `at`.
    fn closers(&mut self, mut at: usize) -> usize {
        while let Some(c) = self.tail(at).chars().next() {
            let after = self.tail(at + c.len_utf8()).chars().next();
            let is_last = after.is_none_or(|c| !c.is_alphanumeric());
            let closes = match c {
                ')' | ']' | '}' | '”' | '»' | '’' => true,
                '"' => self.is_quoted || is_last,
                '\'' | '*' | '_' => is_last,
                _ => false,
            };
            if c == '"' && closes {
                self.is_quoted = false;
            }
            if closes {
                at += c.len_utf8();
            } else if let Some(note) = note_len(self.tail(at)) {
                at += note;
            } else {
                break;
            }
        }
        at
    }

    /// A run with no blank after it: "world.Today" ends a sentence, "Jane.Doe@" and "3.5" do not.
    fn ends_without_blank(&self, at: usize, run: &Run, has_closers: bool, tail: &str) -> bool {
        let mut following = tail.chars();
        let (Some(first), second) = (following.next(), following.next()) else { return false };
        if has_closers {
            return first.is_uppercase() && second.is_some_and(char::is_lowercase);
        }
        if matches!(first, '“' | '"' | '‘') {
            return second.is_some_and(char::is_uppercase);
        }
        if run.stops > 1 || !first.is_uppercase() {
            return false;
        }
        let chunk = tail.get(..floor(tail, REACH)).unwrap_or("").split(is_space).next().unwrap_or("");
        let word = self.word_before(at);
        let is_address = |s: &str| s.contains(['@', '/', '\\', '=']) || s.contains("www.");
        let is_word = word.chars().count() > 1
            && (word.chars().all(char::is_lowercase)
                || word.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.'))
                || Self::is_capitalised(word));
        is_word
            && !is_address(chunk)
            && !is_address(word)
            && second.is_some_and(|c| c.is_lowercase() || c == ' ' || c == '’' || c == '\'')
            && (abbreviation(word).is_none() || word.chars().all(char::is_lowercase))
    }

    fn is_capitalised(word: &str) -> bool {
        let mut chars = word.chars();
        chars.next().is_some_and(char::is_uppercase)
            && word.chars().count() > 3
            && chars.all(char::is_lowercase)
    }

    /// A run with a blank after it.
    fn ends(&self, at: usize, run: &Run, has_closers: bool, next: &Next<'_>) -> bool {
        if next.is_lower {
            // only a writer who uses no capitals starts a sentence small
            return !has_closers
                && !next.is_wrapped
                && run.stops == 1
                && self.starts_small()
                && self.word_before(at).chars().count() > 2
                && self.word_before(at).chars().all(char::is_alphanumeric)
                && abbreviation(self.word_before(at)).is_none();
        }
        if run.is_emphatic {
            return !(has_closers && is_attribution(next.rest));
        }
        if run.stops > 1 {
            let is_attached = Run::is_attached(self.text, at);
            return has_closers || run.stops > 3 || (is_attached && next.word != "I");
        }
        has_closers && self.closes_bracketed_word(at) != Some(false)
            || self.ends_after(self.word_before(at), at, next)
    }

    /// For a stop before a closing bracket or quote: whether the word before it is no abbreviation.
    fn closes_bracketed_word(&self, at: usize) -> Option<bool> {
        let word = self.word_before(at);
        (is_acronym(word) || abbreviation(word).is_some_and(|kind| kind != Abbreviation::Number))
            .then_some(false)
    }

    /// Whether the single stop at `at` after `word` ends a sentence.
    fn ends_after(&self, word: &str, at: usize, next: &Next<'_>) -> bool {
        let opens = is_opener(next.word);
        let bare = word.rsplit(['-', '–', '—', '/']).next().unwrap_or(word);
        if let Some(kind) = abbreviation(word).or_else(|| abbreviation(bare)) {
            return match kind {
                Abbreviation::Before => false,
                Abbreviation::Number => !next.is_digit && !next.is_numeral(),
                Abbreviation::Date => opens && !next.is_digit,
                Abbreviation::After => opens || next.is_quote && !next.is_wrapped_word(),
                Abbreviation::Closing => true,
            };
        }
        if is_acronym(bare) {
            let is_clock_time = bare.eq_ignore_ascii_case("a.m") || bare.eq_ignore_ascii_case("p.m");
            return if is_clock_time { self.ends_after_clock(at, next) } else { opens };
        }
        let mut letters = word.chars();
        if let (Some(letter), None) = (letters.next(), letters.next()) {
            if letter.is_uppercase() {
                let head = self.text.get(self.start..at.saturating_sub(letter.len_utf8())).unwrap_or("");
                let before = self.word_before(self.start + head.trim_end_matches(is_space).len());
                let is_after_small = before.chars().next().is_some_and(char::is_lowercase);
                return is_after_small && (opens || letter == 'I');
            }
            return !letter.is_lowercase() || opens;
        }
        true
    }

    /// `p.m.` ends a sentence unless a weekday, a zone or a place's time follows,
    /// or the time opens the sentence ("At 5 p.m. Mr. Ode left").
    fn ends_after_clock(&self, at: usize, next: &Next<'_>) -> bool {
        if next.is_digit || is_clock(next.word) {
            return false;
        }
        let second = next.rest.split(is_space).nth(1).unwrap_or("");
        if second.trim_end_matches([',', '.']).eq_ignore_ascii_case("time") || next.rest.starts_with('(') {
            return false;
        }
        let so_far = self.text.get(self.start..at).unwrap_or("");
        let is_opening = so_far.len() < REACH && so_far.split(is_space).count() <= 4 && !so_far.contains(',');
        let first = so_far.split(is_space).next().unwrap_or("");
        let is_preposition =
            matches!(first, "At" | "By" | "Around" | "About" | "After" | "Before" | "Until" | "From");
        !(is_opening && is_preposition)
    }

    /// Whether the open sentence starts with a small letter.
    fn starts_small(&self) -> bool {
        self.tail(self.start)
            .chars()
            .take(REACH)
            .find(|c| c.is_alphanumeric())
            .is_some_and(char::is_lowercase)
    }

    /// The word before `at`, without opening quotes and brackets; at most [`REACH`] bytes.
    fn word_before(&self, at: usize) -> &'a str {
        let head = self.text.get(self.start..at).unwrap_or("");
        let head = head.get(ceil(head, head.len().saturating_sub(REACH))..).unwrap_or("");
        let is_edge = |c: char| is_space(c) || matches!(c, '"' | '“' | '”' | '‘' | '(' | '[' | '{' | '«');
        head.rsplit(is_edge).next().unwrap_or("").trim_start_matches(['\'', '*', '_', '#', '—', '–'])
    }
}

enum Step {
    /// No sentence ends here: go on at this offset.
    Go(usize),
    /// The sentence ends at the first offset, the next starts at the second or after blanks.
    Cut(usize, usize),
}

/// A run of final punctuation.
struct Run {
    len: usize,
    /// Full stops in it; `…` counts three.
    stops: usize,
    /// Whether `!` or `?` is in it.
    is_emphatic: bool,
    /// Whether blanks part its stops (". . .").
    is_spaced: bool,
}

impl Run {
    fn read(tail: &str) -> Self {
        let mut run = Run { len: 0, stops: 0, is_emphatic: false, is_spaced: false };
        while let Some(c) = tail.get(run.len..).and_then(|s| s.chars().next()) {
            match c {
                '.' => run.stops += 1,
                '…' => run.stops += 3,
                '!' | '?' => run.is_emphatic = true,
                ' ' | '\u{a0}'
                    if tail.get(run.len + c.len_utf8()..).is_some_and(spaced_stop) && run.stops > 0 =>
                {
                    run.is_spaced = true;
                }
                _ => break,
            }
            run.len += c.len_utf8();
        }
        run
    }

    /// Whether the run stands right behind a word.
    fn is_attached(text: &str, at: usize) -> bool {
        text.get(..at).and_then(|s| s.chars().next_back()).is_some_and(|c| !is_space(c))
    }
}

/// Whether a stop of a spaced ellipsis stands here: a lone `.`, not the start of ".5" or ".com".
fn spaced_stop(rest: &str) -> bool {
    rest.strip_prefix('.').is_some_and(|after| {
        after.chars().next().is_none_or(|c| is_space(c) || matches!(c, '”' | '"' | '’' | '\'' | ')' | ']'))
    })
}

/// Whether `word` is letters with stops between them (`U.S`, `a.m`, `Ph.D`), the last stop apart.
fn is_acronym(word: &str) -> bool {
    word.contains('.')
        && word
            .split('.')
            .all(|part| matches!(part.chars().count(), 1..=2) && part.chars().all(char::is_alphabetic))
}

/// The length of a note number such as `[12]` at the start of `text`.
fn note_len(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('[')?;
    let digits = inner.bytes().take(4).take_while(u8::is_ascii_digit).count();
    (digits > 0 && inner.get(digits..)?.starts_with(']')).then_some(digits + 2)
}

/// The length in bytes of the blanks at the start of `text`.
fn blanks(text: &str) -> usize {
    text.len() - text.trim_start_matches(is_space).len()
}

/// The least character bound of `text` that is at least `at`.
fn ceil(text: &str, at: usize) -> usize {
    (at..text.len()).find(|&i| text.is_char_boundary(i)).unwrap_or(text.len())
}

#[cfg(test)]
#[path = "split_tests.rs"]
mod tests;
