//! Who is meant: full names for short ones, pronouns and roles by the last that fits.

use std::collections::HashMap;
use std::ops::Range;

use crate::attribution::source_phrase;
use crate::word::token::{Kind, Word, low, nth};
use crate::word::word_class;

/// How many sentences back a pronoun reaches.
const BACK: usize = 8;

/// Most words of a name.
const LONGEST: usize = 24;

/// A person or body of the article.
#[derive(Clone, Debug)]
pub(crate) struct Figure {
    /// The fullest name in the article, as words of it.
    pub(crate) name: Range<usize>,
    /// Phrases that tell who it is, in order.
    pub(crate) notes: Vec<Range<usize>>,
    /// Where it is named first.
    first: usize,
    /// Whether it is a person.
    pub(crate) person: bool,
    gender: Option<char>,
}

/// The people and bodies that an article names.
pub(crate) struct Cast {
    pub(crate) figures: Vec<Figure>,
    by_last: HashMap<String, usize>,
    mentions: Vec<(usize, usize)>,
}

impl Cast {
    /// Everyone named by a run of capitals.
    pub(crate) fn of(words: &[Word<'_>]) -> Self {
        let mut cast = Self { figures: Vec::new(), by_last: HashMap::new(), mentions: Vec::new() };
        let mut at = 0;
        while at < words.len() {
            let mut end = at;
            while end - at < LONGEST
                && words.get(end).is_some_and(|w| {
                    let named_of = || {
                        (at + 1..end).any(|i| low(words, i) == "of") && word_class::is_body(nth(words, at))
                    };
                    let link = end > at
                        && word_class::is_name_link(w)
                        && (low(words, end) != "and" || named_of())
                        && low(words, end) != "for"
                        && words.get(end + 1).is_some_and(|n| n.cap && n.kind == Kind::Word);
                    (w.kind == Kind::Word && (w.cap || link))
                        && !(end > at && words.get(end - 1).is_some_and(|p| p.poss))
                })
            {
                end += 1;
            }
            if end > at {
                cast.note(words, at..end);
            }
            at = end.max(at + 1);
        }
        cast
    }

    fn note(&mut self, words: &[Word<'_>], run: Range<usize>) {
        let mut run = run;
        while run.start < run.end
            && (word_class::is_opener(nth(words, run.start))
                || word_class::is_det(nth(words, run.start))
                || word_class::is_break(nth(words, run.start)))
        {
            run.start += 1;
        }
        let Some(name) = source_phrase::name_in(words, &run) else { return };
        let last = low(words, name.end - 1);
        if word_class::is_day(nth(words, name.end - 1)) || word_class::is_pronoun(last) {
            return;
        }
        let mut start = name.start;
        while start > 0
            && name.start - start < 5
            && words.get(start - 1).is_some_and(|w| {
                w.wordy()
                    && !word_class::is_link(w)
                    && !word_class::is_break(w)
                    && word_class::verb(w).is_none()
            })
        {
            start -= 1;
        }
        // "the union's secretary, Ada Brenn,": the role stands before a comma
        if start > 1
            && words.get(start - 1).is_some_and(|w| w.is(','))
            && (start..name.start).all(|i| word_class::is_title(nth(words, i)))
        {
            let mut from = start - 1;
            while from > 0
                && name.start - from < 11
                && words
                    .get(from - 1)
                    .is_some_and(|w| w.wordy() && !word_class::is_break(w) && word_class::verb(w).is_none())
            {
                from -= 1;
            }
            if (from..start - 1).any(|i| word_class::is_role(nth(words, i))) {
                start = from;
            }
        }
        let before = start..name.start;
        let after = source_phrase::apposed_after(words, name.end, words.len().min(name.end + 30));
        let titled =
            before.clone().any(|i| word_class::is_title(nth(words, i)) || word_class::is_role(nth(words, i)));
        let apposed = after.clone().is_some_and(|a| {
            a.clone().any(|i| word_class::is_role(nth(words, i)))
                && !a.clone().any(|i| word_class::is_say(nth(words, i)))
        });
        let body =
            name.clone().any(|i| word_class::is_body(nth(words, i)) || word_class::is_outlet(nth(words, i)));
        let person = !body
            && (name.len() >= 2 && low(words, name.start.saturating_sub(1)) != "the" || titled || apposed);
        let gender = before.clone().find_map(|i| match low(words, i) {
            "mr" | "mr." | "sir" | "lord" | "king" | "prince" | "spokesman" | "chairman" => Some('m'),
            "mrs" | "mrs." | "ms" | "ms." | "miss" | "lady" | "dame" | "queen" | "princess"
            | "spokeswoman" | "chairwoman" => Some('f'),
            _ => None,
        });
        let index = *self.by_last.entry(last.to_owned()).or_insert_with(|| {
            self.figures.push(Figure {
                name: name.clone(),
                notes: Vec::new(),
                first: name.start,
                person,
                gender,
            });
            self.figures.len() - 1
        });
        if let Some(figure) = self.figures.get_mut(index) {
            if name.len() > figure.name.len() {
                figure.name = name.clone();
            }
            figure.person |= person;
            figure.gender = figure.gender.or(gender);
            if figure.notes.len() < 12 {
                figure.notes.extend((!before.is_empty() && titled).then_some(before));
                figure.notes.extend(after.filter(|_| apposed));
            }
            self.mentions.push((name.start, index));
        }
    }

    /// The figure whose name ends in the last word of `name`.
    pub(crate) fn named(&self, words: &[Word<'_>], name: &Range<usize>) -> Option<usize> {
        self.by_last.get(low(words, name.end.checked_sub(1)?)).copied()
    }

    /// The figure whose name ends in `last` (lower case).
    pub(crate) fn by_last_word(&self, last: &str) -> Option<usize> {
        self.by_last.get(last).copied()
    }

    /// The first person named in the words `of`, outside quotations.
    fn person_in(&self, words: &[Word<'_>], of: &Range<usize>, pronoun: &str) -> Option<usize> {
        let from = self.mentions.partition_point(|(at, _)| *at < of.start);
        let within = self.mentions.get(from..)?.iter().take_while(|(at, _)| *at < of.end);
        within
            .filter(|(at, _)| words.get(*at).is_some_and(|w| w.quote == 0))
            .map(|(_, index)| *index)
            .find(|index| self.fits(*index, pronoun))
    }

    /// The first person named before `end`, outside quotations.
    pub(crate) fn first_person(&self, words: &[Word<'_>], end: usize) -> Option<usize> {
        self.mentions
            .iter()
            .take_while(|(at, _)| *at < end)
            .filter(|(at, _)| words.get(*at).is_some_and(|w| w.quote == 0))
            .map(|(_, index)| *index)
            .find(|index| self.figures.get(*index).is_some_and(|f| f.person))
    }

    /// Whether `pronoun` can mean the figure.
    pub(crate) fn fits(&self, index: usize, pronoun: &str) -> bool {
        let gender = if pronoun == "she" { 'f' } else { 'm' };
        self.figures.get(index).is_some_and(|f| f.person && f.gender.is_none_or(|g| g == gender))
    }

    /// The person that "he" or "she" in sentence `at` means, and the sentence that tells.
    pub(crate) fn pronoun(
        &mut self,
        words: &[Word<'_>],
        spans: &[Range<usize>],
        at: usize,
        speakers: &[Option<usize>],
        pronoun: &str,
    ) -> Option<(usize, usize)> {
        let spoke = |s: usize| speakers.get(s).copied().flatten().filter(|i| self.fits(*i, pronoun));
        let last = (at.saturating_sub(2)..at).rev().find_map(|s| spoke(s).map(|i| (i, s)));
        let found = last.or_else(|| {
            (at.saturating_sub(BACK)..at).rev().find_map(|s| {
                spoke(s).or_else(|| self.person_in(words, spans.get(s)?, pronoun)).map(|i| (i, s))
            })
        })?;
        if let Some(figure) = self.figures.get_mut(found.0) {
            figure.gender = Some(if pronoun == "she" { 'f' } else { 'm' });
        }
        Some(found)
    }

    /// The last figure before `at` of whom `role` has been told, or whose name ends in it.
    pub(crate) fn role(&self, words: &[Word<'_>], at: usize, role: &str) -> Option<usize> {
        let upto = self.mentions.partition_point(|(m, _)| *m < at);
        let recent = self.mentions.get(upto.saturating_sub(24)..upto)?;
        recent.iter().rev().map(|(_, index)| *index).find(|index| {
            self.figures.get(*index).is_some_and(|f| {
                let last = low(words, f.name.end.saturating_sub(1));
                let told = f.notes.iter().any(|n| n.start < at && n.clone().any(|i| low(words, i) == role));
                let body = !f.person && f.name.clone().any(|i| low(words, i) == role);
                let seat = word_class::is_body(role) && !word_class::is_role(role);
                f.first < at && ((f.person && told && !seat) || last == role || body)
            })
        })
    }

    /// Learns a person's gender from the only pronouns in the words `of`.
    pub(crate) fn learn(&mut self, words: &[Word<'_>], index: usize, of: &Range<usize>) {
        let any = |list: &[&str]| {
            of.clone().any(|i| list.contains(&low(words, i)) && words.get(i).is_some_and(|w| w.quote == 0))
        };
        let (male, female) = (any(&["he", "his", "him"]), any(&["she", "her"]));
        if male != female
            && let Some(figure) = self.figures.get_mut(index)
            && figure.gender.is_none()
        {
            figure.gender = Some(if female { 'f' } else { 'm' });
        }
    }
}
