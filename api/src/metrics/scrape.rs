//! One answer to `GET /metrics`.

use std::{
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use entity::{
    brake::{self, Failing},
    metrics::{self, Common, Fresh, Labels, ShardLabels},
};
use prometheus_client::{
    metrics::{counter::Counter, family::Family, gauge::Gauge},
    registry::Registry,
};
use tokio::sync::Mutex;

use super::METRICS;
use crate::service::Service;

/// How long the answers of Redis and the database are told again, however many scrape.
const KEEP: Duration = Duration::from_secs(1);

/// What the API tells.
pub struct Scrape {
    service: Arc<Service>,
    /// One scrape at a time: each sets the gauges and then tells them.
    told: Mutex<Told>,
}

struct Told {
    registry: Registry,
    common: Common,
    slots_in_use: Gauge,
    unlisted: Counter,
    /// Empty while Redis does not answer.
    failures: Family<ShardLabels<0>, Gauge>,
    /// The same.
    braked: Family<ShardLabels<0>, Gauge>,
    /// The same.
    alarm: Family<Labels<0>, Gauge>,
    failed: Fresh<Vec<Failing>>,
    database: Fresh<()>,
}

impl Scrape {
    /// Metrics of an API that starts now.
    #[must_use]
    pub fn new(service: &Arc<Service>) -> Self {
        let mut registry = Registry::default();
        let version = env!("CARGO_PKG_VERSION");
        let common = Common::register(&mut registry, "rekey-api", version, service.store.meter());
        METRICS.register(&mut registry);

        let (slots, threshold) = (Gauge::<i64>::default(), Gauge::<i64>::default());
        slots.set(count(service.slot_count));
        threshold.set(service.settings.challenge.limits.failed_tries_alarm.into());
        let (slots_in_use, unlisted) = (Gauge::default(), Counter::default());
        let (failures, braked) = (Family::default(), Family::default());
        let alarm = Family::<Labels<0>, Gauge>::default();
        registry.register("rekey_hashing_slots", "Passwords that are hashed at once at most", slots);
        registry.register("rekey_hashing_slots_in_use", "Passwords that are hashed now", slots_in_use.clone());
        registry.register(
            "rekey_unlisted_proxy_requests",
            "Calls with forwarded headers from a peer that is not listed",
            unlisted.clone(),
        );
        registry.register("rekey_failed_tries", "Failed tries at codes in the last ten minutes", failures.clone());
        registry.register(
            "rekey_failed_tries_threshold",
            "Failed tries in ten minutes that raise the alarm",
            threshold,
        );
        registry.register(
            "rekey_failed_tries_alarm",
            "1 while any shard has so many failed tries that the alarm is raised",
            alarm.clone(),
        );
        registry.register("rekey_brake_on", "1 while request and verify ask for a proof of work", braked.clone());
        let told = Told {
            registry,
            common,
            slots_in_use,
            unlisted,
            failures,
            braked,
            alarm,
            failed: Fresh::new(KEEP),
            database: Fresh::new(KEEP),
        };
        Self { service: Arc::clone(service), told: Mutex::new(told) }
    }

    /// The text and its content type. A server that does not answer within two seconds is told as down, and the rest
    /// is told all the same.
    ///
    /// # Errors
    /// None that writing to memory could meet.
    pub async fn tell(&self, accept: Option<&str>) -> Result<(&'static str, String), std::fmt::Error> {
        let (service, told) = (&self.service, &mut *self.told.lock().await);
        let (failed, database) = tokio::join!(
            told.failed.get(async || brake::look(&service.store).await),
            told.database.get(async || service.db.ping().await),
        );
        told.common.set_up("redis", failed.is_some());
        told.common.set_up("database", database.is_some());
        told.unlisted.inner().store(service.proxies.count(), Ordering::Relaxed);
        let free = service.slots.available_permits();
        told.slots_in_use.set(count(service.slot_count.saturating_sub(free)));
        match failed {
            Some(failed) => {
                let threshold = u64::from(service.settings.challenge.limits.failed_tries_alarm);
                for Failing { shard, tries, braked } in failed {
                    let labels = ShardLabels(*shard, []);
                    told.failures.get_or_create(&labels).set(i64::try_from(*tries).unwrap_or(i64::MAX));
                    told.braked.get_or_create(&labels).set((*braked).into());
                }
                told.alarm.get_or_create(&Labels([])).set(failed.iter().any(|one| one.tries >= threshold).into());
            }
            None => {
                told.failures.clear();
                told.braked.clear();
                told.alarm.clear();
            }
        }
        metrics::encode(&told.registry, accept)
    }
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
