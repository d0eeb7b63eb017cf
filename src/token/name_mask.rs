//! [`mask_names`]: masks proper names so that they cannot influence the score.
//!
//! A capitalised word is a name, unless
//! - English always capitalises it (I, weekdays, months), or it is a common noun for offices and treaties
//!   ("President", "Agreement");
//! - it is at the start of a sentence, quotation or headline part, or the sentence is in title case or all
//!   capitals, and the vocabulary has it as an ordinary word.
//!
//! Adjacent names, titles ("Mr.") and the article before them, and "of", "de", "van", "&" between them become
//! one token, so that a long name has no more weight than a short one.

use detente_lang::WordSet;

use crate::token::tokens::{Shape, Token};
use crate::token::vocabulary::{NAME, UNKNOWN};

/// Words that are no names when capitalised inside a sentence.
static NOT_NAMES: WordSet = WordSet::new(&[
    "accord",
    "agreement",
    "ambassador",
    "april",
    "august",
    "chancellor",
    "commissioner",
    "congress",
    "deal",
    "december",
    "february",
    "foreign",
    "friday",
    "general",
    "government",
    "governor",
    "i",
    "january",
    "july",
    "june",
    "march",
    "minister",
    "ministry",
    "monday",
    "november",
    "october",
    "one",
    "opposition",
    "pact",
    "parliament",
    "phase",
    "premier",
    "president",
    "prime",
    "protocol",
    "saturday",
    "secretary",
    "senator",
    "september",
    "sunday",
    "talks",
    "tariff",
    "tariffs",
    "thursday",
    "trade",
    "treaty",
    "truce",
    "tuesday",
    "vice",
    "war",
    "wednesday",
]);

/// Titles that are part of the name after them.
static TITLES: WordSet = WordSet::new(&[
    "capt", "col", "dr", "gen", "gov", "hon", "lady", "lord", "lt", "mr", "mrs", "ms", "prof", "rep", "rev",
    "sen", "sgt", "sir", "st",
]);

/// Words that join two names into one.
static CONNECTORS: WordSet =
    WordSet::new(&["&", "al", "bin", "da", "de", "del", "der", "di", "la", "le", "of", "van", "von"]);

/// The article, which is part of the name after it.
static ARTICLE: WordSet = WordSet::new(&["the"]);

/// Share of capitalised words among the longer ones from which a sentence counts as title case.
const TITLE_CASE_SHARE: f64 = 0.7;

/// Masks the names among the `tokens` of one sentence in place; adjacent names become one token.
pub(crate) fn mask_names(text: &str, tokens: &mut Vec<Token>) {
    let is_title_case = is_title_case(tokens);
    let mut at_start = true;
    let mut kept = 0;
    for read in 0..tokens.len() {
        let token = tokens[read];
        let is_name = may_be_name(token) && is_name(text, token, at_start || is_title_case);
        at_start = token.shape.is_punctuation() && starts_part(token.span.slice(text), at_start);
        if is_name {
            kept = push_name(text, tokens, kept, token);
        } else {
            tokens[kept] = token;
            kept += 1;
        }
    }
    tokens.truncate(kept);
}

/// Returns whether a part of the sentence can start after this punctuation mark.
fn starts_part(mark: &str, at_start: bool) -> bool {
    match mark.chars().next() {
        Some(
            '.' | '"' | '“' | '”' | '„' | '«' | ':' | '(' | '[' | '-' | '–' | '—' | '•' | '*' | '!' | '?'
            | ';' | '|' | '‘',
        ) => true,
        Some('\'' | '’' | '»' | '…') => at_start,
        _ => false,
    }
}

