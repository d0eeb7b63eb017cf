//! Any bytes, sent as a body in each format, get an answer: a result, or a problem that says what is wrong.
#![no_main]

use std::sync::LazyLock;

use detente::Engine;
use detente_archive::ModelIdentity;
use detente_serve::ServeSettings;
use detente_serve::internals::Answering;
use libfuzzer_sys::fuzz_target;

static SERVER: LazyLock<Answering> = LazyLock::new(|| {
    let model = ModelIdentity::builtin().expect("a model");
    let mut settings = ServeSettings::new(Engine::builtin().expect("an engine"), model);
    settings.limits.body_bytes = 1 << 12;
    Answering::new(settings).expect("starts")
});

const FORM: &str = "multipart/form-data; boundary=x";

fuzz_target!(|bytes: &[u8]| {
    for (path, media_type) in [
        ("/v1/score", "application/json"),
        ("/v1/score", "application/x-ndjson"),
        ("/v1/explain", ""),
        ("/v1/brief", "application/json"),
        ("/v1/compare", "application/json"),
        ("/read", FORM),
        ("/file", FORM),
    ] {
        let (status, body) = SERVER.post(path, media_type, bytes.to_vec()).expect("an answer");
        assert!(status < 500, "{path} {status} {}", String::from_utf8_lossy(&body));
        if status >= 400 {
            let problem: serde_json::Value = serde_json::from_slice(&body).expect("a problem");
            assert!(problem["detail"].as_str().is_some_and(|detail| !detail.is_empty()));
        }
    }
});
