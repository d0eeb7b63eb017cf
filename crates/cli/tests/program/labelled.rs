//! `detente train` on a user's own labels: file formats, field names, faults, the model's name, heads without labels.

use std::fs;
use std::path::Path;
use std::process::Output;

use crate::common::{command, text, write};
use serde_json::{Value, json};

/// Runs `detente ARGS` in a folder that is no checkout.
fn run_in(folder: &Path, args: &[&str]) -> Output {
    command().args(args).current_dir(folder).output().expect("the program runs")
}

/// Generated statements, each with its label and document: three statements a document.
fn statements(count: usize) -> Vec<(String, &'static str, usize)> {
    let subjects = ["The union", "The minister", "The envoy", "A spokesman", "The company"];
    let claims = [
        ("walked out of the talks and rejected the offer", "negative"),
        ("said the talks had collapsed", "negative"),
        ("welcomed the offer and agreed to sign", "positive"),
        ("said a deal was within reach", "positive"),
        ("met for a second day", "neutral"),
        ("will meet at the ministry", "neutral"),
    ];
    let times = ["on Monday", "this week", "in the capital", "late at night", "again"];
    let statement = |number: usize| {
        let (claim, label) = claims[number % 6];
        let (subject, time) = (subjects[number / 6 % 5], times[number / 30 % 5]);
        (format!("{subject} {claim}, \"{time}\"."), label, number / 3)
    };
    (0..count).map(statement).collect()
}

/// The statements as pandas writes them.
fn csv(count: usize) -> String {
    let mut table = String::from(",sentence,tone,doc\n");
    for (row, (text, label, document)) in statements(count).into_iter().enumerate() {
        table.extend([format!("{row},\"{}\",{label},{document}\n", text.replace('"', "\"\""))]);
    }
    table
}

const LABELS: &str = "--labels=negative=-2,neutral=0,positive=2";

#[test]
fn a_table_is_enough_to_train_anywhere() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "train.csv", csv(90));
    let args =
        ["train", "train.csv", "--out", "tone-en", LABELS, "--label-field", "tone", "--group-field", "doc"];
    let done = run_in(folder.path(), &args);
    let said = text(&done.stderr);
    assert_eq!(done.status.code(), Some(0), "{said}");
    for part in [
        "text is read from \"sentence\"",
        "90 labelled",
        "model tone-en written to tone-en",
        "tone-en/CARD.md",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let card: Value =
        serde_json::from_slice(&fs::read(folder.path().join("tone-en/card.json")).expect("a card"))
            .expect("JSON");
    assert_eq!((&card["id"], &card["out_of_fold"][0]["groups"]), (&json!("tone-en"), &json!(30)));
    assert!(card["lexicon"][0]["name"].as_str().expect("a name").contains("negotiation-en-1"));

    // no label told statements with bearing from others or said anything about hedges
    write(folder.path(), "new.txt", "The union rejected the offer. Officials may meet again.");
    let scored = run_in(folder.path(), &["score", "new.txt", "--model", "tone-en", "--format", "json"]);
    let scored: Value = serde_json::from_slice(&scored.stdout).expect("JSON");
    assert_eq!((&scored[0]["model"], &scored[0]["outlook"]["hedge"]), (&json!("tone-en"), &Value::Null));
    for statement in scored[0]["statements"].as_array().expect("statements") {
        assert_eq!((&statement["bearing"], &statement["hedge"]), (&Value::Null, &Value::Null), "{statement}");
        assert!(statement["score"].is_number());
    }
    let shown = text(&run_in(folder.path(), &["score", "new.txt", "--model", "tone-en"]).stdout);
    assert!(!shown.contains("hedged"), "{shown}");
    let rows = text(
        &run_in(
            folder.path(),
            &["score", "new.txt", "--statements", "--model", "tone-en", "--format", "csv"],
        )
        .stdout,
    );
    assert!(
        rows.lines().nth(1).is_some_and(|row| row.split(',').filter(|cell| cell.is_empty()).count() >= 2),
        "{rows}"
    );
}

