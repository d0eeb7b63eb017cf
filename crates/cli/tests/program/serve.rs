//! `detente serve` as users run it: the same bytes as the program, signals, a port that is taken, a restart.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::common::{ROOT, command, detente, text, write};

/// A running server.
struct Serving {
    child: Child,
    address: String,
}

impl Serving {
    fn start(args: &[&str]) -> Self {
        let mut command = command();
        command
            .args(["serve", "--port", "0", "--quiet"])
            .args(args)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program runs");
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().expect("stdout")).read_line(&mut line).expect("an address");
        let address = line.trim().trim_start_matches("http://").trim_end_matches('/').to_owned();
        assert!(!address.is_empty(), "no address");
        Self { child, address }
    }

    /// Sends a request and returns its connection.
    fn send(&self, line: &str, media_type: &str, body: &[u8]) -> TcpStream {
        let mut stream = TcpStream::connect(&self.address).expect("connected");
        stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a limit");
        let head = format!(
            "{line} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Type: {media_type}\r\nContent-Length: {}\r\n\r\n",
            self.address,
            body.len()
        );
        stream.write_all(&[head.as_bytes(), body].concat()).expect("sent");
        stream
    }

    fn ask(&self, line: &str, media_type: &str, body: &[u8]) -> Vec<u8> {
        answer(self.send(line, media_type, body))
    }

    /// Waits until so many requests are under way.
    fn wait_for_requests(&self, number: usize) {
        let line = format!("detente_requests_in_progress {number}\n");
        for _ in 0..500 {
            if text(&self.ask("GET /metrics", "", b"")).contains(&line) {
                return;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        panic!("not {number} requests under way");
    }

    fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args([name, &id]).status().expect("kill runs").success());
    }

    /// Waits for the end, at most so long, and returns the exit code.
    fn end(&mut self, limit: Duration) -> Option<i32> {
        let start = Instant::now();
        while start.elapsed() < limit {
            if let Some(status) = self.child.try_wait().expect("waits") {
                return status.code();
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!("it still runs after {limit:?}");
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The body of an answer 200.
fn answer(mut stream: TcpStream) -> Vec<u8> {
    let mut all = Vec::new();
    stream.read_to_end(&mut all).expect("an answer");
    let end = all.windows(4).position(|four| four == b"\r\n\r\n").expect("a head");
    let head = String::from_utf8_lossy(&all[..end]).into_owned();
    assert!(head.starts_with("HTTP/1.1 200"), "{head} {}", text(&all[end..]));
    let body = all[end + 4..].to_vec();
    if !head.contains("transfer-encoding: chunked") {
        return body;
    }
    let (mut chunks, mut rest) = (Vec::new(), body.as_slice());
    while let Some(end) = rest.windows(2).position(|two| two == b"\r\n") {
        let size = usize::from_str_radix(&String::from_utf8_lossy(&rest[..end]), 16).expect("a size");
        chunks.extend_from_slice(&rest[end + 2..end + 2 + size]);
        rest = &rest[end + 4 + size..];
    }
    chunks
}

/// What the program writes for a file.
fn program(args: &[&str], file: &str) -> Vec<u8> {
    let done = detente(&[args, &[file]].concat());
    assert!(!done.stdout.is_empty(), "{}", text(&done.stderr));
    done.stdout
}

/// Records of the articles of `data/articles` and `data/example`.
fn records() -> Vec<String> {
    let mut paths = Vec::new();
    for folder in ["data/articles", "data/example"] {
        let found = fs::read_dir(Path::new(ROOT).join(folder)).expect("articles");
        paths.extend(found.map(|entry| entry.expect("an entry").path()));
    }
    paths.sort();
    let texts = paths.iter().filter(|path| path.extension().is_some_and(|ending| ending == "txt"));
    let record = |(number, path)| {
        let text = fs::read_to_string(path).expect("a text");
        let date = format!("2033-01-{:02}", number % 28 + 1);
        serde_json::json!({"id": format!("n{number}"), "date": date, "title": "Talks “go on”", "text": text})
            .to_string()
    };
    texts.enumerate().map(record).collect()
}

#[test]
fn answers_have_the_bytes_of_the_program() {
    let folder = tempfile::tempdir().expect("a folder");
    let serving = Serving::start(&[]);
    let records = records();
    assert!(records.len() >= 8);
    let lines = records.join("\n") + "\n";
    let stdin = write(folder.path(), "stdin.jsonl", &lines);
    let expected = program(&["score", "--format", "jsonl"], &stdin);
    let streamed = serving.ask("POST /v1/score", "application/x-ndjson", lines.as_bytes());
    assert!(streamed == expected, "JSON Lines differ");
    let rows: Vec<&[u8]> = expected.split_inclusive(|byte| *byte == b'\n').collect();
    for (record, row) in records.iter().zip(&rows) {
        let one = serving.ask("POST /v1/score", "application/json", record.as_bytes());
        assert!(one == *row, "{record}");
    }
    let array =
        serving.ask("POST /v1/score", "application/json", format!("[{}]", records.join(",")).as_bytes());
    let trimmed: Vec<&[u8]> = rows.iter().map(|row| row.trim_ascii_end()).collect();
    assert!(array == [b"[\n".as_slice(), &trimmed.join(&b",\n"[..]), b"\n]\n"].concat(), "the array differs");
    // a record without an id, and a body without a type
    let record = r#"{"text":"Talks collapsed on Sunday."}"#;
    let stdin = write(folder.path(), "stdin.json", record);
    let expected = program(&["score", "--format", "jsonl"], &stdin);
    assert_eq!(
        text(&serving.ask("POST /v1/score", "application/x-www-form-urlencoded", record.as_bytes())),
        text(&expected)
    );
    let statement = program(&["score", "--statements", "--format", "jsonl"], &stdin);
    assert_eq!(
        text(&serving.ask("POST /v1/score?statements", "application/json", record.as_bytes())),
        text(&statement)
    );
    // a text with its header and title, as a file
    let article =
        fs::read_to_string(Path::new(ROOT).join("data/example/2033-01-12-harbour-wire.txt")).expect("a text");
    let stdin = write(folder.path(), "stdin.txt", &article);
    let expected = program(&["score", "--format", "jsonl"], &stdin);
    assert_eq!(text(&serving.ask("POST /v1/score", "text/plain", article.as_bytes())), text(&expected));
    let expected = program(&["explain", "--format", "html", "--top", "8"], &stdin);
    assert!(serving.ask("POST /v1/explain?format=html", "text/plain", article.as_bytes()) == expected);
    // series of articles and of scored articles
    let example = program(&["score", "--format", "jsonl"], "data/example");
    let file = write(folder.path(), "scored.jsonl", &example);
    for (path, args) in [
        ("timeline?period=month&by=side", ["timeline", "--period", "month", "--by", "side"].as_slice()),
        ("compare?split=2033-04-11", &["compare", "--split", "2033-04-11"]),
        ("brief?since=2033-04-11", &["brief", "--since", "2033-04-11"]),
    ] {
        for format in ["json", "html", "markdown"] {
            let expected = program(&[args, &["--format", format]].concat(), &file);
            let line = format!("POST /v1/{path}&format={format}");
            assert!(serving.ask(&line, "application/x-ndjson", &example) == expected, "{line}");
        }
    }
}

#[test]
fn the_first_signal_lets_requests_end_and_the_second_does_not() {
    let records = records();
    let many = records.iter().cycle().take(100).cloned().collect::<Vec<_>>();
    let body = format!("[{}]", many.join(",")).into_bytes();
    let mut serving = Serving::start(&[]);
    let under_way = [(); 4].map(|()| serving.send("POST /v1/score", "application/json", &body));
    serving.wait_for_requests(4);
    serving.signal("-TERM");
    for answered in under_way {
        let array: Vec<serde_json::Value> = serde_json::from_slice(&answer(answered)).expect("a whole array");
        assert_eq!(array.len(), 100);
    }
    assert_eq!(serving.end(Duration::from_secs(10)), Some(0));
    assert!(TcpStream::connect(&serving.address).is_err(), "it still listens");

    let mut serving = Serving::start(&[]);
    let slow = TcpStream::connect(&serving.address).expect("connected");
    let head = format!("POST /v1/score HTTP/1.1\r\nHost: {}\r\nContent-Length: 9\r\n\r\n", serving.address);
    (&slow).write_all(head.as_bytes()).expect("sent");
    serving.wait_for_requests(1);
    serving.signal("-TERM");
    std::thread::sleep(Duration::from_millis(300));
    assert!(serving.child.try_wait().expect("waits").is_none(), "it does not wait for the request");
    serving.signal("-TERM");
    assert_eq!(serving.end(Duration::from_secs(2)), Some(1));
}

#[test]
fn a_port_that_is_taken_ends_it_with_the_reason() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port().to_string();
    let done = detente(&["serve", "--port", &port]);
    assert_eq!(done.status.code(), Some(3));
    assert!(text(&done.stderr).contains("taken by another program"), "{}", text(&done.stderr));
    let folder = tempfile::tempdir().expect("a folder");
    let token = write(folder.path(), "token.txt", "short\n");
    for (args, words) in [
        (["serve", "--bind", "0.0.0.0"].as_slice(), "--token-file"),
        (&["serve", "--token-file", &token], "fewer than 16 characters"),
        (&["serve", "--port", "0", "--archive", &token], "not an archive"),
    ] {
        let done = detente(args);
        assert_eq!(done.status.code(), Some(3), "{args:?}");
        assert!(text(&done.stderr).contains(words), "{}", text(&done.stderr));
    }
}

#[test]
fn what_is_filed_is_there_after_a_restart() {
    let folder = tempfile::tempdir().expect("a folder");
    let archive = folder.path().join("talks.db").display().to_string();
    let mut serving = Serving::start(&["--archive", &archive]);
    let article = records().swap_remove(0);
    let path = "POST /v1/archive/articles?negotiation=steel";
    let first = text(&serving.ask(path, "application/json", article.as_bytes()));
    assert_eq!(first, "{\"schema\":1,\"stored\":[{\"article\":1,\"id\":\"n0\",\"outcome\":\"added\"}]}\n");
    let again = text(&serving.ask(path, "application/json", article.as_bytes()));
    assert!(again.contains("\"outcome\":\"known\""), "{again}");
    let line = serving.ask("GET /v1/archive/articles/1", "", b"");
    // no time to tidy up
    serving.signal("-KILL");
    serving.end(Duration::from_secs(5));
    let serving = Serving::start(&["--archive", &archive]);
    assert_eq!(text(&serving.ask("GET /v1/archive/articles/1", "", b"")), text(&line));
    assert_eq!(serving.ask("GET /v1/archive/export?negotiation=steel", "", b""), line);
}

/// The commands of `docs/server.md`, with files that they name.
#[test]
fn examples_of_the_documentation_work() {
    if Command::new("curl").arg("--version").stdout(Stdio::null()).status().is_err() {
        println!("skipped: no curl on this machine");
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let example = Path::new(ROOT).join("data/example");
    fs::copy(example.join("2033-01-12-harbour-wire.txt"), folder.path().join("article.txt")).expect("copied");
    let scored = program(&["score", "--format", "jsonl"], "data/example");
    let record = |line: &[u8]| {
        let scored: serde_json::Value = serde_json::from_slice(line).expect("a line");
        let texts =
            scored["statements"].as_array().expect("statements").iter().filter_map(|s| s["text"].as_str());
        let text = texts.collect::<Vec<_>>().join(" ");
        serde_json::json!({"id": scored["id"], "date": scored["date"], "title": scored["title"], "text": text}).to_string()
    };
    let lines: Vec<String> =
        scored.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).map(record).collect();
    write(folder.path(), "articles.jsonl", lines.join("\n") + "\n");
    let serving = Serving::start(&[]);
    let docs = fs::read_to_string(Path::new(ROOT).join("docs/server.md")).expect("the documentation");
    let commands: Vec<&str> = docs.lines().filter(|line| line.starts_with("curl ")).collect();
    assert!(commands.len() > 8, "{commands:?}");
    for line in commands {
        let line = line.replace("localhost:8733", &serving.address).replacen(
            "curl -s",
            "curl -sS --fail-with-body",
            1,
        );
        let done =
            Command::new("sh").args(["-c", &line]).current_dir(folder.path()).output().expect("sh runs");
        assert!(done.status.success(), "{line}: {} {}", text(&done.stdout), text(&done.stderr));
        let words = if line.contains("format=html") {
            "<!doctype html>"
        } else if line.contains("format=text") {
            "What comes next"
        } else if line.contains("/v1/model") {
            "\"blake3\":\""
        } else {
            "\"schema\":"
        };
        assert!(text(&done.stdout).contains(words), "{line}: {}", text(&done.stdout));
    }
}
