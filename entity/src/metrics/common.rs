//! What every program of ours tells of itself.

use std::{
    sync::atomic::AtomicU64,
    time::{SystemTime, UNIX_EPOCH},
};

use prometheus_client::{
    metrics::{counter::Counter, family::Family, gauge::Gauge},
    registry::{Registry, Unit},
};

use super::Labels;
use crate::telemetry;

/// The parts whose state is told.
const PARTS: [&str; 2] = ["redis", "database"];

/// What the connection to Redis went through. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct RedisMeter {
    /// Connections that were made, to each server: the first one, and one more each time that it broke.
    pub connections: Counter,
    /// Scripts that failed, or were not sent for want of a connection.
    pub failures: Counter,
}

/// Build, start, and the state of the parts at the last scrape.
#[derive(Clone, Debug, Default)]
pub struct Common {
    up: Family<Labels<1>, Gauge>,
}

impl Common {
    /// Registers the metrics of a program that starts now.
    #[must_use]
    pub fn register(registry: &mut Registry, program: &'static str, version: &'static str, redis: &RedisMeter) -> Self {
        let build = Family::<Labels<2>, Gauge>::default();
        build.get_or_create(&Labels([("program", program), ("version", version)])).set(1);
        registry.register("rekey_build_info", "1, with the program and its version", build);

        let started = Gauge::<f64, AtomicU64>::default();
        started.set(now());
        registry.register_with_unit(
            "process_start_time",
            "When the process started, since 1970",
            Unit::Seconds,
            started,
        );

        let common = Self::default();
        for part in PARTS {
            common.set_up(part, false);
        }
        registry.register("rekey_up", "1 if the part answered at this scrape", common.up.clone());
        registry.register(
            "rekey_redis_connections",
            "Connections made to Redis, the first one included",
            redis.connections.clone(),
        );
        registry.register(
            "rekey_redis_command_failures",
            "Scripts that failed or could not be sent",
            redis.failures.clone(),
        );
        registry.register(
            "rekey_trace_exports",
            "Requests with traces to the collector, by whether it took them",
            telemetry::exports(),
        );
        common
    }

    /// Notes whether `redis` or `database` answered.
    pub fn set_up(&self, part: &'static str, up: bool) {
        self.up.get_or_create(&Labels([("part", part)])).set(up.into());
    }
}

#[expect(clippy::disallowed_methods, reason = "no rule depends on it: it is told and nothing else")]
fn now() -> f64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs_f64()
}
