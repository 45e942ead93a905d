//! Resets that happened: audit trail and outbox in one.
//!
//! The row of a password that was changed is written in the transaction that changes it, so neither is there without the
//! other. Until the worker knows what became of its notice and of its webhook, the sweep pushes their jobs again. All
//! other kinds are audit trail alone ([`Audit`]).

mod audit;
mod event;
mod given_up;
mod id;
mod lag;
mod retention;
mod row;

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DbErr,
    sea_query::{CaseStatement, Cond, Expr, ExprTrait, Func, Order, Query, UpdateStatement},
};

pub use audit::{Told, list, write};
pub use event::{Audit, Kind, MAX_ACCOUNT_ID, MAX_USER_AGENT, Reason};
pub use given_up::{count_given_up, given_up};
pub use id::{new_id, shard_of};
pub use lag::{HalfLag, Lag, lag};
pub use retention::{purge, retention};
pub(crate) use row::record;
use row::{Column, KIND, get, read, select};

use crate::{account::AccountId, database, email::Email, telemetry::TraceContext};

/// When the sweep looks again at a row that cannot be read, in milliseconds: somebody has to mend it.
const UNREADABLE_MS: i64 = 24 * 60 * 60 * 1000;
/// The longest time for which the sweep leaves an event alone, in milliseconds, with an hour for clocks that differ.
/// What is due later than that was written by a clock that is wrong, and is due now.
const LONGEST_HOLD_MS: i64 = UNREADABLE_MS + 60 * 60 * 1000;
/// When the sweep looks at a new event, in milliseconds from it: the push right after the commit comes first.
const FIRST_SWEEP_MS: i64 = 15_000;

/// A password that was reset.
#[derive(Clone, Debug)]
pub struct ResetEvent {
    /// Its id; the ids of its jobs begin with it.
    pub id: String,
    /// Whose password changed.
    pub account_id: AccountId,
    /// When, in Unix milliseconds.
    pub occurred_at: i64,
    /// The account's address at that moment: the notice goes there.
    pub address_at_event: Email,
    /// The client's address.
    pub client: Option<String>,
    /// The client's user agent, as it wrote it, without control characters.
    pub user_agent: Option<String>,
    /// The languages that the client asked for, as in `Accept-Language`: for a notice to an account without one.
    pub languages: Option<String>,
    /// Where in a trace it happened: its jobs go on from there. None if an older program wrote it.
    pub trace: Option<TraceContext>,
    /// When the notice was sent; stays open when it was given up, so that its job can be given another life.
    pub notice_done_at: Option<i64>,
    /// When the notice was given up: the sweep leaves it alone.
    pub notice_given_up_at: Option<i64>,
    /// When the webhook was delivered, or the time of the event if there is none; stays open when it was given up.
    pub webhook_done_at: Option<i64>,
    /// When the webhook was given up: the sweep leaves it alone.
    pub webhook_given_up_at: Option<i64>,
}

impl ResetEvent {
    /// Whether a half of it is done.
    #[must_use]
    pub fn is_done(&self, half: Half) -> bool {
        self.times(half).0.is_some()
    }

    /// Whether the sweep still has to see to a half of it.
    #[must_use]
    pub fn is_open(&self, half: Half) -> bool {
        self.times(half) == (None, None)
    }

    /// When a half was done, and when it was given up.
    fn times(&self, half: Half) -> (Option<i64>, Option<i64>) {
        match half {
            Half::Notice => (self.notice_done_at, self.notice_given_up_at),
            Half::Webhook => (self.webhook_done_at, self.webhook_given_up_at),
        }
    }
}

/// The event with this id, if it is outbox.
///
/// # Errors
/// If the database does not answer within 5 s.
pub async fn find(db: &impl ConnectionTrait, id: &str) -> Result<Option<ResetEvent>, DbErr> {
    let query = select().and_where(Expr::col(Column::Id).eq(id)).to_owned();
    database::answer(db.query_one(&query)).await?.as_ref().map(read).transpose()
}

/// Of the two things that an event asks for, one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Half {
    /// The mail to the account's owner.
    Notice,
    /// The call to the application.
    Webhook,
}

impl Half {
    /// Both, in the order in which they are pushed.
    pub const ALL: [Self; 2] = [Self::Notice, Self::Webhook];

    /// Its name in logs and metrics.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Notice => "notice",
            Self::Webhook => "webhook",
        }
    }

    /// Its columns: done, given up.
    fn columns(self) -> [Column; 2] {
        match self {
            Self::Notice => [Column::NoticeDoneAt, Column::NoticeGivenUpAt],
            Self::Webhook => [Column::WebhookDoneAt, Column::WebhookGivenUpAt],
        }
    }

    fn other(self) -> Self {
        match self {
            Self::Notice => Self::Webhook,
            Self::Webhook => Self::Notice,
        }
    }

    /// Whether the sweep still has to see to it.
    fn is_open(self) -> Cond {
        let [done, given_up] = self.columns();
        Cond::all().add(Expr::col(done).is_null()).add(Expr::col(given_up).is_null())
    }
}

