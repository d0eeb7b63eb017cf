//! Reads labelled JSONL. Invalid records are refused with line, field and reason.

use std::collections::{BTreeMap, BTreeSet};

use detente::{Error, Result};
use serde_json::{Map, Value};

use crate::corpus::fields::{
    Annotation, ArticleFields, Bounded, HedgeField, LabelFields, SingleFields, SoftLabelFields,
    StatementFields, missing, typed,
};
use crate::corpus::label_map::LabelMap;
use crate::corpus::labelled::{Label, LabelledArticle, LabelledStatement};

/// Labelled articles and statements.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Records {
    /// Articles with their statements.
    pub articles: Vec<LabelledArticle>,
    /// Statements that stand alone.
    pub statements: Vec<LabelledStatement>,
}

impl Records {
    /// All statements: those that stand alone, then those of the articles.
    ///
    /// ```
    /// let records = detente_train::read_jsonl(
    ///     r#"{"id":"a","statements":[{"text":"Talks resumed.","outlook":1,"hedge":0}]}
    /// {"id":"b","text":"No deal is in sight.","outlook":-2,"hedge":0}"#,
    /// )?;
    /// let ids: Vec<&str> = records.all_statements().map(|statement| statement.id.as_str()).collect();
    /// assert_eq!(ids, ["b", "a#0"]);
    /// # Ok::<(), detente::Error>(())
    /// ```
    pub fn all_statements(&self) -> impl Iterator<Item = &LabelledStatement> {
        self.statements.iter().chain(self.articles.iter().flat_map(|article| &article.statements))
    }
}

/// Variants of the record format.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RecordFormat {
    /// Converts label names (field `label`, or `outlook` if it is a string); `hedge` may then be missing.
    pub label_map: Option<LabelMap>,
    /// Whether statements that stand alone may lack a label.
    pub allow_unlabelled: bool,
}

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
    let mut records = Records::default();
    let mut ids = BTreeSet::new();
    for (line, record) in lines(text) {
        let id = parse(record)
            .and_then(|fields| Record { fields, format, line }.read_into(&mut records))
            .map_err(|error| error.at_line(line))?;
        if !ids.insert(id.clone()) {
            return Err(duplicate(&id).at_line(line));
        }
    }
    Ok(records)
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
        let read = || {
            let record = Record { fields: parse(record)?, format: &format, line };
            Ok((record.id()?, label(&record.fields, &format)?))
        };
        let (id, label) = read().map_err(|error: Error| error.at_line(line))?;
        if labels.insert(id.clone(), (line, label)).is_some() {
            return Err(duplicate(&id).at_line(line));
        }
    }
    Ok(labels)
}

/// Lines that hold a record, with their numbers from 1.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty())
}

fn parse(line: &str) -> Result<Map<String, Value>> {
    serde_json::from_str(line).map_err(|error| {
        if error.is_data() {
            Error::data("not a JSON object")
        } else {
            Error::data(format!("not JSON: {error}")).with_source(error)
        }
    })
}

/// Fields whose presence makes a record an article.
const ARTICLE_FIELDS: [&str; 3] = ["statements", "parties", "passes"];

/// One record of a file.
struct Record<'a> {
    fields: Map<String, Value>,
    format: &'a RecordFormat,
    line: usize,
}

