//! What the worker asks for, and when.

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
