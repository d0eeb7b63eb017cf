//! Models for classes: labels and probabilities in results, figures by class, other systems judged by their labels.

use std::fs;
use std::path::Path;
use std::process::Output;

use crate::common::{bank_sentences, command, text, write};
use serde_json::{Value, json};

fn run_in(folder: &Path, args: &[&str]) -> Output {
    let done = command().args(args).current_dir(folder).output().expect("the program runs");
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    done
}

fn json_of(folder: &Path, args: &[&str]) -> Value {
    serde_json::from_slice(&run_in(folder, args).stdout).expect("JSON")
}

/// Generated central-bank sentences as CSV with id, text and stance.
fn table(from: usize, count: usize) -> String {
    let mut rows = String::from("id,text,stance\n");
    for (number, text, label) in bank_sentences(from, count) {
        rows.extend([format!("b{number},{text},{label}\n")]);
    }
    rows
}

const LABELS: &str = "--labels=dovish=2,neutral=0,hawkish=-2";
const FIELD: &str = "--label-field=stance";

/// A folder with a model `m`, trained on 120 rows, and 60 other rows in `test.csv`.
fn trained() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "train.csv", table(0, 120));
    write(folder.path(), "test.csv", table(120, 60));
    run_in(folder.path(), &["train", "train.csv", "--out", "m", LABELS, FIELD, "--quiet"]);
    folder
}

#[test]
fn results_have_the_label_and_the_probabilities() {
    let folder = trained();
    let folder = folder.path();
    write(folder, "new.txt", "The committee saw weak demand. It favoured cutting rates.");
    let rows = json_of(folder, &["score", "new.txt", "--statements", "--model", "m", "--format", "json"]);
    let row = &rows[0];
    assert_eq!(row["label"], "dovish", "{row}");
    let probabilities = row["probabilities"].as_object().expect("probabilities");
    assert_eq!(probabilities.keys().collect::<Vec<_>>(), ["dovish", "hawkish", "neutral"]);
    let sum: f64 = probabilities.values().map(|p| p.as_f64().expect("a number")).sum();
    assert!((sum - 1.0).abs() < 2e-4, "{row}");
    let line = json_of(folder, &["score", "new.txt", "--statements", "--model", "m", "--format", "jsonl"]);
    assert_eq!((&line["label"], &line["probabilities"]), (&row["label"], &row["probabilities"]));
    let csv = text(
        &run_in(folder, &["score", "new.txt", "--statements", "--model", "m", "--format", "csv"]).stdout,
    );
    assert!(csv.starts_with("id,score,bearing,hedge,cues,label,p_dovish,p_hawkish,p_neutral\n"), "{csv}");
    let articles = json_of(folder, &["score", "new.txt", "--model", "m", "--format", "json"]);
    assert!(articles[0]["statements"].as_array().expect("statements").iter().all(|s| s["label"] == "dovish"));
    // the contributions still add up to the score
    let explained = json_of(folder, &["explain", "new.txt", "--model", "m", "--format", "json"]);
    for entry in
        explained[0]["ledger"].as_array().or_else(|| explained["ledger"].as_array()).expect("a ledger")
    {
        let sum: i64 = entry["contributions"]
            .as_array()
            .expect("some")
            .iter()
            .map(|c| c["micro"].as_i64().expect("micro"))
            .sum();
        assert_eq!(Some(sum), entry["micro"].as_i64());
    }
    let shown = text(&run_in(folder, &["model", "show", "--model", "m"]).stdout);
    for part in [
        "classes         hawkish, neutral, dovish\n",
        "heads           outlook\n",
        "data            train.csv (120 records)\n",
        "labels          dovish=2,hawkish=-2,neutral=0\n",
        "accuracy",
        "m/CARD.md",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
}

#[test]
fn the_model_and_its_card_do_not_depend_on_the_number_of_threads() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "train.csv", table(0, 90));
    for jobs in ["1", "3"] {
        let out = format!("{jobs}/m");
        run_in(
            folder.path(),
            &["train", "train.csv", "--out", &out, LABELS, FIELD, "--jobs", jobs, "--balanced"],
        );
    }
    for name in ["model.bin", "card.json", "CARD.md", "tokenizer.json", "seen.bin"] {
        let read = |jobs: &str| fs::read(folder.path().join(jobs).join("m").join(name)).expect(name);
        assert!(read("1") == read("3"), "{name}");
    }
    run_in(folder.path(), &["model", "verify", "--model", "1/m"]);
}

