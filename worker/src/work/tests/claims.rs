//! What the worker asks for, and when.

use std::collections::BTreeSet;

use entity::keys::Shard;

use super::*;
use crate::queue::Queue;

#[tokio::test]
async fn what_is_no_work_is_cleared_without_a_pause() {
    let redis = Redis::start().await;
    let list = "{rekey:0}:ready";
    for n in 0..64 {
        let garbage: Vec<String> = (0..64).map(|m| format!("garbage-{n}-{m}")).collect();
        let words: Vec<&str> = ["LPUSH", list].into_iter().chain(garbage.iter().map(String::as_str)).collect();
        redis.command(&words).await;
    }
    redis.push("ready", task("a", "send")).await;
    let running = start(&redis, 4, Policy::default());
    // With a pause of a second between two claims these would take longer than anybody waits here.
    until_gone(&redis, "a").await;
    running.stop().await;
    assert_eq!(redis.stat("buried").await, 4096);
    assert_eq!(redis.stat("done").await, 1);
    redis.check_invariant().await;
}

#[tokio::test]
async fn each_shard_has_turns_of_its_own_and_its_retries_come_to_theirs() {
    let redis = Redis::start_with_shards(2).await;
    for shard in 0..2 {
        let list = format!("{{rekey:{shard}}}:ready");
        let queue = Queue::new(&redis.store, Shard(shard), Policy::default());
        let mut asker = Asker::new(queue, "before");
        redis.command(&["LPUSH", &list, &task(&format!("late-{shard}"), "send")]).await;
        let ticket = asker.claim(1).await.jobs.remove(0).ticket;
        asker.queue.retry(&ticket, Duration::ZERO, "x").await.unwrap();
        for n in 0..20 {
            redis.command(&["LPUSH", &list, &task(&format!("{shard}-{n}"), "send")]).await;
        }
    }
    let running = start(&redis, 1, Policy::default());
    until("all are done", async || running.script.begun.lock().unwrap().len() == 42).await;
    let begun = running.script.begun.lock().unwrap().clone();
    running.stop().await;
    for late in ["late-0:send", "late-1:send"] {
        let place = begun.iter().position(|line| line == late).unwrap();
        assert!(place < 10, "{late} was number {place}: it waited until the lists were empty");
    }
}

/// Makes a job one that must run alone: its worker was lost.
async fn lost(redis: &Redis, id: &str, what: &str) {
    redis.push("ready", task(id, what)).await;
    let mut other = Asker::new(redis.queue(lost_at_once()), "lost");
    assert_eq!(ids(&other.claim(1).await), [id]);
    until("its lease is over", async || other.queue.reap().await.unwrap().leases == 1).await;
}

#[tokio::test]
async fn a_job_that_must_run_alone_does_not_wait_long_for_one_that_hangs() {
    let redis = Redis::start().await;
    redis.push("ready", task("hangs", "wait")).await;
    let running = start(&redis, 4, Policy::default());
    until("it hangs", async || running.script.begun("hangs") == 1).await;
    lost(&redis, "alone", "send").await;
    redis.push("ready", task("other", "send")).await;
    until("the other goes on", async || running.script.begun("other") == 1).await;
    assert_eq!(running.script.begun("alone"), 0, "not beside another");
    running.script.gate.add_permits(1);
    until_gone(&redis, "alone").await;
    running.stop().await;
    redis.check_invariant().await;
}

#[tokio::test]
async fn a_job_that_runs_alone_and_is_slow_holds_up_nobody_for_long() {
    let redis = Redis::start().await;
    lost(&redis, "alone", "wait").await;
    let running = start(&redis, 4, Policy::default());
    until("it runs", async || running.script.begun("alone") == 1).await;
    redis.push("ready", task("other", "send")).await;
    until_gone(&redis, "other").await;
    assert_eq!(redis.queue(Policy::default()).list(State::Leased, 9).await.unwrap().len(), 1, "it still runs");
    running.script.gate.add_permits(1);
    until_gone(&redis, "alone").await;
    running.stop().await;
    redis.check_invariant().await;
}

#[tokio::test]
async fn a_job_that_is_refused_by_a_server_that_works_ends_an_outage() {
    let redis = Redis::start().await;
    let running = start(&redis, 4, Policy::default());
    redis.push("ready", task("away", "defer")).await;
    until("the server is away", async || redis.stat("deferred").await == 1).await;
    assert_eq!(redis.queue(Policy::default()).drop_jobs(&["away".to_owned()]).await.unwrap(), [true]);
    redis.push("ready", task("refused", "refused")).await;
    assert_eq!(until_dead(&redis, "refused").await, "smtp 550");
    for n in 0..3 {
        redis.push("ready", task(&n.to_string(), "wait")).await;
    }
    until("more than a probe runs", async || running.script.running.load(Ordering::SeqCst) == 3).await;
    running.script.gate.add_permits(3);
    until("all are done", async || redis.stat("done").await == 3).await;
    running.stop().await;
}

/// Scripts that Redis has run.
async fn scripts(redis: &Redis) -> u64 {
    let told = redis.command(&["INFO", "commandstats"]).await.as_string().unwrap();
    let line = told.lines().find_map(|line| line.strip_prefix("cmdstat_evalsha:calls="));
    line.map_or(0, |line| line.split(',').next().unwrap().parse().unwrap())
}

#[tokio::test]
async fn an_outage_with_nothing_to_probe_with_is_no_reason_to_ask_all_the_time() {
    let redis = Redis::start().await;
    let running = start(&redis, 4, Policy::default());
    redis.push("ready", task("away", "defer")).await;
    until("the server is away", async || redis.stat("deferred").await == 1).await;
    assert_eq!(redis.queue(Policy::default()).drop_jobs(&["away".to_owned()]).await.unwrap(), [true]);
    let (begin, before) = (redis.now().await, scripts(&redis).await);
    until("three probes could have gone out", async || redis.now().await > begin + 4_000).await;
    let asked = scripts(&redis).await - before;
    // A look and a reap each second, and the leases every ten.
    assert!(asked < 60, "{asked} scripts in four seconds");
    redis.push("ready", task("next", "send")).await;
    until_gone(&redis, "next").await;
    running.stop().await;
}

#[tokio::test]
async fn webhooks_whose_end_cannot_be_noted_keep_no_mail_waiting() {
    let redis = Redis::start().await;
    let running = start(&redis, 4, Policy::default());
    for n in 0..16 {
        let data = format!(r#"{{"event_id":"{UNNOTED}"}}"#);
        redis
            .push("ready:webhook", format!(r#"{{"v":1,"id":"hook-{n}","type":"webhook.deliver","data":{data}}}"#))
            .await;
    }
    until("one is to be buried", async || !running.script.buried.lock().unwrap().is_empty()).await;
    for n in 0..3 {
        let id = format!("mail-{n}");
        redis.push("ready", task(&id, "send")).await;
        until_gone(&redis, &id).await;
    }
    let buried: BTreeSet<String> = running.script.buried.lock().unwrap().iter().cloned().collect();
    assert!(buried.len() <= 2, "half of the places are the webhooks': {buried:?}");
    running.worker.abort();
}
