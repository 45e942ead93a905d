//! The sweep of the outbox: notices whose job was lost between the database and Redis are pushed again.

use std::{sync::Arc, time::Duration};

use entity::{database::describe, queue, reset_event, store::Store};
use sea_orm::DatabaseConnection;

use crate::{jobs::send_changed_notice::unix_ms, work::Link};

/// How often each worker looks.
const EVERY: Duration = Duration::from_secs(5);
/// How long a row is left alone after it was pushed: longer than a mail usually takes, so that pushing again is rare.
const HOLD: Duration = Duration::from_secs(60);
/// Rows at once.
const LIMIT: u64 = 100;

/// Sweeps for ever. Any number of workers may: each row is claimed by a conditional UPDATE, and a job that is pushed
/// twice has the same id and the same bytes.
pub async fn sweep(database: DatabaseConnection, database_link: Arc<Link>, store: Store, redis: Arc<Link>) {
    let mut ticks = tokio::time::interval(EVERY);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        // A row that is claimed and cannot be pushed comes again after its minute: while Redis is away, none is.
        if redis.note(store.ping().await).is_err() {
            continue;
        }
        let hold = i64::try_from(HOLD.as_millis()).unwrap_or(i64::MAX);
        let due = reset_event::claim_due(&database, unix_ms(), hold, LIMIT).await;
        let Ok(events) = database_link.note(due.map_err(|error| describe(&error))) else { continue };
        for event in events.iter().filter(|event| event.notice_done_at.is_none()) {
            let pushed = queue::push_notice(&store, &event.address_at_event, &event.id, event.occurred_at).await;
            if redis.note(pushed).is_ok_and(|pushed| pushed) {
                tracing::info!(event = event.id, "notice pushed again");
            }
        }
    }
}