#[test]
fn the_same_rows_give_the_same_model_in_every_format() {
    let folder = tempfile::tempdir().expect("a folder");
    let rows = statements(60);
    let record = |(row, (text, label, document)): (usize, &(String, &str, usize))| json!({"id": row, "text": text, "label": label, "group": document});
    let records: Vec<Value> = rows.iter().enumerate().map(record).collect();
    let lines = records.iter().map(|record| format!("{record}\n")).collect::<Vec<String>>().concat();
    let mut table = String::from("id\ttext\tlabel\tgroup\n");
    for (row, (text, label, document)) in rows.iter().enumerate() {
        table.extend([format!("{row}\t\"{}\"\t{label}\t{document}\n", text.replace('"', "\"\""))]);
    }
    let studio: Vec<Value> = records
        .iter()
        .map(|record| {
            json!({"id": 1000, "data": {"id": record["id"], "text": record["text"], "group": record["group"]},
                "annotations": [{"result": [{"value": {"choices": [record["label"]]}}]}]})
        })
        .collect();
    let prodigy = records
        .iter()
        .map(|record| {
            let mut task = record.clone();
            let label = task.as_object_mut().expect("an object").remove("label").expect("a label");
            task["accept"] = json!([label]);
            task["answer"] = json!("accept");
            format!("{task}\n")
        })
        .collect::<Vec<String>>()
        .concat();
    let doccano = records
        .iter()
        .map(|record| {
            let mut task = record.clone();
            task["label"] = json!([record["label"]]);
            format!("{task}\n")
        })
        .collect::<Vec<String>>()
        .concat();
    let mut first = None;
    for (name, content) in [
        ("rows.jsonl", lines),
        ("rows.tsv", table),
        ("rows.json", serde_json::to_string(&records).expect("JSON")),
        ("studio.json", serde_json::to_string_pretty(&studio).expect("JSON")),
        ("prodigy.jsonl", prodigy),
        ("doccano.jsonl", doccano),
    ] {
        write(folder.path(), name, content);
        let done = run_in(folder.path(), &["train", name, "--out", "m", LABELS, "--jobs", "1", "--quiet"]);
        assert_eq!((done.status.code(), text(&done.stderr)), (Some(0), String::new()), "{name}");
        let model = fs::read(folder.path().join("m/model.bin")).expect("a model");
        assert!(*first.get_or_insert_with(|| model.clone()) == model, "{name}");
    }
}

#[test]
fn faults_are_listed_together_with_what_to_do() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut table = String::from("text,label,weight\n");
    for number in 0..14 {
        table.extend([format!("Talks {number} failed.,bad,1\n")]);
    }
    write(folder.path(), "many.csv", table.clone() + "Talks went on.,negative,heavy\n");
    let train = |args: &[&str]| {
        let done = run_in(folder.path(), &[&["train", "--out", "m"][..], args].concat());
        assert_eq!(done.status.code(), Some(3), "{}", text(&done.stderr));
        assert!(!folder.path().join("m").exists());
        text(&done.stderr)
    };
    let said = train(&["many.csv", LABELS]);
    assert!(
        said.contains("many.csv: line 2: field \"label\": unknown label \"bad\", the map has negative"),
        "{said}"
    );
    assert!(said.contains("many.csv: 15 faulty records, the first 10 are listed"), "{said}");
    assert_eq!(said.matches("unknown label").count(), 10);
    write(folder.path(), "weight.csv", "text,label,weight\nTalks failed.,negative,heavy\n");
    assert!(train(&["weight.csv", LABELS]).contains("line 2: field \"weight\": must be a number"));

    // labels without values: the option that gives them is spelled out
    write(folder.path(), "names.csv", "text,label\na,negative\nb,very positive\nc,neutral\nd,odd\n");
    let said = train(&["names.csv"]);
    assert!(said.contains("--labels \"negative=-2,neutral=0,odd=VALUE,very positive=3\""), "{said}");
    write(folder.path(), "numbers.csv", "text,label\na,1\nb,5\nc,2\n");
    let said = train(&["numbers.csv"]);
    assert!(
        said.contains("--label-range 1..5") && said.contains("--labels \"1=VALUE,2=VALUE,5=VALUE\""),
        "{said}"
    );
    let said = train(&["numbers.csv", "--label-range", "1..4"]);
    assert!(said.contains("line 3: field \"label\": must be 1..4, not 5"), "{said}");
    let said = train(&["names.csv", "--text-field", "body", LABELS]);
    assert!(said.contains("field body: missing (--text-field); found text, label"), "{said}");
    assert!(train(&["nothing.csv"]).contains("nothing.csv"));
}

