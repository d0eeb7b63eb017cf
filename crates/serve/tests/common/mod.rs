//! A server on a free port, and a client that sends what it is told to, byte by byte.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use detente::Engine;
use detente_archive::ModelIdentity;
use detente_serve::{ServeSettings, Server};

/// Default settings on a free port.
pub(crate) fn settings() -> ServeSettings {
    let engine = Engine::builtin().expect("an engine");
    let mut settings = ServeSettings::new(engine, ModelIdentity::builtin().expect("a model"));
    settings.port = 0;
    settings
}

/// Starts a server that runs until the tests end.
pub(crate) fn start(settings: ServeSettings) -> SocketAddr {
    let server = Server::bind(settings).expect("a free port");
    let address = server.addresses()[0];
    std::thread::spawn(move || server.run().expect("runs"));
    address
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The value of a header; empty if it is missing.
    pub(crate) fn header(&self, name: &str) -> String {
        let lines = self.head.lines().filter_map(|line| line.split_once(':'));
        let mut values =
            lines.filter(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim());
        values.next().unwrap_or_default().to_owned()
    }
}

/// A connection that gives up after ten seconds.
pub(crate) fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).expect("connected");
    stream.set_read_timeout(Some(Duration::from_secs(10))).expect("a limit");
    stream
}

/// Sends bytes as they are and reads until the server closes the connection.
pub(crate) fn exchange(address: SocketAddr, bytes: &[u8]) -> Option<Answer> {
    let mut stream = connect(address);
    // a server that refuses may close before all is sent
    let _ = stream.write_all(bytes);
    let mut all = Vec::new();
    let _ = stream.read_to_end(&mut all);
    parse(&all)
}

fn parse(all: &[u8]) -> Option<Answer> {
    let end = all.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&all[..end]).into_owned();
    let status = head.split(' ').nth(1)?.parse().ok()?;
    let body = all[end + 4..].to_vec();
    let answer = Answer { status, head, body };
    let is_chunked = answer.header("transfer-encoding") == "chunked";
    Some(Answer { body: if is_chunked { unchunked(&answer.body) } else { answer.body }, ..answer })
}

fn unchunked(mut body: &[u8]) -> Vec<u8> {
    let mut all = Vec::new();
    while let Some(end) = body.windows(2).position(|two| two == b"\r\n") {
        let Ok(size) = usize::from_str_radix(&String::from_utf8_lossy(&body[..end]), 16) else { break };
        let chunk = body.get(end + 2..end + 2 + size).unwrap_or_default();
        all.extend_from_slice(chunk);
        body = body.get(end + 2 + size + 2..).unwrap_or_default();
    }
    all
}

/// Sends a request with these header lines.
pub(crate) fn send(address: SocketAddr, line: &str, headers: &[&str], body: &[u8]) -> Answer {
    let mut request = format!("{line} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n");
    for header in headers {
        request += &[header, "\r\n"].concat();
    }
    if !body.is_empty() || line.starts_with("POST") {
        request += &["Content-Length: ", &body.len().to_string(), "\r\n"].concat();
    }
    request.push_str("\r\n");
    let bytes = [request.as_bytes(), body].concat();
    exchange(address, &bytes).unwrap_or_else(|| panic!("no answer to {line}"))
}

pub(crate) fn get(address: SocketAddr, path: &str) -> Answer {
    send(address, &format!("GET {path}"), &["Accept: text/html"], b"")
}

pub(crate) fn post(address: SocketAddr, path: &str, media_type: &str, body: &[u8]) -> Answer {
    send(address, &format!("POST {path}"), &[&format!("Content-Type: {media_type}")], body)
}

/// Posts a form with these fields, and files with their names.
pub(crate) fn post_form(address: SocketAddr, path: &str, fields: &[(&str, Option<&str>, &str)]) -> Answer {
    let mut body = String::new();
    for (name, file, value) in fields {
        let file = file.map(|file| format!("; filename=\"{file}\"")).unwrap_or_default();
        let head = format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n");
        body += &[&head, *value, "\r\n"].concat();
    }
    body.push_str("--x--\r\n");
    let headers = ["Content-Type: multipart/form-data; boundary=x", "Accept: text/html"];
    send(address, &format!("POST {path}"), &headers, body.as_bytes())
}

/// The value of a metric.
pub(crate) fn metric(address: SocketAddr, name: &str) -> u64 {
    let text = get(address, "/metrics").text();
    let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
    line.and_then(|value| value.parse().ok()).unwrap_or_else(|| panic!("no {name} in {text}"))
}

/// Waits until `is_done`, at most ten seconds.
pub(crate) fn wait_until(what: &str, is_done: impl Fn() -> bool) {
    for _ in 0..200 {
        if is_done() {
            return;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    panic!("{what}: not within ten seconds");
}
