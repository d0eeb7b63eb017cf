//! `detente train` and `detente evaluate` as users run them: other labels, errors, cards, comparisons.

use std::fs;
use std::path::Path;
use std::process::Output;

use crate::common::{bank_sentences, detente, text, write};
use serde_json::Value;

fn json(done: &Output) -> Value {
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    serde_json::from_slice(&done.stdout).expect("JSON")
}

/// Generated central-bank sentences as labelled records.
fn bank(from: usize, count: usize) -> String {
    let mut lines = String::new();
    for (number, text, label) in bank_sentences(from, count) {
        let record = serde_json::json!({"id": format!("b{number}"), "text": text, "label": label});
        lines.extend([record.to_string().as_str(), "\n"]);
    }
    lines
}

#[test]
fn labels_of_another_domain_can_be_mapped() {
    let folder = tempfile::tempdir().expect("a folder");
    let (data, held) = (
        write(folder.path(), "train.jsonl", bank(0, 120)),
        write(folder.path(), "test.jsonl", bank(120, 60)),
    );
    let model = folder.path().join("model").display().to_string();
    let map = "--labels=dovish=2,neutral=none,hawkish=-2";
    let trained = detente(&[
        "train",
        &data,
        "--out",
        &model,
        map,
        "--id",
        "bank-en",
        "--holdout",
        &held,
        "--bars",
        "r=0.8",
    ]);
    assert_eq!(trained.status.code(), Some(0), "{}", text(&trained.stderr));
    let done = json(&detente(&["evaluate", &held, "--model", &model, map, "--unseen", "--format", "json"]));
    let evaluation = &done["evaluations"][0];
    assert_eq!((&evaluation["model"], &evaluation["statements"]), (&"bank-en".into(), &60.into()));
    let value = |name: &str| evaluation["measures"][name]["value"].as_f64().expect(name);
    assert!(value("r") > 0.9 && value("sign") > 0.95 && value("bearing") > 0.95 && value("f1") > 0.9);
    // no labels of hedges, so no measure of them
    assert!(evaluation["measures"].get("hedge").is_none());
    let card: Value =
        serde_json::from_slice(&fs::read(folder.path().join("model/card.json")).expect("a card"))
            .expect("JSON");
    assert_eq!(card["settings"]["labels"], "dovish=2,hawkish=-2,neutral=none");
    assert_eq!((&card["shippable"], &card["sources"][0]["labelled"]), (&true.into(), &120.into()));
    let readable = fs::read_to_string(folder.path().join("model/CARD.md")).expect("a Markdown card");
    for part in ["# bank-en", "r is", "Limits", "train.jsonl", "word pairs", "Licence"] {
        assert!(readable.contains(part), "{part}");
    }
}

