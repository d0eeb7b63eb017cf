//! [`ResultColumns`]: the columns that scoring adds to a batch.

use std::sync::Arc;

use arrow_array::builder::{BinaryBuilder, Float64Builder, Int32Builder, StringBuilder};
use arrow_array::{ArrayRef, RecordBatch, RecordBatchOptions};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use detente::{Probability, ScoredStatement};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::errors::Failure;
use crate::scored::NativeScored;

/// The scored row of a batch.
pub(crate) enum ScoredRow {
    /// An article, with its packed form if that is asked for.
    Article(Box<NativeScored>, Option<Vec<u8>>),
    /// A row that is one statement, with the warnings of its reader.
    Statement(Box<ScoredStatement>, String),
}

/// Which columns are added.
#[derive(Clone)]
pub(crate) struct Layout {
    pub(crate) statements: bool,
    pub(crate) json: bool,
    pub(crate) items: bool,
    pub(crate) keep: bool,
    pub(crate) classes: Vec<String>,
    pub(crate) prefix: String,
}

impl Layout {
    /// The names and types of the columns, in order.
    fn added(&self) -> Vec<Field> {
        let column = |name: &str, data_type| Field::new(format!("{}{name}", self.prefix), data_type, true);
        let mut fields = vec![column("score", DataType::Float64)];
        if self.statements {
            fields.push(column("bearing", DataType::Float64));
            fields.push(column("hedge", DataType::Float64));
            if !self.classes.is_empty() {
                fields.push(column("label", DataType::Utf8));
                fields
                    .extend(self.classes.iter().map(|name| column(&format!("p_{name}"), DataType::Float64)));
            }
        } else {
            let numbers = ["low", "high", "hedge"].map(|name| column(name, DataType::Float64));
            fields.extend(numbers);
            fields.push(column("reading", DataType::Utf8));
            fields.push(column("statements", DataType::Int32));
            fields.push(column("bearing", DataType::Int32));
            fields.push(column("reason", DataType::Utf8));
        }
        fields.push(column("warnings", DataType::Utf8));
        fields.push(column("error", DataType::Utf8));
        if self.json {
            fields.push(column("json", DataType::Utf8));
        }
        if self.items {
            fields.push(column("item", DataType::Binary));
        }
        fields
    }

    /// The schema of the output.
    pub(crate) fn schema(&self, input: &Schema) -> PyResult<SchemaRef> {
        let added = self.added();
        let kept: Vec<Arc<Field>> = if self.keep { input.fields().to_vec() } else { Vec::new() };
        let taken: Vec<&str> = added
            .iter()
            .filter(|field| kept.iter().any(|kept| kept.name() == field.name()))
            .map(|field| field.name().as_str())
            .collect();
        if !taken.is_empty() {
            let message = format!(
                "the input has columns of the names that are added: {}; prefix= renames the added ones",
                taken.join(", ")
            );
            return Err(PyValueError::new_err(message));
        }
        let fields: Vec<Arc<Field>> = kept.into_iter().chain(added.into_iter().map(Arc::new)).collect();
        Ok(Arc::new(Schema::new_with_metadata(fields, input.metadata().clone())))
    }

    /// The output for a batch.
    pub(crate) fn batch(
        &self,
        input: &RecordBatch,
        schema: &SchemaRef,
        rows: &[Result<ScoredRow, Failure>],
    ) -> Result<RecordBatch, ArrowError> {
        let mut columns: Vec<ArrayRef> = if self.keep { input.columns().to_vec() } else { Vec::new() };
        columns.extend(if self.statements { self.of_statements(rows) } else { of_articles(rows) });
        columns.push(texts(rows, |row| Some(warnings_of(row)).filter(|warnings| !warnings.is_empty())));
        let mut errors = StringBuilder::new();
        for row in rows {
            errors.append_option(row.as_ref().err().map(|failure| &failure.message));
        }
        columns.push(Arc::new(errors.finish()));
        if self.json {
            columns.push(texts(rows, |row| match row {
                ScoredRow::Article(article, _) => Some(article.line()),
                ScoredRow::Statement(..) => None,
            }));
        }
        if self.items {
            let mut items = BinaryBuilder::new();
            for row in rows {
                items.append_option(row.as_ref().ok().and_then(|row| match row {
                    ScoredRow::Article(_, item) => item.as_deref(),
                    ScoredRow::Statement(..) => None,
                }));
            }
            columns.push(Arc::new(items.finish()));
        }
        let options = RecordBatchOptions::new().with_row_count(Some(input.num_rows()));
        RecordBatch::try_new_with_options(Arc::clone(schema), columns, &options)
    }

