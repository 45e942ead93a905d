//! What the worker asks for, and when.

use super::*;

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
