//! [`Boundary`]: the rules that decide whether a terminator ends a sentence.

use crate::sentence::abbreviation::{abbreviation, continues_clock_time, is_acronym, is_opener};
use crate::sentence::characters::{ceil_char_boundary, floor_char_boundary, is_space, leading_space};
use crate::sentence::lookahead::{Lookahead, WINDOW_BYTES, is_speaker_tag};
use crate::sentence::terminator::Terminator;
use crate::word::abbreviation_class::Abbreviation;

/// Words up to which a clock time opens its sentence: "At about 5 p.m.".
const OPENING_WORDS: usize = 4;

/// Full stops above which an ellipsis that no word stands before ends a sentence.
const LONG_ELLIPSIS: usize = 3;

/// A terminator in the text around it.
pub(crate) struct Boundary<'a> {
    /// The text up to the end of the block.
    pub(crate) text: &'a str,
    /// Where the open sentence starts.
    pub(crate) sentence_start: usize,
    /// Where the terminator starts.
    pub(crate) at: usize,
    pub(crate) terminator: Terminator,
    /// Where the closing quotes and brackets after the terminator end.
    pub(crate) end: usize,
}

impl<'a> Boundary<'a> {
    /// Whether the sentence ends here.
    pub(crate) fn ends_sentence(&self) -> bool {
        let tail = self.tail();
        let space = leading_space(tail);
        let next = Lookahead::read(tail.get(space..).unwrap_or(""));
        if next.is_empty || self.is_bracketed() {
            return false;
        }
        if space == 0 { self.ends_without_space() } else { self.ends_before_space(&next) }
    }

    /// Whether the terminator is attached to the word before it.
    pub(crate) fn is_attached(&self) -> bool {
        self.text.get(..self.at).and_then(|s| s.chars().next_back()).is_some_and(|c| !is_space(c))
    }

    /// Whether closing quotes or brackets follow the terminator.
    pub(crate) fn has_closers(&self) -> bool {
        self.end > self.at + self.terminator.len
    }

