//! The keeper of the audit trail: it writes down what happened to challenges, and lets go of what is old.
//!
//! `request` and `verify` leave a trail in Redis and do nothing in the database. Its end is no job of the queue: it needs
//! neither the mail server nor a place among the mails, must not open their breaker when the database refuses a row, and
//! many of them make one statement. So it has a list and a pace of its own, as the sweep of the outbox has.

#[cfg(test)]
mod tests;

use std::{sync::Arc, time::Duration};

use entity::{
    account::{self, AccountId},
    database::{describe, is_passing},
    keys::Shard,
    reset_event::{self, Audit},
    store::Store,
    trail::{self, Trail},
};
use sea_orm::{DatabaseConnection, DbErr};
use tokio::time::{MissedTickBehavior, interval};

use crate::work::Link;

/// How often each worker looks for trails, half as much more or less: so long an auditor waits for a mail that went out.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// Trails at once.
const MOST: u16 = 64;
/// Times that it takes so many from one shard before it looks at the others.
const ROUNDS: usize = 20;
/// How long trails are left to the worker that took them. If it dies, or the database is away, they come again.
const HOLD: Duration = Duration::from_secs(30);
/// How often each worker looks for events that are too old.
const PURGE_EVERY: Duration = Duration::from_secs(60);
/// Rows that one statement deletes at most, so that it holds up nobody.
const PURGE_ROWS: u64 = 500;
/// Statements in a row. What is left then goes a minute later.
const PURGE_ROUNDS: usize = 20;

/// All that it needs.
pub struct Keeper {
    /// Trails.
    pub store: Store,
    /// Told whether Redis answers.
    pub redis_link: Arc<Link>,
    /// Accounts and events.
    pub database: DatabaseConnection,
    /// Told whether the database answers.
    pub database_link: Arc<Link>,
    /// How long events are kept; none: for ever.
    pub retention: Option<Duration>,
}

/// What part of this is away was noted; it goes on at the next look.
struct Away;

impl Keeper {
    /// Keeps it for ever. Any number of workers may: a trail is taken by one of them, and a row is written once whoever
    /// writes it.
    pub async fn run(self) {
        let mut purges = interval(PURGE_EVERY);
        purges.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            // At no moment that could be foretold: what is done then is done for accounts alone (R2).
            let pause = LOOK_EVERY.mul_f64(rand::random_range(0.5..1.5));
            tokio::select! {
                () = tokio::time::sleep(pause) => {
                    for shard in self.store.names().all() {
                        for _ in 0..ROUNDS {
                            let Ok(true) = self.write_down(shard).await else { break };
                        }
                    }
                }
                _ = purges.tick() => {
                    let _ = self.purge().await;
                }
            }
        }
    }

    /// Writes down what is due in a shard; true if there may be more.
    async fn write_down(&self, shard: Shard) -> Result<bool, Away> {
        let taken = self.redis_link.note(trail::take(&self.store, shard, MOST, HOLD).await).map_err(|_| Away)?;
        if taken.trails.is_empty() {
            return Ok(false);
        }
        let (mut rows, mut written) = (Vec::new(), Vec::new());
        for (id, fields) in &taken.trails {
            let trail = Trail::read(fields);
            if trail.is_none() && !fields.is_empty() {
                tracing::error!(
                    challenge_id = id.as_str(),
                    "the trail of a challenge cannot be read: no event tells of it"
                );
            }
            let Some(trail) = trail else {
                written.push((id.clone(), None));
                continue;
            };
            // One that is refused comes again, with those that nobody settles.
            let Some(account) = self.account(&trail).await? else { continue };
            let over = trail.closes <= taken.now;
            if let Some(account) = account {
                rows.push(trail.events(id, &account, &trail.address, over));
            }
            written.push((id.clone(), (!over).then_some(trail.closes)));
        }
        self.write(rows).await?;
        self.redis_link.note(taken.settle(&self.store, &written).await).map_err(|_| Away)?;
        Ok(taken.trails.len() == usize::from(MOST))
    }

    /// Whose trail it is. Who was mailed is known. For any other the address says it: one look, whether somebody has it
    /// (and is disabled, or got no mail) or nobody.
    async fn account(&self, trail: &Trail) -> Result<Option<Option<AccountId>>, Away> {
        if trail.account.is_some() {
            return Ok(Some(trail.account.clone()));
        }
        let found = self.noted(account::find_by_email(&self.database, &trail.address).await)?;
        Ok(found.map(|account| account.map(|account| account.id)))
    }

    /// Writes the rows of several trails in one go. Is that refused, then each trail for itself, so that one is not lost
    /// with another. If all of them are, something is wrong with the table, such as a schema that is behind: they come again.
    async fn write(&self, trails: Vec<Vec<Audit>>) -> Result<(), Away> {
        if self.noted(reset_event::write(&self.database, &trails.concat()).await)?.is_some() {
            return Ok(());
        }
        let mut any = false;
        for rows in &trails {
            any |= self.noted(reset_event::write(&self.database, rows).await)?.is_some();
        }
        if any { Ok(()) } else { Err(Away) }
    }

    /// Deletes what is older than it may be.
    async fn purge(&self) -> Result<(), Away> {
        let Some(retention) = self.retention else { return Ok(()) };
        let now = self.redis_link.note(self.store.now().await).map_err(|_| Away)?;
        let before = now.saturating_sub(i64::try_from(retention.as_millis()).unwrap_or(i64::MAX));
        for _ in 0..PURGE_ROUNDS {
            let deleted = reset_event::purge(&self.database, before, now, PURGE_ROWS).await;
            if self.noted(deleted)?.is_none_or(|deleted| deleted < PURGE_ROWS) {
                break;
            }
        }
        Ok(())
    }

    /// An answer of the database; none if it refused, which is logged, for it would each time.
    fn noted<T>(&self, answer: Result<T, DbErr>) -> Result<Option<T>, Away> {
        match answer {
            Err(error) if !is_passing(&error) => {
                let _ = self.database_link.note(Ok::<_, String>(()));
                tracing::error!(error = %describe(&error), "the audit trail: the database refuses");
                Ok(None)
            }
            answer => self.database_link.note(answer.map_err(|error| describe(&error))).map(Some).map_err(|_| Away),
        }
    }
}
