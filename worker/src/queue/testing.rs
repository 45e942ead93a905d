//! A real Redis for the tests, and what they all want of it.

use std::{
    collections::BTreeSet,
    time::{Duration, Instant},
};

use entity::{
    keys::Shard,
    queue::Cause,
    store::{Settings, Store, StoreError},
    testing,
};
use fred::{
    bytes::Bytes,
    interfaces::{ClientLike, HashesInterface, KeysInterface, ListInterface, SortedSetsInterface},
    types::{CustomCommand, Value},
};

use super::{Ask, Batch, Budget, Policy, Queue};

/// What the jobs of an event are made from that happened at 1 and in no trace.
pub(crate) fn cause(event_id: &str) -> Cause<'_> {
    Cause { event_id, occurred_at: 1, trace: None }
}

/// A server, and a connection to it. What is asked of this value is about the first shard.
pub(crate) struct Redis {
    server: testing::Redis,
    shards: u16,
    /// A connection to it.
    pub store: Store,
}

impl Redis {
    /// Starts one and waits until it answers.
    pub async fn start() -> Self {
        Self::start_with_shards(1).await
    }

    /// The same with more shards than one.
    pub async fn start_with_shards(shards: u16) -> Self {
        let server = testing::Redis::start_durable();
        let store = Store::connect(&server.settings_with_shards(shards)).unwrap();
        let redis = Self { server, shards, store };
        redis.answers().await;
        redis
    }

    async fn answers(&self) {
        until("redis-server answers", async || self.store.ping().await.is_ok()).await;
    }

    /// The settings that reach it.
    pub fn settings(&self) -> Settings {
        self.server.settings_with_shards(self.shards)
    }

    /// Kills it, as a power cut would.
    pub fn stop(&mut self) {
        self.server.kill();
    }

    /// Starts it again on the same port and with what it wrote down.
    pub async fn start_again(&mut self) {
        self.server.start_again();
        self.answers().await;
    }

    /// The queue of the only shard.
    pub fn queue(&self, policy: Policy) -> Queue {
        Queue::new(&self.store, Shard(0), policy)
    }

    /// Pushes bytes as `redis-cli LPUSH` would, on `ready`, `ready:notice` or `ready:webhook`.
    pub async fn push(&self, list: &str, bytes: impl Into<Bytes>) {
        let _: Value = self.store.client().lpush(format!("{{rekey:0}}:{list}"), bytes.into()).await.unwrap();
    }

    /// A counter of the queue.
    pub async fn stat(&self, name: &str) -> i64 {
        let count: Option<i64> = self.store.client().hget("{rekey:0}:stats", name).await.unwrap();
        count.unwrap_or(0)
    }

    /// Runs any command.
    pub async fn command(&self, words: &[&str]) -> Value {
        let command = CustomCommand::new_static("CONFIG", None::<u16>, false);
        let command = CustomCommand { cmd: words[0].to_owned().into(), ..command };
        self.store.client().custom(command, words[1..].to_vec()).await.unwrap()
    }

    /// A job is in a ready list, or in exactly one of leases, delayed and dead, and nowhere else is anything known
    /// of it.
    pub async fn check_invariant(&self) {
        let client = self.store.client();
        let held: Vec<String> = client.hkeys("{rekey:0}:held").await.unwrap();
        let meta: Vec<String> = client.hkeys("{rekey:0}:meta").await.unwrap();
        let mut placed = Vec::new();
        for set in ["leases", "delayed", "delayed:webhook", "dead"] {
            let ids: Vec<String> =
                client.zrange(format!("{{rekey:0}}:{set}"), 0, -1, None, false, None, false).await.unwrap();
            placed.extend(ids);
        }
        let (count, placed) = (placed.len(), placed.into_iter().collect::<BTreeSet<_>>());
        assert_eq!(count, placed.len(), "a job is in two places");
        assert_eq!(held.into_iter().collect::<BTreeSet<_>>(), placed, "held and the sum of the sets");
        assert_eq!(meta.into_iter().collect::<BTreeSet<_>>(), placed, "meta and the sum of the sets");
    }

    /// Jobs in a list.
    pub async fn waiting(&self, list: &str) -> usize {
        self.store.client().llen(format!("{{rekey:0}}:{list}")).await.unwrap()
    }

    /// Drops a key.
    pub async fn delete(&self, key: &str) {
        let _: Value = self.store.client().del(format!("{{rekey:0}}:{key}")).await.unwrap();
    }
}

/// Waits until something is so, or fails after 20 s.
pub(crate) async fn until(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    let begin = Instant::now();
    while !holds().await {
        assert!(begin.elapsed() < Duration::from_secs(20), "waited in vain until {what}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// A job that is fine for the queue; whether a worker can run it is another matter.
pub(crate) fn job(id: &str) -> String {
    format!(r#"{{"v":1,"id":"{id}","type":"test","data":{{"list":[],"big":12345678901234567890}}}}"#)
}

/// The same with an end of life.
pub(crate) fn job_until(id: &str, expires_at: i64) -> String {
    format!(r#"{{"v":1,"id":"{id}","type":"test","expires_at":{expires_at},"data":{{}}}}"#)
}

/// A lease that is over before it began.
pub(crate) fn lost_at_once() -> Policy {
    Policy { lease: Duration::from_millis(1), ..Policy::default() }
}

/// One worker's questions.
pub(crate) struct Asker {
    pub queue: Queue,
    pub worker: &'static str,
    pub turn: u32,
    pub idle: bool,
    pub drains: bool,
    pub budget: Budget,
}

impl Asker {
    pub fn new(queue: Queue, worker: &'static str) -> Self {
        Self { queue, worker, turn: 0, idle: true, drains: true, budget: Budget { mail: 64, webhook: 64 } }
    }

    /// A new claim.
    pub async fn claim(&mut self, wanted: usize) -> Batch {
        self.turn += 1;
        self.same_claim(wanted).await
    }

    /// A new claim that may fail.
    pub async fn try_claim(&mut self, wanted: usize) -> Result<Batch, StoreError> {
        self.turn += 1;
        self.ask(wanted).await
    }

    /// The last claim once more.
    pub async fn same_claim(&self, wanted: usize) -> Batch {
        self.ask(wanted).await.unwrap()
    }

    async fn ask(&self, wanted: usize) -> Result<Batch, StoreError> {
        let claim_id = format!("{}-{}", self.worker, self.turn);
        let ask = Ask {
            wanted,
            claim_id: &claim_id,
            worker: self.worker,
            turn: self.turn,
            budget: self.budget,
            idle: self.idle,
            drains: self.drains,
        };
        self.queue.claim(&ask).await
    }
}

/// The ids of a batch.
pub(crate) fn ids(batch: &Batch) -> Vec<&str> {
    batch.jobs.iter().map(|job| job.ticket.id.as_str()).collect()
}

impl Redis {
    /// Its clock, ms since 1970.
    pub async fn now(&self) -> i64 {
        let time = self.command(&["TIME"]).await.into_array();
        let part = |index: usize| time[index].as_string().unwrap().parse::<i64>().unwrap();
        part(0) * 1000 + part(1) / 1000
    }
}
