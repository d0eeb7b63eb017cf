//! Hits and near misses of the noun phrases that can be sources.

use super::*;
use crate::attribution::test_tokens::{assert_hits, assert_misses, with_tokens, words};

/// The source at the end of `text`.
fn ending(text: &str, any_noun: bool) -> Option<String> {
    with_tokens(text, |tokens| {
        source_ending_at(tokens, 0..tokens.len(), any_noun).map(|source| words(tokens, &source))
    })
}

/// The source at the start of `text`.
fn starting(text: &str, any_noun: bool) -> Option<String> {
    with_tokens(text, |tokens| {
        source_starting_at(tokens, 0..tokens.len(), any_noun).map(|source| words(tokens, &source))
    })
}

fn is_source(phrase: &str) -> bool {
    with_tokens(phrase, |tokens| is_source_phrase(tokens, &(0..tokens.len())))
}

#[test]
fn sources_have_a_speaker_or_a_name_as_their_head() {
    for phrase in [
        "Brenn",
        "the minister",
        "an official of the ministry",
        "the Harbour Guild",
        "three people close to the talks",
        "she",
        "all the ministers",
        "some of the unions",
        "others",
        "Tarn & Sons",
    ] {
        assert!(is_source(phrase), "{phrase}");
    }
}

#[test]
fn other_phrases_are_no_sources() {
    for phrase in [
        "the weather",
        "we",
        "nobody",
        "no minister",
        "few officials",
        "she herself",
        "would ministers",
        "the ports the ministry",
        "Monday",
        "on the union",
        "because the union",
        "the union is Brenn",
        "14:05",
        "Arland’s",
        "",
    ] {
        assert!(!is_source(phrase), "{phrase}");
    }
}

#[test]
fn source_before_its_verb() {
    assert_hits(
        &[
            ("Prices fell but the union", "the union"),
            ("It rained when Brenn", "brenn"),
            ("that officials who follow the talks", "officials who follow the talks"),
            ("said the head of the union", "the head of the union"),
            ("said More than 40 economists", "more than 40 economists"),
            ("a letter by officials of the ministry", "a letter by officials of the ministry"),
        ],
        |text| ending(text, false),
    );
    assert_misses(
        &["No one in the hall", "Few officials", "the weather", "“the union”", "the union that"],
        |text| ending(text, false),
    );
}

#[test]
fn any_noun_before_a_plain_verb_of_saying() {
    assert_hits(
        &[
            ("the latest figures", "the latest figures"),
            ("that small shops", "small shops"),
            ("because drivers", "drivers"),
            ("a sign on the door", "a sign on the door"),
        ],
        |text| ending(text, true),
    );
    assert_misses(&["we", "the rain would", "who", "has", "Monday"], |text| ending(text, true));
}

#[test]
fn source_after_its_cue() {
    assert_hits(
        &[
            ("Ada Brenn on Monday", "ada brenn"),
            ("the minister in Tarn", "the minister in tarn"),
            ("Ada Brenn in a letter", "ada brenn"),
            ("an official who follows the talks", "an official who follows the talks"),
            ("Ada Brenn, who leads the union", "ada brenn"),
            ("he in the end", "he"),
            ("people from Tarn", "people from tarn"),
            ("the union also", "the union"),
        ],
        |text| starting(text, false),
    );
    assert_misses(
        &["the weather", "nobody", "“Brenn”", "that the union", "on Monday", "14:05 Brenn"],
        |text| starting(text, false),
    );
}

#[test]
fn any_noun_after_according_to() {
    assert_hits(
        &[
            ("the latest figures.", "the latest figures"),
            ("customs data on Monday", "customs data"),
            ("a poll by Tarn Radio", "a poll"),
            ("the plan, it is late", "the plan"),
        ],
        |text| starting(text, true),
    );
    assert_misses(&["whom", "we", "is", "Monday"], |text| starting(text, true));
}
