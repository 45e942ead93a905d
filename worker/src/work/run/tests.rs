//! One round of claims.

use super::*;
use crate::{
    queue::testing::{Redis, job, until},
    work::{Done, Failure, Hold},
};

/// Its jobs are never run here.
struct Idle;

impl Handler for Idle {
    async fn run(&self, _: &Job, _: &Hold) -> Result<Done, Failure> {
        std::future::pending().await
    }

    async fn buried(&self, _: &Job) -> Result<(), Failure> {
        Ok(())
    }
}

/// Its jobs are done at once.
struct AtOnce;

impl Handler for AtOnce {
    async fn run(&self, _: &Job, _: &Hold) -> Result<Done, Failure> {
        Ok(Done::Sent)
    }

    async fn buried(&self, _: &Job) -> Result<(), Failure> {
        Ok(())
    }
}

fn worker(redis: &Redis, concurrency: usize) -> Worker<Idle> {
    worker_with(redis, concurrency, Idle)
}

fn worker_with<H: Handler>(redis: &Redis, concurrency: usize, handler: H) -> Worker<H> {
    let settings = Settings { name: "tested".into(), concurrency, grace: Duration::ZERO, policy: Policy::default() };
    Worker::new(&redis.store, settings, Arc::new(handler), Arc::new(Link::new("redis")))
}

#[tokio::test]
async fn the_next_job_is_claimed_while_the_last_one_is_acknowledged_and_not_more_than_twice_as_many() {
    let redis = Redis::start().await;
    for id in ["a", "b", "c"] {
        redis.push("ready", task(id)).await;
    }
    let (mut worker, mut jobs, stop) = (worker_with(&redis, 1, AtOnce), JoinSet::new(), CancellationToken::new());
    let (acks, places) = (Arc::clone(&worker.shards[0].acks), Arc::clone(&worker.places));
    let stalled = acks.stall().await;
    for waiting in [2, 1] {
        assert!(worker.ask_all(None, true, &stop, &mut jobs).await.more);
        assert_eq!(redis.waiting("ready").await, waiting);
        until("its place is free", async || places.free(0) == 1).await;
    }
    // Its place is free, but there are two jobs of which Redis is still to hear.
    assert!(!worker.ask_all(None, true, &stop, &mut jobs).await.more && jobs.len() == 2);
    drop(stalled);
    while let Some(ended) = jobs.join_next().await {
        ended.unwrap();
    }
    assert!(worker.ask_all(None, true, &stop, &mut jobs).await.more);
    jobs.join_next().await.unwrap().unwrap();
    assert_eq!(redis.stat("done").await, 3);
}

/// A job of a type that this build knows.
fn task(id: &str) -> String {
    format!(r#"{{"v":1,"id":"{id}","type":"password_reset.send_code","data":{{"challenge_id":"x","mail_no":1}}}}"#)
}

#[tokio::test]
async fn answers_that_came_late_and_filled_more_than_all_places_end_the_round() {
    let redis = Redis::start_with_shards(2).await;
    redis.push("ready", job("waits")).await;
    let (mut worker, mut jobs) = (worker(&redis, 4), JoinSet::new());
    let taken: Vec<_> = (0..7).map(|_| worker.places.take()).collect();
    for _ in &taken {
        jobs.spawn(std::future::pending());
    }
    let round = worker.ask_all(None, true, &CancellationToken::new(), &mut jobs).await;
    assert!(!round.more && jobs.len() == 7);
    assert_eq!(redis.waiting("ready").await, 1);
}

#[tokio::test]
async fn a_round_ends_when_the_worker_is_told_to_stop() {
    let redis = Redis::start().await;
    redis.push("ready", job("waits")).await;
    let (mut worker, mut jobs, stop) = (worker(&redis, 4), JoinSet::new(), CancellationToken::new());
    stop.cancel();
    assert!(!worker.ask_all(None, true, &stop, &mut jobs).await.more);
    assert!(worker.ask_all(None, true, &CancellationToken::new(), &mut jobs).await.more);
}
