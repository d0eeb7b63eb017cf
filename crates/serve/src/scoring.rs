//! [`ScoreOptions`]: how a request wants its articles scored, and [`score_line`], which scores one.

use std::slice;
use std::sync::atomic::Ordering;

use detente::internals::map_offsets;
use detente::{Article, Engine, Profile, ScoredArticle, Scorer};
use detente_report::{JsonLinesReport, Report};

use crate::app::App;
use crate::params::Params;
use crate::problem::Problem;

/// How articles are scored, by the parameters of an address, which are those of the program.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct ScoreOptions {
    /// Each record is one statement.
    pub(crate) statements: bool,
    date_from_text: bool,
    any_language: bool,
    aggregate: Option<Profile>,
}

impl ScoreOptions {
    pub(crate) fn of(params: &mut Params) -> Result<Self, Problem> {
        let aggregate = params.text("aggregate").filter(|name| name != "learned");
        let aggregate = aggregate.map(|name| name.parse()).transpose();
        Ok(Self {
            statements: params.is_on("statements")?,
            date_from_text: params.is_on("date_from_text")?,
            any_language: params.is_on("any_language")?,
            aggregate: aggregate.map_err(|error| Problem::parameter("aggregate", error))?,
        })
    }

    /// The engine for these options.
    pub(crate) fn engine(self, engine: &Engine) -> Engine {
        let engine = engine.clone().any_language(self.any_language);
        let Some(profile) = self.aggregate else { return engine };
        let aggregation = engine.model().aggregation().alone(profile);
        engine.aggregate(aggregation)
    }

    /// Corrects the date of an article if that is asked for.
    pub(crate) fn prepare(self, article: &mut Article) {
        if self.date_from_text {
            article.correct_date();
        }
    }

    fn is_default(self) -> bool {
        !self.any_language && self.aggregate.is_none()
    }
}

/// Scores articles and writes each as a line of JSON Lines, with the bytes that the program writes.
pub(crate) struct LineWriter<'a> {
    app: &'a App,
    engine: Option<Engine>,
    options: ScoreOptions,
    report: JsonLinesReport,
}

impl<'a> LineWriter<'a> {
    pub(crate) fn new(app: &'a App, options: ScoreOptions) -> Self {
        let engine = (!options.is_default()).then(|| options.engine(&app.engine));
        Self { app, engine, options, report: JsonLinesReport::default() }
    }

    /// Appends the line of `article` to `lines`.
    pub(crate) fn write(
        &mut self,
        scorer: &mut Scorer,
        mut article: Article,
        lines: &mut Vec<u8>,
    ) -> Result<(), Problem> {
        self.options.prepare(&mut article);
        self.app.metrics.articles.fetch_add(1, Ordering::Relaxed);
        let written = if self.options.statements {
            let mut statement = Engine::score_unsplit_with(scorer, &article);
            if let Some(map) = &article.source_map {
                map_offsets(slice::from_mut(&mut statement), map);
            }
            self.report.statement(&article.id, &statement, lines)
        } else {
            let engine = self.engine.as_ref().unwrap_or(&self.app.engine);
            let mut scored = engine.score_with(scorer, &article);
            map_to_source(&mut scored, &article);
            self.report.article(&scored, lines)
        };
        written.map_err(Problem::cannot_write)
    }
}

/// Maps offsets to the text as it was sent, if it was converted.
pub(crate) fn map_to_source(scored: &mut ScoredArticle, article: &Article) {
    if let Some(map) = &article.source_map {
        map_offsets(&mut scored.statements, map);
    }
}
