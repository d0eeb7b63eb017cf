//! [`App`]: what all requests share.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Instant;

use axum::http::StatusCode;
use detente::{Day, Engine, Scorer};
use detente_archive::Scoring;
use tokio::sync::Semaphore;

use crate::access::Access;
use crate::example::example_store;
use crate::gate::Gate;
use crate::metrics::{Gauges, Metrics};
use crate::problem::Problem;
use crate::serve_error::ServeError;
use crate::settings::{Limits, ServeSettings};
use crate::store::Store;

/// Forms with files that are read at a time.
const MAX_FORMS: usize = 4;

/// The engine, the limits, and what is counted.
pub(crate) struct App {
    pub(crate) engine: Engine,
    pub(crate) scoring: Scoring,
    /// Filed articles.
    pub(crate) store: Store,
    /// The example negotiation.
    pub(crate) example: Store,
    /// Its brief, once it was asked for.
    pub(crate) example_brief: OnceLock<String>,
    /// A permit for each form with files that is read at a time: such a form may be long.
    pub(crate) forms: Semaphore,
    pub(crate) news_until: Option<Day>,
    pub(crate) access: Access,
    pub(crate) open_metrics: bool,
    pub(crate) limits: Limits,
    pub(crate) gate: Arc<Gate>,
    pub(crate) metrics: Metrics,
    pub(crate) connections: AtomicUsize,
    started: Instant,
    /// Scorers that no thread uses now.
    scorers: Mutex<Vec<Scorer>>,
    /// A permit for each core.
    cores: Semaphore,
    core_count: usize,
}

pub(crate) type SharedApp = Arc<App>;

impl App {
    /// # Errors
    /// If the archive cannot be opened.
    pub(crate) fn new(settings: ServeSettings) -> Result<Self, ServeError> {
        let core_count = std::thread::available_parallelism().map_or(1, usize::from);
        let ServeSettings { engine, model, news_until, addresses, allowed_hosts, .. } = settings;
        let scoring = Scoring::new(engine.clone(), model);
        let cannot_open = |error: detente::Error| ServeError::Archive(error.to_string());
        Ok(Self {
            store: Store::open(settings.archive.as_deref(), scoring.clone()).map_err(cannot_open)?,
            example: example_store(scoring.clone()).map_err(cannot_open)?,
            example_brief: OnceLock::new(),
            forms: Semaphore::new(MAX_FORMS),
            engine,
            scoring,
            news_until,
            access: Access::new(&addresses, &allowed_hosts, settings.token),
            open_metrics: settings.open_metrics,
            limits: settings.limits,
            gate: Gate::new(settings.limits.requests),
            metrics: Metrics::default(),
            connections: AtomicUsize::new(0),
            started: Instant::now(),
            scorers: Mutex::default(),
            cores: Semaphore::new(core_count),
            core_count,
        })
    }

    /// Gives `work` a scorer.
    pub(crate) fn with_scorer<T>(&self, work: impl FnOnce(&mut Scorer) -> T) -> T {
        let spare = self.scorers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut scorer = spare.unwrap_or_else(|| self.engine.scorer());
        let done = work(&mut scorer);
        let mut scorers = self.scorers.lock().unwrap_or_else(PoisonError::into_inner);
        if scorers.len() < self.core_count {
            scorers.push(scorer);
        }
        done
    }

    /// Does `work` on a thread for long tasks, as soon as a core is free.
    ///
    /// # Errors
    /// If no core is free for as long as a client is waited for, or the work panics.
    pub(crate) async fn run<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&App) -> T + Send + 'static,
    ) -> Result<T, Problem> {
        let core = tokio::time::timeout(self.limits.patience, self.cores.acquire()).await;
        let Ok(Ok(_core)) = core else { return Err(Problem::busy()) };
        let app = Arc::clone(self);
        let done = tokio::task::spawn_blocking(move || work(&app)).await;
        done.map_err(|error| {
            tracing::error!(%error, "a request failed");
            Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "an internal fault; the log has more")
        })
    }

    /// Waits for a core on a thread for long tasks.
    pub(crate) fn wait_for_core(&self) -> Option<tokio::sync::SemaphorePermit<'_>> {
        tokio::runtime::Handle::current().block_on(self.cores.acquire()).ok()
    }

    pub(crate) fn gauges(&self) -> Gauges {
        Gauges {
            admitted: self.gate.admitted(),
            connections: self.connections.load(Ordering::Relaxed),
            uptime: self.started.elapsed(),
        }
    }
}
