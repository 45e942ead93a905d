//! `rekey-worker jobs retry` and `drop`.

use entity::store::StoreError;
use indicatif::{ProgressBar, ProgressStyle};

use super::Chosen;
use crate::queue::{Card, MAX_BATCH, Policy, Queue, State};

pub async fn retry(queues: &[Queue], chosen: &Chosen) -> anyhow::Result<String> {
    let back = change(queues, chosen, async |queue, ids| queue.redrive(ids).await).await?;
    told(back, "retried", "dead")
}

pub async fn drop_jobs(queues: &[Queue], chosen: &Chosen) -> anyhow::Result<String> {
    let dropped = change(queues, chosen, async |queue, ids| queue.drop_jobs(ids).await).await?;
    told(dropped, "dropped", "dead or delayed")
}

/// How many of how many jobs were changed.
struct Changed {
    done: usize,
    wanted: usize,
}

async fn change(
    queues: &[Queue],
    chosen: &Chosen,
    what: impl AsyncFn(&Queue, &[String]) -> Result<Vec<bool>, StoreError>,
) -> anyhow::Result<Changed> {
    let mut work = Vec::new();
    let mut wanted = chosen.ids.len();
    for queue in queues {
        let mut ids = chosen.ids.clone();
        if chosen.all_dead {
            let most = usize::try_from(Policy::default().dead_most).unwrap_or(usize::MAX);
            let dead = queue.list(State::Dead, most).await?;
            ids = dead.into_iter().filter(|card| chosen.has(card)).filter_map(|card| card.id).collect();
            wanted += ids.len();
        }
        work.push((queue, ids));
    }
    // It shows nothing unless standard error is a terminal.
    let bar = ProgressBar::new(work.iter().map(|(_, ids)| ids.len() as u64).sum()).with_style(style());
    let mut done = 0;
    for (queue, ids) in work {
        for batch in ids.chunks(MAX_BATCH) {
            done += what(queue, batch).await?.into_iter().filter(|done| *done).count();
            bar.inc(batch.len() as u64);
        }
    }
    bar.finish_and_clear();
    Ok(Changed { done, wanted })
}

fn style() -> ProgressStyle {
    ProgressStyle::with_template("{bar:40} {pos} of {len} jobs, {eta} left")
        .unwrap_or_else(|_| ProgressStyle::default_bar())
}

impl Chosen {
    fn has(&self, card: &Card) -> bool {
        let about = &card.about;
        self.kind.as_ref().is_none_or(|kind| about.kind.as_ref() == Some(kind))
            && self.reason.as_ref().is_none_or(|start| about.reason.as_ref().is_some_and(|has| has.starts_with(start)))
    }
}

fn told(Changed { done, wanted }: Changed, what: &str, state: &str) -> anyhow::Result<String> {
    anyhow::ensure!(done >= wanted, "{done} {what}; {} not found among the jobs that are {state}", wanted - done);
    Ok(format!("{done} {what}\n"))
}
