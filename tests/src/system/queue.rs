//! The queue as an operator sees it.

use std::time::Duration;

use crate::{System, eventually};

/// Jobs of shard 0 that wait; what is pushed by hand goes here.
pub const READY: &str = "{rekey:0}:ready";
/// All lists of jobs that wait.
const LISTS: [&str; 3] = [READY, "{rekey:0}:ready:notice", "{rekey:0}:ready:webhook"];

impl System {
    /// Waits until no job waits or is held: what had to be mailed is mailed, what had not will not be.
    pub async fn settled(&self) {
        eventually("every job is done", Duration::from_secs(40), async || {
            // In this order: a job is first in a list, then among the held ones.
            for list in LISTS {
                if self.redis.call(&["LLEN", list]).await.int() > 0 {
                    return None;
                }
            }
            (self.redis.call(&["HLEN", "{rekey:0}:held"]).await.int() == 0).then_some(())
        })
        .await;
    }

    /// Loses the notices and webhooks that wait, as if they had never been pushed.
    pub async fn forget_pushes(&self) {
        let noted = self.redis.call(&["KEYS", "{rekey:0}:pushed:*"]).await.list();
        let noted: Vec<String> = noted.iter().map(crate::resp::Value::text).collect();
        let keys = LISTS[1..].iter().copied().chain(noted.iter().map(String::as_str));
        self.redis.call(&std::iter::once("DEL").chain(keys).collect::<Vec<_>>()).await;
    }

    /// What the queue noted of a dead job, waited for.
    pub async fn buried(&self, id: &str) -> String {
        eventually("the job is among the dead letters", Duration::from_secs(20), async || {
            let died = self.redis.call(&["ZSCORE", "{rekey:0}:dead", id]).await.text();
            (!died.is_empty()).then_some(())
        })
        .await;
        self.redis.call(&["HGET", "{rekey:0}:meta", id]).await.text()
    }

    /// The ids of the dead letters, waited for until there are `n`.
    pub async fn dead(&self, n: usize) -> Vec<String> {
        eventually("the dead letters arrive", Duration::from_secs(20), async || {
            let dead = self.redis.call(&["ZRANGE", "{rekey:0}:dead", "0", "-1"]).await.list();
            (dead.len() >= n).then(|| dead.iter().map(crate::resp::Value::text).collect())
        })
        .await
    }

    /// Milliseconds since 1970 by Redis' clock, which rules how long codes and tokens live.
    pub async fn redis_now(&self) -> i64 {
        let time = self.redis.call(&["TIME"]).await.list();
        time[0].int() * 1_000 + time[1].int() / 1_000
    }

    /// Waits until Redis' clock shows this time or a later one.
    pub async fn until(&self, at: i64) {
        eventually("Redis' clock goes on", Duration::from_secs(30), async || {
            (self.redis_now().await >= at).then_some(())
        })
        .await;
    }

    /// Waits until every job is done or dead.
    pub async fn settled_or_dead(&self) {
        eventually("every job is done or dead", Duration::from_secs(40), async || {
            for list in LISTS {
                if self.redis.call(&["LLEN", list]).await.int() > 0 {
                    return None;
                }
            }
            let held = self.redis.call(&["HLEN", "{rekey:0}:held"]).await.int();
            (held == self.redis.call(&["ZCARD", "{rekey:0}:dead"]).await.int()).then_some(())
        })
        .await;
    }
}
