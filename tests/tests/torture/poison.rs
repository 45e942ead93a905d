//! A job that takes its worker along, each time.

use std::time::Duration;

use e2e::eventually;

use crate::fleet;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_whose_workers_all_die_is_buried_and_the_queue_goes_on() {
    let system = fleet::system().start().await;
    system.smtp.script(|script| script.hang = true);
    let poison = fleet::open(&system, 1).await.pop_first().unwrap();
    let id = format!("{poison}.1");
    let mut deaths = 0;
    // Once in company, then three times alone (DESIGN: only solo deliveries count).
    loop {
        let before = system.smtp.reached();
        let mut worker = fleet::worker(&system);
        let dead = eventually("it is tried, or buried", Duration::from_secs(60), async || {
            let died = system.redis.call(&["ZSCORE", "{rekey:0}:dead", &id]).await.text();
            (!died.is_empty()).then_some(true).or((system.smtp.reached() > before).then_some(false))
        })
        .await;
        if dead {
            worker.stop();
            break;
        }
        worker.kill();
        deaths += 1;
    }
    assert_eq!(deaths, 4, "once in company and three times alone");
    assert!(system.buried(&id).await.contains("poison"));
    system.smtp.script(|script| script.hang = false);
    let others = fleet::open(&system, 4).await;
    let _worker = fleet::worker(&system);
    eventually("the others arrive", Duration::from_secs(30), async || {
        fleet::Arrived::at(&system).challenges.is_superset(&others).then_some(())
    })
    .await;
    println!("poison: buried after {deaths} workers died over it, and the queue goes on");
    fleet::check(&system);
}
