//! A Redis whose clock goes back, or another one, whose clock is behind, that takes over.

use fred::{interfaces::SortedSetsInterface, types::Value};

use crate::queue::{Policy, testing::*};

const HOUR: i64 = 60 * 60 * 1000;

async fn put(redis: &Redis, set: &str, id: &str, at: i64) {
    let _: Value = redis
        .store
        .client()
        .zadd(format!("{{rekey:0}}:{set}"), None, None, false, false, (at as f64, id))
        .await
        .unwrap();
}

async fn at(redis: &Redis, set: &str, id: &str) -> Option<i64> {
    let score: Option<f64> = redis.store.client().zscore(format!("{{rekey:0}}:{set}"), id).await.unwrap();
    score.map(|score| score as i64)
}

#[tokio::test]
async fn r66_leases_and_waits_of_a_clock_that_was_ahead_do_not_last_longer() {
    let redis = Redis::start().await;
    for (list, id) in [("ready", "lost"), ("ready", "mail"), ("ready:webhook", "hook"), ("ready:webhook", "far")] {
        redis.push(list, job(id)).await;
    }
    let mut asker = Asker::new(redis.queue(Policy::default()), "w");
    for delivery in asker.claim(4).await.jobs {
        if delivery.ticket.id != "lost" {
            asker.queue.retry(&delivery.ticket, std::time::Duration::ZERO, "x").await.unwrap();
        }
    }
    let now = redis.now().await;
    put(&redis, "leases", "lost", now + HOUR).await;
    put(&redis, "delayed", "mail", now + HOUR).await;
    put(&redis, "delayed:webhook", "hook", now + 12 * HOUR).await;
    put(&redis, "delayed:webhook", "far", now + 14 * HOUR).await;
    assert_eq!(asker.queue.reap().await.unwrap().leases, 0, "its worker may live and extend it");
    let lease = at(&redis, "leases", "lost").await.unwrap();
    assert!(lease <= redis.now().await + 60_000, "else it is over within a minute");
    for (set, id) in [("delayed", "mail"), ("delayed:webhook", "far")] {
        assert!(at(&redis, set, id).await.unwrap() <= redis.now().await, "{id} is due");
    }
    assert_eq!(at(&redis, "delayed:webhook", "hook").await, Some(now + 12 * HOUR), "as long a wait as there is");
    redis.check_invariant().await;
}

#[tokio::test]
async fn a_webhook_that_an_older_worker_put_off_for_hours_goes_on_waiting() {
    let redis = Redis::start().await;
    redis.push("ready:webhook", job("hook")).await;
    let mut asker = Asker::new(redis.queue(Policy::default()), "w");
    let ticket = asker.claim(1).await.jobs.remove(0).ticket;
    asker.queue.retry(&ticket, std::time::Duration::ZERO, "x").await.unwrap();
    // Version 0.1 has one set.
    redis.command(&["ZREM", "{rekey:0}:delayed:webhook", "hook"]).await;
    let due = redis.now().await + 10 * HOUR;
    put(&redis, "delayed", "hook", due).await;
    asker.queue.reap().await.unwrap();
    assert_eq!((at(&redis, "delayed", "hook").await, at(&redis, "delayed:webhook", "hook").await), (None, Some(due)));
    redis.check_invariant().await;
}
