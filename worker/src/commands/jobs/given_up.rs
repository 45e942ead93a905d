//! `rekey-worker jobs retry --given-up`: what the database says was given up, whether or not Redis still knows of it.

use anyhow::{Context, anyhow};
use entity::{
    database::{self, describe},
    queue as producer,
    reset_event::{self, Half},
    settings::Source,
    store::Store,
};

use crate::queue::{MAX_BATCH, Queue};

/// Which half of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Which {
    /// The mail to the account's owner.
    Notice,
    /// The call to the application.
    Webhook,
}

impl Which {
    fn half(self) -> Half {
        match self {
            Self::Notice => Half::Notice,
            Self::Webhook => Half::Webhook,
        }
    }
}

/// Opens all rows that were given up, of one half or of both. Dead letters that are still there are given another life; for
/// the rest the sweep of any worker makes new jobs, within half a minute.
pub async fn retry(source: &Source, store: &Store, queues: &[Queue], only: Option<Which>) -> anyhow::Result<String> {
    let settings = database::Settings::read(source)?;
    let told = |error| anyhow!("the database: {}", describe(&error));
    let database = database::connect(&settings).await.map_err(told)?;
    let now = store.now().await.context("REKEY_REDIS_URL")?;
    let mut opened = 0;
    for half in Half::ALL.into_iter().filter(|half| only.is_none_or(|only| only.half() == *half)) {
        // By their ids, so that one that is given up again at once is not met twice.
        let mut after = String::new();
        loop {
            let events = reset_event::given_up(&database, half, &after, MAX_BATCH as u64).await.map_err(told)?;
            let Some(last) = events.last() else { break };
            after.clone_from(last);
            for event in &events {
                reset_event::reopen(&database, event, half, now).await.map_err(told)?;
            }
            opened += events.len();
            // Rows first: should Redis come back empty in between, the sweep sees to them. With another number of shards
            // a job may lie where its address is no more.
            let ids: Vec<_> = events.iter().map(|event| producer::job_id(event, half)).collect();
            for queue in queues {
                queue.redrive(&ids).await?;
            }
        }
    }
    Ok(format!("{opened} retried\n"))
}

#[cfg(test)]
mod tests {
    use entity::{email::Email, queue::Pushed};
    use sea_orm::{ConnectionTrait as _, DatabaseConnection};

    use super::*;
    use crate::{outbox, queue::Policy, queue::State, queue::testing::*, work::Link};

    async fn given_up(database: &DatabaseConnection, ids: &[&str]) {
        for id in ids {
            let row = format!(
                "INSERT INTO reset_event (id, account_id, kind, occurred_at, address_at_event, notice_done_at) \
                 VALUES ('{id}', '1', 'password_reset', 1, 'ada@example.org', 1)"
            );
            database.execute_unprepared(&row).await.unwrap();
            reset_event::give_up(database, id, Half::Webhook, 1).await.unwrap();
        }
    }

    #[tokio::test]
    async fn r66_what_was_given_up_is_retried_though_redis_has_forgotten_it() {
        let redis = Redis::start().await;
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}/db.sqlite?mode=rwc", folder.path().display());
        let database = database::connect(&database::Settings::parse(&url).unwrap()).await.unwrap();
        migration::up(&database).await.unwrap();
        let source = Source::from_parts(None, [("REKEY_DATABASE_URL".to_owned(), Some(url))]).unwrap();
        let many: Vec<_> = (0..70).map(|n| format!("e{n}")).collect();
        given_up(&database, &many.iter().map(String::as_str).collect::<Vec<_>>()).await;
        // One is still a dead letter.
        let ada = Email::parse("ada@example.org").unwrap();
        assert_eq!(producer::push(&redis.store, Half::Webhook, &ada, cause("e7")).await.unwrap(), Pushed::Now);
        let mut asker = Asker::new(redis.queue(Policy::default()), "w");
        let ticket = asker.claim(1).await.jobs.remove(0).ticket;
        assert!(asker.queue.bury(&ticket, "no_receiver").await.unwrap());

        let queues = [asker.queue.clone()];
        let retry = async |only| retry(&source, &redis.store, &queues, only).await.unwrap();
        assert_eq!(retry(Some(Which::Notice)).await, "0 retried\n");
        assert_eq!(retry(Some(Which::Webhook)).await, "70 retried\n");
        assert_eq!(retry(None).await, "0 retried\n");
        assert_eq!(asker.queue.show("e7.webhook").await.unwrap().unwrap().state, State::Delayed);
        // As soon as the sweep's time has come.
        database.execute_unprepared("UPDATE reset_event SET next_push_at = 1 WHERE next_push_at > 0").await.unwrap();
        let link = Link::new("tested");
        outbox::round(&database, &link, &redis.store, &link).await;
        assert_eq!(redis.waiting("ready:webhook").await, 69, "all but the one that the queue has");
        redis.check_invariant().await;
    }
}
