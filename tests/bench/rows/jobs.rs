//! Jobs that are no work, pushed, claimed and acknowledged: what the queue costs.

use std::time::{Duration, Instant};

use e2e::process::Process;

use super::{REPEATS, folder};
use crate::plant::Plant;
use crate::report::{Line, Target, Unit};
use crate::spread::Spread;
use crate::tools::{self, Sink};

/// Jobs of each repetition: seconds of them, beside which the fifth of a second that an idle worker lingers is little.
const JOBS: usize = 60_000;

/// Another queue.
struct Other {
    name: &'static str,
    /// Where the setup puts it.
    path: &'static str,
    /// What the table says of it.
    how: &'static str,
    /// Jobs of each repetition: some seconds of them.
    jobs: usize,
    target: Option<Target>,
}

const OTHERS: [Other; 3] = [
    Other {
        name: "BullMQ",
        path: "bullmq/jobs.mjs",
        how: "one worker, jobs added in bulk",
        // With fewer, node's compiler is a good part of what is measured.
        jobs: 20_000,
        target: Some(Target::RatioAtLeast(5.0)),
    },
    Other {
        name: "Celery",
        path: "celery/jobs.py",
        how: "one worker with a process for each core",
        jobs: 5_000,
        target: None,
    },
    Other {
        name: "apalis-redis",
        path: "apalis/release/apalis-bench",
        how: "one worker, jobs pushed in bulk and fetched a thousand at a time",
        // One of its scripts unpacks all jobs that are due, which Lua does for 8,000 at most.
        jobs: 5_000,
        target: None,
    },
];

/// One worker process, with pushes by another program meanwhile.
pub async fn run() -> Vec<Line> {
    let folder = folder();
    let sink = Sink::start(folder.path()).await;
    let plant = Plant::on_sqlite(sink.address()).await;
    let _worker = plant.worker(&[("REKEY_WORKER_CONCURRENCY", "64")]).await;
    let (mut ours, mut limit) = (Vec::new(), Vec::new());
    for repeat in 0..=REPEATS {
        let one = rekey(&plant).await;
        plant.empty().await;
        let other = tools::figure(&tools::bare("scripts", &arguments(&plant)));
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

/// The same beside other queues on the same Redis.
pub async fn others() -> Vec<Line> {
    let folder = folder();
    let sink = Sink::start(folder.path()).await;
    let plant = Plant::on_sqlite(sink.address()).await;
    let mut ours = Vec::new();
    let mut others = OTHERS.map(|_| Vec::new());
    for _ in 0..REPEATS {
        {
            let _worker = plant.worker(&[("REKEY_WORKER_CONCURRENCY", "64")]).await;
            ours.push(rekey(&plant).await);
        }
        for (other, figures) in OTHERS.iter().zip(&mut others) {
            plant.empty().await;
            let mut command = tools::other(other.path);
            command.args([plant.redis().to_string(), other.jobs.to_string()]);
            figures.push(tools::figure(&command));
        }
    }
    let ours = Spread::of(&ours);
    let line = |(other, figures): (&Other, &Vec<f64>)| {
        let what = format!("jobs that are no work, one worker, beside {}", other.name);
        let line = Line::new(what, Unit::PerSecond, ours);
        let line = line.beside(format!("{}, {}", other.name, other.how), Spread::of(figures));
        if let Some(target) = other.target { line.target(target) } else { line }
    };
    OTHERS.iter().zip(&others).map(line).collect()
}

/// Jobs a second of the worker that runs.
async fn rekey(plant: &Plant) -> f64 {
    plant.empty().await;
    let (command, log) = (tools::bare("push", &arguments(plant)), plant.folder().join("push.log"));
    let began = Instant::now();
    let _push = Process::start("push", &command, &log);
    JOBS as f64 / (done(plant, JOBS).await - began).as_secs_f64()
}

fn arguments(plant: &Plant) -> [(&'static str, String); 2] {
    [("redis", plant.redis().to_string()), ("jobs", JOBS.to_string())]
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
