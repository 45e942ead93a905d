//! `rekey-worker jobs retry` and `drop`.

use std::cell::Cell;

use entity::store::StoreError;
use indicatif::{ProgressBar, ProgressStyle};

use super::Chosen;
use crate::queue::{Card, MAX_BATCH, Policy, Queue, Redriven, State};

pub async fn retry(queues: &[Queue], chosen: &Chosen) -> anyhow::Result<String> {
    let too_old = Cell::new(0);
    let mut back = change(queues, chosen, async |queue, ids| {
        let answers = queue.redrive(ids).await?;
        too_old.set(too_old.get() + answers.iter().filter(|answer| **answer == Redriven::TooOld).count());
        Ok(answers.into_iter().map(|answer| answer == Redriven::Done).collect())
    })
    .await?;
    let too_old = too_old.get();
    back.wanted -= too_old;
    let text = told(back, "retried", "dead")?;
    if too_old == 0 {
        return Ok(text);
    }
    let text = format!("{}; {too_old} left among the dead, for their time is over", text.trim_end());
    // Of all that are dead some may well be too old; who names one wants that one.
    anyhow::ensure!(chosen.all_dead, text);
    Ok(text + "\n")
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::queue::testing::*;

    #[tokio::test]
    async fn what_is_too_old_stays_dead_and_is_told() {
        let redis = Redis::start().await;
        let mut asker = Asker::new(redis.queue(Policy::default()), "w");
        let end = redis.now().await + 500;
        redis.push("ready", job_until("old", end)).await;
        redis.push("ready", job("fine")).await;
        for delivery in asker.claim(2).await.jobs {
            asker.queue.bury(&delivery.ticket, "x").await.unwrap();
        }
        until("its time is over", async || redis.now().await > end).await;
        let queues = [asker.queue.clone()];
        let named = |ids: &[&str]| Chosen {
            ids: ids.iter().map(ToString::to_string).collect(),
            all_dead: false,
            kind: None,
            reason: None,
        };
        let refused = retry(&queues, &named(&["old"])).await.unwrap_err().to_string();
        assert_eq!(refused, "0 retried; 1 left among the dead, for their time is over");
        assert!(retry(&queues, &named(&["unknown", "old"])).await.unwrap_err().to_string().contains("1 not found"));
        let all = Chosen { all_dead: true, ..named(&[]) };
        assert_eq!(retry(&queues, &all).await.unwrap(), "1 retried; 1 left among the dead, for their time is over\n");
        assert_eq!(retry(&queues, &all).await.unwrap(), "0 retried; 1 left among the dead, for their time is over\n");
        let dead = queues[0].list(State::Dead, 9).await.unwrap();
        assert_eq!(dead.iter().map(|card| card.id.as_deref()).collect::<Vec<_>>(), [Some("old")]);
        assert_eq!((redis.stat("redriven").await, redis.stat("expired").await), (1, 0));
        redis.check_invariant().await;
    }
}