#[test]
fn evaluations_are_in_the_classes_of_the_labels() {
    let folder = trained();
    let folder = folder.path();
    // a system that is right but for one statement, by labels; its scores are useless
    let mut peer = String::from("id,tfidf,tfidf_score,scores\n");
    for (row, line) in table(120, 60).lines().skip(1).enumerate() {
        let mut cells = line.split(',');
        let (id, label) = (cells.next().expect("an id"), cells.next_back().expect("a label"));
        let label = if row == 0 { "neutral" } else { label };
        peer.extend([format!("{id},{label},0.{},0.5\n", row % 7)]);
    }
    write(folder, "peer.csv", peer);
    let done = json_of(
        folder,
        &[
            "evaluate",
            "test.csv",
            "--model",
            "m",
            LABELS,
            FIELD,
            "--unseen",
            "--format",
            "json",
            "--draws",
            "100",
            "--peer",
            "peer.csv:tfidf",
            "--peer",
            "peer.csv:scores",
        ],
    );
    let evaluation = &done["evaluations"][0];
    let classes = &evaluation["classes"];
    assert_eq!(classes["classes"], json!(["hawkish", "neutral", "dovish"]));
    assert_eq!((&classes["statements"], &classes["has_head"]), (&json!(60), &json!(true)));
    let value = |name: &str| classes["measures"][name]["value"].as_f64().expect(name);
    for name in ["accuracy", "macro_f1", "weighted_f1", "macro_precision", "macro_recall"] {
        assert!(value(name) > 0.9, "{name} {}", value(name));
        assert!(classes["measures"][name]["low"].is_number());
    }
    assert!(value("log_loss") < 0.5 && value("ece") < 0.3);
    let confusion: Vec<Vec<usize>> = serde_json::from_value(classes["confusion"].clone()).expect("counts");
    assert_eq!(confusion.iter().flatten().sum::<usize>(), 60);
    let by_class = classes["by_class"].as_array().expect("classes");
    assert!(
        by_class.iter().all(|class| class["n"] == 20 && class["f1"]["value"].is_number()),
        "{by_class:?}"
    );
    // judged by its labels: 59 of 60 right
    let systems: Vec<&str> =
        classes["systems"].as_array().expect("systems").iter().filter_map(|s| s["name"].as_str()).collect();
    assert_eq!(systems, ["tfidf", "majority"]);
    let accuracy = classes["systems"][0]["measures"]["accuracy"]["value"].as_f64().expect("accuracy");
    assert!((accuracy - 59.0 / 60.0).abs() < 1e-4);
    assert!(classes["systems"][0]["differences"]["accuracy"]["p"].is_number());
    let measure = |system: usize, name: &str| {
        evaluation["systems"][system]["measures"][name]["value"].as_f64().expect(name)
    };
    assert!(measure(0, "f1") > 0.97 && measure(0, "r").abs() < 0.5, "{}", evaluation["systems"][0]);
    assert!(measure(1, "f1") < 0.3, "scores alone are cut");
    let shown = text(
        &run_in(folder, &["evaluate", "test.csv", "--model", "m", LABELS, FIELD, "--draws", "50"]).stdout,
    );
    for part in [
        "3 classes, 60 statements",
        "accuracy",
        "weighted F1",
        "class",
        "precision",
        "label (rows)",
        "reliability of the predicted class",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    // the model knows what its labels mean
    let same =
        text(&run_in(folder, &["evaluate", "test.csv", "--model", "m", FIELD, "--draws", "50"]).stdout);
    assert_eq!(same, shown);
    // a model without classes: its scores are cut between the values
    let cut = json_of(folder, &["evaluate", "test.csv", LABELS, FIELD, "--format", "json", "--draws", "20"]);
    assert_eq!(cut["evaluations"][0]["classes"]["has_head"], false);
}

#[test]
fn the_penalty_of_the_classes_is_tuned() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "train.csv", table(0, 60));
    let done = run_in(folder.path(), &["train", "train.csv", "--out", "m", LABELS, FIELD, "--tune"]);
    let said = text(&done.stderr);
    assert!(said.contains("tuning the classes: penalty 0.25") && said.contains("class l2 "), "{said}");
    let card: Value =
        serde_json::from_slice(&fs::read(folder.path().join("m/card.json")).expect("a card")).expect("JSON");
    let chosen = card["settings"]["class_l2"].as_f64().expect("a penalty");
    assert!([0.25, 0.5, 1.0, 2.0, 4.0].contains(&chosen), "{chosen}");
    assert_eq!(card["settings"]["tuned"], true);
}
