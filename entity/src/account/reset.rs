//! The one transaction that changes a password.

use std::{fmt, time::Duration};

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbErr,
    sea_query::{Expr, ExprTrait, Query},
};
use subtle::ConstantTimeEq;
use tokio::time::{Instant, sleep, timeout_at};

use super::{Account, AccountId, StoredHash, read, select, table, table::Column};
use crate::{
    database::{self, describe},
    email::Email,
    keyring::Keys,
    reset_event::{self, ResetEvent},
    telemetry::TraceContext,
};

/// A reset that is to happen.
#[derive(Clone, Copy)]
pub struct NewReset<'a> {
    /// Whose password changes.
    pub account_id: &'a AccountId,
    /// What the account looked like when the code was mailed.
    pub fingerprint: &'a str,
    /// The keys that made the fingerprint.
    pub keys: &'a Keys,
    /// The new password's hash.
    pub hash: &'a StoredHash,
    /// The id of the row in `reset_event`, at most 64 octets, never used before.
    pub event_id: &'a str,
    /// What stands for the challenge in the audit trail, 32 characters, if it is known.
    pub challenge: Option<&'a str>,
    /// The client's address, for the notice and the audit.
    pub client: Option<&'a str>,
    /// Its user agent; what is over 256 characters is left out.
    pub user_agent: Option<&'a str>,
    /// The languages that it asked for, as in `Accept-Language`: for the notice, if the account has none.
    pub languages: Option<&'a str>,
    /// Where in a trace it is: notice and webhook go on from there.
    pub trace: Option<TraceContext>,
    /// Whether the account may have a second factor: by the setting, or because the application vouched for it.
    pub second_factor: bool,
    /// Unix milliseconds.
    pub now: i64,
    /// Whether a webhook must be told.
    pub webhook: bool,
}

/// What came of a reset that the database answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The password is changed.
    Done,
    /// The account is gone or disabled, or its address or password changed since. Nothing was written.
    Refused,
    /// It is the same account, and has a second factor, which it must not. Nothing was written.
    SecondFactor,
}

/// What came of a reset that the database did not answer.
#[derive(thiserror::Error)]
pub enum ResetError {
    /// Nothing happened and nothing will.
    #[error("rolled back: {}", describe(.0))]
    RolledBack(DbErr),
    /// Nobody knows whether the password is changed.
    #[error("the commit's outcome is not known: {}", describe(.0))]
    Unknown(DbErr),
}

impl fmt::Debug for ResetError {
    /// As `Display`: a server's own text can hold the row.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// How long the outcome of a commit is asked for. With the statements' 5 s and the commit's own 5 s it stays under
/// the 30 s for which a token is held, whatever came before them.
const READ_BACK: Duration = Duration::from_secs(8);
/// Wait between two such questions.
const READ_BACK_EVERY: Duration = Duration::from_millis(250);

/// Sets the password, its time and the next session epoch, and writes the event: all of it or nothing.
///
/// It must run to its end: whoever drops it does not learn whether the password changed.
///
/// # Errors
/// [`ResetError`].
pub async fn apply(db: &DatabaseConnection, reset: NewReset<'_>) -> Result<Outcome, ResetError> {
    // Without a commit there is nothing but a rollback, whether the server answered or not.
    let prepared = database::answer(prepare(db, &reset)).await.map_err(ResetError::RolledBack)?;
    let transaction = match prepared {
        Prepared::Written(transaction) => transaction,
        Prepared::Not(outcome) => return Ok(outcome),
    };
    match database::answer(transaction.commit()).await {
        Ok(()) => Ok(Outcome::Done),
        Err(error) => read_back(db, &reset, error).await,
    }
}

/// A reset before its commit.
enum Prepared {
    Written(DatabaseTransaction),
    /// It is refused, and rolled back.
    Not(Outcome),
}

/// Does everything but the commit; nothing if the reset is refused.
async fn prepare(db: &DatabaseConnection, reset: &NewReset<'_>) -> Result<Prepared, DbErr> {
    let Some(key) = table::key(reset.account_id) else { return Ok(Prepared::Not(Outcome::Refused)) };
    let transaction = database::begin_write(db).await?;
    let Some(account) = lock(&transaction, key).await? else { return Ok(Prepared::Not(Outcome::Refused)) };
    let is_same = bool::from(account.fingerprint(reset.keys).as_bytes().ct_eq(reset.fingerprint.as_bytes()));
    let refused = if account.disabled || !is_same {
        Some(Outcome::Refused)
    } else if account.second_factor && !reset.second_factor {
        Some(Outcome::SecondFactor)
    } else if swap(&transaction, key, &account, reset).await? {
        None
    } else {
        Some(Outcome::Refused)
    };
    if let Some(outcome) = refused {
        transaction.rollback().await?;
        return Ok(Prepared::Not(outcome));
    }
    reset_event::record(&transaction, &reset.event(account.email), reset.challenge).await?;
    Ok(Prepared::Written(transaction))
}

impl NewReset<'_> {
    /// What is written of it. Where nobody waits for a webhook, it is done with at once.
    fn event(&self, address: Email) -> ResetEvent {
        ResetEvent {
            id: self.event_id.to_owned(),
            account_id: self.account_id.clone(),
            occurred_at: self.now,
            address_at_event: address,
            client: self.client.map(ToOwned::to_owned),
            user_agent: self.user_agent.map(ToOwned::to_owned),
            languages: self.languages.map(ToOwned::to_owned),
            trace: self.trace,
            notice_done_at: None,
            notice_given_up_at: None,
            webhook_done_at: (!self.webhook).then_some(self.now),
            webhook_given_up_at: None,
        }
    }
}

