//! Hits and near misses of the rules that resolve the source of a sentence to a speaker.

use super::*;
use crate::attribution::test_tokens::{assert_hits, assert_misses};
use crate::sentence::split::sentences;

fn found(text: &str) -> Vec<Option<SpeakerMention>> {
    let parties = BTreeMap::from([
        ("arland".to_owned(), vec!["Arland".to_owned(), "Minister Ada Brenn".to_owned()]),
        ("guild".to_owned(), vec!["Harbour Guild".to_owned(), "the union".to_owned()]),
    ]);
    let spans: Vec<Span> =
        sentences(text, Span::new(0, text.len())).into_iter().map(|sentence| sentence.span).collect();
    speakers(text, &spans, &parties)
}

/// The name of the speaker of the last sentence.
fn last(text: &str) -> Option<String> {
    found(text).pop().flatten().map(|speaker| speaker.name)
}

#[test]
fn short_names_have_the_full_name() {
    assert_hits(
        &[
            ("Ulla Kerr came. Kerr said no.", "Ulla Kerr"),
            ("Kerr said no. Later Ulla Kerr said yes.", "Ulla Kerr"),
            ("Mr. Ulf Tarn came. Tarn said no.", "Ulf Tarn"),
            ("The Bank of Tarn closed. Ulla Kerr of Tarn said no.", "Ulla Kerr"),
        ],
        last,
    );
    assert_misses(
        &["Ulla Kerr came. No one said so.", "Ulla Kerr came. It rained.", "Kerr was told no."],
        last,
    );
}

#[test]
fn he_and_she_are_persons() {
    assert_hits(
        &[
            ("Ulla Kerr said no. She said it was late.", "Ulla Kerr"),
            ("Ulla Kerr left early, she said.", "Ulla Kerr"),
            ("Ms. Kerr met with Mr. Tarn. He said no.", "Tarn"),
            ("An official said no. He said it was late.", "An official"),
            ("Ulla Kerr said no. An official said yes. She said it was late.", "An official"),
        ],
        last,
    );
    assert_misses(
        &[
            "It rained. She said no.",
            "The Harbour Guild said no. She said yes.",
            "Mr. Tarn said no. She said yes.",
        ],
        last,
    );
}

#[test]
fn it_and_they_are_bodies() {
    assert_hits(
        &[
            ("The Harbour Guild said no. It said a strike was near.", "Harbour Guild"),
            ("Tarn Coal will sell its mines, it told customers.", "Tarn Coal"),
            ("Unions walked out. “No deal,” they said.", "Unions"),
            ("The Harbour Guild walked out. They said it was late.", "Harbour Guild"),
            ("Analysts said no. They said it was late.", "Analysts"),
        ],
        last,
    );
    assert_misses(
        &[
            "Talks collapsed. “No deal,” they said.",
            "Ulla Kerr said no. They said yes.",
            "It rained, it said.",
        ],
        last,
    );
}

#[test]
fn pronouns_refer_to_people_of_their_own_sentence() {
    assert_hits(
        &[
            ("“No,” read the flag that Ulla Kerr held; “we go,” she said.", "Ulla Kerr"),
            ("Ulf Tarn came. “No,” read the flag of Ulla Kerr; “we go,” he said.", "Ulf Tarn"),
        ],
        last,
    );
}

#[test]
fn role_nouns_refer_back() {
    assert_hits(
        &[
            ("The mayor Ulla Kerr came. The mayor said no.", "Ulla Kerr"),
            ("Ulla Kerr, an analyst at Tarn Coal, came. The analyst said no.", "Ulla Kerr"),
            ("An official said no. It rained. The official said it was late.", "An official"),
            ("The Bank of Tarn closed. The bank said it was late.", "Bank of Tarn"),
        ],
        last,
    );
    assert_hits(
        &[
            ("Ulla Kerr came. The mayor said no.", "The mayor"),
            ("The mayor Ulla Kerr came. Mayors said no.", "Mayors"),
            ("The mayor Ulla Kerr came. A mayor said no.", "A mayor"),
        ],
        last,
    );
}

