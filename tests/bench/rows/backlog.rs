//! What a job costs behind many others.

use super::{REPEATS, folder};
use crate::plant::Plant;
use crate::report::{Line, Target, Unit};
use crate::spread::Spread;
use crate::tools::{self, Sink};

const BACKLOGS: [usize; 4] = [1_000, 10_000, 100_000, 1_000_000];
/// Jobs that are measured, of a longer backlog.
const MEASURED: usize = 4_000;

/// The time and Redis' CPU time that a job takes from claim to acknowledgement, with each backlog.
pub async fn run() -> Vec<Line> {
    let folder = folder();
    let sink = Sink::start(folder.path()).await;
    let plant = Plant::on_sqlite(sink.address()).await;
    let mut figures = BACKLOGS.map(|backlog| (backlog, Vec::new(), Vec::new()));
    for _ in 0..REPEATS {
        for (backlog, took, cpu) in &mut figures {
            plant.empty().await;
            let arguments = [("redis", plant.redis().to_string()), ("jobs", backlog.to_string())];
            let ran = e2e::process::run(&tools::bare("push", &arguments), b"");
            assert!(ran.success, "jobs could not be pushed: {}", ran.stderr);
            let _worker = plant.worker(&[("REKEY_WORKER_CONCURRENCY", "64")]).await;
            // It has begun by now.
            let (first, before) = (plant.open_jobs().await, redis_cpu(&plant).await);
            let began = std::time::Instant::now();
            let until = plant.left(first.saturating_sub(MEASURED)).await;
            let (left, after) = (plant.open_jobs().await, redis_cpu(&plant).await);
            let jobs = (first - left) as f64;
            assert!(jobs > 100.0, "the jobs were done before they could be measured");
            took.push((until - began).as_secs_f64() * 1e6 / jobs);
            cpu.push((after - before) * 1e6 / jobs);
        }
    }
    let shortest = Spread::of(&figures[1].1);
    let line = |(backlog, took, cpu): &(usize, Vec<f64>, Vec<f64>)| {
        let cpu = Spread::of(cpu);
        let what = format!("a job behind a backlog of {backlog} (Redis' CPU of it: {:.0} µs)", cpu.median);
        let line = Line::new(what, Unit::Us, Spread::of(took));
        match *backlog {
            // Flat: within what the machine's own noise makes of it.
            1_000_000 => line.beside("behind 10,000", shortest).target(Target::RatioAtMost(1.25)),
            _ => line,
        }
    };
    figures.iter().map(line).collect()
}

/// Seconds of CPU that Redis has used.
async fn redis_cpu(plant: &Plant) -> f64 {
    let mut sum = 0.0;
    for field in ["used_cpu_user", "used_cpu_sys"] {
        sum += plant.system.redis.info(field).await.trim().parse::<f64>().expect("Redis tells");
    }
    sum
}
