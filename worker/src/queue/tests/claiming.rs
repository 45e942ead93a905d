//! Who gets which jobs, and when.

use std::time::Duration;

use crate::queue::{Budget, Policy, State, testing::*};

#[tokio::test]
async fn jobs_come_in_the_order_they_were_pushed_and_byte_for_byte() {
    let redis = Redis::start().await;
    for id in ["a", "b", "c"] {
        redis.push("ready", job(id)).await;
    }
    let batch = Asker::new(redis.queue(Policy::default()), "w").claim(2).await;
    assert_eq!(ids(&batch), ["a", "b"]);
    assert_eq!(batch.jobs[0].bytes, job("a"));
    assert_eq!((batch.jobs[0].deliveries, batch.jobs[0].attempts, batch.jobs[0].solo), (1, 0, false));
    assert_eq!(redis.waiting("ready").await, 1);
    redis.check_invariant().await;
}

#[tokio::test]
async fn a_claim_asked_for_again_brings_the_same_jobs_and_no_others() {
    let redis = Redis::start().await;
    for id in ["a", "b", "c", "d"] {
        redis.push("ready", job(id)).await;
    }
    let mut asker = Asker::new(redis.queue(Policy::default()), "w");
    let first = asker.claim(3).await;
    asker.queue.ack(&[first.jobs[1].ticket.clone()]).await.unwrap();
    let again = asker.same_claim(3).await;
    assert_eq!(ids(&again), ["a", "c"], "what is settled meanwhile does not come again");
    assert_eq!(again.jobs[0].ticket, first.jobs[0].ticket);
    assert_eq!(again.jobs[0].deliveries, 1);
    assert_eq!(ids(&asker.claim(3).await), ["d"]);
    redis.check_invariant().await;
}

#[tokio::test]
async fn no_more_than_64_jobs_are_given_at_once() {
    let redis = Redis::start().await;
    for n in 0..70 {
        redis.push("ready", job(&n.to_string())).await;
    }
    let mut asker = Asker::new(redis.queue(Policy::default()), "w");
    assert_eq!(asker.claim(1000).await.jobs.len(), 64);
    assert_eq!(asker.claim(1000).await.jobs.len(), 6);
    redis.check_invariant().await;
}

async fn fill(redis: &Redis, count: usize) {
    for list in ["ready", "ready:notice", "ready:webhook"] {
        for n in 0..count {
            redis.push(list, job(&format!("{list}-{n}"))).await;
        }
    }
}

fn shares<'a>(ids: impl IntoIterator<Item = &'a str>) -> (usize, usize, usize) {
    ids.into_iter().fold((0, 0, 0), |(ready, notice, webhook), id| match id.split_once('-').unwrap().0 {
        "ready" => (ready + 1, notice, webhook),
        "ready:notice" => (ready, notice + 1, webhook),
        _ => (ready, notice, webhook + 1),
    })
}

#[tokio::test]
async fn the_lists_share_by_their_weights_in_batches_and_one_by_one() {
    let redis = Redis::start().await;
    fill(&redis, 40).await;
    let mut asker = Asker::new(redis.queue(Policy::default()), "w");
    assert_eq!(shares(ids(&asker.claim(22).await)), (16, 4, 2));
    let mut singles = Vec::new();
    for _ in 0..22 {
        singles.push(asker.claim(1).await.jobs.remove(0).ticket.id);
    }
    assert_eq!(shares(singles.iter().map(String::as_str)), (16, 4, 2));
    redis.check_invariant().await;
}

#[tokio::test]
async fn an_empty_lists_places_go_to_the_others() {
    let redis = Redis::start().await;
    for n in 0..20 {
        redis.push("ready:webhook", job(&format!("ready:webhook-{n}"))).await;
    }
    let mut asker = Asker::new(redis.queue(Policy::default()), "w");
    assert_eq!(asker.claim(16).await.jobs.len(), 16);
    redis.check_invariant().await;
}

#[tokio::test]
async fn a_class_without_budget_is_left_alone_and_a_probe_takes_one() {
    let redis = Redis::start().await;
    fill(&redis, 5).await;
    let mut asker = Asker::new(redis.queue(Policy::default()), "w");
    asker.budget = Budget { mail: 0, webhook: 64 };
    assert_eq!(shares(ids(&asker.claim(16).await)), (0, 0, 5));
    asker.budget = Budget { mail: 1, webhook: 64 };
    let probe = asker.claim(16).await;
    assert_eq!(probe.jobs.len(), 1);
    asker.queue.retry(&probe.jobs[0].ticket, Duration::ZERO, "x").await.unwrap();
    asker.budget = Budget { mail: 0, webhook: 64 };
    assert!(asker.claim(16).await.jobs.is_empty(), "neither from the lists nor delayed");
    redis.check_invariant().await;
}

#[tokio::test]
async fn delayed_jobs_take_half_at_most_while_the_lists_wait() {
    let redis = Redis::start().await;
    let mut asker = Asker::new(redis.queue(Policy::default()), "w");
    for n in 0..20 {
        redis.push("ready", job(&format!("late-{n}"))).await;
    }
    for delivery in asker.claim(20).await.jobs {
        asker.queue.retry(&delivery.ticket, Duration::ZERO, "x").await.unwrap();
    }
    for n in 0..20 {
        redis.push("ready", job(&format!("new-{n}"))).await;
    }
    let late = |batch: &crate::queue::Batch| batch.jobs.iter().filter(|d| d.ticket.id.starts_with("late")).count();
    let batch = asker.claim(8).await;
    assert_eq!((batch.jobs.len(), late(&batch)), (8, 4));
    assert_eq!(batch.jobs.iter().find(|d| d.ticket.id == "late-0").unwrap().attempts, 1);
    let mut late_ones = 0;
    for _ in 0..8 {
        late_ones += late(&asker.claim(1).await);
    }
    assert_eq!(late_ones, 4, "one by one they take turns");
    let rest = asker.claim(64).await;
    assert_eq!(rest.jobs.len(), 24, "half for each is a bound while both wait, not for what is left over");
    redis.check_invariant().await;
}

