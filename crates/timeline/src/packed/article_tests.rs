//! Tests of the byte form.

use detente::internals::hash_bytes;
use detente::{Article, Day, Engine, ErrorKind, Verdict};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use crate::brief::detail::{ArticleDetail, Sentence};
use crate::near_duplicate::TextSignature;
use crate::scored_row::{RowWhen, ScoreBand};
use crate::series_article::{ArticleDate, Phrase, Retain, SeriesArticle, SeriesStatement};
use crate::{BriefSettings, Collector, DateLimits, GroupBy, SetSelector, TimelineSettings};

const ALL: Retain = Retain { statements: true, texts: true, details: true };

fn scored(id: &str, day: &str, text: &str) -> detente::ScoredArticle {
    let mut article = Article::new(id, text);
    article.date = day.parse().ok();
    article.source = Some("The Lantern".to_owned());
    Engine::builtin().expect("the built-in model").score(&article)
}

fn collection(articles: impl IntoIterator<Item = SeriesArticle>) -> detente::Result<crate::Collection> {
    let mut collector = Collector::default();
    articles.into_iter().for_each(|article| collector.push(article));
    collector.finish(&DateLimits::default())
}

/// Gives changed bytes a check that fits, as another version or a forger would.
fn with_check(mut bytes: Vec<u8>) -> Vec<u8> {
    bytes.truncate(bytes.len() - 4);
    let check = hash_bytes(&bytes).to_le_bytes();
    bytes.extend(&check[..4]);
    bytes
}

#[test]
fn scored_article_is_the_same_after_a_round_trip() {
    let text = "Talks collapsed on Sunday, said Ada Brenn, an analyst. “A deal is close,” the minister said on 3 May.";
    for retain in [Retain::default(), Retain { statements: true, ..Retain::default() }, ALL] {
        let article = SeriesArticle::of_scored(&scored("a", "2031-05-09", text), retain)
            .with_model_checksum([1, 2, 3, 4, 5, 6, 7, 8]);
        let bytes = article.to_bytes();
        assert_eq!(SeriesArticle::from_bytes(&bytes).expect("an article"), article);
        assert_eq!(article.retained(), retain);
    }
}

#[test]
fn layout_of_version_1_does_not_change() {
    let row = br#"{"schema":1,"id":"a","title":"T","date":"1970-01-03","model":"m","outlook":null}"#;
    let row = crate::ScoredRow::from_json(row).expect("a row");
    let article = SeriesArticle::new(&row, Retain { statements: true, ..Retain::default() });
    let mut expected = vec![1, 0b0001, 1, b'm', 0, 1, b'a', 1, 1, b'T', 0, 1, 4, 0, 0, 0, 0, 0, 0, 1];
    expected.extend(TextSignature::of(["T"]).expect("a word").to_bytes());
    expected.extend([0, 0, 0, 0, 0]);
    assert_eq!(article.to_bytes(), with_check(expected));
}

#[test]
fn other_version_is_refused_by_name() {
    let mut bytes = SeriesArticle::of_scored(&scored("a", "2031-05-09", "Talks collapsed."), ALL).to_bytes();
    bytes[0] = 7;
    let error = SeriesArticle::from_bytes(&with_check(bytes)).expect_err("another version");
    assert_eq!(error.kind(), ErrorKind::Unsupported);
    assert!(error.to_string().contains("version 7") && error.to_string().contains("version 1"), "{error}");
}

#[test]
fn truncated_or_changed_bytes_are_refused() {
    let bytes = SeriesArticle::of_scored(&scored("a", "2031-05-09", "Talks collapsed."), ALL).to_bytes();
    for length in 0..bytes.len() {
        assert!(SeriesArticle::from_bytes(&bytes[..length]).is_err(), "{length} bytes");
        let truncated = with_check([&bytes[..length], &[0; 4]].concat());
        if length + 4 < bytes.len() {
            assert!(SeriesArticle::from_bytes(&truncated).is_err(), "{length} bytes with a check");
        }
        let mut changed = bytes.clone();
        changed[length] ^= 0x10;
        assert!(SeriesArticle::from_bytes(&changed).is_err(), "changed at {length}");
    }
    let mut longer = bytes[..bytes.len() - 4].to_vec();
    longer.extend([0; 5]);
    assert!(SeriesArticle::from_bytes(&with_check(longer)).is_err());
}

#[test]
fn article_packed_without_statements_is_refused_where_they_are_needed() {
    let pack = |retain: Retain| {
        let of_day = |day: i8| scored(&format!("n{day}"), &format!("2031-05-{day:02}"), "Talks collapsed.");
        let articles = (1..6).map(|day| SeriesArticle::of_scored(&of_day(day), retain).to_bytes());
        let articles = articles.map(|bytes| SeriesArticle::from_bytes(&bytes).expect("an article"));
        collection(articles).expect("articles")
    };
    let (bare, full) = (pack(Retain::default()), pack(ALL));
    let by_side = TimelineSettings { group_by: vec![GroupBy::Side], ..TimelineSettings::default() };
    let error = crate::timeline(&bare, &by_side).expect_err("no statements").to_string();
    assert_eq!(error, "a series by side needs statements, and 5 of 5 articles were kept without (first: n1)");
    assert!(crate::timeline(&bare, &TimelineSettings::default()).is_ok());
    assert!(crate::timeline(&full, &by_side).is_ok());
    let day = Day::new(2031, 5, 3).expect("a day");
    let sets = SetSelector::Days { before: day, after: day };
    assert!(crate::compare(&bare, &sets).expect_err("refused").to_string().contains("statements"));
    assert!(crate::brief(&bare, &BriefSettings::default()).is_err());
    assert!(crate::brief(&full, &BriefSettings::default()).is_ok());
}

