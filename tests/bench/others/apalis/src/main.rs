//! `apalis-bench HOST:PORT JOBS`: jobs that are no work through apalis on Redis, one worker process, with pushes by another
//! process meanwhile. Prints `BENCH` and how many a second were pushed, taken and acknowledged.
//!
//! As its documentation advises for throughput (docs.rs: `apalis_redis::Config`): jobs are pushed in bulk, large batches are
//! fetched, and jobs shorter than a heartbeat are not locked; nor are they told of. A task for each job, and a limit to how
//! many run at the same time, cost more than they bring where a job is no work. Results are kept, because without that
//! nothing is acknowledged. What is done stays in Redis until a vacuum, which is not part of the figure.

use std::env;
use std::error::Error;
use std::io::{Read as _, Write as _};
use std::process::Stdio;
use std::time::{Duration, Instant};

use apalis::prelude::*;
use apalis_redis::{Config, ConnectionManager, RedisStorage};
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::process::{Child, Command};

type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

/// Jobs of one push.
const BULK: usize = 500;
/// Jobs of one fetch. With 100 about half as many are done a second, with 2,000 as many.
const BATCH: usize = 1_000;
/// How often a worker that has nothing to do looks again. Redis' messages would wake it sooner, but apalis-redis 1.0.0
/// publishes none for jobs that are due at once.
const POLL: Duration = Duration::from_millis(1);

/// A job that is no work.
#[derive(Debug, Deserialize, Serialize)]
struct SendCode {
    challenge_id: String,
    mail_no: u32,
}

async fn send_code(_: SendCode) {}

fn config() -> Config {
    Config::default().queue("bench").batch_size(BATCH).lock_tasks(false).emit_events(false)
}

#[tokio::main]
async fn main() -> Outcome<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [address, jobs, role @ ..] = arguments.as_slice() else { return Err("HOST:PORT and JOBS are missing".into()) };
    let (redis, count) = (apalis_redis::connect(format!("redis://{address}/")).await?, jobs.parse()?);
    if role.is_empty() { work(redis, address, count).await } else { push(redis, count).await }
}

/// Says when it is ready, pushes when it is told to.
async fn push(redis: ConnectionManager, jobs: usize) -> Outcome<()> {
    let mut storage = RedisStorage::<SendCode>::new(redis).with_config(config());
    let job = |number| SendCode { challenge_id: format!("AAAA{number:020}"), mail_no: 1 };
    // The other process waits for this, and this one has nothing else to do: so it may block.
    std::io::stdout().write_all(b".")?;
    std::io::stdout().flush()?;
    std::io::stdin().read_exact(&mut [0])?;
    for from in (0..jobs).step_by(BULK) {
        storage.push_bulk((from..jobs.min(from + BULK)).map(job).collect()).await?;
    }
    Ok(())
}

/// Works, and has another process push.
async fn work(mut redis: ConnectionManager, address: &str, jobs: usize) -> Outcome<()> {
    let storage = RedisStorage::<SendCode>::new(redis.clone()).with_config(config()).poll_with_interval(POLL);
    let worker = WorkerBuilder::new("bench").backend(storage).build(send_code);
    let measured = async {
        until("ZCARD", &config().workers_set(), 1, &mut redis).await?;
        let mut pusher = pusher(address, jobs).await?;
        let began = Instant::now();
        pusher.stdin.take().ok_or("it has an input")?.write_all(b".").await?;
        until("SCARD", &config().done_jobs_set(), jobs, &mut redis).await?;
        Outcome::Ok(began.elapsed())
    };
    tokio::select! {
        elapsed = measured => println!("BENCH {:.1}", jobs as f64 / elapsed?.as_secs_f64()),
        ended = worker.run() => return Err(format!("the worker ended: {ended:?}").into()),
    }
    Ok(())
}

/// The other process, when it is ready. It ends with this one.
async fn pusher(address: &str, jobs: usize) -> Outcome<Child> {
    let mut command = Command::new(env::current_exe()?);
    command.args([address, &jobs.to_string(), "push"]).kill_on_drop(true);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    child.stdout.take().ok_or("it has an output")?.read_u8().await?;
    Ok(child)
}

/// Waits until a set of Redis has so many members.
async fn until(count: &str, set: &str, members: usize, redis: &mut ConnectionManager) -> Outcome<()> {
    while redis::cmd(count).arg(set).query_async::<usize>(redis).await? < members {
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    Ok(())
}
