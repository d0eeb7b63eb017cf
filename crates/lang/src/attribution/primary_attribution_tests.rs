//! Hits and near misses of the rules that choose the primary attribution.

use super::*;
use crate::attribution::detect::find_attributions;
use crate::attribution::test_tokens::{assert_hits, assert_misses, with_tokens, words};

/// The source of the primary attribution, and the outlet after a "|" if any.
fn primary(text: &str) -> Option<String> {
    with_tokens(text, |tokens| {
        let found = find_attributions(tokens, &(0..tokens.len()));
        let (primary, outlet) = primary_attribution(tokens, &found)?;
        let outlet = outlet.map_or(String::new(), |outlet| format!(" | {}", words(tokens, &outlet.source)));
        Some(words(tokens, &primary.source) + &outlet)
    })
}

#[test]
fn the_outer_attribution_determines_the_speaker() {
    assert_hits(
        &[
            ("Brenn said the union denied it.", "brenn"),
            ("The union denied it, Brenn said.", "brenn"),
            ("According to Brenn, the union said no.", "brenn"),
            ("Brenn said Kerr had said the union said no.", "brenn"),
        ],
        primary,
    );
    assert_hits(
        &[
            ("Brenn said no and the union said yes.", "brenn"),
            ("“No,” Brenn said, and the union agreed.", "brenn"),
            ("Brenn said no, adding that it was late.", "brenn"),
        ],
        primary,
    );
}

#[test]
fn outlets_report_the_primary_attribution() {
    assert_hits(
        &[
            ("Tarn Radio reported that Ada Brenn said no.", "ada brenn | tarn radio"),
            ("Ada Brenn said no, Tarn Radio reported.", "ada brenn | tarn radio"),
            ("Brenn told the union no, the Tarn Times reported.", "brenn | the tarn times"),
            ("Tarn Radio reported that a deal was near.", "tarn radio"),
        ],
        primary,
    );
}

#[test]
fn outlets_and_journalists_are_known_by_their_names() {
    let is_outlet = |source: &str| {
        with_tokens(source, |tokens| is_outlet_source(tokens, &(0..tokens.len())).then_some(()))
    };
    assert_hits(
        &[
            ("Tarn Radio", ()),
            ("the Tarn Times", ()),
            ("a reporter", ()),
            ("Reuters", ()),
            ("a Tarn journalist", ()),
        ],
        is_outlet,
    );
    assert_misses(
        &["the radio", "the Press secretary", "the Tarn Times editor", "Ada Brenn", "the Harbour Guild"],
        is_outlet,
    );
}

#[test]
fn a_reply_is_the_last_word() {
    assert_hits(
        &[
            ("Brenn said a deal was near, to which the union said no.", "the union"),
            ("Arland made an offer, to which Kerr said no.", "kerr"),
            ("Kerr asked why, to which Brenn replied that it was late.", "brenn"),
            ("“Why?” Kerr asked, to which Brenn said no.", "brenn"),
        ],
        primary,
    );
    assert_hits(
        &[
            ("Brenn said a deal was near, which the union denied.", "brenn"),
            ("Brenn said the port to which ships go was open.", "brenn"),
            ("Brenn wrote to Kerr, who said no.", "brenn"),
        ],
        primary,
    );
}

#[test]
fn verbs_that_need_a_clause() {
    assert_hits(
        &[
            ("Arland announced that talks would resume.", "arland"),
            ("Arland announced on Monday that talks would resume.", "arland"),
            ("Talks would resume, Arland announced.", "arland"),
            ("Arland announced “a new round”.", "arland"),
        ],
        primary,
    );
    assert_misses(
        &[
            "Arland announced a new round of talks.",
            "Arland announced a long list of new demands for ports that closed.",
            "The union announced a strike.",
        ],
        primary,
    );
}

#[test]
fn documents_and_parenthetical_clauses_are_asides() {
    assert_hits(
        &[
            ("The law says that ports stay open, Brenn said.", "brenn"),
            ("The offer, which the union rejected, was fair, Brenn said.", "brenn"),
            ("Brenn said more than Kerr said.", "brenn"),
            ("When Brenn said no, the union walked out.", "brenn"),
        ],
        primary,
    );
    assert_misses(
        &[
            "The agreement that Arland rejected was shelved.",
            "Exports rose by a tenth, according to customs data.",
            "The offer was less than Brenn said.",
            "The talks which the union demanded were held.",
        ],
        primary,
    );
}