#[test]
fn one_title_on_two_sides_is_two_sources() {
    assert_hits(
        &[
            ("The Arlandian envoy said no. The Tarnish envoy said yes.", "The Tarnish envoy"),
            ("The Arlandian envoys said no. The Tarnish envoys said yes.", "The Tarnish envoys"),
            ("The union leader said no. The company leader said yes.", "The company leader"),
            ("The Arlandian side said no. The Tarnish side said yes.", "The Tarnish side"),
            (
                "The Arlandian minister Ulla Kerr said no. The Tarnish minister said yes.",
                "The Tarnish minister",
            ),
            (
                "Ulla Kerr, Arland’s foreign minister, said no. The trade minister said yes.",
                "The trade minister",
            ),
            ("An envoy said no. The Tarnish envoy said yes.", "The Tarnish envoy"),
        ],
        last,
    );
    assert_hits(
        &[
            (
                "The Arlandian envoy said no. The Tarnish envoy said yes. The envoy said it was late.",
                "The Tarnish envoy",
            ),
            ("The Arlandian envoy said no. The envoy said it was late.", "The Arlandian envoy"),
            ("The Arlandian minister Ulla Kerr said no. The minister said yes.", "Ulla Kerr"),
            (
                "Ulla Kerr, the foreign minister of Arland, said no. The Arlandian minister said yes.",
                "Ulla Kerr",
            ),
            ("The deputy trade minister Ulla Kerr said no. The trade minister said yes.", "Ulla Kerr"),
        ],
        last,
    );
}

#[test]
fn documents_speak_for_the_last_speaker() {
    assert_hits(
        &[
            ("Ulla Kerr said no. The statement said it was late.", "Ulla Kerr"),
            ("The Harbour Guild said no. Its letter said it was late.", "Harbour Guild"),
            ("Ulla Kerr said no. Her note said it was late.", "Ulla Kerr"),
            ("Ulla Kerr said no. Its statement said it was late.", "Ulla Kerr"),
        ],
        last,
    );
    assert_hits(
        &[
            ("Ulla Kerr came. The statement said it was late.", "The statement"),
            ("Ulla Kerr said no. A statement said it was late.", "A statement"),
            ("Ulla Kerr said no. It rained. The statement said it was late.", "The statement"),
        ],
        last,
    );
}

#[test]
fn deals_do_not_speak() {
    assert_misses(
        &["The treaty said no.", "The draft warned of a strike.", "The accord of 2018 says no."],
        last,
    );
}

#[test]
fn names_over_two_lines_are_one_name() {
    assert_hits(
        &[
            ("Then Ulla\nKerr said no.", "Ulla Kerr"),
            ("TALKS WITH ARLAND FAILED, MINISTER ULLA KERR SAID.", "ULLA KERR"),
        ],
        last,
    );
}

#[test]
fn appositions_name_the_speaker() {
    assert_hits(
        &[
            ("The mayor, Ulla Kerr, said no.", "Ulla Kerr"),
            ("“No,” said the mayor, Ulla Kerr.", "Ulla Kerr"),
            ("“No,” said a mayor, a judge called Ulla Kerr.", "Ulla Kerr"),
            ("“No,” said a judge, mayor Kerr.", "Kerr"),
        ],
        last,
    );
    assert_hits(
        &[
            ("“No,” said the mayor, a friend of Ulla Kerr.", "the mayor"),
            ("“No,” said the mayor, who met Ulla Kerr.", "the mayor"),
            ("“No,” said the mayor on Monday.", "the mayor"),
        ],
        last,
    );
}

#[test]
fn answers_of_an_interview_are_by_its_guest() {
    assert_hits(
        &[
            ("Ulla Kerr leads it.\n\nQ: Is there a deal?\n\nA: Not yet.", "Ulla Kerr"),
            ("Ulla Kerr met Ulf Tarn.\n\nQ: Why?\n\nA: Why not?", "Ulla Kerr"),
            ("Ulla Kerr leads it.\n\nQ: Why?\n\nA: The union said no.", "Ulla Kerr"),
            ("Ulla Kerr leads it.\n\nQ: Why?\n\nA: No. It is late.", "Ulla Kerr"),
        ],
        last,
    );
    assert_misses(
        &[
            "It rained.\n\nQ: Is there a deal?\n\nA: Not yet.",
            "Ulla Kerr leads it.\n\nA: the first plan.\n\nB: the second.",
            "Ulla Kerr leads it.\n\nQ: Why?\n\nA: No.\n\nThe strike goes on.",
            "Ulla Kerr leads it.\n\nA: No.\n\nQ: Is there a deal?",
        ],
        last,
    );
}

#[test]
fn spans_and_channel_are_those_of_the_sentence() {
    let text = "Tarn Radio reported that Ulla Kerr said no.";
    let speaker = found(text).pop().flatten().expect("a speaker");
    assert_eq!(speaker.source.slice(text), "Ulla Kerr");
    assert_eq!(speaker.cue.map(|cue| cue.slice(text)), Some("said"));
    assert_eq!(speaker.content.slice(text), "no");
    assert_eq!(speaker.channel.as_deref(), Some("Tarn Radio"));
}
