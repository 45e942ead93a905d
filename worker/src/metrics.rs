//! The worker's metrics: what it counts itself, and what is asked of Redis and the database when they are scraped.

mod audit;
mod queue;
mod scrape;
mod smtp;
#[cfg(test)]
mod tests;
mod webhook;

use std::{sync::LazyLock, time::Duration};

use entity::{
    job::Job,
    metrics::{Histograms, Labels, durations, latencies},
};
use prometheus_client::{
    metrics::{counter::Counter, family::Family, gauge::Gauge},
    registry::{Registry, Unit},
};

pub use audit::Dropped;
pub use scrape::Scrape;

use crate::work::Class;

/// What this process counts. There is one of it, as there is one process.
pub static METRICS: LazyLock<Metrics> = LazyLock::new(Metrics::new);

/// What [`Metrics::ended`] is told: all that may become of an attempt at a job.
pub const OUTCOMES: [&str; 10] =
    ["sent", "done", "retry", "defer", "later", "dead", "released", "expired", "lost", "abandoned"];
/// The type of bytes that are no job, or none that this version knows.
pub const UNKNOWN: &str = "unknown";
/// Classes of jobs that have a breaker.
const BREAKERS: [&str; 2] = [Class::Mail.name(), Class::Webhook.name()];

/// What this process counts.
pub struct Metrics {
    in_flight: Gauge,
    concurrency: Gauge,
    outcomes: Family<Labels<2>, Counter>,
    attempts: Histograms,
    latencies: Histograms,
    panics: Counter,
    reaped: Counter,
    breakers: Family<Labels<1>, Gauge>,
    /// Replies of the mail server.
    pub smtp: smtp::Replies,
    /// Answers to webhooks.
    pub webhook: webhook::Answers,
    /// Trails of challenges that could not be written down.
    pub audit: audit::Unwritten,
}

/// A job that is running: it counts as in flight until this is dropped.
pub struct Flight(());

impl Drop for Flight {
    fn drop(&mut self) {
        METRICS.in_flight.dec();
    }
}

impl Metrics {
    fn new() -> Self {
        let metrics = Self {
            in_flight: Gauge::default(),
            concurrency: Gauge::default(),
            outcomes: Family::default(),
            attempts: Family::new_with_constructor(durations),
            latencies: Family::new_with_constructor(latencies),
            panics: Counter::default(),
            reaped: Counter::default(),
            breakers: Family::default(),
            smtp: smtp::Replies::default(),
            webhook: webhook::Answers::default(),
            audit: audit::Unwritten::default(),
        };
        // Series that begin at nothing let a query see the first event.
        for kind in Job::TYPES {
            for outcome in OUTCOMES {
                let _ = metrics.outcomes.get_or_create(&Labels([("type", kind), ("outcome", outcome)]));
            }
            let _ = metrics.attempts.get_or_create(&Labels([("type", kind)]));
            let _ = metrics.latencies.get_or_create(&Labels([("type", kind)]));
        }
        for class in BREAKERS {
            metrics.breaker(class, false);
        }
        metrics
    }

    fn register(&self, registry: &mut Registry) {
        registry.register(
            "rekey_worker_jobs_in_flight",
            "Jobs of this worker, those that are being acknowledged too: twice the most at most",
            self.in_flight.clone(),
        );
        registry.register("rekey_worker_concurrency", "Jobs that this worker runs at most", self.concurrency.clone());
        registry.register(
            "rekey_worker_job_outcomes",
            "Attempts at jobs by what became of them",
            self.outcomes.clone(),
        );
        registry.register_with_unit(
            "rekey_worker_job_attempt_duration",
            "How long an attempt at a job took",
            Unit::Seconds,
            self.attempts.clone(),
        );
        registry.register_with_unit(
            "rekey_worker_delivery_latency",
            "From the push of a job to its delivery",
            Unit::Seconds,
            self.latencies.clone(),
        );
        registry.register("rekey_worker_job_panics", "Jobs that panicked in this worker", self.panics.clone());
        registry.register(
            "rekey_worker_leases_reaped",
            "Leases of dead workers that this one ended",
            self.reaped.clone(),
        );
        registry.register(
            "rekey_worker_breaker_open",
            "1 while jobs of the class are not claimed, but for a probe, because our side is at fault",
            self.breakers.clone(),
        );
        self.smtp.register(registry);
        self.webhook.register(registry);
        self.audit.register(registry);
    }

    /// Notes how many jobs this worker runs at most.
    pub fn concurrency(&self, most: usize) {
        self.concurrency.set(i64::try_from(most).unwrap_or(i64::MAX));
    }

    /// Counts a job that begins.
    #[must_use]
    pub fn begin(&self) -> Flight {
        self.in_flight.inc();
        Flight(())
    }

    /// Counts an attempt that ended, with one of [`OUTCOMES`]. `latency` is the time since the job was pushed, for one
    /// that was sent and says when that was.
    pub fn ended(&self, kind: &'static str, outcome: &'static str, took: Duration, latency: Option<Duration>) {
        self.outcomes.get_or_create(&Labels([("type", kind), ("outcome", outcome)])).inc();
        self.attempts.get_or_create(&Labels([("type", kind)])).observe(took.as_secs_f64());
        if let Some(latency) = latency {
            self.latencies.get_or_create(&Labels([("type", kind)])).observe(latency.as_secs_f64());
        }
    }

    /// Counts a job that panicked.
    pub fn panicked(&self) {
        self.panics.inc();
    }

    /// Counts leases that were ended.
    pub fn reaped(&self, leases: u64) {
        self.reaped.inc_by(leases);
    }

    /// Notes whether the breaker of a class is open: its jobs wait then.
    pub fn breaker(&self, class: &'static str, open: bool) {
        self.breakers.get_or_create(&Labels([("class", class)])).set(open.into());
    }
}
