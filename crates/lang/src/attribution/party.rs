//! Which party a name or phrase belongs to, from given parties or from the countries in the article.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::{Arc, LazyLock};

use crate::attribution::gazetteer;
use crate::word::annotate::scan;
use crate::word::segments::Runs;
use crate::word::token::{Kind, Word, low};
use crate::word::word_class;
use crate::word::word_set::Lengths;

/// How often a country is named before it counts as a party of the article.
const RECURS: usize = 2;

/// A name of a party: its words and whose it is.
struct Name {
    words: Vec<String>,
    exact: bool,
    owner: usize,
}

/// Names of parties, looked up by their first word.
#[derive(Default)]
struct Index {
    ids: Vec<String>,
    names: HashMap<String, Vec<Name>>,
    /// Which lengths the first words of names have.
    lengths: Lengths,
    /// Last words of names; `None` where two parties share one.
    heads: HashMap<String, Option<usize>>,
}

impl Index {
    fn of(parties: &BTreeMap<String, Vec<String>>, heads: bool) -> Self {
        let mut index = Self::default();
        for (owner, (id, names)) in parties.iter().enumerate() {
            index.ids.push(id.clone());
            for name in names.iter().flat_map(|name| forms(name, heads)) {
                let runs = Runs::of(&name);
                let words = scan(&runs);
                let lows: Vec<String> =
                    words.iter().filter(|w| w.wordy()).map(|w| w.low.to_string()).collect();
                let lows: Vec<String> = match lows.split_first() {
                    Some((the, rest)) if the == "the" && !rest.is_empty() => rest.to_vec(),
                    _ => lows,
                };
                let (Some(first), Some(last)) = (lows.first(), lows.last()) else { continue };
                if heads && !word_class::is_body(last.as_str()) {
                    let slot = index.heads.entry(last.clone()).or_insert(Some(owner));
                    if *slot != Some(owner) {
                        *slot = None;
                    }
                }
                let exact = name.chars().count() <= 4 && name.chars().all(|c| !c.is_lowercase());
                index.lengths = index.lengths.with(first);
                index.names.entry(first.clone()).or_default().push(Name { exact, owner, words: lows });
            }
        }
        for list in index.names.iter_mut().collect::<BTreeMap<_, _>>().values_mut() {
            list.sort_by(|a, b| (b.words.len(), &a.words, a.owner).cmp(&(a.words.len(), &b.words, b.owner)));
        }
        index
    }

