//! Hits and near misses of the rules that find the party of a name or phrase.

use super::*;
use crate::attribution::test_tokens::{assert_hits, assert_misses, with_tokens, words};
use crate::word::token::TokenKind;

fn parties() -> BTreeMap<String, Vec<String>> {
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    BTreeMap::from([
        ("arland".to_owned(), names(&["Arland", "Minister Ada Brenn"])),
        ("guild".to_owned(), names(&["Harbour Guild", "the union"])),
    ])
}

/// Mentions in `text`, as words and party.
fn mentions(text: &str, parties: &BTreeMap<String, Vec<String>>) -> Option<String> {
    with_tokens(text, |tokens| {
        let found = PartyMentions::find(text, tokens, &Entities::collect(tokens), None, parties);
        let shown = found.mentions.iter().map(|(mention, party)| {
            format!("{} = {}", words(tokens, mention), found.id(*party).unwrap_or_default())
        });
        let shown: Vec<String> = shown.collect();
        (!shown.is_empty()).then(|| shown.join(", "))
    })
}

#[test]
fn given_parties_are_found_by_every_name() {
    assert_hits(
        &[
            ("Arland left.", "arland = arland"),
            ("The Arlandian ship left.", "arlandian = arland"),
            ("The union met Arland.", "union = guild, arland = arland"),
            ("Harbour Guild members left.", "harbour guild = guild"),
        ],
        |text| mentions(text, &parties()),
    );
    assert_misses(&["The guild left.", "Brenn left.", "China met Japan. China left Japan."], |text| {
        mentions(text, &parties())
    });
}

#[test]
fn countries_that_act_are_parties() {
    assert_hits(
        &[
            ("China left. The Chinese side rested.", "china = China, chinese = China"),
            ("Beijing spoke, then China and Japan left.", "beijing = China, china = China, japan = Japan"),
            (
                "Japan met China. China met Japan.",
                "japan = Japan, china = China, china = China, japan = Japan",
            ),
            ("The Japanese left. Tokyo said no.", "japanese = Japan, tokyo = Japan"),
        ],
        |text| mentions(text, &BTreeMap::new()),
    );
    assert_misses(
        &["It rained in China.", "It rained in China. Japan was dry. In China it rained."],
        |text| mentions(text, &BTreeMap::new()),
    );
}

#[test]
fn names_belong_to_the_party_by_their_last_word() {
    let party = |name: &str| {
        with_tokens("", |tokens| {
            let found = PartyMentions::find("", tokens, &Entities::collect(tokens), None, &parties());
            found.party_of_name(name).and_then(|party| found.id(party)).map(str::to_owned)
        })
    };
    assert_hits(
        &[("Ada Brenn", "arland"), ("Brenn", "arland"), ("the Arland", "arland"), ("Ulf Brenn", "arland")],
        party,
    );
    assert_misses(&["Ada Kerr", "Brenn Kerr", "Harbour Guild", ""], party);
}

/// The party of the description `phrase`.
fn of_phrase(phrase: &str) -> Option<String> {
    with_tokens(phrase, |tokens| {
        let found = PartyMentions::find(phrase, tokens, &Entities::collect(tokens), None, &parties());
        found.party_of_phrase(tokens, &(0..tokens.len())).and_then(|party| found.id(party)).map(str::to_owned)
    })
}

#[test]
fn descriptions_name_the_party_of_a_source() {
    assert_hits(
        &[
            ("the Arlandian trade minister", "arland"),
            ("a spokesman for the union", "guild"),
            ("Arland’s envoy to the union", "arland"),
            ("an official close to the union", "guild"),
            ("a man who lives in Arland", "arland"),
            ("an aide to Brenn", "arland"),
        ],
        of_phrase,
    );
}

#[test]
fn parties_as_topics_are_not_the_party_of_a_source() {
    assert_misses(
        &[
            "people familiar with the Arlandian offer",
            "an analyst who follows Arland",
            "an expert on the union",
            "officials briefed on Arland’s offer",
            "officials in touch with Arland",
            "a letter to the union",
            "diplomats in Arland",
            "talks between Arland and others",
        ],
        of_phrase,
    );
}

#[test]
fn former_roles_belong_to_no_party() {
    assert_misses(
        &["a former Arlandian minister", "a retired Arlandian envoy", "once the head of the union"],
        of_phrase,
    );
}

/// The party inferred for `surname` in `text`, whose sentences end with a full stop.
fn counterpart(text: &str, surname: &str, parties: &BTreeMap<String, Vec<String>>) -> Option<String> {
    with_tokens(text, |tokens| {
        let mut found = PartyMentions::find(text, tokens, &Entities::collect(tokens), None, parties);
        let is_stop = |token: &Token<'_>| token.kind == TokenKind::Punctuation('.');
        let mut start = 0;
        let sentences: Vec<Range<usize>> = tokens
            .split_inclusive(is_stop)
            .map(|sentence| {
                start += sentence.len();
                start - sentence.len()..start
            })
            .collect();
        found.infer_counterparts(tokens, &sentences);
        found.infer_from_counterpart(surname).and_then(|party| found.id(party)).map(str::to_owned)
    })
}

#[test]
fn who_deals_with_one_country_is_of_the_other() {
    assert_hits(
        &[
            ("China met Japan. Brenn dealt with China and left Japan.", "Japan"),
            ("China met Japan. Brenn dealt with Japan. China left.", "China"),
            ("China left Japan. The talks of Ada Brenn with China failed. Japan left.", "Japan"),
            ("China left Japan. Brenn met with Japan. Brenn broke with Japan over China.", "China"),
        ],
        |text| counterpart(text, "brenn", &BTreeMap::new()),
    );
    assert_misses(
        &[
            "China met Japan. Brenn dealt with China and with Japan.",
            "China met Japan. Brenn dealt with China. Brenn dealt with Japan.",
            "China met Japan. Kerr dealt with China. Brenn left Japan.",
            "China met China. Brenn dealt with China.",
        ],
        |text| counterpart(text, "brenn", &BTreeMap::new()),
    );
    // not for given parties
    assert_eq!(counterpart("Arland met the union. Kerr dealt with Arland.", "kerr", &parties()), None);
}