/// Notes that the notice was sent, or the webhook taken, at `now` in Unix milliseconds. The first call counts.
///
/// # Errors
/// If the database does not answer within 5 s.
pub async fn finish(db: &impl ConnectionTrait, id: &str, half: Half, now: i64) -> Result<(), DbErr> {
    let [done, _] = half.columns();
    database::answer(db.execute(&close(id, half, done, now))).await.map(drop)
}

/// Notes that it will not be done by itself: the sweep leaves it alone. `*_done_at` stays open, for it is what the job
/// looks at: a dead one that an operator gives another life must still be done.
///
/// # Errors
/// If the database does not answer within 5 s.
pub async fn give_up(db: &impl ConnectionTrait, id: &str, half: Half, now: i64) -> Result<(), DbErr> {
    let [_, given_up] = half.columns();
    database::answer(db.execute(&close(id, half, given_up, now))).await.map(drop)
}

/// Opens a half again that was given up: its job has another life, and the sweep sees to it from `now` (Unix milliseconds)
/// on as to a new one. What is done stays so.
///
/// # Errors
/// If the database does not answer within 5 s.
pub async fn reopen(db: &impl ConnectionTrait, id: &str, half: Half, now: i64) -> Result<(), DbErr> {
    let [done, given_up] = half.columns();
    let first = Expr::val(now.saturating_add(FIRST_SWEEP_MS));
    let update = Query::update()
        .table(Column::Table)
        .value(given_up, Option::<i64>::None)
        .value(Column::NextPushAt, Func::coalesce([Expr::col(Column::NextPushAt), first]))
        .and_where(Expr::col(Column::Id).eq(id))
        .and_where(Expr::col(done).is_null())
        .and_where(Expr::col(given_up).is_not_null())
        .to_owned();
    database::answer(db.execute(&update)).await.map(drop)
}

/// Closes one half of an event that is not done, and takes the event from the sweep, unless the other half needs it.
fn close(id: &str, half: Half, column: Column, now: i64) -> UpdateStatement {
    let [done, _] = half.columns();
    let pushed_again = CaseStatement::new()
        .case(half.other().is_open(), Expr::col(Column::NextPushAt))
        .finally(Expr::val(Option::<i64>::None));
    Query::update()
        .table(Column::Table)
        .value(column, now)
        .value(Column::NextPushAt, pushed_again)
        .and_where(Expr::col(Column::Id).eq(id))
        .and_where(Expr::col(done).is_null())
        .to_owned()
}

/// Has the sweep look at an event at another time, in Unix milliseconds, if it still has to.
///
/// # Errors
/// If the database does not answer within 5 s.
pub async fn put_off(db: &impl ConnectionTrait, id: &str, until: i64) -> Result<(), DbErr> {
    let update = Query::update()
        .table(Column::Table)
        .value(Column::NextPushAt, until)
        .and_where(Expr::col(Column::Id).eq(id))
        .and_where(Expr::col(Column::NextPushAt).is_not_null())
        .to_owned();
    database::answer(db.execute(&update)).await.map(drop)
}

/// Takes at most `limit` events whose jobs must be pushed again at `now` (Unix milliseconds), longest due first, and
/// keeps other sweeps from them for `hold_ms`. A row that cannot be read is logged and put off for a day: it must not
/// stop the others.
///
/// An event has the time of the API's machine. If that clock is ahead, its first push, should it get lost, is made up for
/// by so much later, but by a day at most.
///
/// # Errors
/// If the database does not answer within 5 s. What was claimed before is due again after `hold_ms`.
pub async fn claim_due(db: &DatabaseConnection, now: i64, hold_ms: i64, limit: u64) -> Result<Vec<ResetEvent>, DbErr> {
    let query = select()
        .cond_where(is_due(now))
        .cond_where(Cond::any().add(Half::Notice.is_open()).add(Half::Webhook.is_open()))
        .order_by(Column::NextPushAt, Order::Asc)
        .limit(limit)
        .to_owned();
    let mut claimed = Vec::new();
    for row in database::answer(db.query_all(&query)).await? {
        let (id, due) = (get::<String>(&row, Column::Id), get::<i64>(&row, Column::NextPushAt));
        let (Ok(id), Ok(due)) = (id, due) else { continue };
        let event = read(&row);
        let until = now.saturating_add(if event.is_ok() { hold_ms } else { UNREADABLE_MS });
        let claim = Query::update()
            .table(Column::Table)
            .value(Column::NextPushAt, until)
            .and_where(Expr::col(Column::Id).eq(id.as_str()))
            .and_where(Expr::col(Column::NextPushAt).eq(due))
            .to_owned();
        if database::answer(db.execute(&claim)).await?.rows_affected() == 0 {
            continue;
        }
        match event {
            Ok(event) => claimed.push(event),
            Err(error) => {
                let error = database::describe(&error);
                tracing::error!(event = id, %error, "this event's row cannot be read: neither notice nor webhook goes out");
            }
        }
    }
    Ok(claimed)
}

/// Whether the sweep's time has come, or cannot be right. Both ranges are of one index.
fn is_due(now: i64) -> Cond {
    let wrong = Expr::col(Column::NextPushAt).gt(now.saturating_add(LONGEST_HOLD_MS));
    Cond::any().add(Expr::col(Column::NextPushAt).lte(now)).add(wrong)
}

#[cfg(test)]
mod tests;
