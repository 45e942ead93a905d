//! One answer to `GET /metrics`.

use std::{sync::atomic::AtomicU64, time::Duration};

use entity::{
    metrics::{self, Common, Fresh, Labels},
    reset_event::{self, Half, Lag},
    store::{Store, StoreError},
    trail,
};
use prometheus_client::{
    metrics::{family::Family, gauge::Gauge},
    registry::{Registry, Unit},
};
use sea_orm::{DatabaseConnection, DbErr};
use tokio::sync::Mutex;

use super::{METRICS, audit::Trails, queue::Depth};
use crate::{
    jobs::unix_ms,
    queue::{Counts, Policy, Queue},
};

/// How long the counts of Redis are told again: whoever scrapes, Redis is asked once a second at most.
const KEEP_COUNTS: Duration = Duration::from_secs(1);
/// The same for the outbox. Counting is more work for a database, and an outbox changes slowly.
const KEEP_LAG: Duration = Duration::from_secs(5);

/// How long Redis is waited for when only its clock is wanted: the database has the rest of the two seconds.
const CLOCK_PATIENCE: Duration = Duration::from_millis(500);

/// What the worker tells.
pub struct Scrape {
    store: Store,
    database: DatabaseConnection,
    /// One scrape at a time: each sets the gauges and then tells them.
    told: Mutex<Told>,
}

struct Told {
    registry: Registry,
    common: Common,
    depth: Depth,
    outbox: Outbox,
    trails: Trails,
    queues: Vec<Queue>,
    counts: Fresh<Counted>,
    lag: Fresh<(Lag, i64, [u64; 2])>,
}

/// What was counted in Redis, by shard.
struct Counted {
    queues: Vec<(u16, Counts)>,
    trails: Vec<(u16, trail::Counts)>,
}

/// The outbox; empty while the database does not answer.
#[derive(Debug, Default)]
struct Outbox {
    open: Family<Labels<1>, Gauge>,
    due: Family<Labels<1>, Gauge>,
    oldest: Family<Labels<1>, Gauge<f64, AtomicU64>>,
    given_up: Family<Labels<1>, Gauge>,
}

impl Scrape {
    /// Metrics of a worker that starts now, on this store and database.
    #[must_use]
    pub fn new(store: &Store, database: &DatabaseConnection) -> Self {
        let mut registry = Registry::default();
        let common = Common::register(&mut registry, "rekey-worker", env!("CARGO_PKG_VERSION"), store.meter());
        METRICS.register(&mut registry);
        let (depth, outbox, trails) = (Depth::default(), Outbox::default(), Trails::default());
        depth.register(&mut registry);
        outbox.register(&mut registry);
        trails.register(&mut registry);
        let told = Told {
            registry,
            common,
            depth,
            outbox,
            trails,
            queues: store.names().all().map(|shard| Queue::new(store, shard, Policy::default())).collect(),
            counts: Fresh::new(KEEP_COUNTS),
            lag: Fresh::new(KEEP_LAG),
        };
        Self { store: store.clone(), database: database.clone(), told: Mutex::new(told) }
    }

    /// The text and its content type. A server that does not answer within two seconds is told as down, and the rest
    /// is told all the same.
    ///
    /// # Errors
    /// None that writing to memory could meet.
    pub async fn tell(&self, accept: Option<&str>) -> Result<(&'static str, String), std::fmt::Error> {
        let told = &mut *self.told.lock().await;
        let (counts, lag) = tokio::join!(
            told.counts.get(async || count_all(&self.store, &told.queues).await),
            told.lag.get(async || {
                let now = time(&self.store).await;
                let lag = reset_event::lag(&self.database, now).await?;
                Ok::<_, DbErr>((lag, now, reset_event::count_given_up(&self.database).await?))
            }),
        );
        told.common.set_up("redis", counts.is_some());
        told.common.set_up("database", lag.is_some());
        told.depth.set(counts.map(|counted| counted.queues.as_slice()));
        told.trails.set(counts.map(|counted| counted.trails.as_slice()));
        told.outbox.set(lag);
        metrics::encode(&told.registry, accept)
    }
}

/// Now, by the clock that the sweep goes by; by this machine's if Redis does not say at once.
async fn time(store: &Store) -> i64 {
    let told = tokio::time::timeout(CLOCK_PATIENCE, store.now()).await;
    told.ok().and_then(Result::ok).unwrap_or_else(unix_ms)
}

async fn count_all(store: &Store, queues: &[Queue]) -> Result<Counted, StoreError> {
    // A store that is known to be away answers at once.
    store.ping().await?;
    let counted = queues.iter().map(async |queue| {
        let shard = queue.shard();
        let (jobs, trails) = tokio::try_join!(queue.counts(), trail::count(store, shard))?;
        Ok::<_, StoreError>(((shard.0, jobs), (shard.0, trails)))
    });
    let (queues, trails) = futures_util::future::try_join_all(counted).await?.into_iter().unzip();
    Ok(Counted { queues, trails })
}

impl Outbox {
    fn register(&self, registry: &mut Registry) {
        registry.register(
            "rekey_outbox_open_rows",
            "Resets of which this half, notice or webhook, is not done and not given up",
            self.open.clone(),
        );
        registry.register(
            "rekey_outbox_due_rows",
            "Resets of which this half is open and should have been pushed again by now",
            self.due.clone(),
        );
        registry.register_with_unit(
            "rekey_outbox_oldest_open_age",
            "Age of the oldest reset of which this half is not done and not given up; 0 if there is none",
            Unit::Seconds,
            self.oldest.clone(),
        );
        registry.register(
            "rekey_outbox_given_up_rows",
            "Resets of which this half was given up and is not done: jobs retry --given-up tries them again",
            self.given_up.clone(),
        );
    }

    fn set(&self, lag: Option<&(Lag, i64, [u64; 2])>) {
        let Some((lag, now, given_up)) = lag else {
            self.given_up.clear();
            self.open.clear();
            self.due.clear();
            self.oldest.clear();
            return;
        };
        let rows = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
        for (half, given_up) in Half::ALL.into_iter().zip(given_up) {
            self.given_up.get_or_create(&Labels([("half", half.name())])).set(rows(*given_up));
        }
        for (half, lag) in [(Half::Notice, lag.notice), (Half::Webhook, lag.webhook)] {
            let labels = Labels([("half", half.name())]);
            self.open.get_or_create(&labels).set(rows(lag.open));
            self.due.get_or_create(&labels).set(rows(lag.due));
            let age = lag.oldest.map_or(0, |at| now.saturating_sub(at).max(0));
            self.oldest.get_or_create(&labels).set(age as f64 / 1_000.0);
        }
    }
}
