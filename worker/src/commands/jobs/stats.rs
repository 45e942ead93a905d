//! `rekey-worker jobs stats`: the queue at one glance.

use std::{collections::BTreeMap, fmt::Write as _, time::Duration};

use serde::Serialize;

use crate::queue::{CLASSES, Counts, Queue};

/// The queue of all shards.
#[derive(Debug, Default, Serialize)]
pub struct Stats {
    ready: BTreeMap<&'static str, Row>,
    leased: Row,
    delayed: Row,
    #[serde(rename = "delayed:webhook")]
    delayed_webhook: Row,
    dead: Row,
    /// Jobs whose bytes, record or place is missing, or that have two places.
    violations: u64,
    /// What happened since the queue was empty for the first time.
    counters: BTreeMap<String, u64>,
}

/// Jobs in a state.
#[derive(Debug, Default, Serialize)]
struct Row {
    jobs: u64,
    /// Of these, what should move at once: leases that are over, delayed jobs that are due.
    #[serde(skip_serializing_if = "is_zero")]
    due: u64,
    /// Milliseconds for which the oldest has been there: in a list since it was pushed, delayed since it is due.
    oldest_ms: Option<u64>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "what serde asks for")]
fn is_zero(number: &u64) -> bool {
    *number == 0
}

impl Row {
    fn add(&mut self, counts: &Counts, jobs: u64, due: u64, since: Option<i64>) {
        self.jobs += jobs;
        self.due += due;
        self.oldest_ms = self.oldest_ms.max(since.map(|since| counts.age(since)));
    }
}

pub async fn stats(queues: &[Queue], json: bool) -> anyhow::Result<String> {
    let mut all = Vec::with_capacity(queues.len());
    for queue in queues {
        all.push(queue.counts().await?);
    }
    let stats = sum(&all);
    if json { Ok(serde_json::to_string(&stats)? + "\n") } else { Ok(table(&stats)) }
}

fn sum(all: &[Counts]) -> Stats {
    let mut stats = Stats::default();
    for counts in all {
        for (class, list) in CLASSES.into_iter().zip(counts.ready) {
            stats.ready.entry(class).or_default().add(counts, list.jobs, 0, list.oldest);
        }
        stats.leased.add(counts, counts.leased, counts.lapsed, None);
        for (row, set) in [&mut stats.delayed, &mut stats.delayed_webhook].into_iter().zip(counts.delayed) {
            row.add(counts, set.jobs, set.due, set.due_since);
        }
        stats.dead.add(counts, counts.dead, 0, counts.dead_since);
        stats.violations += counts.violations();
        for (name, count) in &counts.counters {
            *stats.counters.entry(name.clone()).or_default() += count;
        }
    }
    stats
}

fn table(stats: &Stats) -> String {
    let mut text = format!("{:<16}{:>10}{:>10}  {}\n", "state", "jobs", "due", "oldest");
    let lists = stats.ready.iter().map(|(class, row)| {
        let name = if *class == "ready" { "ready".to_owned() } else { format!("ready:{class}") };
        (name, row)
    });
    let others = [
        ("leased", &stats.leased),
        ("delayed", &stats.delayed),
        ("delayed:webhook", &stats.delayed_webhook),
        ("dead", &stats.dead),
    ];
    for (name, row) in lists.chain(others.map(|(name, row)| (name.to_owned(), row))) {
        let oldest = row.oldest_ms.map_or_else(|| "-".to_owned(), age);
        let _ = writeln!(text, "{name:<16}{:>10}{:>10}  {oldest}", row.jobs, row.due);
    }
    text.push('\n');
    for (name, count) in &stats.counters {
        let _ = writeln!(text, "{name:<16}{count:>10}");
    }
    if stats.violations > 0 {
        let _ = writeln!(text, "\n{} jobs are not in exactly one place: rekey-worker jobs check", stats.violations);
    }
    text
}

/// Two units are enough for a glance.
fn age(ms: u64) -> String {
    if ms < 1_000 {
        return format!("{ms}ms");
    }
    let text = humantime::format_duration(Duration::from_secs(ms / 1_000)).to_string();
    text.split(' ').take(2).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::queue::{Delayed, Policy, testing::*};

    #[test]
    fn shards_are_added_and_the_oldest_counts() {
        let mut one = Counts { now: 100_000, leased: 2, lapsed: 1, dead: 1, held: 3, meta: 2, ..Counts::default() };
        one.ready[0] = crate::queue::Waiting { jobs: 3, oldest: Some(95_000) };
        one.counters.insert("done".into(), 5);
        let mut other = Counts { now: 200_000, ..Counts::default() };
        other.delayed = [
            Delayed { jobs: 3, due: 2, due_since: Some(199_000) },
            Delayed { jobs: 1, due: 1, due_since: Some(100_000) },
        ];
        other.ready[0] = crate::queue::Waiting { jobs: 1, oldest: Some(190_000) };
        (other.held, other.meta) = (4, 4);
        other.counters.insert("done".into(), 1);
        let stats = sum(&[one, other]);
        let json = serde_json::to_value(&stats).unwrap();
        assert_eq!(json["ready"]["ready"], serde_json::json!({ "jobs": 4, "oldest_ms": 10_000 }));
        assert_eq!(json["leased"], serde_json::json!({ "jobs": 2, "due": 1, "oldest_ms": null }));
        assert_eq!(json["delayed"], serde_json::json!({ "jobs": 3, "due": 2, "oldest_ms": 1_000 }));
        assert_eq!(json["delayed:webhook"], serde_json::json!({ "jobs": 1, "due": 1, "oldest_ms": 100_000 }));
        assert_eq!((&json["violations"], &json["counters"]["done"]), (&1.into(), &6.into()));
        let table = table(&stats);
        assert!(table.contains("ready                    4         0  10s"), "{table}");
        assert!(table.contains("jobs check"), "{table}");
    }

    #[tokio::test]
    async fn an_empty_queue_has_its_rows() {
        let redis = Redis::start().await;
        let text = stats(&[redis.queue(Policy::default())], false).await.unwrap();
        for row in ["ready ", "ready:notice ", "ready:webhook ", "leased ", "delayed ", "delayed:webhook ", "dead "] {
            assert!(text.contains(row), "{row}: {text}");
        }
        assert!(!text.contains("check"), "{text}");
    }

    #[test]
    fn ages_are_short() {
        assert_eq!([999, 61_000, 90_061_000].map(age), ["999ms", "1m 1s", "1day 1h"]);
    }
}
