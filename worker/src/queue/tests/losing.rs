//! Workers that die.

use std::{slice::from_ref, time::Duration};

use crate::queue::{Policy, Settled, State, testing::*};

#[tokio::test]
async fn r66_a_lost_lease_brings_the_job_back_and_fences_off_the_old_worker() {
    let redis = Redis::start().await;
    redis.push("ready", job("a")).await;
    let mut first = Asker::new(redis.queue(lost_at_once()), "first");
    let old = first.claim(1).await.jobs.remove(0).ticket;
    until("the lease is reaped", async || first.queue.reap().await.unwrap().leases == 1).await;
    redis.check_invariant().await;

    let mut second = Asker::new(redis.queue(Policy::default()), "second");
    let new = second.claim(1).await.jobs.remove(0);
    assert!(new.solo);
    assert_eq!(new.deliveries, 2);
    assert_eq!(first.queue.extend(from_ref(&old)).await.unwrap(), [false]);
    assert_eq!(first.queue.ack(from_ref(&old)).await.unwrap(), [false]);
    assert_eq!(first.queue.retry(&old, Duration::ZERO, "x").await.unwrap(), Settled::Gone);
    assert_eq!(first.queue.release(&old).await.unwrap(), Settled::Gone);
    assert!(!first.queue.bury(&old, "x").await.unwrap());
    assert_eq!(second.queue.ack(from_ref(&new.ticket)).await.unwrap(), [true]);
    redis.check_invariant().await;
}

#[tokio::test]
async fn a_job_pushed_again_under_its_old_id_meets_no_old_fence() {
    let redis = Redis::start().await;
    redis.push("ready", job("a")).await;
    let mut asker = Asker::new(redis.queue(Policy::default()), "w");
    let old = asker.claim(1).await.jobs.remove(0).ticket;
    asker.queue.ack(from_ref(&old)).await.unwrap();
    redis.push("ready", job("a")).await;
    asker.claim(1).await.jobs.remove(0);
    assert_eq!(asker.queue.ack(from_ref(&old)).await.unwrap(), [false]);
    redis.check_invariant().await;
}

#[tokio::test]
async fn an_extended_lease_is_not_reaped_and_an_unreaped_one_still_counts() {
    let redis = Redis::start().await;
    redis.push("ready", job("a")).await;
    let mut asker = Asker::new(redis.queue(lost_at_once()), "w");
    let ticket = asker.claim(1).await.jobs.remove(0).ticket;
    let long = redis.queue(Policy::default());
    assert_eq!(long.extend(from_ref(&ticket)).await.unwrap(), [true], "late, but nobody else has it");
    assert_eq!(long.reap().await.unwrap().leases, 0);
    redis.check_invariant().await;
}

async fn lose(redis: &Redis) -> Vec<fred::bytes::Bytes> {
    let queue = redis.queue(Policy::default());
    let mut poisoned = Vec::new();
    until("a lease is reaped", async || {
        let reaped = queue.reap().await.unwrap();
        poisoned.extend(reaped.poisoned);
        reaped.leases > 0
    })
    .await;
    redis.check_invariant().await;
    poisoned
}

#[tokio::test]
async fn three_solo_deliveries_without_an_outcome_are_poison() {
    let redis = Redis::start().await;
    redis.push("ready", job("a")).await;
    let mut asker = Asker::new(redis.queue(lost_at_once()), "w");
    asker.claim(1).await;
    assert!(lose(&redis).await.is_empty(), "the first loss may be a neighbour's fault");
    for lost in 1..=3 {
        let batch = asker.claim(1).await;
        assert!(batch.jobs[0].solo);
        assert_eq!(lose(&redis).await.len(), usize::from(lost == 3));
    }
    let card = asker.queue.show("a").await.unwrap().unwrap();
    assert_eq!((card.state, card.about.reason.as_deref()), (State::Dead, Some("poison")));
    assert_eq!(card.bytes, job("a"));
    redis.check_invariant().await;
}

#[tokio::test]
async fn an_outcome_clears_the_suspicion_and_a_release_does_not() {
    let redis = Redis::start().await;
    redis.push("ready", job("a")).await;
    let mut asker = Asker::new(redis.queue(lost_at_once()), "w");
    for _ in 0..3 {
        asker.claim(1).await;
        lose(&redis).await;
    }
    let solo = asker.claim(1).await.jobs.remove(0);
    asker.queue.release(&solo.ticket).await.unwrap();
    let solo = asker.claim(1).await.jobs.remove(0);
    assert!(solo.solo);
    asker.queue.retry(&solo.ticket, Duration::ZERO, "x").await.unwrap();
    let plain = asker.claim(1).await.jobs.remove(0);
    assert!(!plain.solo);
    lose(&redis).await;
    asker.claim(1).await;
    assert!(lose(&redis).await.is_empty(), "it counts from the start again");
    redis.check_invariant().await;
}

