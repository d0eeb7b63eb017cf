//! The clause that a time expression stands in.

use crate::time::calendar_word::{CalendarWord, Separator};

/// Words before an expression in which the opening of its clause is sought.
const OPENING_WORDS: usize = 12;

/// The words before `at`, from right to left, up to the comma or stronger punctuation that opens their clause.
pub(crate) fn clause_before<'w, 't>(
    words: &'w [CalendarWord<'t>],
    at: usize,
) -> impl Iterator<Item = &'w CalendarWord<'t>> {
    words.get(..at).unwrap_or_default().iter().rev().scan(false, |is_opened, word| {
        let is_outside = *is_opened || word.separator == Separator::Break;
        *is_opened |= word.separator == Separator::Comma;
        (!is_outside).then_some(word)
    })
}

/// The subordinate clauses that open in the clause before an expression.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct OpenedClauses {
    /// A relative clause: "which", "where", "who", "whose".
    pub(crate) relative: bool,
    /// A relative clause about a person: "who", "whose".
    pub(crate) personal: bool,
    /// An adverbial clause: "when", "because", "if".
    pub(crate) adverbial: bool,
}

impl OpenedClauses {
    /// The subordinate clauses that open within the clause before `at`.
    pub(crate) fn before(words: &[CalendarWord<'_>], at: usize) -> Self {
        let mut opened = Self::default();
        for word in clause_before(words, at).take(OPENING_WORDS) {
            match word.lower {
                "who" | "whose" => (opened.relative, opened.personal) = (true, true),
                "which" | "where" => opened.relative = true,
                "when" | "because" | "while" | "if" | "unless" | "after" | "before" | "until" => {
                    opened.adverbial = true;
                }
                _ => {}
            }
        }
        opened
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::testing::{assert_rule, with_words};

    fn opened(text: &str) -> OpenedClauses {
        with_words(text, |words| OpenedClauses::before(words, words.len()))
    }

    #[test]
    fn words_of_the_clause() {
        let clause = |text: &str| -> Vec<String> {
            with_words(text, |words| clause_before(words, words.len()).map(|w| w.lower.to_owned()).collect())
        };
        assert_eq!(clause("They left, and Ode came on"), ["on", "came", "ode", "and"]);
        assert_eq!(clause("They left; Ode came"), ["came"]);
        assert_eq!(clause("They left on"), ["on", "left"]);
        assert_eq!(clause("Ode (of Velnor) came"), [] as [&str; 0]);
    }

    #[test]
    fn relative_clause() {
        assert_rule(
            |text| opened(text).relative,
            &[
                "The guild, which was founded in",
                "The hall where they met on",
                "Ada Brenn, who has led it since",
                "Brenn, whose party won in",
            ],
            &["Which side left on", "The guild, which is old, met on", "The guild was founded in"],
        );
    }

    #[test]
    fn relative_clause_about_a_person() {
        assert_rule(
            |text| opened(text).personal,
            &[
                "Brenn, who took office in",
                "The envoy who left on",
                "Brenn, whose party won in",
                "Those who met on",
            ],
            &["The guild, which met on", "The hall where they met on", "Brenn, who is old, left on"],
        );
    }

    #[test]
    fn adverbial_clause() {
        assert_rule(
            |text| opened(text).adverbial,
            &[
                "They left because it closed on",
                "They leave if it closes on",
                "They waited while Ode spoke on",
                "They left when it closed on",
            ],
            &["They left and it closed on", "They left, it closed on", "If they leave, it closes on"],
        );
    }
}
