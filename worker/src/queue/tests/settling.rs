//! What becomes of a job that a worker holds.

use std::{slice::from_ref, time::Duration};

use crate::queue::{Policy, Redriven, Settled, State, Ticket, testing::*};

async fn with_one(redis: &Redis) -> (Asker, Ticket) {
    redis.push("ready", job("a")).await;
    let mut asker = Asker::new(redis.queue(Policy::default()), "w");
    let ticket = asker.claim(1).await.jobs.remove(0).ticket;
    (asker, ticket)
}

#[tokio::test]
async fn done_is_done_and_may_be_said_twice() {
    let redis = Redis::start().await;
    let (mut asker, ticket) = with_one(&redis).await;
    assert_eq!(asker.queue.ack(from_ref(&ticket)).await.unwrap(), [true]);
    assert_eq!(asker.queue.ack(from_ref(&ticket)).await.unwrap(), [false]);
    assert!(asker.claim(1).await.jobs.is_empty());
    assert!(asker.queue.show("a").await.unwrap().is_none());
    redis.check_invariant().await;
}

#[tokio::test]
async fn a_retry_counts_an_attempt_and_keeps_its_reason_and_a_deferral_counts_none() {
    let redis = Redis::start().await;
    let (mut asker, ticket) = with_one(&redis).await;
    assert_eq!(asker.queue.retry(&ticket, Duration::ZERO, "smtp 451").await.unwrap(), Settled::Done);
    assert_eq!(asker.queue.retry(&ticket, Duration::ZERO, "smtp 451").await.unwrap(), Settled::Gone);
    assert_eq!(asker.queue.show("a").await.unwrap().unwrap().about.reason.unwrap(), "smtp 451");
    let again = asker.claim(1).await.jobs.remove(0);
    assert_eq!((again.attempts, again.deliveries), (1, 2));
    asker.queue.defer(&again.ticket, Duration::ZERO, "smtp refused").await.unwrap();
    let again = asker.claim(1).await.jobs.remove(0);
    assert_eq!((again.attempts, again.deliveries), (1, 3));
    asker.queue.release(&again.ticket).await.unwrap();
    let again = asker.claim(1).await.jobs.remove(0);
    assert_eq!((again.attempts, again.deliveries), (1, 4));
    redis.check_invariant().await;
}

#[tokio::test]
async fn a_retry_past_the_end_of_life_discards_the_job() {
    let redis = Redis::start().await;
    let mut asker = Asker::new(redis.queue(Policy::default()), "w");
    let now = asker.claim(1).await.now;
    redis.push("ready", job_until("a", now + 60_000)).await;
    let ticket = asker.claim(1).await.jobs.remove(0).ticket;
    assert_eq!(asker.queue.retry(&ticket, Duration::from_secs(61), "x").await.unwrap(), Settled::Expired);
    assert!(asker.queue.show("a").await.unwrap().is_none());
    assert_eq!(redis.stat("expired").await, 1);
    redis.check_invariant().await;
}

#[tokio::test]
async fn a_delayed_job_that_expires_meanwhile_is_discarded() {
    let redis = Redis::start().await;
    let mut asker = Asker::new(redis.queue(Policy::default()), "w");
    let now = asker.claim(1).await.now;
    redis.push("ready", job_until("a", now + 300)).await;
    let ticket = asker.claim(1).await.jobs.remove(0).ticket;
    asker.queue.release(&ticket).await.unwrap();
    until("it is over", async || redis.now().await > now + 300).await;
    assert!(asker.claim(1).await.jobs.is_empty());
    assert_eq!(redis.stat("expired").await, 1);
    redis.check_invariant().await;
}

#[tokio::test]
async fn the_dead_keep_their_reason_and_come_back_on_request() {
    let redis = Redis::start().await;
    let (mut asker, ticket) = with_one(&redis).await;
    assert!(asker.queue.bury(&ticket, "smtp 550").await.unwrap());
    assert!(!asker.queue.bury(&ticket, "smtp 550").await.unwrap());
    let card = asker.queue.show("a").await.unwrap().unwrap();
    assert_eq!((card.state, card.about.reason.as_deref()), (State::Dead, Some("smtp 550")));
    assert!(asker.claim(1).await.jobs.is_empty());
    let ids = ["a".to_owned(), "b".to_owned()];
    assert_eq!(asker.queue.redrive(&ids).await.unwrap(), [Redriven::Done, Redriven::NotDead]);
    let again = asker.claim(1).await.jobs.remove(0);
    assert_eq!((again.ticket.id.as_str(), again.attempts), ("a", 0));
    assert_ne!(again.ticket, ticket);
    redis.check_invariant().await;
}

#[tokio::test]
async fn dead_and_delayed_jobs_can_be_dropped_and_held_ones_not() {
    let redis = Redis::start().await;
    let (mut asker, ticket) = with_one(&redis).await;
    let id = ["a".to_owned()];
    assert_eq!(asker.queue.drop_jobs(&id).await.unwrap(), [false]);
    asker.queue.retry(&ticket, Duration::from_secs(60), "x").await.unwrap();
    assert_eq!(asker.queue.drop_jobs(&id).await.unwrap(), [true]);
    redis.push("ready", job("a")).await;
    let ticket = asker.claim(1).await.jobs.remove(0).ticket;
    asker.queue.bury(&ticket, "x").await.unwrap();
    assert_eq!(asker.queue.drop_jobs(&id).await.unwrap(), [true]);
    redis.check_invariant().await;
}

#[tokio::test]
async fn the_dead_are_capped_by_count_and_by_age() {
    let redis = Redis::start().await;
    let mut asker = Asker::new(redis.queue(Policy { dead_most: 3, ..Policy::default() }), "w");
    for n in 0..5 {
        redis.push("ready", job(&n.to_string())).await;
        let ticket = asker.claim(1).await.jobs.remove(0).ticket;
        asker.queue.bury(&ticket, "x").await.unwrap();
    }
    let dead = asker.queue.list(State::Dead, 10).await.unwrap();
    assert_eq!(dead.iter().map(|card| card.id.clone().unwrap()).collect::<Vec<_>>(), ["2", "3", "4"]);
    let at_once = redis.queue(Policy { dead_age: Duration::ZERO, ..Policy::default() });
    at_once.reap().await.unwrap();
    assert!(asker.queue.list(State::Dead, 10).await.unwrap().is_empty());
    redis.check_invariant().await;
}

#[tokio::test]
async fn lists_show_what_is_where() {
    let redis = Redis::start().await;
    let (asker, _ticket) = with_one(&redis).await;
    redis.push("ready:notice", job("n")).await;
    redis.push("ready", "garbage").await;
    let ready = asker.queue.list(State::Ready, 10).await.unwrap();
    let shown: Vec<_> = ready.iter().map(|card| (card.id.as_deref(), card.about.class.as_deref().unwrap())).collect();
    assert_eq!(shown, [(None, "ready"), (Some("n"), "notice")]);
    let leased = asker.queue.list(State::Leased, 10).await.unwrap();
    assert_eq!(leased[0].about.worker.as_deref(), Some("w"));
    assert_eq!(leased[0].about.kind.as_deref(), Some("test"));
    redis.check_invariant().await;
}
