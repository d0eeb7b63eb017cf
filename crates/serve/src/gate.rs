//! [`Gate`]: admits requests up to a limit. A request is admitted before its body is read.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Counts the requests under way.
#[derive(Debug)]
pub(crate) struct Gate {
    admitted: AtomicUsize,
    limit: usize,
}

/// A request that was admitted. It counts until this is dropped, also if the client goes away.
#[derive(Debug)]
pub(crate) struct Admission(Arc<Gate>);

impl Gate {
    pub(crate) fn new(limit: usize) -> Arc<Self> {
        Arc::new(Self { admitted: AtomicUsize::new(0), limit: limit.max(1) })
    }

    /// Admits a request, unless as many as allowed are under way.
    pub(crate) fn admit(self: &Arc<Self>) -> Option<Admission> {
        let admit = |admitted| (admitted < self.limit).then_some(admitted + 1);
        self.admitted.fetch_update(Ordering::AcqRel, Ordering::Acquire, admit).ok()?;
        Some(Admission(Arc::clone(self)))
    }

    /// Requests under way.
    pub(crate) fn admitted(&self) -> usize {
        self.admitted.load(Ordering::Acquire)
    }
}

impl Drop for Admission {
    fn drop(&mut self) {
        self.0.admitted.fetch_sub(1, Ordering::AcqRel);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_counts_until_it_is_dropped() {
        let gate = Gate::new(2);
        let first = gate.admit().expect("free");
        let second = gate.admit().expect("free");
        assert!(gate.admit().is_none());
        assert_eq!(gate.admitted(), 2);
        drop(first);
        assert!(gate.admit().is_some());
        drop(second);
        assert_eq!(gate.admitted(), 0);
    }
}
