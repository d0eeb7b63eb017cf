//! Full-text search with everything that people type.

mod common;

use common::{archive, article, builtin, dated, folder};
use detente_archive::{Archive, ArticleFilter, NewArticle, Page};
use tempfile::TempDir;

fn filled() -> (TempDir, Archive) {
    let folder = folder();
    let mut archive = archive(&folder);
    let mut first =
        dated("a", "2031-05-01", "The union's pay deal was near, the \"final\" offer: a café deal.");
    first.title = Some("Steel talks".to_owned());
    first.negotiation = Some("steel".to_owned());
    let second =
        dated("b", "2031-06-01", "Negotiators were negotiating near midnight. Pay was cut, no deal.");
    let third = article("c", "AND the OR of NOT NEAR talks_were (lost) {x} title:steel ^first <b>bold</b>.");
    archive.add(builtin(), &[first, second, third].map(NewArticle::new)).expect("stored");
    (folder, archive)
}

fn ids(archive: &Archive, words: &str, filter: &ArticleFilter) -> Vec<String> {
    let hits = archive.find(words, filter, None, Page::default()).expect(words);
    assert_eq!(archive.count_found(words, filter).expect(words), hits.len(), "{words}");
    let mut ids: Vec<String> = hits.into_iter().map(|hit| hit.article.id).collect();
    ids.sort();
    ids
}

#[test]
fn words_phrases_and_signs() {
    let (_folder, archive) = filled();
    for (words, expected) in [
        ("deal", "a b"),
        ("DEALS", "a b"),
        ("\"pay deal\"", "a"),
        ("“pay deal” steel", "a"),
        ("\"deal pay\"", ""),
        ("pay deal", "a b"),
        ("pay \"deal", "a b"),
        ("negotiat*", "b"),
        ("neg*", "b"),
        ("talk", "a c"),
        ("near", "a b c"),
        ("NEAR(pay deal)", ""),
        ("pay NEAR deal", "a b"),
        ("pay AND deal", ""),
        ("or", "c"),
        ("NOT", "c"),
        ("cafe", "a"),
        ("title:steel", "c"),
        ("steel", "a c"),
        ("-deal", "a b"),
        ("^first", "c"),
        ("(lost)", "c"),
        ("{x}", "c"),
        ("union's", "a"),
        ("'; DROP TABLE article; --", ""),
        ("zebra", ""),
    ] {
        assert_eq!(ids(&archive, words, &ArticleFilter::default()).join(" "), expected, "{words}");
    }
    for empty in ["", " ", "*", "\"\"", "\"", "--", "\"*\""] {
        let error =
            archive.find(empty, &ArticleFilter::default(), None, Page::default()).expect_err("no word");
        assert!(error.to_string().contains("at least one word"), "{error}");
    }
}

#[test]
fn hits_are_limited_by_negotiation_and_date() {
    let (_folder, archive) = filled();
    assert_eq!(ids(&archive, "near", &ArticleFilter::negotiation("steel")), ["a"]);
    let since = ArticleFilter { since: "2031-05-02".parse().ok(), ..ArticleFilter::default() };
    assert_eq!(ids(&archive, "near", &since), ["b"]);
    let until = ArticleFilter { until: "2031-05-02".parse().ok(), ..ArticleFilter::default() };
    assert_eq!(ids(&archive, "near", &until), ["a"]);
    let page = |offset| {
        let hits = archive.find("near", &ArticleFilter::default(), None, Page { offset, limit: 2 });
        hits.expect("found").into_iter().map(|hit| hit.article.id).collect::<Vec<_>>()
    };
    let mut both = [page(0), page(2)].concat();
    assert_eq!((both.len(), page(3).len()), (3, 0));
    both.sort();
    assert_eq!(both, ["a", "b", "c"]);
}

#[test]
fn a_snippet_marks_the_words() {
    let (_folder, archive) = filled();
    let hits = archive.find("bold lost", &ArticleFilter::default(), None, Page::default()).expect("found");
    let marked: Vec<&str> =
        hits[0].snippet.iter().filter(|part| part.is_match).map(|part| part.text.as_str()).collect();
    assert_eq!(marked, ["lost", "bold"]);
    let whole: String = hits[0].snippet.iter().map(|part| part.text.as_str()).collect();
    assert!(whole.contains("<b>bold</b>"), "{whole}");
}
