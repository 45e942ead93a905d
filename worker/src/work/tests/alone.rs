//! Jobs that must run alone, among others that want to run as well.

use super::*;

/// Makes jobs ones that must run alone: their worker was lost.
async fn lost(redis: &Redis, jobs: &[(&str, &str)]) {
    let mut other = Asker::new(redis.queue(lost_at_once()), "lost");
    for (id, what) in jobs {
        redis.push("ready", task(id, what)).await;
    }
    assert_eq!(other.claim(jobs.len()).await.jobs.len(), jobs.len());
    let mut reaped = 0;
    until("their leases are over", async || {
        reaped += other.queue.reap().await.unwrap().leases;
        reaped == jobs.len() as u64
    })
    .await;
}

#[tokio::test]
async fn many_that_must_run_alone_let_others_in_between() {
    let redis = Redis::start().await;
    lost(&redis, &[("alone-1", "wait"), ("alone-2", "wait"), ("alone-3", "wait")]).await;
    let running = start(&redis, 4, Policy::default());
    let script = &running.script;
    until("the first runs", async || script.begun("alone-1") == 1).await;
    redis.push("ready", task("other", "send")).await;
    script.gate.add_permits(1);
    until("the second runs", async || script.begun("alone-2") == 1).await;
    assert_eq!(script.begun("other"), 1, "it waits for one of them, not for all");
    script.gate.add_permits(2);
    until("all are done", async || redis.stat("done").await == 4).await;
    running.stop().await;
    redis.check_invariant().await;
}

#[tokio::test]
async fn one_that_must_run_alone_does_not_starve_among_jobs_that_are_slow() {
    let redis = Redis::start().await;
    lost(&redis, &[("alone", "send")]).await;
    // It is due when the worker is busy, else it would be given at once.
    let due = (redis.now().await + 2_000).to_string();
    redis.command(&["ZADD", "{rekey:0}:delayed", &due, "alone"]).await;
    // They end one after another, so that some have just begun at each moment, and there are always more.
    for n in 0..400 {
        let ms = [100, 200, 300].get(n).unwrap_or(&600);
        redis.push("ready", task(&format!("slow-{n}"), &format!("for {ms} ms"))).await;
    }
    let spans = Spans { first_drain: Duration::from_millis(200), ..Spans::default() };
    let running = start_with(&redis, 4, Policy::default(), spans);
    until("it is done", async || running.script.begun("alone") == 1).await;
    assert_eq!(running.script.beside("alone"), Some(0), "nothing ran beside it");
    running.stop().await;
}

#[tokio::test]
async fn jobs_that_hang_for_good_are_given_back_for_one_that_must_run_alone() {
    let redis = Redis::start().await;
    lost(&redis, &[("alone", "send")]).await;
    let due = (redis.now().await + 2_000).to_string();
    redis.command(&["ZADD", "{rekey:0}:delayed", &due, "alone"]).await;
    for id in ["hangs-1", "hangs-2"] {
        redis.push("ready", task(id, "wait")).await;
    }
    redis.push("ready", task("sends", "send-and-wait")).await;
    let brief = Duration::from_secs(3);
    let running = start_with(
        &redis,
        4,
        Policy::default(),
        Spans { first_drain: brief, longest_drain: brief, ..Spans::default() },
    );
    until("they are given back", async || redis.stat("released").await >= 2).await;
    assert_eq!(running.script.begun("alone"), 0, "what is being sent is not given back");
    running.script.gate.add_permits(1);
    until("it ran", async || running.script.begun("alone") == 1).await;
    assert_eq!(running.script.beside("alone"), Some(0));
    running.script.gate.add_permits(2);
    until("all are done", async || redis.stat("done").await == 4).await;
    assert_eq!(redis.stat("retried").await, 0);
    running.stop().await;
    redis.check_invariant().await;
}

/// A job that kills its worker takes others along once, whoever is beside it: they are claimed alone from then on, and so
/// is it.
#[tokio::test]
async fn r66_what_was_beside_a_lost_job_is_not_given_together_with_it_again() {
    let redis = Redis::start().await;
    lost(&redis, &[("bad", "wait"), ("good-1", "send"), ("good-2", "send")]).await;
    let running = start(&redis, 4, Policy::default());
    let script = &running.script;
    until("it runs", async || script.begun("bad") == 1).await;
    redis.push("ready", task("other", "wait")).await;
    until("its time alone is over", async || script.begun("other") == 1).await;
    for good in ["good-1", "good-2"] {
        assert_eq!(script.begun(good), 0, "{good} runs beside it");
    }
    script.gate.add_permits(2);
    until("all are done", async || redis.stat("done").await == 4).await;
    for id in ["bad", "good-1", "good-2"] {
        assert_eq!(script.beside(id), Some(0), "{id} did not begin alone");
    }
    running.stop().await;
    redis.check_invariant().await;
}
