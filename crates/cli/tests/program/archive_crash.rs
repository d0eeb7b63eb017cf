//! `detente archive add` that is killed, and that watches a folder.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, SystemTime};

use crate::common::{command, detente, text, write};
use serde_json::Value;

/// Articles of the test: enough for some dozen transactions.
const ARTICLES: usize = 10_000;

/// A process that is killed when the test ends.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // fails if it has ended
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn start(command: &mut Command) -> (Running, BufReader<ChildStdout>) {
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    let stdout = BufReader::new(child.stdout.take().expect("a pipe"));
    (Running(child), stdout)
}

fn outcome(line: &str) -> (i64, String, String) {
    let line: Value = serde_json::from_str(line).expect("a whole line");
    let field = |name: &str| line[name].as_str().expect("a text").to_owned();
    (line["article"].as_i64().expect("a number"), field("id"), field("outcome"))
}

fn run(args: &[&str]) -> String {
    let done = detente(args);
    assert_eq!(done.status.code(), Some(0), "{args:?}: {}", text(&done.stderr));
    text(&done.stdout)
}

#[test]
fn kill_loses_nothing_that_was_reported() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name).display().to_string();
    let row = |n: usize| format!("{{\"id\":\"n{n}\",\"text\":\"Talks failed in round {n}.\"}}\n");
    let raw = write(folder.path(), "raw.jsonl", (0..ARTICLES).map(row).collect::<String>());
    let (db, whole) = (at("talks.db"), at("whole.db"));
    let mut reported = 0;
    // killed twice: once early, once after most is stored
    for kill_after in [700, 6_000] {
        let (mut running, stdout) = start(command().args(["archive", "add", &db, &raw, "--format", "jsonl"]));
        let mut lines = stdout.lines();
        for _ in 0..kill_after {
            let (number, id, outcome) = outcome(&lines.next().expect("more").expect("read"));
            assert_eq!(id, format!("n{}", number - 1));
            assert!(outcome == "added" || number <= reported, "{number} {outcome}");
        }
        running.0.kill().expect("killed");
        running.0.wait().expect("ended");
        // what it wrote before it was killed is reported as well; the last line may be cut
        let more = lines.map_while(Result::ok).filter(|line| line.ends_with('}')).count();
        reported = i64::try_from(kill_after + more).expect("small");
        let sound = run(&["archive", "verify", &db]);
        let stored: i64 = sound
            .split('(')
            .nth(1)
            .and_then(|rest| rest.split(' ').next())
            .expect("a count")
            .parse()
            .unwrap();
        assert!(sound.contains("sound") && stored >= reported, "{reported} reported, {sound}");
        assert!(usize::try_from(stored).is_ok_and(|stored| stored < ARTICLES), "it was killed on the way");
    }
    run(&["archive", "add", &db, &raw]);
    run(&["archive", "add", &whole, &raw]);
    assert!(run(&["archive", "verify", &db]).contains(&format!("sound ({ARTICLES} articles")));
    // compared by line: a difference of two long texts would not be readable
    let (found, expected) = (run(&["archive", "export", &db]), run(&["archive", "export", &whole]));
    assert_eq!(found.lines().count(), ARTICLES);
    for (found, expected) in found.lines().zip(expected.lines()) {
        assert_eq!(found, expected);
    }
    let list = |db: &str| run(&["archive", "list", db, "--articles", "--limit", "10000", "--format", "csv"]);
    assert!(list(&db) == list(&whole), "the same numbers");
}

/// Waits for the outcomes of `count` articles.
fn next_outcomes(stdout: &mut BufReader<ChildStdout>, count: usize) -> Vec<String> {
    let mut found: Vec<String> = (0..count)
        .map(|_| {
            let mut line = String::new();
            stdout.read_line(&mut line).expect("read");
            let (_, id, outcome) = outcome(&line);
            format!("{id} {outcome}")
        })
        .collect();
    found.sort();
    found
}

#[test]
fn a_watched_folder_is_added_once_and_as_it_changes() {
    let folder = tempfile::tempdir().expect("a folder");
    let inbox = folder.path().join("inbox");
    fs::create_dir(&inbox).expect("a folder");
    let (db, watched) = (folder.path().join("talks.db"), inbox.display().to_string());
    let db = db.display().to_string();
    let args = [
        "archive",
        "add",
        &db,
        "--watch",
        &watched,
        "--every",
        "20ms",
        "--format",
        "jsonl",
        "--negotiation",
        "tea",
    ];
    // the name of a file that is still being written is not that of an article
    let put = |name: &str, content: &str| {
        let part = write(&inbox, &format!("{name}.part"), content);
        fs::rename(part, inbox.join(name)).expect("renamed");
    };
    put("a.txt", "Talks on tea failed.");
    let (running, mut stdout) = start(command().args(args));
    assert_eq!(next_outcomes(&mut stdout, 1), ["a added"]);
    put("b.txt", "Talks on tea resumed.");
    put(
        "c.jsonl",
        "{\"id\":\"c1\",\"text\":\"A deal is near.\"}\n{\"id\":\"c2\",\"text\":\"Talks on tea failed.\"}\n",
    );
    assert_eq!(next_outcomes(&mut stdout, 3), ["b added", "c1 added", "c2 source-added"]);
    // a file that has changed is read again
    put("a.txt", "Talks on tea failed again.");
    assert_eq!(next_outcomes(&mut stdout, 1), ["a added"]);
    // one whose time alone has changed is known
    let later = SystemTime::now() + Duration::from_secs(5);
    fs::File::open(inbox.join("b.txt")).and_then(|file| file.set_modified(later)).expect("a time");
    assert_eq!(next_outcomes(&mut stdout, 1), ["b known"]);
    drop(running);
    // after a restart, only what is new is read, and what was not yet marked as read
    put("d.txt", "The strike is over.");
    let (running, mut stdout) = start(command().args(args));
    let first = next_outcomes(&mut stdout, 1);
    if first != ["d added"] {
        assert_eq!(first, ["b known"]);
        assert_eq!(next_outcomes(&mut stdout, 1), ["d added"]);
    }
    drop(running);
    assert!(Path::new(&db).exists());
    let list = run(&["archive", "list", &db, "--format", "csv"]);
    assert_eq!(list, "negotiation,articles,first,last\ntea,5,,\n");
}
