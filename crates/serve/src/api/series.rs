//! `POST /v1/timeline`, `/v1/compare` and `/v1/brief`: outlooks over time, of articles or of scored articles.

use axum::extract::{Request, State};
use axum::response::Response;
use detente_input::InputOptions;
use detente_report::{BriefFormat, SeriesFormat, write_brief, write_comparison, write_timeline};
use detente_timeline::{DateLimits, Retain, SetSelector, compare, timeline};
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::api::explain::TEXT_WIDTH;
use crate::app::{App, SharedApp};
use crate::articles::read_options;
use crate::body::{ReadBody, read_body};
use crate::params::Params;
use crate::problem::Problem;
use crate::reply::{HTML, JSON, JSON_LINES, TEXT, reply};
use crate::scoring::ScoreOptions;
use crate::series::{BriefParams, SeriesReader, TimelineParams, date_limits, sets};

pub(crate) async fn post_timeline(
    State(app): State<SharedApp>,
    request: Request,
) -> Result<Response, Problem> {
    let mut params = Params::of(request.uri())?;
    let read = ReadParams::of(&mut params, &app)?;
    let wanted = TimelineParams::of(&mut params)?;
    let limits = DateLimits { first_prints: wanted.settings.causal, ..date_limits(&mut params)? };
    let format = params.value("format")?.unwrap_or(SeriesFormat::Json);
    params.finish()?;
    let body = read_body(&app, request).await?;
    let retain = Retain { statements: wanted.needs_statements(), ..Retain::default() };
    let work = move |app: &App| {
        let mut reader = SeriesReader::new(app, retain, read.options);
        reader.read(&body, &read.input, false)?;
        let found = timeline(&reader.collector.finish(&limits)?, &wanted.settings(app.news_until))?;
        let mut written = Vec::new();
        write_timeline(&found, format, TEXT_WIDTH, &mut written).map_err(Problem::cannot_write)?;
        Ok::<_, Problem>(written)
    };
    Ok(reply(series_type(format), app.run(work).await??))
}

pub(crate) async fn post_compare(
    State(app): State<SharedApp>,
    request: Request,
) -> Result<Response, Problem> {
    let mut params = Params::of(request.uri())?;
    let read = ReadParams::of(&mut params, &app)?;
    let selected = sets(&mut params)?;
    let limits = date_limits(&mut params)?;
    let format = params.value("format")?.unwrap_or(SeriesFormat::Json);
    params.finish()?;
    let body = read_body(&app, request).await?;
    let retain = Retain { statements: true, texts: true, ..Retain::default() };
    let work = move |app: &App| {
        let mut reader = SeriesReader::new(app, retain, read.options);
        let selected = if let Some(selected) = selected {
            reader.read(&body, &read.input, false)?;
            selected
        } else {
            let [first, second] = two_sets(&body)?;
            reader.read(&first, &read.input, false)?;
            reader.read(&second, &read.input, true)?;
            SetSelector::Inputs("first".to_owned(), "second".to_owned())
        };
        let found = compare(&reader.collector.finish(&limits)?, &selected)?;
        let mut written = Vec::new();
        write_comparison(&found, format, TEXT_WIDTH, &mut written).map_err(Problem::cannot_write)?;
        Ok::<_, Problem>(written)
    };
    Ok(reply(series_type(format), app.run(work).await??))
}

pub(crate) async fn post_brief(State(app): State<SharedApp>, request: Request) -> Result<Response, Problem> {
    let mut params = Params::of(request.uri())?;
    let read = ReadParams::of(&mut params, &app)?;
    let wanted = BriefParams::of(&mut params)?;
    let format = params.value("format")?.unwrap_or(BriefFormat::Json);
    params.finish()?;
    let body = read_body(&app, request).await?;
    let work = move |app: &App| {
        let mut reader = SeriesReader::new(app, BriefParams::RETAIN, read.options);
        reader.read(&body, &read.input, false)?;
        let report = wanted.report(reader.collector, app.news_until)?;
        let mut written = Vec::new();
        write_brief(&report, format, TEXT_WIDTH, &mut written).map_err(Problem::cannot_write)?;
        Ok::<_, Problem>(written)
    };
    Ok(reply(brief_type(format), app.run(work).await??))
}

/// How the articles of a body are read and scored.
struct ReadParams {
    input: InputOptions,
    options: ScoreOptions,
}

impl ReadParams {
    fn of(params: &mut Params, app: &App) -> Result<Self, Problem> {
        Ok(Self { input: read_options(params, &app.limits)?, options: ScoreOptions::of(params)? })
    }
}

/// The two sets of `{"first":[…],"second":[…]}`, each as a body.
fn two_sets(body: &ReadBody) -> Result<[ReadBody; 2], Problem> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Sets<'a> {
        #[serde(borrow)]
        first: &'a RawValue,
        #[serde(borrow)]
        second: &'a RawValue,
    }
    let sets: Sets = serde_json::from_slice(&body.bytes).map_err(|error| {
        let message = format!(
            "{error}: the body is {{\"first\":[…],\"second\":[…]}}, or articles with the parameter split, before and \
             after, or sides"
        );
        Problem::new(axum::http::StatusCode::UNPROCESSABLE_ENTITY, message)
    })?;
    let body = |set: &RawValue| ReadBody {
        bytes: set.get().as_bytes().to_vec().into(),
        media_type: JSON.to_owned(),
    };
    Ok([body(sets.first), body(sets.second)])
}

/// The media type of a brief's format.
pub(crate) fn brief_type(format: BriefFormat) -> &'static str {
    match format {
        BriefFormat::Json => JSON,
        BriefFormat::Html => HTML,
        BriefFormat::Markdown | BriefFormat::Text => TEXT,
    }
}

/// The media type of a series format.
pub(crate) fn series_type(format: SeriesFormat) -> &'static str {
    match format {
        SeriesFormat::Json => JSON,
        SeriesFormat::Jsonl => JSON_LINES,
        SeriesFormat::Csv => "text/csv; charset=utf-8",
        SeriesFormat::Svg => "image/svg+xml",
        SeriesFormat::Html => HTML,
        SeriesFormat::Text | SeriesFormat::Markdown => TEXT,
    }
}
