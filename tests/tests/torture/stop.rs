//! Workers that are told to stop in the middle of much work.

use std::time::Duration;

use e2e::eventually;
use rustix::process::Signal;

use crate::{count, fleet};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_worker_told_to_stop_under_load_loses_nothing_and_sends_nothing_twice() {
    let system = fleet::system().start().await;
    system.smtp.script(|script| script.takes = Duration::from_millis(100));
    let asked = fleet::open(&system, count(150, 5_000)).await;
    let mut stopped = 0;
    while system.smtp.accepted() < asked.len() {
        let mut worker = fleet::worker(&system);
        let seen = system.smtp.accepted();
        eventually("it mails", Duration::from_secs(30), async || {
            (system.smtp.accepted() >= (seen + count(50, 200)).min(asked.len())).then_some(())
        })
        .await;
        assert!(worker.stop().success(), "it ends within its grace, in good order");
        stopped += 1;
    }
    let arrived = fleet::Arrived::at(&system);
    assert!(arrived.challenges == asked, "none is missing");
    assert_eq!(arrived.duplicates(), 0);
    system.settled().await;
    fleet::check(&system);
    println!("told to stop: {} jobs, {stopped} workers one after another: each mail once", asked.len());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_worker_told_twice_stops_at_once_and_loses_nothing() {
    let system = fleet::system().start().await;
    system.smtp.script(|script| script.hang = true);
    let asked = fleet::open(&system, 3).await;
    let mut worker = fleet::worker(&system);
    // Of three to a domain of which it knows nothing yet it sends one.
    eventually("it is in the middle of a mail", Duration::from_secs(20), async || {
        (system.smtp.reached() == 1).then_some(())
    })
    .await;
    worker.signal(Signal::TERM);
    eventually("it stops", Duration::from_secs(20), async || worker.output().contains("told to stop").then_some(()))
        .await;
    assert!(worker.runs(), "it waits for its mail");
    worker.signal(Signal::TERM);
    // Less than the grace period of 10 s would prove nothing on a slow machine; its own word does.
    eventually("it is gone", Duration::from_secs(20), async || worker.ended()).await;
    assert!(worker.output().contains("told to stop at once"), "it did not wait for its grace period to end");
    // The mail whose end nobody saw is refused, so what arrives is what was kept.
    system.smtp.script(|script| (script.hang, script.data) = (false, Some("451 4.3.0 later")));
    eventually("the old connection is over", Duration::from_secs(20), async || {
        (system.smtp.refused() >= 1).then_some(())
    })
    .await;
    system.smtp.script(|script| script.data = None);
    let _worker = fleet::worker(&system);
    eventually("every mail arrives", Duration::from_secs(60), async || {
        (fleet::Arrived::at(&system).challenges == asked).then_some(())
    })
    .await;
    system.settled().await;
    fleet::check(&system);
}
