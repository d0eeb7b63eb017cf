//! [`Lexicon`]: the entries as the TSV files state them.

use std::borrow::Cow;

use crate::error::{Error, Result};
use crate::lexicon::cue::CueKind;

/// Most words that an entry may have, gaps and what a hyphen parts counted each.
pub(crate) const MOST_WORDS: usize = 32;

/// One row of the lexicon.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The phrase with its wildcards (`*` inflection, `_` one word, `__` up to three).
    pub phrase: String,
    /// What it does.
    pub kind: CueKind,
    /// Its value on the kind's own scale.
    pub value: f32,
}

/// The entries, sorted by phrase and kind.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lexicon {
    entries: Vec<Entry>,
}

impl Lexicon {
    /// Reads TSV files, given as (name, text): a header line, then
    /// `entry`, `kind`, `value` and an optional `note`.
    ///
    /// # Errors
    /// Names file and line of a row with a missing column, an unknown kind, a
    /// value that is no finite number, an entry that is empty or too long, or a double within a kind.
    pub fn read(files: &[(&str, &str)]) -> Result<Self> {
        let mut entries = Vec::new();
        for (name, text) in files {
            for (number, line) in text.lines().enumerate().skip(1) {
                if line.trim().is_empty() {
                    continue;
                }
                let entry = Self::row(line).map_err(|error| error.at_line(number + 1).within(name))?;
                entries.push(entry);
            }
        }
        entries.sort_by(|a: &Entry, b| a.phrase.cmp(&b.phrase).then(a.kind.cmp(&b.kind)));
        if let Some([double, _]) =
            entries.windows(2).find(|w| w[0].phrase == w[1].phrase && w[0].kind == w[1].kind)
        {
            let kind = double.kind.as_str();
            return Err(Error::data(format!("entry {:?} stands twice as {kind}", double.phrase)));
        }
        Ok(Self { entries })
    }

    fn row(line: &str) -> Result<Entry> {
        let mut columns = line.split('\t');
        let mut column = |name: &str| {
            columns.next().map(str::trim).ok_or_else(|| Error::data(format!("column {name:?} is missing")))
        };
        let phrase = column("entry")?.to_owned();
        let kind = column("kind")?;
        let value = column("value")?;
        if phrase.is_empty() {
            return Err(Error::data("column \"entry\" is empty"));
        }
        if pieces(&phrase).len() > MOST_WORDS {
            return Err(Error::data(format!("column \"entry\" has more than {MOST_WORDS} words")));
        }
        let kind = CueKind::from_name(kind).ok_or_else(|| Error::data(format!("unknown kind {kind:?}")))?;
        let value: f32 = value
            .parse()
            .ok()
            .filter(|v: &f32| v.is_finite())
            .ok_or_else(|| Error::argument("value", "a number", value))?;
        // a contrast's note says which side wins; its value carries that: +1 what follows, -1 the main clause
        let value = match (kind, columns.next().map(str::trim)) {
            (CueKind::Contrast, Some("main")) => -1.0,
            (CueKind::Contrast, _) => 1.0,
            _ => value,
        };
        Ok(Entry { phrase, kind, value })
    }

    /// The entries in their order; a [`Cue`](crate::lexicon::cue::Cue) names them by position.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Every word form that an entry may match, wildcards spelled out.
    pub fn word_forms(&self) -> impl Iterator<Item = String> + '_ {
        self.entries.iter().flat_map(|entry| pieces(&entry.phrase)).flat_map(|word| {
            match word.strip_suffix('*') {
                Some(base) => inflections(base),
                None if word.starts_with('_') => Vec::new(),
                None => vec![word.into_owned()],
            }
        })
    }
}

/// The words of a phrase as the tokenizer cuts them.
pub(crate) fn pieces(phrase: &str) -> Vec<Cow<'_, str>> {
    let mut pieces = Vec::new();
    for word in phrase.split_whitespace() {
        if !word.contains(['-', '\'']) {
            pieces.push(Cow::Borrowed(word));
            continue;
        }
        let (word, star) = word.strip_suffix('*').map_or((word, ""), |base| (base, "*"));
        let mut parts: Vec<&str> = word.split('-').filter(|part| !part.is_empty()).collect();
        let last = parts.pop().unwrap_or(word);
        pieces.extend(parts.into_iter().map(Cow::Borrowed));
        match last.strip_suffix("'s") {
            Some(base) if !base.is_empty() => {
                pieces.push(Cow::Owned([base, star].concat()));
                pieces.push(Cow::Borrowed("'s"));
            }
            _ => pieces.push(Cow::Owned([last, star].concat())),
        }
    }
    pieces
}

/// `base` and its inflections by the suffixes s, es, ed, d, ing, er, ers, ly, with
/// doubled consonant, dropped e and y turned to i.
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
    fn wildcards_spell_out_inflections() {
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
        assert!(
            !inflections("war").contains(&"warning".to_owned())
                || !inflections("war").contains(&"warn".to_owned())
        );
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
            let error = Lexicon::read(&[("x.tsv", &format!("{header}{row}\n"))]).expect_err(row).to_string();
            assert!(error.starts_with("x.tsv: line 2: ") && error.contains(reason), "{error}");
        }
    }
}
