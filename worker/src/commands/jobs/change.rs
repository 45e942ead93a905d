//! `rekey-worker jobs retry` and `drop`.

use std::{cell::Cell, io::Write as _};

use entity::{
    settings::Source,
    store::{Store, StoreError},
};
use indicatif::{ProgressBar, ProgressStyle};

use super::{
    Chosen,
    outbox::{Outbox, row_of},
};
use crate::queue::{Card, MAX_BATCH, Policy, Queue, Redriven, State};

/// Gives dead jobs another life. A notice's or a webhook's row is opened first: otherwise a Redis that comes back empty
/// would lose the job for good.
pub async fn retry(source: &Source, store: &Store, queues: &[Queue], chosen: &Chosen) -> anyhow::Result<String> {
    let (outbox, now, too_old) = (Outbox::read(source).await, store.now().await?, Cell::new(0));
    let again = async |queue: &Queue, ids: &[String]| {
        let mut not_dead = Vec::new();
        for (place, id) in ids.iter().enumerate() {
            let Some((state, Some(row))) = row_of(queue, id).await? else { continue };
            if state == State::Dead {
                outbox.reopen(&row, now).await;
            } else {
                not_dead.push((place, row));
            }
        }
        let answers = queue.redrive(ids).await?;
        // What died in between.
        for (_, row) in not_dead.iter().filter(|(place, _)| answers.get(*place) == Some(&Redriven::Done)) {
            outbox.reopen(row, now).await;
        }
        too_old.set(too_old.get() + answers.iter().filter(|answer| **answer == Redriven::TooOld).count());
        Ok(answers.into_iter().map(|answer| answer == Redriven::Done).collect())
    };
    let mut back = change(queues, chosen, again).await?;
    if let Some(error) = outbox.failed() {
        let lost = "notices and webhooks are retried, but a Redis that comes back empty would lose them";
        writeln!(std::io::stderr(), "warning: the database could not be told ({error}): {lost}")?;
    }
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

/// Forgets jobs. A notice's or a webhook's row is closed first: otherwise the sweep would bring the job back.
pub async fn drop_jobs(source: &Source, store: &Store, queues: &[Queue], chosen: &Chosen) -> anyhow::Result<String> {
    let (outbox, now, kept) = (Outbox::read(source).await, store.now().await?, Cell::new(0));
    let forget = async |queue: &Queue, ids: &[String]| {
        let (mut droppable, mut rows) = (Vec::new(), Vec::new());
        for id in ids {
            // What is in no state now may be taken and put back before the drop, and then its row would not be closed.
            let Some((state, row)) = row_of(queue, id).await? else { continue };
            if let Some(row) = &row
                && !outbox.give_up(row, now).await
            {
                if state != State::Leased {
                    kept.set(kept.get() + 1);
                }
                continue;
            }
            droppable.push(id.clone());
            rows.push(row);
        }
        let dropped = queue.drop_jobs(&droppable).await?;
        // What a worker has.
        for row in rows.iter().zip(&dropped).filter_map(|(row, dropped)| row.as_ref().filter(|_| !dropped)) {
            outbox.reopen(row, now).await;
        }
        Ok(dropped)
    };
    let dropped = change(queues, chosen, forget).await?;
    let (done, kept, error) = (dropped.done, kept.get(), outbox.failed().unwrap_or_default());
    anyhow::ensure!(
        kept == 0,
        "{done} dropped; {kept} notices and webhooks are not: the outbox would bring them back, and the database could not \
         be told ({error})"
    );
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
    use std::time::Duration;

    use entity::{
        database,
        email::Email,
        queue as producer,
        reset_event::{self, Half},
    };
    use sea_orm::{ConnectionTrait as _, DatabaseConnection, TransactionTrait as _};

    use super::*;
    use crate::queue::{Ticket, testing::*};

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
        let source = Source::from_parts(None, []).unwrap();
        let named = |ids: &[&str]| Chosen {
            ids: ids.iter().map(ToString::to_string).collect(),
            all_dead: false,
            kind: None,
            reason: None,
        };
        let refused = retry(&source, &redis.store, &queues, &named(&["old"])).await.unwrap_err().to_string();
        assert_eq!(refused, "0 retried; 1 left among the dead, for their time is over");
        assert!(
            retry(&source, &redis.store, &queues, &named(&["unknown", "old"]))
                .await
                .unwrap_err()
                .to_string()
                .contains("1 not found")
        );
        let all = Chosen { all_dead: true, ..named(&[]) };
        assert_eq!(
            retry(&source, &redis.store, &queues, &all).await.unwrap(),
            "1 retried; 1 left among the dead, for their time is over\n"
        );
        assert_eq!(
            retry(&source, &redis.store, &queues, &all).await.unwrap(),
            "0 retried; 1 left among the dead, for their time is over\n"
        );
        let dead = queues[0].list(State::Dead, 9).await.unwrap();
        assert_eq!(dead.iter().map(|card| card.id.as_deref()).collect::<Vec<_>>(), [Some("old")]);
        assert_eq!((redis.stat("redriven").await, redis.stat("expired").await), (1, 0));
        redis.check_invariant().await;
    }

    /// A database with one event whose webhook is open, and its job with a worker.
    async fn with_an_open_webhook(folder: &tempfile::TempDir) -> (Redis, Asker, Ticket, Source, DatabaseConnection) {
        let redis = Redis::start().await;
        let url = format!("sqlite://{}/db.sqlite?mode=rwc", folder.path().display());
        let database = database::connect(&database::Settings::parse(&url).unwrap()).await.unwrap();
        migration::up(&database).await.unwrap();
        let row = "INSERT INTO reset_event (id, account_id, kind, occurred_at, address_at_event, notice_done_at, next_push_at) \
                   VALUES ('e1', '1', 'password_reset', 1, 'ada@example.org', 1, 1)";
        database.execute_unprepared(row).await.unwrap();
        let ada = Email::parse("ada@example.org").unwrap();
        producer::push(&redis.store, Half::Webhook, &ada, cause("e1")).await.unwrap();
        let mut asker = Asker::new(redis.queue(Policy::default()), "w");
        let ticket = asker.claim(1).await.jobs.remove(0).ticket;
        let source = Source::from_parts(None, [("REKEY_DATABASE_URL".to_owned(), Some(url))]).unwrap();
        (redis, asker, ticket, source, database)
    }

    fn named(id: &str) -> Chosen {
        Chosen { ids: vec![id.to_owned()], all_dead: false, kind: None, reason: None }
    }

    async fn is_open(database: &DatabaseConnection) -> bool {
        reset_event::find(database, "e1").await.unwrap().unwrap().is_open(Half::Webhook)
    }

    #[tokio::test]
    async fn a_job_that_a_worker_has_is_not_dropped_and_its_row_stays_open() {
        let folder = tempfile::tempdir().unwrap();
        let (redis, asker, ticket, source, database) = with_an_open_webhook(&folder).await;
        let queues = [asker.queue.clone()];
        let refused = drop_jobs(&source, &redis.store, &queues, &named("e1.webhook")).await.unwrap_err().to_string();
        assert!(refused.contains("1 not found"), "{refused}");
        assert!(is_open(&database).await);
        assert_eq!(reset_event::claim_due(&database, i64::MAX / 2, 1, 9).await.unwrap().len(), 1);
        assert_eq!(asker.queue.ack(&[ticket]).await.unwrap(), [true]);
    }

    #[tokio::test]
    async fn a_job_that_a_worker_puts_back_while_it_is_dropped_does_not_come_again() {
        let folder = tempfile::tempdir().unwrap();
        let (redis, asker, ticket, source, database) = with_an_open_webhook(&folder).await;
        // Whoever wants to write a row waits for this.
        let lock = database.begin().await.unwrap();
        lock.execute_unprepared("UPDATE account SET locale = 'de'").await.unwrap();
        let looks = async || redis.command(&["INFO", "commandstats"]).await.as_string().unwrap();
        redis.command(&["CONFIG", "RESETSTAT"]).await;
        let (queues, chosen) = ([asker.queue.clone()], named("e1.webhook"));
        let put_back = async {
            until("the job was looked at", async || looks().await.contains("cmdstat_zscore:")).await;
            asker.queue.retry(&ticket, Duration::from_secs(60), "http 503").await.unwrap();
            lock.commit().await.unwrap();
        };
        let (dropped, ()) = tokio::join!(drop_jobs(&source, &redis.store, &queues, &chosen), put_back);
        assert_eq!(dropped.unwrap(), "1 dropped\n");
        assert!(!is_open(&database).await, "the sweep would bring it back");
        redis.check_invariant().await;
    }
}