    fn of_statements(&self, rows: &[Result<ScoredRow, Failure>]) -> Vec<ArrayRef> {
        let of = |row: &ScoredRow, field: &dyn Fn(&ScoredStatement) -> Option<f64>| match row {
            ScoredRow::Statement(statement, _) => field(statement),
            ScoredRow::Article(..) => None,
        };
        let number = |field: &dyn Fn(&ScoredStatement) -> Option<f64>| numbers(rows, |row| of(row, field));
        let probability = |probability: Option<Probability>| probability.map(Probability::get);
        let mut columns = vec![
            number(&|s| Some(s.score.unwrap_or_default().get())),
            number(&|s| probability(s.bearing)),
            number(&|s| probability(s.hedge)),
        ];
        if !self.classes.is_empty() {
            columns.push(texts(rows, |row| match row {
                ScoredRow::Statement(statement, _) => statement.label.clone(),
                ScoredRow::Article(..) => None,
            }));
            columns.extend(self.classes.iter().map(|class| {
                number(&|s| probability(s.probabilities.as_ref().and_then(|found| found.get(class).copied())))
            }));
        }
        columns
    }
}

fn of_articles(rows: &[Result<ScoredRow, Failure>]) -> Vec<ArrayRef> {
    let outlook = |row: &ScoredRow, field: fn(&detente::Outlook) -> Option<f64>| match row {
        ScoredRow::Article(scored, _) => scored.article.outlook.as_ref().and_then(field),
        ScoredRow::Statement(..) => None,
    };
    let number = |field: fn(&detente::Outlook) -> Option<f64>| numbers(rows, |row| outlook(row, field));
    let article = |row: &ScoredRow, field: fn(&detente::ScoredArticle) -> Option<String>| match row {
        ScoredRow::Article(scored, _) => field(&scored.article),
        ScoredRow::Statement(..) => None,
    };
    let count = |field: fn(&detente::ScoredArticle) -> usize| -> ArrayRef {
        let mut counts = Int32Builder::with_capacity(rows.len());
        for row in rows {
            counts.append_option(row.as_ref().ok().and_then(|row| match row {
                ScoredRow::Article(scored, _) => i32::try_from(field(&scored.article)).ok(),
                ScoredRow::Statement(..) => None,
            }));
        }
        Arc::new(counts.finish())
    };
    vec![
        number(|outlook| Some(outlook.score.get())),
        number(|outlook| Some(outlook.low.get())),
        number(|outlook| Some(outlook.high.get())),
        number(|outlook| outlook.hedge.map(Probability::get)),
        texts(rows, |row| article(row, |a| a.outlook.as_ref().map(|outlook| outlook.reading.to_string()))),
        count(|article| article.statements.len()),
        count(|article| article.outlook.as_ref().map_or(0, |outlook| outlook.bearing)),
        texts(rows, |row| article(row, |a| a.reason.clone())),
    ]
}

/// The warnings of a row, as CSV has them.
pub(crate) fn warnings_of(row: &ScoredRow) -> String {
    match row {
        ScoredRow::Article(scored, _) => joined(&scored.article.warnings),
        ScoredRow::Statement(_, warnings) => warnings.clone(),
    }
}

/// The messages of warnings.
pub(crate) fn joined(warnings: &[detente::Warning]) -> String {
    let messages: Vec<&str> = warnings.iter().map(|warning| warning.message.as_str()).collect();
    messages.join("; ")
}

fn numbers(rows: &[Result<ScoredRow, Failure>], field: impl Fn(&ScoredRow) -> Option<f64>) -> ArrayRef {
    let mut column = Float64Builder::with_capacity(rows.len());
    for row in rows {
        column.append_option(row.as_ref().ok().and_then(&field));
    }
    Arc::new(column.finish())
}

fn texts(rows: &[Result<ScoredRow, Failure>], field: impl Fn(&ScoredRow) -> Option<String>) -> ArrayRef {
    let mut column = StringBuilder::new();
    for row in rows {
        column.append_option(row.as_ref().ok().and_then(&field));
    }
    Arc::new(column.finish())
}
