//! The audit trail: what was counted in Redis at the scrape, of which all workers tell the same, and what this worker
//! could not write down.

use std::sync::atomic::AtomicU64;

use entity::{
    metrics::{Labels, ShardLabels},
    trail::Counts,
};
use prometheus_client::{
    metrics::{counter::Counter, family::Family, gauge::Gauge},
    registry::{Registry, Unit},
};

/// Why a trail was dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dropped {
    /// The database refused it, for a day.
    Refused,
    /// Neither worker nor database came for it within a day.
    Expired,
    /// What lies in Redis cannot be read.
    Unreadable,
}

impl Dropped {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Refused, Self::Expired, Self::Unreadable];

    /// Its name in metrics and logs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::Expired => "expired",
            Self::Unreadable => "unreadable",
        }
    }
}

/// What this worker could not write down.
#[derive(Clone, Debug)]
pub struct Unwritten {
    dropped: Family<Labels<1>, Counter>,
    refusals: Counter,
}

impl Default for Unwritten {
    fn default() -> Self {
        let dropped = Family::<Labels<1>, Counter>::default();
        for reason in Dropped::ALL {
            let _ = dropped.get_or_create(&Labels([("reason", reason.name())]));
        }
        Self { dropped, refusals: Counter::default() }
    }
}

impl Unwritten {
    pub(super) fn register(&self, registry: &mut Registry) {
        registry.register(
            "rekey_audit_trails_dropped",
            "Challenges of which the audit trail does not tell, or not all, by the reason",
            self.dropped.clone(),
        );
        registry.register(
            "rekey_audit_refusals",
            "Times that the database refused what the trail of a challenge tells; it is tried again for a day",
            self.refusals.clone(),
        );
    }

    /// Counts a trail that is dropped.
    pub fn dropped(&self, reason: Dropped) {
        self.dropped.get_or_create(&Labels([("reason", reason.name())])).inc();
    }

    /// Refusals, and trails that were dropped in the order of [`Dropped::ALL`], of this process so far.
    #[cfg(test)]
    pub fn so_far(&self) -> (u64, [u64; Dropped::ALL.len()]) {
        let dropped = |reason: Dropped| self.dropped.get_or_create(&Labels([("reason", reason.name())])).get();
        (self.refusals.get(), Dropped::ALL.map(dropped))
    }

    /// Counts a trail that the database refused.
    pub fn refused(&self) {
        self.refusals.inc();
    }
}

/// The trails of all shards; empty while Redis does not answer.
#[derive(Debug, Default)]
pub struct Trails {
    all: Family<ShardLabels<0>, Gauge>,
    due: Family<ShardLabels<0>, Gauge>,
    overdue: Family<ShardLabels<0>, Gauge<f64, AtomicU64>>,
}

impl Trails {
    pub fn register(&self, registry: &mut Registry) {
        registry.register(
            "rekey_audit_trails",
            "Trails of challenges that lie in Redis, most of them until nothing can happen any more",
            self.all.clone(),
        );
        registry.register(
            "rekey_audit_due_trails",
            "Trails of challenges that the worker should have written down by now",
            self.due.clone(),
        );
        registry.register_with_unit(
            "rekey_audit_overdue",
            "For how long the first trail is due; 0 if none is",
            Unit::Seconds,
            self.overdue.clone(),
        );
    }

    /// Tells these counts, by shard, from now on; none if Redis did not answer.
    pub fn set(&self, counts: Option<&[(u16, Counts)]>) {
        let Some(counts) = counts else {
            self.all.clear();
            self.due.clear();
            self.overdue.clear();
            return;
        };
        let gauge = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
        for (shard, counts) in counts {
            let labels = ShardLabels(*shard, []);
            self.all.get_or_create(&labels).set(gauge(counts.all));
            self.due.get_or_create(&labels).set(gauge(counts.due));
            self.overdue.get_or_create(&labels).set(counts.overdue.as_secs_f64());
        }
    }
}
