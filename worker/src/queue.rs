//! The consumer's half of the queue: what may be done with jobs that lie in Redis.
//!
//! Every change of state is one Lua script that is atomic, bounded, and fenced by job id and delivery number. A job
//! is in one ready list, or in exactly one of leases, delayed and dead. Here are thin wrappers around the scripts;
//! what to do with a job is decided in [`crate::work`].

mod claim;
mod inspect;
mod scripts;
mod settle;
mod stats;
mod strays;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
mod upkeep;

use std::time::Duration;

use entity::{
    keys::Shard,
    store::{Script, Store, StoreError},
};
use fred::types::Value;

pub use claim::{Ask, Batch, Budget, Delivery};
pub use inspect::{Card, State};
pub use settle::{Settled, Ticket};
pub use stats::{CLASSES, Counts, DELAYED_CLASSES};
#[cfg(test)]
pub use stats::{Delayed, Waiting};
pub use strays::Stray;
pub use upkeep::Redriven;

/// Jobs that one call claims, extends, acknowledges or redrives at most.
pub const MAX_BATCH: usize = 64;

/// How long things last in the queue.
#[derive(Clone, Debug)]
pub struct Policy {
    /// How long a job belongs to a worker that gives no sign of life. With the reaper's second, the job of a killed
    /// worker runs again within about 31 s, well within a code's ten minutes.
    pub lease: Duration,
    /// Dead letters at most; the oldest go first.
    pub dead_most: u32,
    /// Age of dead letters at most: two weeks, so that a long weekend or a holiday loses none.
    pub dead_age: Duration,
    /// Solo deliveries that end without an outcome until a job is `poison`.
    pub poison_after: u32,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            lease: Duration::from_secs(30),
            dead_most: 10_000,
            dead_age: Duration::from_secs(14 * 24 * 60 * 60),
            poison_after: 3,
        }
    }
}

/// The queue of one shard.
#[derive(Clone, Debug)]
pub struct Queue {
    store: Store,
    shard: Shard,
    keys: Vec<String>,
    policy: Policy,
}

impl Queue {
    /// The queue of a shard.
    #[must_use]
    pub fn new(store: &Store, shard: Shard, policy: Policy) -> Self {
        let names = store.names();
        let keys = vec![
            names.held(shard),
            names.meta(shard),
            names.leases(shard),
            names.delayed(shard),
            names.dead(shard),
            names.stats(shard),
            names.wake(shard),
            names.expired(shard),
            names.delayed_webhook(shard),
            names.pushed(shard, ""),
        ];
        Self { store: store.clone(), shard, keys, policy }
    }

    /// The shard whose jobs these are.
    #[must_use]
    pub fn shard(&self) -> Shard {
        self.shard
    }

    /// How long a claimed job may go without being extended.
    #[must_use]
    pub fn lease(&self) -> Duration {
        self.policy.lease
    }

    async fn run(&self, script: &Script, args: Vec<Value>) -> Result<Value, StoreError> {
        self.store.run(script, self.keys.clone(), args).await
    }
}

fn millis(span: Duration) -> i64 {
    i64::try_from(span.as_millis()).unwrap_or(i64::MAX)
}

fn number(value: Option<&Value>) -> Result<i64, StoreError> {
    value.and_then(Value::as_i64).ok_or_else(|| StoreError::Unexpected("no number where one was due".into()))
}
