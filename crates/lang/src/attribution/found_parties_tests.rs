//! Hits and near misses of the rules that find the parties of an article.

use super::*;
use crate::attribution::test_tokens::{assert_hits, assert_misses, with_tokens};

/// The parties found in `text`, in order of first mention; the title, if any, stands before a `|`.
fn found(text: &str) -> Option<String> {
    let (title, text) = text.split_once('|').map_or((None, text), |(title, text)| (Some(title), text));
    with_tokens(text, |tokens| {
        with_tokens(title.unwrap_or_default(), |title_tokens| {
            let title = title.map(|_| Title { tokens: title_tokens, countries: Vec::new() });
            let entities = Entities::collect(tokens);
            let found = FoundParties::find(text, tokens, &entities, &[], title.as_ref(), |_| None);
            (!found.ids.is_empty()).then(|| found.ids.join(", "))
        })
    })
}

#[test]
fn parties_of_a_frame() {
    assert_hits(
        &[
            ("Talks between the union and the company failed.", "union, company"),
            ("A truce between Ostavia and Velmora held.", "Ostavia, Velmora"),
            ("Talks with the Harbour Guild failed.", "Harbour Guild"),
            ("Ostavia and Velmora signed it.", "Ostavia, Velmora"),
            ("Talks between creditors and the ministry failed.", "creditors, ministry"),
        ],
        found,
    );
    assert_misses(
        &[
            "The road between the hill and the sea is long.",
            "She spoke with Brenn.",
            "Ostavia and, too, Velmora.",
        ],
        found,
    );
}

#[test]
fn one_role_of_two_modifiers_contrasts_parties() {
    assert_hits(
        &[
            ("The Ostavian envoy said no. The Velmoran envoy said yes.", "Ostavian, Velmoran"),
            ("Ostavia’s envoy said no. Velmora’s envoy said yes.", "Ostavia, Velmora"),
            ("The envoy of Ostavia said no. The envoy of Velmora said yes.", "Ostavia, Velmora"),
            ("A union lawyer said no. A company lawyer said yes.", "union, company"),
            ("Ostavian President Pavel Orlo said no. The Velmoran president said yes.", "Ostavian, Velmoran"),
            ("The Ostavian army said no. The Velmoran army said yes.", "Ostavian, Velmoran"),
        ],
        found,
    );
    assert_misses(&["The foreign minister said no. The trade minister said yes."], found);
}

#[test]
fn forms_of_a_name_are_one_party() {
    assert_hits(
        &[
            ("Ostavia’s envoy said no. The Ostavian side left.", "Ostavia"),
            ("The Tarn Liberation Front (TLF) said no. The TLF rejected it.", "Tarn Liberation Front"),
            ("Calvert Foods said it would bid. Calvert offered more.", "Calvert Foods"),
            ("The Harbour Guild said no. The guild rejected it.", "Harbour Guild"),
            ("The union said no. The strikers rejected it.", "union"),
        ],
        found,
    );
    assert_hits(&[("Tarn Coal said it lost. Brenn Steel said it won.", "Tarn Coal, Brenn Steel")], found);
}

#[test]
fn people_places_and_outlets_are_no_parties() {
    assert_misses(
        &[
            "Kerr said no. Kerr said he was late. Kerr rejected it.",
            "In Tarn it rained. Near Tarn it snowed.",
            "Tarn Radio said it knew. Tarn Radio reported a deal.",
            "Ada Brenn rejected it. Brenn said no. Brenn left.",
            "We agreed. We said it was late.",
        ],
        found,
    );
}

#[test]
fn a_noun_that_fits_two_names_is_no_party() {
    assert_hits(
        &[(
            "Tarn Coal said it lost. Brenn Steel said it won. The company said no. The company rejected it.",
            "Tarn Coal, Brenn Steel",
        )],
        found,
    );
}

#[test]
fn opposite_kinds_show_each_other() {
    assert_hits(
        &[
            ("Brenn, the union leader, left. The company said no.", "union, company"),
            ("The senate said no. The house left.", "senate, house"),
        ],
        found,
    );
    assert_misses(&["Brenn, the union leader, left."], found);
}

#[test]
fn the_title_names_parties() {
    assert_hits(
        &[(
            "Deal between Velda and the Guild|Velda is late. It helps Velda. The Harbour Guild said no.",
            "Velda, Harbour Guild",
        )],
        found,
    );
}