#[tokio::test]
async fn a_job_that_is_not_due_is_not_given_and_its_time_is_told() {
    let redis = Redis::start().await;
    redis.push("ready", job("a")).await;
    let mut asker = Asker::new(redis.queue(Policy::default()), "w");
    let ticket = asker.claim(1).await.jobs.remove(0).ticket;
    asker.queue.retry(&ticket, Duration::from_secs(60), "smtp 421").await.unwrap();
    let batch = asker.claim(1).await;
    assert!(batch.jobs.is_empty());
    let wait = batch.next_due.unwrap() - batch.now;
    assert!((1..=60_000).contains(&wait), "{wait}");
    redis.check_invariant().await;
}

#[tokio::test]
async fn expired_jobs_are_discarded_a_thousand_a_call_counted_and_sampled() {
    let redis = Redis::start().await;
    redis.push("ready", job_until("still-good", i64::from(u32::MAX) * 1000)).await;
    for n in 0..1100 {
        redis.push("ready", job_until(&format!("old-{n}"), 1_000)).await;
    }
    // They are older than the good one, so they are met first.
    redis.push("ready", job("last")).await;
    let mut asker = Asker::new(redis.queue(Policy::default()), "w");
    let batch = asker.claim(1).await;
    assert_eq!((ids(&batch), batch.cleared), (vec!["still-good"], 0));
    let batch = asker.claim(2).await;
    assert_eq!((ids(&batch), batch.cleared), (vec![], 1000), "so there may be more");
    assert_eq!(redis.stat("expired").await, 1000);
    assert_eq!(ids(&asker.claim(2).await), ["last"]);
    assert_eq!(redis.stat("expired").await, 1100);
    assert_eq!(redis.waiting("expired").await, 1000);
    redis.check_invariant().await;
}

#[tokio::test]
async fn a_full_redis_still_drains() {
    let redis = Redis::start().await;
    for n in 0..3 {
        redis.push("ready", job(&n.to_string())).await;
    }
    redis.command(&["CONFIG", "SET", "maxmemory", "1"]).await;
    let mut asker = Asker::new(redis.queue(Policy::default()), "w");
    let jobs = asker.claim(3).await.jobs;
    assert_eq!(jobs.len(), 3);
    let queue = &asker.queue;
    assert_eq!(queue.extend(std::slice::from_ref(&jobs[0].ticket)).await.unwrap(), [true]);
    assert_eq!(queue.ack(std::slice::from_ref(&jobs[0].ticket)).await.unwrap(), [true]);
    queue.retry(&jobs[1].ticket, Duration::ZERO, "x").await.unwrap();
    assert!(queue.bury(&jobs[2].ticket, "x").await.unwrap());
    assert_eq!(queue.reap().await.unwrap().leases, 0);
    redis.check_invariant().await;
}

#[tokio::test]
async fn webhooks_that_are_due_and_may_not_be_taken_hold_up_no_mail() {
    let redis = Redis::start().await;
    let mut asker = Asker::new(redis.queue(Policy::default()), "w");
    // More than a claim looks at.
    for n in 0..200 {
        redis.push("ready:webhook", job(&format!("webhook-{n}"))).await;
    }
    redis.push("ready", job("mail")).await;
    let mut claimed = Vec::new();
    while claimed.len() < 201 {
        claimed.extend(asker.claim(64).await.jobs);
    }
    claimed.sort_by_key(|delivery| !delivery.ticket.id.starts_with("webhook"));
    for delivery in &claimed {
        asker.queue.retry(&delivery.ticket, Duration::ZERO, "later").await.unwrap();
    }
    asker.budget = Budget { mail: 8, webhook: 0 };
    assert_eq!(ids(&asker.claim(8).await), ["mail"]);
    asker.budget = Budget { mail: 8, webhook: 4 };
    assert_eq!(asker.claim(8).await.jobs.len(), 4);
    assert_eq!(asker.queue.list(State::Delayed, 1_000).await.unwrap().len(), 196);
    redis.check_invariant().await;
}

#[tokio::test]
async fn mails_and_webhooks_that_are_due_both_get_on() {
    let redis = Redis::start().await;
    let mut asker = Asker::new(redis.queue(Policy::default()), "w");
    for n in 0..20 {
        redis.push("ready:webhook", job(&format!("webhook-{n}"))).await;
        redis.push("ready", job(&format!("ready-{n}"))).await;
    }
    let mut claimed = Vec::new();
    while claimed.len() < 40 {
        claimed.extend(asker.claim(64).await.jobs);
    }
    for delivery in &claimed {
        asker.queue.retry(&delivery.ticket, Duration::ZERO, "later").await.unwrap();
    }
    let mut singles = Vec::new();
    for _ in 0..16 {
        singles.push(asker.claim(1).await.jobs.remove(0).ticket.id);
    }
    let webhooks = singles.iter().filter(|id| id.starts_with("webhook")).count();
    assert_eq!(webhooks, 4, "a quarter of the turns");
    redis.check_invariant().await;
}
