//! Hits and near misses of the rules that give a source its side and kind.

use std::collections::BTreeMap;

use super::*;
use crate::attribution::entities::Entities;
use crate::attribution::test_tokens::{assert_hits, assert_misses, with_tokens};

fn parties() -> BTreeMap<String, Vec<String>> {
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    BTreeMap::from([
        ("arland".to_owned(), names(&["Arland", "Minister Ada Brenn"])),
        ("guild".to_owned(), names(&["Harbour Guild", "the union"])),
    ])
}

/// Side and kind of the last words of `text`, after a `|`, as a source without an entity. A `.` before the `|` ends a
/// sentence.
fn side_and_kind(text: &str) -> (Option<String>, SpeakerKind) {
    let (before, source_text) = text.split_once('|').unwrap_or(("", text));
    let plain = text.replace('|', "");
    with_tokens(&plain, |tokens| {
        let start = tokens.partition_point(|token| (token.span.start as usize) < before.len());
        let parties = PartyMentions::find(&plain, tokens, &Entities::collect(tokens), None, &parties());
        let first_end = tokens.iter().position(|token| token.is('.')).map_or(0, |stop| stop + 1);
        let sentences = [0..first_end, first_end..tokens.len()];
        let affiliations = Affiliations { tokens, sentences: &sentences, parties: &parties };
        affiliations.side_and_kind(source_text, &(start..tokens.len()), None, None)
    })
}

fn side(text: &str) -> Option<String> {
    side_and_kind(text).0
}

#[test]
fn the_head_names_the_party() {
    assert_hits(
        &[
            ("Arland", "arland"),
            ("the Harbour Guild", "guild"),
            ("the union", "guild"),
            ("Arland’s ministry", "arland"),
            ("Ada Brenn", "arland"),
        ],
        side,
    );
    assert_misses(&["Tarn", "the ministry", "Arland’s lobby", "Ulla Kerr", "officials"], side);
}

#[test]
fn the_description_names_the_party() {
    assert_hits(
        &[
            ("an Arlandian official", "arland"),
            ("the head of the union", "guild"),
            ("officials close to Arland", "arland"),
            ("a spokesman for the Harbour Guild", "guild"),
        ],
        side,
    );
    assert_misses(
        &["a former Arlandian official", "an official briefed on Arland", "people familiar with the union"],
        side,
    );
}

#[test]
fn possessives_and_seats_belong_to_the_party_named_before() {
    assert_hits(
        &[
            ("Arland agreed, and |its ministry", "arland"),
            ("The union struck. In May |their leader", "guild"),
            ("Arland met the union, and |the government", "arland"),
            ("Arland agreed. Then |the army", "arland"),
        ],
        side,
    );
    assert_misses(
        &[
            "It agreed, and |its ministry",
            "Arland agreed, and |a ministry",
            "Arland agreed, and |the minister",
            "|its ministry",
        ],
        side,
    );
}

#[test]
fn outsiders_have_no_side() {
    assert_hits(
        &[
            ("an Arlandian analyst", SpeakerKind::Outsider),
            ("the mediator", SpeakerKind::Outsider),
            ("a lobby in Arland", SpeakerKind::Outsider),
            ("the growers’ association", SpeakerKind::Outsider),
            ("analysts", SpeakerKind::Unnamed),
        ],
        |text| Some(side_and_kind(text).1),
    );
    assert_misses(&["an Arlandian analyst", "economists in Arland", "an Arlandian lobby"], side);
}

#[test]
fn kinds_of_other_sources() {
    assert_hits(
        &[
            ("officials", SpeakerKind::Unnamed),
            ("an Arlandian official", SpeakerKind::Unnamed),
            ("Arland", SpeakerKind::Party),
            ("Ada Brenn", SpeakerKind::Party),
            ("Ulla Kerr", SpeakerKind::Other),
            ("the mayor", SpeakerKind::Other),
        ],
        |text| Some(side_and_kind(text).1),
    );
}
