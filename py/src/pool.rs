//! [`pool`]: a thread pool that survives a fork.

use std::sync::{Arc, Mutex, PoisonError};

use pyo3::exceptions::PyOSError;
use pyo3::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};

/// The pool of a process: its process id, its number of threads, the pool.
type Owned = (u32, usize, Arc<ThreadPool>);

static POOL: Mutex<Option<Owned>> = Mutex::new(None);

/// Returns a pool of `jobs` threads, or of as many as the machine has cores.
///
/// After a fork the threads of the parent's pool do not exist in the child; that pool is left alone, as dropping it
/// would wait for them.
pub(crate) fn pool(jobs: Option<usize>) -> PyResult<Arc<ThreadPool>> {
    let cores = || std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let jobs = jobs.filter(|jobs| *jobs > 0).unwrap_or_else(cores);
    let mut current = POOL.lock().unwrap_or_else(PoisonError::into_inner);
    let process = std::process::id();
    if let Some((owner, threads, pool)) = &*current {
        if *owner == process && *threads == jobs {
            return Ok(Arc::clone(pool));
        }
        if *owner != process {
            std::mem::forget(current.take());
        }
    }
    let pool = ThreadPoolBuilder::new().num_threads(jobs).thread_name(|at| format!("detente-{at}")).build();
    let pool = Arc::new(pool.map_err(|error| PyOSError::new_err(error.to_string()))?);
    *current = Some((process, jobs, Arc::clone(&pool)));
    Ok(pool)
}