/// Appends a name after the first `kept` tokens, merged with the name, title or article before it; returns
/// the new number of kept tokens.
fn push_name(text: &str, tokens: &mut [Token], mut kept: usize, token: Token) -> usize {
    let mut start = token.span.start;
    let is = |t: &Token, list: &WordSet| list.contains(t.span.slice(text));
    // "Mr." is a title and its full stop
    if kept >= 2 && tokens[kept - 1].span.slice(text) == "." && is(&tokens[kept - 2], &TITLES) {
        kept -= 2;
        start = tokens[kept].span.start;
    } else if kept >= 1 && is(&tokens[kept - 1], &TITLES) {
        kept -= 1;
        start = tokens[kept].span.start;
    }
    if kept >= 1 && tokens[kept - 1].word == NAME {
        kept -= 1;
        start = tokens[kept].span.start;
    } else if kept >= 2 && tokens[kept - 2].word == NAME && is(&tokens[kept - 1], &CONNECTORS) {
        kept -= 2;
        start = tokens[kept].span.start;
    } else if kept >= 3
        && tokens[kept - 3].word == NAME
        && is(&tokens[kept - 2], &CONNECTORS)
        && is(&tokens[kept - 1], &ARTICLE)
    {
        kept -= 3;
        start = tokens[kept].span.start;
    } else if kept >= 1 && is(&tokens[kept - 1], &ARTICLE) {
        kept -= 1;
        start = tokens[kept].span.start;
    }
    let mut name = token;
    name.word = NAME;
    name.span.start = start;
    tokens[kept] = name;
    kept + 1
}

/// Returns whether a token is spelled like a name.
#[inline]
fn may_be_name(token: Token) -> bool {
    let shape = token.shape;
    shape.has(Shape::CAPITAL) || (shape.has(Shape::INNER) && token.span.len() > 2)
}

/// Returns whether a token that is spelled like a name is one; `may_be_ordinary` if ordinary words are
/// capitalised here.
fn is_name(text: &str, token: Token, may_be_ordinary: bool) -> bool {
    let shape = token.shape;
    if !shape.has(Shape::WORD) || shape.has(Shape::DIGIT) {
        return false;
    }
    let written = token.span.slice(text);
    // a title alone is no name; one before a name is merged with it
    if NOT_NAMES.contains(written) || TITLES.contains(written) {
        return false;
    }
    if !may_be_ordinary {
        return true;
    }
    if shape.has(Shape::DOTTED) && written.chars().all(|c| c == '.' || c.is_uppercase()) {
        return true;
    }
    // the vocabulary has ordinary words only
    token.word == UNKNOWN
}

/// Returns whether the sentence is in title case or all capitals.
fn is_title_case(tokens: &[Token]) -> bool {
    let (mut capitalised, mut longer, mut upper, mut words) = (0_u32, 0_u32, 0_u32, 0_u32);
    for token in tokens {
        if !token.shape.has(Shape::WORD) || token.shape.has(Shape::DIGIT) {
            continue;
        }
        words += 1;
        upper += u32::from(token.shape.has(Shape::UPPER));
        if token.span.len() >= 4 {
            longer += 1;
            capitalised += u32::from(token.shape.has(Shape::CAPITAL));
        }
    }
    let is_title_case = longer >= 3 && f64::from(capitalised) >= TITLE_CASE_SHARE * f64::from(longer);
    is_title_case || (words >= 2 && 2 * upper > words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::tokenizer::Tokenizer;
    use crate::token::vocabulary::Vocabulary;
    use detente_lang::Span;

    fn masked(text: &str) -> String {
        let words = "talks said the resumed on with no deal may delay in trade of says will be delayed for";
        let tokenizer = Tokenizer::new(Vocabulary::new(words.split(' ').map(String::from)));
        let mut tokens = Vec::new();
        tokenizer.tokenize(text, Span::new(0, text.len()), &mut tokens);
        mask_names(text, &mut tokens);
        let word = |t: &Token| if t.word == NAME { "NAME" } else { t.span.slice(text) };
        tokens.iter().map(word).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn names_of_any_length_become_one_token() {
        for text in [
            "Talks with China resumed on Monday",
            "Talks with the United States resumed on Monday",
            "Talks with Mr. Robert O’Brien resumed on Monday",
            "Talks with the Bank of the West resumed on Monday",
            "Talks with U.S. resumed on Monday",
        ] {
            assert_eq!(masked(text), "Talks with NAME resumed on Monday");
        }
    }

    #[test]
    fn ordinary_words_are_kept() {
        assert_eq!(masked("Trump: Talks said “No deal”"), "NAME : Talks said “ No deal ”");
        assert_eq!(masked("Acme Says Trade Talks May Delay Deal"), "NAME Says Trade Talks May Delay Deal");
        assert_eq!(masked("TRADE TALKS WITH CHINA RESUMED"), "TRADE TALKS WITH NAME RESUMED");
    }
}
