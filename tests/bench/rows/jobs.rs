//! Jobs that are no work, pushed, claimed and acknowledged: what the queue costs.

use std::time::{Duration, Instant};

use e2e::process::Process;

use super::{REPEATS, folder};
use crate::plant::Plant;
use crate::report::{Line, Target, Unit};
use crate::spread::Spread;
use crate::tools::{self, Sink};

/// Jobs of each repetition.
const JOBS: usize = 20_000;

/// Rekey's figure is one worker process, with pushes by another program meanwhile.
pub async fn run() -> Vec<Line> {
    let folder = folder();
    let sink = Sink::start(folder.path()).await;
    let plant = Plant::on_sqlite(sink.address()).await;
    let _worker = plant.worker(&[("REKEY_WORKER_CONCURRENCY", "64")]).await;
    let arguments = [("redis", plant.redis().to_string()), ("jobs", JOBS.to_string())];
    let (mut ours, mut limit) = (Vec::new(), Vec::new());
    for repeat in 0..=REPEATS {
        plant.empty().await;
        let began = Instant::now();
        let _push = Process::start("push", &tools::bare("push", &arguments), &folder.path().join("push.log"));
        let one = JOBS as f64 / (done(&plant, JOBS).await - began).as_secs_f64();
        plant.empty().await;
        let other = tools::figure(&tools::bare("scripts", &arguments));
        // The first warms up.
        if repeat > 0 {
            ours.push(one);
            limit.push(other);
        }
    }
    vec![
        Line::new("jobs that are no work, one worker", Unit::PerSecond, Spread::of(&ours))
            .beside("the same scripts in batches of 64 through one pipelined connection", Spread::of(&limit))
            .target(Target::RatioAtLeast(0.6)),
    ]
}

/// Waits until so many jobs were done since Redis was emptied.
async fn done(plant: &Plant, jobs: usize) -> Instant {
    let mut connection = plant.system.redis.connect().await;
    let end = Instant::now() + Duration::from_secs(60);
    loop {
        let answer = connection.call(&[b"HGET", b"{rekey:0}:stats", b"done"]).await.expect("Redis answers");
        if answer != e2e::resp::Value::Nil && usize::try_from(answer.int()).is_ok_and(|done| done >= jobs) {
            return Instant::now();
        }
        assert!(Instant::now() < end, "the jobs are not done");
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
}
