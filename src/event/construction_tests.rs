//! Tests of constructions: statements whose composed value must have a given sign.
//!
//! `tests/data/events/constructions.tsv` has hits and near misses of each construction.

use detente_lang::Span;

use crate::event::table::rows;
use crate::event::word_forms::event_word_forms;
use crate::feature::analysis::Analysis;
use crate::feature::extract::Extractor;
use crate::lexicon::parse::Lexicon;
use crate::token::tokenizer::Tokenizer;
use crate::token::vocabulary::Vocabulary;

const CONSTRUCTIONS: &str = include_str!("../../tests/data/events/constructions.tsv");

#[test]
fn the_composed_value_of_each_construction_has_its_sign() {
    let extractor = extractor();
    let mut analysis = Analysis::default();
    let mut wrong = Vec::new();
    for [construction, sign, text] in rows::<3>(CONSTRUCTIONS) {
        extractor.analyze(text, Span::new(0, text.len()), &mut analysis);
        let value = analysis.events.value;
        if (sign == "+" && value <= 0.03) || (sign == "-" && value >= -0.03) {
            wrong.push(format!("{construction}: {text} {value:.2}, expected {sign}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_construction_has_a_hit_and_a_near_miss() {
    let signs = |construction: &str| {
        rows::<3>(CONSTRUCTIONS)
            .filter(|[name, ..]| *name == construction)
            .map(|[_, sign, _]| sign)
            .collect::<std::collections::BTreeSet<_>>()
    };
    for construction in ["negation", "implicative", "denial", "hope and fear", "removal passive", "label"] {
        assert_eq!(signs(construction).len(), 2, "{construction}");
    }
}

#[test]
fn a_text_of_many_words_is_analysed_up_to_a_limit() {
    let text = "They signed the pact and ".repeat(5_000);
    let mut analysis = Analysis::default();
    extractor().analyze(&text, Span::new(0, text.len()), &mut analysis);
    assert!(analysis.events.units.len() < 512 && analysis.events.value > 0.0);
}

/// An extractor whose vocabulary is that of the event lists.
fn extractor() -> Extractor {
    let words = event_word_forms().into_iter().chain(Extractor::PUNCTUATION.map(str::to_owned));
    Extractor::new(Tokenizer::new(Vocabulary::new(words)), &Lexicon::default())
}
