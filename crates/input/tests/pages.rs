//! Web pages as newspapers, ministries and blogs make them: text, title and day come out right.
//! Beside each page stands what it must give, in the form of the program's own plain texts.

use std::fs;
use std::path::Path;

use detente_input::{InputFormat, ReadOptions, plain, read_articles};

#[test]
fn every_page_gives_its_text_title_and_day() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/pages");
    let mut pages: Vec<_> =
        fs::read_dir(folder).expect("the pages").map(|e| e.expect("a page").path()).collect();
    pages.retain(|path| path.extension().is_some_and(|ending| ending == "html"));
    pages.sort();
    assert!(pages.len() >= 10);
    for path in pages {
        let bytes = fs::read(&path).expect("a page");
        let wanted = plain("", fs::read_to_string(path.with_extension("txt")).expect("its text"));
        let mut found = read_articles(&bytes[..], InputFormat::Html, "page", &ReadOptions::default());
        let article = found.next().expect("one").unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        assert_eq!(article.text, wanted.body.slice(&wanted.text).trim_end(), "{}", path.display());
        assert_eq!(article.title, wanted.title, "{}", path.display());
        assert_eq!(article.date, wanted.date, "{}", path.display());
    }
}