#[tokio::test]
async fn a_solo_job_waits_for_a_worker_that_runs_nothing_and_holds_up_no_other() {
    let redis = Redis::start().await;
    redis.push("ready", job("suspect")).await;
    Asker::new(redis.queue(lost_at_once()), "dies").claim(1).await;
    lose(&redis).await;
    for n in 0..4 {
        redis.push("ready", job(&n.to_string())).await;
    }
    let mut busy = Asker::new(redis.queue(Policy::default()), "busy");
    let mut other = Asker::new(redis.queue(Policy::default()), "other");
    (busy.idle, other.idle) = (false, false);
    let batch = busy.claim(4).await;
    assert!(batch.drain && batch.jobs.is_empty());
    let batch = other.claim(2).await;
    assert!(!batch.drain, "one worker empties itself, not all");
    assert_eq!(ids(&batch), ["0", "1"]);
    busy.idle = true;
    let batch = busy.claim(4).await;
    assert_eq!(ids(&batch), ["suspect"], "alone, though others wait");
    assert!(batch.jobs[0].solo);
    assert_eq!(ids(&busy.claim(4).await), ["2", "3"]);
    redis.check_invariant().await;
}

#[tokio::test]
async fn of_those_that_must_run_alone_codes_come_first_and_an_idle_worker_waits_for_nobody() {
    let redis = Redis::start().await;
    for (list, id) in [("ready:webhook", "a"), ("ready:notice", "b"), ("ready", "c")] {
        redis.push(list, job(id)).await;
    }
    let mut dies = Asker::new(redis.queue(lost_at_once()), "dies");
    assert_eq!(dies.claim(3).await.jobs.len(), 3);
    let mut reaped = 0;
    until("all are reaped", async || {
        reaped += dies.queue.reap().await.unwrap().leases;
        reaped == 3
    })
    .await;
    let mut busy = Asker { idle: false, ..Asker::new(redis.queue(Policy::default()), "busy") };
    assert!(busy.claim(4).await.drain, "it empties itself");
    let mut idle = Asker::new(redis.queue(Policy::default()), "idle");
    idle.drains = false;
    assert!(idle.claim(4).await.jobs.is_empty(), "it is the others' turn");
    idle.drains = true;
    assert_eq!(ids(&idle.claim(4).await), ["c"]);
    assert_eq!(ids(&idle.claim(4).await).len(), 1);
    assert_eq!(ids(&idle.claim(4).await).len(), 1);
    let batch = busy.claim(4).await;
    assert!(!batch.drain && batch.jobs.is_empty(), "there is nothing left to empty itself for");
    redis.check_invariant().await;
}

#[tokio::test]
async fn how_often_a_job_was_lost_alone_is_told() {
    let redis = Redis::start().await;
    redis.push("ready", job("a")).await;
    let mut asker = Asker::new(redis.queue(lost_at_once()), "w");
    for (solo, lost_alone) in [(false, 0), (true, 0), (true, 1), (true, 2)] {
        let delivery = asker.claim(1).await.jobs.remove(0);
        assert_eq!((delivery.solo, delivery.lost), (solo, lost_alone));
        lose(&redis).await;
    }
}

#[tokio::test]
async fn the_reaper_takes_a_hundred_a_call() {
    let redis = Redis::start().await;
    let mut asker = Asker::new(redis.queue(lost_at_once()), "w");
    for n in 0..120 {
        redis.push("ready", job(&n.to_string())).await;
    }
    let mut last = 0;
    for wanted in [64, 56] {
        let batch = asker.claim(wanted).await;
        assert_eq!(batch.jobs.len(), wanted);
        last = batch.now;
    }
    until("all leases are over", async || redis.now().await > last + 10).await;
    assert_eq!(asker.queue.reap().await.unwrap().leases, 100);
    assert_eq!(asker.queue.reap().await.unwrap().leases, 20);
    redis.check_invariant().await;
}

#[tokio::test]
async fn r66_what_is_in_the_queue_survives_the_death_of_redis() {
    let mut redis = Redis::start().await;
    redis.push("ready", job("waits")).await;
    redis.push("ready", job("leased")).await;
    let mut asker = Asker::new(redis.queue(Policy::default()), "w");
    let ticket = asker.claim(1).await.jobs.remove(0).ticket;
    redis.stop();
    until("the loss is noticed", async || asker.queue.reap().await.is_err()).await;
    redis.start_again().await;
    assert_eq!(ids(&asker.same_claim(1).await), ["waits"]);
    assert_eq!(asker.queue.ack(from_ref(&ticket)).await.unwrap(), [true], "and scripts are loaded anew");
    assert_eq!(ids(&asker.claim(1).await), ["leased"]);
    redis.check_invariant().await;
}

