//! Accounts: every access to the user table goes through here.

pub mod reset;
mod row;

use std::fmt;

use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    SqlErr,
    sea_query::{Expr, ExprTrait as _},
};
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::{email::Email, keyring::Keys};

/// Names an account: text, so that a table with UUIDs fits as well as one with numbers.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AccountId(String);

impl AccountId {
    /// Takes the id as text.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn number(&self) -> Option<i64> {
        self.0.parse().ok()
    }
}

/// A password hash as the table holds it.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct StoredHash(String);

impl StoredHash {
    /// Takes a hash in any format.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The hash, for the query or the comparison that needs it.
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

/// An account, as far as a reset is concerned.
#[derive(Clone, Debug)]
pub struct Account {
    /// Its name.
    pub id: AccountId,
    /// The address that codes go to.
    pub email: Email,
    /// `None` for an account that has never had a password.
    pub password_hash: Option<StoredHash>,
    /// The language of its mails: a BCP 47 tag, or whatever the application wrote there.
    pub locale: Option<String>,
    /// No mail, no reset.
    pub disabled: bool,
    /// When the password was last changed by a reset: milliseconds since 1970.
    pub password_changed_at: Option<i64>,
}

impl Account {
    /// What the account looks like now; see [`Keys::fingerprint`].
    #[must_use]
    pub fn fingerprint(&self, keys: &Keys) -> String {
        keys.fingerprint(self.id.as_str(), self.email.as_str(), self.password_hash.as_ref().map(StoredHash::expose))
    }

    /// A row whose address Rekey would not accept is no account for it.
    fn from_row(row: row::Model) -> Option<Self> {
        // The row's spelling must be the canonical one: whatever the collation found, it is compared again here.
        let email = Email::parse(&row.email).ok().filter(|email| email.as_str() == row.email)?;
        Some(Self {
            id: AccountId(row.id.to_string()),
            email,
            password_hash: row.password_hash.map(StoredHash),
            locale: row.locale,
            disabled: row.disabled_at.is_some(),
            password_changed_at: row.password_changed_at,
        })
    }
}

/// The account with this address. Two rows that match count as none (R30).
///
/// # Errors
/// [`DbErr`]; it may quote values, so it belongs into no log.
pub async fn find_by_email(db: &impl ConnectionTrait, email: &Email) -> Result<Option<Account>, DbErr> {
    let mut rows = row::Entity::find().filter(row::Column::Email.eq(email.as_str())).limit(2).all(db).await?;
    let only = rows.pop().filter(|_| rows.is_empty());
    Ok(only.and_then(Account::from_row).filter(|account| account.email == *email))
}

/// The account with this id.
///
/// # Errors
/// As [`find_by_email`].
pub async fn find_by_id(db: &impl ConnectionTrait, id: &AccountId) -> Result<Option<Account>, DbErr> {
    let Some(id) = id.number() else { return Ok(None) };
    Ok(row::Entity::find_by_id(id).one(db).await?.and_then(Account::from_row))
}

/// Why an account was not added.
#[derive(Debug, thiserror::Error)]
pub enum AddError {
    /// The address has one.
    #[error("there is an account with this address")]
    Exists,
    /// The database refused, or does not answer.
    #[error("the database refused")]
    Database(#[source] DbErr),
}

/// Adds an account.
///
/// # Errors
/// [`AddError::Exists`] if the address has one.
pub async fn add(
    db: &impl ConnectionTrait,
    email: &Email,
    hash: Option<&StoredHash>,
    locale: Option<&str>,
) -> Result<AccountId, AddError> {
    let row = row::ActiveModel {
        id: NotSet,
        email: Set(email.as_str().to_owned()),
        password_hash: Set(hash.map(|hash| hash.expose().to_owned())),
        locale: Set(locale.map(ToOwned::to_owned)),
        disabled_at: Set(None),
        password_changed_at: Set(None),
        session_epoch: Set(0),
    };
    match row::Entity::insert(row).exec(db).await {
        Ok(inserted) => Ok(AccountId(inserted.last_insert_id.to_string())),
        Err(error) if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) => Err(AddError::Exists),
        Err(error) => Err(AddError::Database(error)),
    }
}

/// Up to `limit` accounts after the one with id `after`, in the order of their ids.
///
/// # Errors
/// As [`find_by_email`].
pub async fn list(db: &impl ConnectionTrait, after: Option<&AccountId>, limit: u64) -> Result<Vec<Account>, DbErr> {
    let mut query = row::Entity::find().order_by_asc(row::Column::Id).limit(limit);
    if let Some(after) = after.and_then(AccountId::number) {
        query = query.filter(row::Column::Id.gt(after));
    }
    Ok(query.all(db).await?.into_iter().filter_map(Account::from_row).collect())
}

/// Disables an account from `now` on (milliseconds since 1970), or enables it again. Answers whether there is one.
///
/// # Errors
/// As [`find_by_email`].
pub async fn set_disabled(db: &impl ConnectionTrait, email: &Email, now: Option<i64>) -> Result<bool, DbErr> {
    let changed = row::Entity::update_many()
        .col_expr(row::Column::DisabledAt, Expr::value(now))
        .filter(row::Column::Email.eq(email.as_str()))
        .exec(db)
        .await?;
    Ok(changed.rows_affected == 1)
}

/// Replaces the hash that was `seen` and nothing else but what goes with it: compare-and-swap (R19, R21, R22, R34).
/// Answers whether the row was still as seen.
async fn replace_hash(db: &impl ConnectionTrait, seen: &Account, hash: &StoredHash, now: i64) -> Result<bool, DbErr> {
    let Some(id) = seen.id.number() else { return Ok(false) };
    let unchanged = match &seen.password_hash {
        // `= NULL` is never true, and `IS ?` is no SQL for PostgreSQL.
        None => row::Column::PasswordHash.is_null(),
        Some(hash) => row::Column::PasswordHash.eq(hash.expose()),
    };
    let changed = row::Entity::update_many()
        .col_expr(row::Column::PasswordHash, Expr::value(hash.expose()))
        .col_expr(row::Column::PasswordChangedAt, Expr::value(now))
        .col_expr(row::Column::SessionEpoch, Expr::col(row::Column::SessionEpoch).add(1))
        .filter(row::Column::Id.eq(id))
        .filter(row::Column::Email.eq(seen.email.as_str()))
        .filter(row::Column::DisabledAt.is_null())
        .filter(unchanged)
        .exec(db)
        .await?;
    Ok(changed.rows_affected == 1)
}

