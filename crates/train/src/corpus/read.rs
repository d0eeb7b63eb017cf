//! Reads labelled JSONL; a record that breaks the form is refused with line, field and reason.

use std::collections::{BTreeMap, BTreeSet};

use detente::{Day, Error, Result};
use serde_json::{Map, Value};

use crate::corpus::label_map::LabelMap;
use crate::corpus::labelled::{Label, LabelledArticle, LabelledStatement, SoftLabel};

/// The records of labelled files.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Records {
    /// Whole articles.
    pub articles: Vec<LabelledArticle>,
    /// Statements that belong to no article.
    pub statements: Vec<LabelledStatement>,
}

impl Records {
    /// All statements: the single ones, then those of the articles.
    pub fn all_statements(&self) -> impl Iterator<Item = &LabelledStatement> {
        self.statements.iter().chain(self.articles.iter().flat_map(|article| &article.statements))
    }
}

/// What form records have.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RecordFormat {
    /// Reads names of labels (field `label`, or `outlook` where it is a text) by this map;
    /// `hedge` may then be missing.
    pub labels: Option<LabelMap>,
    /// Single statements may lack a label.
    pub unlabelled: bool,
}

/// Reads the JSONL text of one file, a record a line; blank lines are passed over.
///
/// # Errors
/// Names line, field and reason of the first record that breaks the form.
pub fn read_jsonl(text: &str) -> Result<Records> {
    read_form(text, &RecordFormat::default())
}

/// Reads the JSONL text of one file whose records have another form.
///
/// # Errors
/// Names line, field and reason of the first record that breaks the form.
pub fn read_form(text: &str, form: &RecordFormat) -> Result<Records> {
    let mut records = Records::default();
    let mut ids = BTreeSet::new();
    for (number, line) in lines(text) {
        let id = record((number, line), form, &mut records).map_err(|error| error.at_line(number))?;
        if !ids.insert(id.clone()) {
            return Err(twice(&id).at_line(number));
        }
    }
    Ok(records)
}

/// Reads labels whose texts stand elsewhere: records of `id`, `outlook` and `hedge`. Gives each with its line.
///
/// # Errors
/// Names line, field and reason of the first record that breaks the form.
pub fn read_labels(text: &str) -> Result<BTreeMap<String, (usize, Label)>> {
    let mut labels = BTreeMap::new();
    for (number, line) in lines(text) {
        let (id, label) = bare_label((number, line)).map_err(|error| error.at_line(number))?;
        if labels.insert(id.clone(), (number, label)).is_some() {
            return Err(twice(&id).at_line(number));
        }
    }
    Ok(labels)
}

/// The lines that hold a record, with their numbers from 1.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty())
}

fn bare_label((number, line): (usize, &str)) -> Result<(String, Label)> {
    let (fields, form) = (object(line)?, RecordFormat::default());
    let fields = Fields { map: &fields, form: &form, line: number };
    Ok((fields.id()?, label(&fields)?))
}

fn record((number, line): (usize, &str), form: &RecordFormat, records: &mut Records) -> Result<String> {
    let fields = object(line)?;
    let fields = Fields { map: &fields, form, line: number };
    let id = fields.id()?;
    if ["statements", "parties", "passes"].iter().any(|name| fields.map.contains_key(*name)) {
        records.articles.push(article(&fields, id.clone())?);
    } else {
        records.statements.push(single(&fields, id.clone())?);
    }
    Ok(id)
}

