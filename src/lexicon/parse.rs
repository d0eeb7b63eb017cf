//! [`Lexicon`]: entries of the TSV files that list cues.

use std::borrow::Cow;

use crate::error::{Error, Result};
use crate::lexicon::cue::CueKind;

/// Most words of an entry; gaps and the parts of hyphenated words count.
pub(crate) const MAX_ENTRY_WORDS: usize = 32;

/// Lexicon of cues, sorted by phrase and kind.
///
/// A row has a phrase, a [`CueKind`], a value and an optional note. In a phrase, `*` stands for the
/// inflections of a word, `_` for any word, `__` for up to three words.
///
/// ```
/// use detente::{ErrorKind, Lexicon};
/// let rows = "entry\tkind\tvalue\nclimb* down\toutlook\t1.5\nmay\thedge\t0.6\n";
/// let lexicon = Lexicon::parse(&[("own.tsv", rows)])?;
/// assert_eq!(lexicon.len(), 2);
/// let error = Lexicon::parse(&[("own.tsv", "entry\tkind\tvalue\nmay\tmood\t1\n")]).unwrap_err();
/// assert_eq!((error.kind(), error.line(), error.field()), (ErrorKind::Data, Some(2), Some("kind")));
/// # Ok::<(), detente::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lexicon {
    entries: Vec<LexiconEntry>,
}

/// One row of the lexicon.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct LexiconEntry {
    /// Phrase with its wildcards (`*` inflection, `_` one word, `__` up to three).
    pub(crate) phrase: String,
    /// Kind of cue.
    pub(crate) kind: CueKind,
    /// Value on the kind's own scale.
    pub(crate) value: f32,
}

impl Lexicon {
    /// Parses TSV files, given as (name, text): a header line, then rows of `entry`, `kind`, `value` and an
    /// optional `note`.
    ///
    /// # Errors
    /// Returns an error with file and line if a column is missing, a kind is unknown, a value is not a finite
    /// number, or an entry is empty or too long; also if an entry occurs twice within a kind.
    pub fn parse(files: &[(&str, &str)]) -> Result<Self> {
        let mut entries = Vec::new();
        for (name, text) in files {
            for (number, line) in text.lines().enumerate().skip(1) {
                if line.trim().is_empty() {
                    continue;
                }
                entries.push(parse_row(line).map_err(|error| error.at_line(number + 1).in_file(name))?);
            }
        }
        entries.sort_by(|a: &LexiconEntry, b| a.phrase.cmp(&b.phrase).then(a.kind.cmp(&b.kind)));
        let is_duplicate =
            |pair: &&[LexiconEntry]| matches!(pair, [a, b] if a.phrase == b.phrase && a.kind == b.kind);
        if let Some([duplicate, ..]) = entries.windows(2).find(is_duplicate) {
            let kind = duplicate.kind.as_str();
            let message = format!("entry {:?} occurs twice as {kind}", duplicate.phrase);
            return Err(Error::data(message).with_field("entry"));
        }
        Ok(Self { entries })
    }

    /// Returns the number of entries.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Returns whether there are no entries.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Returns the entries; a [`Cue`](crate::lexicon::cue::Cue) refers to them by index.
    pub(crate) fn entries(&self) -> &[LexiconEntry] {
        &self.entries
    }

    /// Returns every word form that an entry can match, inflections expanded.
    #[doc(hidden)]
    pub fn word_forms(&self) -> impl Iterator<Item = String> + '_ {
        self.entries.iter().flat_map(|entry| phrase_words(&entry.phrase)).flat_map(|word| {
            match word.strip_suffix('*') {
                Some(base) => inflections(base),
                None if word.starts_with('_') => Vec::new(),
                None => vec![word.into_owned()],
            }
        })
    }
}

fn parse_row(line: &str) -> Result<LexiconEntry> {
    let wrong = |field: &str, message: String| Error::data(message).with_field(field);
    let mut columns = line.split('\t');
    let mut column = |name: &str| {
        let found = columns.next().map(str::trim);
        found.ok_or_else(|| wrong(name, format!("column {name:?} is missing")))
    };
    let phrase = column("entry")?.to_owned();
    let kind = column("kind")?;
    let value = column("value")?;
    if phrase.is_empty() {
        return Err(wrong("entry", "column \"entry\" is empty".to_owned()));
    }
    if phrase_words(&phrase).len() > MAX_ENTRY_WORDS {
        return Err(wrong("entry", format!("column \"entry\" has more than {MAX_ENTRY_WORDS} words")));
    }
    let kind: CueKind = kind.parse()?;
    let value: f32 = value
        .parse()
        .ok()
        .filter(|v: &f32| v.is_finite())
        .ok_or_else(|| wrong("value", format!("value must be a number, not {value:?}")))?;
    // the value of a contrast is which side wins: +1 what follows ("but"), -1 the main clause ("despite")
    let value = match (kind, columns.next().map(str::trim)) {
        (CueKind::Contrast, Some("main")) => -1.0,
        (CueKind::Contrast, _) => 1.0,
        _ => value,
    };
    Ok(LexiconEntry { phrase, kind, value })
}

