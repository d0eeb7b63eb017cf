//! Text, title and date of web pages as newspapers, ministries and blogs publish them.
//! Each page has a `.txt` file beside it with the expected result, as a plain-text article.

use std::fs;
use std::path::Path;

use detente_input::{InputFormat, ReadOptions, article_from_text, read_articles};

#[test]
fn every_page_gives_its_text_title_and_date() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/pages");
    let mut pages: Vec<_> =
        fs::read_dir(folder).expect("the pages").map(|e| e.expect("a page").path()).collect();
    pages.retain(|path| path.extension().is_some_and(|extension| extension == "html"));
    pages.sort();
    assert!(pages.len() >= 10);
    for path in pages {
        let bytes = fs::read(&path).expect("a page");
        let expected =
            article_from_text("", fs::read_to_string(path.with_extension("txt")).expect("its text"));
        let mut found = read_articles(&bytes[..], InputFormat::Html, "page", &ReadOptions::default());
        let article = found.next().expect("one").unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        assert_eq!(article.text, expected.body.slice(&expected.text).trim_end(), "{}", path.display());
        assert_eq!(article.title, expected.title, "{}", path.display());
        assert_eq!(article.date, expected.date, "{}", path.display());
    }
}