/// Reads the row and keeps others from it until the transaction ends.
async fn lock(transaction: &DatabaseTransaction, key: i64) -> Result<Option<Account>, DbErr> {
    let query = select().and_where(Expr::col(Column::Id).eq(key)).lock_exclusive().to_owned();
    transaction.query_one(&query).await?.as_ref().map_or(Ok(None), read)
}

/// Compare and swap. The lock makes it hold already; this holds where a table's engine has none, and a token's single
/// use rests on it.
async fn swap(
    transaction: &DatabaseTransaction,
    key: i64,
    account: &Account,
    reset: &NewReset<'_>,
) -> Result<bool, DbErr> {
    // `= NULL` is never true, and `IS ?` is not SQL everywhere.
    let same_hash = match &account.password_hash {
        Some(hash) => Expr::col(Column::PasswordHash).eq(hash.expose()),
        None => Expr::col(Column::PasswordHash).is_null(),
    };
    let mut update = Query::update();
    update
        .table(Column::Table)
        .value(Column::PasswordHash, reset.hash.expose())
        .value(Column::PasswordChangedAt, reset.now)
        .value(Column::SessionEpoch, Expr::col(Column::SessionEpoch).add(1))
        .and_where(Expr::col(Column::Id).eq(key))
        .and_where(Expr::col(Column::Email).eq(account.email.as_str()))
        .and_where(Expr::col(Column::DisabledAt).is_null())
        .and_where(same_hash);
    if !reset.second_factor {
        update.and_where(Expr::col(Column::HasSecondFactor).eq(false));
    }
    Ok(transaction.execute(&update).await?.rows_affected() == 1)
}

/// Finds out, on other connections, what became of a commit whose answer was lost.
///
/// The event's row tells: it is there if and only if the transaction is committed, even if the password was changed
/// again since. A commit may still be on its way, so the account's lock is taken first: whoever has it knows that the
/// transaction is over.
async fn read_back(db: &DatabaseConnection, reset: &NewReset<'_>, lost: DbErr) -> Result<Outcome, ResetError> {
    let until = Instant::now() + READ_BACK;
    loop {
        match timeout_at(until, is_committed(db, reset)).await {
            Ok(Ok(true)) => return Ok(Outcome::Done),
            Ok(Ok(false)) => return Err(ResetError::RolledBack(lost)),
            Err(_) => return Err(ResetError::Unknown(lost)),
            Ok(Err(_)) if Instant::now() + READ_BACK_EVERY >= until => return Err(ResetError::Unknown(lost)),
            Ok(Err(_)) => sleep(READ_BACK_EVERY).await,
        }
    }
}

async fn is_committed(db: &DatabaseConnection, reset: &NewReset<'_>) -> Result<bool, DbErr> {
    let transaction = database::begin_write(db).await?;
    if let Some(key) = table::key(reset.account_id) {
        lock(&transaction, key).await?;
    }
    let found = reset_event::find(&transaction, reset.event_id).await?.is_some();
    transaction.rollback().await?;
    Ok(found)
}

#[cfg(test)]
mod tests;