fn article(fields: &Fields, id: String) -> Result<LabelledArticle> {
    let negotiation = fields.text("negotiation")?.or(fields.text("storyline")?);
    let group = negotiation.clone().unwrap_or_else(|| id.clone());
    let mut text = fields.text("text")?.unwrap_or_default();
    let mut statements = Vec::new();
    let mut paragraph = None;
    for (index, value) in fields.list("statements")?.iter().enumerate() {
        let within = |error: Error| error.within(format!("statements[{index}]"));
        let Value::Object(inner) = value else { return Err(within(Error::data("not a JSON object"))) };
        let inner = Fields { map: inner, ..*fields };
        let words = statement_text(&inner).map_err(within)?;
        let p = inner.number("p").map_err(within)?;
        if !text.is_empty() {
            text.push_str(if p == paragraph { " " } else { "\n\n" });
        }
        paragraph = p;
        text.push_str(&words);
        statements.push(LabelledStatement {
            id: format!("{id}#{index}"),
            line: fields.line,
            text: words,
            label: Some(label(&inner).map_err(within)?),
            soft: None,
            src: fields.text("domain")?,
            group: group.clone(),
            set: None,
            probe: None,
            passes: Vec::new(),
        });
    }
    if text.trim().is_empty() {
        return Err(Error::data("field \"text\": empty, and there are no statements"));
    }
    let outlook = fields.number("outlook")?;
    if outlook.is_some_and(|o| !(-3.0..=3.0).contains(&o)) {
        return Err(Error::data("field \"outlook\": must be null or -3..3"));
    }
    let date = fields
        .text("date")?
        .map(|d| d.parse::<Day>())
        .transpose()
        .map_err(|e| Error::from(e).within("field \"date\""))?;
    let (title, domain) = (fields.text("title")?, fields.text("domain")?);
    Ok(LabelledArticle {
        id,
        date,
        title,
        negotiation,
        domain,
        parties: fields.parties()?,
        outlook,
        text,
        statements,
    })
}

fn single(fields: &Fields, id: String) -> Result<LabelledStatement> {
    let text = statement_text(fields)?;
    let soft = match (
        fields.number("outlook_soft")?,
        fields.number("bearing_soft")?,
        fields.number("hedge_soft")?,
    ) {
        (None, None, None) => None,
        (Some(outlook), Some(bearing), Some(hedge)) => {
            for (name, value, low, high) in [
                ("outlook_soft", outlook, -3.0, 3.0),
                ("bearing_soft", bearing, 0.0, 1.0),
                ("hedge_soft", hedge, 0.0, 1.0),
            ] {
                if !(low..=high).contains(&value) {
                    return Err(Error::data(format!("field {name:?}: must be {low}..{high}, not {value}")));
                }
            }
            Some(SoftLabel { outlook, bearing, hedge })
        }
        _ => {
            return Err(Error::data(
                "fields \"outlook_soft\", \"bearing_soft\", \"hedge_soft\" must stand together",
            ));
        }
    };
    let may_lack = soft.is_some() || fields.form.unlabelled;
    let has = fields.map.contains_key("outlook")
        || (fields.form.labels.is_some() && fields.map.contains_key("label"));
    let label = if may_lack && !has { None } else { Some(label(fields)?) };
    let (src, set) = (fields.text("src")?, fields.text("set")?);
    let date = fields.text("date")?;
    let group = match (&set, &src, date) {
        (Some(set), ..) => set.clone(),
        (None, Some(src), Some(date)) => format!("{src} {date}"),
        (None, Some(src), None) => src.clone(),
        _ => id.clone(),
    };
    let (line, probe, passes) = (fields.line, fields.text("probe")?, passes(fields)?);
    Ok(LabelledStatement { id, line, text, label, soft, src, group, set, probe, passes })
}

fn statement_text(fields: &Fields) -> Result<String> {
    let text = fields.text("text")?.ok_or_else(|| missing("text"))?;
    if text.trim().is_empty() {
        return Err(Error::data("field \"text\": empty"));
    }
    Ok(text)
}

fn label(fields: &Fields) -> Result<Label> {
    if let Some(map) = &fields.form.labels {
        let name = if fields.map.contains_key("label") { "label" } else { "outlook" };
        if let Some(written) = fields.name(name) {
            let outlook = map.outlook(&written).map_err(|e| e.within(format!("field {name:?}")))?;
            let hedge = fields.number("hedge")?;
            check(outlook, hedge)?;
            return Ok(outlook.map_or(Label::NoBearing, |outlook| Label::Bears { outlook, hedge }));
        }
    }
    for name in ["outlook", "hedge"] {
        if !fields.map.contains_key(name) {
            return Err(missing(name));
        }
    }
    judged(fields.number("outlook")?, fields.number("hedge")?)
}

