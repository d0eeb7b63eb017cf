//! [`Terminator`]: a run of sentence-final punctuation.

use crate::sentence::characters::is_space;

/// A run of sentence-final punctuation: `.`, `?!`, `…`, `. . .`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Terminator {
    /// Length in bytes.
    pub(crate) len: usize,
    /// Number of full stops; `…` counts three.
    pub(crate) stops: usize,
    /// Whether it contains `!` or `?`.
    pub(crate) is_emphatic: bool,
    /// Whether spaces separate its full stops.
    pub(crate) is_spaced: bool,
}

impl Terminator {
    /// The terminator at the start of `tail`.
    pub(crate) fn read(tail: &str) -> Self {
        let mut terminator = Self { len: 0, stops: 0, is_emphatic: false, is_spaced: false };
        while let Some(c) = tail.get(terminator.len..).and_then(|s| s.chars().next()) {
            match c {
                '.' => terminator.stops += 1,
                '…' => terminator.stops += 3,
                '!' | '?' => terminator.is_emphatic = true,
                ' ' | '\u{a0}'
                    if terminator.stops > 0
                        && tail.get(terminator.len + c.len_utf8()..).is_some_and(is_spaced_stop) =>
                {
                    terminator.is_spaced = true;
                }
                _ => break,
            }
            terminator.len += c.len_utf8();
        }
        terminator
    }
}

/// Whether `rest` starts with a full stop of a spaced ellipsis, not with ".5" or ".com".
fn is_spaced_stop(rest: &str) -> bool {
    rest.strip_prefix('.').is_some_and(|after| {
        after.chars().next().is_none_or(|c| is_space(c) || matches!(c, '”' | '"' | '’' | '\'' | ')' | ']'))
    })
}