    fn tail(&self) -> &'a str {
        self.text.get(self.end..).unwrap_or("")
    }

    /// An omission: "[…]", "(...)".
    fn is_bracketed(&self) -> bool {
        let after = self.text.get(self.at + self.terminator.len..).unwrap_or("");
        self.text.get(..self.at).is_some_and(|s| s.ends_with(['[', '('])) && after.starts_with([']', ')'])
    }

    /// "world.Today" ends a sentence, "Jane.Doe@example.com" and "3.5" do not.
    fn ends_without_space(&self) -> bool {
        let mut following = self.tail().chars();
        let (Some(first), second) = (following.next(), following.next()) else { return false };
        if self.has_closers() {
            return first.is_uppercase() && second.is_some_and(char::is_lowercase);
        }
        if matches!(first, '“' | '"' | '‘') {
            return second.is_some_and(char::is_uppercase);
        }
        self.terminator.stops <= 1
            && first.is_uppercase()
            && second.is_some_and(|c| c.is_lowercase() || matches!(c, ' ' | '’' | '\''))
            && self.is_between_words()
    }

    /// Whether the text around a full stop without a space is two words, not a web address, a name of a file or
    /// an abbreviation.
    fn is_between_words(&self) -> bool {
        let tail = self.tail();
        let chunk = tail.get(..floor_char_boundary(tail, WINDOW_BYTES)).unwrap_or("");
        let after = chunk.split(is_space).next().unwrap_or("");
        let word = self.word_before(self.at);
        let is_address = |s: &str| s.contains(['@', '/', '\\', '=']) || s.contains("www.");
        let is_lower = word.chars().all(char::is_lowercase);
        let is_number = word.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.'));
        word.chars().count() > 1
            && (is_lower || is_number || is_long_capitalised(word))
            && !is_address(after)
            && !is_address(word)
            && (is_lower || abbreviation(word).is_none())
    }

    fn ends_before_space(&self, next: &Lookahead<'_>) -> bool {
        if next.is_lower {
            return self.ends_before_lower_case(next);
        }
        if self.terminator.is_emphatic {
            // "“Is it over?” Ms. Lind asked."
            return !(self.has_closers() && is_speaker_tag(next.rest));
        }
        if self.terminator.stops > 1 {
            return self.ends_after_ellipsis(next);
        }
        let word = self.word_before(self.at);
        self.has_closers() && !is_acronym(word) && !is_abbreviation_of_word(word)
            || self.ends_after_word(word, next)
    }

    /// In a text without capitals a sentence starts in lower case.
    fn ends_before_lower_case(&self, next: &Lookahead<'_>) -> bool {
        let word = self.word_before(self.at);
        !self.has_closers()
            && !next.is_wrapped
            && self.terminator.stops == 1
            && self.sentence_starts_in_lower_case()
            && word.chars().count() > 2
            && word.chars().all(char::is_alphanumeric)
            && abbreviation(word).is_none()
    }

    /// "Then they left… The talks went on." A pronoun may continue the sentence: "Perhaps… I do not know."
    fn ends_after_ellipsis(&self, next: &Lookahead<'_>) -> bool {
        self.has_closers()
            || self.terminator.stops > LONG_ELLIPSIS
            || (self.is_attached() && next.word != "I")
    }

    /// Whether a single full stop after `word` ends the sentence.
    fn ends_after_word(&self, word: &str, next: &Lookahead<'_>) -> bool {
        let last_part = word.rsplit(['-', '–', '—', '/']).next().unwrap_or(word);
        if let Some(kind) = abbreviation(word).or_else(|| abbreviation(last_part)) {
            return ends_after_abbreviation(kind, next);
        }
        if is_acronym(last_part) {
            let is_clock_time =
                last_part.eq_ignore_ascii_case("a.m") || last_part.eq_ignore_ascii_case("p.m");
            return if is_clock_time { self.ends_after_clock_time(next) } else { is_opener(next.word) };
        }
        let mut letters = word.chars();
        match (letters.next(), letters.next()) {
            (Some(letter), None) => self.ends_after_letter(letter, next),
            _ => true,
        }
    }

    /// "plan B. The other" ends a sentence, "J. R. Ode" does not.
    fn ends_after_letter(&self, letter: char, next: &Lookahead<'_>) -> bool {
        let opens = is_opener(next.word);
        if !letter.is_uppercase() {
            return !letter.is_lowercase() || opens;
        }
        let head =
            self.text.get(self.sentence_start..self.at.saturating_sub(letter.len_utf8())).unwrap_or("");
        let before = self.word_before(self.sentence_start + head.trim_end_matches(is_space).len());
        let is_after_lower_case = before.chars().next().is_some_and(char::is_lowercase);
        is_after_lower_case && (opens || letter == 'I')
    }

    /// `p.m.` ends a sentence unless a number, a weekday, a time zone or a place's time follows, or the time opens
    /// the sentence ("At 5 p.m. Mr. Ode left").
    fn ends_after_clock_time(&self, next: &Lookahead<'_>) -> bool {
        let second = next.rest.split(is_space).nth(1).unwrap_or("");
        let is_local_time = second.trim_end_matches([',', '.', ')']).eq_ignore_ascii_case("time");
        if next.is_digit || continues_clock_time(next.word) || is_local_time {
            return false;
        }
        let so_far = self.text.get(self.sentence_start..self.at).unwrap_or("");
        let is_opening = so_far.len() < WINDOW_BYTES
            && so_far.split(is_space).count() <= OPENING_WORDS
            && !so_far.contains(',');
        let first = so_far.split(is_space).next().unwrap_or("");
        let is_preposition =
            matches!(first, "At" | "By" | "Around" | "About" | "After" | "Before" | "Until" | "From");
        !(is_opening && is_preposition)
    }

    fn sentence_starts_in_lower_case(&self) -> bool {
        let sentence = self.text.get(self.sentence_start..).unwrap_or("");
        let first = sentence.chars().take(WINDOW_BYTES).find(|c| c.is_alphanumeric());
        first.is_some_and(char::is_lowercase)
    }

    /// The word before `at`, without opening quotes and brackets; at most [`WINDOW_BYTES`].
    fn word_before(&self, at: usize) -> &'a str {
        let head = self.text.get(self.sentence_start..at).unwrap_or("");
        let from = ceil_char_boundary(head, head.len().saturating_sub(WINDOW_BYTES));
        let is_edge = |c: char| is_space(c) || matches!(c, '"' | '“' | '”' | '‘' | '(' | '[' | '{' | '«');
        let word = head.get(from..).unwrap_or("").rsplit(is_edge).next().unwrap_or("");
        word.trim_start_matches(['\'', '*', '_', '#', '—', '–'])
    }
}

