//! The sweep of the outbox: notices and webhooks whose job was lost between the database and Redis are pushed again.

use std::{sync::Arc, time::Duration};

use entity::{
    database::describe,
    queue::{self, Pushed},
    reset_event::{self, Half, ResetEvent},
    store::{Store, StoreError},
};
use sea_orm::DatabaseConnection;

use crate::work::Link;

/// How often each worker looks.
const EVERY: Duration = Duration::from_secs(5);
/// How long a row is left alone after it was pushed, or while its jobs wait in their lists. A Redis that comes back empty
/// has forgotten those for so long at most.
const HOLD: Duration = Duration::from_secs(60);
/// The same for a row whose jobs are held by the queue.
const HELD: Duration = Duration::from_secs(600);
/// Rows at once.
pub(crate) const LIMIT: u64 = 100;

/// Sweeps for ever. Any number of workers may: each row is claimed by a conditional UPDATE, and a job that is pushed
/// twice has the same id and the same bytes.
pub async fn sweep(database: DatabaseConnection, database_link: Arc<Link>, store: Store, redis: Arc<Link>) {
    let mut ticks = tokio::time::interval(EVERY);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        if round(&database, &database_link, &store, &redis).await {
            ticks.reset_immediately();
        }
    }
}

/// One look; true if there may be more to push at once, as after an outage.
pub(crate) async fn round(database: &DatabaseConnection, database_link: &Link, store: &Store, redis: &Link) -> bool {
    // A row that is claimed and cannot be pushed comes again after its minute: while Redis is away, none is. Its
    // clock counts, for that of this machine may be wrong, and others sweep as well.
    let Ok(now) = redis.note(store.now().await) else { return false };
    let due = reset_event::claim_due(database, now, millis(HOLD), LIMIT).await;
    let Ok(events) = database_link.note(due.map_err(|error| describe(&error))) else { return false };
    let mut more = u64::try_from(events.len()).is_ok_and(|events| events == LIMIT);
    for event in events {
        match push(store, &event).await {
            Ok(false) => {}
            // Its jobs are held: they wait for their next try, for hours if it is a webhook's.
            Ok(true) => {
                let until = now.saturating_add(millis(HELD));
                let put_off = reset_event::put_off(database, &event.id, until).await;
                let _ = database_link.note(put_off.map_err(|error| describe(&error)));
            }
            Err(error) => {
                more = false;
                let _ = redis.note(Err::<(), _>(error));
            }
        }
    }
    more
}

/// Pushes what is open of an event; true if the queue holds all of it.
async fn push(store: &Store, event: &ResetEvent) -> Result<bool, StoreError> {
    let mut held = true;
    for half in Half::ALL.into_iter().filter(|half| event.is_open(*half)) {
        let pushed = queue::push(store, half, &event.address_at_event, event.into()).await?;
        if pushed == Pushed::Now {
            tracing::info!(event = event.id, "{} pushed again", half.name());
        }
        held &= pushed == Pushed::Held;
    }
    Ok(held)
}

fn millis(span: Duration) -> i64 {
    i64::try_from(span.as_millis()).unwrap_or(i64::MAX)
}
