//! Reads labelled JSONL. Invalid records are refused with line, field and reason.

use std::collections::BTreeMap;

use detente::{Error, Result};

use crate::corpus::labelled::Label;
use crate::corpus::record::duplicate;
use crate::corpus::record_reader::{RecordReader, parse_line};
use crate::corpus::records::{Correction, RecordFormat, Records};

/// Reads a JSONL file: one record per line, blank lines are skipped.
///
/// ```
/// use detente_train::{Label, read_jsonl};
/// let records = read_jsonl(r#"{"id":"a","text":"A deal may be near.","outlook":1.5,"hedge":1}"#)?;
/// assert_eq!(records.statements[0].label, Some(Label::Bears { outlook: 1.5, hedge: Some(1.0) }));
/// let error = read_jsonl(r#"{"id":"a","text":"A deal may be near.","outlook":5,"hedge":1}"#).unwrap_err();
/// assert_eq!(error.to_string(), "line 1: field \"outlook\": must be null or -3..3, not 5");
/// # Ok::<(), detente::Error>(())
/// ```
///
/// # Errors
/// Names line, field and reason of the first invalid record.
pub fn read_jsonl(text: &str) -> Result<Records> {
    read_jsonl_as(text, &RecordFormat::default())
}

/// Reads a JSONL file whose records have the given format.
///
/// ```
/// use detente_train::{RecordFormat, read_jsonl_as};
/// let format = RecordFormat { label_map: Some("hawkish=-2,dovish=2".parse()?), ..RecordFormat::default() };
/// let records = read_jsonl_as(r#"{"id":"a","text":"Rates must rise.","label":"hawkish"}"#, &format)?;
/// assert_eq!(records.statements[0].label.map(|label| label.score()), Some(-2.0 / 3.0));
/// # Ok::<(), detente::Error>(())
/// ```
///
/// # Errors
/// Names line, field and reason of the first invalid record.
pub fn read_jsonl_as(text: &str, format: &RecordFormat) -> Result<Records> {
    let mut reader = RecordReader::new(format.clone());
    for (line, record) in lines(text) {
        parse_line(record)
            .and_then(|fields| reader.read(line, fields))
            .map_err(|error| error.at_line(line))?;
    }
    Ok(reader.into_records())
}

/// Reads labels without texts: records of `id`, `outlook` and `hedge`. Returns line and label by id.
///
/// ```
/// use detente_train::{Label, read_labels};
/// let labels = read_labels(r#"{"id":"a","outlook":null,"hedge":null}"#)?;
/// assert_eq!(labels["a"], (1, Label::NoBearing));
/// # Ok::<(), detente::Error>(())
/// ```
///
/// # Errors
/// Names line, field and reason of the first invalid record.
pub fn read_labels(text: &str) -> Result<BTreeMap<String, (usize, Label)>> {
    let format = RecordFormat::default();
    let mut labels = BTreeMap::new();
    for (line, record) in lines(text) {
        let correction = parse_line(record).and_then(|fields| Correction::read(line, fields, &format));
        let Some(correction) = correction.map_err(|error: Error| error.at_line(line))? else { continue };
        if labels.insert(correction.id.clone(), (line, correction.label)).is_some() {
            return Err(duplicate(&correction.id).at_line(line));
        }
    }
    Ok(labels)
}