#[test]
fn relabelling_needs_ids_of_the_data() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = write(folder.path(), "train.jsonl", bank(0, 60));
    let out = folder.path().join("model");
    let train = |relabel: &str, name: &str| {
        let relabel = write(folder.path(), name, relabel);
        let map = "dovish=2,neutral=none,hawkish=-2";
        let out = out.to_str().expect("a path");
        detente(&["train", &data, "--labels", map, "--relabel", &relabel, "--out", out])
    };
    let done = train("{\"id\":\"b3\",\"outlook\":-2,\"hedge\":0}\n", "second.jsonl");
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    let card = fs::read_to_string(out.join("card.json")).expect("a card");
    assert!(card.contains("second.jsonl"), "{card}");
    for (line, reason) in [
        (r#"{"id":"b99","outlook":1,"hedge":0}"#, "no statement of the data has \"b99\""),
        (r#"{"id":"b4","outlook":9,"hedge":0}"#, "field \"outlook\": must be null or -3..3, not 9"),
    ] {
        let done = train(&format!("{}\n{line}\n", r#"{"id":"b3","outlook":1,"hedge":0}"#), "wrong.jsonl");
        let said = text(&done.stderr);
        assert_eq!(done.status.code(), Some(3), "{said}");
        assert!(said.contains("wrong.jsonl") && said.contains("line 2") && said.contains(reason), "{said}");
    }
}

#[test]
fn invalid_data_are_errors_with_their_place() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = write(folder.path(), "train.jsonl", bank(0, 30));
    let both = write(folder.path(), "both.jsonl", bank(29, 6));
    let model = folder.path().join("model").display().to_string();
    let map = "--labels=dovish=2,neutral=0,hawkish=-2";
    for (args, words) in [
        (vec!["--labels=dovish=2,hawkish=-2"], vec!["train.jsonl", "line 5", "\"label\"", "\"neutral\""]),
        (vec![], vec!["train.jsonl", "\"label\"", "--labels \"dovish=2,hawkish=-2,neutral=0\""]),
        (vec![map, "--holdout", &both], vec!["train.jsonl", "line 30", "\"text\"", "both.jsonl", "1 in all"]),
    ] {
        let done = detente(&[&["train", &data, "--out", &model][..], &args].concat());
        let said = text(&done.stderr);
        assert_eq!(done.status.code(), Some(3), "{said}");
        assert!(words.iter().all(|word| said.contains(word)), "{said}");
        assert!(!Path::new(&model).exists());
    }
    for wrong in ["--labels=up", "--bars=speed=1", "--bars=r"] {
        assert_eq!(detente(&["train", &data, "--out", &model, wrong]).status.code(), Some(2), "{wrong}");
    }
}

#[test]
fn a_model_below_its_thresholds_fails_and_knows_its_training_texts() {
    let folder = tempfile::tempdir().expect("a folder");
    let model = |name: &str| folder.path().join(name).display().to_string();
    let train = |out: &str, jobs: &str| {
        detente(&[
            "train",
            "data/corpus/train-e.jsonl",
            "data/corpus/contrast.jsonl",
            "--out",
            out,
            "--curve",
            "--id",
            "same",
            "--bars",
            "r=0.2,pairs=0.999,swaps=1,mae=0.5",
            "--jobs",
            jobs,
        ])
    };
    let (first, second) = (model("a"), model("b"));
    let done = train(&first, "1");
    assert_eq!(done.status.code(), Some(1), "{}", text(&done.stderr));
    assert!(text(&done.stderr).contains("below threshold: pairs is 0."), "{}", text(&done.stderr));
    train(&second, "2");
    for name in ["model.bin", "tokenizer.json", "seen.bin", "card.json", "CARD.md"] {
        let read = |folder: &str| fs::read(Path::new(folder).join(name)).expect(name);
        assert!(read(&first) == read(&second), "{name} depends on the number of threads");
    }
    let card: Value =
        serde_json::from_slice(&fs::read(folder.path().join("a/card.json")).expect("a card")).expect("JSON");
    assert_eq!(card["shippable"], false);
    let passed: Vec<bool> =
        card["bars"].as_array().expect("bars").iter().map(|bar| bar["passed"] == true).collect();
    assert_eq!(passed, [true, false, true, true]);
    assert_eq!(card["curve"].as_array().map(Vec::len), Some(4));
    assert_eq!(card["name_swaps"]["texts"], card["name_swaps"]["equal"]);

    let known = detente(&["evaluate", "data/corpus/train-e.jsonl", "--model", &first, "--draws", "50"]);
    assert!(text(&known.stderr).contains("the model was trained on it, and on 980 of 980"));
    let refused = detente(&["evaluate", "data/corpus/train-e.jsonl", "--model", &first, "--unseen"]);
    assert_eq!(refused.status.code(), Some(3));
    assert!(refused.stdout.is_empty());
    let new =
        detente(&["evaluate", "data/corpus/train-a.jsonl", "--model", &first, "--unseen", "--draws", "50"]);
    assert_eq!(new.status.code(), Some(0), "{}", text(&new.stderr));
    let out = text(&new.stdout);
    for part in
        ["635 statements", "lexicon sum", "majority", "kappa", "articles: n 50", "reliability of bearing"]
    {
        assert!(out.contains(part), "{part}\n{out}");
    }
    // a model compared with itself: no difference
    let same = json(&detente(&[
        "evaluate",
        "data/corpus/train-a.jsonl",
        "--model",
        &first,
        "--against",
        &second,
        "--format",
        "json",
        "--draws",
        "50",
    ]));
    let system = &same["evaluations"][0]["systems"][0];
    assert!(
        system["differences"].as_array().expect("some").iter().all(|d| d["value"] == 0.0 && d["p"] == 1.0)
    );
}

#[test]
fn peers_errors_pairs_and_thresholds_are_reported() {
    let folder = tempfile::tempdir().expect("a folder");
    let records =
        fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/corpus/contrast.jsonl"))
            .expect("the contrast sets");
    let mut csv = String::from("id,perfect,inverse\n");
    for line in records.lines() {
        let record: Value = serde_json::from_str(line).expect("JSON");
        let gold = record["outlook"].as_f64().unwrap_or_default() / 3.0;
        let id = record["id"].as_str().expect("an id");
        csv.extend([id, ",", &gold.to_string(), ",", &(-gold).to_string(), "\n"]);
    }
    let peers = write(folder.path(), "peers.csv", &csv);
    let (perfect, inverse) = (format!("{peers}:perfect"), format!("{peers}:inverse"));
    let done = json(&detente(&[
        "evaluate",
        "data/corpus/contrast.jsonl",
        "--peer",
        &perfect,
        "--peer",
        &inverse,
        "--format",
        "json",
        "--draws",
        "50",
        "--errors",
        "3",
        "--quiet",
    ]));
    let evaluation = &done["evaluations"][0];
    let figure = |system: usize, name: &str| evaluation["systems"][system]["measures"][name]["value"].clone();
    assert_eq!((figure(0, "r"), figure(0, "f1"), figure(0, "kappa")), (1.0.into(), 1.0.into(), 1.0.into()));
    assert_eq!((figure(1, "r"), figure(1, "sign")), ((-1.0).into(), 0.0.into()));
    assert_eq!(evaluation["pairs"]["pairs"], 2448);
    assert_eq!(evaluation["probes"].as_array().map(Vec::len), Some(16));
    assert_eq!(evaluation["errors"].as_array().map(Vec::len), Some(3));
    let low = detente(&[
        "evaluate",
        "data/corpus/contrast.jsonl",
        "--at-least",
        "pairs=0.5,r=1.01",
        "--draws",
        "9",
    ]);
    assert_eq!(low.status.code(), Some(1));
    assert!(text(&low.stderr).contains("below 1.01") && !text(&low.stderr).contains("pairs"));
    for (place, words) in [
        (format!("{peers}:none"), "no column \"none\""),
        ("nothing".to_owned(), "FILE:COLUMN"),
        (format!("{}:score", write(folder.path(), "short.csv", "score\n1\n")), "1 rows for 1089"),
        (format!("{}:score", write(folder.path(), "bad.csv", "score\nhigh\n")), "line 2: field \"score\""),
    ] {
        let done = detente(&["evaluate", "data/corpus/contrast.jsonl", "--peer", &place]);
        assert_eq!(done.status.code(), Some(3));
        assert!(text(&done.stderr).contains(words), "{}", text(&done.stderr));
    }
}

#[test]
fn agreement_suspects_and_label_candidates_are_listed() {
    let folder = tempfile::tempdir().expect("a folder");
    let pass = |name: &str, third: &str| {
        let lines = [
            r#"{"id":"a","text":"Talks resumed.","outlook":1,"hedge":0}"#,
            r#"{"id":"b","text":"No deal is in sight.","outlook":-2,"hedge":0}"#,
            third,
        ];
        write(folder.path(), name, lines.join("\n"))
    };
    let one = pass("one.jsonl", r#"{"id":"c","text":"Bread is dear.","outlook":null,"hedge":null}"#);
    let two = pass("two.jsonl", r#"{"id":"c","text":"Bread is dear.","outlook":-1,"hedge":0}"#);
    let done = json(&detente(&["evaluate", "--agreement", &one, &two, "--format", "json"]));
    assert_eq!((&done["statements"], &done["passes"]), (&3.into(), &2.0.into()));
    // Krippendorff's alpha of six values, of which two of one unit differ by 1: 1 - (6 - 1) * 2 / 114
    assert!((done["outlook"].as_f64().expect("alpha") - (1.0 - 10.0 / 114.0)).abs() < 1e-4, "{done}");
    let none = detente(&["evaluate", "--agreement", &one]);
    assert_eq!(none.status.code(), Some(3));

    // unlabelled statements are accepted; similar ones are listed once, the most uncertain first
    let bare = [
        ("a", "The deal was signed."),
        ("b", "The deal was signed!"),
        ("c", "Bread costs two crowns in May."),
    ]
    .map(|(id, text)| serde_json::json!({"id": id, "text": text}).to_string());
    let bare = write(folder.path(), "bare.jsonl", bare.join("\n"));
    let next = json(&detente(&["evaluate", "--next", "3", &bare, "--format", "json"]));
    let candidates = next.as_array().expect("candidates");
    assert_eq!(candidates.len(), 2, "{next}");
    assert!(candidates[0]["doubt"].as_f64() >= candidates[1]["doubt"].as_f64());
    assert!(candidates.iter().any(|candidate| candidate["id"] == "c"));

    // two swapped labels are the first suspects
    let wrong = ["\"hawkish\"", "\"dovish\""];
    let mut lines: Vec<String> = bank(0, 180).lines().map(String::from).collect();
    for (at, to) in [(60, wrong[1]), (92, wrong[0])] {
        lines[at] = lines[at].replace(wrong[0], "X").replace(wrong[1], "X").replace('X', to);
    }
    let swapped = write(folder.path(), "swapped.jsonl", lines.join("\n"));
    let found = json(&detente(&[
        "evaluate",
        "--suspects",
        "2",
        &swapped,
        "--labels=dovish=2,neutral=none,hawkish=-2",
        "--format",
        "json",
    ]));
    let mut ids: Vec<&str> =
        found.as_array().expect("some").iter().filter_map(|s| s["id"].as_str()).collect();
    ids.sort_unstable();
    assert_eq!(ids, ["b60", "b92"]);
}

/// The agreement that data/README.md states for all labelling passes, measured on those in `../shared`.
#[test]
fn labelling_passes_agree_as_documented() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/real/dev.jsonl");
    if !Path::new(path).exists() {
        println!("skipped: {path} is missing");
        return;
    }
    let done = json(&detente(&["evaluate", "--agreement", path, "--format", "json"]));
    for (name, stated) in [("outlook", 0.954), ("bearing", 0.901), ("hedged", 0.909)] {
        let alpha = done[name].as_f64().expect(name);
        assert!((alpha - stated).abs() < 0.02, "{name} {alpha}");
    }
}
