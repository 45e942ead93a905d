//! How much the queue holds, and whether it holds together.

use std::collections::BTreeMap;

use entity::store::{Script, StoreError};
use fred::types::Value;
use serde::Serialize;

use super::{Queue, number};

static STATS: Script = Script::new(include_str!("stats.lua"));

/// The classes of jobs, in the order of [`Counts::ready`]: the name of each is what a held job's record says.
pub const CLASSES: [&str; 3] = ["ready", "notice", "webhook"];

/// The classes of delayed jobs, in the order of [`Counts::delayed`].
pub const DELAYED_CLASSES: [&str; 2] = ["mail", "webhook"];

/// Entries of the queue's own counters that count nothing.
const NO_COUNTERS: [&str; 2] = ["sequence", "renamed"];

/// What the queue of one shard holds, all of it at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// The server's clock, ms since 1970.
    pub now: i64,
    /// What waits in each list, by [`CLASSES`].
    pub ready: [Waiting; 3],
    /// Jobs that are with workers.
    pub leased: u64,
    /// Of these, such whose lease is over: the next reaper takes them back.
    pub lapsed: u64,
    /// Jobs that wait for their time, by [`DELAYED_CLASSES`].
    pub delayed: [Delayed; 2],
    /// Dead letters.
    pub dead: u64,
    /// When the oldest of them died, ms since 1970.
    pub dead_since: Option<i64>,
    /// Jobs whose bytes are kept: all that are leased, delayed or dead.
    pub held: u64,
    /// Jobs of which there is a record: the same.
    pub meta: u64,
    /// What happened so far: `done`, `expired`, `buried` and so on. What never happened is missing.
    pub counters: BTreeMap<String, u64>,
}

/// What waits in one list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Waiting {
    /// Jobs in it.
    pub jobs: u64,
    /// When the job that is taken next was pushed, ms since 1970; none if it does not say so, as jobs that are pushed
    /// by hand may.
    pub oldest: Option<i64>,
}

/// What waits for its time in one set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Delayed {
    /// Jobs in it.
    pub jobs: u64,
    /// Of these, such whose time has come.
    pub due: u64,
    /// Since when the first of them is due, ms since 1970; none if none is.
    pub due_since: Option<i64>,
}

impl Counts {
    /// How far the queue is from its invariant: a held job has its bytes, its record, and exactly one place. 0 if all
    /// is well; else the number of jobs that lack one of them, or lie twice, at least.
    #[must_use]
    pub fn violations(&self) -> u64 {
        let placed = self.leased + self.all_delayed() + self.dead;
        let most = self.held.max(self.meta).max(placed);
        most - self.held.min(self.meta).min(placed)
    }

    /// Delayed jobs of all classes.
    #[must_use]
    pub fn all_delayed(&self) -> u64 {
        self.delayed.iter().map(|set| set.jobs).sum()
    }

    /// Age of something that began then, in ms; 0 for what is yet to come, as after a step of the server's clock.
    #[must_use]
    pub fn age(&self, since: i64) -> u64 {
        u64::try_from(self.now.saturating_sub(since)).unwrap_or(0)
    }
}

impl Queue {
    /// Counts what the queue holds, in one script that costs the same whatever lies there and writes nothing.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn counts(&self) -> Result<Counts, StoreError> {
        let names = self.store.names();
        let mut keys = self.keys[..6].to_vec();
        keys.extend([names.ready(self.shard), names.ready_notice(self.shard), names.ready_webhook(self.shard)]);
        keys.push(names.delayed_webhook(self.shard));
        let answer = self.store.run(&STATS, keys, Vec::new()).await?.into_array();
        let at = |index: usize| number(answer.get(index));
        let count = |index: usize| at(index).map(|number| u64::try_from(number).unwrap_or(0));
        let time = |index: usize| at(index).map(|time| (time >= 0).then_some(time));
        let list = |index: usize| answer.get(index).cloned().map(Value::into_array).unwrap_or_default();
        let (lengths, oldest) = (list(1), list(2));
        let mut ready = [Waiting::default(); 3];
        for (index, waiting) in ready.iter_mut().enumerate() {
            waiting.jobs = u64::try_from(number(lengths.get(index))?).unwrap_or(0);
            waiting.oldest = Some(number(oldest.get(index))?).filter(|at| *at >= 0);
        }
        let mut delayed = [Delayed::default(); 2];
        for (index, set) in delayed.iter_mut().enumerate() {
            let told = list(7 + index);
            set.jobs = u64::try_from(number(told.first())?).unwrap_or(0);
            set.due = u64::try_from(number(told.get(1))?).unwrap_or(0);
            set.due_since = Some(number(told.get(2))?).filter(|at| *at >= 0);
        }
        Ok(Counts {
            now: at(0)?,
            ready,
            held: count(3)?,
            meta: count(4)?,
            leased: count(5)?,
            lapsed: count(6)?,
            delayed,
            dead: count(9)?,
            dead_since: time(10)?,
            counters: counters(&list(11)),
        })
    }
}

