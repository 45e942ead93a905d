//! One round of claims.

use super::*;
use crate::{
    queue::testing::{Redis, job},
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

fn worker(redis: &Redis, concurrency: usize) -> Worker<Idle> {
    let settings = Settings { name: "tested".into(), concurrency, grace: Duration::ZERO, policy: Policy::default() };
    Worker::new(&redis.store, settings, Arc::new(Idle), Arc::new(Link::new("redis")))
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