#[test]
fn numbers_of_another_scale_are_learned() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut table = String::from("text,rating\n");
    for (text, label, _) in statements(60) {
        let rating =
            ["negative", "neutral", "positive"].iter().position(|name| *name == label).expect("a label");
        table.extend([format!("\"{}\",{}\n", text.replace('"', "\"\""), 1 + 2 * rating)]);
    }
    write(folder.path(), "ratings.csv", table);
    let args = ["train", "ratings.csv", "--out", "m", "--label-field", "rating", "--label-range", "1..5"];
    let done = run_in(folder.path(), &args);
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    let score = |words: &str| {
        write(folder.path(), "new.txt", words);
        let done =
            run_in(folder.path(), &["score", "new.txt", "--statements", "--model", "m", "--format", "jsonl"]);
        let row: Value = serde_json::from_slice(&done.stdout).expect("JSON");
        row["score"].as_f64().expect("a score")
    };
    assert!(score("The union rejected the offer.") < score("The union welcomed the offer and agreed."));
}

#[test]
fn later_labels_are_taken_from_a_table() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut table = String::from("id,text,label\n");
    for (row, (text, label, _)) in statements(60).into_iter().enumerate() {
        table.extend([format!("s{row},\"{}\",{label}\n", text.replace('"', "\"\""))]);
    }
    write(folder.path(), "train.csv", table);
    let relabel = |name: &str, content: &str| {
        write(folder.path(), name, content);
        run_in(folder.path(), &["train", "train.csv", "--out", "m", LABELS, "--relabel", name])
    };
    let added = "id,text,label,doubt\ns1,,negative,0.9\nnew,The envoys shook hands.,positive,0.8\nlater,Not read yet.,,0.7\n";
    let done = relabel("second.csv", added);
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    let said = text(&done.stderr);
    assert!(
        said.contains("second.csv: 2 labels, 1 of new statements") && said.contains("61 labelled"),
        "{said}"
    );
    for (content, reason) in [
        ("id,label\nnobody,negative\n", "line 2: field \"id\": no statement of the data has \"nobody\""),
        (
            "id,text,label\ns1,Other words.,negative\n",
            "line 2: field \"text\": the data have another text for \"s1\"",
        ),
        ("id,label\ns1,negative\ns1,positive\n", "line 3: field \"id\": \"s1\" occurs twice"),
        ("name,label\ns1,negative\n", "--id-field"),
    ] {
        let done = relabel("wrong.csv", content);
        assert_eq!(done.status.code(), Some(3));
        assert!(text(&done.stderr).contains(reason), "{}", text(&done.stderr));
    }
}

/// Rows that a labelling table has, as CSV cells without quotation marks or line breaks.
fn rows(table: &str) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect()
}