/// The labels of independent passes: `[[outlook, hedge], …]`.
fn passes(fields: &Fields) -> Result<Vec<Label>> {
    let wrong = || Error::data("field \"annotations\": must be a list of [outlook, hedge]");
    let pass = |value: &Value| {
        let [outlook, hedge] =
            serde_json::from_value::<[Option<f64>; 2]>(value.clone()).map_err(|_| wrong())?;
        judged(outlook, hedge).map_err(|error| error.within("field \"annotations\""))
    };
    fields.list("annotations")?.iter().map(pass).collect()
}

fn judged(outlook: Option<f64>, hedge: Option<f64>) -> Result<Label> {
    check(outlook, hedge)?;
    match (outlook, hedge) {
        (None, None) => Ok(Label::NoBearing),
        (Some(outlook), Some(_)) => Ok(Label::Bears { outlook, hedge }),
        _ => Err(Error::data("fields \"outlook\" and \"hedge\" must be null together")),
    }
}

fn check(outlook: Option<f64>, hedge: Option<f64>) -> Result<()> {
    match (outlook, hedge) {
        (Some(outlook), _) if !(-3.0..=3.0).contains(&outlook) => {
            Err(Error::data(format!("field \"outlook\": must be null or -3..3, not {outlook}")))
        }
        (_, Some(hedge)) if !(0.0..=2.0).contains(&hedge) => {
            Err(Error::data(format!("field \"hedge\": must be null or 0..2, not {hedge}")))
        }
        _ => Ok(()),
    }
}

fn object(line: &str) -> Result<Map<String, Value>> {
    match serde_json::from_str(line) {
        Ok(Value::Object(fields)) => Ok(fields),
        Ok(_) => Err(Error::data("not a JSON object")),
        Err(e) => Err(Error::data(format!("not JSON: {e}")).with_source(e)),
    }
}

fn missing(name: &str) -> Error {
    Error::data(format!("field {name:?} is missing"))
}

fn twice(id: &str) -> Error {
    Error::data(format!("field \"id\": {id:?} stands twice"))
}

/// The fields of a record, read with their types.
#[derive(Clone, Copy)]
struct Fields<'a> {
    map: &'a Map<String, Value>,
    form: &'a RecordFormat,
    line: usize,
}