    /// The length and owner of the longest name that starts at `at`.
    fn at(&self, text: &str, words: &[Word<'_>], at: usize, capital: bool) -> Option<(usize, usize)> {
        let first = words.get(at).filter(|w| w.kind != Kind::Open && (w.cap || !capital))?;
        if !self.lengths.may_have(&first.low) {
            return None;
        }
        let names = self.names.get(&*first.low)?;
        let fits = |name: &&Name| {
            let cased = !name.exact || first.span.slice(text).chars().all(|c| !c.is_lowercase());
            cased && name.words.iter().enumerate().all(|(i, word)| low(words, at + i) == word)
        };
        let found = names.iter().find(fits)?;
        let shared = names.iter().any(|n| n.words == found.words && n.owner != found.owner);
        (!shared).then_some((found.words.len(), found.owner))
    }
}

/// The name and, for a given party, what the news makes of it: "Brenia" gives "Brenian",
/// "Ada Brenn, the minister" gives "Ada Brenn", "the Greens" gives "Green", "Reform Party" gives "Reform".
fn forms(name: &str, given: bool) -> Vec<String> {
    let mut out = vec![name.to_owned()];
    if !given {
        return out;
    }
    let short = name.split(',').next().unwrap_or(name).trim();
    out.push(short.to_owned());
    let bare = short.strip_prefix("the ").unwrap_or(short);
    let words: Vec<&str> = bare.split(' ').collect();
    if let [word] = words.as_slice() {
        if word.len() > 4 {
            out.extend(word.strip_suffix('s').map(str::to_owned));
        }
        if word.len() > 4 && word.starts_with(char::is_uppercase) {
            let stem = word.strip_suffix(['a', 'e', 'o', 'y']).unwrap_or(word);
            for tail in ["an", "ian", "i", "ese", "ish", "ans", "ians"] {
                out.push(format!("{stem}{tail}"));
                out.push(format!("{word}{tail}"));
            }
            out.push(format!("{word}n"));
        }
    } else if let [first, last] = words.as_slice()
        && word_class::is_body(last.to_lowercase().as_str())
        && first.starts_with(char::is_uppercase)
    {
        out.push((*first).to_owned());
    }
    out.sort();
    out.dedup();
    out
}

/// The parties of an article and where they are named.
pub(crate) struct Sides {
    /// Whose names are looked for.
    index: Arc<Index>,
    /// Where parties are named, in order: words and party.
    mentions: Vec<(Range<usize>, usize)>,
    /// Whether the parties were found rather than given.
    found: bool,
    /// Whom a capitalised word would stand for, dealing with the other party; `None` where it deals with both.
    facing: HashMap<String, Option<usize>>,
}

impl Sides {
    /// The given parties or, where none are given, the countries that recur.
    pub(crate) fn of(text: &str, words: &[Word<'_>], parties: &BTreeMap<String, Vec<String>>) -> Self {
        static COUNTRIES: LazyLock<Arc<Index>> =
            LazyLock::new(|| Arc::new(Index::of(gazetteer::countries(), false)));
        let found = parties.is_empty();
        let index = if found { Arc::clone(&COUNTRIES) } else { Arc::new(Index::of(parties, true)) };
        let mut mentions = Vec::new();
        let mut at = 0;
        while at < words.len() {
            if let Some((len, owner)) = index.at(text, words, at, found) {
                mentions.push((at..at + len, owner));
                at += len;
            } else {
                at += 1;
            }
        }
        if found {
            let mut counts = vec![0_usize; index.ids.len()];
            for (_, owner) in &mentions {
                if let Some(count) = counts.get_mut(*owner) {
                    *count += 1;
                }
            }
            mentions.retain(|(_, owner)| counts.get(*owner).is_some_and(|&n| n >= RECURS));
        }
        Self { index, mentions, found, facing: HashMap::new() }
    }

    /// The name of the party `owner`.
    pub(crate) fn id(&self, owner: usize) -> Option<String> {
        self.index.ids.get(owner).cloned()
    }

    /// The party that is named by the last word of `name`, or by the whole of it.
    pub(crate) fn of_name(&self, name: &str) -> Option<usize> {
        if self.index.heads.is_empty() {
            return None;
        }
        let runs = Runs::of(name);
        let words = scan(&runs);
        let last = words.iter().rev().find(|w| w.wordy())?;
        self.index.heads.get(&*last.low).copied().flatten()
    }

    /// The mentions of parties within the words `of`.
    pub(crate) fn within(&self, of: &Range<usize>) -> &[(Range<usize>, usize)] {
        let from = self.mentions.partition_point(|(m, _)| m.start < of.start);
        let to = self.mentions.partition_point(|(m, _)| m.start < of.end);
        self.mentions.get(from..to.max(from)).unwrap_or(&[])
    }

    /// The party that the phrase `of` belongs to: the first that it names
    /// other than as the object of "with", "to", "on", "about" and the like.
    pub(crate) fn of_phrase(&self, words: &[Word<'_>], of: &Range<usize>) -> Option<usize> {
        let past = |i: usize| matches!(low(words, i), "former" | "retired" | "until" | "once");
        if of.clone().any(past) {
            return None;
        }
        let stop = of.clone().find(|&i| {
            let before = i.checked_sub(1).map_or("", |i| low(words, i));
            match low(words, i) {
                "to" => !matches!(before, "close" | "aide" | "aides" | "adviser" | "advisers"),
                "in" => matches!(before, "diplomats" | "diplomat" | "touch"),
                "with" | "on" | "about" | "against" | "over" | "from" | "between" | "advised" | "than"
                | "follows" | "familiar" | "briefed" => true,
                _ => false,
            }
        });
        let of = of.start..stop.unwrap_or(of.end);
        let named = self.within(&of).first().map(|(_, owner)| *owner);
        named.or_else(|| {
            let head = |i: usize| {
                words.get(i).filter(|w| w.cap).and_then(|w| self.index.heads.get(&*w.low).copied())
            };
            of.clone().find_map(|i| head(i).flatten())
        })
    }

    /// Notes who deals "with" which party, sentence by sentence.
    pub(crate) fn pair(&mut self, words: &[Word<'_>], sentences: &[Range<usize>]) {
        let mut parties: Vec<usize> = self.mentions.iter().map(|(_, owner)| *owner).collect();
        parties.sort_unstable();
        parties.dedup();
        let &[first, second] = parties.as_slice() else { return };
        if !self.found {
            return;
        }
        for of in sentences {
            let faced = |party: usize| {
                let named = self.within(of).iter();
                named
                    .filter(|(at, _)| at.start > 0 && low(words, at.start - 1) == "with")
                    .any(|m| m.1 == party)
            };
            let (with_first, with_second) = (faced(first), faced(second));
            if !(with_first || with_second) {
                continue;
            }
            for word in words.get(of.clone()).unwrap_or(&[]).iter().filter(|w| w.cap && w.kind == Kind::Word)
            {
                let own = if with_first { second } else { first };
                let sure = (with_first != with_second).then_some(own);
                match self.facing.get_mut(&*word.low) {
                    Some(owner) => *owner = owner.filter(|o| Some(*o) == sure),
                    None => drop(self.facing.insert(word.low.to_string(), sure)),
                }
            }
        }
    }

    /// The party that a person is not the counterpart of: where two countries
    /// recur and the person deals "with" one of them, the person is of the other.
    pub(crate) fn across(&self, surname: &str) -> Option<usize> {
        self.facing.get(surname).copied().flatten()
    }
}
