//! [`non_english_reason`]: whether a text is clearly not English.

use std::collections::BTreeSet;

use crate::span::Span;
use crate::word::languages::{LANGUAGES, Languages};
use crate::word::lexis::Lexis;
use crate::word::segments::Segments;

/// Bytes of a text that are read: enough for any language to show.
const SAMPLE_BYTES: usize = 8 << 10;
/// Letters of other scripts that decide. A headline may quote a word of another script.
const MIN_OTHER_LETTERS: usize = 20;
/// Words below which function words decide nothing: headlines and lists of names pass.
const MIN_WORDS: usize = 12;
/// Words below which a lack of English function words decides nothing.
const MIN_WORDS_WITHOUT_ENGLISH: usize = 100;
/// Share of function words of a language from which a text is taken to be in it. Running text has 25% to 50%.
const LANGUAGE_SHARE: f64 = 0.15;
/// Different function words of a language that a text in it has: "von der" occurs in names.
const MIN_DIFFERENT_WORDS: usize = 3;
/// Times by which function words of another language must outnumber those of English.
const ENGLISH_FACTOR: usize = 3;
/// Share of English function words from which a text is English, whatever else is in it.
const ENGLISH_SHARE: f64 = 0.10;
/// Share of English function words that even lists and tables have.
const MIN_ENGLISH_SHARE: f64 = 0.02;

/// The reason for a text in another script.
const OTHER_SCRIPT: &str = "most of its letters are of another script";
/// The reason for a long text without a known language.
const NO_ENGLISH: &str = "hardly any English words";

/// Returns why `text` is clearly not English, or `None` where it is English or may be.
///
/// The script of its letters and its function words decide; names, short texts and texts that mix languages
/// pass. `docs/language.md` has the error rates.
///
/// ```
/// use detente_lang::non_english_reason;
/// assert!(non_english_reason("Переговоры зашли в тупик из-за цен на зерно.").is_some());
/// assert_eq!(non_english_reason("Les talks: pourparlers à Genève"), None);
/// ```
#[must_use]
pub fn non_english_reason(text: &str) -> Option<&'static str> {
    let sample = sample_of(text);
    if is_other_script(sample) {
        return Some(OTHER_SCRIPT);
    }
    let max_words = max_word_count(sample);
    if max_words < MIN_WORDS || is_plainly_english(sample, max_words) {
        return None;
    }
    reason_by_function_words(&Segments::new(sample), Span::new(0, sample.len()))
}

