//! Quotations that no mark closes: "“We sign tomorrow, the minister said."

use crate::word::token::Token;
use crate::word::word_class;

/// Most tokens of an attribution at the end of a quotation (", the deputy foreign minister of Arland said").
const MAX_ATTRIBUTION: usize = 14;

/// Takes the attribution that ends before `end` out of quotation number `quote`, which no mark closes.
///
/// The attribution follows the last comma of the quotation and has a verb of saying as its first or last word.
pub(crate) fn free_attribution(tokens: &mut [Token<'_>], quote: u32, end: usize) {
    let from = end.saturating_sub(MAX_ATTRIBUTION);
    let Some(tail) = tokens.get_mut(from..end) else { return };
    let Some(comma) = tail.iter().rposition(|token| token.is(',') && token.quote == quote) else { return };
    let after = tail.get_mut(comma + 1..).unwrap_or_default();
    let mut words = after.iter().filter(|token| token.is_word());
    let (first, last) = (words.next(), words.next_back());
    let is_say = |token: Option<&Token<'_>>| token.is_some_and(word_class::is_say);
    if last.is_some() && (is_say(first) || is_say(last)) {
        for token in after {
            token.quote = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::attribution::test_tokens::{assert_hits, assert_misses, with_tokens, words};

    /// The words that follow the quotation.
    fn freed(text: &str) -> Option<String> {
        with_tokens(text, |tokens| {
            let start = tokens.iter().position(|token| token.is_word() && token.quote == 0)?;
            Some(words(tokens, &(start..tokens.len())))
        })
    }

    #[test]
    fn an_attribution_ends_the_quotation() {
        assert_hits(
            &[
                ("“We sign tomorrow, the minister said.", "the minister said"),
                ("\"We sign tomorrow, said Brenn.", "said brenn"),
                (
                    "“We sign, and soon, the trade minister of Arland said.",
                    "the trade minister of arland said",
                ),
            ],
            freed,
        );
        assert_misses(
            &["“We sign tomorrow, and that is all.", "“We sign tomorrow.", "“They said no, and so did we."],
            freed,
        );
    }
}