#[test]
fn what_to_label_next_goes_to_a_spreadsheet_or_label_studio_and_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let all = statements(120);
    let mut table = String::from("text,label\n");
    for (row, (text, label, _)) in all.iter().enumerate() {
        table.extend([format!("\"{}\",{}\n", text.replace('"', "\"\""), if row < 60 { *label } else { "" })]);
    }
    write(folder, "pool.csv", table);
    let done = run_in(folder, &["train", "pool.csv", "--out", "m", LABELS]);
    assert!(text(&done.stderr).contains("60 without a label are left out"), "{}", text(&done.stderr));
    let done =
        run_in(folder, &["evaluate", "pool.csv", "--next", "4", "--model", "m", LABELS, "--format", "csv"]);
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    let next = text(&done.stdout);
    assert!(next.starts_with("id,text,label,predicted,doubt\n"), "{next}");
    let candidates = rows(&next);
    assert_eq!(candidates.len(), 4);
    let truth = |words: &str| {
        all.iter().find(|(text, ..)| text == words).map(|(_, label, _)| *label).expect("a statement")
    };
    for candidate in &candidates {
        let row: usize = candidate[0].strip_prefix("pool#").expect("an id").parse().expect("a line");
        assert!(row > 61 && candidate[2].is_empty() && !candidate[3].is_empty(), "{candidate:?}");
    }
    // a spreadsheet writes semicolons
    let filled = candidates
        .iter()
        .map(|c| format!("{};\"{}\";{}\n", c[0], c[1].replace('"', "\"\""), truth(&c[1])))
        .collect::<Vec<String>>()
        .concat();
    write(folder, "filled.csv", format!("\u{feff}id;text;label\n{filled}"));
    let studio: Vec<Value> = candidates
        .iter()
        .map(|c| {
            json!({"id": 9, "data": {"id": c[0], "text": c[1], "label": "", "predicted": c[3]},
                "annotations": [{"result": [{"value": {"choices": [truth(&c[1])]}}]}]})
        })
        .collect();
    write(folder, "studio.json", serde_json::to_string(&studio).expect("JSON"));
    let mut models = Vec::new();
    for labels in ["filled.csv", "studio.json"] {
        let done = run_in(folder, &["train", "pool.csv", "--out", "m2", LABELS, "--relabel", labels]);
        let said = text(&done.stderr);
        assert!(
            said.contains(&format!("{labels}: 4 labels, 4 of new statements"))
                && said.contains("64 labelled"),
            "{said}"
        );
        models.push(fs::read(folder.join("m2/model.bin")).expect("a model"));
    }
    assert!(models[0] == models[1]);
}

#[test]
fn doubtful_labels_go_to_a_spreadsheet_and_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let mut table = String::from("text,label\n");
    for (row, (text, label, _)) in statements(150).iter().enumerate() {
        // two labels are wrong: lines 42 and 77
        let label = if [40, 75].contains(&row) {
            if *label == "positive" { "negative" } else { "positive" }
        } else {
            *label
        };
        table.extend([format!("\"{}\",{label}\n", text.replace('"', "\"\""))]);
    }
    write(folder, "train.csv", table);
    let done =
        run_in(folder, &["evaluate", "train.csv", "--suspects", "2", LABELS, "--format", "csv", "--quiet"]);
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    let table = text(&done.stdout);
    assert!(table.starts_with("id,text,label,suggested,about,chance\n"), "{table}");
    let suspects = rows(&table);
    let mut ids: Vec<&str> = suspects.iter().map(|row| row[0].as_str()).collect();
    ids.sort_unstable();
    assert_eq!(ids, ["train#42", "train#77"], "{table}");
    assert!(suspects.iter().all(|row| row[4] == "class" && row[2] != row[3]), "{table}");
    let corrected =
        suspects.iter().map(|row| format!("{},{}\n", row[0], row[3])).collect::<Vec<String>>().concat();
    write(folder, "corrected.csv", format!("id,label\n{corrected}"));
    let done = run_in(folder, &["train", "train.csv", "--out", "m", LABELS, "--relabel", "corrected.csv"]);
    assert!(text(&done.stderr).contains("2 labels, 0 of new statements"), "{}", text(&done.stderr));
    let misused = run_in(folder, &["evaluate", "train.csv", LABELS, "--format", "csv"]);
    assert_eq!(misused.status.code(), Some(2));
}