/// [`non_english_reason`] of the text at `span` of a segmented text.
#[must_use]
pub fn non_english_reason_in(segments: &Segments<'_>, span: Span) -> Option<&'static str> {
    let sample = sample_of(span.slice(segments.text()));
    if is_other_script(sample) { Some(OTHER_SCRIPT) } else { reason_by_function_words(segments, span) }
}

/// The reason that the function words of the sample at the start of `span` give.
fn reason_by_function_words(segments: &Segments<'_>, span: Span) -> Option<&'static str> {
    let base = span.start as usize;
    let sample = sample_of(span.slice(segments.text()));
    let mut words = 0_usize;
    let mut english = 0_usize;
    // function words of other languages: English text has few of them
    let mut foreign: Vec<(Languages, &str)> = Vec::new();
    let mut cursor = segments.cursor(base);
    let mut at = 0;
    while let Some(start) = next_letter(sample, at) {
        // a segment without digits is a word, unless letters outside ASCII continue it
        let segment = cursor.segment_at(base + start).filter(|segment| {
            !segment.has_digit
                && segment.end() - base <= sample.len()
                && sample.as_bytes().get(segment.end() - base).is_none_or(u8::is_ascii)
        });
        at = segment.map_or_else(|| letters_end(sample, start), |segment| segment.end() - base);
        let word = sample.get(start..at).unwrap_or("");
        if word.len() < 2 || segment.is_none() && word.chars().nth(1).is_none() {
            continue;
        }
        words += 1;
        let entry =
            segment.map_or_else(|| Lexis::global().lookup_any_case(word), |segment| segments.entry(segment));
        match entry.languages {
            Languages::NONE => {}
            Languages::ENGLISH => {
                english += 1;
                // even if the rest were of the shortest words, two letters and a space, none of them English
                let max_words = words + (sample.len() - at) / 3 + 1;
                if english as f64 >= ENGLISH_SHARE * max_words as f64 {
                    return None;
                }
            }
            languages => foreign.push((languages, word)),
        }
    }
    let share = |count: usize| count as f64 / words.max(1) as f64;
    if words < MIN_WORDS || share(english) >= ENGLISH_SHARE {
        return None;
    }
    let words_of = |language: usize| foreign.iter().filter(move |(languages, _)| languages.has(language));
    let best = (0..LANGUAGES.len()).max_by_key(|&language| words_of(language).count())?;
    let different: BTreeSet<String> = words_of(best).map(|(_, word)| word.to_lowercase()).collect();
    let count = words_of(best).count();
    if share(count) >= LANGUAGE_SHARE
        && different.len() >= MIN_DIFFERENT_WORDS
        && count > ENGLISH_FACTOR * english
    {
        return LANGUAGES.get(best).map(|(_, reason)| *reason);
    }
    (words >= MIN_WORDS_WITHOUT_ENGLISH && share(english) < MIN_ENGLISH_SHARE).then_some(NO_ENGLISH)
}

/// The part of `text` that is read.
fn sample_of(text: &str) -> &str {
    (0..=SAMPLE_BYTES.min(text.len())).rev().find_map(|end| text.get(..end)).unwrap_or("")
}

/// Whether the commonest English words, in lower case between spaces, are a sufficient share of `max_words`.
/// Settles most English texts without segmenting them.
fn is_plainly_english(text: &str, max_words: usize) -> bool {
    let needed = (ENGLISH_SHARE * max_words as f64).ceil() as usize;
    let is_common =
        |word: &&[u8]| matches!(*word, b"the" | b"of" | b"and" | b"to" | b"that" | b"for" | b"has" | b"be");
    text.as_bytes().split(|byte| *byte == b' ').filter(is_common).take(needed).count() == needed
}

/// An upper bound of the number of words: one before each byte that is no ASCII letter, and one at the end.
fn max_word_count(text: &str) -> usize {
    let others = |bytes: &[u8]| bytes.iter().map(|byte| u8::from(!byte.is_ascii_alphabetic())).sum::<u8>();
    // in chunks whose sum fits a byte, so that sixteen bytes are counted at a time
    1 + text.as_bytes().chunks(usize::from(u8::MAX)).map(|chunk| usize::from(others(chunk))).sum::<usize>()
}

/// Whether most letters of `text`, and more than a few, are of another script than Latin.
fn is_other_script(text: &str) -> bool {
    // no letter of another script starts with a byte below CD, and none that starts with E2 has a second byte
    // below B2: quotation marks do
    let may_lead =
        |lead: u8, next: u8| u16::from(lead >= 0xCD) & (u16::from(lead != 0xE2) | u16::from(next >= 0xB2));
    let pairs = text.as_bytes().iter().zip(text.as_bytes().get(1..).unwrap_or_default());
    let leads: u16 = pairs.map(|(lead, next)| may_lead(*lead, *next)).sum();
    if usize::from(leads) < MIN_OTHER_LETTERS {
        return false;
    }
    let (mut latin, mut other) = (0_usize, 0_usize);
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        // the Latin blocks, phonetic letters, letter-like symbols and ligatures
        let is_latin = matches!(u32::from(c), 0..0x370 | 0x1D00..0x1F00 | 0x2000..0x2C80 | 0xA720..0xA800 | 0xFB00..0xFB07);
        *(if is_latin { &mut latin } else { &mut other }) += 1;
    }
    other >= MIN_OTHER_LETTERS && other > latin
}

/// Offset of the first letter from `at` on.
fn next_letter(text: &str, mut at: usize) -> Option<usize> {
    loop {
        match *text.as_bytes().get(at)? {
            byte if byte.is_ascii_alphabetic() => return Some(at),
            byte if byte.is_ascii() => at += 1,
            _ => {
                let c = text.get(at..)?.chars().next()?;
                if c.is_alphabetic() {
                    return Some(at);
                }
                at += c.len_utf8();
            }
        }
    }
}

/// Offset after the letters from `at` on.
fn letters_end(text: &str, mut at: usize) -> usize {
    loop {
        while text.as_bytes().get(at).is_some_and(u8::is_ascii_alphabetic) {
            at += 1;
        }
        match text.get(at..).and_then(|rest| rest.chars().next()) {
            Some(c) if !c.is_ascii() && c.is_alphabetic() => at += c.len_utf8(),
            _ => return at,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_early_decision_is_never_wrong() {
        for (text, words) in
            [("", 0), ("the talks", 2), ("don’t—it’s «on»", 5), ("été, Über-ich; naïve 3rd", 5)]
        {
            assert!(max_word_count(text) >= words, "{text}");
        }
        assert_eq!(max_word_count(&"the ".repeat(1000)), 1001);
        let twenty = format!("the deal of {}", "blorp ".repeat(16));
        assert!(is_plainly_english(&twenty, 20) && !is_plainly_english(&twenty, 21));
        assert!(!is_plainly_english("theory off, then ofthe The", 6));
        for word in ["the", "of", "and", "to", "that", "for", "has", "be"] {
            assert!(
                is_plainly_english(word, 1)
                    && Lexis::global().lookup_any_case(word).languages == Languages::ENGLISH,
                "{word}"
            );
        }
    }

    #[test]
    fn texts_in_other_languages_have_a_reason() {
        for (text, word) in [
            (
                "Les deux parties ont repris les pourparlers à Genève, mais le ministre ne croit pas à un accord rapide.",
                "French",
            ),
            (
                "Las dos partes reanudaron el diálogo en Ginebra, pero el ministro no cree que haya un acuerdo en los próximos días.",
                "Spanish",
            ),
            (
                "Die beiden Seiten haben die Gespräche in Genf wieder aufgenommen, aber der Minister glaubt nicht an eine Einigung.",
                "German",
            ),
            (
                "Le due parti hanno ripreso i colloqui a Ginevra, ma il ministro non crede che si arrivi a un accordo con il sindacato.",
                "Italian",
            ),
            (
                "De twee partijen hebben het overleg in Genève hervat, maar de minister gelooft niet dat er snel een akkoord komt.",
                "Dutch",
            ),
            (
                "Obie strony wznowiły rozmowy w Genewie, ale minister nie wierzy, że do porozumienia dojdzie w tym tygodniu.",
                "Polish",
            ),
            ("Стороны возобновили переговоры в Женеве, но министр не верит в скорое соглашение.", "script"),
            ("双方在日内瓦恢复了谈判，但部长不相信很快就能达成协议，他说还有许多问题没有解决。", "script"),
            ("استأنف الطرفان المحادثات في جنيف لكن الوزير لا يتوقع اتفاقا سريعا", "script"),
        ] {
            assert!(
                non_english_reason(text).is_some_and(|why| why.contains(word)),
                "{text} {:?}",
                non_english_reason(text)
            );
        }
    }

    #[test]
    fn english_short_and_mixed_texts_have_none() {
        for text in [
            "",
            "Talks stall",
            "Accord de paix",
            "Переговоры",
            "STEEL TARIFFS: EU, U.S., JAPAN, KOREA, BRAZIL, MEXICO, CANADA, INDIA, CHINA, RUSSIA, TURKEY, NORWAY",
            "“No hay acuerdo, y no lo habrá en los próximos días,” the union’s leader said, adding that the talks would go on.",
            "The envoys of El Salvador, Los Angeles, La Paz, Las Palmas, Le Havre and Des Moines met Mr. van der Berg.",
        ] {
            assert_eq!(non_english_reason(text), None, "{text}");
        }
        assert!(non_english_reason(&"blorp zink ".repeat(60)).is_some());
    }
}
