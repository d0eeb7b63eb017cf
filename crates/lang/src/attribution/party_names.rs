//! [`PartyNames`]: finds names of parties, and for given parties the demonyms and short names derived from them.

use std::collections::{BTreeMap, HashMap};

use crate::word::annotate::annotate;
use crate::word::segments::Segments;
use crate::word::token::{Token, TokenKind, lower_at};
use crate::word::word_class;
use crate::word::word_set::LengthFilter;

/// Up to this length a name without lower-case letters matches only in upper case: "US" is not "us".
const MAX_ACRONYM: usize = 4;
/// Names of up to this length have no derived demonyms and plurals.
const MAX_UNDERIVED: usize = 4;

/// The names of parties, looked up by their first word.
#[derive(Default)]
pub(crate) struct PartyNames {
    ids: Vec<String>,
    by_first_word: HashMap<String, Vec<PartyName>>,
    /// Rejects most words that start no name.
    first_words: LengthFilter,
    /// The party by the last word of its names; `None` if two parties share it.
    by_last_word: HashMap<String, Option<usize>>,
}

/// A name of a party.
struct PartyName {
    words: Vec<String>,
    /// Whether it must be in upper case.
    is_acronym: bool,
    party: usize,
}

impl PartyNames {
    /// The names of countries, each an id and its names.
    pub(crate) fn of_countries(countries: &[(&str, &[&str])]) -> Self {
        let mut names = Self::default();
        for (id, country_names) in countries {
            let party = names.add_party(id);
            for name in *country_names {
                names.add_name(party, name);
            }
        }
        names.sort();
        names
    }

    /// The names of given parties, with demonyms and short forms; single words at the end of names stand for the
    /// party too ("Brenn" for "Minister Ada Brenn").
    pub(crate) fn of_given(parties: &BTreeMap<String, Vec<String>>) -> Self {
        let mut names = Self::default();
        for (id, party_names) in parties {
            let party = names.add_party(id);
            for name in party_names.iter().flat_map(|name| derived_names(name)) {
                if let Some(last) = names.add_name(party, &name)
                    && !word_class::is_body(last.as_str())
                {
                    let owner = names.by_last_word.entry(last).or_insert(Some(party));
                    if *owner != Some(party) {
                        *owner = None;
                    }
                }
            }
        }
        names.sort();
        names
    }

    /// The id of a party.
    pub(crate) fn id(&self, party: usize) -> Option<&str> {
        self.ids.get(party).map(String::as_str)
    }

