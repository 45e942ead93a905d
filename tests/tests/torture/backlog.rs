//! A backlog costs memory, and nothing else.

use std::{fs, time::Duration};

use e2e::{READY, System, eventually, process::Process};

use crate::{count, fleet, is_large};

/// Jobs that one LPUSH brings.
const AT_ONCE: usize = 500;
/// Growth of a worker that would mean that it keeps what it has done.
const FLAT_KB: u64 = 64 * 1024;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_long_backlog_costs_no_more_a_job_than_a_short_one() {
    let system = fleet::system().start().await;
    let (short, long) = (1_000, count(20_000, 1_000_000));
    let little = measure(&system, short).await;
    let before = used_memory(&system).await;
    push(&system, long).await;
    let a_job = (used_memory(&system).await - before) / u64::try_from(long).unwrap();
    let much = measure(&system, 0).await;
    println!(
        "backlog: {short} and {long} jobs: enqueue {:.1} and {:.1} µs, claim {:.1} and {:.1} µs a call (Redis' CPU), \
         {a_job} octets of Redis a job, the worker {} and {} KB",
        little.enqueue, much.enqueue, little.claim, much.claim, little.rss, much.rss
    );
    assert!(much.rss < little.rss + FLAT_KB, "the worker grew from {} to {} KB", little.rss, much.rss);
    if is_large() {
        assert!(much.enqueue < little.enqueue * 3.0 && much.claim < little.claim * 3.0, "it costs more");
    }
    fleet::check(&system);
}

struct Cost {
    /// Microseconds of Redis' CPU a call.
    enqueue: f64,
    claim: f64,
    /// The worker's memory at its most, KB.
    rss: u64,
}

/// Pushes so many, opens a hundred challenges on top, lets a worker do all of it, and asks Redis what the scripts cost.
async fn measure(system: &System, more: usize) -> Cost {
    push(system, more).await;
    system.redis.call(&["CONFIG", "RESETSTAT"]).await;
    let _ = fleet::open(system, 100).await;
    let enqueue = cost(system).await;
    system.redis.call(&["CONFIG", "RESETSTAT"]).await;
    let mut worker = fleet::worker(system);
    let mut rss = 0;
    eventually("the backlog is done", Duration::from_secs(900), async || {
        rss = rss.max(rss_kb(&worker));
        let left = system.redis.call(&["LLEN", READY]).await.int()
            + system.redis.call(&["HLEN", "{rekey:0}:held"]).await.int();
        (left == 0).then_some(())
    })
    .await;
    let claim = cost(system).await;
    worker.stop();
    Cost { enqueue, claim, rss }
}

/// Jobs of challenges that are over: the worker looks, finds nothing, and is done with them.
async fn push(system: &System, count: usize) {
    let batch = e2e::secret::random(8);
    for start in (0..count).step_by(AT_ONCE) {
        let jobs: Vec<String> = (start..count.min(start + AT_ONCE))
            .map(|n| {
                format!(
                    r#"{{"v":1,"id":"{batch}-{n}","type":"password_reset.send_code","data":{{"challenge_id":"AABcdEFGhiJKlmNOpqRStuVW","mail_no":1}}}}"#
                )
            })
            .collect();
        let command: Vec<&str> = ["LPUSH", READY].into_iter().chain(jobs.iter().map(String::as_str)).collect();
        system.redis.call(&command).await;
    }
}

/// Microseconds a script call took of Redis, on average since the statistics were reset.
async fn cost(system: &System) -> f64 {
    let stats = system.redis.call(&["INFO", "commandstats"]).await.text();
    let line = stats.lines().find(|line| line.starts_with("cmdstat_evalsha:")).expect("scripts ran");
    let value = line.split("usec_per_call=").nth(1).and_then(|rest| rest.split(',').next());
    value.and_then(|value| value.parse().ok()).expect("Redis counts microseconds")
}

async fn used_memory(system: &System) -> u64 {
    let info = system.redis.call(&["INFO", "memory"]).await.text();
    let line = info.lines().find_map(|line| line.strip_prefix("used_memory:")).expect("Redis knows its memory");
    line.trim().parse().expect("a number")
}

fn rss_kb(process: &Process) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", process.id())).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.trim().split(' ').next()).and_then(|kb| kb.parse().ok()).unwrap_or(0)
}