impl Record<'_> {
    /// Adds the article or statement to `records` and returns its id.
    fn read_into(&self, records: &mut Records) -> Result<String> {
        let id = self.id()?;
        if ARTICLE_FIELDS.iter().any(|name| self.fields.contains_key(*name)) {
            records.articles.push(self.article(id.clone())?);
        } else {
            records.statements.push(self.statement(id.clone())?);
        }
        Ok(id)
    }

    fn id(&self) -> Result<String> {
        match self.fields.get("id") {
            None | Some(Value::Null) => Err(missing("id")),
            Some(Value::String(id)) => Ok(id.clone()),
            Some(other) => Err(Error::data(format!("field \"id\": must be a string, not {other}"))),
        }
    }

    fn article(&self, id: String) -> Result<LabelledArticle> {
        let fields: ArticleFields = typed(&self.fields)?;
        let negotiation = fields.negotiation.or(fields.storyline);
        let group = negotiation.as_ref().unwrap_or(&id);
        let mut text = fields.text.unwrap_or_default();
        let mut statements = Vec::new();
        let mut last_paragraph = None;
        for (index, record) in fields.statements.iter().flatten().enumerate() {
            let at_index = |error: Error| error.within(format!("statements[{index}]"));
            let inner: StatementFields = typed(record).map_err(at_index)?;
            let paragraph = inner.paragraph();
            let words = non_empty(inner.text).map_err(at_index)?;
            if !text.is_empty() {
                text.push_str(if paragraph == last_paragraph { " " } else { "\n\n" });
            }
            last_paragraph = paragraph;
            text.push_str(&words);
            statements.push(LabelledStatement {
                id: format!("{id}#{index}"),
                line: self.line,
                text: words,
                label: Some(label(record, self.format).map_err(at_index)?),
                soft_label: None,
                source: fields.domain.clone(),
                group: group.clone(),
                contrast_set: None,
                probe: None,
                annotations: Vec::new(),
            });
        }
        if text.trim().is_empty() {
            return Err(Error::data("field \"text\": empty, and there are no statements"));
        }
        Ok(LabelledArticle {
            id,
            date: fields.date,
            title: fields.title,
            negotiation,
            domain: fields.domain,
            parties: fields.parties.unwrap_or_default(),
            outlook: fields.outlook.map(|Bounded(outlook)| outlook),
            text,
            statements,
        })
    }

    fn statement(&self, id: String) -> Result<LabelledStatement> {
        let text = non_empty(typed::<StatementFields>(&self.fields)?.text)?;
        let soft_label = typed::<SoftLabelFields>(&self.fields)?.soft_label()?;
        let is_labelled = self.fields.contains_key("outlook")
            || (self.format.label_map.is_some() && self.fields.contains_key("label"));
        let may_lack_label = soft_label.is_some() || self.format.allow_unlabelled;
        let label =
            if may_lack_label && !is_labelled { None } else { Some(label(&self.fields, self.format)?) };
        let SingleFields { source, contrast_set, probe, date, annotations } = typed(&self.fields)?;
        let group = match (&contrast_set, &source, date) {
            (Some(set), ..) => set.clone(),
            (None, Some(source), Some(date)) => format!("{source} {date}"),
            (None, Some(source), None) => source.clone(),
            _ => id.clone(),
        };
        let annotations = annotations.into_iter().flatten().map(|Annotation(label)| label).collect();
        Ok(LabelledStatement {
            id,
            line: self.line,
            text,
            label,
            soft_label,
            source,
            group,
            contrast_set,
            probe,
            annotations,
        })
    }
}

fn non_empty(text: Option<String>) -> Result<String> {
    let text = text.ok_or_else(|| missing("text"))?;
    if text.trim().is_empty() { Err(Error::data("field \"text\": empty")) } else { Ok(text) }
}

/// The label of a record: by its name if the format maps names, else by its numbers.
fn label(fields: &Map<String, Value>, format: &RecordFormat) -> Result<Label> {
    if let Some(map) = &format.label_map {
        let field = if fields.contains_key("label") { "label" } else { "outlook" };
        let name = match fields.get(field) {
            Some(Value::String(name)) => Some(name.trim().to_owned()),
            // class numbers are names too; an `outlook` that is a number is one on the scale
            Some(Value::Number(class)) if field == "label" => Some(class.to_string()),
            _ => None,
        };
        if let Some(name) = name {
            let outlook = map.outlook(&name).map_err(|e| e.within(format!("field {field:?}")))?;
            let hedge = typed::<HedgeField>(fields)?.hedge.map(|Bounded(hedge)| hedge);
            return Ok(outlook.map_or(Label::NoBearing, |outlook| Label::Bears { outlook, hedge }));
        }
    }
    if let Some(name) = ["outlook", "hedge"].into_iter().find(|name| !fields.contains_key(*name)) {
        return Err(missing(name));
    }
    typed::<LabelFields>(fields)?.label()
}

fn duplicate(id: &str) -> Error {
    Error::data(format!("field \"id\": {id:?} occurs twice"))
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
            (r#"{"text":"x"}"#, "line 2: field \"id\" is missing"),
            (r#"{"id":7,"text":"x","outlook":1,"hedge":0}"#, "field \"id\": must be a string, not 7"),
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
            (r#"{"id":"b","text":"x","outlook":1}"#, "field \"hedge\" is missing"),
            (r#"{"id":"b","text":"x","outlook":1,"hedge":null}"#, "null together"),
            (r#"{"id":"a","text":"x","outlook":1,"hedge":0}"#, "\"a\" occurs twice"),
            (
                r#"{"id":"b","text":"x","outlook":"up","hedge":0}"#,
                "field \"outlook\": must be null or -3..3, not \"up\"",
            ),
            (r#"{"id":"b","text":"x","label":"up"}"#, "field \"outlook\" is missing"),
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
            (r#""statements":[{"text":"x","hedge":0}]"#, "statements[0]: field \"outlook\" is missing"),
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
            (r#"{"id":"b","outlook":1}"#, "line 2: field \"hedge\" is missing"),
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
        let format = RecordFormat { label_map: Some(map), allow_unlabelled: false };
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
