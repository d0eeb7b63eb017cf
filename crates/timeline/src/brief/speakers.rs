//! [`Speakers`]: full names and sides of speakers, from all articles: an article that only says "Hrost" takes both from
//! one that says "Kovland's chief negotiator, Pavel Hrost".

use std::collections::BTreeMap;

use crate::brief::detail::Sentence;

/// Sides that are no parties.
const NO_PARTIES: [&str; 5] = ["outsiders", "unnamed", "others", "narrator", "unknown"];

/// What is known of speakers, by the last word of their names.
#[derive(Debug, Default)]
pub(crate) struct Speakers {
    by_last_word: BTreeMap<String, Known>,
}

#[derive(Debug, Default)]
struct Known {
    /// Number of mentions of each name that ends in the word.
    names: BTreeMap<String, usize>,
    /// Number of statements for each party.
    sides: BTreeMap<String, usize>,
}

impl Speakers {
    /// The speakers of all `sentences`.
    pub(crate) fn of<'a>(sentences: impl Iterator<Item = &'a Sentence>) -> Self {
        let mut speakers = Self::default();
        for sentence in sentences {
            let Some(name) = sentence.speaker.as_deref() else { continue };
            let known = speakers.by_last_word.entry(last_word(name)).or_default();
            *known.names.entry(name.to_owned()).or_default() += 1;
            if !NO_PARTIES.contains(&&*sentence.side) {
                *known.sides.entry(sentence.side.to_string()).or_default() += 1;
            }
        }
        speakers
    }

    /// The full name: the only longer name that ends in `name`, or `name` itself.
    pub(crate) fn full_name(&self, name: &str) -> String {
        let Some(known) = self.by_last_word.get(&last_word(name)) else { return name.to_owned() };
        let ending = format!(" {name}");
        let mut longer = known.names.keys().filter(|other| other.ends_with(&ending));
        match (longer.next(), longer.next()) {
            (Some(only), None) => only.clone(),
            _ => name.to_owned(),
        }
    }

    /// The party that the speaker represents in most statements, if there is one; else `side`.
    pub(crate) fn side(&self, name: &str, side: &str) -> String {
        let known = self.by_last_word.get(&last_word(name));
        let most = known.and_then(|known| known.sides.iter().max_by_key(|(_, count)| **count));
        most.map_or(side, |(party, _)| party).to_owned()
    }
}

fn last_word(name: &str) -> String {
    name.split_whitespace().next_back().unwrap_or_default().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(speaker: &str, side: &str) -> Sentence {
        Sentence {
            text: "x".into(),
            speaker: Some(speaker.into()),
            side: side.into(),
            when: None,
            score: Some(0.1),
            bearing: 0.9,
            background: false,
            is_asserted: false,
            is_conditional: false,
        }
    }

    #[test]
    fn short_names_take_the_full_name_and_the_side_of_other_articles() {
        let all = [
            said("Pavel Hrost", "Kovland"),
            said("Hrost", "others"),
            said("Ida Kerr", "others"),
            said("Ulla Kerr", "others"),
        ];
        let speakers = Speakers::of(all.iter());
        assert_eq!(
            (speakers.full_name("Hrost"), speakers.side("Hrost", "others")),
            ("Pavel Hrost".into(), "Kovland".into())
        );
        assert_eq!(speakers.full_name("Kerr"), "Kerr", "two people have this name");
        assert_eq!(speakers.side("Kerr", "others"), "others");
    }
}
