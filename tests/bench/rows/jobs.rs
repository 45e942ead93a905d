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
/// And of other queues, which take longer for each.
const OTHERS_JOBS: usize = 5_000;

/// Other queues: where the setup puts them, their names, what the table says of them, and what should be reached.
const OTHERS: [(&str, &str, &str, Option<Target>); 3] = [
    ("bullmq/jobs.mjs", "BullMQ", "one worker, jobs added in bulk", Some(Target::RatioAtLeast(5.0))),
    ("celery/jobs.py", "Celery", "one worker with a process for each core", None),
    ("apalis/release/apalis-bench", "apalis-redis", "one worker on all cores, jobs pushed in bulk", None),
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
        for ((path, ..), figures) in OTHERS.iter().zip(&mut others) {
            plant.empty().await;
            let mut command = tools::other(path);
            command.args([plant.redis().to_string(), OTHERS_JOBS.to_string()]);
            figures.push(tools::figure(&command));
        }
    }
    let ours = Spread::of(&ours);
    let line = |((_, name, how, target), figures): (&(_, _, _, Option<Target>), &Vec<f64>)| {
        let line = Line::new(format!("jobs that are no work, one worker, beside {name}"), Unit::PerSecond, ours);
        let line = line.beside(format!("{name}, {how}"), Spread::of(figures));
        if let Some(target) = *target { line.target(target) } else { line }
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
