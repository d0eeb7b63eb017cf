//! Labelled files of every format, as users and labelling tools write them.

use std::fs;

use detente_input::{InputError, LabelledFields, LabelledFile, RequiredField, RowPlace, read_labelled_file};
use serde_json::{Value, json};

fn read_as(name: &str, bytes: impl AsRef<[u8]>, fields: &LabelledFields) -> Result<LabelledFile, InputError> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    fs::write(&path, bytes).expect("written");
    read_labelled_file(&path, fields, RequiredField::Text)
}

fn read(name: &str, text: &str) -> LabelledFile {
    read_as(name, text, &LabelledFields::default()).expect("a labelled file")
}

/// Text and label of each row.
fn pairs(file: &LabelledFile) -> Vec<(Value, Value)> {
    file.rows.iter().map(|row| (row.fields["text"].clone(), row.fields["label"].clone())).collect()
}

#[test]
fn every_format_gives_the_same_rows() {
    let expected = [(json!("Talks failed, \"again\"."), json!("neg")), (json!("A deal."), json!("pos"))];
    let utf16: Vec<u8> = "\u{feff}text\tlabel\n\"Talks failed, \"\"again\"\".\"\tneg\nA deal.\tpos\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    for (name, bytes) in [
        ("a.csv", "text,label\n\"Talks failed, \"\"again\"\".\",neg\nA deal.,pos\n".as_bytes()),
        ("semicolons.csv", "text;label\r\n\"Talks failed, \"\"again\"\".\";neg\r\nA deal.;pos\r\n".as_bytes()),
        ("pandas.csv", ",sentence,sentiment\n0,\"Talks failed, \"\"again\"\".\",neg\n1,A deal.,pos\n".as_bytes()),
        ("utf16.tsv", &utf16),
        ("a.tsv", "text\tlabel\n\"Talks failed, \"\"again\"\".\"\tneg\nA deal.\tpos\n".as_bytes()),
        ("a.json", r#"[{"text":"Talks failed, \"again\".","label":"neg"},{"text":"A deal.","label":"pos"}]"#.as_bytes()),
        ("hub.json", r#"{"version":1,"data":[{"text":"Talks failed, \"again\".","label":"neg"},{"text":"A deal.","label":"pos"}]}"#.as_bytes()),
        ("a.jsonl", "{\"text\":\"Talks failed, \\\"again\\\".\",\"label\":\"neg\"}\n\n{\"text\":\"A deal.\",\"label\":\"pos\"}\n".as_bytes()),
    ] {
        let file = read_as(name, bytes, &LabelledFields::default()).expect(name);
        assert_eq!(pairs(&file), expected, "{name}");
        assert!(file.faults.is_empty(), "{name} {:?}", file.faults);
    }
}

#[test]
fn all_faults_are_collected_with_their_places() {
    let file = read(
        "a.jsonl",
        "{\"text\":\"a\",\"label\":1}\n{oops\n[1]\n7\n{\"text\":\"b\",\"label\":[\"x\",\"y\"]}\n",
    );
    let faults: Vec<String> = file
        .faults
        .iter()
        .map(|fault| fault.to_string().split_once("a.jsonl: ").expect("a path").1.to_owned())
        .collect();
    assert_eq!(file.rows.len(), 1);
    assert_eq!(faults.len(), 4, "{faults:?}");
    for (fault, start) in faults.iter().zip([
        "line 2: column 2: not JSON",
        "line 3: a JSON array",
        "line 4: not a JSON object",
        "line 5: field label: 2 labels",
    ]) {
        assert!(fault.starts_with(start), "{fault}");
    }
    let rows = read("b.csv", "text,label\na,1\nb\nc,2\n");
    assert_eq!((rows.rows.len(), rows.faults.len(), rows.faults[0].line()), (2, 1, Some(3)));
    let array = read("c.json", "[{\"text\":\"a\"},3]");
    assert_eq!((array.rows[0].place, array.faults[0].record()), (RowPlace::Record(1), Some(2)));
}

#[test]
fn cells_are_numbers_where_numbers_are_expected() {
    let file =
        read("a.csv", "id,text,outlook,hedge,date\n007,a,+2,0,\n008,b,none,none,2020-01-02\n9,c,high,,\n");
    assert_eq!(
        Value::Object(file.rows[0].fields.clone()),
        json!({"id": "007", "text": "a", "outlook": 2.0, "hedge": 0.0})
    );
    assert_eq!(
        Value::Object(file.rows[1].fields.clone()),
        json!({"id": "008", "text": "b", "outlook": null, "hedge": null, "date": "2020-01-02"})
    );
    assert_eq!(file.rows[2].fields["outlook"], "high");
    let labels = read("b.csv", "text,label\na,\nb,none\n");
    assert_eq!(pairs(&labels), [(json!("a"), json!(null)), (json!("b"), json!("none"))]);
}

#[test]
fn files_of_another_form_are_refused_with_advice() {
    for (name, text, advice) in [
        ("a.csv", "id,words\n1,x\n", "--text-field"),
        ("a.json", r#"{"text":{"0":"a"},"label":{"0":"b"}}"#, "orient=\"records\""),
        ("a.txt", "Talks failed.", "CSV, TSV, JSON"),
        ("a.csv", "", "empty"),
        ("a.json", "[{\"text\":", "not JSON"),
    ] {
        let error = read_as(name, text, &LabelledFields::default()).and_then(|file| {
            let LabelledFile { mut faults, .. } = file;
            faults.pop().map_or_else(|| panic!("{name} has rows"), Err::<(), _>)
        });
        let error = error.expect_err("refused").to_string();
        assert!(error.contains(name) && error.contains(advice), "{error}");
    }
}

#[test]
fn exports_of_labelling_tools_are_recognised() {
    let studio = r#"[
  {"id": 1, "annotations": [{"was_cancelled": false, "result": [{"value": {"choices": ["neg"]}}]}], "data": {"text": "Talks failed."}},
  {"id": 2, "annotations": [{"was_cancelled": true, "result": []}], "data": {"text": "Skipped."}}]"#;
    let prodigy = "{\"text\":\"Talks failed.\",\"accept\":[\"neg\"],\"answer\":\"accept\",\"options\":[{\"id\":\"neg\"}]}\n{\"text\":\"?\",\"accept\":[],\"answer\":\"ignore\"}\n";
    let doccano = "{\"id\":1,\"data\":\"Talks failed.\",\"label\":[\"neg\"]}\n";
    for (name, text, left_out) in [
        ("studio.json", studio, 1),
        ("prodigy.jsonl", prodigy, 1),
        ("doccano.jsonl", doccano, 0),
        ("doccano.csv", "id,data,label\n1,Talks failed.,neg\n", 0),
    ] {
        let file = read(name, text);
        assert_eq!(pairs(&file), [(json!("Talks failed."), json!("neg"))], "{name}");
        assert_eq!((file.left_out, file.faults.len()), (left_out, 0), "{name} {:?}", file.faults);
    }
}
