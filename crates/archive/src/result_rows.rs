//! Stores a result: the rows of `reading`, `result`, `side`, `statement` and `event`.

use detente::{Probability, Score, ScoredArticle, ScoredStatement};
use rusqlite::{Transaction, params};
use serde::Serialize;

use crate::result_form::PackedResult;

/// Version of the program, stored with each score: another version may score differently.
pub(crate) const VERSION: &str = env!("CARGO_PKG_VERSION");
/// Units of a stored score or probability.
const UNITS: f64 = 10_000.0;

/// Stores the result of a model for an article in place of an earlier one.
pub(crate) fn insert_result(
    transaction: &Transaction<'_>,
    article: i64,
    model: i64,
    scored: &ScoredArticle,
    packed: &PackedResult,
) -> rusqlite::Result<()> {
    transaction
        .prepare_cached("DELETE FROM reading WHERE article = ?1 AND model = ?2")?
        .execute([article, model])?;
    let outlook = scored.outlook.as_ref();
    transaction
        .prepare_cached(
            "INSERT INTO reading (article, model, version, score, low, high, reading, hedge, statements, bearing, thin,
                                  reason)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        )?
        .execute(params![
            article,
            model,
            VERSION,
            outlook.map(|outlook| score_units(outlook.score)),
            outlook.map(|outlook| score_units(outlook.low)),
            outlook.map(|outlook| score_units(outlook.high)),
            outlook.map(|outlook| outlook.reading.as_str()),
            outlook.and_then(|outlook| outlook.hedge).map(probability_units),
            scored.statements.len(),
            outlook.map_or(0, |outlook| outlook.bearing),
            outlook.is_some_and(|outlook| outlook.thin),
            scored.reason,
        ])?;
    transaction
        .prepare_cached("INSERT INTO result (article, model, json, item) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![article, model, packed.json, packed.item])?;
    for side in &scored.sides {
        transaction
            .prepare_cached(
                "INSERT INTO side (article, model, side, score, low, high, statements)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute(params![
                article,
                model,
                side.side,
                side.score.map(score_units),
                side.low.map(score_units),
                side.high.map(score_units),
                side.statements,
            ])?;
    }
    for statement in &scored.statements {
        insert_statement(transaction, article, model, statement)?;
    }
    Ok(())
}

/// Marks the results of other models as those of an earlier form of the article.
pub(crate) fn outdate_other_results(
    transaction: &Transaction<'_>,
    article: i64,
    model: i64,
) -> rusqlite::Result<()> {
    transaction
        .prepare_cached("UPDATE reading SET version = '' WHERE article = ?1 AND model <> ?2")?
        .execute([article, model])?;
    Ok(())
}

fn insert_statement(
    transaction: &Transaction<'_>,
    article: i64,
    model: i64,
    statement: &ScoredStatement,
) -> rusqlite::Result<()> {
    let speaker = statement.speaker.as_ref();
    transaction
        .prepare_cached(
            "INSERT INTO statement (article, model, n, start, \"end\", score, bearing, hedge, label, speaker, side, kind,
                                    \"from\", \"to\", background, clutter, weight, contribution)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)",
        )?
        .execute(params![
            article,
            model,
            statement.index,
            statement.span.start,
            statement.span.end,
            statement.score.map(score_units),
            statement.bearing.map(probability_units),
            statement.hedge.map(probability_units),
            statement.label,
            speaker.map(|speaker| &speaker.name),
            speaker.and_then(|speaker| speaker.side.as_ref()),
            speaker.map(|speaker| name_of(&speaker.kind)).transpose()?,
            statement.when.map(|when| when.from.to_string()),
            statement.when.map(|when| when.to.to_string()),
            statement.background,
            statement.clutter,
            units(statement.weight),
            units(statement.contribution),
        ])?;
    for (at, event) in statement.events.iter().enumerate() {
        transaction
            .prepare_cached(
                "INSERT INTO event (article, model, n, event, start, \"end\", predicate, lemma, object, agent, state,
                                    value)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
            )?
            .execute(params![
                article,
                model,
                statement.index,
                at,
                event.span.start,
                event.span.end,
                event.predicate,
                event.lemma,
                event.object,
                event.agent,
                name_of(&event.state)?,
                units(event.value),
            ])?;
    }
    Ok(())
}

/// A number in units of 0.0001.
pub(crate) fn units(value: f64) -> i64 {
    (value * UNITS).round() as i64
}

/// A stored number of units.
pub(crate) fn from_units(units: i64) -> f64 {
    units as f64 / UNITS
}

pub(crate) fn score_units(score: Score) -> i64 {
    units(score.get())
}

fn probability_units(probability: Probability) -> i64 {
    units(probability.get())
}

/// The name of a kind or state, as in JSON.
fn name_of<T: Serialize>(value: &T) -> rusqlite::Result<String> {
    let name = serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned));
    name.ok_or_else(|| rusqlite::Error::ToSqlConversionFailure("no name".into()))
}
