//! `rekey-worker jobs check`: a job is in a ready list, or in exactly one of leases, delayed and dead, and what is held
//! has both its bytes and its record.

use std::fmt::Write as _;

use anyhow::anyhow;
use serde::Serialize;

use super::{Ended, print};
use crate::queue::{Queue, Stray};

/// Strays that are named at most.
const NAMED: usize = 100;
/// Strays of a shard that are looked for at most: each takes a call.
const SOUGHT: usize = 10_000;

/// What the check found.
#[derive(Debug, Serialize)]
struct Report {
    /// Held jobs.
    held: u64,
    /// How many are not in exactly one place, at least.
    violations: u64,
    /// Some of them, by name.
    strays: Vec<Stray>,
}

pub async fn check(queues: &[Queue], json: bool) -> Result<(), Ended> {
    let report = look(queues).await?;
    print(&if json { serde_json::to_string(&report).map_err(anyhow::Error::from)? + "\n" } else { told(&report) })?;
    match report.violations {
        0 => Ok(()),
        count => Err(anyhow!("{count} jobs are not in exactly one place").into()),
    }
}

async fn look(queues: &[Queue]) -> anyhow::Result<Report> {
    let mut report = Report { held: 0, violations: 0, strays: Vec::new() };
    for queue in queues {
        // The counts cannot tell a job that lies twice and another that lies nowhere from two that are well.
        let (counts, strays) = (queue.counts().await?, queue.strays(SOUGHT).await?);
        report.held += counts.held;
        report.violations += counts.violations().max(strays.len() as u64);
        report.strays.extend(strays.into_iter().take(NAMED - report.strays.len()));
    }
    Ok(report)
}

fn told(report: &Report) -> String {
    let mut text = format!("{} held, {} not in exactly one place\n", report.held, report.violations);
    for stray in &report.strays {
        let lacks = if stray.lacks.is_empty() { String::new() } else { format!(" lacks {}", stray.lacks.join(", ")) };
        let _ = writeln!(text, "{} is in {}{lacks}", stray.id.escape_debug(), stray.places.join(", "));
    }
    text
}

#[cfg(test)]
mod tests {
    use std::slice::from_ref;

    use super::*;
    use crate::queue::{Policy, testing::*};

    #[tokio::test]
    async fn strays_are_named_with_what_is_wrong() {
        let redis = Redis::start().await;
        for id in ["a", "b", "c"] {
            redis.push("ready", job(id)).await;
        }
        let queue = redis.queue(Policy::default());
        Asker::new(queue.clone(), "w").claim(3).await;
        let queues = [queue];
        assert!(check(&queues, true).await.is_ok());
        redis.command(&["HDEL", "{rekey:0}:meta", "a"]).await;
        redis.command(&["ZADD", "{rekey:0}:dead", "1", "b"]).await;
        let report = look(&queues).await.unwrap();
        assert!(report.violations > 0 && check(&queues, false).await.is_err());
        let mut lines: Vec<_> = told(&report).lines().skip(1).map(ToOwned::to_owned).collect();
        lines.sort();
        assert_eq!(lines, ["a is in leases lacks record", "b is in leases, dead"]);
    }

    #[tokio::test]
    async fn what_cancels_out_is_found() {
        let redis = Redis::start().await;
        for id in ["doubled", "lost"] {
            redis.push("ready", job(id)).await;
        }
        let queue = redis.queue(Policy::default());
        Asker::new(queue.clone(), "w").claim(2).await;
        redis.command(&["ZADD", "{rekey:0}:dead", "1", "doubled"]).await;
        redis.command(&["ZREM", "{rekey:0}:leases", "lost"]).await;
        assert_eq!(queue.counts().await.unwrap().violations(), 0);
        let report = look(from_ref(&queue)).await.unwrap();
        let named = "doubled is in leases, dead\nlost is in no place\n";
        assert_eq!(told(&report), format!("2 held, 2 not in exactly one place\n{named}"));
        assert!(check(&[queue], true).await.is_err());
    }

    #[tokio::test]
    async fn what_has_no_place_is_a_stray_too() {
        let redis = Redis::start().await;
        let queue = redis.queue(Policy::default());
        redis.command(&["HSET", "{rekey:0}:held", "lost", "x"]).await;
        let report = look(&[queue]).await.unwrap();
        assert_eq!(told(&report), "1 held, 1 not in exactly one place\nlost is in no place lacks record\n");
    }
}
