//! One labelled record: an article, a statement, or a label without its text.

use detente::{Error, Result};
use serde_json::{Map, Value};

use crate::corpus::fields::{
    Annotation, ArticleFields, Bounded, HedgeField, LabelFields, SingleFields, SoftLabelFields,
    StatementFields, missing, typed,
};
use crate::corpus::labelled::{Label, LabelledArticle, LabelledStatement};
use crate::corpus::records::{Correction, RecordFormat, Records};

/// Fields whose presence makes a record an article.
const ARTICLE_FIELDS: [&str; 3] = ["statements", "parties", "passes"];

/// One record of a file.
pub(crate) struct Record<'a> {
    pub(crate) fields: Map<String, Value>,
    pub(crate) format: &'a RecordFormat,
    pub(crate) line: usize,
}

/// The label of a record.
enum Labelled {
    /// A label, and the name of its class if it is a name.
    Yes(Label, Option<String>),
    /// The field `label` is null.
    NotYet,
}

impl Record<'_> {
    /// Adds the article or statement to `records`.
    pub(crate) fn read_into(&self, id: String, records: &mut Records) -> Result<()> {
        if ARTICLE_FIELDS.iter().any(|name| self.fields.contains_key(*name)) {
            records.articles.push(self.article(id)?);
        } else {
            match self.statement(id)? {
                Some(statement) => records.statements.push(statement),
                None => records.unlabelled += 1,
            }
        }
        Ok(())
    }

    /// The id; without one, the prefix of the format with `#` and the line.
    pub(crate) fn id(&self) -> Result<String> {
        let id = self.name("id")?;
        Ok(id.unwrap_or_else(|| format!("{}#{}", self.format.id_prefix, self.line)))
    }

    /// A name in a field: a string or a number; `None` if it is missing or null.
    fn name(&self, field: &str) -> Result<Option<String>> {
        match self.fields.get(field) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(name)) => Ok(Some(name.clone())),
            Some(Value::Number(number)) => Ok(Some(number.to_string())),
            Some(other) => {
                Err(Error::data(format!("field {field:?}: must be a string or a number, not {other}")))
            }
        }
    }

    /// The weight of the record; 1 without that field.
    fn weight(&self) -> Result<f64> {
        let Some(value) = self.fields.get("weight").filter(|value| !value.is_null()) else { return Ok(1.0) };
        let weight = value.as_f64().filter(|weight| weight.is_finite() && *weight >= 0.0);
        weight.ok_or_else(|| {
            Error::data(format!("field \"weight\": must be a number of at least 0, not {value}"))
        })
    }

    /// The label of a later pass; `None` if the statement is not labelled yet.
    pub(crate) fn correction(&self) -> Result<Option<Correction>> {
        let id = self.name("id")?.ok_or_else(|| missing("id"))?;
        let has_text = match self.fields.get("text") {
            None | Some(Value::Null) => false,
            Some(text) => text.as_str().is_none_or(|text| !text.trim().is_empty()),
        };
        let is_labelled = ["label", "outlook"].iter().any(|name| self.fields.contains_key(*name));
        if has_text && !is_labelled {
            return Ok(None);
        }
        let Labelled::Yes(label, class) = label(&self.fields, self.format)? else { return Ok(None) };
        let statement = if has_text { self.statement(id.clone())? } else { None };
        let text = statement.as_ref().map(|statement| statement.text.clone());
        Ok(Some(Correction { id, text, statement, label, class }))
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
            let (label, class) = match label(record, self.format).map_err(at_index)? {
                Labelled::Yes(label, class) => (Some(label), class),
                Labelled::NotYet => return Err(at_index(Error::data("field \"label\": null"))),
            };
            statements.push(LabelledStatement {
                id: format!("{id}#{index}"),
                line: self.line,
                text: words,
                label,
                class,
                weight: 1.0,
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

    /// The statement; `None` if it is not labelled yet and must be.
    fn statement(&self, id: String) -> Result<Option<LabelledStatement>> {
        let text = non_empty(typed::<StatementFields>(&self.fields)?.text)?;
        let soft_label = typed::<SoftLabelFields>(&self.fields)?.soft_label()?;
        let is_labelled = self.fields.contains_key("outlook") || self.fields.contains_key("label");
        let may_lack_label = soft_label.is_some() || self.format.allow_unlabelled;
        let has_value = self.format.converts_labels() || self.fields.contains_key("outlook");
        let (label, class) = if may_lack_label && !(is_labelled && has_value) {
            (None, None)
        } else {
            match label(&self.fields, self.format)? {
                Labelled::Yes(label, class) => (Some(label), class),
                Labelled::NotYet if may_lack_label => (None, None),
                Labelled::NotYet => return Ok(None),
            }
        };
        let weight = self.weight()?;
        let SingleFields { source, contrast_set, probe, date, annotations } = typed(&self.fields)?;
        let group = match (self.name("group")?, &contrast_set, &source, date) {
            (Some(group), ..) => group,
            (None, Some(set), ..) => set.clone(),
            (None, None, Some(source), Some(date)) => format!("{source} {date}"),
            (None, None, Some(source), None) => source.clone(),
            _ => id.clone(),
        };
        let annotations = annotations.into_iter().flatten().map(|Annotation(label)| label).collect();
        Ok(Some(LabelledStatement {
            id,
            line: self.line,
            text,
            label,
            class,
            weight,
            soft_label,
            source,
            group,
            contrast_set,
            probe,
            annotations,
        }))
    }
}

impl Correction {
    /// Reads a record of `id` and a label; `None` if the label is null or missing with a text: not labelled yet.
    ///
    /// # Errors
    /// Names field and reason if the record breaks the form.
    pub fn read(line: usize, fields: Map<String, Value>, format: &RecordFormat) -> Result<Option<Self>> {
        Record { fields, format, line }.correction()
    }
}

fn non_empty(text: Option<String>) -> Result<String> {
    let text = text.ok_or_else(|| missing("text"))?;
    if text.trim().is_empty() { Err(Error::data("field \"text\": empty")) } else { Ok(text) }
}

/// The label of a record: by its name or number if the format converts them, else the numbers of this program.
fn label(fields: &Map<String, Value>, format: &RecordFormat) -> Result<Labelled> {
    let has = |name: &str| fields.get(name).is_some_and(|value| !value.is_null());
    let field = if has("label") || !fields.contains_key("outlook") { "label" } else { "outlook" };
    let name = match fields.get(field) {
        Some(Value::String(name)) => Some(name.trim().to_owned()),
        Some(Value::Bool(class)) => Some(class.to_string()),
        // class numbers are names too; an `outlook` that is a number is one on the scale
        Some(Value::Number(class)) if field == "label" => Some(class_number(class)),
        _ => None,
    };
    if let Some(name) = name.filter(|_| format.converts_labels()) {
        let (outlook, class) = convert(&name, format).map_err(|e| e.within(format!("field {field:?}")))?;
        let hedge = typed::<HedgeField>(fields)?.hedge.map(|Bounded(hedge)| hedge);
        let label = outlook.map_or(Label::NoBearing, |outlook| Label::Bears { outlook, hedge });
        return Ok(Labelled::Yes(label, class));
    }
    if !fields.contains_key("outlook") {
        return match fields.get("label") {
            Some(Value::Null) => Ok(Labelled::NotYet),
            Some(label) => Err(Error::data(format!(
                "field \"label\": {label} has no value on the scale of -3 to 3: --labels or --label-range gives it one"
            ))),
            None => Err(missing("label")),
        };
    }
    Ok(Labelled::Yes(typed::<LabelFields>(fields)?.label(fields.contains_key("hedge"))?, None))
}

/// The outlook of a label name, and its class; no class if the label is a number of a range.
fn convert(name: &str, format: &RecordFormat) -> Result<(Option<f64>, Option<String>)> {
    if let Some(map) = &format.label_map {
        return Ok((map.outlook(name)?, Some(name.to_owned())));
    }
    let Some(range) = &format.label_range else { return Err(missing("label")) };
    let number: f64 = name.parse().map_err(|_| Error::data(format!("must be a number, not {name:?}")))?;
    Ok((Some(range.outlook(number)?), None))
}

/// A class number as a name: `2` for 2 and 2.0, which some programs write for it.
fn class_number(number: &serde_json::Number) -> String {
    match number.as_f64() {
        Some(value) if value.fract() == 0.0 && value.abs() < 1e15 => format!("{value:.0}"),
        _ => number.to_string(),
    }
}

/// The error for an id that occurs again.
pub(crate) fn duplicate(id: &str) -> Error {
    Error::data(format!("field \"id\": {id:?} occurs twice"))
}
