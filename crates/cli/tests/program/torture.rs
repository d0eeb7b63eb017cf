//! A folder of broken, unusual and valid files: bad ones are named with the reason, the rest are scored.

use std::fmt::Write as _;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output};

/// The expected result for a file.
enum Expected {
    /// So many records are scored, without a message.
    Scored(usize),
    /// stderr has its name with this reason, and so many other records of it are scored.
    Refused(&'static str, usize),
    /// It is neither scored nor named.
    Ignored,
}

use Expected::{Ignored, Refused, Scored};

const GOOD: &str = "The two sides agreed on most points and will sign the deal on Friday.";

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).expect("compressed");
    encoder.finish().expect("compressed")
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Uncompressed)
}

fn utf16(text: &str, mark: [u8; 2], bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    mark.into_iter().chain(text.encode_utf16().flat_map(bytes)).collect()
}

/// Files of every format: name, content, expected result.
fn files() -> Vec<(&'static str, Vec<u8>, Expected)> {
    let line = |text: &str| format!("{{\"text\":\"{text}\"}}\n");
    let good = || GOOD.as_bytes().to_vec();
    let mut many = String::new();
    for at in 0..200 {
        many.push_str(if at % 2 == 0 { "{broken\n" } else { "{\"text\":\"Talks resumed.\"}\n" });
    }
    let page = fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/pages/wire.html")).expect("a page");
    let old_page =
        fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/pages/latin.html")).expect("a page");
    let half = |bytes: Vec<u8>| bytes[..bytes.len() / 2].to_vec();
    vec![
        // text
        ("empty.txt", vec![], Refused("empty", 0)),
        ("blank.txt", b" \n\t\r\n ".to_vec(), Refused("empty", 0)),
        ("binary.txt", b"PX\x03\x04\0\0talks".to_vec(), Refused("zero byte", 0)),
        ("archive.txt", b"PK\x03\x04\0\0talks".to_vec(), Refused("damaged archive", 0)),
        ("too-long.txt", GOOD.repeat(4000).into_bytes(), Refused("more than the limit of 200000 bytes", 0)),
        ("good.txt", good(), Scored(1)),
        ("marked.txt", [b"\xEF\xBB\xBF".to_vec(), good()].concat(), Scored(1)),
        ("utf16-little.txt", utf16(GOOD, [0xFF, 0xFE], u16::to_le_bytes), Scored(1)),
        ("utf16-big.txt", utf16(GOOD, [0xFE, 0xFF], u16::to_be_bytes), Scored(1)),
        ("utf16-unmarked.txt", GOOD.encode_utf16().flat_map(u16::to_le_bytes).collect(), Scored(1)),
        ("utf32.txt", format!("\u{feff}{GOOD}").chars().flat_map(|c| u32::from(c).to_le_bytes()).collect(), Refused("zero byte", 0)),
        ("latin.txt", b"They said: \x93no deal\x94 \x96 and left.".to_vec(), Scored(1)),
        ("broken-utf8.txt", "“Good.” \u{fffd}".replace('\u{fffd}', "").into_bytes().into_iter().chain([0xFF]).collect(), Scored(1)),
        ("windows.txt", GOOD.replace(". ", ".\r\n").into_bytes(), Scored(1)),
        ("mac.txt", format!("A title\r\r{GOOD}\r").into_bytes(), Scored(1)),
        ("invisible.txt", format!("\u{200b}\u{2060}{GOOD}\u{feff}").into_bytes(), Scored(1)),
        ("one-line.txt", GOOD.repeat(1500).into_bytes(), Scored(1)),
        ("quotes.txt", b"\"".repeat(3000), Scored(1)),
        ("brackets.txt", b"(".repeat(3000), Scored(1)),
        ("stops.txt", b". ".repeat(3000), Scored(1)),
        ("emoji.txt", "👍🏽👨‍👩‍👧 🇨🇭".as_bytes().to_vec(), Scored(1)),
        ("controls.txt", b"Talks \x01\x02\x1b[31m went on.\x7f".to_vec(), Scored(1)),
        ("only-a-date.txt", b"date 2031-05-09\n".to_vec(), Scored(1)),
        ("german.txt", "Die beiden Seiten haben die Gespräche wieder aufgenommen, und der Minister ist nicht ohne Hoffnung.".as_bytes().to_vec(), Scored(1)),
        ("notes.md", format!("# Talks\n\n- {GOOD}\n- **more**\n").into_bytes(), Scored(1)),
        ("tälks & “more”.TXT", good(), Scored(1)),
        // JSON
        ("object.json", line(GOOD).into_bytes(), Scored(1)),
        ("array.json", format!("[{},{}]", line("One."), line("Two.")).into_bytes(), Scored(2)),
        ("same-ids.json", br#"[{"id":"a","text":"One."},{"id":"a","text":"Two."}]"#.to_vec(), Scored(2)),
        ("number-id.json", br#"{"id":12345678901234567890123,"text":"One."}"#.to_vec(), Scored(1)),
        ("escaped-zero.json", br#"{"text":"One.\u0000 Two."}"#.to_vec(), Scored(1)),
        ("odd-date.json", br#"{"text":"One.","date":"soon"}"#.to_vec(), Scored(1)),
        ("no-records.json", b"[]".to_vec(), Refused("empty: no record", 0)),
        ("mixed.json", br#"[{"text":"One."},7,{"text":"Two."}]"#.to_vec(), Refused("record 2: not a JSON object", 2)),
        ("broken.json", b"{\"text\":\"One.\"".to_vec(), Refused("not JSON", 0)),
        ("deep.json", b"[".repeat(100_000), Refused("recursion limit", 0)),
        ("scalar.json", b"\"One.\"".to_vec(), Refused("not a JSON object", 0)),
        ("null-text.json", br#"{"text":null}"#.to_vec(), Refused("no text field", 0)),
        ("list-text.json", br#"{"text":["One."]}"#.to_vec(), Scored(1)),
        ("empty-text.json", br#"{"text":"  "}"#.to_vec(), Refused("field text: empty", 0)),
        ("half-character.json", br#"{"text":"\ud800"}"#.to_vec(), Refused("not JSON", 0)),
        ("not-a-number.json", br#"{"text":"One.","x":NaN}"#.to_vec(), Refused("not JSON", 0)),
        // JSON lines
        ("lines.jsonl", format!("{}\n  \n{}", line("One."), line("Two.")).into_bytes(), Scored(2)),
        ("windows.jsonl", line("One.").replace('\n', "\r\n").repeat(2).into_bytes(), Scored(2)),
        ("marked.jsonl", format!("\u{feff}{}", line("One.")).into_bytes(), Scored(1)),
        ("utf16.jsonl", utf16(&line("One.").repeat(3), [0xFF, 0xFE], u16::to_le_bytes), Scored(3)),
        ("cut.jsonl", [line("One."), line("Two.")].concat().trim_end_matches("\"}\n").as_bytes().to_vec(), Refused("line 2: column", 1)),
        ("many-bad.jsonl", many.into_bytes(), Refused("line 199: column", 100)),
        ("long-line.jsonl", format!("{}{}", line(&"x".repeat(300_000)), line("Two.")).into_bytes(), Refused("line 1: record of more than the limit", 1)),
        ("no-records.jsonl", vec![], Refused("empty: no record", 0)),
        // tables
        ("good.csv", b"Headline,Published,Body\nA,2031-05-09,\"One,\n \"\"two\"\".\"\n".to_vec(), Scored(1)),
        ("header-only.csv", b"id,text\n".to_vec(), Refused("empty: no record", 0)),
        ("short-row.csv", b"id,text\n1,One.\n2\n3,Three.\n".to_vec(), Refused("line 3: 1 cells, but the header has 2", 2)),
        ("open-quote.csv", b"id,text\n1,One.\n2,\"Two.\n3,Three.\n".to_vec(), Scored(3)),
        ("semicolons.csv", b"id;text\n1;One.\n2;Two.\n".to_vec(), Scored(2)),
        ("latin.csv", b"id,text\n1,\x93One\x94 isn\x92t two.\n".to_vec(), Scored(1)),
        ("utf16-unmarked.tsv", "id\ttext\n1\tOne.\n".encode_utf16().flat_map(u16::to_be_bytes).collect(), Scored(1)),
        ("good.tsv", b"id\ttext\n1\tOne.\n".to_vec(), Scored(1)),
        ("utf16.tsv", utf16("id\ttext\n1\tOne.\n2\tTwo.\n", [0xFF, 0xFE], u16::to_le_bytes), Scored(2)),
        // pages
        ("page.html", page.clone(), Scored(1)),
        ("old-page.htm", old_page, Scored(1)),
        ("cut-page.html", page[..page.len() * 3 / 4].to_vec(), Scored(1)),
        ("menu.html", b"<ul><li><a href=/>Home</a><li><a href=/w>World</a></ul>".to_vec(), Refused("no article text in the page", 0)),
        ("nested.html", b"<div>".repeat(30_000), Refused("no article text in the page", 0)),
        // compressed
        ("good.txt.gz", gzip(GOOD.as_bytes()), Scored(1)),
        ("two-parts.jsonl.gz", [gzip(line("One.").as_bytes()), gzip(line("Two.").as_bytes())].concat(), Scored(2)),
        ("cut.txt.gz", half(gzip(GOOD.as_bytes())), Refused("cannot read", 0)),
        ("false.txt.gz", good(), Refused("invalid gzip header", 0)),
        ("trailing.jsonl.gz", [gzip(line("One.").as_bytes()), b"garbage".to_vec()].concat(), Refused("cannot read", 1)),
        ("bomb.jsonl.gz", gzip(&vec![b' '; 100 << 20]), Refused("250 times its size", 0)),
        ("good.jsonl.zst", zstd(line("One.").as_bytes()), Scored(1)),
        ("two-parts.jsonl.zst", [zstd(line("One.").as_bytes()), zstd(line("Two.").as_bytes())].concat(), Scored(2)),
        ("false.txt.zst", good(), Refused("cannot read", 0)),
        // others
        ("table.parquet", b"PAR1 no table PAR1".to_vec(), Refused("table.parquet", 0)),
        ("report.pdf", b"%PDF-1.7".to_vec(), Refused("skipped: unknown format", 0)),
        ("no-ending", good(), Refused("skipped: unknown format", 0)),
        (".hidden.txt", good(), Ignored),
        (".hidden/inside.txt", good(), Ignored),
        ("below/deeper/inside.txt", good(), Scored(1)),
    ]
}

fn score(folder: &Path, jobs: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_detente"))
        .args(["score", "--format", "jsonl", "--max-article-bytes", "200000", "--jobs", jobs, "."])
        .current_dir(folder)
        .output()
        .expect("the program runs")
}

#[test]
fn every_bad_file_is_named_and_every_valid_one_is_scored() {
    let folder = tempfile::tempdir().expect("a folder");
    let files = files();
    assert!(files.len() >= 40);
    let mut wanted = 0;
    for (name, content, expected) in &files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(&path, content).expect("written");
        wanted += match expected {
            Scored(count) | Refused(_, count) => *count,
            Ignored => 0,
        };
    }
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("nowhere.txt", folder.path().join("dangling.txt")).expect("a link");
        std::os::unix::fs::symlink("below", folder.path().join("linked")).expect("a link");
    }
    let one = score(folder.path(), "1");
    let errors = String::from_utf8(one.stderr.clone()).expect("UTF-8");
    assert_eq!(one.status.code(), Some(1), "{errors}");
    let mut wrong = String::new();
    for (name, _, expected) in &files {
        let messages: Vec<&str> =
            errors.lines().filter(|line| line.starts_with(&format!("detente: ./{name}: "))).collect();
        let is_as_expected = match expected {
            Scored(_) | Ignored => messages.is_empty(),
            Refused(reason, _) => messages.iter().any(|line| line.contains(reason)),
        };
        if !is_as_expected {
            writeln!(wrong, "{name}: {messages:?}").expect("written");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    if cfg!(unix) {
        assert!(
            errors.contains("./dangling.txt: ") && errors.contains("./linked: skipped: symbolic link"),
            "{errors}"
        );
    }
    let text = String::from_utf8(one.stdout.clone()).expect("UTF-8");
    for line in text.lines() {
        assert!(serde_json::from_str::<serde_json::Value>(line).is_ok(), "{line}");
    }
    assert_eq!(text.lines().count(), wanted, "{errors}");
    let summary = errors.lines().last().expect("a summary");
    assert!(summary.contains(&format!("{wanted} scored")) && summary.contains("not JSON"), "{summary}");
    let two = score(folder.path(), "2");
    assert!(one.stdout == two.stdout && one.stderr == two.stderr);
}