impl Fields<'_> {
    /// A text, or a number as it is written; `None` for anything else.
    fn name(&self, name: &str) -> Option<String> {
        match self.map.get(name)? {
            Value::String(text) => Some(text.trim().to_owned()),
            Value::Number(number) if name == "label" => Some(number.to_string()),
            _ => None,
        }
    }

    fn id(&self) -> Result<String> {
        self.text("id")?.ok_or_else(|| missing("id"))
    }

    fn text(&self, name: &str) -> Result<Option<String>> {
        match self.map.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.clone())),
            Some(_) => Err(Error::data(format!("field {name:?}: must be a string"))),
        }
    }

    fn number(&self, name: &str) -> Result<Option<f64>> {
        match self.map.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => value
                .as_f64()
                .map(Some)
                .ok_or_else(|| Error::data(format!("field {name:?}: must be a number or null"))),
        }
    }

    fn list(&self, name: &str) -> Result<&[Value]> {
        match self.map.get(name) {
            None | Some(Value::Null) => Ok(&[]),
            Some(Value::Array(list)) => Ok(list),
            Some(_) => Err(Error::data(format!("field {name:?}: must be a list"))),
        }
    }

    fn parties(&self) -> Result<BTreeMap<String, Vec<String>>> {
        let wrong = || Error::data("field \"parties\": must map ids to lists of names");
        match self.map.get("parties") {
            None | Some(Value::Null) => Ok(BTreeMap::new()),
            Some(value) => serde_json::from_value(value.clone()).map_err(|e| wrong().with_source(e)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_name_line_field_and_reason() {
        for (line, reason) in [
            ("{", "line 2: not JSON"),
            (r#"{"text":"x"}"#, "line 2: field \"id\" is missing"),
            (r#"{"id":"b","text":" ","outlook":1,"hedge":0}"#, "field \"text\": empty"),
            (
                r#"{"id":"b","text":"x","outlook":4,"hedge":0}"#,
                "field \"outlook\": must be null or -3..3, not 4",
            ),
            (r#"{"id":"b","text":"x","outlook":1}"#, "field \"hedge\" is missing"),
            (r#"{"id":"b","text":"x","outlook":1,"hedge":null}"#, "null together"),
            (r#"{"id":"a","text":"x","outlook":1,"hedge":0}"#, "\"a\" stands twice"),
            (r#"{"id":"b","text":"x","outlook":"up","hedge":0}"#, "field \"outlook\": must be a number"),
            (r#"{"id":"b","text":"x","label":"up"}"#, "field \"outlook\" is missing"),
            (
                r#"{"id":"b","text":"x","outlook":1,"hedge":0,"annotations":[[1,0],[9,0]]}"#,
                "field \"annotations\": field \"outlook\": must be null or -3..3, not 9",
            ),
        ] {
            let text = format!("{}\n{line}\n", r#"{"id":"a","text":"Talks resumed.","outlook":1,"hedge":0}"#);
            let error = read_jsonl(&text).expect_err(line).to_string();
            assert!(error.contains(reason), "{error}");
        }
    }

    #[test]
    fn labels_without_texts_name_line_field_and_reason() {
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
            (r#"{"id":"a","outlook":1,"hedge":0}"#, "line 2: field \"id\": \"a\" stands twice"),
        ] {
            let text = format!("{}\n{line}\n", r#"{"id":"a","outlook":1,"hedge":0}"#);
            let error = read_labels(&text).expect_err(line).to_string();
            assert!(error.contains(reason), "{error}");
        }
    }

    #[test]
    fn labels_of_another_kind_are_mapped() {
        let map = "positive=2,neutral=none,negative=-2,0=0".parse().expect("a map");
        let form = RecordFormat { labels: Some(map), unlabelled: false };
        let text = r#"{"id":"a","text":"Profit rose.","label":"positive"}
{"id":"b","text":"The meeting is on Monday.","outlook":"neutral"}
{"id":"c","text":"It may fall.","label":"negative","hedge":1}
{"id":"d","text":"It is open.","label":0}"#;
        let read = read_form(text, &form).expect("reads");
        let labels: Vec<_> = read.statements.iter().filter_map(|s| s.label).collect();
        let bears = |outlook, hedge| Label::Bears { outlook, hedge };
        assert_eq!(labels, [bears(2.0, None), Label::NoBearing, bears(-2.0, Some(1.0)), bears(0.0, None)]);
        let error =
            read_form(r#"{"id":"a","text":"x","label":"up"}"#, &form).expect_err("unknown").to_string();
        assert!(error.starts_with("line 1: field \"label\": unknown label \"up\""), "{error}");
    }

    #[test]
    fn passes_and_lines_are_kept() {
        let text =
            "\n{\"id\":\"a\",\"text\":\"x\",\"outlook\":1,\"hedge\":0,\"annotations\":[[1,0],[null,null]]}";
        let read = read_jsonl(text).expect("reads");
        assert_eq!(read.statements[0].line, 2);
        assert_eq!(read.statements[0].passes[1], Label::NoBearing);
        let form = RecordFormat { unlabelled: true, ..RecordFormat::default() };
        let read = read_form(r#"{"id":"a","text":"x"}"#, &form).expect("reads");
        assert_eq!(read.statements[0].label, None);
    }
}