#[test]
fn two_models_with_one_id_are_told_apart_by_checksum() {
    let article = |id: &str, checksum: [u8; 8]| {
        SeriesArticle::of_scored(&scored(id, "2031-05-09", "Talks collapsed."), Retain::default())
            .with_model_checksum(checksum)
    };
    let error = collection([article("a", [1; 8]), article("b", [2; 8])]).expect_err("refused").to_string();
    assert!(error.contains("(0101010101010101)") && error.contains("(0202020202020202)"), "{error}");
    assert!(collection([article("a", [1; 8]), article("b", [1; 8])]).is_ok());
    let unknown = SeriesArticle::of_scored(&scored("c", "2031-05-09", "A deal is near."), Retain::default());
    assert!(collection([article("a", [1; 8]), unknown]).is_ok());
}

fn name() -> impl Strategy<Value = String> {
    "\\PC{0,12}"
}

fn day() -> impl Strategy<Value = Day> {
    (-4_000_000_i64..2_000_000).prop_map(|days| Day::new(1970, 1, 1).expect("a day").plus_days(days))
}

fn statement() -> impl Strategy<Value = SeriesStatement> {
    let texts = (name(), name(), option::of(name()), vec(name(), 0..3));
    (texts, option::of(day()), any::<bool>(), -1.0..1.0, -10_000..10_000_i32).prop_map(
        |((side, speaker, text, phrases), day, background, weight, contribution)| SeriesStatement {
            side: side.into(),
            speaker: speaker.into(),
            day,
            background,
            weight,
            contribution: f64::from(contribution) / 1e4,
            text: text.map(Box::from),
            phrases: phrases.into_iter().map(Into::into).collect(),
        },
    )
}

fn sentence() -> impl Strategy<Value = Sentence> {
    let texts = (name(), option::of(name()), name());
    (texts, option::of((day(), day())), option::of(-1.0..1.0), 0.0..1.0, any::<[bool; 3]>()).prop_map(
        |((text, speaker, side), when, score, bearing, flags)| Sentence {
            text: text.into(),
            speaker: speaker.map(Box::from),
            side: side.into(),
            when: when.map(|(from, to)| RowWhen { from, to }),
            score,
            bearing,
            background: flags[0],
            is_asserted: flags[1],
            is_conditional: flags[2],
        },
    )
}

fn article() -> impl Strategy<Value = SeriesArticle> {
    let date = prop_oneof![
        Just(ArticleDate::Missing),
        day().prop_map(ArticleDate::Known),
        name().prop_map(|text| ArticleDate::Invalid(text.into())),
    ];
    let texts =
        (name(), name(), option::of(name()), option::of(name()), option::of(name()), option::of(name()));
    let detail = (option::of(Just(Verdict::CautiouslyOptimistic)), vec(name(), 0..3), vec(sentence(), 0..3))
        .prop_map(|(reading, parties, sentences)| {
            Box::new(ArticleDetail {
                reading,
                parties: parties.into_iter().map(Box::from).collect(),
                sentences: sentences.into(),
            })
        });
    let lists = (vec((name(), any::<i16>()), 0..4), vec(statement(), 0..4), option::of(detail));
    let numbers =
        (option::of(any::<[u8; 8]>()), option::of(([-1.0..1.0, -1.0..1.0, -1.0..1.0], any::<bool>())));
    (texts, date, lists, numbers, any::<[bool; 4]>()).prop_map(
        |(
            (id, model, title, lead, source, domain),
            date,
            (phrases, statements, detail),
            (sum, outlook),
            flags,
        )| {
            SeriesArticle {
                signature: TextSignature::of([id.as_str()]),
                id: id.into(),
                title: title.map(Box::from),
                lead: lead.map(Box::from),
                date,
                source: source.as_deref().map(Into::into),
                negotiation: None,
                domain: domain.map(Into::into),
                model: model.into(),
                model_checksum: sum,
                outlook: outlook.map(|([score, low, high], is_rounded)| {
                    let round = |number: f64| if is_rounded { (number * 1e4).round() / 1e4 } else { number };
                    ScoreBand { score: round(score), low: round(low), high: round(high) }
                }),
                phrases: phrases
                    .into_iter()
                    .map(|(text, units)| Phrase { text: text.into(), contribution: f32::from(units) / 7.0 })
                    .collect(),
                statements: statements.into(),
                detail,
                set: 0,
                has_repeated_id: flags[3],
                retained: Retain { statements: flags[0], texts: flags[1], details: flags[2] },
            }
        },
    )
}

proptest! {
    #[test]
    fn any_article_is_the_same_after_a_round_trip(article in article()) {
        prop_assert_eq!(SeriesArticle::from_bytes(&article.to_bytes()).expect("an article"), article);
    }

    #[test]
    fn arbitrary_bytes_never_panic(mut bytes in vec(any::<u8>(), 4..200)) {
        bytes[0] = 1;
        let _ = SeriesArticle::from_bytes(&with_check(bytes));
    }
}
