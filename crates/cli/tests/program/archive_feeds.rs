//! Feeds in an archive: what a feed changes does not make another article.

use std::path::Path;

use crate::common::{detente, text, write};
use serde_json::Value;

const TEXT: &str = "<p>The union rejected the offer.</p><p>A strike is near, said Ada Brenn.</p>";

/// A feed with these items.
fn feed(items: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel>\
         <title>The Lantern</title>{items}</channel></rss>"
    )
}

fn item(title: &str, guid: &str, date: &str) -> String {
    let date = if date.is_empty() { String::new() } else { format!("<pubDate>{date}</pubDate>") };
    format!(
        "<item><title>{title}</title><guid>{guid}</guid>{date}<description>Short.</description>\
         <content:encoded><![CDATA[{TEXT}]]></content:encoded></item>"
    )
}

/// Adds a file and returns the outcome of each article.
fn add(db: &str, file: &str) -> Vec<String> {
    let done = detente(&["archive", "add", db, file, "--format", "jsonl"]);
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    let outcome = |line: &str| {
        let line: Value = serde_json::from_str(line).expect("JSON");
        format!("{} {}", line["article"], line["outcome"].as_str().expect("an outcome"))
    };
    text(&done.stdout).lines().map(outcome).collect()
}

fn archive_of(folder: &Path) -> String {
    folder.join("talks.db").display().to_string()
}

#[test]
fn changed_titles_ids_and_dates_are_one_article() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = archive_of(folder.path());
    let written = |name: &str, items: &str| write(folder.path(), name, feed(items));
    let day = "Wed, 15 Jan 2031 10:00:00 GMT";
    assert_eq!(add(&db, &written("a.xml", &item("Strike near", "g1", ""))), ["1 added"]);
    // the same again, a changed title, a date that was missing, a changed id, a changed date
    assert_eq!(add(&db, &written("b.xml", &item("Strike near", "g1", ""))), ["1 known"]);
    assert_eq!(add(&db, &written("c.xml", &item("Strike looms", "g1", ""))), ["1 known"]);
    assert_eq!(add(&db, &written("d.xml", &item("Strike looms", "g1", day))), ["1 completed"]);
    assert_eq!(add(&db, &written("e.xml", &item("Strike near", "g2", day))), ["1 source-added"]);
    let later = "Thu, 16 Jan 2031 10:00:00 GMT";
    assert_eq!(add(&db, &written("f.xml", &item("Strike near", "g2", later))), ["1 known"]);
    // the text as a page of the outlet: white space and markup are different
    let page = "The union rejected the offer.\n\n\nA strike is near, said Ada Brenn.\n";
    assert_eq!(add(&db, &write(folder.path(), "page.txt", page)), ["1 source-added"]);
    let list = detente(&["archive", "list", &db, "--articles", "--format", "csv"]);
    let list = text(&list.stdout);
    let row = list.lines().nth(1).expect("a row");
    assert!(row.starts_with("1,g1,2031-01-15,Strike near,The Lantern,,-0."), "{list}");
    assert_eq!(list.lines().count(), 2);
}

#[test]
fn items_without_ids_are_not_added_again_when_they_move() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = archive_of(folder.path());
    let plain = |n: usize| {
        format!("<item><title>T{n}</title><description>Talks failed in round {n}.</description></item>")
    };
    let first = write(folder.path(), "feed.xml", feed(&(plain(1) + &plain(2))));
    assert_eq!(add(&db, &first), ["1 added", "2 added"]);
    let moved = write(folder.path(), "feed.xml", feed(&(plain(3) + &plain(1) + &plain(2))));
    assert_eq!(add(&db, &moved), ["3 added", "1 known", "2 known"]);
    // an id that is a number of the file is nobody's id
    let again = write(folder.path(), "feed.xml", feed(&(plain(2) + &plain(3))));
    assert_eq!(add(&db, &again), ["2 known", "3 known"]);
}

#[test]
fn a_bomb_of_entities_does_not_expand() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut entities = "<!ENTITY e0 \"bang bang bang bang bang bang bang bang\">".to_owned();
    for n in 1..12 {
        let earlier = format!("&e{};", n - 1).repeat(10);
        entities.extend([format!("<!ENTITY e{n} \""), earlier, "\">".to_owned()]);
    }
    let items =
        "<item><title>Talks</title><guid>g</guid><description>Talks failed. &e11;</description></item>";
    let bomb = feed(items).replace("?>", &format!("?><!DOCTYPE rss [{entities}]>"));
    let file = write(folder.path(), "bomb.xml", bomb);
    let db = archive_of(folder.path());
    assert_eq!(add(&db, &file), ["1 added"]);
    let size = std::fs::metadata(&db).expect("an archive").len();
    assert!(size < 1 << 20, "{size} bytes");
}
