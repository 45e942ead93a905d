//! What goes on beside the jobs: leases are prolonged and those of dead workers ended.

use std::{sync::Arc, time::Duration};

use entity::job::Job;

use super::{Handler, Link, hold::Holds};
use crate::{metrics::METRICS, queue::Queue};

/// How often every worker looks for lost leases.
const EVERY: Duration = Duration::from_secs(1);
/// Leases that one call ends at most; as many mean that there may be more.
const AT_ONCE: u64 = 100;

/// Prolongs all leases of a queue three times per lease, so that two lost calls lose none.
pub async fn extend(queue: Queue, holds: Holds) {
    let mut ticks = tokio::time::interval(queue.lease() / 3);
    loop {
        ticks.tick().await;
        holds.extend(&queue).await;
    }
}

/// Ends lost leases each second.
pub async fn reap<H: Handler>(queue: Queue, handler: Arc<H>, link: Arc<Link>) {
    let mut ticks = tokio::time::interval(EVERY);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        while let Ok(reaped) = link.note(queue.reap().await) {
            METRICS.reaped(reaped.leases);
            if reaped.leases > 0 {
                tracing::warn!(jobs = reaped.leases, "leases were lost: their jobs run again");
            }
            for job in reaped.poisoned.iter().filter_map(|bytes| Job::decode(bytes).ok()) {
                tracing::error!(job = job.id, kind = job.kind(), "poison: buried after it took its worker along");
                // If this fails, the sweep goes on to push the notice. The dead letter holds its id, so each push is
                // refused until that letter is retried, dropped or trimmed; from then on it is a job like any other.
                if let Err(error) = handler.buried(&job).await {
                    tracing::warn!(job = job.id, %error, "not noted: the sweep will try this job in vain");
                }
            }
            if reaped.leases < AT_ONCE {
                break;
            }
        }
    }
}