#[tokio::test]
async fn a_job_whose_bytes_are_gone_is_forgotten_and_holds_up_no_other() {
    let redis = Redis::start().await;
    let mut asker = Asker::new(redis.queue(lost_at_once()), "w");
    let steal = async |id: &str| redis.command(&["HDEL", "{rekey:0}:held", id]).await;
    // Asked for again after a lost answer.
    redis.push("ready", job("repeated")).await;
    redis.push("ready", job("kept")).await;
    let mut patient = Asker::new(redis.queue(Policy::default()), "patient");
    patient.claim(2).await;
    steal("repeated").await;
    let again = patient.same_claim(2).await;
    assert_eq!(ids(&again), ["kept"]);
    patient.queue.retry(&again.jobs[0].ticket, Duration::ZERO, "x").await.unwrap();
    // Delayed, behind it in the same batch.
    redis.push("ready", job("delayed")).await;
    let ticket = patient.claim(2).await.jobs.into_iter().find(|job| job.ticket.id == "delayed").unwrap().ticket;
    patient.queue.retry(&ticket, Duration::ZERO, "x").await.unwrap();
    steal("delayed").await;
    redis.push("ready", job("solo")).await;
    assert_eq!(ids(&asker.claim(4).await), ["solo"]);
    // To run alone.
    lose(&redis).await;
    steal("solo").await;
    redis.push("ready", job("next")).await;
    assert_eq!(ids(&asker.claim(4).await), ["next"]);
    // With a worker that is gone.
    steal("next").await;
    assert!(lose(&redis).await.is_empty());
    // Pushed again while it is delayed: its bytes are back.
    redis.push("ready", job("back")).await;
    let ticket = patient.claim(4).await.jobs.remove(0).ticket;
    patient.queue.retry(&ticket, Duration::from_secs(60), "x").await.unwrap();
    steal("back").await;
    redis.push("ready", job("back")).await;
    assert_eq!(ids(&patient.claim(4).await), ["back"]);
    assert_eq!(redis.stat("lost_bytes").await, 5);
    redis.check_invariant().await;
}

#[tokio::test]
async fn a_job_whose_record_is_spoilt_is_run_with_its_batch() {
    let redis = Redis::start().await;
    let mut asker = Asker::new(redis.queue(Policy::default()), "w");
    for id in ["a", "b"] {
        redis.push("ready", job(id)).await;
    }
    for delivery in asker.claim(2).await.jobs {
        asker.queue.retry(&delivery.ticket, Duration::ZERO, "x").await.unwrap();
    }
    let record = r#"{"class":"ready","delivery":1,"deliveries":1,"attempts":"many","lost":0,"solo":false}"#;
    redis.command(&["HSET", "{rekey:0}:meta", "a", record]).await;
    let jobs = asker.claim(2).await;
    assert_eq!(ids(&jobs), ["a", "b"]);
    assert_eq!(jobs.jobs[0].attempts, 0);
    redis.check_invariant().await;
}

#[tokio::test]
async fn a_job_whose_record_is_gone_goes_on_with_its_bytes() {
    let redis = Redis::start().await;
    for id in ["leased", "delayed"] {
        redis.push("ready", job(id)).await;
    }
    let mut asker = Asker::new(redis.queue(lost_at_once()), "w");
    let batch = asker.claim(2).await;
    let delayed = batch.jobs.iter().find(|job| job.ticket.id == "delayed").unwrap();
    asker.queue.retry(&delayed.ticket, Duration::ZERO, "later").await.unwrap();
    for id in ["leased", "delayed"] {
        redis.command(&["HDEL", "{rekey:0}:meta", id]).await;
    }
    until("the lease is over", async || asker.queue.reap().await.unwrap().leases == 1).await;
    let mut left: Vec<String> = Vec::new();
    while left.len() < 2 {
        let batch = asker.claim(2).await;
        for delivery in &batch.jobs {
            assert_eq!(delivery.bytes, job(&delivery.ticket.id));
            assert_eq!(asker.queue.ack(std::slice::from_ref(&delivery.ticket)).await.unwrap(), [true]);
            left.push(delivery.ticket.id.clone());
        }
    }
    left.sort();
    assert_eq!(left, ["delayed", "leased"]);
    assert_eq!(redis.stat("recovered").await, 2);
    redis.check_invariant().await;
}
