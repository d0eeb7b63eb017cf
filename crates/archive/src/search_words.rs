//! [`match_expression`]: what a user types into a search field, as a query of FTS5.

use detente::{Error, Result};

/// Endings whose stem is shorter than the word: "negotiat*" has to find "negotiating", which is indexed as "negoti".
const ENDINGS: [&str; 9] = ["e", "es", "ed", "er", "ing", "ion", "ions", "or", "ive"];

/// The FTS5 query for `words`: all of them must occur. A part in quotation marks is a phrase, a `*` at the end of a word
/// stands for any ending. Everything else that FTS5 has a syntax for (`NEAR`, `OR`, `-`, `:`) is searched as a word.
///
/// # Errors
/// If there is no word.
pub(crate) fn match_expression(words: &str) -> Result<String> {
    let mut terms = Vec::new();
    // an odd number of quotation marks leaves the last part unquoted
    let quotes = words.matches(is_quote).count();
    for (at, part) in words.split(is_quote).enumerate() {
        if at % 2 == 1 && at < quotes {
            terms.extend(term(part));
        } else {
            terms.extend(part.split_whitespace().filter_map(|word| match word.strip_suffix('*') {
                Some(start) => word_start(start),
                None => term(word),
            }));
        }
    }
    if terms.is_empty() {
        return Err(Error::argument("search", "at least one word", words));
    }
    Ok(terms.join(" AND "))
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”')
}

/// A quoted term; `None` if it has no letter or digit, which FTS5 would search as an empty phrase.
fn term(words: &str) -> Option<String> {
    let words = words.trim_end_matches('*').replace('\0', " ");
    words.contains(char::is_alphanumeric).then(|| format!("\"{words}\""))
}

/// All words that begin with `start`.
fn word_start(start: &str) -> Option<String> {
    let exact = term(start)?;
    let start = start.trim_end_matches('*').replace('\0', " ");
    let forms: Vec<String> = ENDINGS.iter().map(|ending| format!("\"{start}{ending}\"")).collect();
    Some(format!("({exact}* OR {})", forms.join(" OR ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_but_phrases_and_endings_is_a_word() {
        for (words, expected) in [
            ("steel wages", r#""steel" AND "wages""#),
            (" “pay deal”  near", r#""pay deal" AND "near""#),
            (r#""pay deal" NEAR"#, r#""pay deal" AND "NEAR""#),
            (r#"pay "deal"#, r#""pay" AND "deal""#),
            (r#"it" s"#, r#""it" AND "s""#),
            ("a OR -b title:c", r#""a" AND "OR" AND "-b" AND "title:c""#),
            ("^d (e) {f}", r#""^d" AND "(e)" AND "{f}""#),
            ("* talks -- ''", r#""talks""#),
            ("don't", r#""don't""#),
        ] {
            assert_eq!(match_expression(words).expect("words"), expected, "{words}");
        }
        let start = match_expression("negotiat* pay").expect("words");
        assert!(start.starts_with(r#"("negotiat"* OR "negotiate" OR "#), "{start}");
        assert!(start.ends_with(r#" OR "negotiative") AND "pay""#), "{start}");
        for words in ["", "  ", "*", "\"\"", "\"", "-- *", "\0"] {
            let error = match_expression(words).expect_err("no word");
            assert!(error.to_string().contains("at least one word"), "{error}");
        }
    }
}
