//! Workers that are killed, and workers that are stopped and wake up when their jobs are somebody else's.

use std::time::{Duration, Instant};

use e2e::eventually;

use crate::{count, fleet, is_large};

const WORKERS: usize = 4;
/// A lease's 30 s and the reaper's second, and what is left for mailing what was lost.
const THROUGH_WITHIN: Duration = Duration::from_secs(35);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r66_mails_of_workers_that_are_killed_one_after_another_all_arrive() {
    let system = fleet::system().start().await;
    let takes = Duration::from_millis(if is_large() { 50 } else { 200 });
    system.smtp.script(|script| script.takes = takes);
    let asked = fleet::open(&system, count(160, 10_000)).await;
    let mut workers = fleet::workers(&system, WORKERS);

    let mut beat = tokio::time::interval(Duration::from_secs(1));
    beat.tick().await;
    let (mut kills, mut last_kill) = (0, Instant::now());
    while system.smtp.accepted() < asked.len() && kills < count(2, 600) {
        beat.tick().await;
        let victim = rand::random_range(0..WORKERS);
        workers[victim].kill();
        (kills, last_kill) = (kills + 1, Instant::now());
        workers[victim] = fleet::worker(&system);
    }
    let mut arrived = fleet::Arrived::at(&system);
    eventually("every mail arrives", Duration::from_secs(120), async || {
        arrived = fleet::Arrived::at(&system);
        (arrived.challenges == asked).then_some(())
    })
    .await;
    let through = last_kill.elapsed();
    system.settled().await;
    let arrived = fleet::Arrived::at(&system);
    fleet::check(&system);
    println!(
        "killed: {} jobs, {WORKERS} workers, {kills} kills: none missing, {} duplicates with the same code, the last \
         {:.1} s after the last kill",
        asked.len(),
        arrived.duplicates(),
        through.as_secs_f64()
    );
    // A killed worker leaves at most a mail on each of its connections of which nobody knows whether it was taken.
    assert!(arrived.duplicates() <= kills * 4, "{} duplicates", arrived.duplicates());
    if is_large() {
        assert!(through <= THROUGH_WITHIN, "{through:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r66_a_worker_that_wakes_up_after_its_leases_settles_nothing() {
    let system = fleet::system().start().await;
    let takes = Duration::from_millis(if is_large() { 50 } else { 200 });
    system.smtp.script(|script| script.takes = takes);
    let asked = fleet::open(&system, count(120, 10_000)).await;
    let workers = fleet::workers(&system, 2);
    let mut frozen = 0;
    for round in 0..count(1, 5) {
        let sleeper = &workers[round % 2];
        let (seen, reaped) = (system.smtp.accepted(), fleet::stat(&system, "reaped").await);
        eventually("mails go out", Duration::from_secs(20), async || {
            (system.smtp.accepted() > seen || system.smtp.accepted() >= asked.len()).then_some(())
        })
        .await;
        sleeper.freeze();
        let had_jobs = eventually("its leases are over, or it had none", Duration::from_secs(60), async || {
            let leased = system.redis.call(&["ZCARD", "{rekey:0}:leases"]).await.int();
            let now = fleet::stat(&system, "reaped").await;
            (now > reaped || leased == 0).then_some(now > reaped)
        })
        .await;
        frozen += usize::from(had_jobs);
        sleeper.thaw();
    }
    eventually("every mail arrives", Duration::from_secs(120), async || {
        (fleet::Arrived::at(&system).challenges == asked).then_some(())
    })
    .await;
    system.settled().await;
    let arrived = fleet::Arrived::at(&system);
    println!(
        "stopped: {} jobs, {frozen} workers stopped past their leases: none missing, {} duplicates with the same code",
        asked.len(),
        arrived.duplicates()
    );
    assert!(frozen > 0, "a worker was stopped with jobs in its hands");
    // The window that is left: a mail that was between DATA and its acknowledgement, one on each connection.
    assert!(arrived.duplicates() <= frozen * 4, "{} duplicates", arrived.duplicates());
    assert_eq!(fleet::stat(&system, "done").await, i64::try_from(asked.len()).unwrap(), "each job is settled once");
    fleet::check(&system);
}
