//! The keeper of the audit trail: it writes down what happened to challenges, and lets go of what is old.
//!
//! `request` and `verify` leave a trail in Redis and do nothing in the database. Its end is no job of the queue: it needs
//! neither the mail server nor a place among the mails, must not open their breaker when the database refuses a row, and
//! many of them make one statement. So it has a list and a pace of its own, as the sweep of the outbox has.

#[cfg(test)]
mod tests;
mod unwritten;

use std::{sync::Arc, time::Duration};

use entity::{
    account::{self, AccountId},
    database::{describe, is_passing},
    keys::Shard,
    reset_event::{self, Audit},
    store::Store,
    trail::{self, Due, Trail},
};
use sea_orm::{DatabaseConnection, DbErr};
use tokio::time::{MissedTickBehavior, interval};

use crate::{metrics::Dropped, work::Link};

/// How often each worker looks for trails, half as much more or less: so long an auditor waits for a mail that went out.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// Trails at once.
const MOST: u16 = 64;
/// Times that it takes so many from one shard before it looks at the others.
const ROUNDS: usize = 20;
/// While the database is away the next ones are tried each time, so that none stands in front of the others if it is to
/// blame itself; from so many on they are the first ones again, for Redis counts up to them.
const REACH: u16 = 16 * MOST;
/// How long trails are left to the worker that took them. If it dies, they come again.
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

/// The database refuses these values, as it would each time: what it said that may be logged.
struct Refused(String);

/// What becomes of a trail.
#[derive(Clone, Copy)]
enum End {
    /// All is told.
    Over,
    /// It is looked at again, in Unix milliseconds.
    At(i64),
    /// Nothing more will be told of it.
    Dropped(Dropped),
}

impl Keeper {
    /// Keeps it for ever. Any number of workers may: a trail is taken by one of them, and a row is written once whoever
    /// writes it.
    pub async fn run(self) {
        let mut purges = interval(PURGE_EVERY);
        purges.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut skips = vec![0; self.store.names().shards().into()];
        loop {
            // At no moment that could be foretold: what is done then is done for accounts alone (R2).
            let pause = LOOK_EVERY.mul_f64(rand::random_range(0.5..1.5));
            tokio::select! {
                () = tokio::time::sleep(pause) => {
                    for (shard, skip) in self.store.names().all().zip(&mut skips) {
                        self.look(shard, skip).await;
                    }
                }
                _ = purges.tick() => {
                    let _ = self.purge().await;
                }
            }
        }
    }

    /// Writes down what is due in a shard, but for the first ones that are skipped, in some rounds while there may be more.
    /// Next time it begins with the first ones, which have waited longest, unless the database was away: it may be they
    /// that it cannot bear.
    async fn look(&self, shard: Shard, skip: &mut u16) {
        for _ in 0..ROUNDS {
            match self.write_down(shard, *skip).await {
                Ok(true) => {}
                Ok(false) => break,
                Err(Away) => {
                    *skip = (*skip + MOST) % REACH;
                    return;
                }
            }
        }
        *skip = 0;
    }

    /// Writes down what is due in a shard, but for the first ones; true if there may be more.
    async fn write_down(&self, shard: Shard, skip: u16) -> Result<bool, Away> {
        let taken = trail::take(&self.store, shard, (skip, MOST), HOLD).await;
        let taken = self.redis_link.note(taken).map_err(|_| Away)?;
        let (mut open, mut ends) = (Vec::new(), Vec::new());
        for due in &taken.trails {
            match Trail::read(&due.fields) {
                Some(trail) => open.push((due, trail)),
                None if due.fields.is_empty() => ends.push((&due.id, End::Dropped(Dropped::Expired))),
                None => ends.push((&due.id, End::Dropped(Dropped::Unreadable))),
            }
        }
        let told = self.tell(&open, taken.now).await;
        let is_away = told.is_err();
        // While the database is away they stay due since they were: they are the first when it is back, and until then
        // the metrics say for how long they wait.
        let told = told.unwrap_or_else(|Away| open.iter().map(|(due, _)| End::At(due.since)).collect());
        ends.extend(open.iter().map(|(due, _)| &due.id).zip(told));
        if !ends.is_empty() {
            let again = |end: &End| if let End::At(time) = end { Some(*time) } else { None };
            let ends: Vec<_> = ends.iter().map(|(id, end)| ((*id).clone(), again(end))).collect();
            self.redis_link.note(taken.settle(&self.store, &ends).await).map_err(|_| Away)?;
        }
        for (id, end) in ends {
            if let End::Dropped(reason) = end {
                unwritten::dropped(id, reason, taken.now);
            }
        }
        if is_away { Err(Away) } else { Ok(taken.trails.len() == usize::from(MOST)) }
    }

