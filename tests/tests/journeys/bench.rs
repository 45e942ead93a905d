//! What `make bench` compares Rekey with uses the queue's scripts and keys, and must not rot between two runs of it.

use std::process::Command;

use e2e::server::redis::Redis;
use e2e::{process, programs};

#[tokio::test(flavor = "multi_thread")]
async fn the_queues_scripts_do_every_job_with_no_worker_around_them() {
    let redis = Redis::start().await;
    let mut bench = Command::new(programs::own("rekey-bench"));
    bench.args(["bare", "scripts", "redis", &redis.address().to_string(), "jobs", "1000"]);
    let ran = process::run(&bench, b"");
    assert!(ran.success && ran.stdout.starts_with("BENCH "), "{}{}", ran.stdout, ran.stderr);
    assert_eq!(redis.call(&["HGET", "{bare:0}:stats", "done"]).await.text(), "1000");
}