    /// The length in tokens and the party of the longest name that starts at `at`. With `capitalised`, it must start
    /// with a capital.
    pub(crate) fn name_at(
        &self,
        text: &str,
        tokens: &[Token<'_>],
        at: usize,
        capitalised: bool,
    ) -> Option<(usize, usize)> {
        let can_start = |t: &&Token<'_>| t.kind != TokenKind::OpenQuote && (t.is_capitalised || !capitalised);
        let first = tokens.get(at).filter(can_start)?;
        if !self.first_words.may_contain(&first.lower) {
            return None;
        }
        let names = self.by_first_word.get(&*first.lower)?;
        let matches = |name: &&PartyName| {
            let has_case = !name.is_acronym || first.span.slice(text).chars().all(|c| !c.is_lowercase());
            has_case && name.words.iter().enumerate().all(|(i, word)| lower_at(tokens, at + i) == word)
        };
        let found = names.iter().find(matches)?;
        let is_shared = names.iter().any(|name| name.words == found.words && name.party != found.party);
        (!is_shared).then_some((found.words.len(), found.party))
    }

    /// The given party that has a name ending in `last`, which is in lower case.
    pub(crate) fn with_last_word(&self, last: &str) -> Option<usize> {
        self.by_last_word.get(last).copied().flatten()
    }

    fn add_party(&mut self, id: &str) -> usize {
        self.ids.push(id.to_owned());
        self.ids.len() - 1
    }

    /// Adds a name without its article and returns its last word.
    fn add_name(&mut self, party: usize, name: &str) -> Option<String> {
        let segments = Segments::new(name);
        let tokens = annotate(&segments);
        let mut words: Vec<String> =
            tokens.iter().filter(|token| token.is_word()).map(|token| token.lower.to_string()).collect();
        if words.len() > 1 && words.first().is_some_and(|first| first == "the") {
            words.remove(0);
        }
        let (first, last) = (words.first()?.clone(), words.last()?.clone());
        let is_acronym = name.chars().count() <= MAX_ACRONYM && name.chars().all(|c| !c.is_lowercase());
        self.first_words = self.first_words.with(&first);
        self.by_first_word.entry(first).or_default().push(PartyName { words, is_acronym, party });
        Some(last)
    }

    /// Sorts the names with the same first word, the longest first.
    fn sort(&mut self) {
        self.by_first_word.values_mut().for_each(|names| {
            names.sort_by(|a, b| (b.words.len(), &a.words, a.party).cmp(&(a.words.len(), &b.words, b.party)));
        });
    }
}

/// The name of a given party and the forms in which the news uses it: demonyms ("Brenian" of "Brenia"), names without
/// a description ("Ada Brenn" of "Ada Brenn, the minister"), singulars ("Green" of "the Greens") and short names
/// ("Reform" of "Reform Party").
fn derived_names(name: &str) -> Vec<String> {
    let mut names = vec![name.to_owned()];
    let short = name.split(',').next().unwrap_or(name).trim();
    names.push(short.to_owned());
    let bare = short.strip_prefix("the ").unwrap_or(short);
    let words: Vec<&str> = bare.split(' ').collect();
    if let [word] = words.as_slice() {
        if word.len() > MAX_UNDERIVED {
            names.extend(word.strip_suffix('s').map(str::to_owned));
            if word.starts_with(char::is_uppercase) {
                names.extend(demonyms(word));
            }
        }
    } else if let [first, last] = words.as_slice()
        && word_class::is_body(last.to_lowercase().as_str())
        && first.starts_with(char::is_uppercase)
    {
        names.push((*first).to_owned());
    }
    names.sort();
    names.dedup();
    names
}

/// Possible demonyms of a place: "Arlandian", "Brenian", "Tarnish".
fn demonyms(place: &str) -> Vec<String> {
    let stem = place.strip_suffix(['a', 'e', 'o', 'y']).unwrap_or(place);
    let mut demonyms = vec![format!("{place}n")];
    for suffix in ["an", "ian", "i", "ese", "ish", "ans", "ians"] {
        demonyms.push(format!("{stem}{suffix}"));
        demonyms.push(format!("{place}{suffix}"));
    }
    demonyms
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attribution::test_tokens::{assert_hits, assert_misses, with_marked};

    fn given(parties: &[(&str, &[&str])]) -> PartyNames {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        PartyNames::of_given(&parties.iter().map(|(id, list)| ((*id).to_owned(), names(list))).collect())
    }

    /// The party that the marked name belongs to.
    fn party(names: &PartyNames, text: &str, capitalised: bool) -> Option<String> {
        let plain = text.replace('^', "");
        let found = with_marked(text, |tokens, at| names.name_at(&plain, tokens, at, capitalised));
        found.and_then(|(_, party)| names.id(party)).map(str::to_owned)
    }

    #[test]
    fn given_names_have_derived_forms() {
        let names = given(&[
            ("brenia", &["Brenia", "Ada Brenn, the minister"]),
            ("greens", &["the Greens"]),
            ("reform", &["Reform Party"]),
            ("arland", &["Arland"]),
        ]);
        assert_hits(
            &[
                ("The ^Brenian offer", "brenia"),
                ("So ^Ada Brenn left", "brenia"),
                ("A ^Green plan", "greens"),
                ("The ^Reform bench", "reform"),
                ("Two ^Arlandians left", "arland"),
                ("An ^Arlandian ship", "arland"),
            ],
            |text| party(&names, text, false),
        );
        assert_misses(
            &[
                "The ^Brenner pass",
                "The ^minister left",
                "A ^Greenish plan",
                "The ^Party left",
                "The ^Arl left",
            ],
            |text| party(&names, text, false),
        );
    }

    #[test]
    fn acronyms_match_in_upper_case_only() {
        let names = given(&[("us", &["US"]), ("eu", &["EU", "the Union"])]);
        assert_hits(
            &[
                ("The ^US left", "us"),
                ("The ^EU left", "eu"),
                ("The ^Union left", "eu"),
                ("the ^union left", "eu"),
            ],
            |text| party(&names, text, false),
        );
        assert_misses(&["They told ^us", "An ^Eu grant", "The ^USA left"], |text| party(&names, text, false));
    }

    #[test]
    fn countries_are_found_by_exact_names_with_a_capital() {
        let names =
            PartyNames::of_countries(&[("Brenia", &["Brenia", "Brenian", "Tarn"]), ("Arland", &["Arland"])]);
        assert_hits(
            &[
                ("In ^Brenia it", "Brenia"),
                ("The ^Brenian side", "Brenia"),
                ("In ^Tarn it", "Brenia"),
                ("In ^ARLAND it", "Arland"),
            ],
            |text| party(&names, text, true),
        );
        assert_misses(&["In ^tarn it", "The ^Arlandian side", "The ^Brenians left"], |text| {
            party(&names, text, true)
        });
    }

    #[test]
    fn the_longest_name_wins_and_shared_names_belong_to_none() {
        let names = given(&[
            ("coal", &["Tarn Coal", "the board"]),
            ("tarn", &["Tarn"]),
            ("dockers", &["Harbour Guild", "the board"]),
        ]);
        assert_hits(
            &[
                ("At ^Tarn Coal it", "coal"),
                ("In ^Tarn it", "tarn"),
                ("The ^Harbour Guild left", "dockers"),
                ("Now ^Tarn Radio left", "tarn"),
            ],
            |text| party(&names, text, false),
        );
        assert_misses(&["The ^board left", "The ^Coal left", "The ^Guild left"], |text| {
            party(&names, text, false)
        });
    }

    #[test]
    fn the_last_word_of_a_given_name_stands_for_it() {
        let names = given(&[
            ("arland", &["Minister Ada Brenn", "Ulf Kerr"]),
            ("guild", &["Harbour Guild", "Ana Kerr", "Tarn Coal"]),
        ]);
        let party = |last: &str| names.with_last_word(last).and_then(|party| names.id(party));
        assert_hits(&[("brenn", "arland"), ("coal", "guild")], party);
        // the name of a body, a surname of both parties, a first name
        assert_misses(&["guild", "kerr", "ada"], party);
    }
}