    /// Writes what trails tell, all of it in one go. Is that refused, then that of each for itself, so that none is lost
    /// with another.
    async fn tell(&self, trails: &[(&Due, Trail)], now: i64) -> Result<Vec<End>, Away> {
        let mut told = Vec::new();
        for (due, trail) in trails {
            let rows = |account: Option<AccountId>| match account {
                Some(account) => trail.events(&due.id, &account, &trail.address, trail.closes <= now),
                None => Vec::new(),
            };
            told.push(self.account(trail).await?.map(rows));
        }
        let all: Vec<Audit> = told.iter().flatten().flatten().cloned().collect();
        // Without rows nothing is asked of it, and nothing learnt of it.
        if !all.is_empty() && self.answer(reset_event::write(&self.database, &all).await)?.is_err() {
            for told in &mut told {
                let Ok(rows) = told else { continue };
                if let Err(refused) = self.answer(reset_event::write(&self.database, rows).await)? {
                    *told = Err(refused);
                }
            }
        }
        let ends = trails.iter().zip(told).map(|((due, trail), told)| match told {
            Ok(_) if trail.closes <= now => End::Over,
            Ok(_) => End::At(trail.closes),
            Err(Refused(error)) => {
                unwritten::refused(&due.id, &error, now);
                unwritten::again(trail.closes, now).map_or(End::Dropped(Dropped::Refused), End::At)
            }
        });
        Ok(ends.collect())
    }

    /// Whose trail it is. Who was mailed is known. For any other the address says it: one look, whether somebody has it
    /// (and is disabled, or got no mail) or nobody.
    async fn account(&self, trail: &Trail) -> Result<Result<Option<AccountId>, Refused>, Away> {
        if trail.account.is_some() {
            return Ok(Ok(trail.account.clone()));
        }
        let found = self.answer(account::find_by_email(&self.database, &trail.address).await)?;
        Ok(found.map(|account| account.map(|account| account.id)))
    }

    /// Deletes what is older than it may be.
    async fn purge(&self) -> Result<(), Away> {
        let Some(retention) = self.retention else { return Ok(()) };
        let now = self.redis_link.note(self.store.now().await).map_err(|_| Away)?;
        let before = now.saturating_sub(i64::try_from(retention.as_millis()).unwrap_or(i64::MAX));
        for _ in 0..PURGE_ROUNDS {
            match self.answer(reset_event::purge(&self.database, before, now, PURGE_ROWS).await)? {
                Ok(PURGE_ROWS..) => {}
                Ok(_) => break,
                Err(Refused(error)) => {
                    tracing::error!(error, "the audit trail: the database deletes no old events");
                    break;
                }
            }
        }
        Ok(())
    }

    /// An answer of the database, whatever it is, unless it is away.
    fn answer<T>(&self, answer: Result<T, DbErr>) -> Result<Result<T, Refused>, Away> {
        match answer {
            Err(error) if !is_passing(&error) => {
                let _ = self.database_link.note(Ok::<_, String>(()));
                Ok(Err(Refused(describe(&error))))
            }
            answer => self.database_link.note(answer.map_err(|error| describe(&error))).map(Ok).map_err(|_| Away),
        }
    }
}
