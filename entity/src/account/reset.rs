//! The one transaction that changes a password.

use std::{future::Future, time::Duration};

use sea_orm::{DatabaseConnection, DatabaseTransaction, DbErr};
use tokio::time::timeout;

use super::{AccountId, StoredHash, find_by_id, replace_hash};
use crate::{
    database::begin_write,
    keyring::Keys,
    reset_event::{self, ResetEvent},
};

/// Longest time up to the commit, for the commit, and for reading back after an unknown one. Together with the wait for
/// a hashing slot they stay within the ten seconds that a request may take.
const WRITE_TIMEOUT: Duration = Duration::from_millis(3_500);
const COMMIT_TIMEOUT: Duration = Duration::from_millis(1_500);
const READ_BACK_TIMEOUT: Duration = Duration::from_millis(1_500);

/// A new password for an account.
#[derive(Debug)]
pub struct NewReset<'a> {
    /// Whose.
    pub account_id: &'a AccountId,
    /// What the account looked like when its code was mailed.
    pub fingerprint: &'a str,
    /// The keys of that fingerprint.
    pub keys: &'a Keys,
    /// The new hash.
    pub hash: &'a StoredHash,
    /// The id of the event to write, 1 to 50 octets, new.
    pub event_id: &'a str,
    /// The address of the client, for the audit trail.
    pub client: Option<&'a str>,
    /// Its `User-Agent`, 256 characters at most.
    pub user_agent: Option<&'a str>,
    /// Milliseconds since 1970.
    pub now: i64,
    /// Whether a webhook is to be delivered.
    pub webhook: bool,
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The password is changed and the event is written.
    Done,
    /// Nothing happened: the account is gone, disabled, or not what it was when the code was mailed.
    Refused,
}

/// Why it is not known to have been done. The causes may quote values: they belong into no log.
#[derive(Debug, thiserror::Error)]
pub enum ResetError {
    /// Nothing happened.
    #[error("the database rolled back")]
    RolledBack(#[source] DbErr),
    /// The commit was sent, its answer was lost, and the row could not be read back.
    #[error("the outcome of the commit is not known")]
    Unknown(#[source] DbErr),
}

/// Changes the password if the account is still what it was, and writes the event, or does nothing.
///
/// # Errors
/// [`ResetError`].
pub async fn apply(db: &DatabaseConnection, reset: NewReset<'_>) -> Result<Outcome, ResetError> {
    let written = within(WRITE_TIMEOUT, write(db, &reset)).await.map_err(ResetError::RolledBack)?;
    let Some(transaction) = written else { return Ok(Outcome::Refused) };
    match within(COMMIT_TIMEOUT, transaction.commit()).await {
        Ok(()) => Ok(Outcome::Done),
        Err(error) => read_back(db, &reset, error).await,
    }
}

/// Everything up to the commit; `None` if the account refuses, with nothing left behind.
async fn write(db: &DatabaseConnection, reset: &NewReset<'_>) -> Result<Option<DatabaseTransaction>, DbErr> {
    let transaction = begin_write(db).await?;
    let account = find_by_id(&transaction, reset.account_id).await?;
    let account = account.filter(|account| !account.disabled && account.fingerprint(reset.keys) == reset.fingerprint);
    let Some(account) = account else {
        transaction.rollback().await?;
        return Ok(None);
    };
    if !replace_hash(&transaction, &account, reset.hash, reset.now).await? {
        transaction.rollback().await?;
        return Ok(None);
    }
    let event = ResetEvent {
        id: reset.event_id.to_owned(),
        account_id: account.id,
        occurred_at: reset.now,
        address_at_event: account.email,
        client: reset.client.map(ToOwned::to_owned),
        user_agent: reset.user_agent.map(ToOwned::to_owned),
        notice_done_at: None,
        // Without a webhook there is nothing left to do for it.
        webhook_done_at: (!reset.webhook).then_some(reset.now),
    };
    reset_event::insert(&transaction, &event).await?;
    Ok(Some(transaction))
}

/// After a commit whose answer was lost: the row itself says what became of it. The new hash has a salt of its own, so
/// no other reset can have written it.
async fn read_back(db: &DatabaseConnection, reset: &NewReset<'_>, error: DbErr) -> Result<Outcome, ResetError> {
    match within(READ_BACK_TIMEOUT, find_by_id(db, reset.account_id)).await {
        Ok(Some(account)) if account.password_hash.as_ref() == Some(reset.hash) => Ok(Outcome::Done),
        // A server that lost the connection may still be about to commit: "not there" is not "never".
        Ok(_) | Err(_) => Err(ResetError::Unknown(error)),
    }
}

async fn within<T>(limit: Duration, work: impl Future<Output = Result<T, DbErr>>) -> Result<T, DbErr> {
    timeout(limit, work).await.unwrap_or_else(|_| Err(DbErr::Custom("took too long".into())))
}
