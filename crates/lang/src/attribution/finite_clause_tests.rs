//! Hits and near misses of attributions by finite verbs.

use super::*;
use crate::attribution::test_tokens::{assert_hits, assert_misses, shown, with_marked, words};

/// The attribution of the marked verb, without an earlier one.
fn found(text: &str) -> Option<String> {
    with_marked(text, |tokens, at| {
        let verb = word_class::speech_verb(token_at(tokens, at)).expect("a verb of speech");
        finite_clause(tokens, &(0..tokens.len()), at..at + 1, verb, None).map(|m| shown(tokens, &m))
    })
}

#[test]
fn subject_before_its_verb() {
    assert_hits(
        &[
            ("Brenn ^said it was late.", "brenn | said | it was late"),
            ("The trade minister ^hopes to win.", "the trade minister | hopes | to win"),
            ("The head of the union ^warned of a strike.", "the head of the union | warned | of a strike"),
            ("Small shops ^said prices would rise.", "small shops | said | prices would rise"),
            ("More than 40 economists ^said no.", "more than 40 economists | said | no"),
            ("Both ^said no.", "both | said | no"),
            ("Brenn, the minister, ^said officials in Tarn knew.", "brenn | said | officials in tarn knew"),
            ("Ada Brenn, who ^said no, left.", "ada brenn | said | no left"),
        ],
        found,
    );
    assert_misses(
        &[
            "No one in the hall ^said a word.",
            "The weather ^hopes to win.",
            "We ^said no.",
            "When it rained ^said no.",
        ],
        found,
    );
}

#[test]
fn auxiliaries_and_adverbs_belong_to_the_cue() {
    assert_hits(
        &[
            ("Brenn has repeatedly ^said no.", "brenn | has repeatedly said | no"),
            ("The union would not ^say why.", "the union | would not say | why"),
            ("The union also ^warned of a strike.", "the union | also warned | of a strike"),
            ("She later ^said no.", "she | later said | no"),
        ],
        found,
    );
    assert_misses(
        &["The plan to also ^say no failed.", "It has been ^said before.", "As has been ^said, it is late."],
        found,
    );
}

#[test]
fn passives_infinitives_and_nouns_are_no_finite_verbs() {
    assert_misses(
        &[
            "The union was ^told to wait.",
            "Brenn was ^said to be late.",
            "Brenn had to ^say no.",
            "The rule, as ^said before, holds.",
            "The union’s ^call failed.",
            "The ^call failed.",
        ],
        found,
    );
}

#[test]
fn verb_before_its_subject() {
    assert_hits(
        &[
            ("“No,” ^said Ada Brenn.", "ada brenn | said | no"),
            ("A deal is near, ^said the trade minister.", "the trade minister | said | a deal is near"),
            ("“No,” ^said he.", "he | said | no"),
            ("Talks failed, ^said officials in Tarn.", "officials in tarn | said | talks failed"),
            ("“No,” ^said Brenn on Monday.", "brenn | said | no"),
            ("“No,” ^said Brenn, who leads the union.", "brenn | said | no"),
        ],
        found,
    );
    assert_misses(
        &[
            "“No,” ^told Brenn.",
            "^Said Ada Brenn: no.",
            "“No,” ^hopes Brenn.",
            "Talks failed, ^said he.",
            "“No,” ^said nobody.",
        ],
        found,
    );
}

#[test]
fn a_clause_after_the_verb_is_no_subject() {
    assert_hits(
        &[
            ("Ada Brenn, the minister, ^said prices rose.", "ada brenn | said | prices rose"),
            ("Brenn, who leads the union, ^said he was ready.", "brenn | said | he was ready"),
            (
                "Brenn, the minister, ^said officials in Tarn on Monday won.",
                "brenn | said | officials in tarn on monday won",
            ),
            ("Ulla Kerr, an analyst, ^said Arland would win.", "ulla kerr | said | arland would win"),
        ],
        found,
    );
    assert_hits(
        &[
            ("Prices in Tarn, a port, rose, ^said Kerr.", "kerr | said | prices in tarn a port rose"),
            (
                "Ada Brenn, the minister, left, ^said the union.",
                "the union | said | ada brenn the minister left",
            ),
            ("Brenn, not Kerr, won, ^said officials, who knew.", "officials | said | brenn not kerr won"),
        ],
        found,
    );
}

#[test]
fn source_before_a_relative_clause() {
    assert_hits(
        &[
            ("Ada Brenn, the minister, who ^said no, left.", "ada brenn | said | no left"),
            ("The minister, Ada Brenn, who ^said no, left.", "ada brenn | said | no left"),
            ("Kerr, an analyst, who ^warned of a strike, left.", "kerr | warned | of a strike left"),
            ("The union, a founder of the port, who ^said yes, won.", "the union | said | yes won"),
        ],
        found,
    );
    assert_misses(
        &["A man who ^said no left.", "On the quay, who ^said no?", "Prices fell, who ^said so?"],
        found,
    );
}

#[test]
fn coordinated_verbs_share_the_subject() {
    assert_hits(
        &[
            ("Brenn rose and ^said no.", "brenn | said | no"),
            ("The union struck but ^said talks would go on.", "the union | said | talks would go on"),
            ("The minister read it and ^denied it.", "the minister | denied | it"),
            ("On Monday, Kerr left and ^warned of a strike.", "kerr | warned | of a strike"),
        ],
        found,
    );
    assert_misses(
        &["The prices rose and ^said nothing.", "The rain fell but ^said nothing.", "And ^said no."],
        found,
    );
}

#[test]
fn coordinated_verbs_share_an_earlier_source() {
    with_marked("Prices fell, Brenn hoped, and ^said so.", |tokens, at| {
        let earlier =
            AttributionMatch { source: 3..4, apposition: None, cue: 4..5, content: 0..3, is_trailing: false };
        let found = finite_clause(tokens, &(0..tokens.len()), at..at + 1, SpeechVerb::Say, Some(&earlier));
        assert_eq!(found.map(|m| words(tokens, &m.source)).as_deref(), Some("brenn"));
    });
}

#[test]
fn content_precedes_a_clause_that_ends_after_its_cue() {
    assert_hits(
        &[
            ("Prices will rise, Brenn ^said.", "brenn | said | prices will rise"),
            ("“No,” Brenn ^said.", "brenn | said | no"),
            ("Prices will rise, Brenn ^said on Monday.", "brenn | said | prices will rise"),
            ("“No,” Brenn ^said with a smile.", "brenn | said | no"),
            ("Prices, Brenn ^said, will rise.", "brenn | said | prices"),
        ],
        found,
    );
}

#[test]
fn content_follows_other_cues() {
    assert_hits(
        &[
            ("Brenn ^said that prices will rise.", "brenn | said | prices will rise"),
            ("On Monday, Brenn ^said that prices will rise.", "brenn | said | prices will rise"),
            ("Brenn ^said in a long speech in Tarn that it is over.", "brenn | said | it is over"),
            ("Brenn ^said “No.”", "brenn | said | no"),
            ("In Tarn, Brenn ^said prices will rise.", "brenn | said | prices will rise"),
        ],
        found,
    );
}
