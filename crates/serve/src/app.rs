//! [`App`]: what all requests share.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use axum::http::StatusCode;
use detente::{Day, Engine, Scorer};
use tokio::sync::Semaphore;

use crate::access::Access;
use crate::gate::Gate;
use crate::metrics::{Gauges, Metrics};
use crate::problem::Problem;
use crate::settings::Limits;

/// The engine, the limits, and what is counted.
pub(crate) struct App {
    pub(crate) engine: Engine,
    pub(crate) model_checksum: String,
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
    pub(crate) fn new(settings: crate::ServeSettings) -> Self {
        let core_count = std::thread::available_parallelism().map_or(1, usize::from);
        let crate::ServeSettings { engine, model_checksum, news_until, addresses, allowed_hosts, .. } = settings;
        Self {
            engine,
            model_checksum,
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
        }
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