fn counters(pairs: &[Value]) -> BTreeMap<String, u64> {
    let named = pairs.chunks_exact(2).filter_map(|pair| Some((pair[0].as_string()?, pair[1].as_u64()?)));
    named.filter(|(name, _)| !NO_COUNTERS.contains(&name.as_str())).collect()
}

#[cfg(test)]
mod tests {
    use std::{slice::from_ref, time::Duration};

    use super::*;
    use crate::queue::{Policy, testing::*};

    #[tokio::test]
    async fn an_empty_queue_counts_nothing() {
        let redis = Redis::start().await;
        let counts = redis.queue(Policy::default()).counts().await.unwrap();
        assert_eq!(counts, Counts { now: counts.now, ..Counts::default() });
        assert_eq!(counts.violations(), 0);
        assert!((counts.now - redis.now().await).abs() < 10_000);
    }

    #[tokio::test]
    async fn every_state_is_counted_and_has_its_age() {
        let redis = Redis::start().await;
        let queue = redis.queue(Policy::default());
        let pushed = redis.now().await - 5_000;
        let dated =
            |id: &str, at: i64| format!(r#"{{"v":1,"id":"{id}","type":"test","enqueued_at":{at},"data":{{}}}}"#);
        for id in ["leased", "later", "due", "dead", "done"] {
            redis.push("ready", job(id)).await;
        }
        let mut asker = Asker::new(redis.queue(lost_at_once()), "w");
        let batch = asker.claim(5).await;
        let ticket = |id: &str| batch.jobs.iter().find(|job| job.ticket.id == id).unwrap().ticket.clone();
        queue.retry(&ticket("later"), Duration::from_secs(60), "x").await.unwrap();
        queue.retry(&ticket("due"), Duration::ZERO, "x").await.unwrap();
        queue.bury(&ticket("dead"), "x").await.unwrap();
        queue.ack(from_ref(&ticket("done"))).await.unwrap();
        redis.push("ready", dated("oldest", pushed)).await;
        redis.push("ready", dated("newer", pushed + 1_000)).await;
        redis.push("ready:notice", job("undated")).await;
        redis.push("ready:webhook", "[no job").await;

        until("the lease is over", async || queue.counts().await.unwrap().lapsed == 1).await;
        let counts = queue.counts().await.unwrap();
        assert_eq!(counts.ready.map(|list| list.jobs), [2, 1, 1]);
        assert_eq!(counts.ready.map(|list| list.oldest), [Some(pushed), None, None]);
        let [mails, webhooks] = counts.delayed;
        assert_eq!((counts.leased, mails.jobs, mails.due, counts.dead), (1, 2, 1, 1));
        assert_eq!(webhooks, Delayed::default(), "each class for itself");
        assert_eq!((counts.held, counts.meta, counts.violations()), (4, 4, 0));
        for since in [mails.due_since, counts.dead_since] {
            assert!(since.is_some_and(|at| (pushed + 5_000..=counts.now).contains(&at)), "{counts:?}");
        }
        assert!(counts.age(pushed) >= 5_000);
        let expected = [("buried", 1), ("claimed", 5), ("done", 1), ("retried", 2)];
        assert_eq!(counts.counters, expected.map(|(name, count)| (name.to_owned(), count)).into());
    }

    #[tokio::test]
    async fn webhooks_that_are_due_do_not_count_as_mails() {
        let redis = Redis::start().await;
        let queue = redis.queue(Policy::default());
        for (list, id) in [("ready:webhook", "hook"), ("ready", "mail")] {
            redis.push(list, job(id)).await;
        }
        for delivery in Asker::new(queue.clone(), "w").claim(2).await.jobs {
            let delay = if delivery.ticket.id == "hook" { Duration::ZERO } else { Duration::from_secs(60) };
            queue.retry(&delivery.ticket, delay, "x").await.unwrap();
        }
        let counts = queue.counts().await.unwrap();
        let [mails, webhooks] = counts.delayed;
        assert_eq!(mails, Delayed { jobs: 1, due: 0, due_since: None });
        assert_eq!((webhooks.jobs, webhooks.due), (1, 1));
        assert!(webhooks.due_since.is_some_and(|at| at <= counts.now));
        assert_eq!((counts.all_delayed(), counts.violations()), (2, 0));
    }

    #[tokio::test]
    async fn what_is_missing_or_lies_twice_violates_the_invariant() {
        let redis = Redis::start().await;
        let queue = redis.queue(Policy::default());
        redis.push("ready", job("a")).await;
        redis.push("ready", job("b")).await;
        Asker::new(queue.clone(), "w").claim(2).await;
        for (change, violations) in [
            (["ZADD", "{rekey:0}:delayed", "1", "b"].as_slice(), 1),
            (&["ZREM", "{rekey:0}:delayed", "b"], 0),
            (&["HDEL", "{rekey:0}:held", "a"], 1),
            (&["HDEL", "{rekey:0}:meta", "a"], 1),
            (&["ZREM", "{rekey:0}:leases", "a"], 0),
            (&["HDEL", "{rekey:0}:meta", "b"], 1),
        ] {
            redis.command(change).await;
            assert_eq!(queue.counts().await.unwrap().violations(), violations, "{change:?}");
        }
    }
}
