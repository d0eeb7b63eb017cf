//! Names are not evidence: [`mask_names`] hides who is spoken of.
//!
//! The rule: a word written with a capital is a name, unless
//! - it is one of the words that English writes with a capital anyway (I, weekdays, months), or
//!   a common noun of offices and treaties ("President", "Agreement");
//! - it opens a sentence, quotation or headline part, or the sentence is written in
//!   title case or all capitals, and the vocabulary knows it as an ordinary word.
//!
//! Neighbouring names, the titles before them ("Mr."), the article before them and
//! "of", "de", "van", "&" between them become one token, so that a long name weighs
//! no more than a short one.

use detente_lang::WordSet;

use crate::token::tokens::{Shape, Token};
use crate::token::vocabulary::{NAME, UNKNOWN};

/// Words that keep their meaning when written with a capital inside a sentence.
static KEPT: WordSet = WordSet::new(&[
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

/// Titles that belong to the name after them.
static TITLES: WordSet = WordSet::new(&[
    "capt", "col", "dr", "gen", "gov", "hon", "lady", "lord", "lt", "mr", "mrs", "ms", "prof", "rep", "rev",
    "sen", "sgt", "sir", "st",
]);

/// Words that join two names into one.
static LINKS: WordSet =
    WordSet::new(&["&", "al", "bin", "da", "de", "del", "der", "di", "la", "le", "of", "van", "von"]);

/// The article that belongs to a name.
static ARTICLE: WordSet = WordSet::new(&["the"]);

/// Share of longer words with a capital from which a sentence is read as title case.
const TITLE_CASE: f64 = 0.7;

/// Masks the names among the `tokens` of one sentence, in place; runs become one token.
pub fn mask_names(text: &str, tokens: &mut Vec<Token>) {
    let shouting = title_case(tokens);
    let mut opening = true;
    let mut masked = 0;
    for read in 0..tokens.len() {
        let token = tokens[read];
        let name = may_be_name(token) && is_name(text, token, opening || shouting);
        opening = token.shape.is_mark() && opens(token.span.slice(text), opening);
        if name {
            masked = push_name(text, tokens, masked, token);
        } else {
            tokens[masked] = token;
            masked += 1;
        }
    }
    tokens.truncate(masked);
}

/// Whether a sentence part may start after this mark.
fn opens(mark: &str, opening: bool) -> bool {
    match mark.chars().next() {
        Some(
            '.' | '"' | '“' | '”' | '„' | '«' | ':' | '(' | '[' | '-' | '–' | '—' | '•' | '*' | '!' | '?'
            | ';' | '|' | '‘',
        ) => true,
        Some('\'' | '’' | '»' | '…') => opening,
        _ => false,
    }
}

/// Appends a name at `masked`, merged with a name, title or article before it.
fn push_name(text: &str, tokens: &mut [Token], mut masked: usize, token: Token) -> usize {
    let mut start = token.span.start;
    let is = |t: &Token, list: &WordSet| list.contains(t.span.slice(text));
    // a title and its full stop belong to the name
    if masked >= 2 && tokens[masked - 1].span.slice(text) == "." && is(&tokens[masked - 2], &TITLES) {
        masked -= 2;
        start = tokens[masked].span.start;
    } else if masked >= 1 && is(&tokens[masked - 1], &TITLES) {
        masked -= 1;
        start = tokens[masked].span.start;
    }
    if masked >= 1 && tokens[masked - 1].word == NAME {
        masked -= 1;
        start = tokens[masked].span.start;
    } else if masked >= 2 && tokens[masked - 2].word == NAME && is(&tokens[masked - 1], &LINKS) {
        masked -= 2;
        start = tokens[masked].span.start;
    } else if masked >= 3
        && tokens[masked - 3].word == NAME
        && is(&tokens[masked - 2], &LINKS)
        && is(&tokens[masked - 1], &ARTICLE)
    {
        masked -= 3;
        start = tokens[masked].span.start;
    } else if masked >= 1 && is(&tokens[masked - 1], &ARTICLE) {
        masked -= 1;
        start = tokens[masked].span.start;
    }
    let mut name = token;
    name.word = NAME;
    name.span.start = start;
    tokens[masked] = name;
    masked + 1
}

/// Whether a token is written as names are.
#[inline]
fn may_be_name(token: Token) -> bool {
    let shape = token.shape;
    shape.has(Shape::CAPITAL) || (shape.has(Shape::INNER) && token.span.len() > 2)
}

/// Whether a token that is written as a name is one.
fn is_name(text: &str, token: Token, ordinary_may_be_capital: bool) -> bool {
    let shape = token.shape;
    if !shape.has(Shape::WORD) || shape.has(Shape::DIGIT) {
        return false;
    }
    let written = token.span.slice(text);
    // a title alone is no name; one before a name is taken up by it
    if KEPT.contains(written) || TITLES.contains(written) {
        return false;
    }
    if !ordinary_may_be_capital {
        return true;
    }
    if shape.has(Shape::DOTTED) && written.chars().all(|c| c == '.' || c.is_uppercase()) {
        return true;
    }
    // an ordinary word that the vocabulary knows
    token.word == UNKNOWN
}

/// Whether the sentence is a headline in title case or all capitals.
fn title_case(tokens: &[Token]) -> bool {
    let (mut capital, mut all, mut upper, mut words) = (0_u32, 0_u32, 0_u32, 0_u32);
    for token in tokens {
        if !token.shape.has(Shape::WORD) || token.shape.has(Shape::DIGIT) {
            continue;
        }
        words += 1;
        upper += u32::from(token.shape.has(Shape::UPPER));
        if token.span.len() >= 4 {
            all += 1;
            capital += u32::from(token.shape.has(Shape::CAPITAL));
        }
    }
    (all >= 3 && f64::from(capital) >= TITLE_CASE * f64::from(all)) || (words >= 2 && 2 * upper > words)
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
    fn ordinary_words_stay() {
        assert_eq!(masked("Trump: Talks said “No deal”"), "NAME : Talks said “ No deal ”");
        assert_eq!(masked("Acme Says Trade Talks May Delay Deal"), "NAME Says Trade Talks May Delay Deal");
        assert_eq!(masked("TRADE TALKS WITH CHINA RESUMED"), "TRADE TALKS WITH NAME RESUMED");
    }
}
