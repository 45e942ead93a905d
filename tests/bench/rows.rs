//! The rows of the table. Each measures in turn what it compares, so that whatever else the machine does meets both.

mod backlog;
mod confirm;
mod jobs;
mod latency;
mod libraries;
mod mails;
mod memory;
mod paint;
mod request;
mod scaling;
mod start;
mod supply;

use crate::report::Line;
use crate::say;

/// Repetitions of each measurement.
const REPEATS: usize = 5;

/// All of them, in the table's order.
pub const NAMES: [&str; 15] = [
    "request",
    "verify",
    "confirm",
    "mails",
    "jobs",
    "queues",
    "libraries",
    "latency",
    "memory",
    "start",
    "sizes",
    "backlog",
    "scaling-api",
    "scaling-worker",
    "paint",
];

/// Measures those whose name has `filter` in it, and prints each when it is known.
pub async fn run(filter: &str) -> Vec<Line> {
    let mut all = Vec::new();
    for name in NAMES.into_iter().filter(|name| name.contains(filter)) {
        say(&format!("==> {name}"));
        let lines = match name {
            "request" => request::run().await,
            "verify" => request::verify().await,
            "confirm" => confirm::run().await,
            "mails" => mails::run().await,
            "jobs" => jobs::run().await,
            "queues" => jobs::others().await,
            "libraries" => libraries::run().await,
            "latency" => latency::run().await,
            "memory" => memory::run().await,
            "start" => start::run().await,
            "sizes" => start::sizes(),
            "backlog" => backlog::run().await,
            "scaling-api" => scaling::apis().await,
            "scaling-worker" => scaling::workers().await,
            "paint" => paint::run(),
            other => unreachable!("{other} is in the list of names alone"),
        };
        for line in &lines {
            say(&line.plain());
        }
        all.extend(lines);
    }
    all
}

/// Somewhere for scripts, logs and lists of a row.
fn folder() -> tempfile::TempDir {
    tempfile::Builder::new().prefix("rekey-bench-").tempdir().expect("temporary folders can be made")
}

/// The cores of this machine.
fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}
