//! The user table. Nothing outside this module knows its name or its columns: later it is somebody else's.

mod id;
mod keep;
pub mod reset;
mod room;
mod table;

use std::fmt;

use sea_orm::{
    ConnectionTrait, DbErr, QueryResult,
    sea_query::{Expr, ExprTrait, Query, SelectStatement},
};
use zeroize::{Zeroize, ZeroizeOnDrop};

pub use id::AccountId;
pub use keep::{AddError, Listed, NewAccount, add, insert, list, set_disabled, set_second_factor};
pub use room::room_for_hash;
use table::Column;

use crate::{database, email::Email, keyring::Keys};

/// A password's hash, in whatever format the account has it.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct StoredHash(String);

impl StoredHash {
    /// Takes the text of a hash.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The hash, for the one who verifies or stores it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for StoredHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StoredHash(…)")
    }
}

/// What Rekey needs to know of an account.
#[derive(Clone, Debug)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// Where its mail goes.
    pub email: Email,
    /// Nothing if it has no password.
    pub password_hash: Option<StoredHash>,
    /// Its language as a BCP 47 tag, if it has one.
    pub locale: Option<String>,
    /// Whether it must not log in.
    pub disabled: bool,
    /// Whether its application asks for a second factor when it logs in. A reset reads it and never changes it (R34).
    pub second_factor: bool,
}

impl Account {
    /// What the account looks like now: it changes with the id, the address and the password hash.
    #[must_use]
    pub fn fingerprint(&self, keys: &Keys) -> String {
        keys.fingerprint(self.id.as_str(), self.email.as_str(), self.password_hash.as_ref().map(StoredHash::expose))
    }
}

/// The account with exactly this address; two that match count as none (R30).
///
/// # Errors
/// If the database does not answer within 5 s.
pub async fn find_by_email(db: &impl ConnectionTrait, email: &Email) -> Result<Option<Account>, DbErr> {
    let query = select().and_where(Expr::col(Column::Email).eq(email.as_str())).limit(2).to_owned();
    let rows = database::answer(db.query_all(&query)).await?;
    let [row] = rows.as_slice() else { return Ok(None) };
    // The database's idea of equality is its collation's.
    Ok(read(row)?.filter(|account| account.email == *email))
}

/// The account with this id.
///
/// # Errors
/// If the database does not answer within 5 s.
pub async fn find_by_id(db: &impl ConnectionTrait, id: &AccountId) -> Result<Option<Account>, DbErr> {
    let Some(key) = table::key(id) else { return Ok(None) };
    let query = select().and_where(Expr::col(Column::Id).eq(key)).to_owned();
    let row = database::answer(db.query_one(&query)).await?;
    row.as_ref().map_or(Ok(None), read)
}

fn select() -> SelectStatement {
    Query::select()
        .columns([
            Column::Id,
            Column::Email,
            Column::PasswordHash,
            Column::Locale,
            Column::DisabledAt,
            Column::HasSecondFactor,
        ])
        .from(Column::Table)
        .to_owned()
}

/// A row of [`select`]. One whose address is none gets no mail and no new password, so it is not there.
fn read(row: &QueryResult) -> Result<Option<Account>, DbErr> {
    let email: String = row.try_get_by_index(1)?;
    let Ok(email) = Email::parse(&email) else { return Ok(None) };
    Ok(Some(Account {
        id: AccountId::new(row.try_get_by_index::<i64>(0)?.to_string()),
        email,
        password_hash: row.try_get_by_index::<Option<String>>(2)?.map(StoredHash),
        locale: row.try_get_by_index(3)?,
        disabled: row.try_get_by_index::<Option<i64>>(4)?.is_some(),
        second_factor: row.try_get_by_index(5)?,
    }))
}

#[cfg(test)]
mod tests;
