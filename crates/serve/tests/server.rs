//! The server as its clients meet it: hostile requests, markup in texts, clients that go away, limits, tokens.

mod common;

use std::io::{Read, Write};
use std::net::SocketAddr;
use std::time::Duration;

use common::{connect, get, metric, post, post_form, send, settings, start, wait_until};
use detente_serve::{ServeSettings, Token};

const JSON: &str = "application/json";
const LINES: &str = "application/x-ndjson";
const ARTICLE: &[u8] = br#"{"id":"a","date":"2033-01-12","text":"Talks collapsed on Sunday, Estmar said."}"#;

/// A request line, header lines, a body, the status of the answer, and words of its reason.
type Case<'a> = (&'a str, &'a [&'a str], &'a [u8], u16, &'a str);

fn check(address: SocketAddr, cases: &[Case<'_>]) {
    for (line, headers, body, status, words) in cases {
        let answer = send(address, line, headers, body);
        assert_eq!(answer.status, *status, "{line} {headers:?} {answer:?}");
        assert_eq!(answer.header("content-type"), "application/problem+json", "{line}");
        let problem = answer.json();
        assert!(problem["detail"].as_str().is_some_and(|detail| detail.contains(words)), "{line}: {problem}");
        assert_eq!(problem["status"], *status);
    }
    let good = post(address, "/v1/score", JSON, ARTICLE);
    assert_eq!(good.status, 200, "{good:?}");
}

/// Settings with small limits.
fn small() -> ServeSettings {
    let mut settings = settings();
    settings.limits.body_bytes = 100_000;
    settings.limits.articles = 50;
    settings
}

#[test]
fn bodies_that_cannot_be_read_are_refused_with_the_place() {
    let address = start(small());
    let bomb = {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(&vec![b' '; 5 << 20]).expect("written");
        encoder.finish().expect("written")
    };
    let long = format!("{{\"text\":\"{}\"}}", "x ".repeat(60_000)).into_bytes();
    let many = format!("[{}]", vec![r#"{"text":"Talks went on."}"#; 51].join(",")).into_bytes();
    let deep = [vec![b'['; 50_000], vec![b']'; 40_000]].concat();
    let json: &[&str] = &["Content-Type: application/json"];
    let gzip: &[&str] = &["Content-Type: application/json", "Content-Encoding: gzip"];
    check(
        address,
        &[
            ("POST /v1/score", json, b"", 422, "empty"),
            ("POST /v1/score", json, b"{oops", 422, "not JSON"),
            ("POST /v1/score", json, b"{\"text\":\"a\"", 422, "not JSON"),
            ("POST /v1/score", json, b"7", 422, "not a JSON object"),
            ("POST /v1/score", json, b"[]", 422, "no record"),
            ("POST /v1/score", json, b"{\"text\":7}", 422, "text"),
            ("POST /v1/score", json, b"{\"id\":\"a\"}", 422, "no text field"),
            ("POST /v1/score", json, b"{\"text\":\"\"}", 422, "empty"),
            ("POST /v1/score", json, b"[{\"text\":\"ok\"},{\"text\":[]}]", 422, "record 2"),
            ("POST /v1/score", json, b"\xff\xfe\x00\x01\x02\x03", 422, ""),
            ("POST /v1/score", json, &deep, 422, "not JSON"),
            ("POST /v1/score", json, &long, 413, "100000"),
            ("POST /v1/score", json, &many, 413, "more than 50 articles"),
            ("POST /v1/score", gzip, &bomb, 413, "decompressed"),
            ("POST /v1/score", gzip, ARTICLE, 400, "not gzip"),
            ("POST /v1/score", &["Content-Encoding: br"], ARTICLE, 415, "only gzip"),
            ("POST /v1/score", &["Content-Type: image/png"], ARTICLE, 415, "image/png"),
            ("POST /v1/score", &["Content-Type: text/plain"], b"%PDF-1.7 x", 415, "PDF"),
            ("POST /v1/timeline", json, b"{\"schema\":1,\"outlook\":7}", 422, "not a scored article"),
            ("POST /v1/compare", json, b"{\"first\":[]}", 422, "second"),
        ],
    );
    // the place of a fault is in fields of its own
    let problem = post(address, "/v1/score", JSON, b"[{\"text\":\"ok\"},{\"text\":[]}]").json();
    assert_eq!((&problem["record"], &problem["field"]), (&2.into(), &"text".into()), "{problem}");
    let problem = post(address, "/v1/score", JSON, b"{\n\n oops").json();
    assert_eq!(problem["line"], 3, "{problem}");
}

#[test]
fn requests_that_are_not_known_or_not_allowed_are_refused() {
    let json: &[&str] = &["Content-Type: application/json"];
    check(
        start(small()),
        &[
            ("POST /v1/score?statemens=1", json, ARTICLE, 400, "statemens"),
            ("POST /v1/score?date=soon", json, ARTICLE, 400, "date"),
            ("POST /v1/score?date=2033-01-01&date=2033-01-02", json, ARTICLE, 400, "twice"),
            ("POST /v1/compare?split=2033-01-01&sides=a,b", json, ARTICLE, 400, "one of"),
            ("GET /v1/score", &[], b"", 405, "GET"),
            ("BREW /v1/score", &[], b"", 405, "BREW"),
            ("GET /v1/nothing", &[], b"", 404, "/v1/nothing"),
            ("GET /static/../../../etc/passwd", &[], b"", 404, ""),
            ("GET /static/%2e%2e%2fCargo.toml", &[], b"", 404, ""),
            ("GET /v1/archive/articles/x", &[], b"", 404, "no article"),
            ("GET /v1/archive/articles?limit=9999999", &[], b"", 400, "limit"),
            ("GET /v1/archive/articles?q=%22", &[], b"", 422, ""),
            ("POST /v1/score", &["Origin: http://evil.example"], ARTICLE, 403, "other sites"),
            ("POST /v1/score", &["Origin: null"], ARTICLE, 403, "other sites"),
            ("POST /v1/score", &["Sec-Fetch-Site: cross-site"], ARTICLE, 403, "other sites"),
        ],
    );
}

#[test]
fn requests_below_http_are_refused() {
    let address = start(small());
    let huge = format!("GET / HTTP/1.1\r\nHost: localhost\r\nX: {}\r\n\r\n", "x".repeat(99_000));
    let both = "POST /v1/score HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
    for (bytes, status) in [
        (b"GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n".as_slice(), Some(421)),
        (b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n", Some(400)),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\nConnection: close\r\n\r\n", Some(400)),
        (huge.as_bytes(), Some(431)),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", Some(400)),
        (both.as_bytes(), Some(422)),
    ] {
        let found = status_of(address, bytes);
        assert_eq!(found, status, "{}", String::from_utf8_lossy(&bytes[..bytes.len().min(90)]));
    }
    assert_eq!(post(address, "/v1/score", JSON, ARTICLE).status, 200);
}

/// Sends bytes and returns the status of the answer. The sending half stays open: a server may drop a connection whose
/// client has closed it.
fn status_of(address: SocketAddr, bytes: &[u8]) -> Option<u16> {
    let mut stream = connect(address);
    let _ = stream.write_all(bytes);
    let (mut head, mut piece) = (Vec::new(), [0; 1024]);
    while !head.contains(&b'\n') {
        match stream.read(&mut piece) {
            Ok(read @ 1..) => head.extend_from_slice(&piece[..read]),
            _ => break,
        }
    }
    String::from_utf8_lossy(&head).split(' ').nth(1)?.parse().ok()
}

#[test]
fn every_answer_forbids_foreign_scripts() {
    let address = start(settings());
    for path in
        ["/", "/example", "/negotiations", "/search", "/api", "/static/pages.js", "/v1/model", "/nowhere"]
    {
        let answer = get(address, path);
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; script-src 'self';"), "{path}: {policy}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
        assert_eq!(answer.header("access-control-allow-origin"), "", "{path}");
        // the name of SVG is no address
        let page = answer.text().replace("http://www.w3.org/2000/svg", "");
        assert!(
            !page.contains("http://") || path == "/api" || path.starts_with("/v1"),
            "{path} names another host"
        );
        assert!(!page.contains("<script>") && !page.contains(" onclick="), "{path}");
    }
    let preflight = ["Origin: http://evil.example", "Access-Control-Request-Method: POST"];
    assert_eq!(send(address, "OPTIONS /v1/score", &preflight, b"").status, 403);
}

#[test]
fn markup_in_texts_is_shown_and_not_run() {
    let address = start(settings());
    let evil = "<script>alert(1)</script>";
    let record = serde_json::json!({
        "id": evil, "title": evil, "date": "2033-01-12", "source": evil,
        "text": format!("The minister {evil} said that talks collapsed. \"{evil} we will sign\", said Ann {evil} of Estmar."),
    })
    .to_string();
    let explained = post(address, "/v1/explain?format=html", JSON, record.as_bytes());
    assert_eq!(explained.status, 200, "{explained:?}");
    let records = format!("[{record}]");
    let filed =
        post(address, "/v1/archive/articles?negotiation=%3Cscript%3Ealert(1)", JSON, records.as_bytes());
    assert_eq!(filed.status, 200, "{filed:?}");
    let read = post_form(
        address,
        "/read",
        &[("text", None, &format!("{evil} Talks collapsed on Sunday.")), ("title", None, evil)],
    );
    let file = post_form(address, "/read", &[("files", Some("<script>alert(1).json"), &records)]);
    assert!(read.status == 200 && file.status == 200, "{read:?} {file:?}");
    let bad = post_form(address, "/read", &[("files", Some("<script>alert(1).pdf"), "%PDF-1.7")]);
    assert_eq!(bad.status, 415, "{bad:?}");
    let name = "%3Cscript%3Ealert(1)";
    let mut pages = vec![explained, read, file, bad];
    for path in [
        "/".to_owned(),
        "/negotiations".to_owned(),
        format!("/negotiations/{name}"),
        format!("/negotiations/{name}/timeline?by=speaker"),
        format!("/negotiations/{name}/export?format=html"),
        "/negotiations/%3Cscript%3Ealert(1)none".to_owned(),
        "/articles/1".to_owned(),
        "/search?q=minister".to_owned(),
        "/search?q=%3Cscript%3Ealert(1)%3C/script%3E".to_owned(),
        "/search?q=%22%3Cscript%3E".to_owned(),
        "/%3Cscript%3Ealert(1)".to_owned(),
    ] {
        pages.push(get(address, &path));
    }
    for page in pages {
        let html = page.text();
        assert!(html.contains("<html"), "{page:?}");
        assert!(!html.contains("<script>alert"), "{html}");
    }
}

#[test]
fn clients_that_go_away_leave_nothing_behind() {
    let mut settings = settings();
    settings.limits.requests = 8;
    let address = start(settings);
    let line = format!("{}\n", String::from_utf8_lossy(ARTICLE));
    let many = format!("[{}]", vec![String::from_utf8_lossy(ARTICLE).into_owned(); 400].join(","));
    let threads: Vec<_> = (0..200)
        .map(|number| {
            let (line, many) = (line.clone(), many.clone());
            std::thread::spawn(move || {
                let mut stream = connect(address);
                let head = |length: usize, kind: &str| {
                    format!("POST /v1/score HTTP/1.1\r\nHost: {address}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\r\n")
                };
                let sent = match number % 4 {
                    // half a body, a body without taking the answer, lines without an end, half a head
                    0 => [head(many.len(), JSON).as_bytes(), &many.as_bytes()[..many.len() / 2]].concat(),
                    1 => [head(many.len(), JSON).as_bytes(), many.as_bytes()].concat(),
                    2 => [head(999_999, LINES).as_bytes(), line.repeat(50).as_bytes()].concat(),
                    _ => head(10, JSON).into_bytes()[..40].to_vec(),
                };
                let _ = stream.write_all(&sent);
                std::thread::sleep(Duration::from_millis(number % 7 * 10));
            })
        })
        .collect();
    for thread in threads {
        thread.join().expect("a client");
    }
    wait_until("no request is under way", || metric(address, "detente_requests_in_progress") == 0);
    assert!(metric(address, "detente_refused_total") > 0, "none was refused");
    for _ in 0..20 {
        assert_eq!(post(address, "/v1/score", JSON, ARTICLE).status, 200);
    }
}

#[test]
fn a_busy_server_says_so_before_it_reads() {
    let mut settings = settings();
    settings.limits.requests = 2;
    settings.limits.patience = Duration::from_secs(2);
    let address = start(settings);
    let slow: Vec<_> = (0..2)
        .map(|_| {
            let mut stream = connect(address);
            let head = format!("POST /v1/score HTTP/1.1\r\nHost: {address}\r\nContent-Length: 100\r\n\r\n{{");
            stream.write_all(head.as_bytes()).expect("sent");
            stream
        })
        .collect();
    wait_until("both are admitted", || metric(address, "detente_requests_in_progress") == 2);
    let refused = post(address, "/v1/score", JSON, ARTICLE);
    assert_eq!((refused.status, refused.header("retry-after").as_str()), (503, "1"), "{refused:?}");
    assert_eq!(get(address, "/health").status, 200);
    // the slow ones are told that they are
    for mut stream in slow {
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
    }
    wait_until("all are done", || metric(address, "detente_requests_in_progress") == 0);
    assert_eq!(post(address, "/v1/score", JSON, ARTICLE).status, 200);
}

#[test]
fn slow_heads_are_cut() {
    let mut settings = settings();
    settings.limits.head_patience = Duration::from_millis(300);
    let address = start(settings);
    let mut stream = connect(address);
    stream.write_all(b"POST /v1/score HTTP/1.1\r\nHost: ").expect("sent");
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    assert!(answer.is_empty() || answer.starts_with(b"HTTP/1.1 408"), "{answer:?}");
}

#[test]
fn lines_are_answered_as_they_come() {
    let address = start(settings());
    let mut stream = connect(address);
    let head = format!(
        "POST /v1/score HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Type: {LINES}\r\nTransfer-Encoding: chunked\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).expect("sent");
    let mut seen = String::new();
    let mut read_until = |stream: &mut std::net::TcpStream, words: &str| {
        while !seen.contains(words) {
            let mut piece = [0; 4096];
            let count = stream.read(&mut piece).expect("an answer in time");
            assert!(count > 0, "closed before {words}: {seen}");
            seen.push_str(&String::from_utf8_lossy(&piece[..count]));
        }
    };
    for (line, words) in [
        ("{\"id\":\"first\",\"text\":\"Talks collapsed.\"}\n", "\"id\":\"first\""),
        (
            "{\"id\":\"second\",\"text\":[]}\n",
            "{\"error\":{\"detail\":\"line 2: field text: not a text\",\"line\":2,\"field\":\"text\"}}",
        ),
        ("{\"id\":\"third\",\"text\":\"They signed.\"}\n", "\"id\":\"third\""),
    ] {
        stream.write_all(format!("{:x}\r\n{line}\r\n", line.len()).as_bytes()).expect("sent");
        read_until(&mut stream, words);
    }
    stream.write_all(b"0\r\n\r\n").expect("sent");
    let mut rest = Vec::new();
    stream.read_to_end(&mut rest).expect("the end");
    wait_until("it is done", || metric(address, "detente_requests_in_progress") == 0);
}

#[test]
fn a_token_is_needed_where_one_is_set() {
    let mut settings = settings();
    settings.token = Token::parse("0123456789abcdef-token").ok();
    let address = start(settings);
    for path in ["/", "/v1/model", "/metrics", "/example", "/v1/archive", "/openapi.json"] {
        assert_eq!(get(address, path).status, 401, "{path}");
    }
    assert_eq!(get(address, "/health").status, 200);
    assert_eq!(get(address, "/static/style.css").status, 200);
    let with = |header: &str| send(address, "GET /v1/model", &[header], b"").status;
    assert_eq!(with("Authorization: Bearer 0123456789abcdef-token"), 200);
    assert_eq!(with("Authorization: Bearer 0123456789abcdef-tokeN"), 401);
    assert_eq!(with("Authorization: Basic 0123456789abcdef-token"), 401);
    assert_eq!(with("Cookie: detente-session=0123456789abcdef-token"), 401);
    let form = "application/x-www-form-urlencoded";
    assert_eq!(post(address, "/login", form, b"token=wrong").status, 401);
    let entered = post(address, "/login", form, b"token=0123456789abcdef-token");
    assert_eq!(entered.status, 303, "{entered:?}");
    let cookie = entered.header("set-cookie");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
    assert!(!cookie.contains("0123456789abcdef"), "the cookie holds the secret");
    let pair = cookie.split(';').next().expect("a pair");
    assert_eq!(with(&format!("Cookie: other=1; {pair}")), 200);
    let page = get(address, "/");
    assert!(page.status == 401 && page.text().contains("asks for a token"), "{page:?}");
}

#[test]
fn the_description_has_every_route() {
    let address = start(settings());
    let description = get(address, "/openapi.json").json();
    let paths = description["paths"].as_object().expect("paths");
    assert_eq!(description["info"]["version"], env!("CARGO_PKG_VERSION"));
    let router = include_str!("../src/router.rs");
    let mut routes: Vec<&str> =
        router.split('"').filter(|text| text.starts_with("/v1/") || *text == "/health").collect();
    routes.sort_unstable();
    routes.dedup();
    assert!(routes.len() > 12, "{routes:?}");
    for route in routes {
        assert!(paths.contains_key(route), "{route} is not described");
    }
    for (path, operations) in paths {
        for (method, operation) in operations.as_object().expect("operations") {
            let path = path.replace("{key}", "1");
            let answer = send(
                address,
                &format!("{} {path}", method.to_uppercase()),
                &["Content-Type: text/plain"],
                b"",
            );
            assert_ne!(answer.status, 405, "{method} {path}");
            // each parameter is known
            for parameter in operation["parameters"].as_array().into_iter().flatten() {
                let Some(name) = parameter["$ref"].as_str() else { continue };
                let name = name.rsplit('/').next().expect("a name");
                let parameter = &description["components"]["parameters"][name];
                let name = parameter["name"].as_str().expect("a name");
                let line = format!("{} {path}?{name}=", method.to_uppercase());
                let answer = send(address, &line, &["Content-Type: text/plain"], b"");
                assert!(!answer.text().contains("not known here"), "{line}: {answer:?}");
            }
        }
    }
}

#[test]
fn what_is_read_can_be_filed_as_it_is() {
    let address = start(settings());
    let text =
        "date 2033-01-12\n\nTalks resume\n\nEstmar said that talks collapsed. <b>They</b> will meet “again”.";
    let read = post_form(address, "/read", &[("text", None, text)]);
    let page = read.text();
    let drafts = page
        .split("<textarea name=\"articles\" hidden>")
        .nth(1)
        .and_then(|rest| rest.split("</textarea>").next());
    let drafts = drafts.expect("drafts").replace("&quot;", "\"").replace("&#34;", "\"");
    let drafts =
        drafts.replace("&#60;", "<").replace("&#62;", ">").replace("&#39;", "'").replace("&#38;", "&");
    let filed =
        post_form(address, "/file", &[("articles", None, &drafts), ("negotiation", None, "steel / tin")]);
    assert_eq!(
        (filed.status, filed.header("location").as_str()),
        (303, "/negotiations/steel%20%2F%20tin?new=1&known=0&undated=0"),
        "{filed:?}"
    );
    let scored = post(address, "/v1/score", "text/plain", text.as_bytes()).json();
    let stored = get(address, "/v1/archive/articles/1").json();
    for field in ["outlook", "title", "date", "statements"] {
        assert_eq!(stored[field], scored[field], "{field}");
    }
    assert_eq!(stored["negotiation"], "steel / tin");
    let page = get(address, "/negotiations/steel%20%2F%20tin?new=1&known=0&undated=0");
    assert!(page.status == 200 && page.text().contains("1 article filed."), "{page:?}");
    // moved, listed, removed
    assert_eq!(send(address, "PATCH /v1/archive/articles/1?negotiation=lead", &[], b"").status, 204);
    assert_eq!(get(address, "/v1/archive").json()["negotiations"][0]["name"], "lead");
    assert_eq!(get(address, "/v1/archive/articles?q=collapse&negotiation=lead").json()["total"], 1);
    assert_eq!(send(address, "DELETE /v1/archive/articles/1", &[], b"").status, 204);
    assert_eq!(send(address, "DELETE /v1/archive/articles/1", &[], b"").status, 404);
}

#[test]
fn an_address_beyond_this_machine_needs_a_token() {
    let mut settings = settings();
    settings.addresses = vec!["0.0.0.0".parse().expect("an address")];
    let error = detente_serve::Server::bind(settings).err().expect("refused").to_string();
    assert!(error.contains("--token-file"), "{error}");
}
