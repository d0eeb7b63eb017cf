//! [`Metrics`]: what the server counts, in the text format of Prometheus.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Upper ends of the buckets of durations, in seconds.
const BUCKETS: [f64; 10] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 2.0, 10.0];

/// Counters since the start.
#[derive(Debug, Default)]
pub(crate) struct Metrics {
    /// By method, route and status.
    requests: Mutex<BTreeMap<(String, String, u16), u64>>,
    durations: [AtomicU64; BUCKETS.len()],
    duration_micros: AtomicU64,
    answered: AtomicU64,
    /// Articles scored.
    pub(crate) articles: AtomicU64,
    /// Bytes of bodies read.
    pub(crate) body_bytes: AtomicU64,
    /// Requests refused because the server was busy.
    pub(crate) refused: AtomicU64,
}

/// What is measured when the metrics are asked for.
pub(crate) struct Gauges {
    pub(crate) admitted: usize,
    pub(crate) connections: usize,
    pub(crate) uptime: Duration,
}

impl Metrics {
    /// Counts an answer.
    pub(crate) fn count(&self, method: &str, route: &str, status: u16, took: Duration) {
        let mut requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        *requests.entry((method.to_owned(), route.to_owned(), status)).or_default() += 1;
        drop(requests);
        let seconds = took.as_secs_f64();
        if let Some(at) = BUCKETS.iter().position(|end| seconds <= *end)
            && let Some(bucket) = self.durations.get(at)
        {
            bucket.fetch_add(1, Ordering::Relaxed);
        }
        self.duration_micros.fetch_add(took.as_micros() as u64, Ordering::Relaxed);
        self.answered.fetch_add(1, Ordering::Relaxed);
    }

    /// All metrics as text.
    pub(crate) fn text(&self, gauges: &Gauges) -> String {
        let mut text = Text::default();
        let load = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        text.head("detente_requests_total", "counter", "Answers by method, route and status.");
        for ((method, route, status), count) in
            self.requests.lock().unwrap_or_else(PoisonError::into_inner).iter()
        {
            let labels = format!("{{method=\"{method}\",route=\"{route}\",status=\"{status}\"}}");
            text.line("detente_requests_total", &labels, count);
        }
        let name = "detente_request_seconds";
        text.head(name, "histogram", "Time from the head of a request to the head of its answer.");
        let mut below = 0;
        for (end, bucket) in BUCKETS.iter().zip(&self.durations) {
            below += load(bucket);
            text.line(&format!("{name}_bucket"), &format!("{{le=\"{end}\"}}"), below);
        }
        text.line(&format!("{name}_bucket"), "{le=\"+Inf\"}", load(&self.answered));
        text.line(&format!("{name}_sum"), "", load(&self.duration_micros) as f64 / 1e6);
        text.line(&format!("{name}_count"), "", load(&self.answered));
        text.single("detente_articles_total", "counter", "Articles scored.", load(&self.articles));
        text.single("detente_body_bytes_total", "counter", "Bytes of bodies read.", load(&self.body_bytes));
        text.single("detente_refused_total", "counter", "Requests refused while busy.", load(&self.refused));
        text.single("detente_requests_in_progress", "gauge", "Requests under way.", gauges.admitted);
        text.single("detente_connections", "gauge", "Open connections.", gauges.connections);
        text.single("detente_uptime_seconds", "gauge", "Time since the start.", gauges.uptime.as_secs());
        text.0
    }
}

#[derive(Default)]
struct Text(String);

impl Text {
    fn head(&mut self, name: &str, kind: &str, help: &str) {
        // writing to a string cannot fail
        let _ = writeln!(self.0, "# HELP {name} {help}\n# TYPE {name} {kind}");
    }

    fn line(&mut self, name: &str, labels: &str, value: impl std::fmt::Display) {
        let _ = writeln!(self.0, "{name}{labels} {value}");
    }

    fn single(&mut self, name: &str, kind: &str, help: &str, value: impl std::fmt::Display) {
        self.head(name, kind, help);
        self.line(name, "", value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_are_cumulative() {
        let metrics = Metrics::default();
        for millis in [1, 3, 3, 60_000] {
            metrics.count("POST", "/v1/score", 200, Duration::from_millis(millis));
        }
        let gauges = Gauges { admitted: 0, connections: 1, uptime: Duration::from_secs(7) };
        let text = metrics.text(&gauges);
        for line in [
            "detente_requests_total{method=\"POST\",route=\"/v1/score\",status=\"200\"} 4",
            "detente_request_seconds_bucket{le=\"0.001\"} 1",
            "detente_request_seconds_bucket{le=\"0.005\"} 3",
            "detente_request_seconds_bucket{le=\"10\"} 3",
            "detente_request_seconds_bucket{le=\"+Inf\"} 4",
            "detente_request_seconds_sum 60.007",
            "detente_uptime_seconds 7",
        ] {
            assert!(text.lines().any(|found| found == line), "{line} in {text}");
        }
    }
}
