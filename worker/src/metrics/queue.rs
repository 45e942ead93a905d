//! What the queue holds, as it was counted in Redis at the scrape. All workers tell the same of it.

use std::sync::atomic::AtomicU64;

use entity::metrics::ShardLabels;
use prometheus_client::{
    metrics::{counter::Counter, family::Family, gauge::Gauge},
    registry::{Registry, Unit},
};

use crate::queue::{CLASSES, Counts, DELAYED_CLASSES};

/// The queue's own counters, in the hash `stats` of each shard.
const EVENTS: [&str; 14] = [
    "claimed",
    "done",
    "retried",
    "deferred",
    "released",
    "reaped",
    "expired",
    "buried",
    "dead_trimmed",
    "redriven",
    "dropped",
    "duplicates",
    "lost_bytes",
    "recovered",
];

/// Seconds.
type Seconds = Gauge<f64, AtomicU64>;

/// The gauges of all shards; empty while Redis does not answer, so that nobody takes old numbers for new ones.
#[derive(Debug, Default)]
pub struct Depth {
    waiting: Family<ShardLabels<1>, Gauge>,
    oldest: Family<ShardLabels<1>, Seconds>,
    held: Family<ShardLabels<1>, Gauge>,
    due: Family<ShardLabels<1>, Gauge>,
    overdue: Family<ShardLabels<1>, Seconds>,
    lapsed: Family<ShardLabels<0>, Gauge>,
    violations: Family<ShardLabels<0>, Gauge>,
    events: Family<ShardLabels<1>, Counter>,
}

impl Depth {
    pub fn register(&self, registry: &mut Registry) {
        registry.register("rekey_queue_waiting_jobs", "Jobs that wait in the lists", self.waiting.clone());
        registry.register_with_unit(
            "rekey_queue_oldest_waiting_age",
            "Age of the job that is taken next, if it says when it was pushed; 0 if none waits",
            Unit::Seconds,
            self.oldest.clone(),
        );
        registry.register("rekey_queue_held_jobs", "Jobs that are leased, delayed or dead", self.held.clone());
        registry.register("rekey_queue_due_jobs", "Delayed jobs whose time has come", self.due.clone());
        registry.register_with_unit(
            "rekey_queue_overdue",
            "For how long the first delayed job is due; 0 if none is",
            Unit::Seconds,
            self.overdue.clone(),
        );
        registry.register("rekey_queue_lapsed_leases", "Leases that are over and not ended yet", self.lapsed.clone());
        registry.register(
            "rekey_queue_invariant_violations",
            "Jobs that lack their bytes, their record or their place, or lie twice, at least (two may cancel out); 0 if all is well",
            self.violations.clone(),
        );
        registry.register(
            "rekey_queue_events",
            "What happened to jobs, as Redis counts it for all workers",
            self.events.clone(),
        );
    }

    /// Tells these counts, by shard, from now on; none if Redis did not answer.
    pub fn set(&self, counts: Option<&[(u16, Counts)]>) {
        let Some(counts) = counts else { return self.clear() };
        for (shard, counts) in counts {
            self.set_shard(*shard, counts);
        }
    }

    fn set_shard(&self, shard: u16, counts: &Counts) {
        let (alone, seconds) = (ShardLabels(shard, []), |ms: u64| ms as f64 / 1_000.0);
        for (class, waiting) in CLASSES.into_iter().zip(&counts.ready) {
            let labels = ShardLabels(shard, [("class", class)]);
            self.waiting.get_or_create(&labels).set(gauge(waiting.jobs));
            match (waiting.jobs, waiting.oldest) {
                (0, _) => drop(self.oldest.get_or_create(&labels).set(0.0)),
                (_, Some(since)) => drop(self.oldest.get_or_create(&labels).set(seconds(counts.age(since)))),
                (_, None) => drop(self.oldest.remove(&labels)),
            }
        }
        for (state, jobs) in [("leased", counts.leased), ("delayed", counts.all_delayed()), ("dead", counts.dead)] {
            self.held.get_or_create(&ShardLabels(shard, [("state", state)])).set(gauge(jobs));
        }
        for (class, delayed) in DELAYED_CLASSES.into_iter().zip(&counts.delayed) {
            let labels = ShardLabels(shard, [("class", class)]);
            self.due.get_or_create(&labels).set(gauge(delayed.due));
            let overdue = delayed.due_since.map_or(0, |since| counts.age(since));
            self.overdue.get_or_create(&labels).set(seconds(overdue));
        }
        self.lapsed.get_or_create(&alone).set(gauge(counts.lapsed));
        self.violations.get_or_create(&alone).set(gauge(counts.violations()));
        for event in EVENTS {
            let counter = self.events.get_or_create_owned(&ShardLabels(shard, [("event", event)]));
            // It is Redis that counts.
            counter
                .inner()
                .store(counts.counters.get(event).copied().unwrap_or(0), std::sync::atomic::Ordering::Relaxed);
        }
    }

    fn clear(&self) {
        self.waiting.clear();
        self.oldest.clear();
        self.held.clear();
        self.due.clear();
        self.overdue.clear();
        self.lapsed.clear();
        self.violations.clear();
        self.events.clear();
    }
}

fn gauge(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