/// Whether the full stop of an abbreviation also ends the sentence.
fn ends_after_abbreviation(kind: Abbreviation, next: &Lookahead<'_>) -> bool {
    let opens = is_opener(next.word);
    match kind {
        Abbreviation::Before => false,
        Abbreviation::Number => !next.is_digit && !next.is_roman_numeral(),
        Abbreviation::Date => opens && !next.is_digit,
        Abbreviation::After => opens || next.is_quote && !next.starts_in_lower_case(),
        Abbreviation::Closing => true,
    }
}

/// Whether `word` is an abbreviation that no number follows.
fn is_abbreviation_of_word(word: &str) -> bool {
    abbreviation(word).is_some_and(|kind| kind != Abbreviation::Number)
}

/// Whether `word` is capitalised, in lower case otherwise, and longer than an abbreviation.
fn is_long_capitalised(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(char::is_uppercase) && word.chars().count() > 3 && chars.all(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use crate::sentence::testing::{assert_one_sentence, assert_splits};

    #[test]
    fn full_stop_before_a_space() {
        assert_splits(&[
            "Talks ended.|Nobody signed.",
            "The offer fell to 5.|Nobody took it.",
            "They met in Coste.|“It is over,” Ode said.",
            "It cost 3.5 million.|The rest is open.",
        ]);
        assert_one_sentence(&["Talks ended .", "Talks ended. —", "The site ode.example.com is down."]);
    }

    #[test]
    fn full_stop_without_a_space() {
        assert_splits(&[
            "Talks ended around the world./Today they resume.",
            "They left Coste./Nobody knew why.",
            "It was over in 2018./The rest is open.",
            "She left.”/The rest stayed.",
            "They left it at that./“No,” said Ode.",
        ]);
        assert_one_sentence(&[
            "Write to Jane.Doe@example.com now.",
            "It fell 3.5 percent.",
            "See ode.example.com for more.",
            "See www.example.Com for more.",
            "Open the file notes.txt now.",
            "The U.S.Senate met.",
        ]);
    }

    #[test]
    fn omission_in_brackets() {
        assert_one_sentence(&[
            "“We will […] sign,” Ode said.",
            "They met (...) In Coste.",
            "They left [...] Nobody knew why.",
            "He said (…) He would go.",
        ]);
        assert_splits(&[
            "They met in Coste (twice).|In Velnor they did not.",
            "They left…|Nobody knew why.",
            "They left [1].|Nobody knew why.",
        ]);
    }

    #[test]
    fn text_without_capitals() {
        assert_splits(&[
            "talks ended.|nobody signed.",
            "ode left the hall.|she was late.",
            "no deal today.|maybe tomorrow.",
            "they asked twice.|nobody knew.",
        ]);
        assert_one_sentence(&[
            "Talks ended. nobody signed.",
            "ode left at no. nine.",
            "it is over at 5 p.m. they say.",
            "he said so... they say.",
            "talks ended.” nobody signed.",
        ]);
    }

    #[test]
    fn exclamation_before_a_speaker_tag() {
        assert_one_sentence(&[
            "“Is it over?” Ms. Lind asked.",
            "“Stop it!” Foreign Minister Ada Brenn told reporters.",
            "\"Never!\" Ode said on Monday.",
            "“Who knows?” Ode added, smiling.",
        ]);
        assert_splits(&[
            "“Is it over?”|Ms. Lind asked nobody.",
            "“Stop it!”|She left.",
            "Is it over?|Ms. Lind asked.",
            "“Is it over?”|Lind said she would go.",
        ]);
    }

    #[test]
    fn ellipsis() {
        assert_splits(&[
            "They paused...|Then they left.",
            "They paused…|Then they left.",
            "“We waited…”|Then they left.",
            "They waited.|. . . Then they left.",
            "They paused ....|Then they left.",
        ]);
        assert_one_sentence(&[
            "The talks… went on.",
            "Perhaps… I do not know.",
            "They waited ... Then they left.",
        ]);
    }

    #[test]
    fn abbreviation_before_a_word() {
        assert_one_sentence(&[
            "Mr. Ode met Dr. Lind.",
            "Gov. Brenn and Sen. Velde left.",
            "It is Velnor vs. Corda.",
            "Take the rest, e.g. The Hague.",
        ]);
        assert_splits(&[
            "He left the main.|Brenn stayed.",
            "He is no mister.|Ode is.",
            "It is a governor.|Brenn left.",
        ]);
    }

    #[test]
    fn abbreviation_before_a_number() {
        assert_one_sentence(&[
            "See Art. 5 of the text.",
            "It is No. 7 on the list.",
            "See Art. IV of the text.",
            "See p. 55 of it.",
        ]);
        assert_splits(&[
            "The answer was no.|Nobody spoke.",
            "It is a work of art.|The rest is not.",
            "They said no.|I did not.",
        ]);
    }

    #[test]
    fn abbreviated_month_or_weekday() {
        assert_one_sentence(&[
            "They meet on Nov. 3 in Coste.",
            "They met on Tues. Velnor time.",
            "It ends in Sept. Velnor hopes so.",
            "They meet on Dec. 12 and 13.",
        ]);
        assert_splits(&[
            "Talks ended in Nov.|The next round is open.",
            "It ends in Sept.|They hope so.",
            "They met on Tues.|But nobody signed.",
        ]);
    }

    #[test]
    fn abbreviation_after_a_name() {
        assert_one_sentence(&[
            "Varn Inc. Chief Ode resigned.",
            "Corda Ltd. Velnor is a firm.",
            "They met in Fresno, Calif. Mayor Ode spoke.",
            "Varn Corp. ‘will pay’.",
        ]);
        assert_splits(&[
            "He works for Varn Inc.|The firm is old.",
            "He works for Corda Ltd.|It is old.",
            "They met in Fresno, Calif.|The mayor spoke.",
            "He works for Varn Inc.|“Never,” he said.",
        ]);
    }

    #[test]
    fn abbreviation_that_closes_a_list() {
        assert_splits(&[
            "It covers wool, cotton, etc.|Nobody mentioned silk.",
            "They sell nails, etc.|Velnor buys them.",
            "Nails etc.|The rest is open.",
            "He brought maps, pens, etc.|Ode left.",
        ]);
        assert_one_sentence(&[
            "They sell wool, etc. and more.",
            "They sell wool, etc., at home.",
            "They sell wool (etc. and more).",
        ]);
    }

    #[test]
    fn acronym() {
        assert_one_sentence(&[
            "The U.S. National Mediator left.",
            "The U.N. Envoy left.",
            "She holds a Ph.D. Velnor pays.",
            "The E.U. Commission met.",
        ]);
        assert_splits(&[
            "They left the U.S.|The rest stayed.",
            "He met the U.N.|But nobody spoke.",
            "They went to Washington, D.C.|She stayed.",
        ]);
    }

    #[test]
    fn clock_time() {
        assert_one_sentence(&[
            "The vote is at 5 p.m. Wednesday.",
            "At 7 a.m. Mr. Ode rang.",
            "It ends at 7 a.m. London time.",
            "It ends at 9 p.m. GMT.",
            "They sign at 9 p.m. (Velnor time) on Monday.",
        ]);
        assert_splits(&[
            "It ended at 9 p.m.|The envoys went home.",
            "It ended at 9 p.m.|Velnor had won.",
            "At long last, at 9 p.m.|Velnor had won.",
        ]);
    }

    #[test]
    fn single_letter() {
        assert_one_sentence(&[
            "J. R. Ode and Anna B. Lind signed.",
            "The envoy A. Lind left.",
            "It was George W. Ode.",
        ]);
        assert_splits(&[
            "It was plan B.|The other had failed.",
            "Not even I.|They left.",
            "It is up to group c.|The rest stay.",
        ]);
    }
}
