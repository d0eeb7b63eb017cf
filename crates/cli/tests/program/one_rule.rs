//! Rules that all commands share: how compressed files are opened, and the names of sides.

use std::io::Write;

use crate::common::{detente, text, write};

fn zstd_frame(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).expect("compressed");
    encoder.finish().expect("compressed")
}

/// The output of `score --format jsonl` for one article.
fn scored_row(id: &str, article: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a folder");
    let article = write(folder.path(), &format!("{id}.txt"), article);
    let done = detente(&["score", "--format", "jsonl", "--date", "2031-06-02", &article]);
    assert!(done.status.success(), "{}", text(&done.stderr));
    done.stdout
}

#[test]
fn scored_rows_in_every_zstd_frame_are_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let both = [
        zstd_frame(&scored_row("a", "The two sides signed an accord on Monday.")),
        zstd_frame(&scored_row("b", "Talks collapsed after the union rejected the pay offer.")),
    ]
    .concat();
    let path = write(folder.path(), "both.jsonl.zst", both);
    let done = detente(&["timeline", "--format", "json", &path]);
    let line: serde_json::Value = serde_json::from_slice(&done.stdout).expect("JSON");
    assert_eq!(line["articles"], 2, "{}", text(&done.stderr));
    let compared = detente(&["compare", "--format", "json", &path, &path]);
    let found: serde_json::Value = serde_json::from_slice(&compared.stdout).expect("JSON");
    assert_eq!(found["sets"][0]["articles"], 2, "{}", text(&compared.stdout));
}

#[test]
fn files_that_expand_far_more_than_text_are_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut rows = scored_row("a", "The two sides signed an accord on Monday.");
    rows.extend(std::iter::repeat_n(b' ', 300 << 20));
    let path = write(folder.path(), "bomb.jsonl.gz", gzip(&rows));
    for verb in ["score", "timeline"] {
        let done = detente(&[verb, &path]);
        assert!(text(&done.stderr).contains("250 times its size"), "{verb}: {}", text(&done.stderr));
        assert_ne!(done.status.code(), Some(0), "{verb}");
    }
}

#[test]
fn sides_have_the_same_names_in_articles_and_in_series() {
    let folder = tempfile::tempdir().expect("a folder");
    let article = "Talks resumed on Monday. \"A deal is near,\" John Smith said. \
        An official said that a deal was possible. Economist Mary Jones of Hill University said talks may fail.";
    let path = write(folder.path(), "a.txt", article);
    let scored = detente(&["score", "--format", "jsonl", "--date", "2031-06-02", &path]);
    let row: serde_json::Value = serde_json::from_slice(&scored.stdout).expect("JSON");
    let names = |value: &serde_json::Value, key: &str| {
        let list = value.as_array().expect("a list").iter();
        let mut names: Vec<String> = list.filter_map(|side| Some(side[key].as_str()?.to_owned())).collect();
        names.sort();
        names
    };
    let sides = names(&row["sides"], "side");
    assert!(sides.contains(&"others".to_owned()), "{sides:?}");
    let rows = write(folder.path(), "a.jsonl", &scored.stdout);
    let series = detente(&["timeline", "--by", "side", "--format", "json", &rows]);
    let line: serde_json::Value = serde_json::from_slice(&series.stdout).expect("JSON");
    assert_eq!(names(&line["series"], "key"), sides, "{}", text(&series.stdout));
}
