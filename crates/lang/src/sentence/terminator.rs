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

#[cfg(test)]
mod tests {
    use super::*;

    fn read(tail: &str) -> (usize, usize, bool, bool) {
        let Terminator { len, stops, is_emphatic, is_spaced } = Terminator::read(tail);
        (len, stops, is_emphatic, is_spaced)
    }

    #[test]
    fn full_stops_are_counted() {
        assert_eq!(read(". Next"), (1, 1, false, false));
        assert_eq!(read("... Next"), (3, 3, false, false));
        assert_eq!(read("… Next"), (3, 3, false, false));
        assert_eq!(read("….\""), (4, 4, false, false));
        assert_eq!(read("Next"), (0, 0, false, false));
    }

    #[test]
    fn exclamation_and_question_marks_are_emphatic() {
        assert_eq!(read("?! Next"), (2, 0, true, false));
        assert_eq!(read("!”"), (1, 0, true, false));
        assert_eq!(read("...? Next"), (4, 3, true, false));
        assert!(!read(".").2 && !read("…").2 && !read(";").2);
    }

    #[test]
    fn an_ellipsis_may_be_spaced() {
        assert_eq!(read(". . . Next"), (5, 3, false, true));
        assert_eq!(read(".\u{a0}.\u{a0}. Next"), (7, 3, false, true));
        assert_eq!(read(". .” Next"), (3, 2, false, true));
        // figures and names of domains are no ellipsis
        assert_eq!(read(". .5 percent"), (1, 1, false, false));
        assert_eq!(read(". .com"), (1, 1, false, false));
        assert_eq!(read("? . ."), (1, 0, true, false));
    }
}