/// Splits a phrase into words as the tokenizer does: at spaces and hyphens, and before `'s`.
pub(crate) fn phrase_words(phrase: &str) -> Vec<Cow<'_, str>> {
    let mut words = Vec::new();
    for word in phrase.split_whitespace() {
        if !word.contains(['-', '\'']) {
            words.push(Cow::Borrowed(word));
            continue;
        }
        let (word, star) = word.strip_suffix('*').map_or((word, ""), |base| (base, "*"));
        let mut parts: Vec<&str> = word.split('-').filter(|part| !part.is_empty()).collect();
        let last = parts.pop().unwrap_or(word);
        words.extend(parts.into_iter().map(Cow::Borrowed));
        match last.strip_suffix("'s") {
            Some(base) if !base.is_empty() => {
                words.push(Cow::Owned([base, star].concat()));
                words.push(Cow::Borrowed("'s"));
            }
            _ => words.push(Cow::Owned([last, star].concat())),
        }
    }
    words
}

/// Returns `base` and its inflections with the suffixes s, es, ed, d, ing, er, ers, ly; a final consonant may
/// be doubled, a final e dropped and a final y become i.
pub(crate) fn inflections(base: &str) -> Vec<String> {
    let mut forms = vec![base.to_owned()];
    let mut add = |stem: &str, suffixes: &[&str]| forms.extend(suffixes.iter().map(|s| [stem, s].concat()));
    let bytes = base.as_bytes();
    let vowel = |b: u8| b"aeiou".contains(&b);
    match bytes {
        [.., b'e'] => {
            add(base, &["s", "d", "r", "rs", "ly"]);
            add(&base[..base.len() - 1], &["ing"]);
            add(base, &["ing"]);
            if base.ends_with("le") {
                add(&base[..base.len() - 1], &["y"]);
            }
        }
        [.., before, b'y'] if !vowel(*before) => {
            add(&base[..base.len() - 1], &["ies", "ied", "ier", "iers", "ily"]);
            add(base, &["ing"]);
        }
        _ => {
            add(base, &["s", "es", "ed", "ing", "er", "ers", "ly"]);
            if let [.., a, b, c] = bytes
                && !vowel(*a)
                && vowel(*b)
                && !vowel(*c)
                && c.is_ascii_lowercase()
                && !b"wxy".contains(c)
            {
                let last = char::from(*c);
                add(&format!("{base}{last}"), &["ed", "ing", "er", "ers"]);
            }
        }
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_matches_inflections() {
        for (base, form) in [
            ("agree", "agreed"),
            ("agree", "agreeing"),
            ("scrap", "scrapped"),
            ("deny", "denies"),
            ("talk", "talks"),
            ("escalate", "escalating"),
        ] {
            assert!(inflections(base).contains(&form.to_owned()), "{base} {form}");
        }
        assert!(!inflections("war").contains(&"warn".to_owned()));
    }

    #[test]
    fn errors_name_file_and_line() {
        let header = "entry\tkind\tvalue\tnote\n";
        for (row, reason) in [
            ("agree*\toutlook", "column \"value\" is missing"),
            ("agree*\tmood\t2", "unknown kind \"mood\""),
            ("agree*\toutlook\tNaN", "value must be a number"),
            ("\toutlook\t1", "column \"entry\" is empty"),
            (&format!("{}\toutlook\t1", "a-b _ ".repeat(11)), "column \"entry\" has more than 32 words"),
        ] {
            let error = Lexicon::parse(&[("x.tsv", &format!("{header}{row}\n"))]).expect_err(row);
            assert!(
                error.path().is_some() && error.field().is_some() && error.line() == Some(2),
                "{error:?}"
            );
            let message = error.to_string();
            assert!(message.starts_with("x.tsv: line 2: ") && message.contains(reason), "{message}");
        }
    }
}