/// Lines that hold a record, with their numbers from 1.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads a valid first line and then `line`, which must be refused.
    fn refusal(line: &str) -> String {
        let text = format!("{}\n{line}\n", r#"{"id":"a","text":"Talks resumed.","outlook":1,"hedge":0}"#);
        read_jsonl(&text).expect_err(line).to_string()
    }

    #[test]
    fn errors_name_line_field_and_reason() {
        for (line, reason) in [
            ("{", "line 2: not JSON"),
            ("7", "line 2: not a JSON object"),
            (r#"["b","x",1,0]"#, "line 2: not a JSON object"),
            (r#"{"text":"x"}"#, "line 2: field \"label\" is missing"),
            (
                r#"{"id":[7],"text":"x","outlook":1,"hedge":0}"#,
                "field \"id\": must be a string or a number, not [7]",
            ),
            (
                r#"{"id":"b","text":"x","outlook":1,"weight":-1}"#,
                "field \"weight\": must be a number of at least 0",
            ),
            (
                r#"{"id":"b","text":"x","outlook":1,"group":{}}"#,
                "field \"group\": must be a string or a number",
            ),
            (r#"{"id":"b","text":" ","outlook":1,"hedge":0}"#, "field \"text\": empty"),
            (r#"{"id":"b","text":7,"outlook":1,"hedge":0}"#, "field \"text\": invalid type"),
            (
                r#"{"id":"b","text":"x","outlook":4,"hedge":0}"#,
                "field \"outlook\": must be null or -3..3, not 4",
            ),
            (
                r#"{"id":"b","text":"x","outlook":1,"hedge":-0.1}"#,
                "field \"hedge\": must be null or 0..2, not -0.1",
            ),
            (r#"{"id":"b","text":"x","outlook":1,"hedge":null}"#, "null together"),
            (r#"{"id":"a","text":"x","outlook":1,"hedge":0}"#, "\"a\" occurs twice"),
            (
                r#"{"id":"b","text":"x","outlook":"up","hedge":0}"#,
                "field \"outlook\": must be null or -3..3, not \"up\"",
            ),
            (r#"{"id":"b","text":"x","label":"up"}"#, "field \"label\": \"up\" has no value on the scale"),
            (r#"{"id":"b","text":"x","outlook":1,"hedge":0,"src":["x"]}"#, "field \"src\": invalid type"),
            (
                r#"{"id":"b","text":"x","outlook":1,"hedge":0,"annotations":[[1,0],[9,0]]}"#,
                "field \"annotations[1][0]\": must be null or -3..3, not 9",
            ),
            (
                r#"{"id":"b","text":"x","outlook":1,"hedge":0,"annotations":[[1,null]]}"#,
                "field \"annotations[0]\": outlook and hedge must be null together",
            ),
            (
                r#"{"id":"b","text":"x","outlook":1,"hedge":0,"annotations":[[1,0,0]]}"#,
                "field \"annotations[0]\"",
            ),
            (
                r#"{"id":"b","text":"x","outlook_soft":1,"bearing_soft":1.5,"hedge_soft":0}"#,
                "field \"bearing_soft\": must be null or 0..1, not 1.5",
            ),
            (r#"{"id":"b","text":"x","outlook_soft":1}"#, "must be given together"),
        ] {
            let error = refusal(line);
            assert!(error.contains(reason), "{error}");
        }
    }

    #[test]
    fn errors_in_articles_name_the_path() {
        for (fields, reason) in [
            (r#""statements":[]"#, "field \"text\": empty, and there are no statements"),
            (r#""statements":[7]"#, "field \"statements[0]\": invalid type: integer `7`, expected a map"),
            (r#""statements":[["x",1]]"#, "field \"statements[0]\": invalid type: sequence, expected a map"),
            (r#""statements":{}"#, "field \"statements\": invalid type"),
            (r#""statements":[{"text":"x","hedge":0}]"#, "statements[0]: field \"label\" is missing"),
            (
                r#""statements":[{"text":"x","outlook":1,"hedge":3}]"#,
                "statements[0]: field \"hedge\": must be null or 0..2, not 3",
            ),
            (
                r#""statements":[{"text":"x","p":"1","outlook":1,"hedge":0}]"#,
                "statements[0]: field \"p\": invalid type",
            ),
            (r#""text":"x","parties":{"us":"America"}"#, "field \"parties.us\": invalid type"),
            (r#""text":"x","parties":{},"date":"2019-02-30""#, "field \"date\": date must be a day"),
            (r#""text":"x","parties":{},"outlook":4"#, "field \"outlook\": must be null or -3..3"),
        ] {
            let error = refusal(&format!("{{\"id\":\"b\",{fields}}}"));
            assert!(error.contains(reason) && error.starts_with("line 2: "), "{error}");
        }
    }

    #[test]
    fn fields_of_the_other_record_type_are_ignored() {
        let text = r#"{"id":"a","text":"x","outlook":1,"hedge":0,"title":7,"negotiation":[]}
{"id":"b","text":"x","parties":null,"hedge":"none","src":7,"annotations":0}"#;
        let read = read_jsonl(text).expect("reads");
        assert_eq!((read.statements.len(), read.articles.len()), (1, 1));
    }

    #[test]
    fn errors_of_labels_without_texts_name_line_field_and_reason() {
        let read = read_labels(
            "{\"id\":\"a\",\"outlook\":-1,\"hedge\":2}\n\n{\"id\":\"b\",\"outlook\":null,\"hedge\":null}\n",
        )
        .expect("reads");
        assert_eq!(read["a"], (1, Label::Bears { outlook: -1.0, hedge: Some(2.0) }));
        assert_eq!(read["b"], (3, Label::NoBearing));
        for (line, reason) in [
            (r#"["a"]"#, "line 2: not a JSON object"),
            (r#"{"outlook":1,"hedge":0}"#, "line 2: field \"id\" is missing"),
            (r#"{"id":"b"}"#, "line 2: field \"label\" is missing"),
            (
                r#"{"id":"b","outlook":7,"hedge":0}"#,
                "line 2: field \"outlook\": must be null or -3..3, not 7",
            ),
            (r#"{"id":"a","outlook":1,"hedge":0}"#, "line 2: field \"id\": \"a\" occurs twice"),
        ] {
            let text = format!("{}\n{line}\n", r#"{"id":"a","outlook":1,"hedge":0}"#);
            let error = read_labels(&text).expect_err(line).to_string();
            assert!(error.contains(reason), "{error}");
        }
    }

    #[test]
    fn label_names_are_mapped() {
        let map = "positive=2,neutral=none,negative=-2,0=0".parse().expect("a map");
        let format = RecordFormat { label_map: Some(map), ..RecordFormat::default() };
        let text = r#"{"id":"a","text":"Profit rose.","label":"positive"}
{"id":"b","text":"The meeting is on Monday.","outlook":"neutral"}
{"id":"c","text":"It may fall.","label":"negative","hedge":1}
{"id":"d","text":"It is open.","label":0}
{"id":"e","text":"It is open.","label":null,"outlook":1,"hedge":0}"#;
        let read = read_jsonl_as(text, &format).expect("reads");
        let labels: Vec<_> = read.statements.iter().filter_map(|s| s.label).collect();
        let bears = |outlook, hedge| Label::Bears { outlook, hedge };
        assert_eq!(
            labels,
            [
                bears(2.0, None),
                Label::NoBearing,
                bears(-2.0, Some(1.0)),
                bears(0.0, None),
                bears(1.0, Some(0.0))
            ]
        );
        let error =
            read_jsonl_as(r#"{"id":"a","text":"x","label":"up"}"#, &format).expect_err("unknown").to_string();
        assert!(error.starts_with("line 1: field \"label\": unknown label \"up\""), "{error}");
    }

    #[test]
    fn ids_groups_weights_and_hedges_are_optional() {
        let text = r#"{"text":"a","outlook":1}
{"id":7,"text":"b","outlook":1,"hedge":0,"group":3,"weight":0.5}
{"id":"x","text":"c","label":null}"#;
        let format = RecordFormat { id_prefix: "news".to_owned(), ..RecordFormat::default() };
        let read = read_jsonl_as(text, &format).expect("reads");
        let [first, second] = read.statements.as_slice() else { panic!("two statements") };
        assert_eq!((first.id.as_str(), first.group.as_str(), first.weight), ("news#1", "news#1", 1.0));
        assert_eq!(first.label, Some(Label::Bears { outlook: 1.0, hedge: None }));
        assert_eq!((second.id.as_str(), second.group.as_str(), second.weight), ("7", "3", 0.5));
        assert_eq!(read.unlabelled, 1);
    }

    #[test]
    fn labels_of_another_scale_and_class_numbers_are_converted() {
        let format = RecordFormat { label_range: "1..5".parse().ok(), ..RecordFormat::default() };
        let text = r#"{"text":"a","label":5}
{"text":"b","label":"2"}"#;
        let read = read_jsonl_as(text, &format).expect("reads");
        let scores: Vec<f64> = read.statements.iter().filter_map(|s| s.label.map(|l| l.score())).collect();
        assert_eq!(scores, [1.0, -0.5]);
        assert!(read.statements.iter().all(|s| s.class.is_none()));
        for (label, reason) in [("6", "must be 1..5, not 6"), ("\"good\"", "must be a number, not \"good\"")]
        {
            let error =
                read_jsonl_as(&format!(r#"{{"text":"a","label":{label}}}"#), &format).expect_err(label);
            assert!(error.to_string().contains(reason), "{error}");
        }
        let classes = RecordFormat { label_map: "0=-2,1=2,true=1".parse().ok(), ..RecordFormat::default() };
        let text = r#"{"text":"a","label":1.0}
{"text":"b","label":true}"#;
        let read = read_jsonl_as(text, &classes).expect("reads");
        let names: Vec<_> = read.statements.iter().filter_map(|s| s.class.as_deref()).collect();
        assert_eq!(names, ["1", "true"]);
    }

    #[test]
    fn annotations_and_line_numbers_are_kept() {
        let text =
            "\n{\"id\":\"a\",\"text\":\"x\",\"outlook\":1,\"hedge\":0,\"annotations\":[[1,0],[null,null]]}";
        let read = read_jsonl(text).expect("reads");
        assert_eq!(read.statements[0].line, 2);
        assert_eq!(read.statements[0].annotations[1], Label::NoBearing);
        let format = RecordFormat { allow_unlabelled: true, ..RecordFormat::default() };
        let read = read_jsonl_as(r#"{"id":"a","text":"x"}"#, &format).expect("reads");
        assert_eq!(read.statements[0].label, None);
    }

    #[test]
    fn statements_of_a_paragraph_are_joined_by_a_space() {
        let text = r#"{"id":"a","negotiation":"n","domain":"trade","statements":[
            {"text":"One.","p":0,"outlook":1,"hedge":0},{"text":"Two.","p":0,"outlook":null,"hedge":null},
            {"text":"Three.","p":1,"outlook":-1,"hedge":2}]}"#;
        let read = read_jsonl(&text.replace('\n', "")).expect("reads");
        assert_eq!(read.articles[0].text, "One. Two.\n\nThree.");
        let third = &read.articles[0].statements[2];
        assert_eq!(
            (third.id.as_str(), third.group.as_str(), third.source.as_deref()),
            ("a#2", "n", Some("trade"))
        );
    }
}
